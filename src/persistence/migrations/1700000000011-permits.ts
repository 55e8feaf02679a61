import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that launch permits are signed with, and why a campaign was called off. */
export class Permits1700000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE signing_key (
      id uuid PRIMARY KEY,
      private_key jsonb NOT NULL,
      public_key jsonb NOT NULL,
      created_at timestamptz NOT NULL
    )`);
    await runner.query('ALTER TABLE campaign ADD COLUMN cancelled_because text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE signing_key');
    await runner.query('ALTER TABLE campaign DROP COLUMN cancelled_because');
  }
}
