import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Versions of a brief and who works from which, plans that were given up, and what assets were made from. */
export class BriefVersions1700000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE brief_pull');
    await runner.query('DROP TABLE brief_version');
    await runner.query("DELETE FROM audience WHERE channel = ''");
    for (const column of ['brief_version', 'former_launches'])
      await runner.query(`ALTER TABLE campaign DROP COLUMN ${column}`);
    for (const column of ['theme', 'derived_revision'])
      await runner.query(`ALTER TABLE campaign_asset DROP COLUMN ${column}`);
  }
}

const STATEMENTS = [
  'ALTER TABLE campaign ADD COLUMN brief_version integer NOT NULL DEFAULT 1',
  "ALTER TABLE campaign ADD COLUMN former_launches jsonb NOT NULL DEFAULT '[]'",
  `CREATE TABLE brief_version (
    campaign_id bigint NOT NULL REFERENCES campaign,
    number integer NOT NULL,
    brief jsonb NOT NULL,
    actor text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (campaign_id, number)
  )`,
  // What briefs said before is in the audit log; their numbers begin here.
  `INSERT INTO brief_version (campaign_id, number, brief, actor, created_at)
   SELECT c.id, 1, c.brief, coalesce(a.actor, 'unknown'), coalesce(a.happened_at, c.created_at)
     FROM campaign c LEFT JOIN LATERAL (
       SELECT actor, happened_at FROM audit_record
        WHERE campaign_id = c.id AND action IN ('campaign.create', 'brief.update') ORDER BY id DESC LIMIT 1) a ON true`,
  `CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON brief_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
  `CREATE TABLE brief_pull (
    campaign_id bigint NOT NULL REFERENCES campaign,
    spoke text NOT NULL,
    version integer NOT NULL,
    actor text NOT NULL,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    PRIMARY KEY (campaign_id, spoke, version, actor)
  )`,
  'ALTER TABLE campaign_asset ADD COLUMN theme text',
  'ALTER TABLE campaign_asset ADD COLUMN derived_revision integer',
  // What was given after its source was made from the source as it is.
  `UPDATE campaign_asset a SET derived_revision = CASE WHEN s.updated_at <= a.updated_at THEN s.revision ELSE 0 END
     FROM campaign_asset s WHERE s.campaign_id = a.campaign_id AND s.key = a.derived_from`,
];
