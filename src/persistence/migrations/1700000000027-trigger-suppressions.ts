import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How long the condition of a trigger held while it was kept back. Of decisions of before, a time ends where the trigger acted: when
 * its condition ceased to hold was not noted.
 */
export class TriggerSuppressions1700000000027 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE trigger_suppression (
      campaign_id bigint NOT NULL REFERENCES campaign,
      trigger text NOT NULL,
      outcome text NOT NULL,
      seen_at timestamptz NOT NULL,
      since timestamptz NOT NULL,
      until timestamptz
    )`);
    await runner.query(
      'CREATE INDEX trigger_suppression_by_campaign ON trigger_suppression (campaign_id, since)',
    );
    await runner.query(
      'CREATE UNIQUE INDEX trigger_suppression_open ON trigger_suppression (campaign_id, trigger) WHERE until IS NULL',
    );
    await runner.query(`INSERT INTO trigger_suppression (campaign_id, trigger, outcome, seen_at, since, until)
      SELECT campaign_id, trigger, outcome, (seen->>'at')::timestamptz, decided_at,
             (SELECT min(f.decided_at) FROM trigger_decision f
               WHERE f.campaign_id = d.campaign_id AND f.trigger = d.trigger AND f.outcome = 'fired' AND f.id > d.id)
        FROM (SELECT *, lag(outcome) OVER (PARTITION BY campaign_id, trigger ORDER BY id) AS before
                FROM trigger_decision WHERE outcome <> 'suppressed-cooldown') d
       WHERE outcome <> 'fired' AND (before IS NULL OR before = 'fired')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE trigger_suppression');
  }
}
