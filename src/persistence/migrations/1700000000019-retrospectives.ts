import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Retrospectives that are answered and completed, and surveys of which nobody is known. */
export class Retrospectives1700000000019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE retrospective ADD COLUMN completed_at timestamptz,
      ADD COLUMN completed_by text, ADD COLUMN survey_key text`);
    // No time: whoever knows when somebody answered would know whose answer it is.
    await runner.query(`CREATE TABLE survey_answer (
      campaign_id bigint NOT NULL REFERENCES campaign,
      person text NOT NULL,
      score integer NOT NULL CHECK (score BETWEEN 1 AND 5),
      pain_points text,
      PRIMARY KEY (campaign_id, person)
    )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE survey_answer');
    for (const column of ['completed_at', 'completed_by', 'survey_key'])
      await runner.query(`ALTER TABLE retrospective DROP COLUMN ${column}`);
  }
}
