import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Incidents that people report, beside those that are recognised from the record. */
export class Incidents1700000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE incident (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      campaign_id bigint NOT NULL REFERENCES campaign,
      kind text NOT NULL,
      subject text NOT NULL,
      cause text NOT NULL,
      description text NOT NULL,
      happened_at timestamptz NOT NULL,
      actor text NOT NULL,
      recorded_at timestamptz NOT NULL
    )`);
    await runner.query('CREATE INDEX incident_by_campaign ON incident (campaign_id, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE incident');
  }
}
