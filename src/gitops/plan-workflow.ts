import { definitionHash, hasherOf } from '../application/change-hash.js';
import { drawDiagram, mermaidText } from '../application/draw-diagram.js';
import type { WorkflowPlan } from '../application/plan.js';
import { CannotCalculate } from '../domain/cannot-calculate.js';
import { DEFAULT_SEED, DEFAULT_START, forecast, type Quantiles } from '../domain/forecast/forecast.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import { worst } from '../domain/workflow/diff/change.js';
import type { DefinitionKind, Policy, Team } from '../domain/workflow/document.js';
import type { BaseDefinition, PlannedChange } from '../domain/workflow/plan.js';
import type { Definition, Meanings, Reading } from '../domain/workflow/reading.js';
import { approvalChanges, raciChanges } from '../domain/workflow/responsibility.js';
import { type ChangedDocument, touchingChanges } from '../domain/workflow/touching.js';
import type { Workflow } from '../domain/workflow/workflow.js';

/** Two forecasts for every workflow that changes; with the same luck on both sides they differ by the change alone. */
const FORECAST_RUNS = 5_000;

type Understood = readonly {
  readonly kind: DefinitionKind;
  readonly meaning: Meanings[DefinitionKind] | null;
}[];

const teamsIn = (definitions: Understood): Team[] =>
  definitions.flatMap(({ kind, meaning }) => (kind === 'Team' && meaning ? [meaning as Team] : []));

const policyIn = (definitions: Understood): Policy | null =>
  (definitions.find(({ kind }) => kind === 'Policy')?.meaning as Policy | undefined) ?? null;

export const workflowIn = (definition: Definition | null | undefined): Workflow | null =>
  definition?.kind === 'Workflow' ? definition.meaning : null;

/** Both sides of a merge, and the documents other than workflows that differ. */
export interface Sides {
  readonly served: readonly BaseDefinition[];
  /** What the files of the base say, served or not. */
  readonly before: Reading;
  readonly merged: Reading;
  readonly changed: readonly ChangedDocument[];
}

/** The plan of one workflow, without what it means for campaigns. */
export function planWorkflow(
  { key, change, base, definition, changes, classification }: PlannedChange,
  sides: Sides,
): WorkflowPlan {
  const { served, merged, changed } = sides;
  const before = base ? (base.meaning as Workflow) : null;
  const after = workflowIn(definition);
  const file = definition?.file ?? base?.file;
  const problems = [...sides.before.problems, ...merged.problems].filter((problem) => problem.file === file);
  const current = after ?? before;
  const touchedBy =
    current && change !== 'retired' ? touchingChanges(changed, { workflow: current, problems }) : [];
  const isForecast =
    (change !== 'unchanged' && change !== 'held-back') || touchedBy.some(({ kind }) => kind === 'Team');
  const policies = { before: policyIn(served) ?? sides.before.policy, after: merged.policy };
  const hashOf = hasherOf(key, after);
  const drawn = changes.length > 0 || change === 'added' ? after : null;
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
    waits: null,
    diagram: drawn && mermaidText(drawn, before),
    draw: drawn && ((format) => drawDiagram(drawn, format, before)),
    touchedBy,
    raci: isReadable ? raciChanges(before, after) : [],
    approvals: isReadable ? approvalChanges(before, after, policies) : [],
    forecast: {
      before: isForecast && before ? leadTimeOf(before, teamsIn(served)) : null,
      after: isForecast && after && definition?.valid ? leadTimeOf(after, teamsIn(merged.definitions)) : null,
    },
  };
}

/** A workflow that a merge does not concern. */
export const untouched = (id: string): WorkflowPlan => ({
  ...{ id, change: 'unchanged', classification: 'none', changes: [], hash: null, waits: null },
  ...{
    diagram: null,
    draw: null,
    touchedBy: [],
    raci: [],
    approvals: [],
    forecast: { before: null, after: null },
  },
});

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
