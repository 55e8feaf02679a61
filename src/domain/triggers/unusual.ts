// Whoever compiles this file without the others needs to be told of them.
// eslint-disable-next-line @typescript-eslint/triple-slash-reference
/// <reference path="./jstat.d.ts" />
import jstat from 'jstat';
import { mean, sampleStandardDeviation } from 'simple-statistics';

/**
 * Of values that scatter normally and independently about one level, this share is called unusual, each value counted by itself: one in
 * a thousand. It is the chance of a false alarm per value, not per campaign or day.
 */
export const FALSE_ALARM_RATE = 0.001;
/** A value is judged by as many before it, at most and at least: fewer say little about how far they scatter. */
export const MOST_BEFORE = 100;
export const LEAST_BEFORE = 20;
/** A series is usual again when so many values in a row are. */
export const USUAL_AGAIN = 3;

/** Scatter that is so small beside the values is of the rounding of numbers. */
const ROUNDING = 1e-9;

/** Where the next value is to be expected. */
export interface Expected {
  readonly from: number;
  readonly to: number;
  /** How many values it rests on. */
  readonly values: number;
}
/** A value of a series, and whether it is still to be judged. */
export interface SeriesValue {
  readonly at: Date;
  readonly value: number;
  readonly isNew: boolean;
}
/** A value that is unusual; or, with null, that the series is usual (again). */
export interface Turn {
  readonly unusual: (SeriesValue & { readonly expected: Expected }) | null;
}

/**
 * The prediction interval of the value that comes next: mean ± t · s · √(1 + 1/n), with the quantile of Student's t distribution with
 * n − 1 degrees of freedom. A trend widens it, since a trend is scatter to it.
 * @param before values, oldest first; the last of them count
 * @returns null where they are too few, or do not scatter: then no rate could be stated
 */
export function expectedAfter(before: readonly number[]): Expected | null {
  let values = before.slice(-MOST_BEFORE);
  while (values.length >= LEAST_BEFORE) {
    const n = values.length;
    const middle = mean(values);
    const scatter = sampleStandardDeviation(values);
    if (!Number.isFinite(scatter) || scatter <= ROUNDING * Math.abs(middle)) return null;
    const far = furthestFrom(middle, values);
    if (Math.abs((values[far] ?? 0) - middle) <= scatter * glitchFrom(n) || n === LEAST_BEFORE) {
      const margin = quantile(FALSE_ALARM_RATE, n - 1) * scatter * Math.sqrt(1 + 1 / n);
      return { from: middle - margin, to: middle + margin, values: n };
    }
    values = values.toSpliced(far, 1);
  }
  return null;
}

/**
 * By Grubbs' test: so many deviations from the middle lies a value that is left out of those that others are judged by, or a single
 * glitch would hide what comes after it. It happens once in a thousand times to the furthest of values that scatter normally, so that
 * the rate is as stated.
 */
function glitchFrom(n: number): number {
  const t = quantile(FALSE_ALARM_RATE / n, n - 2);
  return ((n - 1) / Math.sqrt(n)) * Math.sqrt(t ** 2 / (n - 2 + t ** 2));
}

/**
 * Judges the new values of a series, oldest first, each by those before it. A value that was measured before one that was judged
 * earlier is not judged itself: what it could tell of is over. It counts for those after it.
 * @returns what changed, one after the other; what is usual all the time is said once
 */
export function turnsOf(series: readonly SeriesValue[]): Turn[] {
  const turns: Turn[] = [];
  const first = series.findLastIndex(({ isNew }) => !isNew) + 1;
  let inARow = 0;
  for (let at = Math.max(0, first - USUAL_AGAIN + 1); at < series.length; at++) {
    const each = series[at];
    const expected = each ? missedBy(each, series.slice(Math.max(0, at - MOST_BEFORE), at)) : null;
    inARow = expected ? 0 : inARow + 1;
    if (at < first) continue;
    if (each && expected) turns.push({ unusual: { ...each, expected } });
    else if (inARow >= Math.min(USUAL_AGAIN, at + 1) && turns.at(-1)?.unusual !== null)
      turns.push({ unusual: null });
  }
  return turns;
}

/** What was expected of a value that is not within it; null for a usual one, and for one that cannot be judged. */
function missedBy({ value }: SeriesValue, before: readonly SeriesValue[]): Expected | null {
  const expected = expectedAfter(before.map((each) => each.value));
  return expected && !isWithin(value, expected) ? expected : null;
}

const isWithin = (value: number, { from, to }: Expected): boolean => value >= from && value <= to;

function furthestFrom(middle: number, values: readonly number[]): number {
  let furthest = 0;
  for (let at = 1; at < values.length; at++)
    if (Math.abs((values[at] ?? 0) - middle) > Math.abs((values[furthest] ?? 0) - middle)) furthest = at;
  return furthest;
}

/** Both tails together have the share `rate`. Quantiles are dear, and there are few. */
function quantile(rate: number, degreesOfFreedom: number): number {
  const name = `${rate} ${degreesOfFreedom}`;
  const known = QUANTILES.get(name) ?? jstat.studentt.inv(1 - rate / 2, degreesOfFreedom);
  QUANTILES.set(name, known);
  return known;
}
const QUANTILES = new Map<string, number>();
