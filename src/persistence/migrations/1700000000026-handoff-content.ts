import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What hand-offs took over and by whom, and what opened them again. What was accepted before has neither, and stays accepted. */
export class HandoffContent1700000000026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'ALTER TABLE campaign_handoff ADD COLUMN accepted_by text, ADD COLUMN content_hash text',
    );
    await runner.query(`CREATE TABLE campaign_reopening (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      campaign_id bigint NOT NULL REFERENCES campaign,
      handoff text NOT NULL,
      because text NOT NULL,
      actor text NOT NULL,
      reopened_at timestamptz NOT NULL,
      accepted_at timestamptz NOT NULL,
      accepted_by text,
      content_hash text
    )`);
    await runner.query('CREATE INDEX campaign_reopening_by_campaign ON campaign_reopening (campaign_id, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE campaign_reopening');
    await runner.query('ALTER TABLE campaign_handoff DROP COLUMN accepted_by, DROP COLUMN content_hash');
  }
}
