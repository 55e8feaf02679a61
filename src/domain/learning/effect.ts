import { mean, median, sampleVariance } from 'simple-statistics';

// Taken once: looking a global up for each of the draws takes most of the time where there are several global objects.
const { abs, floor, imul, max, sqrt } = Math;

/**
 * Fewer on either side, and no interval at 95 % keeps its word: resampling seven values or fewer shows too little of
 * what else could have been drawn. Measured for `docs/learning.md`.
 */
export const LEAST_CAMPAIGNS = 8;
/** The newest of more are taken: they say enough, and older ones say little of how work is done today. */
export const MOST_CAMPAIGNS = 300;
/** With one more, 95 % of them is a whole number, and the p-value has three digits. */
const RESAMPLES = 999;
/** Place, from 0, of the distance that 95 % of the resampled ones do not exceed. */
const AT_LEVEL = 0.95 * (RESAMPLES + 1) - 1;
const DEFAULT_SEED = 1;

/**
 * `estimated`: there is an interval. `insufficient`: too few campaigns, or values too alike, to tell.
 * `undefined-before`: nothing was measured before the change, so nothing can be compared.
 */
export type EffectOutcome = 'estimated' | 'insufficient' | 'undefined-before';

/** The values of one side; mean and median are null where there are none. */
export interface SampleSummary {
  readonly campaigns: number;
  readonly mean: number | null;
  readonly median: number | null;
}

/** What a change did to a number: after less before, in the unit of the number (R78). */
export interface Effect {
  readonly outcome: EffectOutcome;
  readonly before: SampleSummary;
  readonly after: SampleSummary;
  /** Difference of the means; null where a side has no values. */
  readonly differenceMean: number | null;
  /** The same in percent of the mean before; null where that is zero, too. */
  readonly differencePercent: number | null;
  /** 95 % interval of the difference; null unless estimated. */
  readonly interval: { readonly low: number; readonly high: number } | null;
  /** Two-sided, of no difference; at most 0.05 exactly where the interval leaves zero out. Null unless estimated. */
  readonly pValue: number | null;
  /** Why there is no interval. */
  readonly note: string | null;
}

/**
 * Compares campaigns before a change with those after it. The interval is the symmetric bootstrap-t (Hall 1988, "On
 * symmetric bootstrap confidence intervals"; Efron and Tibshirani 1993, chapter 12): each side is resampled by itself, so
 * that their spreads may differ, and the difference is judged in units of its own standard error, so that skew and small
 * samples widen it. The same values and seed give the same answer.
 */
export function effectOf(
  before: readonly number[],
  after: readonly number[],
  seed: number = DEFAULT_SEED,
): Effect {
  const sides = { before: summaryOf(before), after: summaryOf(after) };
  const differenceMean =
    sides.before.mean === null || sides.after.mean === null ? null : sides.after.mean - sides.before.mean;
  const plain = {
    ...sides,
    differenceMean,
    differencePercent:
      differenceMean === null || !sides.before.mean ? null : percentOf(differenceMean, sides.before.mean),
  };
  const none = { interval: null, pValue: null };
  if (before.length === 0) {
    const note =
      after.length === 0
        ? 'nothing was measured, neither before the change nor after it'
        : 'nothing was measured before the change: define what to measure before changing it';
    return { outcome: 'undefined-before', ...plain, ...none, note };
  }
  const fewest = Math.min(before.length, after.length);
  if (fewest < LEAST_CAMPAIGNS || differenceMean === null) {
    const note = `campaigns before: ${before.length}, after: ${after.length}; it takes ${LEAST_CAMPAIGNS} on each side to tell a change from chance`;
    return { outcome: 'insufficient', ...plain, ...none, note };
  }
  const found = intervalOf(before, after, differenceMean, seed);
  if (found) return { outcome: 'estimated', ...plain, ...found, note: null };
  const note = 'too many campaigns have the same value to tell a change from chance';
  return { outcome: 'insufficient', ...plain, ...none, note };
}

/** Without the trace of binary fractions: 0.1 less than 0.1 + 0.2 is 66.66666666666667 % less, not …69. */
const percentOf = (part: number, whole: number): number =>
  Number(((100 * part) / Math.abs(whole)).toPrecision(12));

const summaryOf = (values: readonly number[]): SampleSummary => ({
  campaigns: values.length,
  mean: values.length === 0 ? null : mean([...values]),
  median: values.length === 0 ? null : median([...values]),
});

/** Null where resampled sides have no spread so often that the interval would have no end. */
function intervalOf(
  before: readonly number[],
  after: readonly number[],
  difference: number,
  seed: number,
): Pick<Effect, 'interval' | 'pValue'> | null {
  const error = Math.sqrt(
    sampleVariance([...before]) / before.length + sampleVariance([...after]) / after.length,
  );
  if (error === 0) return null;
  const distances = resampledDistances(centred(before), centred(after), seed).sort();
  const distance = distances[AT_LEVEL] ?? Infinity;
  if (!Number.isFinite(distance)) return null;
  const reach = distance * error;
  const asFar = distances.filter((each) => each >= Math.abs(difference) / error).length;
  return {
    interval: { low: difference - reach, high: difference + reach },
    pValue: (1 + asFar) / (1 + RESAMPLES),
  };
}

const centred = (values: readonly number[]): Float64Array => {
  const middle = mean([...values]);
  return Float64Array.from(values, (value) => value - middle);
};

/** How far from their true value resampled differences lie, in their own standard errors. */
function resampledDistances(before: Float64Array, after: Float64Array, seed: number): Float64Array {
  const random = generator(seed);
  const distances = new Float64Array(RESAMPLES);
  for (let run = 0; run < RESAMPLES; run++) {
    const one = resample(before, random);
    const other = resample(after, random);
    const off = abs(other.mean - one.mean);
    const variance = one.varianceOfMean + other.varianceOfMean;
    distances[run] = variance > 0 ? off / sqrt(variance) : off === 0 ? 0 : Infinity;
  }
  return distances;
}

/** As many values as there are, with repetition. */
function resample(values: Float64Array, random: () => number): { mean: number; varianceOfMean: number } {
  const size = values.length;
  const first = values[floor(random() * size)] ?? 0;
  let isSame = true;
  let sum = first;
  let squares = first * first;
  for (let taken = 1; taken < size; taken++) {
    const value = values[floor(random() * size)] ?? 0;
    if (value !== first) isSame = false;
    sum += value;
    squares += value * value;
  }
  const middle = sum / size;
  // Equal values have no spread, whatever rounding leaves of it.
  const varianceOfMean = isSame ? 0 : max(0, squares - sum * middle) / (size - 1) / size;
  return { mean: middle, varianceOfMean };
}

/** A stream of numbers from 0 up to 1: a counter stirred as MurmurHash3 ends (Appleby 2011). */
function generator(seed: number): () => number {
  let state = floor(seed * 0x9e3779b1) | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let hash = imul(state ^ (state >>> 16), 0x85ebca6b);
    hash = imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
  };
}
