import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a proposal is known again by, whatever commit brings it. Those of before are known by their commit or pull request only. */
export class MeaningOfProposals1700000000024 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE proposal ADD COLUMN meaning_hash text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE proposal DROP COLUMN meaning_hash');
  }
}
