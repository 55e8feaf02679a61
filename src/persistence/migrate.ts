import { setTimeout as delay } from 'node:timers/promises';
import { Logger, runMigrations as migrateJobs } from 'graphile-worker';
import { type DataSource, MigrationExecutor } from 'typeorm';
import { createDataSource } from './data-source.js';
import { sqlStateOf } from './sql-state.js';

/** Any number; the same for all who migrate, so that replicas starting together take turns. */
const MIGRATION_LOCK = 7_317_349;

/**
 * How long a migration waits for a table that others use. Whoever comes after it waits behind it, and a deadlock with one of them ends
 * the service's work instead where it lasts for a second (`deadlock_timeout`).
 */
const LOCK_TIMEOUT_MS = 250;
/** Between two tries, in which those who waited get on. */
const PAUSE_MS = 500;
/** A table that is held for longer is held by something that has to be looked at. */
const PATIENCE_MS = 120_000;
/** What PostgreSQL calls a lock that was not there in time, and a deadlock. */
const BUSY = ['55P03', '40P01'];

/** It tells each step at length; what matters here is that it is done. */
const SILENT = new Logger(() => () => undefined);
const QUIET = {
  ...{ logQuery: () => undefined, logQueryError: () => undefined, logQuerySlow: () => undefined },
  ...{ logSchemaBuild: () => undefined, logMigration: () => undefined, log: () => undefined },
};

/**
 * Brings the database's schema up to date, while others work on it. Safe to run from several processes at once; a second run does nothing.
 * @returns the names of the migrations that were applied. @throws Error where a table was in use all the time
 */
export async function migrate(databaseUrl: string): Promise<readonly string[]> {
  const source = createDataSource(databaseUrl, { lockTimeoutMs: LOCK_TIMEOUT_MS });
  source.setOptions({ logger: QUIET });
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    // For another one who migrates it is waited.
    await lock.query('SET lock_timeout = 0; SET statement_timeout = 0');
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await applyAll(source);
    await migrateJobs({ connectionString: databaseUrl, logger: SILENT });
    return applied;
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}

/** Each migration is a transaction, so that one that came to nothing is simply tried again. @returns the names of those that were missing */
async function applyAll(source: DataSource): Promise<string[]> {
  const executor = new MigrationExecutor(source);
  const known = (await executor.getExecutedMigrations()).map(({ name }) => name);
  const patience = AbortSignal.timeout(PATIENCE_MS);
  for (;;) {
    try {
      await source.runMigrations({ transaction: 'each' });
      const all = await executor.getExecutedMigrations();
      return all.map(({ name }) => name).filter((name) => !known.includes(name));
    } catch (error) {
      if (!BUSY.includes(sqlStateOf(error) ?? '') || patience.aborted) throw error;
      await delay(PAUSE_MS);
    }
  }
}
