import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people are told of and how far it got, and whom an alert concerns. */
export class Notifications1700000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['notification_delivery', 'notification_target', 'notification'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query('ALTER TABLE alert DROP COLUMN campaign, DROP COLUMN roles');
  }
}

const STATEMENTS = [
  `CREATE TABLE notification (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    message_id uuid NOT NULL DEFAULT gen_random_uuid(),
    key text NOT NULL UNIQUE,
    kind text NOT NULL,
    subject text NOT NULL,
    campaign jsonb,
    recipient_type text NOT NULL,
    recipient text NOT NULL,
    roles text[] NOT NULL,
    title text NOT NULL,
    happened text NOT NULL,
    asked text,
    due timestamptz,
    timezone text NOT NULL,
    created_at timestamptz NOT NULL
  )`,
  `CREATE INDEX notification_by_campaign ON notification ((campaign->>'key'), id)`,
  `CREATE INDEX notification_by_recipient ON notification (recipient, id)`,
  `CREATE INDEX notification_by_time ON notification (created_at)`,
  `CREATE TABLE notification_delivery (
    notification_id bigint NOT NULL REFERENCES notification ON DELETE CASCADE,
    target text NOT NULL,
    state text NOT NULL CHECK (state IN ('pending', 'delivered', 'dead')),
    attempts int NOT NULL DEFAULT 0,
    next_at timestamptz NOT NULL,
    last_error text,
    replayed_at timestamptz,
    ended_at timestamptz,
    PRIMARY KEY (notification_id, target)
  )`,
  // What is delivered is most of it, and nobody looks for it.
  `CREATE INDEX notification_delivery_open ON notification_delivery (target, next_at) WHERE state = 'pending'`,
  `CREATE INDEX notification_delivery_dead ON notification_delivery (target) WHERE state = 'dead'`,
  `CREATE TABLE notification_target (target text PRIMARY KEY, rests_until timestamptz NOT NULL)`,
  `ALTER TABLE alert ADD COLUMN campaign text, ADD COLUMN roles text[] NOT NULL DEFAULT '{}'`,
];
