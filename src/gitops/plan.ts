import { comparePlaces, hasErrors, type Problem } from '../domain/problem.js';
import { checkAge, checkTransition } from '../domain/workflow/check/history.js';
import { applyPolicy } from '../domain/workflow/check/policy.js';
import type { Policy } from '../domain/workflow/document.js';
import { nameOf } from '../domain/workflow/known-files.js';
import { planDefinitions, type PlannedChange } from '../domain/workflow/plan.js';
import { limitPromotions } from '../domain/workflow/promotion.js';
import type { Reading } from '../domain/workflow/reading.js';
import { limitRetirements } from '../domain/workflow/retirement.js';
import { definitionHash } from '../application/change-hash.js';
import type {
  Impacts,
  KnownAt,
  Plan,
  PlannedProblem,
  ProposedWorkflow,
  WorkflowPlan,
} from '../application/plan.js';
import type { ChangedDocument } from '../domain/workflow/touching.js';
import type { GitSource } from './git-source.js';
import { type MergedTree, mergedTree } from './merged-tree.js';
import { planWorkflow, untouched, workflowIn } from './plan-workflow.js';
import { knownBase, problemsIn, readSides, type Sources } from './read-sides.js';
import { servedAt } from './served.js';

export type { Plan, WorkflowPlan } from '../application/plan.js';
export type { Sources } from './read-sides.js';

export interface PlanOptions {
  /** The day against which definitions are checked, in ISO 8601. */
  readonly today: string;
  /** Asks whoever knows the campaigns what touched workflows mean for them; without it, nothing is said of any. */
  readonly impactOf?: ImpactOf | undefined;
  /** Saves reading what is known already; brought up to date. */
  readonly start?: KnownAt | null;
}

/**
 * What merging `head` into `base` would do: the changes of `head` since the merge base, validated on the merged tree with the
 * code that the sync runs. Only what the merge changes is read, and what has to do with it.
 */
export async function planMerge(
  source: GitSource,
  base: string,
  head: string,
  options: PlanOptions,
): Promise<Plan> {
  return planCommits(source, await findBoth(source, base, head), options);
}

/** A commit, and what it was called. */
interface Named {
  readonly ref: string;
  readonly sha: string;
}
export interface Both {
  readonly base: Named;
  readonly head: Named;
}

/** @throws UnknownRef */
export async function findBoth(source: GitSource, base: string, head: string): Promise<Both> {
  const find = async (ref: string): Promise<Named> => ({ ref, sha: await source.find(ref) });
  return { base: await find(base), head: await find(head) };
}

/** The same for commits that are at hand, so that no host is waited for. */
export async function planCommits(
  source: GitSource,
  { base, head }: Both,
  { today, impactOf, start = null }: PlanOptions,
): Promise<Plan> {
  const [baseSha, headSha] = [base.sha, head.sha];
  const tree = mergedTree(source, await source.mergeBase(baseSha, headSha), baseSha, headSha);
  // Only what is known of the base stays in memory: read again it is read as far as the merge concerns it.
  const at = await knownBase(source, baseSha, today, start);
  const existing = problemsIn(at.known);
  const sides = await readSides(source, at, tree, today);
  const { merged, before } = sides;
  const served = await servedAt(
    source,
    { sha: baseSha, known: at.known, step: before },
    today,
    (file) => tree.changed.has(file) || !sides.wrong.has(file),
  );
  const planned = planDefinitions(served, merged, sides.wrong);
  const late = await findLate(source, headSha, merged, planned, today);
  const isExisting = existingIn(existing, tree);
  const problems = [...tree.conflicts, ...sides.problems, ...late]
    .sort(comparePlaces)
    .map((each): PlannedProblem => (isExisting(each) ? { ...each, existing: true } : each));
  const others = planned.filter(({ kind, change }) => kind !== 'Workflow' && change !== 'unchanged');
  const changed = others.map(({ kind, key, base: former, definition }): ChangedDocument => ({
    ...{ kind, key, before: former?.meaning ?? null, after: definition?.meaning ?? null },
  }));
  const workflows = planned
    .filter((each) => each.kind === 'Workflow')
    .map((each) => planWorkflow(each, { served, before, merged, changed }));
  const asked = impactOf ? await impactOf(proposedOf(workflows, planned, merged), sides.sources) : null;
  const waiting = waitingFor(planned, sides.active, merged.policy, asked);
  const documents = others.map(({ kind, key, change, summary, base: former, definition }) => ({
    ...{ kind, id: key, change, summary },
    hash: definitionHash(kind, key, change, [former?.hash ?? null, definition?.hash ?? null]),
  }));
  const looked = new Map(
    workflows.map((each) => [
      each.id,
      { ...each, waits: waiting.get(each.id) ?? null, ...impactIn(asked, each.id) },
    ]),
  );
  return {
    base,
    head,
    ok:
      !hasErrors(problems.filter((each) => each.existing !== true)) &&
      planned.every((each) => each.change !== 'held-back' || !isRewritten(tree, fileOf(each))),
    problems,
    workflows: [...new Set([...sides.workflows, ...looked.keys()])].map(
      (key) => looked.get(key) ?? untouched(key),
    ),
    documents,
  };
}

/** Whether the merge changes what a file says, and not only where it stands. */
const isRewritten = ({ changed, back, cameFrom }: MergedTree, file: string): boolean =>
  changed.has(file) && changed.get(file) !== back.get(cameFrom.get(file) ?? file);

const fileOf = ({ definition, base }: PlannedChange): string => definition?.file ?? base?.file ?? '';

/**
 * Tells what is wrong at the base already, where it may have stood elsewhere: nobody who proposes something else can be asked to mend
 * it. What was left alone for too long was so before, unless the merge touches it.
 */
function existingIn(
  before: readonly Problem[],
  { changed, cameFrom }: MergedTree,
): (problem: Problem) => boolean {
  const name = (file: string, { code, message }: Problem) => [file, code, message].join('\n');
  const known = new Set(before.map((problem) => name(problem.file, problem)));
  return (problem) =>
    known.has(name(cameFrom.get(problem.file) ?? problem.file, problem)) ||
    (problem.code === 'W_STALE' && !changed.has(problem.file));
}

/**
 * Why the sync will not retire a workflow, or open a pilot to everybody, before a steward lets it go, by key; campaigns count
 * where somebody knows them.
 */
function waitingFor(
  planned: readonly PlannedChange[],
  active: number,
  policy: Policy,
  impacts: Impacts | null,
): Map<string, string> {
  const running = new Map([...(impacts ?? [])].map(([key, { impact }]) => [key, impact.length]));
  const released = new Set<string>();
  const leaving = limitRetirements(planned, policy, { active, running, released });
  const pilots = [...(impacts ?? [])].flatMap(([, each]) => each.pilots);
  const limited = impacts === null ? leaving : limitPromotions(leaving, pilots, released);
  return new Map(
    limited.flatMap(({ key, held, summary }) =>
      held === 'retirement' || held === 'pilot' ? [[key, summary]] : [],
    ),
  );
}

/** Nothing where nobody was asked about it. */
function impactIn(impacts: Impacts | null, key: string): Pick<WorkflowPlan, 'impact' | 'past'> {
  const found = impacts?.get(key);
  return found ? { impact: found.impact, past: found.past } : {};
}

/** Asks for the impact of what is proposed, of which the texts can be had. */
export type ImpactOf = (proposed: readonly ProposedWorkflow[], sources: Sources) => Promise<Impacts>;

/** Workflows of which something changes for campaigns that run; new ones have none, invalid ones are not served. */
function proposedOf(
  workflows: readonly WorkflowPlan[],
  planned: readonly PlannedChange[],
  { policy }: Reading,
): ProposedWorkflow[] {
  const definitions = new Map(planned.map((each) => [nameOf(each), each.definition]));
  return workflows.flatMap(({ id: key, change, touchedBy }): ProposedWorkflow[] => {
    const isTouched = change === 'modified' || change === 'retired' || touchedBy.length > 0;
    if (!isTouched || change === 'invalid') return [];
    const definition = definitions.get(nameOf({ kind: 'Workflow', key }));
    return [{ key, workflow: change === 'retired' ? null : workflowIn(definition), policy }];
  });
}

/** What only the history tells: changes that are too many at once, and definitions that nobody has looked at for long. */
async function findLate(
  source: GitSource,
  head: string,
  { definitions, policy }: Reading,
  planned: readonly PlannedChange[],
  today: string,
): Promise<Problem[]> {
  const workflows = definitions.filter((each) => each.kind === 'Workflow');
  const touched = await source.lastTouched(
    head,
    workflows.map(({ file }) => file),
  );
  const changed = new Map(planned.map((each) => [nameOf(each), each.changes]));
  return workflows.flatMap(({ kind, key, file, place, meaning }) => {
    const changes = changed.get(nameOf({ kind, key })) ?? [];
    const touchedAt = touched.get(file);
    const findings = [
      ...checkTransition(key, changes, policy),
      ...(meaning && touchedAt ? checkAge(meaning, touchedAt, today) : []),
    ];
    return applyPolicy(findings, policy, key, today).map(({ code, severity, message, hint }): Problem => ({
      ...{ code, severity, message, ...place },
      ...(hint === undefined ? {} : { hint }),
    }));
  });
}
