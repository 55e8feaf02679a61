import type { Problem } from '../domain/problem.js';
import { comparePlaces, hasErrors } from '../domain/problem.js';
import { checkAge, checkTransition } from '../domain/workflow/check/history.js';
import { applyPolicy } from '../domain/workflow/check/policy.js';
import { forecastLeadTime, type LeadTimeForecast } from '../domain/forecast/forecast.js';
import { type Classification, type MeaningChange, worst } from '../domain/workflow/diff/change.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import { type BaseDefinition, planDefinitions, type PlannedChange } from '../domain/workflow/plan.js';
import type { Definition, Reading } from '../domain/workflow/reading.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import { readDefinitions, type SourceFile } from './document/read.js';
import type { GitSource } from './git-source.js';

const FORECAST_RUNS = 5_000;
const FORECAST_SEED = 1;

type Quantiles = Pick<LeadTimeForecast, 'p50Hours' | 'p80Hours' | 'p95Hours'>;

export interface WorkflowPlan {
  readonly id: string;
  readonly change: 'added' | 'modified' | 'moved' | 'retired' | 'unchanged' | 'invalid';
  readonly classification: Classification;
  readonly changes: readonly MeaningChange[];
  readonly forecast: { readonly before: Quantiles | null; readonly after: Quantiles | null };
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
    await source.files(baseSha),
    await source.files(headSha),
    await source.files(ancestor),
  ];
  const merged = readDefinitions(mergeFiles(oldFiles, baseFiles, headFiles), today);
  const planned = planDefinitions(asBase(readDefinitions(baseFiles, today)), merged);
  const late = await findLate(source, headSha, merged, planned, today);
  const problems = [...merged.problems, ...late].sort(comparePlaces);
  const workflows = planned.filter((each) => each.kind === 'Workflow').map(planOf);
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

function planOf({ key, change, base, definition, changes, classification }: PlannedChange): WorkflowPlan {
  const before = base ? (base.meaning as Workflow) : null;
  const after = definition?.meaning ? (definition.meaning as Workflow) : null;
  const changed = change !== 'unchanged';
  return {
    id: key,
    change: change === 'held-back' ? 'invalid' : change === 'restored' ? 'added' : change,
    classification: worst([classification]),
    changes,
    forecast: {
      before: changed && before ? forecast(before) : null,
      after: changed && after && definition?.valid ? forecast(after) : null,
    },
  };
}

/** The same seed on both sides, so that what differs comes from the change. */
function forecast(workflow: Workflow): Quantiles {
  const { p50Hours, p80Hours, p95Hours } = forecastLeadTime(
    compileWorkflow(workflow),
    FORECAST_RUNS,
    FORECAST_SEED,
  );
  return { p50Hours, p80Hours, p95Hours };
}
