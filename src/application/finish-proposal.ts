import { type Actor, ITSELF } from '../domain/campaign/actor.js';
import { askForCheck, nameOf, type PullRequestSource } from './check-pull-request.js';
import { plain } from './markdown.js';
import type { Ports, Proposal } from './ports.js';
import type { NewCommit, ProposalWriter } from './proposal-writer.js';
import { HostError, type PullRequestHost } from './pull-requests.js';

export interface Proposing {
  readonly writer: ProposalWriter;
  readonly source: PullRequestSource;
  /** Null where no host is configured: nobody opens a pull request then. */
  readonly host: PullRequestHost | null;
}

/** What became of a proposal that was noted. */
export type Finished =
  /** The repository does not take the branch. */
  | { readonly rejected: string }
  | {
      readonly pullRequest: { readonly number: number; readonly url: string } | null;
      /** Why the host did not open one. */
      readonly problem: HostError | null;
    };

/** Of a line of the rationale in the pull request; the commit has all of it. */
const PARAGRAPH = 5_000;

/**
 * Pushes the branch of a proposal that was noted and opens its pull request, without a transaction around either. Whatever of it was
 * done before is found done, so that any process may do it, again and at the same time.
 */
export async function finishProposal(
  ports: Ports,
  proposing: Proposing,
  proposal: Proposal,
): Promise<Finished> {
  if (proposal.state === 'pending') {
    const rejected = await push(proposing.writer, proposal);
    await settle(ports, proposal, rejected);
    if (rejected !== null) return { rejected };
  }
  return open(ports, proposing, proposal);
}

/**
 * Finishes what the process that was asked did not get to. A host that is away is asked again later; one that says no is not.
 * @throws HostError
 */
export async function resumeProposal(ports: Ports, proposing: Proposing, branch: string): Promise<void> {
  const repository = nameOf(proposing.source);
  const proposal = await ports.inTransaction(({ pullRequests }) => pullRequests.proposal(repository, branch));
  if (!proposal || proposal.state === 'rejected' || proposal.pullRequest !== null) return;
  if (proposal.state === 'pushed' && !proposing.host) return;
  const finished = await finishProposal(ports, proposing, proposal);
  const problem = 'problem' in finished ? finished.problem : null;
  if (problem && ['unavailable', 'limited'].includes(problem.reason)) throw problem;
}

/** What its commit is made from. */
export function commitOf(
  proposal: Pick<Proposal, 'baseSha' | 'file' | 'text' | 'title' | 'rationale' | 'proposedBy' | 'proposedAt'>,
): NewCommit {
  const { baseSha, file, text, title, rationale, proposedBy, proposedAt: at } = proposal;
  const author = authorOf({ name: proposedBy });
  const message = `${title.trim()}\n\n${rationale.trim()}\n\nProposed-by: ${author.name}\n`;
  return { baseSha, file, text, author, message, at };
}

/** Actors are known by addresses or by names; git wants both. */
export function authorOf({ name }: Pick<Actor, 'name'>): NewCommit['author'] {
  const clean = name.replaceAll(/[<>\r\n\0]/g, '').trim() || 'somebody';
  const isAddress = /^[^\s@]+@[^\s@]+$/.test(clean);
  const slug = clean.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-');
  return { name: clean, email: isAddress ? clean : `${slug}@weir.invalid` };
}

/** Another process may have noted the proposal: its commit is made here too, and is the same. */
async function push(writer: ProposalWriter, proposal: Proposal): Promise<string | null> {
  const commit = await writer.commit(commitOf(proposal));
  if (commit !== proposal.commitSha)
    throw new Error(`the proposal '${proposal.branch}' was noted as ${proposal.commitSha}, and is ${commit}`);
  return writer.push(proposal.branch, commit);
}

/** Notes what came of the push, once. */
function settle(ports: Ports, { repository, branch, commitSha }: Proposal, rejected: string | null) {
  return ports.inTransaction(async ({ pullRequests, audit }) => {
    await pullRequests.lock(repository, `branch ${branch}`);
    const proposal = await pullRequests.proposal(repository, branch);
    if (proposal?.state !== 'pending' || proposal.commitSha !== commitSha) return;
    await pullRequests.saveProposal({ ...proposal, state: rejected === null ? 'pushed' : 'rejected' });
    if (rejected === null) return;
    await audit.add({
      ...{ happenedAt: ports.clock.now(), actor: proposal.proposedBy, roles: [], origin: ITSELF },
      ...{ action: 'workflow.reject-proposal', subject: `Workflow ${proposal.workflow}` },
      ...{ campaignId: null, versionId: null, commitSha, before: null, after: { branch, why: rejected } },
    });
  });
}

/** A host that fails takes nothing away from the branch, which is there. */
async function open(
  ports: Ports,
  { host }: Proposing,
  { repository, branch, baseBranch: base, title, rationale, proposedBy }: Proposal,
): Promise<Finished> {
  if (!host) return { pullRequest: null, problem: null };
  const lines = rationale.trim().split(/\r?\n/);
  const body = [
    ...lines.map((line) => plain(line, PARAGRAPH)),
    ...['', `Proposed by ${plain(proposedBy)} through Weir.`],
  ].join('\n');
  try {
    const pullRequest = await host.open({ base, head: branch, title: title.trim(), body });
    const { number } = pullRequest;
    await ports.inTransaction(async ({ pullRequests, jobs }) => {
      await pullRequests.lock(repository, `branch ${branch}`);
      const proposal = await pullRequests.proposal(repository, branch);
      if (proposal) await pullRequests.saveProposal({ ...proposal, pullRequest: number });
      await askForCheck({ jobs }, number);
    });
    return { pullRequest, problem: null };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { pullRequest: null, problem: error };
  }
}
