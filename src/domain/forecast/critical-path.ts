import type { WorkingCalendar } from '../calendar/working-calendar.js';
import {
  activate,
  type Draw,
  forward,
  type Layout,
  newDraw,
  newTimes,
  type SoFar,
  type Times,
} from './layout.js';

/** Early and late times of a step with expected efforts; a float is in working time of those who do it. */
export interface StepFloat {
  readonly step: string;
  readonly earliestStartHours: number;
  readonly earliestFinishHours: number;
  readonly latestStartHours: number;
  readonly latestFinishHours: number;
  /** How much later it may end without the end of the campaign moving. */
  readonly totalFloatHours: number;
  /** How much later it may end without anything else moving. */
  readonly freeFloatHours: number;
}
export interface CriticalPath {
  readonly hours: number;
  /** The chain of steps without float that decides the end, first to last. */
  readonly steps: readonly string[];
  /** Variance of the efforts on the chain, in squared working hours. */
  readonly variance: number;
  /** Hours of work and waiting on the chain. */
  readonly workHours: number;
  /** From when the first of them begins to the end; more than the work where nights and weekends lie between. */
  readonly spanHours: number;
  readonly floats: readonly StepFloat[];
  /** By vertex. */
  readonly early: Times;
  readonly late: Times;
}

/** Two moments this close are the same: far below a second, far above what rounding does. */
/** When somebody first works on the chain. */
function beginOf({ legAt, calendars }: Layout, { begin }: Times, [first]: readonly number[]): number {
  if (first === undefined) return 0;
  const calendar = calendars[legAt[first]!];
  return calendar ? calendar.begin(begin[first]!) : begin[first]!;
}

const SAME = 1e-6;

/**
 * Forward and backward pass (Kelley and Walker 1959) over the expected efforts, in working calendars: in each choice the
 * likeliest branch, and nothing returned. The critical path is the chain with the least float, which is zero unless a
 * weekend of its own gives a step room.
 */
export function criticalPath(layout: Layout, soFar: SoFar | null = null): CriticalPath {
  const draw = usualDraw(layout, soFar);
  const times = newTimes(layout);
  forward(layout, draw, times);
  const late = backward(layout, draw, times);
  const chain = chainOf(layout, draw, times, late);
  const open = chain.filter((vertex) => soFar === null || Number.isNaN(soFar.end[vertex]!));
  const legs = open.flatMap((vertex) => layout.legs.slice(layout.legAt[vertex], layout.legAt[vertex]! + 1));
  return {
    hours: times.end[layout.size - 1]!,
    steps: chain.map((vertex) => layout.model.network.vertices[vertex]!.step!.key),
    variance: legs.reduce((sum, { effort, waiting }) => sum + effort.variance + waiting.variance, 0),
    workHours: legs.reduce((sum, { effort, waiting }) => sum + effort.mean + waiting.mean, 0),
    spanHours: times.end[layout.size - 1]! - beginOf(layout, times, open),
    floats: floatsOf(layout, draw, times, late),
    early: times,
    late,
  };
}

/** Expected hours, the likeliest branches and nothing returned, as far as it is still open. */
export function usualDraw(layout: Layout, soFar: SoFar | null = null): Draw {
  const draw = newDraw(layout, soFar);
  const { choiceWeights, network } = layout.model;
  const likeliest = choiceWeights.map((weights, choice) => {
    const taken = soFar === null ? -1 : soFar.branches[choice]!;
    return taken >= 0 ? taken : weights.indexOf(Math.max(...weights));
  });
  activate(layout, likeliest, soFar?.returns ?? new Int32Array(network.loops.length), draw.active);
  return draw;
}

/** The latest moments at which a vertex may be ready, begin and end. */
function backward(layout: Layout, { active, effort, waiting }: Draw, times: Times): Times {
  const { size, beforeAt, before, quorum, tieAt, tieFrom, tieGap, tieOnDraft, legAt, calendars } = layout;
  const last = times.end[size - 1]!;
  const ready = new Float64Array(size).fill(last);
  const begin = new Float64Array(size).fill(last);
  const end = new Float64Array(size).fill(last);
  for (let vertex = size - 1; vertex >= 0; vertex--) {
    begin[vertex] = Math.min(begin[vertex]!, end[vertex]!);
    if (active[vertex] === 1) {
      let latest = begin[vertex]!;
      for (let leg = legAt[vertex]!; leg < legAt[vertex + 1]!; leg++) {
        latest = Math.min(latest, latestStart(calendars[leg]!, end[vertex]!, effort[leg]!));
      }
      begin[vertex] = latest;
      for (let leg = legAt[vertex]!; leg < legAt[vertex + 1]!; leg++) {
        latest = Math.min(latest, latestStart(calendars[leg]!, begin[vertex]!, waiting[leg]!));
      }
      ready[vertex] = latest;
    } else ready[vertex] = begin[vertex]!;
    const isPartial = quorum[vertex]! < beforeAt[vertex + 1]! - beforeAt[vertex]!;
    for (let at = beforeAt[vertex]!; at < beforeAt[vertex + 1]!; at++) {
      const source = before[at]!;
      // What a gate with a quorum did not wait for is free until the campaign's end.
      if (isPartial && times.end[source]! > times.ready[vertex]! + SAME) continue;
      end[source] = Math.min(end[source]!, ready[vertex]!);
    }
    if (active[vertex] === 0) continue;
    for (let at = tieAt[vertex]!; at < tieAt[vertex + 1]!; at++) {
      const source = tieFrom[at]!;
      if (active[source] === 0) continue;
      if (tieOnDraft[at] === 1) {
        begin[source] = Math.min(begin[source]!, ready[vertex]!);
        end[source] = Math.min(end[source]!, end[vertex]!);
      } else end[source] = Math.min(end[source]!, ready[vertex]! - tieGap[at]!);
    }
  }
  return { ready, begin, end };
}

const latestStart = (calendar: WorkingCalendar | null, end: number, hours: number): number =>
  hours <= 0 ? end : calendar === null ? end - hours : calendar.latest(calendar.worked(end) - hours);

/** Follows from the end, at each vertex, what held it up; of several the one with the least float, then the most spread. */
function chainOf(layout: Layout, { active }: Draw, times: Times, late: Times): number[] {
  const spread = new Float64Array(layout.size);
  const cause = new Int32Array(layout.size).fill(-1);
  const causes = new Int32Array(layout.size);
  for (let vertex = 0; vertex < layout.size; vertex++) {
    let best = -1;
    const found = causesOf(layout, vertex, active, times, causes);
    for (const source of causes.subarray(0, found)) {
      if (best < 0 || isTighter(source, best)) best = source;
    }
    cause[vertex] = best;
    const own = layout.legs[layout.legAt[vertex]!];
    const counts = active[vertex] === 1 && layout.isStep[vertex] === 1 && own !== undefined;
    spread[vertex] =
      (best < 0 ? 0 : spread[best]!) + (counts ? own.effort.variance + own.waiting.variance : 0);
  }
  function isTighter(one: number, other: number): boolean {
    const [a, b] = [slack(one), slack(other)];
    return Math.abs(a - b) > SAME ? a < b : spread[one]! > spread[other]! + SAME;
  }
  function slack(vertex: number): number {
    return floatOf(layout, vertex, times.end[vertex]!, late.end[vertex]!);
  }
  const chain: number[] = [];
  for (let at = layout.size - 1; at >= 0; at = cause[at]!) {
    if (active[at] === 1 && layout.isStep[at] === 1) chain.push(at);
  }
  return chain.reverse();
}

/**
 * Writes down what a vertex had to wait for, everything that ended at the very moment it was ready, and returns how many
 * that is.
 */
export function causesOf(
  layout: Layout,
  vertex: number,
  active: Uint8Array,
  { ready, begin, end }: Times,
  into: Int32Array,
): number {
  const { beforeAt, before, tieAt, tieFrom, tieGap, tieOnDraft } = layout;
  const moment = ready[vertex]!;
  let found = 0;
  for (let at = beforeAt[vertex]!; at < beforeAt[vertex + 1]!; at++) {
    if (Math.abs(end[before[at]!]! - moment) <= SAME) into[found++] = before[at]!;
  }
  if (active[vertex] === 0) return found;
  for (let at = tieAt[vertex]!; at < tieAt[vertex + 1]!; at++) {
    const source = tieFrom[at]!;
    if (active[source] === 0) continue;
    const onDraft = tieOnDraft[at] === 1;
    const held = onDraft ? begin[source]! : end[source]! + tieGap[at]!;
    const endsWith =
      onDraft && end[vertex]! > begin[vertex]! && Math.abs(end[source]! - end[vertex]!) <= SAME;
    if (Math.abs(held - moment) <= SAME || endsWith) into[found++] = source;
  }
  return found;
}

/** The time between two moments, as those who do the step work it. */
function floatOf({ legAt, calendars }: Layout, vertex: number, from: number, to: number): number {
  const calendar = legAt[vertex]! < legAt[vertex + 1]! ? calendars[legAt[vertex]!]! : null;
  return Math.max(0, calendar === null ? to - from : calendar.worked(to) - calendar.worked(from));
}

function floatsOf(layout: Layout, { active }: Draw, times: Times, late: Times): StepFloat[] {
  const next = followersReady(layout, active, times);
  return layout.model.network.vertices.flatMap(({ step }, vertex): StepFloat[] => {
    if (!step || active[vertex] === 0) return [];
    const calendar = layout.calendars[layout.legAt[vertex]!] ?? null;
    const start = times.begin[vertex]!;
    return [
      {
        step: step.key,
        earliestStartHours: times.end[vertex] === start ? start : (calendar?.begin(start) ?? start),
        earliestFinishHours: times.end[vertex]!,
        latestStartHours: late.begin[vertex]!,
        latestFinishHours: late.end[vertex]!,
        totalFloatHours: floatOf(layout, vertex, times.end[vertex]!, late.end[vertex]!),
        freeFloatHours: floatOf(layout, vertex, times.end[vertex]!, next[vertex]!),
      },
    ];
  });
}

/** For each vertex the earliest moment at which a step that comes after it is ready. */
function followersReady(layout: Layout, active: Uint8Array, times: Times): Float64Array {
  const { size, isStep, beforeAt, before, tieAt, tieFrom, tieGap, tieOnDraft } = layout;
  const next = new Float64Array(size).fill(times.end[size - 1]!);
  for (let vertex = size - 1; vertex >= 0; vertex--) {
    const works = isStep[vertex] === 1 && active[vertex] === 1;
    // A join hands on what its own followers wait for: later of the join's own moment is no reason to hurry.
    const moment = works ? times.ready[vertex]! : next[vertex]!;
    for (let at = beforeAt[vertex]!; at < beforeAt[vertex + 1]!; at++) {
      next[before[at]!] = Math.min(next[before[at]!]!, moment);
    }
    for (let at = tieAt[vertex]!; at < tieAt[vertex + 1]!; at++) {
      if (active[vertex] === 0 || active[tieFrom[at]!] === 0 || tieOnDraft[at] === 1) continue;
      next[tieFrom[at]!] = Math.min(next[tieFrom[at]!]!, times.ready[vertex]! - tieGap[at]!);
    }
  }
  return next;
}
