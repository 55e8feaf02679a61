import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { Step } from '../workflow/workflow.js';
import type { Leg, Model } from './model.js';

/**
 * The model in flat arrays, so that a run allocates nothing. Lists of a vertex lie behind each other: those of vertex v
 * from `xAt[v]` up to `xAt[v + 1]`.
 */
export interface Layout {
  readonly model: Model;
  /** When everything begins, in elapsed hours of the calendars. */
  readonly origin: number;
  readonly size: number;
  /** 1 where there is a step. */
  readonly isStep: Uint8Array;
  /** The steps, and which of them each vertex is a copy of; -1 is none. */
  readonly steps: readonly Step[];
  readonly stepOf: Int32Array;
  readonly beforeAt: Int32Array;
  readonly before: Int32Array;
  /** How many of `before` are needed. */
  readonly quorum: Int32Array;
  readonly tieAt: Int32Array;
  readonly tieFrom: Int32Array;
  readonly tieGap: Float64Array;
  readonly tieOnDraft: Uint8Array;
  readonly legAt: Int32Array;
  readonly legs: readonly Leg[];
  readonly calendars: readonly (WorkingCalendar | null)[];
}

/** What has happened already to the run of a campaign that is running, and how long what is open has lasted. */
export interface SoFar {
  readonly now: number;
  /** By vertex: when it began and ended; NaN where it has not. */
  readonly begin: Float64Array;
  readonly end: Float64Array;
  /** By choice: the branch that was taken, or -1. */
  readonly branches: Int32Array;
  /** By loop: returns that have been, and 1 where there will be no more. */
  readonly returns: Int32Array;
  readonly isSettled: Uint8Array;
  /** By leg: the share of its distribution that can no longer come true, and the hours it has lasted. */
  readonly effortShare: Float64Array;
  readonly effortHours: Float64Array;
  readonly waitingShare: Float64Array;
}

/** What one run is about: which vertices run, and how long each leg waits and works. Filled anew for every run. */
export interface Draw {
  readonly soFar: SoFar | null;
  readonly active: Uint8Array;
  readonly waiting: Float64Array;
  readonly effort: Float64Array;
}

/** When each vertex is ready, begins and ends, in elapsed hours. */
export interface Times {
  readonly ready: Float64Array;
  readonly begin: Float64Array;
  readonly end: Float64Array;
}

export function layoutOf(model: Model, origin = 0): Layout {
  const { vertices } = model.network;
  const lists = <T>(of: (vertex: (typeof vertices)[number], position: number) => readonly T[]) => {
    const all = vertices.map(of);
    const at = new Int32Array(vertices.length + 1);
    all.forEach((list, position) => (at[position + 1] = at[position]! + list.length));
    return { at, all: all.flat() };
  };
  const before = lists((vertex) => vertex.before);
  const ties = lists((vertex) => vertex.ties);
  const steps = [...new Set(vertices.flatMap(({ step }) => step ?? []))];
  const places = new Map(steps.map((step, place) => [step, place]));
  const legs = lists((_, position) => model.works[position]!.legs);
  return {
    model,
    origin,
    size: vertices.length,
    isStep: Uint8Array.from(vertices, ({ step }) => (step ? 1 : 0)),
    steps,
    stepOf: Int32Array.from(vertices, ({ step }) => (step ? places.get(step)! : -1)),
    beforeAt: before.at,
    before: Int32Array.from(before.all),
    quorum: Int32Array.from(vertices, (vertex) => vertex.quorum ?? vertex.before.length),
    tieAt: ties.at,
    tieFrom: Int32Array.from(ties.all, (tie) => tie.from),
    tieGap: Float64Array.from(ties.all, (tie) => tie.gapHours),
    tieOnDraft: Uint8Array.from(ties.all, (tie) => (tie.startOn === 'draft' ? 1 : 0)),
    legAt: legs.at,
    legs: legs.all,
    calendars: legs.all.map((leg) => leg.calendar),
  };
}

export const newDraw = ({ size, legs }: Layout, soFar: SoFar | null = null): Draw => ({
  soFar,
  active: new Uint8Array(size).fill(1),
  waiting: Float64Array.from(legs, (leg) => leg.waiting.mean),
  effort: Float64Array.from(legs, (leg) => leg.effort.mean),
});

export const newTimes = ({ size }: Layout): Times => ({
  ready: new Float64Array(size),
  begin: new Float64Array(size),
  end: new Float64Array(size),
});

/** Notes for each vertex whether what it stands under has come true. */
export function activate(
  { model: { network } }: Layout,
  branch: ArrayLike<number>,
  returns: ArrayLike<number>,
  active: Uint8Array,
): void {
  const { guards, vertices } = network;
  const open = new Uint8Array(guards.length);
  for (let at = 0; at < guards.length; at++) {
    const { parent, needs } = guards[at]!;
    const here =
      needs.type === 'branch'
        ? branch[needs.choice] === needs.position
        : needs.type === 'return' && returns[needs.loop]! >= needs.count;
    open[at] = here && (parent === null || open[parent] === 1) ? 1 : 0;
  }
  for (let at = 0; at < vertices.length; at++) {
    const { guard } = vertices[at]!;
    active[at] = guard === null ? 1 : open[guard]!;
  }
}

/** The forward pass: as early as the order, the ties and the calendars allow, with as many people as it takes. */
export function forward(layout: Layout, draw: Draw, { ready, begin, end }: Times): void {
  const { active, effort, soFar } = draw;
  const { size, isStep } = layout;
  for (let vertex = 0; vertex < size; vertex++) {
    const start = readyOf(layout, vertex, active, begin, end);
    ready[vertex] = start;
    begin[vertex] = start;
    end[vertex] = start;
    if (isStep[vertex] === 0 || active[vertex] === 0) continue;
    begin[vertex] = beginOf(layout, vertex, start, draw);
    if (soFar !== null && !Number.isNaN(soFar.end[vertex]!)) end[vertex] = soFar.end[vertex]!;
    else {
      const ends = endOf(layout, vertex, begin[vertex]!, effort, active, end);
      end[vertex] = soFar === null ? ends : Math.max(ends, soFar.now);
    }
  }
}

/** When work on a vertex that is ready then begins; what has begun has, and nothing else can have begun before now. */
export function beginOf(
  { legAt, calendars }: Layout,
  vertex: number,
  ready: number,
  { waiting, soFar }: Draw,
): number {
  if (soFar !== null && !Number.isNaN(soFar.begin[vertex]!)) return soFar.begin[vertex]!;
  let begins = ready;
  for (let leg = legAt[vertex]!; leg < legAt[vertex + 1]!; leg++) {
    begins = Math.max(begins, finishOf(calendars[leg]!, ready, waiting[leg]!));
  }
  return soFar === null ? begins : Math.max(begins, soFar.now);
}

/** When what comes before a vertex is done, whoever is there to do it. */
export function readyOf(
  layout: Layout,
  vertex: number,
  active: Uint8Array,
  begin: Float64Array,
  end: Float64Array,
): number {
  const { beforeAt, before, quorum, tieAt, tieFrom, tieGap, tieOnDraft } = layout;
  const [from, to] = [beforeAt[vertex]!, beforeAt[vertex + 1]!];
  let ready = layout.origin;
  if (quorum[vertex]! < to - from) ready = nthEnd(before, from, to, quorum[vertex]!, end);
  else for (let at = from; at < to; at++) ready = Math.max(ready, end[before[at]!]!);
  if (active[vertex] === 0) return ready;
  for (let at = tieAt[vertex]!; at < tieAt[vertex + 1]!; at++) {
    const source = tieFrom[at]!;
    if (active[source] === 0) continue;
    ready = Math.max(ready, tieOnDraft[at] === 1 ? begin[source]! : end[source]! + tieGap[at]!);
  }
  return ready;
}

/** When work begun then is done: each leg in its hours, and not before the drafts it was begun on are final. */
export function endOf(
  { legAt, calendars, tieAt, tieFrom, tieOnDraft }: Layout,
  vertex: number,
  begins: number,
  effort: Float64Array,
  active: Uint8Array,
  end: Float64Array,
): number {
  let ends = begins;
  for (let leg = legAt[vertex]!; leg < legAt[vertex + 1]!; leg++) {
    ends = Math.max(ends, finishOf(calendars[leg]!, begins, effort[leg]!));
  }
  for (let at = tieAt[vertex]!; at < tieAt[vertex + 1]!; at++) {
    const source = tieFrom[at]!;
    if (tieOnDraft[at] === 1 && active[source] === 1) ends = Math.max(ends, end[source]!);
  }
  return ends;
}

/** The n-th smallest end; a gate has a handful of lanes, so looking through them again is as quick as sorting. */
function nthEnd(before: Int32Array, from: number, to: number, nth: number, end: Float64Array): number {
  let best = Infinity;
  for (let at = from; at < to; at++) {
    const candidate = end[before[at]!]!;
    let atMost = 0;
    for (let other = from; other < to; other++) if (end[before[other]!]! <= candidate) atMost++;
    if (atMost >= nth && candidate < best) best = candidate;
  }
  return best;
}

export const finishOf = (calendar: WorkingCalendar | null, ready: number, hours: number): number =>
  calendar === null ? ready + hours : calendar.finish(ready, hours);
