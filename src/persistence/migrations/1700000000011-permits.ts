import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Keys that launch permits are signed with, why a campaign was called off, and what was gone past. */
export class Permits1700000000011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE signing_key (
      id uuid PRIMARY KEY,
      private_key jsonb NOT NULL,
      public_key jsonb NOT NULL,
      created_at timestamptz NOT NULL
    )`);
    await runner.query('ALTER TABLE campaign ADD COLUMN cancelled_because text');
    await runner.query("ALTER TABLE campaign ADD COLUMN waived text[] NOT NULL DEFAULT '{}'");
    await runner.query(`CREATE TABLE campaign_deviation (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      campaign_id bigint NOT NULL REFERENCES campaign,
      version_id bigint NOT NULL REFERENCES definition_version,
      kind text NOT NULL,
      key text NOT NULL,
      rationale text NOT NULL,
      told text[] NOT NULL,
      actor text NOT NULL,
      decided_at timestamptz NOT NULL
    )`);
    await runner.query('CREATE INDEX campaign_deviation_by_campaign ON campaign_deviation (campaign_id, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE signing_key');
    await runner.query('DROP TABLE campaign_deviation');
    await runner.query('ALTER TABLE campaign DROP COLUMN waived');
    await runner.query('ALTER TABLE campaign DROP COLUMN cancelled_because');
  }
}
