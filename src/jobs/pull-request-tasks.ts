import { checkPullRequest, type PullRequestChecks } from '../application/check-pull-request.js';
import { type Proposing, resumeProposal } from '../application/finish-proposal.js';
import { outdatedPullRequests } from '../application/outdated-pull-requests.js';
import type { Ports } from '../application/ports.js';
import { ask, type Lane } from './worker.js';

/**
 * What is done about pull requests and proposals. Plans that rest on what has moved since are looked for every minute.
 * @param checks null where no host is configured: what is asked for then is nothing
 */
export const pullRequestLane = (
  ports: Ports,
  proposing: Proposing,
  checks: PullRequestChecks | null,
): Lane => ({
  atATime: 2,
  timetable: '* * * * * pull-requests ?max=1',
  tasks: {
    'finish-proposal': async ({ branch }) => {
      if (typeof branch === 'string') await resumeProposal(ports, proposing, branch);
    },
    'check-pull-request': async ({ number }) => {
      if (checks && typeof number === 'number') await checkPullRequest(checks, number);
    },
    'pull-requests': async () => {
      if (checks) await outdatedPullRequests(checks);
    },
  },
});

/** A branch that has moved makes every plan against it outdated. */
export const askForPullRequests = (ports: Ports): Promise<void> =>
  ask(ports, 'pull-requests', {}, { key: 'pull-requests' });
