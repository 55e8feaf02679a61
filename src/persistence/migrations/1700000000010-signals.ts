import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Signals by month, their sums by hour, what triggers decided, and what they act on: budgets, pauses, creatives, tasks. */
export class Signals1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['campaign_task', 'trigger_decision', 'signal_batch', 'signal_hour', 'signal'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query('DROP SEQUENCE signal_batch_id');
    for (const column of ['budget_cents', 'paused_by', 'paused_reason', 'paused_at', 'creative'])
      await runner.query(`ALTER TABLE campaign_channel DROP COLUMN ${column}`);
  }
}

const STATEMENTS = [
  // No foreign key: campaigns are never deleted, and checking every row costs a third of the time of storing it.
  // `id` is a hash of campaign, signal and key: one narrow index finds a key again, and no other index comes into question for it.
  `CREATE TABLE signal (
    id uuid NOT NULL,
    campaign_id bigint NOT NULL,
    batch_id bigint NOT NULL,
    at timestamptz NOT NULL,
    value float8,
    samples integer,
    received_at timestamptz NOT NULL,
    signal text NOT NULL,
    key text NOT NULL,
    channel text
  ) PARTITION BY RANGE (at)`,
  `CREATE INDEX signal_by_time ON signal (campaign_id, signal, at)`,
  `CREATE TABLE signal_hour (
    campaign_id bigint NOT NULL,
    signal text NOT NULL,
    hour timestamptz NOT NULL,
    count integer NOT NULL,
    missing integer NOT NULL,
    sum float8 NOT NULL,
    min float8,
    max float8,
    samples bigint NOT NULL,
    PRIMARY KEY (campaign_id, signal, hour)
  )`,
  `CREATE SEQUENCE signal_batch_id`,
  `CREATE TABLE signal_batch (
    campaign_id bigint NOT NULL REFERENCES campaign,
    id bigint NOT NULL,
    received_at timestamptz NOT NULL,
    sent_by text NOT NULL,
    signals text[] NOT NULL,
    count integer NOT NULL,
    evaluated_at timestamptz,
    PRIMARY KEY (campaign_id, id)
  )`,
  `CREATE INDEX signal_batch_by_time ON signal_batch (received_at)`,
  `CREATE TABLE trigger_decision (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id bigint NOT NULL REFERENCES campaign,
    trigger text NOT NULL,
    signal text NOT NULL,
    decided_at timestamptz NOT NULL,
    outcome text NOT NULL,
    seen jsonb NOT NULL,
    actions jsonb NOT NULL
  )`,
  `CREATE INDEX trigger_decision_by_campaign ON trigger_decision (campaign_id, id)`,
  `CREATE INDEX trigger_decision_fired ON trigger_decision (campaign_id, trigger, decided_at) WHERE outcome = 'fired'`,
  `CREATE TABLE campaign_task (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id bigint NOT NULL REFERENCES campaign,
    key text NOT NULL,
    name text NOT NULL,
    responsible text NOT NULL,
    trigger text NOT NULL,
    created_at timestamptz NOT NULL,
    done_at timestamptz,
    done_by text
  )`,
  `CREATE INDEX campaign_task_by_campaign ON campaign_task (campaign_id, id)`,
  `CREATE UNIQUE INDEX campaign_task_open ON campaign_task (campaign_id, key) WHERE done_at IS NULL`,
  `ALTER TABLE campaign_channel ADD COLUMN budget_cents bigint, ADD COLUMN paused_by text, ADD COLUMN paused_reason text,
     ADD COLUMN paused_at timestamptz, ADD COLUMN creative text`,
];
