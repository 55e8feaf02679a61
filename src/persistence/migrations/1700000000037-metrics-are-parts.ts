import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A campaign has another `revision` when one of its metrics was measured anew, too. */
export class MetricsAreParts1700000000037 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [event, rows] of Object.entries(EVENTS))
      await runner.query(`CREATE TRIGGER note_part_of_${event} AFTER ${event} ON campaign_metric
        REFERENCING ${rows} TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION note_part()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const event of Object.keys(EVENTS))
      await runner.query(`DROP TRIGGER note_part_of_${event} ON campaign_metric`);
  }
}

const EVENTS = { insert: 'NEW', update: 'NEW', delete: 'OLD' };
