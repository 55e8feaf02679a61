import { createHash } from 'node:crypto';
import { type Actor, lacking } from '../domain/campaign/actor.js';
import { type Refusal, refusal, unknownWorkflow } from '../domain/campaign/refusal.js';
import type { Problem } from '../domain/problem.js';
import type { Classification, MeaningChange } from '../domain/workflow/diff/change.js';
import { finishProposal, type Proposing } from './finish-proposal.js';
import { noteProposal } from './note-proposal.js';
import type { Ports } from './ports.js';
import type { Draft, NoDraft, TextChange } from './proposal-writer.js';

/** What somebody would like a workflow to be. */
export interface WorkflowProposal extends TextChange {
  readonly workflow: string;
  readonly title: string;
  readonly rationale: string;
  /** Null for a name made from the workflow, the title and the content. */
  readonly branch: string | null;
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
  if (refused) return refuseProposal([refused]);
  const { workflow, title, rationale } = wanted;
  const draft = await proposing.writer.draft(workflow, wanted);
  if ('reason' in draft) return refuseProposal([whyNot(wanted.workflow, draft)]);
  if (draft.problems.some(({ severity }) => severity === 'error')) {
    const message = `'${wanted.workflow}' would not be valid: ${draft.problems[0]?.message ?? ''}`;
    return refuseProposal([refusal('INVALID_PROPOSAL', message)], draft.problems);
  }
  const branch = wanted.branch ?? branchFor(wanted, draft);
  if (branch === draft.base.branch)
    return refuseProposal([
      refusal('INVALID_INPUT', `'${branch}' is the branch that is served: choose another name`),
    ]);
  const noted = await noteProposal(ports, proposing, actor, { workflow, branch, title, rationale }, draft);
  if ('taken' in noted) return refuseProposal([refusal('BRANCH_EXISTS', noted.taken)]);
  const finished = await finishProposal(ports, proposing, noted);
  if ('rejected' in finished) return refuseProposal([refusal('PUSH_REJECTED', finished.rejected)]);
  const { pullRequest, problem } = finished;
  return {
    proposal: {
      ...{ branch, base: draft.base.sha, commit: noted.commitSha, file: draft.file },
      ...{ classification: draft.classification, changes: draft.changes },
      ...{ pullRequest, pullRequestProblem: problem?.message ?? null },
    },
    problems: draft.problems,
    refusals: [],
  };
}

export const refuseProposal = (
  refusals: readonly Refusal[],
  problems: readonly Problem[] = [],
): ProposalOutcome => ({
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
