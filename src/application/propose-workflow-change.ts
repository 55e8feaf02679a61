import { createHash } from 'node:crypto';
import { type Actor, lacking, recordedRoles } from '../domain/campaign/actor.js';
import { type Refusal, refusal, unknownWorkflow } from '../domain/campaign/refusal.js';
import type { Problem } from '../domain/problem.js';
import type { Classification, MeaningChange } from '../domain/workflow/diff/change.js';
import { type PullRequestSource, nameOf } from './check-pull-request.js';
import type { Edit } from './edit.js';
import { plain } from './markdown.js';
import type { Ports, Stores } from './ports.js';
import { HostError, type PullRequestHost } from './pull-requests.js';

/** What somebody would like a workflow to be. */
export interface WorkflowProposal {
  readonly workflow: string;
  /** Edits of its text, one after the other; null where the text is given. */
  readonly edits: readonly Edit[] | null;
  /** The whole text of its file; null where edits are given. */
  readonly text: string | null;
  readonly title: string;
  readonly rationale: string;
  /** Null for a name made from the workflow, the title and the content. */
  readonly branch: string | null;
}

/** A proposal on the head of the branch, not written yet. */
export interface Draft {
  readonly base: { readonly branch: string; readonly sha: string };
  readonly file: string;
  readonly text: string;
  /** Errors that it would bring, and all of its file. */
  readonly problems: readonly Problem[];
  readonly classification: Classification;
  readonly changes: readonly MeaningChange[];
}
/** Why there is no draft. */
export type NoDraft =
  | { readonly reason: 'unknown-workflow'; readonly known: readonly string[] }
  | { readonly reason: 'impossible'; readonly message: string }
  | { readonly reason: 'nothing' };

export interface NewBranch {
  readonly branch: string;
  readonly author: { readonly name: string; readonly email: string };
  readonly message: string;
  readonly at: Date;
}
/** What became of a branch: a commit, written now or before with the same content, or a reason why not. */
export type Written =
  | { readonly commit: string; readonly isNew: boolean }
  | { readonly refused: 'exists' | 'rejected'; readonly message: string };

/** Writes proposals as branches. The branch that is synced, a work tree and an index are never touched. */
export interface ProposalWriter {
  draft(workflow: string, change: Pick<WorkflowProposal, 'edits' | 'text'>): Promise<Draft | NoDraft>;
  write(draft: Draft, wanted: NewBranch): Promise<Written>;
}

export interface Proposing {
  readonly writer: ProposalWriter;
  readonly source: PullRequestSource;
  /** Null where no host is configured: nobody opens a pull request then. */
  readonly host: PullRequestHost | null;
}

export interface ProposalOutcome {
  readonly proposal: {
    readonly branch: string;
    readonly base: string;
    readonly commit: string;
    readonly file: string;
    readonly classification: Classification;
    readonly changes: readonly MeaningChange[];
    /** Null where no host is configured, or it did not open one. */
    readonly pullRequest: { readonly number: number; readonly url: string } | null;
    /** Why the host did not open one. */
    readonly pullRequestProblem: string | null;
  } | null;
  readonly problems: readonly Problem[];
  readonly refusals: readonly Refusal[];
}

const [TITLE, EDITS] = [200, 100];
/** Of a line of the rationale in the pull request; the commit has all of it. */
const PARAGRAPH = 5_000;
/** Of a branch: what every host and file system takes. */
const BRANCH =
  /^(?!HEAD$|refs\/)(?!.*(?:\.\.|\/\/|\/\.|\.lock(?:\/|$)|[./]$))[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;

/**
 * Writes a change of a workflow's definition as a branch and opens a pull request, where a host is configured. Whoever moves
 * campaigns may propose: what comes of it is decided in the review of the branch. The same proposal again finds the branch that
 * it made, and opens what is missing.
 */
export async function proposeWorkflowChange(
  ports: Ports,
  proposing: Proposing,
  actor: Actor,
  wanted: WorkflowProposal,
): Promise<ProposalOutcome> {
  const refused = lacking(actor, 'contributor') ?? wrongInput(wanted);
  if (refused) return refuse([refused]);
  const draft = await proposing.writer.draft(wanted.workflow, wanted);
  if ('reason' in draft) return refuse([whyNot(wanted.workflow, draft)]);
  if (draft.problems.some(({ severity }) => severity === 'error')) {
    const message = `'${wanted.workflow}' would not be valid: ${draft.problems[0]?.message ?? ''}`;
    return refuse([refusal('INVALID_PROPOSAL', message)], draft.problems);
  }
  const branch = wanted.branch ?? branchFor(wanted, draft);
  if (branch === draft.base.branch)
    return refuse([
      refusal('INVALID_INPUT', `'${branch}' is the branch that is served: choose another name`),
    ]);
  const written = await write(ports, proposing, actor, { ...wanted, branch }, draft);
  if ('refused' in written) {
    const code = written.refused === 'exists' ? 'BRANCH_EXISTS' : 'PUSH_REJECTED';
    return refuse([refusal(code, written.message)]);
  }
  const opened = await open(ports, proposing, actor, { ...wanted, branch }, draft);
  return {
    proposal: {
      ...{ branch, base: draft.base.sha, commit: written.commit, file: draft.file },
      ...{ classification: draft.classification, changes: draft.changes, ...opened },
    },
    problems: draft.problems,
    refusals: [],
  };
}

const refuse = (refusals: readonly Refusal[], problems: readonly Problem[] = []): ProposalOutcome => ({
  ...{ proposal: null, problems, refusals },
});

function wrongInput({ edits, text, title, rationale, branch }: WorkflowProposal): Refusal | null {
  const wrong = (message: string) => refusal('INVALID_INPUT', message);
  if ((edits === null) === (text === null)) return wrong("give either 'edits' or 'text'");
  if (edits?.length === 0) return wrong("'edits' is empty");
  if (edits && edits.length > EDITS) return wrong(`one proposal takes at most ${EDITS} edits`);
  if (title.trim() === '' || title.length > TITLE || /[\r\n]/.test(title))
    return wrong(`a title is one line of at most ${TITLE} characters`);
  if (rationale.trim() === '')
    return refusal('REASON_MISSING', 'a proposal needs a rationale, for whoever reviews it');
  if (branch !== null && !BRANCH.test(branch))
    return wrong(`'${branch}' cannot be the name of a branch: use letters, digits, dots, dashes and slashes`);
  return null;
}

function whyNot(workflow: string, none: NoDraft): Refusal {
  switch (none.reason) {
    case 'unknown-workflow':
      return unknownWorkflow(workflow, none.known);
    case 'impossible':
      return refusal('INVALID_INPUT', none.message);
    case 'nothing':
      return refusal('NOTHING_CHANGES', `the file of '${workflow}' already says so`);
  }
}

/** Readable, and the same for the same proposal. */
function branchFor({ workflow, title }: WorkflowProposal, { file, text }: Draft): string {
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 40);
  const digest = createHash('sha256').update(`${file}\n${title}\n${text}`).digest('hex').slice(0, 8);
  const key = workflow.replaceAll(/[^A-Za-z0-9-]+/g, '-');
  return ['weir', key, `${slug}-${digest}`.replace(/^-/, '')].join('/');
}

type Named = WorkflowProposal & { readonly branch: string };

/** One process at a time writes a branch of a name. */
function write(
  { inTransaction, clock }: Ports,
  { writer, source }: Proposing,
  actor: Actor,
  { workflow, branch, title, rationale }: Named,
  draft: Draft,
): Promise<Written> {
  const repository = nameOf(source);
  return inTransaction(async (stores) => {
    await stores.pullRequests.lock(repository, `branch ${branch}`);
    const now = clock.now();
    const author = authorOf(actor);
    const message = `${title.trim()}\n\n${rationale.trim()}\n\nProposed-by: ${author.name}\n`;
    const written = await writer.write(draft, { branch, author, message, at: now });
    if ('refused' in written || !written.isNew) return written;
    await stores.pullRequests.saveProposal({
      ...{ repository, branch, workflow, commitSha: written.commit },
      ...{ proposedBy: actor.name, proposedAt: now, pullRequest: null },
    });
    await record(stores, actor, { workflow, branch, title, commit: written.commit, now });
    return written;
  });
}

const record = (
  { audit }: Stores,
  actor: Actor,
  what: { workflow: string; branch: string; title: string; commit: string; now: Date },
): Promise<void> =>
  audit.add({
    ...{ happenedAt: what.now, actor: actor.name, action: 'workflow.propose' },
    roles: recordedRoles(actor),
    ...{ subject: `Workflow ${what.workflow}`, campaignId: null, versionId: null, commitSha: what.commit },
    ...{ before: null, after: { branch: what.branch, title: what.title } },
  });

/** Actors are known by addresses or by names; git wants both. */
export function authorOf({ name }: Pick<Actor, 'name'>): NewBranch['author'] {
  const clean = name.replaceAll(/[<>\r\n\0]/g, '').trim() || 'somebody';
  const isAddress = /^[^\s@]+@[^\s@]+$/.test(clean);
  const slug = clean.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-');
  return { name: clean, email: isAddress ? clean : `${slug}@weir.invalid` };
}

/** A host that fails takes nothing away from the branch, which is there. */
async function open(
  { inTransaction }: Ports,
  { host, source }: Proposing,
  actor: Actor,
  { branch, title, rationale }: Named,
  { base }: Draft,
): Promise<Pick<NonNullable<ProposalOutcome['proposal']>, 'pullRequest' | 'pullRequestProblem'>> {
  if (!host) return { pullRequest: null, pullRequestProblem: null };
  const body = [
    ...rationale
      .trim()
      .split(/\r?\n/)
      .map((line) => plain(line, PARAGRAPH)),
    '',
    `Proposed by ${plain(actor.name)} through Weir.`,
  ];
  try {
    const opened = await host.open({
      base: base.branch,
      head: branch,
      title: title.trim(),
      body: body.join('\n'),
    });
    const { number } = opened;
    await inTransaction(async ({ pullRequests, jobs }) => {
      const repository = nameOf(source);
      const proposal = await pullRequests.proposal(repository, branch);
      if (proposal) await pullRequests.saveProposal({ ...proposal, pullRequest: number });
      await jobs.ask('check-pull-request', { number }, { key: `check-pull-request ${number}` });
    });
    return { pullRequest: opened, pullRequestProblem: null };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { pullRequest: null, pullRequestProblem: error.message };
  }
}
