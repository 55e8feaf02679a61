import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Deliveries of webhooks, alerts, pins, and what is known of a commit's signature. */
export class Operations1700000000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['webhook_delivery', 'alert', 'workflow_pin'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query(`ALTER TABLE repository DROP COLUMN behind_since`);
    await runner.query(`ALTER TABLE git_commit ALTER COLUMN signature TYPE text USING signature->>'state'`);
  }
}

const STATEMENTS = [
  `CREATE TABLE webhook_delivery (
    host text NOT NULL,
    delivery text NOT NULL,
    event text NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (host, delivery)
  )`,
  `CREATE INDEX webhook_delivery_by_time ON webhook_delivery (received_at)`,
  `CREATE TABLE alert (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    subject text NOT NULL,
    message text NOT NULL,
    raised_at timestamptz NOT NULL,
    resolved_at timestamptz,
    acknowledged_at timestamptz,
    acknowledged_by text,
    note text
  )`,
  `CREATE UNIQUE INDEX alert_open ON alert (kind, subject) WHERE resolved_at IS NULL`,
  `CREATE TABLE workflow_pin (
    definition_id bigint PRIMARY KEY REFERENCES definition,
    version_id bigint NOT NULL REFERENCES definition_version,
    pinned_by text NOT NULL,
    reason text NOT NULL,
    pinned_at timestamptz NOT NULL
  )`,
  `ALTER TABLE repository ADD COLUMN behind_since timestamptz`,
  `ALTER TABLE git_commit ALTER COLUMN signature TYPE jsonb
     USING jsonb_build_object('state', signature, 'kind', NULL, 'signedBy', NULL)`,
];
