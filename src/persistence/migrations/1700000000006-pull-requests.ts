import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was said on open pull requests, and what each approval of one was given for. */
export class PullRequests1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['pull_request_approval', 'pull_request', 'proposal'])
      await runner.query(`DROP TABLE ${table}`);
  }
}

const STATEMENTS = [
  `CREATE TABLE pull_request (
    repository text NOT NULL,
    number integer NOT NULL,
    base_sha text NOT NULL,
    head_sha text NOT NULL,
    workflows text[] NOT NULL,
    epoch text NOT NULL,
    seen_at timestamptz NOT NULL,
    checked_at timestamptz NOT NULL,
    outdated_at timestamptz,
    PRIMARY KEY (repository, number)
  )`,
  `CREATE TABLE pull_request_approval (
    repository text NOT NULL,
    number integer NOT NULL,
    reviewer text NOT NULL,
    sha text NOT NULL,
    items text[] NOT NULL,
    noted_at timestamptz NOT NULL,
    PRIMARY KEY (repository, number, reviewer)
  )`,
  `CREATE TABLE proposal (
    repository text NOT NULL,
    branch text NOT NULL,
    workflow text NOT NULL,
    commit_sha text NOT NULL,
    proposed_by text NOT NULL,
    proposed_at timestamptz NOT NULL,
    pull_request integer,
    PRIMARY KEY (repository, branch)
  )`,
];
