import { chance, streamOf } from '../forecast/chance.js';
import { endOf, finishOf, readyOf } from '../forecast/layout.js';
import { Profile } from './profile.js';
import type { Project } from './project.js';

/** When each vertex begins and ends. */
export interface Placement {
  readonly begin: Float64Array;
  readonly end: Float64Array;
}
export interface Found extends Placement {
  readonly makespan: number;
  /** Schedules that were made on the way. */
  readonly tries: number;
}

/** Moments this close are the same. */
const SAME = 1e-6;
/** After so many fresh starts the search goes on from the best orders that it has found. */
const ELITE = 40;

/**
 * Looks for a short schedule: serial schedule generation with regret-based biased random sampling by latest end, each
 * improved forward and backward (Kolisch and Hartmann 2006; Tormos and Lova 2001). Every schedule made counts as a try.
 * Stops when none can be shorter than the lower bound.
 */
export function search(
  project: Project,
  { tries, seed, lowerBound }: { tries: number; seed: number; lowerBound: number },
  progress: (done: number) => void = () => undefined,
): Found {
  return new Search(project, seed).run(tries, lowerBound, progress);
}

class Search {
  readonly #size: number;
  readonly #active: Uint8Array;
  readonly #begin: Float64Array;
  readonly #end: Float64Array;
  readonly #ready: Float64Array;
  readonly #open: Int32Array;
  readonly #profile: Profile;
  readonly #needs: readonly Int32Array[];
  readonly #after: readonly number[][];
  /** How soon each vertex should be taken; smaller is sooner. */
  readonly #priority: Float64Array;
  readonly #eligible: number[] = [];
  readonly #stream;
  readonly #regretUnit: number;
  #draws = 0;
  #tries = 0;

  constructor(
    private readonly project: Project,
    seed: number,
  ) {
    const { layout, draw, late } = project;
    this.#size = layout.size;
    this.#active = draw.active;
    this.#begin = new Float64Array(layout.size);
    this.#end = new Float64Array(layout.size);
    this.#ready = new Float64Array(layout.size);
    this.#open = new Int32Array(layout.size);
    const limited = layout.model.resources.map(({ capacity }) =>
      Number.isFinite(capacity) ? capacity : 2 ** 30,
    );
    this.#profile = new Profile(Int32Array.from(limited), layout.size);
    this.#needs = layout.model.works.map(({ demands }) => {
      const needs = new Int32Array(limited.length);
      for (const { resource, units } of demands) {
        needs[resource] = Number.isFinite(layout.model.resources[resource]!.capacity) ? units : 0;
      }
      return needs;
    });
    this.#after = followersOf(project);
    this.#priority = late.end.slice();
    this.#stream = streamOf(seed, 'schedule');
    const efforts = layout.legs.map(({ effort }) => effort.mean).filter((hours) => hours > 0);
    this.#regretUnit = Math.max(
      1e-9,
      efforts.reduce((sum, each) => sum + each, 0) / Math.max(1, efforts.length) / 5,
    );
  }

  run(tries: number, lowerBound: number, progress: (done: number) => void): Found {
    let best: Found | null = null;
    const elite: { makespan: number; order: Float64Array }[] = [];
    const isDone = () => this.#tries >= tries || (best !== null && best.makespan <= lowerBound + SAME);
    for (let round = 0; !isDone(); round++) {
      if (round > ELITE) this.#varied(elite);
      else this.#sampled(round === 0);
      let makespan = this.#makespan();
      // Pushing everything late and then early again closes gaps; as long as that helps it is done again.
      for (let improved = true; improved && this.#tries + 2 <= tries && makespan > lowerBound + SAME;) {
        this.#pushLate(makespan);
        this.#listed(this.#begin);
        improved = this.#makespan() < makespan - SAME;
        makespan = Math.min(makespan, this.#makespan());
      }
      if (best === null || this.#makespan() < best.makespan - SAME) {
        best = { begin: this.#begin.slice(), end: this.#end.slice(), makespan: this.#makespan(), tries: 0 };
      }
      keepBest(elite, { makespan: this.#makespan(), order: this.#begin.slice() });
      progress(this.#tries);
    }
    return { ...best!, tries: this.#tries };
  }

  #makespan(): number {
    return this.#end[this.#size - 1]!;
  }

  /** Takes what may be taken next by lot, the more likely the more it would be regretted to leave it. */
  #sampled(isFirst: boolean): void {
    this.#generate(() => {
      const { length } = this.#eligible;
      let [first, latest] = [0, -Infinity];
      for (let at = 0; at < length; at++) {
        const own = this.#priority[this.#eligible[at]!]!;
        latest = Math.max(latest, own);
        if (own < this.#priority[this.#eligible[first]!]!) first = at;
      }
      if (isFirst || length === 1) return first;
      let total = 0;
      for (let at = 0; at < length; at++) total += this.#regret(at, latest);
      let left = chance(this.#stream, this.#draws++) * total;
      for (let at = 0; at < length; at++) if ((left -= this.#regret(at, latest)) < 0) return at;
      return length - 1;
    });
  }

  #regret(at: number, latest: number): number {
    return (latest - this.#priority[this.#eligible[at]!]!) / this.#regretUnit + 1;
  }

  /** Takes what may be taken next in the order of a list. */
  #listed(order: Float64Array): void {
    const list = order.slice();
    this.#generate(() => {
      let first = 0;
      for (let at = 1; at < this.#eligible.length; at++) {
        const [own, other] = [this.#eligible[at]!, this.#eligible[first]!];
        if (list[own]! < list[other]! || (list[own] === list[other] && own < other)) first = at;
      }
      return first;
    });
  }

  /** Mixes two of the best: up to a moment as in the one, from there on as in the other. */
  #varied(elite: readonly { makespan: number; order: Float64Array }[]): void {
    const pick = () => elite[Math.floor(chance(this.#stream, this.#draws++) * elite.length)]!;
    const [one, other] = [pick(), pick()];
    const cut = chance(this.#stream, this.#draws++) * one.makespan;
    const late = 2 * (one.makespan + other.makespan);
    const order = one.order.map((begin, vertex) => (begin <= cut ? begin : late + other.order[vertex]!));
    for (let swaps = 0; swaps < 2; swaps++) {
      const vertex = Math.floor(chance(this.#stream, this.#draws++) * this.#size);
      order[vertex]! *= 0.5 + chance(this.#stream, this.#draws++);
    }
    this.#listed(order);
  }

  /** Serial generation: one vertex after another, each as early as its predecessors and the people allow. */
  #generate(next: () => number): void {
    this.#tries++;
    this.#profile.clear();
    this.#eligible.length = 0;
    this.#placeKnown();
    const { beforeAt, tieAt, tieFrom } = this.project.layout;
    for (let vertex = 0; vertex < this.#size; vertex++) {
      let open = beforeAt[vertex + 1]! - beforeAt[vertex]!;
      if (this.#active[vertex] === 1) {
        for (let at = tieAt[vertex]!; at < tieAt[vertex + 1]!; at++) open += this.#active[tieFrom[at]!]!;
      }
      this.#open[vertex] = open;
    }
    this.#becomeEligible(0);
    while (this.#eligible.length > 0) {
      const at = next();
      const vertex = this.#eligible[at]!;
      this.#eligible[at] = this.#eligible.at(-1)!;
      this.#eligible.pop();
      this.#place(vertex);
    }
  }

  /** What is known to have begun keeps its people, whatever else is placed. */
  #placeKnown(): void {
    const { soFar } = this.project.draw;
    if (soFar === null) return;
    for (let vertex = 0; vertex < this.#size; vertex++) {
      const isOpen = !Number.isNaN(soFar.begin[vertex]!) && Number.isNaN(soFar.end[vertex]!);
      if (isOpen) this.#profile.take(soFar.begin[vertex]!, this.#knownEnd(vertex), this.#needs[vertex]!);
    }
  }

  #knownEnd(vertex: number): number {
    const { soFar } = this.project.draw;
    const end = soFar!.end[vertex]!;
    return Number.isNaN(end) ? Math.max(soFar!.now, this.#endFrom(vertex, soFar!.begin[vertex]!)) : end;
  }

  /** Steps are chosen among; whatever takes no work is placed at once. */
  #becomeEligible(vertex: number): void {
    const { layout } = this.project;
    if (layout.isStep[vertex] === 1 && this.#active[vertex] === 1) this.#eligible.push(vertex);
    else this.#place(vertex);
  }

  #place(vertex: number): void {
    const { layout, draw } = this.project;
    const ready = readyOf(layout, vertex, this.#active, this.#begin, this.#end);
    this.#ready[vertex] = ready;
    this.#begin[vertex] = ready;
    this.#end[vertex] = ready;
    if (layout.isStep[vertex] === 1 && this.#active[vertex] === 1) {
      const { soFar } = draw;
      if (soFar !== null && !Number.isNaN(soFar.begin[vertex]!)) {
        this.#begin[vertex] = soFar.begin[vertex]!;
        this.#end[vertex] = this.#knownEnd(vertex);
      } else this.#placeStep(vertex, this.#waited(vertex, ready));
    }
    for (const next of this.#after[vertex]!) {
      const left = --this.#open[next]!;
      if (left === 0) this.#becomeEligible(next);
    }
  }

  #placeStep(vertex: number, ready: number): void {
    const begin = this.#profile.earliest(
      ready,
      this.#needs[vertex]!,
      (moment) => this.#endFrom(vertex, moment),
      (moment) => this.#opening(vertex, moment),
    );
    const end = this.#endFrom(vertex, begin);
    this.#begin[vertex] = begin;
    this.#end[vertex] = end;
    this.#profile.take(begin, end, this.#needs[vertex]!);
  }

  /** When the waiting before the work is over. */
  #waited(vertex: number, ready: number): number {
    const { layout, draw } = this.project;
    let begins = draw.soFar === null ? ready : Math.max(ready, draw.soFar.now);
    for (let leg = layout.legAt[vertex]!; leg < layout.legAt[vertex + 1]!; leg++) {
      begins = Math.max(begins, finishOf(layout.calendars[leg]!, ready, draw.waiting[leg]!));
    }
    return begins;
  }

  #endFrom(vertex: number, begin: number): number {
    return endOf(this.project.layout, vertex, begin, this.project.draw.effort, this.#active, this.#end);
  }

  /** The first moment at which any of those who do the step is at work: nobody is held overnight for nothing. */
  #opening(vertex: number, moment: number): number {
    const { legAt, calendars } = this.project.layout;
    const { effort } = this.project.draw;
    let opening = Infinity;
    for (let leg = legAt[vertex]!; leg < legAt[vertex + 1]!; leg++) {
      const calendar = calendars[leg] ?? null;
      opening = Math.min(opening, calendar === null || effort[leg] === 0 ? moment : calendar.begin(moment));
    }
    return opening === Infinity ? moment : opening;
  }

  /**
   * Pushes everything as late as the end allows, last end first, and leaves the beginnings as the order in which to push
   * it early again. Only the order is used of it, so what a calendar or a quorum would say is left out.
   */
  #pushLate(makespan: number): void {
    this.#tries++;
    const order = Array.from({ length: this.#size }, (_, vertex) => vertex).sort(
      (one, other) => this.#end[other]! - this.#end[one]! || other - one,
    );
    const begins = new Float64Array(this.#size);
    this.#profile.clear();
    for (const vertex of order) {
      let last = makespan;
      for (const next of this.#after[vertex]!) last = Math.min(last, begins[next]!);
      const length = this.#end[vertex]! - this.#begin[vertex]!;
      // Time runs backwards here: what begins `-last` ends `length` later.
      const back = this.#profile.earliest(
        -last,
        this.#needs[vertex]!,
        (moment) => moment + length,
        (moment) => moment,
      );
      this.#profile.take(back, back + length, this.#needs[vertex]!);
      begins[vertex] = -back - length;
    }
    this.#begin.set(begins);
  }
}

function keepBest(
  elite: { makespan: number; order: Float64Array }[],
  found: { makespan: number; order: Float64Array },
): void {
  const place = elite.findIndex(({ makespan }) => makespan > found.makespan);
  if (elite.length < ELITE) elite.splice(place < 0 ? elite.length : place, 0, found);
  else if (place >= 0) {
    elite.splice(place, 0, found);
    elite.pop();
  }
}

/** What waits for each vertex, by order or by tie. */
function followersOf({ layout, draw: { active } }: Project): number[][] {
  const { size, beforeAt, before, tieAt, tieFrom } = layout;
  const after = Array.from({ length: size }, (): number[] => []);
  for (let vertex = 0; vertex < size; vertex++) {
    for (let at = beforeAt[vertex]!; at < beforeAt[vertex + 1]!; at++) after[before[at]!]!.push(vertex);
    if (active[vertex] === 0) continue;
    for (let at = tieAt[vertex]!; at < tieAt[vertex + 1]!; at++) {
      if (active[tieFrom[at]!] === 1) after[tieFrom[at]!]!.push(vertex);
    }
  }
  return after;
}
