import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What could be seen at a batch is told by the index alone: without it, each batch of many that wait reads the rows of all that came later. */
export class SignalsUpToABatch1700000000029 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX signal_up_to_batch ON signal (campaign_id, signal, at, batch_id)');
    await runner.query('DROP INDEX signal_by_time');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX signal_by_time ON signal (campaign_id, signal, at)');
    await runner.query('DROP INDEX signal_up_to_batch');
  }
}
