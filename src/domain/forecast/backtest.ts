import { errorFunction, sampleRankCorrelation } from 'simple-statistics';
import { CannotCalculate } from '../cannot-calculate.js';
import type { CompiledWorkflow } from '../workflow/compiled.js';
import { prepare, rounded } from './forecast.js';
import { learn, type Learned, paceOfRunning, type PastCampaign } from './history.js';
import type { Layout } from './layout.js';
import type { Estimates } from './model.js';
import { conditionsOf } from './network.js';
import type { Staffing } from './resources.js';
import { simulate } from './simulate.js';
import { soFarOf, type Underway } from './underway.js';

/** How well forecasts would have done that knew only what was known at the time. */
export interface Backtest {
  readonly campaigns: number;
  /** The earlier ones, which were learnt from, and the later ones, which were forecast. */
  readonly trained: number;
  readonly tested: number;
  /** Forecasts made when a campaign began, when half of its steps were done, and both together. */
  readonly atStart: Score;
  readonly halfway: Score;
  readonly overall: Score;
  readonly drift: Drift;
  /** What the figures prove, in words. */
  readonly verdict: string;
}
export interface Score {
  readonly forecasts: number;
  /** Share of lead times between the P10 and the P90, with its 95 % interval (Wilson 1927). */
  readonly coverage80: number;
  readonly coverage80Low: number;
  readonly coverage80High: number;
  /** Mean pinball loss in hours over the levels 0.1, 0.2 … 0.9 (Koenker and Bassett 1978); less is better. */
  readonly pinballHours: number;
  /** The same for "distributed as before": the lead times of the earlier campaigns. */
  readonly naivePinballHours: number;
  /** 1 − pinball / naive: above zero the forecast is the better one. */
  readonly skill: number;
}
/** Whether campaigns have been getting slower or faster, all else equal. */
export interface Drift {
  /** Rank correlation (Spearman 1904) between when a campaign began and how it did against its forecast. */
  readonly correlation: number;
  readonly pValue: number;
  readonly direction: 'slower' | 'faster' | 'none';
}

const TRAINED_SHARE = 0.7;
/** Five to learn from, which is the least that is listened to, and three to test on. */
const LEAST_CAMPAIGNS = 8;
/** Each forecast of the test is one of many, so each may be rougher than one that somebody reads. */
const RUNS = 1000;
const LEVELS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

/**
 * Trains on the earlier 70 % of the campaigns, forecasts each of the rest from what was known when it began and when it was
 * half done, and scores the forecasts against what happened.
 * @throws CannotCalculate with too few campaigns.
 */
export function backtest(
  compiled: CompiledWorkflow,
  past: readonly PastCampaign[],
  staffing: Staffing,
  progress?: (done: number) => void,
): Backtest {
  const ordered = [...past].sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime());
  const trained = Math.floor(ordered.length * TRAINED_SHARE);
  const tested = ordered.slice(trained);
  if (past.length < LEAST_CAMPAIGNS) {
    throw new CannotCalculate(
      `a back-test takes at least ${LEAST_CAMPAIGNS} ended campaigns, and there are ${past.length}`,
    );
  }
  const start = ordered[0]!.startedAt;
  const earlier = ordered.slice(0, trained);
  const forecaster = new Forecaster(compiled, { ...staffing, start }, learn(compiled, earlier, staffing));
  const naive = Float64Array.from(earlier, ({ leadTimeHours }) => leadTimeHours).sort();
  const trials = tested.map((campaign, at) => {
    progress?.(at);
    const [atStart, halfway] = [forecaster.atStart(campaign), forecaster.halfway(campaign)];
    return { actual: campaign.leadTimeHours, atStart, halfway };
  });
  const scoreOf = (forecasts: readonly { actual: number; hours: Float64Array }[]) => score(forecasts, naive);
  const atStart = trials.map(({ actual, atStart: hours }) => ({ actual, hours }));
  const halfway = trials.map(({ actual, halfway: hours }) => ({ actual, hours }));
  const drift = driftOf(atStart.map(({ actual, hours }) => shareBelow(hours, actual)));
  const overall = scoreOf([...atStart, ...halfway]);
  return {
    ...{ campaigns: past.length, trained, tested: tested.length },
    ...{ atStart: scoreOf(atStart), halfway: scoreOf(halfway), overall, drift },
    verdict: verdictOf(overall, tested.length, drift),
  };
}

/** Makes the forecasts that could have been made at the time. */
class Forecaster {
  readonly #layouts = new Map<string, Layout>();

  constructor(
    private readonly compiled: CompiledWorkflow,
    private readonly staffing: Staffing,
    private readonly learned: Learned,
  ) {}

  atStart(campaign: PastCampaign): Float64Array {
    return this.#leadTimes(campaign, this.learned.estimates);
  }

  halfway(campaign: PastCampaign): Float64Array {
    const ends = [...campaign.steps.values()].map(({ endedHours }) => endedHours ?? 0).sort((a, b) => a - b);
    const now = ends[Math.ceil(ends.length / 2) - 1] ?? 0;
    const steps = new Map(
      [...campaign.steps].flatMap(([key, step]) => {
        const [began, ended] = [step.beganHours ?? step.endedHours ?? 0, step.endedHours ?? 0];
        if (ended <= now) return [[key, step] as const];
        // Of earlier rounds nothing is known but their number; a step on its way is known to have begun.
        return began <= now ? [[key, { ...step, status: 'begun' as const, endedHours: null }] as const] : [];
      }),
    );
    const running = { ...campaign, leadTimeHours: now, steps };
    const done = new Map([...steps].filter(([, { status }]) => status === 'done'));
    const estimates = paceOfRunning(this.learned, { ...running, steps: done });
    return this.#leadTimes(campaign, estimates, { nowHours: now, steps });
  }

  #leadTimes(campaign: PastCampaign, { pace }: Estimates, underway?: Underway): Float64Array {
    const origin = (campaign.startedAt.getTime() - this.staffing.start.getTime()) / 3_600_000;
    const usual = this.#layoutFor(campaign);
    const layout = { ...usual, origin, model: { ...usual.model, pace } };
    const soFar = underway ? soFarOf(layout, shifted(underway, origin)) : null;
    const windows = layout.steps.map(() => null);
    return simulate(layout, { runs: RUNS, seed: 1, soFar, windows }).leadTimes.sort();
  }

  /** Campaigns for which the same conditions hold share a layout. */
  #layoutFor({ holds }: PastCampaign): Layout {
    const held = conditionsOf(this.compiled).map((condition) => String(holds?.(condition) ?? null));
    const known = this.#layouts.get(held.join());
    if (known) return known;
    const { estimates } = this.learned;
    const made = prepare(this.compiled, { ...this.staffing, estimates, ...(holds ? { holds } : {}) });
    this.#layouts.set(held.join(), made);
    return made;
  }
}

const shifted = ({ nowHours, steps }: Underway, by: number): Underway => ({
  nowHours: nowHours + by,
  steps: new Map(
    [...steps].map(([key, step]) => [
      key,
      {
        ...step,
        beganHours: step.beganHours === null ? null : step.beganHours + by,
        endedHours: step.endedHours === null ? null : step.endedHours + by,
      },
    ]),
  ),
});

function score(
  forecasts: readonly { readonly actual: number; readonly hours: Float64Array }[],
  naive: Float64Array,
): Score {
  const count = forecasts.length;
  const inside = forecasts.filter(
    ({ actual, hours }) => actual >= quantile(hours, 0.1) && actual <= quantile(hours, 0.9),
  ).length;
  const mean = (loss: (forecast: (typeof forecasts)[number]) => number) =>
    forecasts.reduce((sum, each) => sum + loss(each), 0) / count;
  const own = mean(({ actual, hours }) => pinball(hours, actual));
  const other = mean(({ actual }) => pinball(naive, actual));
  const [low, high] = wilson(inside, count);
  return {
    forecasts: count,
    coverage80: rounded(inside / count, 4),
    coverage80Low: rounded(low, 4),
    coverage80High: rounded(high, 4),
    pinballHours: rounded(own),
    naivePinballHours: rounded(other),
    skill: rounded(1 - own / other, 4),
  };
}

const quantile = (sorted: Float64Array, level: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(level * sorted.length) - 1))]!;

function pinball(sorted: Float64Array, actual: number): number {
  const losses = LEVELS.map((level) => {
    const error = actual - quantile(sorted, level);
    return Math.max(level * error, (level - 1) * error);
  });
  return losses.reduce((sum, each) => sum + each, 0) / losses.length;
}

function wilson(hits: number, count: number): [low: number, high: number] {
  const z = 1.96;
  const share = hits / count;
  const centre = (share + z ** 2 / (2 * count)) / (1 + z ** 2 / count);
  const half =
    (z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2))) / (1 + z ** 2 / count);
  return [centre - half, centre + half];
}

function shareBelow(sorted: Float64Array, actual: number): number {
  const below = sorted.findIndex((hours) => hours > actual);
  return (below < 0 ? sorted.length : below) / sorted.length;
}

/** Spearman's rank correlation over time, with the normal approximation of its distribution. */
function driftOf(shares: readonly number[]): Drift {
  const varies = new Set(shares).size > 1;
  const correlation = varies
    ? sampleRankCorrelation(
        shares.map((_, at) => at),
        [...shares],
      )
    : 0;
  const z = Math.abs(correlation) * Math.sqrt(shares.length - 1);
  const pValue = 1 - errorFunction(z / Math.SQRT2);
  const direction = pValue > 0.05 ? 'none' : correlation > 0 ? 'slower' : 'faster';
  return { correlation: rounded(correlation, 4), pValue: rounded(pValue, 4), direction };
}

/** With so many forecasts the interval of the coverage is ten points wide or less. */
const MANY = 250;

function verdictOf(
  { coverage80, coverage80Low, coverage80High, skill }: Score,
  tested: number,
  drift: Drift,
): string {
  const percent = (share: number) => `${Math.round(share * 100)} %`;
  const held = `the 80 % interval held in ${percent(coverage80)} (95 % interval ${percent(coverage80Low)} to ${percent(coverage80High)})`;
  const better = `the forecast is ${percent(Math.abs(skill))} ${skill >= 0 ? 'better' : 'worse'} than "as before"`;
  const few = tested < MANY ? `; ${tested} campaigns prove little: so few hit or miss by luck` : '';
  const drifts =
    drift.direction === 'none' ? '' : `; campaigns are getting ${drift.direction} (p = ${drift.pValue})`;
  return `${held}; ${better}${few}${drifts}`;
}
