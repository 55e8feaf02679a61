import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is known of each file at the commit that was read last, so that the next commit is read in a time that grows with what
 * it changes. A repository that was synced before is read whole once more with its next commit.
 */
export class KnownFiles1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE definition_file`);
    await runner.query(
      `ALTER TABLE repository DROP COLUMN head_sha, DROP COLUMN epoch, DROP COLUMN context, DROP COLUMN errors,
         DROP COLUMN held, DROP COLUMN failure, DROP COLUMN failing_since, ADD COLUMN problems jsonb NOT NULL DEFAULT '[]'`,
    );
  }
}

const STATEMENTS = [
  `CREATE TABLE definition_file (
    path text PRIMARY KEY,
    blob text,
    claims jsonb NOT NULL,
    lost text[] NOT NULL,
    problems jsonb NOT NULL,
    held jsonb NOT NULL
  )`,
  `CREATE INDEX definition_file_with_problems ON definition_file (path) WHERE problems <> '[]'`,
  `CREATE INDEX definition_file_held ON definition_file (path) WHERE held <> '[]'`,
  `ALTER TABLE repository
    DROP COLUMN problems,
    ADD COLUMN head_sha text,
    ADD COLUMN epoch integer NOT NULL DEFAULT 0,
    ADD COLUMN context text,
    ADD COLUMN errors integer NOT NULL DEFAULT 0,
    ADD COLUMN held integer NOT NULL DEFAULT 0,
    ADD COLUMN failure text,
    ADD COLUMN failing_since timestamptz`,
  // How many of a workflow's campaigns are running is asked before it is retired.
  `CREATE INDEX campaign_running ON campaign (version_id) WHERE status = 'running'`,
];
