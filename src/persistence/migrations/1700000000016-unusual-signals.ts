import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which batches of signals were looked through for unusual values. */
export class UnusualSignals1700000000016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE signal_batch ADD COLUMN watched_at timestamptz');
    // What came before is over: nobody is told of it.
    await runner.query('UPDATE signal_batch SET watched_at = received_at');
    await runner.query('CREATE INDEX signal_batch_unwatched ON signal_batch (id) WHERE watched_at IS NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE signal_batch DROP COLUMN watched_at');
  }
}
