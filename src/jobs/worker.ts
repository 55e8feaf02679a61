import { Logger as JobLogger, parseCrontab, type ParsedCronItem, run, type Runner } from 'graphile-worker';
import type { JobStore, Ports } from '../application/ports.js';
import { failed, undertake } from '../observability/correlation.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import { JobPool } from '../persistence/job-pool.js';

/**
 * What to do with a job, by the name of its task. What it throws is tried again later, with growing pauses.
 * @param askedAt when it was asked for first; a job that waited with the same key does not move that
 */
export type Tasks = Readonly<
  Record<string, (payload: Readonly<Record<string, unknown>>, askedAt: Date) => Promise<void>>
>;

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
  readonly ports: Pick<Ports, 'inTransaction'>;
  readonly metrics?: Metrics;
}

export interface Worker {
  /** Lets running jobs end, and takes no others. */
  stop(): Promise<void>;
  /** Lets others take at once what is still running. @returns how many jobs */
  handBack(): Promise<number>;
}

/** Jobs that are due later are looked for as often; those due at once are announced. */
const LOOK_MS = 1_000;

/** After a queue has stopped for whatever reason. */
const PAUSE_MS = 5_000;

/** Works off the queue in the database, beside the other replicas: each job is done by one of them. */
export async function startWorker({ url, lanes, logger, ports, metrics }: WorkerOptions): Promise<Worker> {
  const started: Pick<Worker, 'stop'>[] = [];
  const busy = new Set<string>();
  for (const lane of [...lanes, upkeepLane(ports, logger)])
    started.push(await startLane(url, lane, { logger, busy, metrics }));
  return {
    stop: async () => {
      await Promise.all(started.map((each) => each.stop()));
    },
    handBack: () => ports.inTransaction(({ jobs }) => jobs.handBack([...busy])),
  };
}

/** What has to be done now and then: a replica that was killed cannot hand back what it was at. */
const upkeepLane = ({ inTransaction }: WorkerOptions['ports'], logger: Logger): Lane => ({
  atATime: 1,
  timetable: '* * * * * upkeep ?max=1',
  tasks: {
    upkeep: async () => {
      await inTransaction(({ jobs }) => jobs.addUpChanges());
      const count = await inTransaction(({ jobs }) => jobs.freeAbandoned());
      if (count > 0) logger.warn(`${count} jobs that nobody has ended are free to be taken`);
    },
  },
});

interface LaneOptions {
  readonly logger: Logger;
  /** Gets the ids of the workers that are at a job. */
  readonly busy: Set<string>;
  readonly metrics: Metrics | undefined;
}

async function startLane(
  url: string,
  { tasks, atATime, timetable }: Lane,
  { logger, busy, metrics }: LaneOptions,
): Promise<Pick<Worker, 'stop'>> {
  const pool = new JobPool({ connectionString: url, max: atATime + 1, application_name: 'weir jobs' });
  let isStopping = false;
  let pause: NodeJS.Timeout | undefined;
  const begin = async (): Promise<Runner> => {
    const begun = await run({
      pgPool: pool,
      taskList: Object.fromEntries(
        Object.entries(tasks).map(([name, task]) => [
          name,
          (payload, { job }) => carryOut(name, task, payload as Payload, job.created_at, { logger, metrics }),
        ]),
      ),
      parsedCronItems: parseCrontab(timetable).map(once),
      concurrency: atATime,
      pollInterval: LOOK_MS,
      // Stopping in order, database last, is the caller's.
      noHandleSignals: true,
      logger: new JobLogger(() => (level: string, message, meta) => {
        // Of a job that fails it is told with what it belongs to.
        if (meta?.['failure'] === true) return;
        if (level === 'error') logger.error({ err: meta?.['error'] }, message);
        else logger.debug(message);
      }),
    });
    begun.events.on('job:start', ({ worker }) => busy.add(worker.workerId));
    begun.events.on('job:complete', ({ worker }) => busy.delete(worker.workerId));
    begun.promise.then(() => beginAgain(null), beginAgain);
    return begun;
  };
  const beginAgain = (error: unknown): void => {
    if (isStopping) return;
    logger.error({ err: error }, 'the queue has stopped; it is begun again');
    pause = setTimeout(() => {
      begin().then((begun) => (runner = begun), beginAgain);
    }, PAUSE_MS);
  };
  let runner = await begin();
  return {
    stop: async () => {
      isStopping = true;
      clearTimeout(pause);
      pool.giveUp();
      await runner.stop().catch(() => undefined);
      await pool.end();
    },
  };
}

/** What has not been begun yet is not asked for again: after a machine has slept, or a clock has jumped, each is done once. */
const once = (item: ParsedCronItem): ParsedCronItem => ({
  ...item,
  options: { ...item.options, jobKey: item.task, jobKeyMode: 'preserve_run_at' },
});

type Payload = Readonly<Record<string, unknown>>;

/** As part of the trace of whoever asked for it. */
async function carryOut(
  name: string,
  task: Tasks[string],
  payload: Payload,
  askedAt: Date,
  { logger, metrics }: Pick<LaneOptions, 'logger' | 'metrics'>,
): Promise<void> {
  const since = performance.now();
  const undertaking = undertake(`job ${name}`, { carrier: payload, kind: 'job' });
  let outcome: 'done' | 'failed' = 'failed';
  try {
    await undertaking.run(async () => {
      try {
        await task(payload, askedAt);
      } catch (error) {
        logger.error({ err: error, job: name }, 'a job failed; it is tried again');
        throw error;
      }
    });
    outcome = 'done';
  } finally {
    if (outcome === 'failed') failed(undertaking.span, 'job');
    undertaking.span.end();
    metrics?.job(name, outcome, (performance.now() - since) / 1_000);
  }
}

/** Asks for a job in a transaction of its own. */
export const ask = (ports: Ports, ...job: Parameters<JobStore['ask']>): Promise<void> =>
  ports.inTransaction((stores) => stores.jobs.ask(...job));
