import { checkPullRequest, type PullRequestChecks } from '../application/check-pull-request.js';
import { outdatedPullRequests } from '../application/outdated-pull-requests.js';
import type { Ports } from '../application/ports.js';
import { ask, type Tasks } from './worker.js';

/** Plans that rest on what has moved since are looked for every minute. */
export const PULL_REQUEST_TIMETABLE = '* * * * * pull-requests ?max=1';

/**
 * What is done about pull requests.
 * @param checks null where no host is configured: what is asked for then is nothing
 */
export function pullRequestTasks(checks: PullRequestChecks | null): Tasks {
  return {
    'check-pull-request': async ({ number }) => {
      if (checks && typeof number === 'number') await checkPullRequest(checks, number);
    },
    'pull-requests': async () => {
      if (checks) await outdatedPullRequests(checks);
    },
  };
}

/** A branch that has moved makes every plan against it outdated. */
export const askForPullRequests = (ports: Ports): Promise<void> =>
  ask(ports, 'pull-requests', {}, { key: 'pull-requests' });
