import { askForCheck, nameOf, type PullRequestChecks } from './check-pull-request.js';
import { claimed } from './claim-pull-request.js';
import type { PostedPlan, PullRequestStore } from './ports.js';
import type { ListedPullRequest } from './pull-requests.js';

/** A pull request on which something else has to be said than what is there. */
export interface OutdatedPullRequest {
  readonly number: number;
  /** For people; null where nothing was said yet, or what was said may still hold. */
  readonly reason: string | null;
}

/**
 * Finds the open pull requests whose base, head or campaigns have moved since their plan was posted, says on each that its check
 * is outdated, and asks for another. New ones and ones with news are checked too. What is closed is forgotten. Any number of
 * processes may do it at the same time; for those that nothing happened to it costs one question to the host and one to the database.
 * @throws HostError
 */
export async function outdatedPullRequests(checks: PullRequestChecks): Promise<OutdatedPullRequest[]> {
  const { ports, source, host } = checks;
  const repository = nameOf(source);
  const [branch, base] = [await source.branch(), await source.refresh()];
  const open = (await host.listOpen()).filter((each) => each.base === branch);
  const numbers = new Set(open.map(({ number }) => number));
  const posted = await ports.inTransaction(async ({ pullRequests }) => {
    const known = await pullRequests.posted(repository);
    const gone = known.filter(({ number }) => !numbers.has(number)).map(({ number }) => number);
    if (gone.length > 0) await pullRequests.forget(repository, gone);
    return new Map(known.map((plan) => [plan.number, plan]));
  });
  const outdated: OutdatedPullRequest[] = [];
  for (const request of open) {
    const { number } = request;
    const before = posted.get(number);
    const found = await ports.inTransaction(({ pullRequests }) =>
      newsOf(pullRequests, before ?? null, request, base),
    );
    if (!found) continue;
    await mark(checks, request, before ?? null, found.reason);
    outdated.push({ number, reason: found.reason });
  }
  return outdated;
}

/** Null where what was posted holds. */
async function newsOf(
  store: PullRequestStore,
  posted: PostedPlan | null,
  { head, updatedAt }: ListedPullRequest,
  base: string,
): Promise<Pick<OutdatedPullRequest, 'reason'> | null> {
  if (!posted) return { reason: null };
  const reasons = [
    ...(posted.headSha === head.sha ? [] : ['the pull request has new commits']),
    ...(posted.baseSha === base ? [] : ['the branch it goes to has moved']),
    ...((await store.epoch(posted.workflows)) === posted.epoch ? [] : ['running campaigns have moved']),
  ];
  if (reasons.length > 0) return { reason: reasons.join('; ') };
  return updatedAt > posted.seenAt ? { reason: null } : null;
}

/** Says so at the host once, and asks for a check; whoever is writing on it may be writing what is outdated. */
async function mark(
  checks: PullRequestChecks,
  { number, head }: ListedPullRequest,
  before: PostedPlan | null,
  reason: string | null,
): Promise<void> {
  const { ports, source, host } = checks;
  const repository = nameOf(source);
  const marked = await claimed(ports, repository, number, async () => {
    const now = await ports.inTransaction(({ pullRequests }) => pullRequests.find(repository, number));
    // Somebody else has looked at it meanwhile.
    if (now?.checkedAt.getTime() !== before?.checkedAt.getTime()) return null;
    if (reason === null || now?.outdatedAt !== null) return (stores) => askForCheck(stores, number);
    const check = { sha: head.sha, branch: head.branch, state: 'outdated' as const, annotations: [] };
    const summary = `${reason}; the plan is worked out again.`;
    await host.publish({ ...check, title: `outdated: ${reason}`, summary });
    return async (stores) => {
      await stores.pullRequests.save({ ...now, outdatedAt: ports.clock.now() });
      await askForCheck(stores, number);
    };
  });
  if (marked === 'taken') await ports.inTransaction((stores) => askForCheck(stores, number));
}
