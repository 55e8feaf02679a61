import { hoursOf } from '../duration.js';
import { holdsFor } from '../workflow/expression.js';
import type { Trigger } from '../workflow/workflow.js';
import type { Reading } from './reading.js';

/** What came of a trigger whose condition held. A name is never given another meaning. */
export const OUTCOMES = {
  fired: 'It acted.',
  'suppressed-stale': 'It did not act: the last value is older than `maxAge`.',
  'suppressed-low-n':
    'It did not act: the last value rests on fewer than `minSamples`, or nobody said on how many.',
  'suppressed-incomplete': 'It did not act: of the values in the window fewer than `completeness` are there.',
  'suppressed-range': 'It did not act: a value in the window is outside of `range`, and so a fault.',
  'suppressed-cooldown': 'It did not act: it has acted within its `cooldown`.',
} as const;
export type TriggerOutcome = keyof typeof OUTCOMES;

/** The numbers that a decision rests on. */
export interface Seen {
  /** The last value, when it was measured, and on how many observations it rests. */
  readonly value: number;
  readonly at: Date;
  readonly samples: number | null;
  /** The value before it. */
  readonly previous: number | null;
  readonly ageSeconds: number;
  /** For how long the condition has held at least. */
  readonly heldSeconds: number;
  /** Values of the window, and how many of them are missing or are faults. */
  readonly readings: number;
  readonly missing: number;
  readonly faults: number;
  readonly completeness: number;
}
export interface Decided {
  readonly outcome: TriggerOutcome;
  readonly seen: Seen;
}
export interface Moment {
  readonly now: Date;
  /** When it acted last. */
  readonly lastFired: Date | null;
  /** Whether there are more readings in the window than were read: then it is as long as they reach. */
  readonly isCut?: boolean;
}

/** What a trigger without `cooldown` rests: nobody wants money moved at every reading. */
const COOLDOWN = 'P1D';
/** Over which readings completeness is taken where neither `for` nor `maxAge` says. */
const LOOKBACK = 'PT1H';
const millis = (duration: string): number => hoursOf(duration) * 3_600_000;

/** How far before its last value a trigger looks, besides the one value before that. */
export function lookbackOf({ for: held, guard }: Trigger): number {
  const maxAge = guard?.maxAge ?? null;
  if (held === null) return millis(maxAge ?? LOOKBACK);
  return millis(held) + millis(maxAge ?? held);
}

/**
 * Decides on the readings of a trigger's signal, oldest first. Its condition has to hold at every value from the one in force
 * where the window begins, which may be no older there than `maxAge` (without it, than the window is long), up to the last
 * one. Then its guard and its cool-down are asked, in the order of `OUTCOMES`.
 * @returns null where the condition does not hold, or has not held for long enough
 */
export function decide(trigger: Trigger, readings: readonly Reading[], moment: Moment): Decided | null {
  const values = valuesOf(readings);
  const last = values.at(-1);
  if (!last) return null;
  const first = beginning(trigger, values, moment.isCut === true);
  if (first === null) return null;
  const faults = values.filter((each, at) => at >= first && isFault(trigger, each)).length;
  if (values.some((_, at) => at >= first && isOver(trigger, values, at))) return null;
  const previous = values.at(-2)?.value ?? null;
  const begin = values[first]?.at ?? last.at;
  const seen = { ...see(trigger, readings, last, begin, moment.now), previous, faults };
  return { outcome: outcomeOf(trigger, seen, moment), seen };
}

/**
 * When the condition of a trigger was first seen not to hold any more, after a moment at which it did; null where it still may. What
 * is missing and what is a fault says nothing of that.
 * @param readings of its signal, oldest first
 */
export function endOfCondition(trigger: Trigger, readings: readonly Reading[], after: Date): Date | null {
  const values = valuesOf(readings);
  return values.find((each, at) => each.at > after && isOver(trigger, values, at))?.at ?? null;
}

type Value = Reading & { readonly value: number };

const valuesOf = (readings: readonly Reading[]): Value[] =>
  readings.filter((each): each is Value => each.value !== null);

function isFault({ guard }: Trigger, { value }: Value): boolean {
  const [least, most] = guard?.range ?? [-Infinity, Infinity];
  return value < least || value > most;
}

/** Whether a value says that the condition does not hold. */
function isOver(trigger: Trigger, values: readonly Value[], at: number): boolean {
  const each = values[at];
  if (!each || isFault(trigger, each)) return false;
  const { value, samples } = each;
  return !holdsFor(trigger.when, { value, samples, previous: values[at - 1]?.value ?? null });
}

/** Where in the values the window begins; null where they do not reach back that far. */
function beginning({ for: held, guard }: Trigger, values: readonly Value[], isCut: boolean): number | null {
  const last = values.length - 1;
  if (held === null) return last;
  const start = (values[last]?.at.getTime() ?? 0) - millis(held);
  const oldest = start - millis(guard?.maxAge ?? held);
  const found = values.findLastIndex(({ at }) => at.getTime() <= start);
  if (found >= 0 && (values[found]?.at.getTime() ?? 0) >= oldest) return found;
  return found < 0 && isCut ? 0 : null;
}

function see(
  { for: held, guard }: Trigger,
  readings: readonly Reading[],
  { at, value, samples }: Value,
  begin: Date,
  now: Date,
): Omit<Seen, 'previous' | 'faults'> {
  const since = held === null ? at.getTime() - millis(guard?.maxAge ?? LOOKBACK) : begin.getTime();
  const window = readings.filter((each) => each.at.getTime() >= since);
  const missing = window.filter((each) => each.value === null).length;
  return {
    ...{ value, at, samples },
    ageSeconds: Math.max(0, now.getTime() - at.getTime()) / 1_000,
    heldSeconds: (at.getTime() - begin.getTime()) / 1_000,
    ...{ readings: window.length, missing, completeness: (window.length - missing) / window.length },
  };
}

function outcomeOf({ guard, cooldown }: Trigger, seen: Seen, { now, lastFired }: Moment): TriggerOutcome {
  const { maxAge = null, minSamples = null, completeness = null } = guard ?? {};
  if (maxAge !== null && seen.ageSeconds * 1_000 > millis(maxAge)) return 'suppressed-stale';
  if (minSamples !== null && (seen.samples ?? 0) < minSamples) return 'suppressed-low-n';
  if (completeness !== null && seen.completeness < completeness) return 'suppressed-incomplete';
  if (seen.faults > 0) return 'suppressed-range';
  const rests = lastFired !== null && now.getTime() < lastFired.getTime() + millis(cooldown ?? COOLDOWN);
  return rests ? 'suppressed-cooldown' : 'fired';
}

/** Whether an outcome says that the data were not good enough to act on. */
export const isUnfit = (outcome: TriggerOutcome | null): boolean =>
  outcome !== null && outcome !== 'fired' && outcome !== 'suppressed-cooldown';
