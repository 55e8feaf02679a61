import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What channels publish and whom they reach, and how far they agree. */
export class Alignment1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = [
      'campaign_turn',
      'campaign_metric',
      'audience_overlap',
      'audience_member',
      'audience',
      'campaign_asset',
    ];
    for (const table of tables) await runner.query(`DROP TABLE ${table}`);
  }
}

const STATEMENTS = [
  `CREATE TABLE campaign_asset (
    campaign_id bigint NOT NULL REFERENCES campaign,
    key text NOT NULL,
    channel text NOT NULL,
    text text NOT NULL,
    offer text,
    segments text[] NOT NULL,
    links text[] NOT NULL,
    planned_at timestamptz,
    derived_from text,
    revision integer NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (campaign_id, key)
  )`,
  `CREATE TABLE audience (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id bigint NOT NULL REFERENCES campaign,
    channel text NOT NULL,
    size integer NOT NULL,
    updated_at timestamptz NOT NULL,
    UNIQUE (campaign_id, channel)
  )`,
  // The index is in the order of the hashes: two audiences are merged, and its beginning is a sample of equal chances.
  `CREATE TABLE audience_member (
    audience_id bigint NOT NULL,
    member uuid NOT NULL,
    PRIMARY KEY (audience_id, member)
  )`,
  `CREATE TABLE audience_overlap (
    one_id bigint NOT NULL REFERENCES audience ON DELETE CASCADE,
    other_id bigint NOT NULL REFERENCES audience ON DELETE CASCADE,
    shared integer NOT NULL,
    jaccard_error double precision,
    PRIMARY KEY (one_id, other_id)
  )`,
  `CREATE INDEX audience_overlap_by_other ON audience_overlap (other_id)`,
  `CREATE TABLE campaign_metric (
    campaign_id bigint NOT NULL REFERENCES campaign,
    metric text NOT NULL,
    value double precision,
    parts jsonb NOT NULL,
    evidence jsonb NOT NULL,
    notes jsonb NOT NULL,
    measured_at timestamptz NOT NULL,
    PRIMARY KEY (campaign_id, metric)
  )`,
  `CREATE TABLE campaign_turn (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    campaign_id bigint NOT NULL REFERENCES campaign,
    dimension text NOT NULL,
    agrees boolean NOT NULL,
    at timestamptz NOT NULL
  )`,
  `CREATE INDEX campaign_turn_by_campaign ON campaign_turn (campaign_id, id)`,
];
