import type { Problem } from '../domain/problem.js';
import { comparePlaces, hasErrors } from '../domain/problem.js';
import { checkAge, checkTransition } from '../domain/workflow/check/history.js';
import { applyPolicy } from '../domain/workflow/check/policy.js';
import { CannotCalculate } from '../domain/cannot-calculate.js';
import { DEFAULT_SEED, DEFAULT_START, forecast, type Quantiles } from '../domain/forecast/forecast.js';
import { type Classification, type MeaningChange, worst } from '../domain/workflow/diff/change.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import type { Team } from '../domain/workflow/document.js';
import { type BaseDefinition, planDefinitions, type PlannedChange } from '../domain/workflow/plan.js';
import type { Definition, Reading } from '../domain/workflow/reading.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import type { ApprovalChange, RaciChange, TouchingChange } from '../domain/workflow/responsibility.js';
import type { CampaignImpact } from '../domain/campaign/migration/migration.js';
import type { PastImpact } from '../domain/campaign/migration/past.js';
import { readDefinitions, type SourceFile } from './document/read.js';
import type { GitSource } from './git-source.js';

/** Two forecasts for every workflow that changes; with the same luck on both sides they differ by the change alone. */
const FORECAST_RUNS = 5_000;

export interface WorkflowPlan {
  readonly id: string;
  readonly change: 'added' | 'modified' | 'moved' | 'retired' | 'unchanged' | 'invalid';
  readonly classification: Classification;
  readonly changes: readonly MeaningChange[];
  readonly forecast: { readonly before: Quantiles | null; readonly after: Quantiles | null };
  /** Changes of a Team, Taxonomy or Policy that touch it, in words; a workflow that is `unchanged` itself may have some. */
  readonly touchedBy: readonly TouchingChange[];
  /** Steps of which other roles are responsible, accountable, consulted or informed than before. */
  readonly raci: readonly RaciChange[];
  /** Who has to approve otherwise than before: approval and review steps, gates, and what the Policy demands. */
  readonly approvals: readonly ApprovalChange[];
  /** Every campaign that runs on it; only where a server was asked. */
  readonly impact?: readonly CampaignImpact[];
  /** Campaigns that ended in the last two quarters and would have gone otherwise; only where a server was asked. */
  readonly past?: readonly PastImpact[];
}

export interface Plan {
  readonly base: { readonly ref: string; readonly sha: string };
  readonly head: { readonly ref: string; readonly sha: string };
  readonly ok: boolean;
  readonly problems: readonly Problem[];
  readonly workflows: readonly WorkflowPlan[];
  /** Changes of Team, Taxonomy, Policy and Library. */
  readonly documents: readonly {
    readonly kind: string;
    readonly id: string;
    readonly change: string;
    readonly summary: string;
  }[];
}

/**
 * What merging `head` into `base` would do: the changes of `head` since the merge base, validated on the merged
 * tree with the code that the sync runs.
 */
export async function planMerge(source: GitSource, base: string, head: string, today: string): Promise<Plan> {
  const [baseSha, headSha] = [await source.resolve(base), await source.resolve(head)];
  const ancestor = await source.mergeBase(baseSha, headSha);
  const [baseFiles, headFiles, oldFiles] = [
    source.files(baseSha),
    source.files(headSha),
    source.files(ancestor),
  ];
  const served = readDefinitions(baseFiles, today);
  const merged = readDefinitions(mergeFiles(oldFiles, baseFiles, headFiles), today);
  const planned = planDefinitions(asBase(served), merged);
  const late = await findLate(source, headSha, merged, planned, today);
  const problems = [...merged.problems, ...late].sort(comparePlaces);
  const [teamsBefore, teamsAfter] = [teamsOf(served), teamsOf(merged)];
  const workflows = planned
    .filter((each) => each.kind === 'Workflow')
    .map((each) => planOf(each, teamsBefore, teamsAfter));
  const documents = planned
    .filter((each) => each.kind !== 'Workflow' && each.change !== 'unchanged')
    .map(({ kind, key, change, summary }) => ({
      kind,
      id: key,
      change,
      summary,
    }));
  return {
    base: { ref: base, sha: baseSha },
    head: { ref: head, sha: headSha },
    ok: !hasErrors(problems) && planned.every((each) => each.change !== 'held-back'),
    problems,
    workflows,
    documents,
  };
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
  return workflows.flatMap(({ key, file, place, meaning }) => {
    const { changes = [] } = planned.find((each) => each.kind === 'Workflow' && each.key === key) ?? {};
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

/** The tree after the merge, file by file: where only one side changed, that side; where both did, the head's. */
function mergeFiles(
  ancestor: readonly SourceFile[],
  base: readonly SourceFile[],
  head: readonly SourceFile[],
): SourceFile[] {
  const [old, ours, theirs] = [ancestor, base, head].map(
    (files) => new Map(files.map((file) => [file.path, file.text])),
  );
  const paths = [...new Set([...base, ...head].map((file) => file.path))].sort();
  return paths.flatMap((path) => {
    const text = theirs?.get(path) === old?.get(path) ? ours?.get(path) : theirs?.get(path);
    return text === undefined ? [] : [{ path, text }];
  });
}

function asBase(reading: Reading): BaseDefinition[] {
  return reading.definitions.flatMap(({ kind, key, file, hash, meaning }: Definition) =>
    meaning && hash !== null ? [{ kind, key, file, hash, meaning, retired: false }] : [],
  );
}

const teamsOf = ({ definitions }: Reading): Team[] =>
  definitions.flatMap((each) => (each.kind === 'Team' && each.meaning ? [each.meaning] : []));

function planOf(
  { key, change, base, definition, changes, classification }: PlannedChange,
  teamsBefore: readonly Team[],
  teamsAfter: readonly Team[],
): WorkflowPlan {
  const before = base ? (base.meaning as Workflow) : null;
  const after = definition?.meaning ? (definition.meaning as Workflow) : null;
  const changed = change !== 'unchanged';
  return {
    id: key,
    change: change === 'held-back' ? 'invalid' : change === 'restored' ? 'added' : change,
    classification: worst([classification]),
    changes,
    touchedBy: [],
    raci: [],
    approvals: [],
    forecast: {
      before: changed && before ? leadTimeOf(before, teamsBefore) : null,
      after: changed && after && definition?.valid ? leadTimeOf(after, teamsAfter) : null,
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
