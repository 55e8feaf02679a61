import type { Problem } from '../domain/problem.js';
import { comparePlaces, hasErrors } from '../domain/problem.js';
import { checkAge, checkTransition } from '../domain/workflow/check/history.js';
import { applyPolicy } from '../domain/workflow/check/policy.js';
import type { Policy } from '../domain/workflow/document.js';
import { type BaseDefinition, planDefinitions, type PlannedChange } from '../domain/workflow/plan.js';
import type { Reading } from '../domain/workflow/reading.js';
import { limitRetirements } from '../domain/workflow/retirement.js';
import { definitionHash } from '../application/change-hash.js';
import type { Impacts, Plan, PlannedProblem, ProposedWorkflow, WorkflowPlan } from '../application/plan.js';
import type { ChangedDocument } from '../domain/workflow/touching.js';
import { readDefinitions, type SourceFile } from './document/read.js';
import type { GitSource } from './git-source.js';
import { mergeFiles } from './merge-files.js';
import { planWorkflow, workflowIn } from './plan-workflow.js';
import { servedAt } from './served.js';

export type { Plan, WorkflowPlan } from '../application/plan.js';

/**
 * What merging `head` into `base` would do: the changes of `head` since the merge base, validated on the merged
 * tree with the code that the sync runs.
 * @param impactOf asks whoever knows the campaigns what touched workflows mean for them; without it, nothing is said of any
 */
export async function planMerge(
  source: GitSource,
  base: string,
  head: string,
  today: string,
  impactOf?: ImpactOf,
): Promise<Plan> {
  const [baseSha, headSha] = [await source.find(base), await source.find(head)];
  const ancestor = await source.mergeBase(baseSha, headSha);
  const [baseFiles, headFiles, oldFiles] = [
    source.files(baseSha),
    source.files(headSha),
    source.files(ancestor),
  ];
  const before = readDefinitions(baseFiles, today);
  const served = await servedAt(source, baseSha, before, today);
  const tree = mergeFiles(oldFiles, baseFiles, headFiles);
  const merged = readDefinitions(tree.files, today);
  const planned = planDefinitions(served, merged);
  const late = await findLate(source, headSha, merged, planned, today);
  const problems = [...tree.conflicts, ...merged.problems, ...late]
    .sort(comparePlaces)
    .map(markExisting(before.problems));
  const changed = planned
    .filter(({ kind, change }) => kind !== 'Workflow' && change !== 'unchanged')
    .map(({ kind, key, base: former, definition }): ChangedDocument => ({
      ...{ kind, key, before: former?.meaning ?? null, after: definition?.meaning ?? null },
    }));
  const workflows = planned
    .filter((each) => each.kind === 'Workflow')
    .map((each) => planWorkflow(each, { served, before, merged, changed }));
  const asked = impactOf ? await impactOf(proposedOf(workflows, planned, merged), merged) : null;
  const waiting = waitingRetirements(planned, served, merged.policy, asked);
  const documents = planned
    .filter((each) => each.kind !== 'Workflow' && each.change !== 'unchanged')
    .map(({ kind, key, change, summary, base: former, definition }) => ({
      ...{ kind, id: key, change, summary },
      hash: definitionHash(kind, key, change, [former?.hash ?? null, definition?.hash ?? null]),
    }));
  const isUntouched = untouchedFiles(baseFiles, tree.files);
  return {
    base: { ref: base, sha: baseSha },
    head: { ref: head, sha: headSha },
    ok:
      !hasErrors(problems.filter(({ existing }) => existing !== true)) &&
      planned.every((each) => each.change !== 'held-back' || isUntouched(each)),
    problems,
    workflows: workflows.map((each) => ({
      ...{ ...each, waits: waiting.get(each.id) ?? null },
      ...asked?.get(each.id),
    })),
    documents,
  };
}

/** Marks what is wrong at the base already: nobody who proposes something else can be asked to mend it. */
function markExisting(before: readonly Problem[]): (problem: Problem) => PlannedProblem {
  const name = ({ file, code, message }: Problem) => [file, code, message].join('\n');
  const known = new Set(before.map(name));
  return (problem) => (known.has(name(problem)) ? { ...problem, existing: true } : problem);
}

/** Whether a merge leaves the file of a definition as it is. */
function untouchedFiles(before: readonly SourceFile[], after: readonly SourceFile[]) {
  const [old, now] = [before, after].map((files) => new Map(files.map(({ path, text }) => [path, text])));
  return ({ definition, base }: PlannedChange): boolean => {
    const file = definition?.file ?? base?.file ?? '';
    return now?.get(file) !== undefined && now.get(file) === old?.get(file);
  };
}

/** Why the sync will not retire a workflow before a steward lets it go, by key; campaigns count where somebody knows them. */
function waitingRetirements(
  planned: readonly PlannedChange[],
  served: readonly BaseDefinition[],
  policy: Policy,
  impacts: Impacts | null,
): Map<string, string> {
  const running = new Map([...(impacts ?? [])].map(([key, { impact }]) => [key, impact.length]));
  const active = served.filter(({ kind }) => kind === 'Workflow').length;
  const limited = limitRetirements(planned, policy, { active, running, released: new Set() });
  return new Map(
    limited.flatMap(({ key, held, summary }) => (held === 'retirement' ? [[key, summary]] : [])),
  );
}

/** Asks for the impact of what is proposed; the reading is what the merged tree says. */
export type ImpactOf = (proposed: readonly ProposedWorkflow[], merged: Reading) => Promise<Impacts>;

/** Workflows of which something changes for campaigns that run; new ones have none, invalid ones are not served. */
function proposedOf(
  workflows: readonly WorkflowPlan[],
  planned: readonly PlannedChange[],
  { policy }: Reading,
): ProposedWorkflow[] {
  const definitions = new Map(planned.map((each) => [`${each.kind} ${each.key}`, each.definition]));
  return workflows.flatMap(({ id: key, change, touchedBy }): ProposedWorkflow[] => {
    const isTouched = change === 'modified' || change === 'retired' || touchedBy.length > 0;
    if (!isTouched || change === 'invalid') return [];
    const definition = definitions.get(`Workflow ${key}`);
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
  const changed = new Map(planned.map((each) => [`${each.kind} ${each.key}`, each.changes]));
  return workflows.flatMap(({ key, file, place, meaning }) => {
    const changes = changed.get(`Workflow ${key}`) ?? [];
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
