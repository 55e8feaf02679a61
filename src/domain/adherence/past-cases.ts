import { compileWorkflow } from '../workflow/compile.js';
import { walk } from '../workflow/compiled.js';
import { stepsOf } from '../workflow/steps.js';
import type { Step, Workflow } from '../workflow/workflow.js';
import type { EventLog, LogCase } from './event-log.js';
import { stepCalled } from './step-called.js';

/** A case as the campaign that it was: the last time of each step, in milliseconds since 1970. */
export interface PastCase {
  readonly id: string;
  readonly startedAt: number;
  /** Null where nothing was launched. */
  readonly launchedAt: number | null;
  readonly endedAt: number;
  readonly steps: readonly PastStep[];
}
export interface PastStep {
  readonly key: string;
  /** How often it was returned before. */
  readonly round: number;
  readonly startedAt: number | null;
  readonly finishedAt: number;
}

/** The cases of a log as campaigns; null for one without any event that a step is called. */
export function pastCases(workflow: Workflow, log: EventLog): (PastCase | null)[] {
  const steps = log.activities.map((activity) => stepCalled(stepsOf(workflow), activity));
  const firstRounds = firstRoundsOf(workflow);
  return log.cases.map((each) => readCase(each, steps, firstRounds));
}

/** By step within a rework loop: how many of its events belong to the first round. */
function firstRoundsOf(workflow: Workflow): Map<string, 0 | 1> {
  const rounds = new Map<string, 0 | 1>();
  for (const node of walk(compileWorkflow(workflow).root)) {
    if (node.type !== 'loop') continue;
    for (const part of walk(node.body)) if (part.type === 'step') rounds.set(part.step.key, 1);
    rounds.set(node.redo.step.key, 0);
  }
  return rounds;
}

function readCase(
  { id, activities, starts, ends }: LogCase,
  steps: readonly (Step | null)[],
  firstRounds: ReadonlyMap<string, 0 | 1>,
): PastCase | null {
  const last = new Map<string, PastStep & { readonly times: number }>();
  let launchedAt: number | null = null;
  activities.forEach((activity, event) => {
    const step = steps[activity];
    if (!step) return;
    const finishedAt = ends[event] ?? 0;
    const times = (last.get(step.key)?.times ?? 0) + 1;
    const first = firstRounds.get(step.key);
    const round = first === undefined ? 0 : times - first;
    last.set(step.key, { key: step.key, round, times, startedAt: starts?.[event] ?? null, finishedAt });
    if (step.kind === 'launch') launchedAt ??= finishedAt;
  });
  if (last.size === 0) return null;
  return {
    id,
    startedAt: (starts ?? ends).reduce((least, each) => Math.min(least, each), Infinity),
    launchedAt,
    endedAt: ends.reduce((most, each) => Math.max(most, each), -Infinity),
    steps: [...last.values()].map(({ times: _, ...step }) => step),
  };
}
