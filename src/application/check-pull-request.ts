import type { Problem } from '../domain/problem.js';
import {
  type ApprovalState,
  approvalState,
  type GivenApproval,
  itemsOf,
  type UncountedApproval,
} from './approvals.js';
import { claimed, type Note } from './claim-pull-request.js';
import { impactOf } from './impact.js';
import type { Impacts, Plan, Proposals } from './plan.js';
import type { Ports, Stores } from './ports.js';
import type { Annotation, PullRequest, PullRequestHost, Review } from './pull-requests.js';
import type { Reads } from './reads.js';
import { renderCheck } from './render-check.js';
import { renderComment } from './render-comment.js';
import { worthTelling } from './summarise-plan.js';

/** Where the commits of pull requests are. */
export interface PullRequestSource {
  readonly location: string;
  /** The branch that is synced. */
  branch(): Promise<string>;
  /** Brings what is new of it; its head. */
  refresh(): Promise<string>;
  /** Brings the head of a pull request. @returns its commit */
  bring(ref: string): Promise<string>;
  /** Whether a commit is at hand. */
  knows(sha: string): boolean;
}

export interface PullRequestChecks {
  readonly ports: Ports;
  readonly reads: Reads;
  readonly proposals: Proposals;
  readonly source: PullRequestSource;
  readonly host: PullRequestHost;
}

/** What became of a check. */
export type CheckOutcome =
  /** Comment and check say what the pull request would do. */
  | { readonly outcome: 'posted'; readonly plan: Plan; readonly approvals: ApprovalState }
  /** It is closed or merged, goes to a branch that is not synced, or is not there. */
  | { readonly outcome: 'ignored' }
  /** Another process is writing on it; it is asked for again. */
  | { readonly outcome: 'waits' };

/** A pull request that moves while it is looked at is looked at again, so many times. */
const ATTEMPTS = 5;
/** How soon one is looked at again on which another process is writing. */
const AGAIN_MS = 5_000;

/** Pull requests that nobody can look at in peace; the job that checks them is tried again later. */
export class MovesTooFast extends Error {
  override readonly name = 'MovesTooFast';
}

/**
 * Says on a pull request what merging it would do: plans its head against the branch as it is, and writes the one comment and the
 * check. Any number of processes may do it at the same time.
 * @throws HostError, MovesTooFast
 */
export async function checkPullRequest(checks: PullRequestChecks, number: number): Promise<CheckOutcome> {
  const repository = nameOf(checks.source);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const request = await checks.host.read(number);
    if (request?.state !== 'open' || request.base !== (await checks.source.branch())) {
      // One that is not seen may be hidden from the token; what is noted of it is kept.
      if (request)
        await checks.ports.inTransaction((stores) => stores.pullRequests.forget(repository, [number]));
      return { outcome: 'ignored' };
    }
    const outlook = await lookAt(checks, request);
    const { plan, approvals } = outlook;
    const posted = await claimed(checks.ports, repository, number, () => post(checks, request, outlook));
    if (posted === 'done') return { outcome: 'posted', plan, approvals };
    if (posted === 'taken') {
      const at = new Date(checks.ports.clock.now().getTime() + AGAIN_MS);
      await checks.ports.inTransaction((stores) => askForCheck(stores, number, at));
      return { outcome: 'waits' };
    }
  }
  throw new MovesTooFast(`pull request ${number} has moved ${ATTEMPTS} times while it was looked at`);
}

/** Asks for a pull request to be checked. @param at when; without it at once */
export const askForCheck = ({ jobs }: Pick<Stores, 'jobs'>, number: number, at?: Date): Promise<void> =>
  jobs.ask('check-pull-request', { number }, { key: `check-pull-request ${number}`, ...(at ? { at } : {}) });

/** What is known of the repository by its address, without what lets one in. */
export const nameOf = ({ location }: Pick<PullRequestSource, 'location'>): string =>
  location.replace(/\/\/[^/@]*@/, '//');

/** What a pull request would do, and what that was worked out from. */
interface Outlook {
  readonly plan: Plan;
  readonly approvals: ApprovalState;
  readonly workflows: readonly string[];
  readonly epoch: string;
}

async function lookAt(checks: PullRequestChecks, request: PullRequest): Promise<Outlook> {
  const { ports, reads, proposals, source } = checks;
  const base = await source.refresh();
  if (!source.knows(request.head.sha)) await source.bring(request.head.ref);
  const asked = { workflows: [] as readonly string[], epoch: 'none' };
  const plan = await proposals.merge(base, request.head.sha, async (proposed) => {
    asked.workflows = proposed.map(({ key }) => key).sort();
    // Asked before the campaigns are looked at: what happens meanwhile makes the plan outdated.
    asked.epoch = await ports.inTransaction((stores) => stores.pullRequests.epoch(asked.workflows));
    return impactOf(reads, proposed, ports.clock.now());
  });
  const { given, uncounted } = await approvalsOf(checks, request, plan);
  return { plan, approvals: approvalState(plan, given, uncounted), ...asked };
}

/**
 * What each review was given for, as far as it counts: whoever gave it may write to the repository, and it is not their own. What was
 * noted once stays, also when its commit is gone.
 */
async function approvalsOf(
  checks: PullRequestChecks,
  request: PullRequest,
  plan: Plan,
): Promise<{ given: GivenApproval[]; uncounted: UncountedApproval[] }> {
  const [repository, { number }] = [nameOf(checks.source), request];
  const [noted, proposal] = await checks.ports.inTransaction(async ({ pullRequests }) => [
    await pullRequests.approvals(repository, number),
    await pullRequests.proposal(repository, request.head.branch),
  ]);
  const authors = [request.author, ...(proposal ? [proposal.proposedBy] : [])];
  const given: GivenApproval[] = [];
  const uncounted: UncountedApproval[] = [];
  for (const review of request.approvals) {
    const { reviewer } = review;
    const reason = await whyNot(checks.host, review, authors);
    const known = noted.find((each) => each.reviewer === reviewer && each.sha === review.sha)?.items;
    const items = reason === null ? (known ?? (await itemsAt(checks, review, plan))) : null;
    if (items === null) uncounted.push({ reviewer, reason: reason ?? 'gone' });
    else given.push({ reviewer, items: new Set(items) });
    if (known || items === null) continue;
    const approval = { repository, number, reviewer, sha: review.sha, items };
    await checks.ports.inTransaction((stores) =>
      stores.pullRequests.saveApproval({ ...approval, notedAt: checks.ports.clock.now() }),
    );
  }
  return { given, uncounted };
}

/** Why a review does not count; null where it does. Each is asked about once in a check, as what people may do changes. */
async function whyNot(
  host: PullRequestHost,
  review: Review,
  authors: readonly string[],
): Promise<UncountedApproval['reason'] | null> {
  const name = review.reviewer.toLowerCase();
  if (authors.some((author) => isCalled(author.toLowerCase(), name))) return 'own';
  const standing = await host.standingOf(review);
  return standing === 'writes' ? null : standing === 'reads' ? 'reader' : 'unknown';
}

/** People are known here by addresses, at a host by logins: the whole of one, or what is before the `@`. */
const isCalled = (address: string, login: string): boolean =>
  address === login || address.split('@')[0] === login;

/** The items of the plan at the commit of a review; null where that commit is gone. */
async function itemsAt(
  { proposals, source }: PullRequestChecks,
  { sha }: Review,
  plan: Plan,
): Promise<string[] | null> {
  if (sha !== plan.head.sha && !source.knows(sha)) return null;
  const then = sha === plan.head.sha ? plan : await proposals.merge(plan.base.sha, sha, nothing);
  return itemsOf(then).map(({ hash }) => hash);
}

const nothing = (): Promise<Impacts> => Promise.resolve(new Map());

/** Writes what was found; null where something has moved meanwhile. */
async function post(
  { ports, source, host }: PullRequestChecks,
  request: PullRequest,
  { plan, approvals, workflows, epoch }: Outlook,
): Promise<Note | null> {
  const [repository, { number, head }] = [nameOf(source), request];
  const isStill = (now: PullRequest | null): now is PullRequest =>
    now?.state === 'open' &&
    now.head.sha === head.sha &&
    JSON.stringify(now.approvals) === JSON.stringify(request.approvals);
  if (!isStill(await host.read(number))) return null;
  const linkTo = (file: string, line: number) => host.linkTo(head.sha, file, line);
  await host.comment(number, renderComment(plan, { linkTo, approvals, epoch }));
  const now = await host.read(number);
  if (!isStill(now)) return null;
  await host.publish({
    ...{ sha: head.sha, branch: head.branch, ...renderCheck(plan, approvals) },
    annotations: worthTelling(plan.problems).shown.map(toAnnotation),
  });
  return ({ pullRequests }) =>
    pullRequests.save({
      ...{ repository, number, baseSha: plan.base.sha, headSha: head.sha, workflows, epoch },
      ...{ seenAt: now.updatedAt, checkedAt: ports.clock.now(), outdatedAt: null },
    });
}

const toAnnotation = ({ file, line, endLine, severity, code, message, hint }: Problem): Annotation => ({
  ...{ file, line, endLine, severity, title: code },
  message: hint === undefined ? message : `${message} (${hint})`,
});
