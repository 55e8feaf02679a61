import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Proposals are noted before they are pushed, with all that is needed to push them; what was noted until now is pushed. */
export class ProposalIntents1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE pull_request_claim');
    for (const column of [...WRITTEN, 'state'])
      await runner.query(`ALTER TABLE proposal DROP COLUMN ${column}`);
  }
}

const WRITTEN = ['base_branch', 'base_sha', 'file', 'text', 'title', 'rationale'];

const STATEMENTS = [
  `ALTER TABLE proposal ADD COLUMN state text NOT NULL DEFAULT 'pushed'
     CHECK (state IN ('pending', 'pushed', 'rejected'))`,
  ...WRITTEN.map((column) => `ALTER TABLE proposal ADD COLUMN ${column} text NOT NULL DEFAULT ''`),
  `CREATE TABLE pull_request_claim (
    repository text NOT NULL,
    number integer NOT NULL,
    claim uuid NOT NULL,
    claimed_until timestamptz NOT NULL,
    PRIMARY KEY (repository, number)
  )`,
];
