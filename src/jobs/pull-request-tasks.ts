import { checkPullRequest, nameOf, type PullRequestChecks } from '../application/check-pull-request.js';
import { type Proposing, resumeProposal } from '../application/finish-proposal.js';
import { hostAnswers, hostRefuses, type HostUse, isRefusal } from '../application/host-alert.js';
import { outdatedPullRequests } from '../application/outdated-pull-requests.js';
import type { Ports } from '../application/ports.js';
import { HostError } from '../application/pull-requests.js';
import type { Logger } from '../observability/logger.js';
import { ask, type Lane, type Tasks } from './worker.js';

export interface PullRequestTasks {
  readonly ports: Ports;
  readonly proposing: Proposing;
  /** Null where no host is configured: what is asked for then is nothing. */
  readonly checks: PullRequestChecks | null;
  readonly logger: Logger;
}

/** What is done about pull requests and proposals. Plans that rest on what has moved since are looked for every minute. */
export const pullRequestLane = (options: PullRequestTasks): Lane => ({
  atATime: 2,
  timetable: '* * * * * pull-requests ?max=1',
  tasks: pullRequestTasks(options),
});

function pullRequestTasks(options: PullRequestTasks): Tasks {
  const { ports, proposing, checks } = options;
  return {
    'finish-proposal': async ({ branch }) => {
      if (typeof branch === 'string') await resumeProposal(ports, proposing, branch);
    },
    'check-pull-request': async ({ number }) => {
      if (!checks || typeof number !== 'number') return;
      const isDone = await unlessRefused(options, 'write', () => checkPullRequest(checks, number));
      if (isDone) await hostAnswers(ports, nameOf(checks.source), 'write');
    },
    'pull-requests': async () => {
      if (!checks) return;
      const outdated = await unlessRefused(options, 'read', () => outdatedPullRequests(checks));
      if (!outdated) return;
      await hostAnswers(ports, nameOf(checks.source), 'read');
      // Whatever could not be written is written, or not wanted any more.
      if (outdated.length === 0) await hostAnswers(ports, nameOf(checks.source), 'write');
    },
  };
}

/**
 * A token that is no good fails every time: that is an alert, and logged when it begins. What was asked for is asked for again by
 * the timetable, as nothing was posted. @returns null where the host refused
 */
async function unlessRefused<T>(
  { ports, proposing, logger }: PullRequestTasks,
  use: HostUse,
  work: () => Promise<T>,
): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof HostError) || !isRefusal(error)) throw error;
    if (await hostRefuses(ports, nameOf(proposing.source), use, error))
      logger.error(
        { err: error },
        `the host does not let us ${use} pull requests; it is tried again quietly`,
      );
    return null;
  }
}

/** How soon plans are looked at when campaigns move; what moves meanwhile is looked at with it. */
const SOON_MS = 3_000;

/**
 * Has plans looked at soon after campaigns have moved, wherever they did. It is asked for beside the transaction of the campaign: all of
 * them would wait for one another at the one job.
 */
export function followCampaigns(
  { ports, logger }: Pick<PullRequestTasks, 'ports' | 'logger'>,
  changes: { onCampaigns(listener: () => void): () => void },
): { stop(): Promise<void> } {
  let timer: NodeJS.Timeout | null = null;
  const asking = () => {
    timer = null;
    const at = new Date(ports.clock.now().getTime() + SOON_MS);
    ask(ports, 'pull-requests', {}, { key: 'pull-requests after campaigns', at }).catch((error: unknown) => {
      logger.error({ err: error }, 'plans could not be asked for; they are looked at within a minute');
    });
  };
  const end = changes.onCampaigns(() => (timer ??= setTimeout(asking, SOON_MS)));
  return {
    stop: () => {
      end();
      if (timer) clearTimeout(timer);
      return Promise.resolve();
    },
  };
}

/** A branch that has moved makes every plan against it outdated. */
export const askForPullRequests = (ports: Ports): Promise<void> =>
  ask(ports, 'pull-requests', {}, { key: 'pull-requests' });
