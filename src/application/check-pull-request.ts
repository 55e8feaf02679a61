import type { Problem } from '../domain/problem.js';
import { type ApprovalState, approvalState, type GivenApproval, itemsOf } from './approvals.js';
import { impactOf } from './impact.js';
import type { Impacts, Plan, Proposals } from './plan.js';
import type { Ports } from './ports.js';
import type { Annotation, PullRequest, PullRequestHost, Review } from './pull-requests.js';
import type { Reads } from './reads.js';
import { renderCheck } from './render-check.js';
import { renderComment } from './render-comment.js';

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
  | { readonly outcome: 'ignored' };

/** A pull request that moves while it is looked at is looked at again, so many times. */
const ATTEMPTS = 5;

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
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const request = await checks.host.read(number);
    if (request?.state !== 'open' || request.base !== (await checks.source.branch())) {
      const repository = nameOf(checks.source);
      await checks.ports.inTransaction((stores) => stores.pullRequests.forget(repository, [number]));
      return { outcome: 'ignored' };
    }
    const outlook = await lookAt(checks, request);
    if (await post(checks, request, outlook))
      return { outcome: 'posted', plan: outlook.plan, approvals: outlook.approvals };
  }
  throw new MovesTooFast(`pull request ${number} has moved ${ATTEMPTS} times while it was looked at`);
}

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
  const given = await approvalsOf(checks, request, plan);
  return { plan, approvals: approvalState(plan, given), ...asked };
}

/** What each review was given for. What was noted once stays, also when its commit is gone. */
async function approvalsOf(
  checks: PullRequestChecks,
  request: PullRequest,
  plan: Plan,
): Promise<GivenApproval[]> {
  const { ports, reads, source } = checks;
  const [repository, { number }] = [nameOf(source), request];
  const [noted, proposal] = await ports.inTransaction(({ pullRequests }) =>
    Promise.all([
      pullRequests.approvals(repository, number),
      pullRequests.proposal(repository, request.head.branch),
    ]),
  );
  const authors = [request.author, ...(proposal ? [proposal.proposedBy] : [])];
  const teams = await reads.teams();
  const given: GivenApproval[] = [];
  for (const review of request.approvals) {
    const name = review.reviewer.toLowerCase();
    // Nobody approves what is their own.
    if (authors.some((author) => isCalled(author.toLowerCase(), name))) continue;
    const known = noted.find(({ reviewer, sha }) => reviewer === review.reviewer && sha === review.sha);
    const items = known?.items ?? (await itemsAt(checks, review, plan));
    if (!known && items !== null) {
      const approval = { repository, number, ...review, items, notedAt: ports.clock.now() };
      await ports.inTransaction((stores) => stores.pullRequests.saveApproval(approval));
    }
    const roles = teams
      .flatMap((team) => team.roles)
      .filter(({ people }) => people.some((person) => isCalled(person.toLowerCase(), name)))
      .map(({ key }) => key);
    given.push({ reviewer: review.reviewer, roles, items: new Set(items ?? []) });
  }
  return given;
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

/** Writes what was found, unless something has moved meanwhile; one process at a time does so for a pull request. */
async function post(
  { ports, source, host }: PullRequestChecks,
  request: PullRequest,
  { plan, approvals, workflows, epoch }: Outlook,
): Promise<boolean> {
  const [repository, { number, head }] = [nameOf(source), request];
  return ports.inTransaction(async ({ pullRequests }) => {
    await pullRequests.lock(repository, `pull request ${number}`);
    const isStill = (now: PullRequest | null): now is PullRequest =>
      now?.state === 'open' &&
      now.head.sha === head.sha &&
      JSON.stringify(now.approvals) === JSON.stringify(request.approvals);
    if (!isStill(await host.read(number))) return false;
    const linkTo = (file: string, line: number) => host.linkTo(head.sha, file, line);
    await host.comment(number, renderComment(plan, { linkTo, approvals, epoch }));
    const now = await host.read(number);
    if (!isStill(now)) return false;
    await host.publish({
      ...{ sha: head.sha, branch: head.branch, ...renderCheck(plan, approvals) },
      annotations: plan.problems.map(toAnnotation),
    });
    await pullRequests.save({
      ...{ repository, number, baseSha: plan.base.sha, headSha: head.sha, workflows, epoch },
      ...{ seenAt: now.updatedAt, checkedAt: ports.clock.now(), outdatedAt: null },
    });
    return true;
  });
}

const toAnnotation = ({ file, line, endLine, severity, code, message, hint }: Problem): Annotation => ({
  ...{ file, line, endLine, severity, title: code },
  message: hint === undefined ? message : `${message} (${hint})`,
});
