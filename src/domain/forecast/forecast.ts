import { errorFunction } from 'simple-statistics';
import { CannotCalculate } from '../cannot-calculate.js';
import { hoursOf } from '../duration.js';
import type { CompiledWorkflow } from '../workflow/compiled.js';
import { type CriticalPath, type StepFloat, criticalPath } from './critical-path.js';
import { type Layout, layoutOf } from './layout.js';
import { DEFINED, type Estimates, modelOf } from './model.js';
import { networkOf } from './network.js';
import { Pool, type Shortage, type Staffing } from './resources.js';
import { soFarOf, type Underway } from './underway.js';
import { type Simulation, type Window, simulate } from './simulate.js';

/** How often a forecast is played through unless somebody asks for more: the P80 then moves by about a percent. */
export const DEFAULT_RUNS = 10_000;
export const DEFAULT_SEED = 1;
/** Monday 2026-01-05, 09:00 UTC, so that answers repeat. */
export const DEFAULT_START = new Date('2026-01-05T09:00:00Z');

export interface ForecastOptions extends Staffing {
  readonly runs: number;
  readonly seed: number;
  /** Asks for the probability of ending within so many elapsed hours. */
  readonly withinHours?: number | undefined;
  readonly estimates?: Estimates;
  /** When it begins, in hours after `start`, from which working time is counted. */
  readonly originHours?: number;
  /** What has happened already, of a campaign that is running. */
  readonly underway?: Underway;
  /** Whether a condition holds for the campaign; null, and without the function, it is not known and taken to hold. */
  readonly holds?: (condition: string) => boolean | null;
  readonly progress?: (done: number) => void;
}

/** Elapsed hours from the start. */
export interface Quantiles {
  readonly meanHours: number;
  readonly standardDeviationHours: number;
  readonly p50Hours: number;
  readonly p80Hours: number;
  readonly p95Hours: number;
}
export interface Forecast {
  readonly runs: number;
  readonly seed: number;
  /** To the end of everything. */
  readonly leadTime: Quantiles;
  /** To the first launch; null where the workflow launches nothing. */
  readonly launch: Quantiles | null;
  /** Share of the runs that ended within the hours asked for. */
  readonly probabilityWithin: number | null;
  readonly criticalPath: { readonly hours: number; readonly steps: readonly string[] };
  readonly floats: readonly StepFloat[];
  readonly pert: Pert;
  /** Share of the runs in which the end depended on the step, the highest first (van Slyke 1963). */
  readonly criticality: readonly { readonly step: string; readonly index: number }[];
  readonly roles: readonly RoleLoad[];
  /** Share of the runs in which a step ended within its window around the launch (R64). */
  readonly relevance: readonly { readonly step: string; readonly probability: number }[];
  /** What the definition leaves open and was taken as said here. */
  readonly assumptions: readonly string[];
}
/** The estimate along the critical path alone, as the sum of independent steps: Malcolm et al. (1959). */
export interface Pert {
  readonly meanHours: number;
  readonly standardDeviationHours: number;
  readonly probabilityWithin: number | null;
}
export interface RoleLoad {
  readonly role: string;
  /** Units at work of those there are, over the working time of a run; null where the role is unlimited. */
  readonly utilisation: number | null;
  /** Elapsed hours a run that steps waited for the role. */
  readonly waitHours: number;
  /** Working hours a run. */
  readonly busyHours: number;
}

/**
 * Forecasts a workflow: critical path, PERT, and Monte Carlo with beta-PERT efforts, choices by weight, rework by its
 * probability, waiting, capacity and calendars. Same seed, same numbers.
 * @throws CannotCalculate when a step could never begin, or there is more to calculate than can be.
 */
export const forecast = (compiled: CompiledWorkflow, options: ForecastOptions): Forecast =>
  calculate(compiled, options).forecast;

/** A forecast with what it was calculated from: the layout, and the lead time of each run. */
export interface Calculation {
  readonly forecast: Forecast;
  readonly layout: Layout;
  readonly leadTimes: Float64Array;
}
export function calculate(compiled: CompiledWorkflow, options: ForecastOptions): Calculation {
  const layout = prepare(compiled, options);
  const { runs, seed, withinHours, underway, progress } = options;
  const soFar = underway ? soFarOf(layout, underway) : null;
  const windows = layout.steps.map(({ relevance }) => windowOf(relevance));
  const result = simulate(layout, {
    runs,
    seed,
    windows,
    soFar,
    ...(progress ? { progress } : {}),
  });
  const path = criticalPath(layout, soFar);
  const forecast: Forecast = {
    runs,
    seed,
    leadTime: quantilesOf(result.leadTimes),
    launch: result.launchTimes ? quantilesOf(result.launchTimes) : null,
    probabilityWithin:
      withinHours === undefined ? null : rounded(shareWithin(result.leadTimes, withinHours), 4),
    criticalPath: { hours: rounded(path.hours), steps: path.steps },
    floats: path.floats.map(roundedFloat),
    pert: pertOf(path, withinHours),
    criticality: layout.steps
      .map(({ key }, at) => ({ step: key, index: rounded(result.critical[at]! / runs, 4) }))
      .sort((one, other) => other.index - one.index),
    roles: loadsOf(layout, result, runs),
    relevance: layout.steps.flatMap(({ key }, at) =>
      windows[at] && result.ran[at]! > 0
        ? [{ step: key, probability: rounded(result.inWindow[at]! / result.ran[at]!, 4) }]
        : [],
    ),
    assumptions: assumptionsOf(compiled, layout, options),
  };
  return { forecast, layout, leadTimes: result.leadTimes };
}

/** Lays the workflow out for calculation, and refuses what could never begin. */
export function prepare(
  compiled: CompiledWorkflow,
  {
    estimates = DEFINED,
    holds,
    originHours = 0,
    ...staffing
  }: Pick<ForecastOptions, 'estimates' | 'holds' | 'originHours'> & Staffing,
): Layout {
  const pool = new Pool(staffing);
  const layout = layoutOf(modelOf(networkOf(compiled, holds), pool, estimates), originHours);
  const shortages = pool.shortages(layout.steps);
  if (shortages.length > 0) throw new CannotCalculate(shortages.map(describeShortage).join('; '));
  return layout;
}

export const describeShortage = ({ step, role, needed, capacity }: Shortage): string =>
  `step '${step}' needs ${needed} of '${role}', and the team has ${capacity}`;

function windowOf(relevance: { notBefore: string | null; notAfter: string | null } | null): Window | null {
  if (relevance === null) return null;
  const { notBefore, notAfter } = relevance;
  return {
    notBefore: notBefore === null ? -Infinity : hoursOf(notBefore),
    notAfter: notAfter === null ? Infinity : hoursOf(notAfter),
  };
}

export function quantilesOf(hours: Float64Array): Quantiles {
  const sorted = hours.slice().sort();
  const mean = sorted.reduce((sum, each) => sum + each, 0) / sorted.length;
  const squares = sorted.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const quantile = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
  return {
    meanHours: rounded(mean),
    standardDeviationHours: rounded(Math.sqrt(squares / Math.max(1, sorted.length - 1))),
    p50Hours: rounded(quantile(0.5)),
    p80Hours: rounded(quantile(0.8)),
    p95Hours: rounded(quantile(0.95)),
  };
}

const shareWithin = (hours: Float64Array, limit: number): number =>
  hours.reduce((count, each) => count + (each <= limit + 1e-9 ? 1 : 0), 0) / hours.length;

/**
 * Mean and spread along the critical path. Where calendars stretch work over nights and weekends, the spread of the work
 * is stretched in the same proportion.
 */
function pertOf(
  { hours, spanHours, variance, workHours }: CriticalPath,
  withinHours: number | undefined,
): Pert {
  const stretch = workHours > 0 ? spanHours / workHours : 1;
  const deviation = Math.sqrt(variance) * stretch;
  const within = (limit: number) =>
    deviation === 0
      ? Number(hours <= limit + 1e-9)
      : 0.5 + 0.5 * errorFunction((limit - hours) / deviation / Math.SQRT2);
  return {
    meanHours: rounded(hours),
    standardDeviationHours: rounded(deviation),
    probabilityWithin: withinHours === undefined ? null : rounded(within(withinHours), 4),
  };
}

function loadsOf({ model }: Layout, result: Simulation, runs: number): RoleLoad[] {
  return model.resources
    .map(({ role, capacity }, at) => ({
      role,
      utilisation: Number.isFinite(capacity)
        ? rounded(result.busyHours[at]! / Math.max(1e-9, capacity * result.availableHours[at]!), 4)
        : null,
      waitHours: rounded(result.waitHours[at]! / runs),
      busyHours: rounded(result.busyHours[at]! / runs),
    }))
    .sort(
      (one, other) => other.waitHours - one.waitHours || (other.utilisation ?? 0) - (one.utilisation ?? 0),
    );
}

function assumptionsOf(compiled: CompiledWorkflow, layout: Layout, options: ForecastOptions): string[] {
  const { steps } = layout;
  const { loops } = layout.model.network;
  const named = (all: readonly string[]) => all.map((each) => `'${each}'`).join(', ');
  const free = steps.filter(({ effort }) => effort === null).map(({ key }) => key);
  const sure = [...new Set(loops.filter((loop) => loop.probability === null).map((loop) => loop.review.key))];
  const whens = [...new Set(steps.flatMap(({ when }) => when ?? []))].filter(
    (when) => (options.holds?.(when) ?? null) === null,
  );
  return [
    ...(free.length > 0 ? [`no effort is given for ${named(free)}: no time`] : []),
    ...(sure.length > 0 ? [`no probability of rework is given for ${named(sure)}: nothing is returned`] : []),
    ...(whens.length > 0 ? [`conditions are taken to hold: ${whens.join('; ')}`] : []),
    ...(compiled.links.some((link) => link.maxGap !== null)
      ? ['the longest gaps between launches are not enforced']
      : []),
    ...(options.teams.length === 0
      ? ['no team is given: nobody is busy elsewhere, and everybody works round the clock']
      : []),
  ];
}

const roundedFloat = (float: StepFloat): StepFloat => ({
  step: float.step,
  earliestStartHours: rounded(float.earliestStartHours),
  earliestFinishHours: rounded(float.earliestFinishHours),
  latestStartHours: rounded(float.latestStartHours),
  latestFinishHours: rounded(float.latestFinishHours),
  totalFloatHours: rounded(float.totalFloatHours),
  freeFloatHours: rounded(float.freeFloatHours),
});

/** Rounded far below anything that matters, so that the last bits of a machine's arithmetic do not show. */
export const rounded = (value: number, digits = 2): number => Math.round(value * 10 ** digits) / 10 ** digits;
