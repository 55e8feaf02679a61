import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Moves of campaigns to other versions, so that the last one can be undone. */
export class CampaignMigration1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE campaign_migration');
  }
}

const STATEMENTS = [
  `CREATE TABLE campaign_migration (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id bigint NOT NULL REFERENCES campaign,
    moved_from jsonb NOT NULL,
    renamed jsonb NOT NULL,
    channels text[] NOT NULL,
    moved_at timestamptz NOT NULL,
    undone_at timestamptz
  )`,
  `CREATE INDEX campaign_migration_by_campaign ON campaign_migration (campaign_id, id)`,
];
