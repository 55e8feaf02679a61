import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which request something was done, so that the same request sent again does not do it twice. */
export class RequestKeys1700000000015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_record ADD COLUMN request_key text, ADD COLUMN request_hash text');
    await runner.query(
      'CREATE INDEX audit_record_by_request ON audit_record (request_key) WHERE request_key IS NOT NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE audit_record DROP COLUMN request_key, DROP COLUMN request_hash');
  }
}
