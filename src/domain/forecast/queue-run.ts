import FlatQueue from 'flatqueue';
import { beginOf, type Draw, type Layout, type Times, finishOf } from './layout.js';

/** What happens at a moment: a vertex has all it waits for, its waiting is over, its work is done, or it is known to have begun. */
const [READY, WAITED, WORKED, KNOWN] = [0, 1, 2, 3] as const;
const KINDS = 4;

/**
 * One run in which people are few: a step that is ready queues for its people, and whoever is free takes the step that
 * has waited longest among those there are enough people for. Nothing begun is interrupted.
 */
export class QueueRun {
  /** By resource: elapsed hours that steps of this run waited for it. */
  readonly waitHours: Float64Array;
  /** By vertex: the one whose end freed the people it waited for; -1 where it waited for nobody. */
  readonly heldBy: Int32Array;

  readonly #events = new FlatQueue();
  readonly #free: Float64Array;
  readonly #freedBy: Int32Array;
  readonly #open: Int32Array;
  /** How many of the drafts that a vertex works on are not final, and whether its own work is done. */
  readonly #drafts: Int32Array;
  readonly #isWorked: Uint8Array;
  /** Whether the vertex has people at work. */
  readonly #isHolding: Uint8Array;
  readonly #isQueuedFor: Int32Array;
  readonly #queue: number[] = [];
  readonly #after: readonly number[][];
  readonly #tiesAfter: readonly number[][];
  readonly #tieTo: Int32Array;
  #draw!: Draw;
  #times!: Times;
  #now = 0;

  constructor(private readonly layout: Layout) {
    const { size, model, beforeAt, before, tieAt, tieFrom } = layout;
    this.waitHours = new Float64Array(model.resources.length);
    this.heldBy = new Int32Array(size);
    this.#free = new Float64Array(model.resources.length);
    this.#freedBy = new Int32Array(model.resources.length);
    this.#open = new Int32Array(size);
    this.#drafts = new Int32Array(size);
    this.#isWorked = new Uint8Array(size);
    this.#isHolding = new Uint8Array(size);
    this.#isQueuedFor = new Int32Array(size);
    const after = Array.from({ length: size }, (): number[] => []);
    const tiesAfter = Array.from({ length: size }, (): number[] => []);
    this.#tieTo = new Int32Array(tieFrom.length);
    for (let vertex = 0; vertex < size; vertex++) {
      for (let at = beforeAt[vertex]!; at < beforeAt[vertex + 1]!; at++) after[before[at]!]!.push(vertex);
      for (let at = tieAt[vertex]!; at < tieAt[vertex + 1]!; at++) {
        tiesAfter[tieFrom[at]!]!.push(at);
        this.#tieTo[at] = vertex;
      }
    }
    this.#after = after;
    this.#tiesAfter = tiesAfter;
  }

  run(draw: Draw, times: Times): void {
    this.#reset(draw, times);
    while (this.#events.length > 0) {
      this.#now = this.#events.peekValue()!;
      // Everything of one moment comes first, so that who is freed in it can be taken in it.
      while (this.#events.length > 0 && this.#events.peekValue()! <= this.#now)
        this.#happen(this.#events.pop()!);
      this.#dispatch();
    }
  }

  #reset(draw: Draw, times: Times): void {
    const { size, model, quorum, tieAt, tieFrom, tieOnDraft } = this.layout;
    this.#draw = draw;
    this.#times = times;
    this.waitHours.fill(0);
    this.heldBy.fill(-1);
    this.#freedBy.fill(-1);
    this.#drafts.fill(0);
    this.#isWorked.fill(0);
    this.#isHolding.fill(0);
    model.resources.forEach(({ capacity }, at) => (this.#free[at] = capacity));
    times.ready.fill(this.layout.origin);
    for (let vertex = 0; vertex < size; vertex++) {
      let open = quorum[vertex]!;
      for (let at = tieAt[vertex]!; at < tieAt[vertex + 1]! && draw.active[vertex] === 1; at++) {
        if (draw.active[tieFrom[at]!] === 0) continue;
        open++;
        if (tieOnDraft[at] === 1) this.#drafts[vertex]!++;
      }
      const began = draw.soFar === null ? Number.NaN : draw.soFar.begin[vertex]!;
      if (!Number.isNaN(began) && draw.active[vertex] === 1) {
        // It has begun, whatever it should have waited for.
        open = -1;
        this.#plan(began, KNOWN, vertex);
      }
      this.#open[vertex] = open;
      if (open === 0) this.#plan(this.layout.origin, READY, vertex);
    }
  }

  #plan(moment: number, kind: number, vertex: number): void {
    this.#events.push(vertex * KINDS + kind, moment);
  }

  #happen(event: number): void {
    const vertex = Math.floor(event / KINDS);
    const kind = event % KINDS;
    if (kind === READY) this.#becomeReady(vertex);
    else if (kind === WAITED) this.#enqueue(vertex);
    else if (kind === WORKED) this.#finishWork(vertex);
    else this.#beginKnown(vertex);
  }

  #beginKnown(vertex: number): void {
    const end = this.#draw.soFar!.end[vertex]!;
    this.#isQueuedFor[vertex] = -1;
    if (Number.isNaN(end)) this.#begin(vertex);
    else {
      this.#startDrafts(vertex);
      this.#plan(end, WORKED, vertex);
    }
  }

  #becomeReady(vertex: number): void {
    const { isStep } = this.layout;
    this.#times.ready[vertex] = this.#now;
    if (isStep[vertex] === 0 || this.#draw.active[vertex] === 0) {
      this.#times.begin[vertex] = this.#now;
      this.#complete(vertex);
      return;
    }
    const begins = beginOf(this.layout, vertex, this.#now, this.#draw);
    if (begins > this.#now) this.#plan(begins, WAITED, vertex);
    else this.#enqueue(vertex);
  }

  #enqueue(vertex: number): void {
    this.#times.begin[vertex] = this.#now;
    this.#isQueuedFor[vertex] = -1;
    this.#queue.push(vertex);
  }

  /** Lets everybody begin for whom there are people, longest wait first. */
  #dispatch(): void {
    let kept = 0;
    for (const vertex of this.#queue) {
      const lacking = this.#lacking(vertex);
      if (lacking < 0) this.#begin(vertex);
      else {
        this.#isQueuedFor[vertex] = lacking;
        this.#queue[kept++] = vertex;
      }
    }
    this.#queue.length = kept;
  }

  /** The first resource of which there is too little, or -1. */
  #lacking(vertex: number): number {
    for (const { resource, units } of this.layout.model.works[vertex]!.demands) {
      if (this.#free[resource]! < units) return resource;
    }
    return -1;
  }

  #begin(vertex: number): void {
    const { layout } = this;
    const wanted = this.#isQueuedFor[vertex]!;
    if (wanted >= 0) {
      this.waitHours[wanted]! += this.#now - this.#times.begin[vertex]!;
      this.heldBy[vertex] = this.#freedBy[wanted]!;
    }
    for (const { resource, units } of layout.model.works[vertex]!.demands) this.#free[resource]! -= units;
    this.#isHolding[vertex] = 1;
    this.#startDrafts(vertex);
    let ends = this.#draw.soFar === null ? this.#now : this.#draw.soFar.now;
    for (let leg = layout.legAt[vertex]!; leg < layout.legAt[vertex + 1]!; leg++) {
      ends = Math.max(ends, finishOf(layout.calendars[leg]!, this.#now, this.#draw.effort[leg]!));
    }
    this.#plan(ends, WORKED, vertex);
  }

  /** Whoever may work on its draft need wait no longer. */
  #startDrafts(vertex: number): void {
    this.#times.begin[vertex] = this.#now;
    for (const tie of this.#tiesAfter[vertex]!) {
      const next = this.#tieTo[tie]!;
      const isWaiting = this.layout.tieOnDraft[tie] === 1 && this.#draw.active[next] === 1;
      if (isWaiting) this.#release(next, this.#now);
    }
  }

  /** Work on a draft is done when the draft is final. */
  #finishWork(vertex: number): void {
    this.#isWorked[vertex] = 1;
    if (this.#drafts[vertex]! > 0) return;
    for (const { resource, units } of this.layout.model.works[vertex]!.demands) {
      if (this.#isHolding[vertex] === 0) continue;
      this.#free[resource]! += units;
      this.#freedBy[resource] = vertex;
    }
    this.#complete(vertex);
  }

  #complete(vertex: number): void {
    const { quorum, beforeAt, tieGap, tieOnDraft } = this.layout;
    this.#times.end[vertex] = this.#now;
    for (const next of this.#after[vertex]!) {
      // Beyond a quorum nobody is waited for.
      const isPartial = quorum[next]! < beforeAt[next + 1]! - beforeAt[next]!;
      if (!isPartial || this.#open[next]! > 0) this.#release(next, this.#now);
    }
    if (this.#draw.active[vertex] === 0) return;
    for (const tie of this.#tiesAfter[vertex]!) {
      const next = this.#tieTo[tie]!;
      if (this.#draw.active[next] === 0) continue;
      if (tieOnDraft[tie] === 0) this.#release(next, this.#now + tieGap[tie]!);
      else {
        const left = --this.#drafts[next]!;
        if (left === 0 && this.#isWorked[next] === 1) this.#plan(this.#now, WORKED, next);
      }
    }
  }

  /** One thing less to wait for. */
  #release(vertex: number, moment: number): void {
    this.#times.ready[vertex] = Math.max(this.#times.ready[vertex]!, moment);
    const left = --this.#open[vertex]!;
    if (left === 0) this.#plan(this.#times.ready[vertex], READY, vertex);
  }
}
