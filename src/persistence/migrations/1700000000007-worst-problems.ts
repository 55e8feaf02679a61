import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The worst problems are shown after each sync; without an index every file would be looked into for them. */
export class WorstProblems1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE definition_file DROP COLUMN worst');
  }
}

const STATEMENTS = [
  `ALTER TABLE definition_file ADD COLUMN worst smallint GENERATED ALWAYS AS (
    CASE WHEN problems @> '[{"severity": "error"}]' THEN 1
         WHEN problems @> '[{"severity": "warning"}]' THEN 2
         WHEN problems <> '[]' THEN 3 END
  ) STORED`,
  `CREATE INDEX definition_file_by_worst ON definition_file (worst, path) WHERE worst IS NOT NULL`,
];
