import { type CompiledWorkflow, walk } from '../workflow/compiled.js';
import { type Distribution, distributionOf, quantileOf } from './distribution.js';
import { type Layout, layoutOf } from './layout.js';
import { DEFINED, type Estimates, modelOf } from './model.js';
import { networkOf } from './network.js';
import { Pool, type Staffing } from './resources.js';
import { pastTimes, type StepSoFar, workedBetween } from './underway.js';

/** A campaign that has ended: what it took and what its steps took, in hours after it began. */
export interface PastCampaign {
  readonly key: string;
  readonly startedAt: Date;
  readonly leadTimeHours: number;
  /** The steps that were done, at their last time. */
  readonly steps: ReadonlyMap<string, StepSoFar>;
  /** Whether a condition held for it; null where that is not known. */
  readonly holds?: (condition: string) => boolean | null;
}

/** Fewer campaigns than that say too little to be listened to. */
export const LEAST_CAMPAIGNS = 5;
/** The definition weighs as much as so many campaigns: after five, history counts for half. */
export const PRIOR_CAMPAIGNS = 5;

/** What a figure of a step rests on. */
export interface Basis {
  readonly step: string;
  /** Campaigns in which it was measured. */
  readonly campaigns: number;
  /** How much they count for; the definition counts for the rest. */
  readonly shareOfHistory: number;
}
export interface Learned {
  readonly estimates: Estimates;
  readonly campaigns: number;
  readonly basis: readonly Basis[];
  /** How campaigns differ as a whole. */
  readonly pace: Pace;
  readonly measure: Measure;
}
/** One-way analysis of variance of the logarithm of how long steps took: between campaigns, and within one. */
export interface Pace {
  readonly between: number;
  readonly within: number;
  /** By step: the mean of the logarithm, at ordinary pace. */
  readonly logHours: ReadonlyMap<string, number>;
  /** By campaign: what is taken out of the logarithms of its steps as its pace. */
  readonly ofCampaigns: readonly number[];
}

/** A step so short is a click; its logarithm would say more than there is to know. */
const LEAST_HOURS = 0.05;

/** How long a step took in one campaign, in working hours of those who do it. */
interface Measurement {
  readonly campaign: number;
  /** Null where it is not known when the step was ready: after a return, the record keeps only the last round. */
  readonly waiting: number | null;
  readonly effort: number;
}
type Measured = ReadonlyMap<string, readonly Measurement[]>;
/** Reads off the campaigns' own times how long every step that was done waited and took. */
type Measure = (past: readonly PastCampaign[]) => Measured;

/**
 * Learns from past campaigns how long steps take and wait, how often work is returned and which branches are taken.
 *
 * Each distribution is a Dirichlet process (Ferguson 1973) around the definition's figure: with n campaigns the measured
 * values count n / (n + 5), the definition the rest. A campaign that is slow in one step tends to be slow in others, so
 * the pace of a whole campaign is told apart from that of its steps.
 */
export function learn(
  compiled: CompiledWorkflow,
  past: readonly PastCampaign[],
  staffing: Staffing,
): Learned {
  const first = Math.min(...past.map(({ startedAt }) => startedAt.getTime()));
  const measure = measurer(compiled, {
    ...staffing,
    start: past.length > 0 ? new Date(first) : staffing.start,
  });
  const measured = measure(past);
  const isEnough = past.length >= LEAST_CAMPAIGNS;
  const pace = isEnough ? paceOf(measured, past.length) : NO_PACE;
  const estimates = isEnough ? estimatesFrom(measured, pace, past) : DEFINED;
  const basis = [...measured].map(([step, { length }]) => ({
    ...{ step, campaigns: length },
    shareOfHistory: isEnough ? shareOfHistory(length) : 0,
  }));
  return { estimates, campaigns: past.length, basis, pace, measure };
}

const shareOfHistory = (campaigns: number): number => campaigns / (campaigns + PRIOR_CAMPAIGNS);

function estimatesFrom(measured: Measured, pace: Pace, past: readonly PastCampaign[]): Estimates {
  return {
    times: (step, calendar) => {
      const defined = DEFINED.times(step, calendar);
      const values = measured.get(step.key) ?? [];
      const blend = (prior: Distribution, hours: (measurement: Measurement) => number | null) =>
        blended(
          prior,
          values.flatMap((each) => {
            const value = hours(each);
            return value === null ? [] : [value / Math.exp(pace.ofCampaigns[each.campaign]!)];
          }),
        );
      return values.length === 0
        ? defined
        : {
            effort: blend(defined.effort, ({ effort }) => effort),
            waiting: blend(defined.waiting, ({ waiting }) => waiting),
          };
    },
    weights: ({ branches, weights }) => {
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return weights.map((weight, at) => {
        const keys = [...walk(branches[at]!)].flatMap((node) =>
          node.type === 'step' ? [node.step.key] : [],
        );
        const taken = past.filter(({ steps }) => keys.some((key) => steps.has(key))).length;
        return (PRIOR_CAMPAIGNS * weight) / total + taken;
      });
    },
    returns: ({ review, max, probability }) => {
      const reviews = past.flatMap(({ steps }) => steps.get(review.key) ?? []);
      const returned = reviews.reduce((sum, { round }) => sum + Math.min(max, round), 0);
      // Each return is a verdict against; who comes through before the last round has one in favour.
      const accepted = reviews.filter(({ round }) => round < max).length;
      return (PRIOR_CAMPAIGNS * (probability ?? 0) + returned) / (PRIOR_CAMPAIGNS + returned + accepted);
    },
    pace: pace.between === 0 ? null : paceDistribution(pace.ofCampaigns, pace),
    waitsIncludeQueues: true,
  };
}

/** The definition's distribution and the measured values, weighed by how many there are. */
function blended(prior: Distribution, values: readonly number[]): Distribution {
  if (values.length === 0) return prior;
  const share = shareOfHistory(values.length);
  const cells = prior.quantiles === null ? 1 : 256;
  const priors = Array.from({ length: cells }, (_, cell) => ({
    ...{ value: quantileOf(prior, (cell + 0.5) / cells), weight: (1 - share) / cells },
  }));
  return distributionOf([...priors, ...values.map((value) => ({ value, weight: share / values.length }))]);
}

function measurer(compiled: CompiledWorkflow, staffing: Staffing): Measure {
  const model = modelOf(networkOf(compiled), new Pool(staffing));
  const layout = layoutOf(model);
  return (past) => {
    const measured = new Map<string, Measurement[]>();
    past.forEach((each, campaign) => {
      const origin = (each.startedAt.getTime() - staffing.start.getTime()) / 3_600_000;
      for (const { step, waiting, effort } of hoursOfSteps({ ...layout, origin }, each)) {
        const values = measured.get(step) ?? [];
        values.push({ campaign, waiting, effort });
        measured.set(step, values);
      }
    });
    return measured;
  };
}

function hoursOfSteps(layout: Layout, { leadTimeHours, steps }: PastCampaign) {
  const { origin, model, legAt } = layout;
  const shifted = new Map(
    [...steps].map(([key, step]): [string, StepSoFar] => [
      key,
      { ...step, beganHours: later(step.beganHours, origin), endedHours: later(step.endedHours, origin) },
    ]),
  );
  const { ready, end } = pastTimes(layout, { nowHours: origin + leadTimeHours, steps: shifted });
  return model.network.vertices.flatMap(({ step, round }, vertex) => {
    const own = step ? shifted.get(step.key) : undefined;
    if (!step || own?.status !== 'done' || own.round !== round) return [];
    const leg = legAt[vertex]!;
    const isUnknown = round > 0 && ready[vertex] === origin;
    if (isUnknown && own.beganHours === null) return [];
    // Without a beginning the work is all the time since it could have begun.
    const begin = own.beganHours ?? ready[vertex]!;
    const waiting = isUnknown ? null : workedBetween(layout, leg, ready[vertex]!, begin);
    return [{ step: step.key, waiting, effort: workedBetween(layout, leg, begin, end[vertex]!) }];
  });
}

const later = (hours: number | null, by: number): number | null => (hours === null ? null : hours + by);

const NO_PACE: Pace = { between: 0, within: 0, logHours: new Map(), ofCampaigns: [] };

function paceOf(measured: Measured, campaigns: number): Pace {
  const logHours = new Map<string, number>();
  const residuals = Array.from({ length: campaigns }, (): number[] => []);
  for (const [step, values] of measured) {
    if (values.length < LEAST_CAMPAIGNS) continue;
    const logs = values.map(logOf);
    const mean = average(logs);
    logHours.set(step, mean);
    values.forEach(({ campaign }, at) => residuals[campaign]!.push(logs[at]! - mean));
  }
  const means = residuals.map((own) => (own.length === 0 ? 0 : average(own)));
  const all = residuals.flat().length;
  const squares = residuals.flatMap((own, at) => own.map((each) => (each - means[at]!) ** 2));
  const within = squares.reduce((sum, each) => sum + each, 0) / Math.max(1, all - campaigns);
  const noise = within * average(residuals.map((own) => 1 / Math.max(1, own.length)));
  const between = Math.max(0, average(means.map((mean) => mean ** 2)) - noise);
  return {
    ...{ between, within, logHours },
    ofCampaigns: means.map((mean, at) => mean * removable(between, within, residuals[at]!.length)),
  };
}

/**
 * The part of a campaign's mean to take out of its steps, so that what is left of them varies as steps do within a campaign:
 * from var(r − λm) = within follows λ = 1 − √(1 − certainty). Taking out more would count their own luck as pace.
 */
const removable = (between: number, within: number, steps: number): number =>
  1 - Math.sqrt(1 - certainty(between, within, steps));

/** How much of a campaign's mean is its pace rather than luck (best linear unbiased prediction; Henderson 1975). */
const certainty = (between: number, within: number, steps: number): number =>
  between === 0 || steps === 0 ? 0 : between / (between + within / steps);

const logOf = ({ waiting, effort }: Measurement): number =>
  Math.log(Math.max(LEAST_HOURS, (waiting ?? 0) + effort));

const average = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);

/** Paces as they were, stretched to the spread that they have without the luck that was taken out of them. */
function paceDistribution(
  logs: readonly number[],
  { between }: Pace,
  centre = 0,
  deviation = Math.sqrt(between),
): Distribution {
  const spread = Math.sqrt(average(logs.map((log) => log ** 2)));
  return distributionOf(
    logs.map((log) => ({
      value: Math.exp(centre + (spread === 0 ? 0 : (log / spread) * deviation)),
      weight: 1,
    })),
  );
}

/** What is known of the pace of a campaign that is running, from the steps it has done. */
export function paceOfRunning({ estimates, pace, measure }: Learned, running: PastCampaign): Estimates {
  if (pace.between === 0) return estimates;
  const done = [...measure([running])].flatMap(([step, [value]]) => {
    const usual = pace.logHours.get(step);
    return usual === undefined || !value ? [] : [logOf(value) - usual];
  });
  const known = certainty(pace.between, pace.within, done.length);
  const deviation = Math.sqrt(pace.between * (1 - known));
  return { ...estimates, pace: paceDistribution(pace.ofCampaigns, pace, known * average(done), deviation) };
}
