import { Logger as JobLogger, parseCrontab, type ParsedCronItem, run } from 'graphile-worker';
import type { JobStore, Ports } from '../application/ports.js';
import type { Logger } from '../observability/logger.js';

/** What to do with a job, by the name of its task. What it throws is tried again later, with growing pauses. */
export type Tasks = Readonly<Record<string, (payload: Readonly<Record<string, unknown>>) => Promise<void>>>;

/** Jobs that wait for each other and for no others: what a silent host holds up holds up nothing else. */
export interface Lane {
  readonly tasks: Tasks;
  /** How many of its jobs this process does at the same time. */
  readonly atATime: number;
  /** Lines of a crontab: what is done regularly, by one replica each time. */
  readonly timetable: string;
}

export interface WorkerOptions {
  /** Past a pooler, which would not keep the connection that listens. */
  readonly url: string;
  readonly lanes: readonly Lane[];
  readonly logger: Logger;
}

export interface Worker {
  /** Lets running jobs end, and takes no others. */
  stop(): Promise<void>;
}

/** Jobs that are due later are looked for as often; those due at once are announced. */
const LOOK_MS = 1_000;

/** Works off the queue in the database, beside the other replicas: each job is done by one of them. */
export async function startWorker({ url, lanes, logger }: WorkerOptions): Promise<Worker> {
  const started: Worker[] = [];
  for (const lane of lanes) started.push(await startLane(url, lane, logger));
  return {
    stop: async () => {
      await Promise.all(started.map((each) => each.stop()));
    },
  };
}

async function startLane(url: string, { tasks, atATime, timetable }: Lane, logger: Logger): Promise<Worker> {
  let isStopping = false;
  const runner = await run({
    connectionString: url,
    taskList: Object.fromEntries(
      Object.entries(tasks).map(([name, task]) => [
        name,
        (payload: unknown) => task(payload as object as never),
      ]),
    ),
    parsedCronItems: parseCrontab(timetable).map(once),
    concurrency: atATime,
    maxPoolSize: atATime + 1,
    pollInterval: LOOK_MS,
    // Stopping in order, database last, is the caller's.
    noHandleSignals: true,
    logger: new JobLogger(() => (level: string, message, meta) => {
      if (level === 'error') logger.error({ err: meta?.['error'] }, message);
      else logger.debug(message);
    }),
  });
  runner.promise.catch((error: unknown) => {
    if (!isStopping) logger.error({ err: error }, 'the queue has stopped; start Weir anew');
  });
  return {
    stop: async () => {
      isStopping = true;
      await runner.stop().catch(() => undefined);
    },
  };
}

/** What has not been begun yet is not asked for again: after a machine has slept, or a clock has jumped, each is done once. */
const once = (item: ParsedCronItem): ParsedCronItem => ({
  ...item,
  options: { ...item.options, jobKey: item.task, jobKeyMode: 'preserve_run_at' },
});

/** Asks for a job in a transaction of its own. */
export const ask = (ports: Ports, ...job: Parameters<JobStore['ask']>): Promise<void> =>
  ports.inTransaction((stores) => stores.jobs.ask(...job));
