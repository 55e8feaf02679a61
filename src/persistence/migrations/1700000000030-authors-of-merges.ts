import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who wrote what a merge brought. Of merges that were read before it is not known. */
export class AuthorsOfMerges1700000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE git_commit ADD COLUMN merged_author jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE git_commit DROP COLUMN merged_author');
  }
}
