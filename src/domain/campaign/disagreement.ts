import { isHeld } from './channels.js';
import { BRIEF } from '../alignment/remarks.js';
import { hoursOf, isDuration } from '../duration.js';
import type { Evidence } from '../metrics/measure.js';
import type { Gate } from '../workflow/workflow.js';
import { failureOf } from './convergence.js';
import type { Situation } from './situation.js';
import type { Change, CheckResult } from './state.js';

/** What a failed check rests on. */
export interface Failed {
  readonly result: CheckResult;
  readonly evidence: readonly Evidence[];
}

/**
 * Channels that keep a gate from passing, in alphabetical order: those that say, plan or reach something else than the brief, or
 * than most of the others. Where nobody is with the majority, all that disagree are meant. Nothing is known of what somebody has only
 * stated.
 * @param channelOf of an asset, by its key
 */
export function disagreeing(failed: readonly Failed[], channelOf: ReadonlyMap<string, string>): string[] {
  const found = new Set(
    failed.flatMap(({ result, evidence }) => [
      ...evidence.flatMap((each) => blamed(each, result, channelOf)),
      ...outside(evidence, result),
    ]),
  );
  const ties = failed.flatMap(({ evidence }) => evidence.flatMap((each) => tied(each, channelOf)));
  // Whoever only differs from one that is wrong elsewhere is not to blame.
  const open = ties.filter((sides) => !sides.some((side) => side.every((channel) => found.has(channel))));
  return [...new Set([...found, ...open.flat(2)])].sort();
}

/** Holds the channels that disagree, where a failed gate says so (R61). Those that are held already stay as they are. */
export function heldBy(
  situation: Situation,
  gate: Gate,
  results: readonly CheckResult[],
  channels: readonly string[],
): Change[] {
  const reason = `gate '${gate.key}' failed: ${results
    .filter(({ passed }) => !passed)
    .map(failureOf)
    .join(', ')}`;
  return channels.flatMap((channel): Change[] => {
    if (!situation.campaign.channels.has(channel) || isHeld(situation, channel)) return [];
    return [{ type: 'pause', channel, reason, by: `gate ${gate.key}` }];
  });
}

function blamed(
  evidence: Evidence,
  { limit }: CheckResult,
  channelOf: ReadonlyMap<string, string>,
): string[] {
  const known = (ids: readonly string[]) => ids.flatMap((id) => channelOf.get(id) ?? []);
  switch (evidence.type) {
    case 'contradiction':
      return hasRightSide(evidence) ? known(evidence.sides.slice(1).flatMap(({ ids }) => ids)) : [];
    case 'drift':
      return [evidence.channel];
    case 'tone':
      return known([evidence.asset]);
    case 'coverage':
      return evidence.missing.length > 0 ? known([evidence.id]) : [];
    case 'overlap':
      return typeof limit === 'number' && evidence.overlap < limit ? [evidence.a, evidence.b] : [];
    case 'opening':
    case 'response':
      return [];
  }
}

/** Whether the first side of a contradiction is the brief's, or that of most. */
function hasRightSide({ sides: [first, second] }: Contradicting): boolean {
  if (first === undefined) return false;
  return first.ids.includes(BRIEF) || first.ids.length > (second?.ids.length ?? 0);
}
type Contradicting = Extract<Evidence, { type: 'contradiction' }>;

/** The channels of each side of a contradiction in which nobody is with the majority. */
function tied(evidence: Evidence, channelOf: ReadonlyMap<string, string>): string[][][] {
  if (evidence.type !== 'contradiction' || hasRightSide(evidence)) return [];
  return [evidence.sides.map(({ ids }) => ids.flatMap((id) => channelOf.get(id) ?? []))];
}

/** Channels that do not open with most of the others: outside of the fullest window of the length that the check allows. */
function outside(evidence: readonly Evidence[], { limit }: CheckResult): string[] {
  const hours = typeof limit === 'string' && isDuration(limit) ? hoursOf(limit) : null;
  const openings = evidence.flatMap((each) => (each.type === 'opening' ? [each] : []));
  const timed = openings.flatMap(({ channel, at }) => (at ? [{ channel, at: new Date(at).getTime() }] : []));
  if (hours === null || timed.length === 0) return [];
  const windows = timed.map(({ at: begin }) =>
    timed.filter(({ at }) => at >= begin && at <= begin + hours * 3_600_000).map(({ channel }) => channel),
  );
  const most = Math.max(...windows.map(({ length }) => length));
  const fullest = windows.filter(({ length }) => length === most);
  // Where two windows are equally full, nobody is with the majority.
  const inside = fullest.length === 1 || most === timed.length ? (fullest[0] ?? []) : [];
  return timed.flatMap(({ channel }) => (inside.includes(channel) ? [] : [channel]));
}
