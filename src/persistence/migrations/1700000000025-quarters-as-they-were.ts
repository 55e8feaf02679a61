import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A review is of a period, since what its quarter is called changes with the fiscal year; which workflows were pinned then is found, and what was rewritten is told apart. */
export class QuartersAsTheyWere1700000000025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const statement of DOWN) await runner.query(statement);
  }
}

const UP = [
  'ALTER TABLE quarterly_review DISABLE TRIGGER append_only',
  'ALTER TABLE quarterly_review ADD COLUMN start_at timestamptz, ADD COLUMN end_at timestamptz',
  `UPDATE quarterly_review SET start_at = (snapshot->>'start')::timestamptz, end_at = (snapshot->>'end')::timestamptz`,
  `UPDATE quarterly_review SET outcomes = (
     SELECT coalesce(jsonb_agg((o.value - 'quarter') || jsonb_build_object('start', decided.snapshot->'start') ORDER BY o.ordinality), '[]')
       FROM jsonb_array_elements(quarterly_review.outcomes) WITH ORDINALITY o JOIN quarterly_review decided ON decided.quarter = o.value->>'quarter')`,
  'ALTER TABLE quarterly_review ALTER COLUMN start_at SET NOT NULL, ALTER COLUMN end_at SET NOT NULL',
  'ALTER TABLE quarterly_review DROP CONSTRAINT quarterly_review_pkey, ADD PRIMARY KEY (start_at)',
  'ALTER TABLE quarterly_review ENABLE TRIGGER append_only',
  `CREATE INDEX audit_record_pins ON audit_record (subject, id) WHERE action IN ('workflow.pin', 'workflow.unpin')`,
  'ALTER TABLE definition_change ADD COLUMN rewound_after bigint',
];

const DOWN = [
  'ALTER TABLE definition_change DROP COLUMN rewound_after',
  'DROP INDEX audit_record_pins',
  'ALTER TABLE quarterly_review DISABLE TRIGGER append_only',
  `UPDATE quarterly_review SET outcomes = (
     SELECT coalesce(jsonb_agg((o.value - 'start') || jsonb_build_object('quarter', decided.quarter) ORDER BY o.ordinality), '[]')
       FROM jsonb_array_elements(quarterly_review.outcomes) WITH ORDINALITY o
       JOIN quarterly_review decided ON decided.start_at = (o.value->>'start')::timestamptz)`,
  'ALTER TABLE quarterly_review DROP CONSTRAINT quarterly_review_pkey, ADD PRIMARY KEY (quarter)',
  'ALTER TABLE quarterly_review DROP COLUMN start_at, DROP COLUMN end_at',
  'ALTER TABLE quarterly_review ENABLE TRIGGER append_only',
];
