import type { Problem } from '../domain/problem.js';
import { comparePlaces, hasErrors } from '../domain/problem.js';
import { checkAge, checkTransition } from '../domain/workflow/check/history.js';
import { applyPolicy } from '../domain/workflow/check/policy.js';
import { CannotCalculate } from '../domain/cannot-calculate.js';
import { DEFAULT_SEED, DEFAULT_START, forecast, type Quantiles } from '../domain/forecast/forecast.js';
import { worst } from '../domain/workflow/diff/change.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import type { Policy, Team } from '../domain/workflow/document.js';
import { type BaseDefinition, planDefinitions, type PlannedChange } from '../domain/workflow/plan.js';
import type { Definition, Reading } from '../domain/workflow/reading.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import { definitionHash, hasherOf } from '../application/change-hash.js';
import { mermaidText } from '../application/draw-diagram.js';
import type { Impacts, Plan, ProposedWorkflow, WorkflowPlan } from '../application/plan.js';
import { approvalChanges, raciChanges } from '../domain/workflow/responsibility.js';
import { type ChangedDocument, touchingChanges } from '../domain/workflow/touching.js';
import { readDefinitions } from './document/read.js';
import type { GitSource } from './git-source.js';
import { mergeFiles } from './merge-files.js';

/** Two forecasts for every workflow that changes; with the same luck on both sides they differ by the change alone. */
const FORECAST_RUNS = 5_000;

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
  const [baseSha, headSha] = [await source.resolve(base), await source.resolve(head)];
  const ancestor = await source.mergeBase(baseSha, headSha);
  const [baseFiles, headFiles, oldFiles] = [
    source.files(baseSha),
    source.files(headSha),
    source.files(ancestor),
  ];
  const served = readDefinitions(baseFiles, today);
  const tree = mergeFiles(oldFiles, baseFiles, headFiles);
  const merged = readDefinitions(tree.files, today);
  const planned = planDefinitions(asBase(served), merged);
  const late = await findLate(source, headSha, merged, planned, today);
  const problems = [...tree.conflicts, ...merged.problems, ...late].sort(comparePlaces);
  const changed = planned
    .filter(({ kind, change }) => kind !== 'Workflow' && change !== 'unchanged')
    .map(({ kind, key, base: before, definition }): ChangedDocument => ({
      ...{ kind, key, before: before?.meaning ?? null, after: definition?.meaning ?? null },
    }));
  const workflows = planned
    .filter((each) => each.kind === 'Workflow')
    .map((each) => planOf(each, { served, merged, changed }));
  const asked = impactOf ? await impactOf(proposedOf(workflows, planned, merged), merged) : null;
  const documents = planned
    .filter((each) => each.kind !== 'Workflow' && each.change !== 'unchanged')
    .map(({ kind, key, change, summary, base: before, definition }) => ({
      ...{ kind, id: key, change, summary },
      hash: definitionHash(kind, key, change, [before?.hash ?? null, definition?.hash ?? null]),
    }));
  return {
    base: { ref: base, sha: baseSha },
    head: { ref: head, sha: headSha },
    ok: !hasErrors(problems) && planned.every((each) => each.change !== 'held-back'),
    problems,
    workflows: workflows.map((each) => ({ ...each, ...asked?.get(each.id) })),
    documents,
  };
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

const workflowIn = (definition: Definition | null | undefined): Workflow | null =>
  definition?.kind === 'Workflow' ? definition.meaning : null;

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

export function asBase(reading: Reading): BaseDefinition[] {
  return reading.definitions.flatMap(({ kind, key, file, hash, meaning }: Definition) =>
    meaning && hash !== null ? [{ kind, key, file, hash, meaning, retired: false }] : [],
  );
}

const teamsOf = ({ definitions }: Reading): Team[] =>
  definitions.flatMap((each) => (each.kind === 'Team' && each.meaning ? [each.meaning] : []));

/** Both sides of a merge, and the documents other than workflows that differ. */
interface Sides {
  readonly served: Reading;
  readonly merged: Reading;
  readonly changed: readonly ChangedDocument[];
}

function planOf(
  { key, change, base, definition, changes, classification }: PlannedChange,
  { served, merged, changed }: Sides,
): WorkflowPlan {
  const before = base ? (base.meaning as Workflow) : null;
  const after = workflowIn(definition);
  const file = definition?.file ?? base?.file;
  const problems = [...served.problems, ...merged.problems].filter((problem) => problem.file === file);
  const current = after ?? before;
  const touchedBy =
    current && change !== 'retired' ? touchingChanges(changed, { workflow: current, problems }) : [];
  const isForecast = change !== 'unchanged' || touchedBy.some(({ kind }) => kind === 'Team');
  const policies: { before: Policy; after: Policy } = { before: served.policy, after: merged.policy };
  const hashOf = hasherOf(key, after);
  const isReadable = after !== null || change === 'retired';
  return {
    id: key,
    change: change === 'held-back' ? 'invalid' : change === 'restored' ? 'added' : change,
    classification: worst([classification]),
    changes: changes.map((each) => ({ ...each, hash: hashOf(each) })),
    hash:
      change === 'added' || change === 'restored' || change === 'retired'
        ? definitionHash('Workflow', key, change, [base?.hash ?? null, definition?.hash ?? null])
        : null,
    diagram: after && (changes.length > 0 || change === 'added') ? mermaidText(after, before) : null,
    touchedBy,
    raci: isReadable ? raciChanges(before, after) : [],
    approvals: isReadable ? approvalChanges(before, after, policies) : [],
    forecast: {
      before: isForecast && before ? leadTimeOf(before, teamsOf(served)) : null,
      after: isForecast && after && definition?.valid ? leadTimeOf(after, teamsOf(merged)) : null,
    },
  };
}

/** Null where the team as it is could never do the work. */
function leadTimeOf(workflow: Workflow, teams: readonly Team[]): Quantiles | null {
  try {
    const options = { start: DEFAULT_START, seed: DEFAULT_SEED, runs: FORECAST_RUNS, continuous: false };
    return forecast(compileWorkflow(workflow), { ...options, teams }).leadTime;
  } catch (error) {
    if (error instanceof CannotCalculate) return null;
    throw error;
  }
}
