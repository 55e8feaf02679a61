import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The record of one version is asked for. Writers wait while the index is built, about a second for a million records; built
 * CONCURRENTLY it would wait for whoever waits for this migration, and they for it.
 */
export class AuditByVersion1700000000034 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX audit_record_by_version ON audit_record (version_id, id) WHERE version_id IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX audit_record_by_version');
  }
}
