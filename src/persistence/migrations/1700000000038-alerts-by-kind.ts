import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The review of a quarter asks for a few kinds of alerts of its time, and most are of other kinds. */
export class AlertsByKind1700000000038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX alert_by_kind ON alert (kind, raised_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX alert_by_kind');
  }
}
