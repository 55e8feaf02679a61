import { Logger, runMigrations as migrateJobs } from 'graphile-worker';
import { createDataSource } from './data-source.js';

/** Any number; the same for all who migrate, so that replicas starting together take turns. */
const MIGRATION_LOCK = 7_317_349;

/** It tells each step at length; what matters here is that it is done. */
const SILENT = new Logger(() => () => undefined);

/** Brings the database's schema up to date. Safe to run from several processes at once; a second run does nothing. */
export async function migrate(databaseUrl: string): Promise<readonly string[]> {
  const source = createDataSource(databaseUrl);
  await source.initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await source.runMigrations({ transaction: 'each' });
    await migrateJobs({ connectionString: databaseUrl, logger: SILENT });
    return applied.map((migration) => migration.name);
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => undefined);
    await lock.release();
    await source.destroy();
  }
}
