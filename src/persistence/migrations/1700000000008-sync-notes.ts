import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is to be said of a sync that did not fail, why an alert was ended, and which keys verified the signatures. */
export class SyncNotes1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of STATEMENTS) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE sync_run SET error = note WHERE error IS NULL');
    await runner.query('ALTER TABLE sync_run DROP COLUMN note');
    await runner.query('ALTER TABLE alert DROP COLUMN resolution');
    await runner.query('ALTER TABLE repository DROP COLUMN signers');
  }
}

const STATEMENTS = [
  'ALTER TABLE sync_run ADD COLUMN note text',
  `UPDATE sync_run SET note = error, error = NULL WHERE outcome <> 'failed'`,
  'ALTER TABLE alert ADD COLUMN resolution text',
  'ALTER TABLE repository ADD COLUMN signers text',
];
