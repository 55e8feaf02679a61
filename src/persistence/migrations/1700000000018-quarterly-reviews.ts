import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Quarters that people have reviewed: who was there, what was decided, and the figures as they were then. */
export class QuarterlyReviews1700000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE quarterly_review (
      quarter text PRIMARY KEY,
      completed_at timestamptz NOT NULL,
      actor text NOT NULL,
      attendees jsonb NOT NULL,
      decisions jsonb NOT NULL,
      outcomes jsonb NOT NULL,
      snapshot jsonb NOT NULL,
      snapshot_hash text NOT NULL
    )`);
    await runner.query(
      'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON quarterly_review FOR EACH ROW EXECUTE FUNCTION refuse_change()',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE quarterly_review');
  }
}
