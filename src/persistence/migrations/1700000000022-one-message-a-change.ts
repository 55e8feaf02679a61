import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a message tells of, where it tells of several things. */
export class OneMessageAChange1700000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE notification ADD COLUMN parts jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE notification DROP COLUMN parts');
  }
}
