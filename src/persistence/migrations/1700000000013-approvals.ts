import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What approvals are bound to, who wrote what they look at, who is asked for them and who stands in. */
export class Approvals1700000000013 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['campaign_request', 'campaign_delegation', 'campaign_return'])
      await runner.query(`DROP TABLE ${table}`);
    await runner.query('ALTER TABLE campaign DROP COLUMN brief_authors');
    await runner.query('ALTER TABLE campaign_asset DROP COLUMN flags, DROP COLUMN written_by');
    await runner.query('ALTER TABLE campaign_step DROP COLUMN finished_by');
    await runner.query(`ALTER TABLE campaign_approval DROP COLUMN for_role, DROP COLUMN round, DROP COLUMN content_hash,
      DROP COLUMN version_id, DROP COLUMN invalidated_at, DROP COLUMN invalidated_by, DROP COLUMN invalidated_because`);
  }
}

const STATEMENTS = [
  `ALTER TABLE campaign ADD COLUMN brief_authors jsonb NOT NULL DEFAULT '{}'`,
  `ALTER TABLE campaign_asset ADD COLUMN flags text[] NOT NULL DEFAULT '{}', ADD COLUMN written_by text[] NOT NULL DEFAULT '{}'`,
  `ALTER TABLE campaign_step ADD COLUMN finished_by text`,
  `ALTER TABLE campaign_approval ADD COLUMN for_role text, ADD COLUMN round integer, ADD COLUMN content_hash text,
     ADD COLUMN version_id bigint REFERENCES definition_version, ADD COLUMN invalidated_at timestamptz,
     ADD COLUMN invalidated_by text, ADD COLUMN invalidated_because text`,
  // Approvals of before were for the role they were given in, in the round in which their step is.
  `UPDATE campaign_approval a SET for_role = role,
     round = coalesce((SELECT round FROM campaign_step s WHERE s.campaign_id = a.campaign_id AND s.key = a.step), 0)`,
  `ALTER TABLE campaign_approval ALTER COLUMN for_role SET NOT NULL, ALTER COLUMN round SET NOT NULL`,
  `CREATE TABLE campaign_return (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id bigint NOT NULL REFERENCES campaign,
    handoff text NOT NULL,
    reason text NOT NULL,
    actor text NOT NULL,
    returned_at timestamptz NOT NULL,
    offered_at timestamptz,
    offered_by text
  )`,
  `CREATE INDEX campaign_return_by_campaign ON campaign_return (campaign_id, id)`,
  `CREATE TABLE campaign_delegation (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id bigint NOT NULL REFERENCES campaign,
    role text NOT NULL,
    step text,
    to_role text,
    to_person text,
    reason text NOT NULL,
    until timestamptz,
    actor text NOT NULL,
    delegated_at timestamptz NOT NULL,
    ended_at timestamptz,
    CHECK ((to_role IS NULL) <> (to_person IS NULL))
  )`,
  `CREATE INDEX campaign_delegation_by_campaign ON campaign_delegation (campaign_id, id)`,
  `CREATE TABLE campaign_request (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id bigint NOT NULL REFERENCES campaign,
    step text,
    handoff text,
    is_returned boolean NOT NULL,
    role text NOT NULL,
    asked text NOT NULL,
    rule text NOT NULL,
    because text NOT NULL,
    asked_at timestamptz NOT NULL,
    due_at timestamptz,
    until timestamptz,
    passed_at timestamptz,
    answered_at timestamptz,
    answered_by text,
    CHECK ((step IS NULL) <> (handoff IS NULL))
  )`,
  `CREATE INDEX campaign_request_by_campaign ON campaign_request (campaign_id, id)`,
  // What waits for nobody any more is not looked at again.
  `CREATE INDEX campaign_request_due ON campaign_request (least(due_at, until)) WHERE answered_at IS NULL AND passed_at IS NULL`,
];
