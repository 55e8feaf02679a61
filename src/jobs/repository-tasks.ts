import type { Ports, SyncTrigger } from '../application/ports.js';
import type { RepositorySync } from '../application/sync-repository.js';
import { watchRepository } from '../application/watch-repository.js';
import { LOCAL_ACTOR } from '../domain/campaign/actor.js';
import { activeSpan, apart } from '../observability/correlation.js';
import type { Logger } from '../observability/logger.js';
import type { Metrics } from '../observability/metrics.js';
import { askForPullRequests } from './pull-request-tasks.js';
import { ask, type Lane } from './worker.js';

export interface RepositoryTasks {
  readonly ports: Ports;
  readonly sync: RepositorySync;
  readonly pollSeconds: number;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** What is done about the repository without anybody asking for it. It is watched every minute, also while its host is silent. */
export function repositoryLanes(options: RepositoryTasks): Lane[] {
  const sync: Lane['tasks'][string] = async ({ trigger }, askedAt) => {
    const isPoll = trigger === 'poll';
    try {
      // Whoever polls hears of a push no sooner than now.
      if (isPoll) await syncQuietly(options, 'poll', options.ports.clock.now());
      else await syncQuietly(options, 'webhook', askedAt);
    } finally {
      if (isPoll) await apart(() => askForPoll(options));
    }
  };
  const watch = () => watchRepository(options.ports);
  return [
    { atATime: 1, timetable: '', tasks: { sync } },
    { atATime: 1, timetable: '* * * * * watch ?max=1', tasks: { watch } },
  ];
}

/** The branch is looked at once every so many seconds, by one of the replicas: one such job waits at a time. */
export function askForPoll({
  ports,
  pollSeconds,
}: Pick<RepositoryTasks, 'ports' | 'pollSeconds'>): Promise<void> {
  const at = new Date(ports.clock.now().getTime() + pollSeconds * 1_000);
  return ask(ports, 'sync', { trigger: 'poll' }, { key: 'poll', at });
}

/**
 * Polling goes on from one job to the next; a process that died in the middle of one has not asked for the next, so each
 * replica asks anew now and then, which changes nothing where one waits.
 */
export function keepPolling(options: RepositoryTasks): { stop(): Promise<void> } {
  let asked: Promise<unknown> = Promise.resolve();
  const ask = () => {
    asked = askForPoll(options).catch((error: unknown) => {
      options.logger.error({ err: error }, 'polling could not be asked for; it is tried again');
    });
  };
  ask();
  const timer = setInterval(ask, options.pollSeconds * 1_000);
  return {
    stop: async () => {
      clearInterval(timer);
      // The database goes away after this.
      await asked;
    },
  };
}

/** Says something only when something happened, and outlives a repository that is away: the failure is on record. */
async function syncQuietly(
  { ports, sync, logger, metrics }: RepositoryTasks,
  trigger: SyncTrigger,
  heardAt: Date,
): Promise<void> {
  try {
    const { commits, versions, outcome, error, note } = await sync.run(trigger, LOCAL_ACTOR, {
      progress: (_done, _total, { sha, committedAt }) => {
        // What was committed after the webhook came was pushed while the job waited or ran.
        const since = Math.max(heardAt.getTime(), committedAt.getTime());
        metrics.live(trigger, (ports.clock.now().getTime() - since) / 1_000);
        activeSpan()?.addEvent('served', { 'vcs.ref.head.revision': sha });
      },
    });
    metrics.sync(outcome);
    if (error !== null) logger.error(`the repository could not be synced; what was good stays: ${error}`);
    if (note !== null) logger.warn(note);
    if (commits === 0) return;
    await askForPullRequests(ports);
    logger.info(`repository ${outcome}: ${commits} commits, ${versions} new versions`);
  } catch (error) {
    metrics.sync('failed');
    logger.error(
      { err: error },
      'the repository could not be synced; the last good definitions stay in service',
    );
  }
}
