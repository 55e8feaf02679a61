import { CannotCalculate } from '../cannot-calculate.js';
import { nearest } from '../suggestion.js';
import { compileWorkflow } from '../workflow/compile.js';
import type { Team } from '../workflow/document.js';
import { stepsOf } from '../workflow/steps.js';
import type { Block, Effort, Section, Step, Workflow } from '../workflow/workflow.js';
import { criticalPath } from './critical-path.js';
import { type Distribution } from './distribution.js';
import {
  type Forecast,
  type ForecastOptions,
  type Quantiles,
  calculate,
  quantilesOf,
  rounded,
} from './forecast.js';
import { DEFINED, type Estimates, hoursIn } from './model.js';

/** One thing that could be otherwise. */
export type Supposition =
  | { readonly type: 'without'; readonly step: string }
  | { readonly type: 'parallel'; readonly steps: readonly string[] }
  | { readonly type: 'capacity'; readonly role: string; readonly units: number }
  | { readonly type: 'effort'; readonly step: string; readonly effort: Effort }
  /** The step begins so much later: what a slip does to everything after it (R4). */
  | { readonly type: 'slip'; readonly step: string; readonly by: string };

export interface WhatIf<F = Forecast> {
  readonly before: F;
  readonly after: F;
  readonly difference: Difference;
  /** By how much each step ends later (or, below zero, earlier) with expected efforts, in the order of the workflow. */
  readonly slips: readonly { readonly step: string; readonly hours: number }[];
}
/** After less before, run by run with the same luck. */
export interface Difference extends Quantiles {
  /** 95 % interval of the mean difference. */
  readonly meanHoursLow: number;
  readonly meanHoursHigh: number;
  /** Share of the runs that end sooner. */
  readonly shareSooner: number;
}

/**
 * Forecasts a workflow as it is and as it would be. Both draw the same luck for the same step (common random numbers), so
 * that the difference is that of the change.
 * @throws CannotCalculate when what is supposed does not fit the workflow.
 */
export function whatIf(
  workflow: Workflow,
  suppositions: readonly Supposition[],
  options: ForecastOptions,
): WhatIf {
  const supposed = suppositions.reduce(suppose, workflow);
  const teams = suppositions.reduce(supposeTeams, options.teams);
  const usual = estimatesFor(suppositions, options.estimates ?? DEFINED);
  const estimates = suppositions.reduce(supposeEstimates, usual);
  const before = calculate(compileWorkflow(workflow), { ...options, estimates: usual });
  const after = calculate(compileWorkflow(supposed), { ...options, estimates, teams });
  const differences = after.leadTimes.map((hours, run) => hours - before.leadTimes[run]!);
  const spread = quantilesOf(differences);
  const error = (1.96 * spread.standardDeviationHours) / Math.sqrt(options.runs);
  const [early, late] = [before, after].map(({ layout }) => {
    const { floats } = criticalPath(layout);
    return new Map(floats.map(({ step, earliestFinishHours }) => [step, earliestFinishHours]));
  });
  return {
    before: before.forecast,
    after: after.forecast,
    difference: {
      ...spread,
      meanHoursLow: rounded(spread.meanHours - error),
      meanHoursHigh: rounded(spread.meanHours + error),
      shareSooner: rounded(differences.filter((hours) => hours < -1e-6).length / options.runs, 4),
    },
    slips: [...(late ?? [])].flatMap(([step, hours]) => {
      const was = early?.get(step);
      return was === undefined ? [] : [{ step, hours: rounded(hours - was) }];
    }),
  };
}

function suppose(workflow: Workflow, supposition: Supposition): Workflow {
  switch (supposition.type) {
    case 'without':
      return without(workflow, known(workflow, supposition.step));
    case 'parallel':
      return sideBySide(
        workflow,
        supposition.steps.map((key) => known(workflow, key)),
      );
    case 'effort':
      return replace(workflow, known(workflow, supposition.step), { effort: supposition.effort });
    case 'slip':
      known(workflow, supposition.step);
      return workflow;
    case 'capacity':
      return workflow;
  }
}

/**
 * Waits of past campaigns hold the queues for the people there were. With another number of people those say nothing, so
 * that the waiting is then the definition's, with queues for the people there are and would be.
 */
const estimatesFor = (suppositions: readonly Supposition[], estimates: Estimates): Estimates =>
  estimates.waitsIncludeQueues && suppositions.some(({ type }) => type === 'capacity')
    ? {
        ...estimates,
        times: (step, calendar) => ({
          effort: estimates.times(step, calendar).effort,
          waiting: DEFINED.times(step, calendar).waiting,
        }),
        waitsIncludeQueues: false,
      }
    : estimates;

/** What is supposed of a step holds whatever past campaigns say of it. */
function supposeEstimates(estimates: Estimates, supposition: Supposition): Estimates {
  if (supposition.type !== 'effort' && supposition.type !== 'slip') return estimates;
  return {
    ...estimates,
    times: (step, calendar) => {
      const times = estimates.times(step, calendar);
      if (step.key !== supposition.step) return times;
      return supposition.type === 'effort'
        ? { ...times, effort: DEFINED.times(step, calendar).effort }
        : { ...times, waiting: later(times.waiting, hoursIn(supposition.by, calendar)) };
    },
  };
}

const later = ({ mean, quantiles, variance }: Distribution, hours: number): Distribution => ({
  mean: mean + hours,
  variance,
  quantiles: quantiles?.map((each) => each + hours) ?? null,
});

function supposeTeams(teams: readonly Team[], supposition: Supposition): readonly Team[] {
  if (supposition.type !== 'capacity') return teams;
  const { role: key, units } = supposition;
  const roles = teams.flatMap((team) => team.roles.map((role) => role.key));
  if (!roles.includes(key)) throw unknown('role', key, roles);
  return teams.map((team) => ({
    ...team,
    roles: team.roles.map((role) => (role.key === key ? { ...role, capacity: units } : role)),
  }));
}

function known(workflow: Workflow, key: string): Step {
  const steps = stepsOf(workflow);
  const step = steps.find((each) => each.key === key);
  if (!step)
    throw unknown(
      'step',
      key,
      steps.map((each) => each.key),
    );
  return step;
}

const unknown = (what: string, key: string, all: readonly string[]): CannotCalculate => {
  const meant = nearest(key, all);
  return new CannotCalculate(
    `there is no ${what} '${key}'${meant === null ? '' : `; did you mean '${meant}'?`}`,
  );
};

/** What needed the step needs what it needed. */
function without(workflow: Workflow, gone: Step): Workflow {
  const bridged = (needs: readonly string[]) =>
    needs.includes(gone.key)
      ? [...new Set([...needs.filter((key) => key !== gone.key), ...gone.needs])]
      : needs;
  return mapBlocks(workflow, (blocks) =>
    blocks.flatMap((block): Block[] => {
      if (block.type !== 'step') return [block];
      if (block.key === gone.key) return [];
      const rework = block.rework && block.rework.via.key !== gone.key ? block.rework : null;
      return [{ ...block, needs: bridged(block.needs), rework }];
    }),
  );
}

function sideBySide(workflow: Workflow, steps: readonly Step[]): Workflow {
  const keys = steps.map(({ key }) => key);
  const places: number[] = [];
  const changed = mapBlocks(workflow, (blocks) => {
    const first = blocks.findIndex((block) => block.type === 'step' && keys.includes(block.key));
    const these = blocks.slice(first, first + keys.length);
    if (first < 0 || !these.every((block) => block.type === 'step' && keys.includes(block.key)))
      return blocks;
    places.push(first);
    const branches = (these as Step[]).map((step) => ({
      ...{ key: null, when: null, weight: 1 },
      steps: [{ ...step, needs: step.needs.filter((key) => !keys.includes(key)) }],
    }));
    return [
      ...blocks.slice(0, first),
      { type: 'concurrent', key: null, branches },
      ...blocks.slice(first + keys.length),
    ];
  });
  if (places.length > 0 && keys.length > 1) return changed;
  throw new CannotCalculate(
    `to run ${keys.join(', ')} side by side they must be two or more steps that follow each other in one lane`,
  );
}

const replace = (workflow: Workflow, step: Step, change: Partial<Step>): Workflow =>
  mapBlocks(workflow, (blocks) =>
    blocks.map((block) => {
      if (block.type !== 'step') return block;
      if (block.key === step.key) return { ...block, ...change };
      if (block.rework?.via.key !== step.key) return block;
      return { ...block, rework: { ...block.rework, via: { ...block.rework.via, ...change } } };
    }),
  );

/** Rewrites every chain of blocks, inner ones first. */
/** A branch that is left without a step goes: nobody chooses to do nothing, and a choice without a branch is none. */
function mapBlocks(workflow: Workflow, change: (blocks: readonly Block[]) => readonly Block[]): Workflow {
  const within = (blocks: readonly Block[]): readonly Block[] =>
    change(
      blocks.flatMap((block): Block[] => {
        if (block.type === 'step') return [block];
        const branches = block.branches
          .map((branch) => ({ ...branch, steps: within(branch.steps) }))
          .filter(({ steps }) => steps.length > 0);
        return branches.length === 0 ? [] : [{ ...block, branches }];
      }),
    );
  const lanes = <T extends { readonly steps: readonly Block[] }>(all: readonly T[]): T[] =>
    all.map((lane) => ({ ...lane, steps: within(lane.steps) }));
  const sections = workflow.sections.map((section): Section => {
    switch (section.model) {
      case 'linear':
        return { ...section, steps: within(section.steps) };
      case 'parallel':
        return { ...section, lanes: lanes(section.lanes) };
      case 'hub-and-spoke':
        return {
          ...section,
          hub: { ...section.hub, steps: within(section.hub.steps) },
          spokes: lanes(section.spokes),
        };
    }
  });
  return { ...workflow, sections };
}
