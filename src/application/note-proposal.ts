import { type Actor, recordedActor } from '../domain/campaign/actor.js';
import { nameOf } from './check-pull-request.js';
import { commitOf, type Proposing } from './finish-proposal.js';
import type { Ports, Proposal, Stores } from './ports.js';
import type { Draft } from './proposal-writer.js';

/** A process that has not finished what it was asked by then is taken to be gone. */
const UNFINISHED_MS = 60_000;

/** What a proposal is called, and why it is made. */
export interface NamedProposal {
  readonly workflow: string;
  readonly branch: string;
  readonly title: string;
  readonly rationale: string;
}
/** Why the branch cannot be made. */
export interface Taken {
  readonly taken: string;
}

/**
 * Notes a proposal with its record, and asks for it to be finished should this process not get to it, before anything is pushed.
 * What is noted already is taken up where it stands.
 */
export async function noteProposal(
  ports: Ports,
  proposing: Proposing,
  actor: Actor,
  named: NamedProposal,
  draft: Draft,
): Promise<Proposal | Taken> {
  const { branch } = named;
  const { writer, source } = proposing;
  const repository = nameOf(source);
  const before = await ports.inTransaction(({ pullRequests }) => pullRequests.proposal(repository, branch));
  const found = await writer.find(branch, draft);
  if (found && 'taken' in found) return found;
  const wanted = {
    ...{ repository, ...named, file: draft.file, text: draft.text, pullRequest: null },
    meaningHash: draft.meaningHash,
    ...{ baseBranch: draft.base.branch, baseSha: draft.base.sha },
    ...{ proposedBy: actor.name, proposedAt: ports.clock.now() },
  };
  const proposal: Proposal = found
    ? { ...wanted, commitSha: found.commit, state: 'pushed' }
    : { ...wanted, commitSha: await writer.commit(commitOf(wanted)), state: 'pending' };
  const noted = await ports.inTransaction((stores) => save(stores, actor, before, proposal));
  // Somebody else was at it between the look at the branch and now.
  return noted ?? noteProposal(ports, proposing, actor, named, draft);
}

/** @returns null where the branch is noted otherwise than it was before it was looked at */
async function save(
  stores: Stores,
  actor: Actor,
  before: Proposal | null,
  proposal: Proposal,
): Promise<Proposal | Taken | null> {
  const { repository, branch, file, text } = proposal;
  await stores.pullRequests.lock(repository, `branch ${branch}`);
  const known = await stores.pullRequests.proposal(repository, branch);
  if (known?.state !== before?.state || known?.commitSha !== before?.commitSha) return null;
  if (known?.state === 'pending' && (known.file !== file || known.text !== text))
    return { taken: `'${branch}' is just being written with something else on it` };
  const next = known ? takenUp(known, proposal) : proposal;
  await stores.pullRequests.saveProposal(next);
  if (next === proposal) await record(stores, actor, proposal);
  const at = new Date(proposal.proposedAt.getTime() + UNFINISHED_MS);
  await stores.jobs.ask('finish-proposal', { branch }, { key: `finish-proposal ${branch}`, at });
  return next;
}

/** What is noted of a branch that is pushed or just being pushed stays whoever's it was; any other makes room. */
function takenUp(known: Proposal, proposal: Proposal): Proposal {
  if (known.state === 'pending') return known;
  if (known.state === 'rejected' || proposal.state === 'pending') return proposal;
  const { proposedBy, proposedAt, pullRequest } = known;
  return { ...proposal, proposedBy, proposedAt, pullRequest };
}

const record = (
  { audit }: Stores,
  actor: Actor,
  { workflow, branch, title, commitSha, proposedAt }: Proposal,
): Promise<void> =>
  audit.add({
    ...{ happenedAt: proposedAt, ...recordedActor(actor), action: 'workflow.propose' },
    ...{ subject: `Workflow ${workflow}`, campaignId: null, versionId: null, commitSha },
    ...{ before: null, after: { branch, title } },
  });
