import type { Trigger } from '../workflow/workflow.js';
import { act, type ActionTaken, type Surroundings } from './act.js';
import { type Decided, decide, lookbackOf } from './decide.js';
import type { Reading } from './reading.js';

export interface Replayed extends Decided {
  readonly at: Date;
  readonly actions: readonly ActionTaken[];
}

/**
 * What a trigger would have decided on readings, oldest first, had each of them come when it was measured, from `from` on. Its
 * actions go from what there is.
 */
export function replay(
  trigger: Trigger,
  readings: readonly Reading[],
  from: Date,
  surroundings: Surroundings,
): Replayed[] {
  const decisions: Replayed[] = [];
  let [around, lastFired]: [Surroundings, Date | null] = [surroundings, null];
  for (const [place, { at }] of readings.entries()) {
    const isLastOfMoment = readings[place + 1]?.at.getTime() !== at.getTime();
    if (at < from || !isLastOfMoment) continue;
    const decided = decide(trigger, visible(trigger, readings, place), { now: at, lastFired });
    if (!decided) continue;
    if (decided.outcome !== 'fired') {
      decisions.push({ ...decided, at, actions: [] });
      continue;
    }
    const acted = act(trigger, around);
    [around, lastFired] = [acted.around, at];
    decisions.push({ ...decided, at, actions: acted.taken });
  }
  return decisions;
}

/** As far back as the trigger looks from the last value up to this place, and the one value before that. */
function visible(trigger: Trigger, readings: readonly Reading[], place: number): Reading[] {
  let last = place;
  while (last >= 0 && readings[last]?.value === null) last--;
  const since = (readings[Math.max(0, last)]?.at.getTime() ?? 0) - lookbackOf(trigger);
  let first = Math.max(0, last);
  while (first > 0 && (readings[first - 1]?.at.getTime() ?? 0) >= since) first--;
  let before = first - 1;
  while (before >= 0 && readings[before]?.value === null) before--;
  const earlier = readings[before];
  return [...(earlier ? [earlier] : []), ...readings.slice(first, place + 1)];
}
