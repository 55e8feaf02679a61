import type { DataSource } from 'typeorm';
import type { JobMeasure, Measures } from '../observability/metrics.js';
import type { SqlReads } from './reads/sql-reads.js';
import { poolOf } from './trace-statements.js';

/** What the metrics ask the database, and what they ask about the way to it. */
export const measuresOf = (database: DataSource, reads: SqlReads): Measures => ({
  repository: () => reads.repositoryMeasure(),
  notifications: () => reads.notificationMeasure(),
  jobs: () => measureJobs(database),
  pool: () => {
    const { totalCount, idleCount, waitingCount } = poolOf(database);
    return { used: totalCount - idleCount, idle: idleCount, waiting: waitingCount };
  },
});

async function measureJobs(database: DataSource): Promise<JobMeasure> {
  const [measure] = await database.query<JobMeasure[]>(
    `SELECT count(*) FILTER (WHERE is_ready)::int AS ready, count(*) FILTER (WHERE last_error IS NOT NULL)::int AS failed,
       min(run_at) FILTER (WHERE is_ready) AS oldest
     FROM (SELECT *, locked_at IS NULL AND run_at <= now() AND attempts < max_attempts AS is_ready FROM graphile_worker.jobs) AS job`,
  );
  return measure ?? { ready: 0, failed: 0, oldest: null };
}
