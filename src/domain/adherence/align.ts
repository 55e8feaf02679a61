import FlatQueue from 'flatqueue';
import { CannotCalculate } from '../cannot-calculate.js';
import { add, type Bits, has, intersects, type RunModel } from './model.js';

/** One move of an alignment: an event and a step together, an event alone, or a step alone. */
export type Move =
  | { readonly type: 'both'; readonly vertex: number; readonly event: number }
  | { readonly type: 'inserted'; readonly event: number }
  | { readonly type: 'skipped'; readonly vertex: number };

export interface Alignment {
  /** Events without a step and steps without an event. */
  readonly cost: number;
  readonly moves: readonly Move[];
}

/** A trace so far from the model that this is not enough is not a trace of it; more would not fit into memory. */
const MAX_STATES = 1_000_000;

/** A state that has been reached: how much of the trace is behind, and what of the model is done. */
interface Reached {
  readonly position: number;
  readonly done: Bits;
  readonly cost: number;
  /** How many moves it took. */
  readonly depth: number;
  readonly from: number;
  readonly move: Move | null;
}

/**
 * The cheapest way to explain a trace by a run of the model, with unit costs: A* over the synchronous product (van der
 * Aalst, Adriansyah and van Dongen 2012), where the estimate of what is left counts events that no open step can take and
 * steps that no event is left for. Equal costs are told apart in a fixed order, so the same trace has the same alignment.
 * @param trace by event: the steps it may be, as vertices; empty is an event that no step is called.
 * @throws CannotCalculate when the trace strays too far to be explained within the limit.
 */
export function align(model: RunModel, trace: readonly (readonly number[])[]): Alignment {
  return new Search(model, trace).run();
}

class Search {
  readonly #reached: Reached[] = [];
  readonly #known = new Map<string, number>();
  readonly #closed = new Set<string>();
  readonly #queue = new FlatQueue();
  readonly #labels: readonly number[];
  /** By position and label: events left. */
  readonly #left: readonly Int32Array[];
  /** By position: the vertices that events from there on could be. */
  readonly #wanted: readonly Bits[];
  readonly #labelOf: Int32Array;

  constructor(
    private readonly model: RunModel,
    private readonly trace: readonly (readonly number[])[],
  ) {
    // Copies of a step in other rounds have the same label: the first of them.
    const first = new Map<string, number>();
    this.#labelOf = Int32Array.from(model.vertices, ({ step }, vertex) => {
      if (step === null) return -1;
      if (!first.has(step.key)) first.set(step.key, vertex);
      return first.get(step.key)!;
    });
    this.#labels = [...first.values()];
    const left: Int32Array[] = [new Int32Array(model.vertices.length)];
    const wanted: Bits[] = [model.empty()];
    for (let at = trace.length - 1; at >= 0; at--) {
      const [counts, bits] = [left[0]!.slice(), wanted[0]!.slice()];
      const [vertex] = trace[at]!;
      if (vertex !== undefined) counts[this.#labelOf[vertex]!]!++;
      for (const each of trace[at]!) add(bits, each);
      left.unshift(counts);
      wanted.unshift(bits);
    }
    this.#left = left;
    this.#wanted = wanted;
  }

  run(): Alignment {
    this.#reach({ position: 0, done: this.model.empty(), cost: 0, depth: 0, from: -1, move: null });
    const behind = new Uint8Array(this.model.vertices.length);
    while (this.#queue.length > 0) {
      const at = this.#queue.pop()!;
      const state = this.#reached[at]!;
      const key = keyOf(state.position, state.done);
      if (this.#closed.has(key)) continue;
      this.#closed.add(key);
      this.model.behind(state.done, [], behind);
      const isOver = state.position === this.trace.length && behind[behind.length - 1] === 1;
      if (isOver) return { cost: state.cost, moves: this.#wayTo(at) };
      this.#expand(at, state, behind.slice());
    }
    throw new Error('a model without any run');
  }

  #expand(from: number, state: Reached, behind: Uint8Array): void {
    const { position, done, cost } = state;
    const depth = state.depth + 1;
    const isEnd = position === this.trace.length;
    for (const vertex of isEnd ? [] : this.trace[position]!) {
      if (!this.#isEnabled(vertex, done, behind)) continue;
      const move: Move = { type: 'both', vertex, event: position };
      this.#reach({ position: position + 1, done: withBit(done, vertex), cost, depth, from, move });
      // Nothing is gained by not taking a step that has to be done and closes nothing.
      if (this.#isSafe(vertex, done)) return;
    }
    if (!isEnd && state.move?.type !== 'skipped') {
      const move: Move = { type: 'inserted', event: position };
      this.#reach({ position: position + 1, done, cost: cost + 1, depth, from, move });
    }
    this.#skip(from, state, behind);
  }

  /** Steps without events: only those that an event still to come waits for, and at the end those that are missing. */
  #skip(from: number, { position, done, cost, depth, move }: Reached, behind: Uint8Array): void {
    const wanted = this.#wanted[position]!;
    const isEnd = position === this.trace.length;
    for (let vertex = 0; vertex < this.model.vertices.length; vertex++) {
      if (this.model.vertices[vertex]!.step === null) continue;
      if (!isEnd && !intersects(this.model.after[vertex]!, wanted)) continue;
      // Steps that do not wait for each other are skipped in one order only.
      const isLate =
        move?.type === 'skipped' && vertex < move.vertex && !has(this.model.after[move.vertex]!, vertex);
      if (isLate || !this.#isEnabled(vertex, done, behind)) continue;
      const skipped: Move = { type: 'skipped', vertex };
      this.#reach({
        position,
        done: withBit(done, vertex),
        cost: cost + 1,
        depth: depth + 1,
        from,
        move: skipped,
      });
      // At the end all that is missing has to be skipped, in whatever order.
      if (isEnd && this.#isSafe(vertex, done)) return;
    }
  }

  #isEnabled(vertex: number, done: Bits, behind: Uint8Array): boolean {
    const { model } = this;
    if (!model.isOpen(vertex, done)) return false;
    const { guard } = model.vertices[vertex]!;
    if (guard === null || model.runs(vertex, done, [])) return model.isEnabled(vertex, done, [], behind);
    const supposed = model.chains[guard]!;
    const then = model.behind(done, supposed, new Uint8Array(model.vertices.length));
    return model.isEnabled(vertex, done, supposed, then);
  }

  /** Whether a step runs in any case, and everything before it is done or can no longer be. */
  #isSafe(vertex: number, done: Bits): boolean {
    const { model } = this;
    if (model.isOptional[vertex]! || !model.runs(vertex, done, [])) return false;
    const before = model.before[vertex]!;
    for (let other = 0; other < model.vertices.length; other++) {
      if (has(before, other) && model.isOpen(other, done)) return false;
    }
    return true;
  }

  #reach(state: Reached): void {
    const key = keyOf(state.position, state.done);
    const known = this.#known.get(key);
    if (known !== undefined && this.#reached[known]!.cost <= state.cost) return;
    if (this.#reached.length >= MAX_STATES) {
      throw new CannotCalculate(
        `a case of ${this.trace.length} events strays so far from the workflow that its alignment was given up after ${MAX_STATES} states`,
      );
    }
    const at = this.#reached.push(state) - 1;
    this.#known.set(key, at);
    // Among equals the one that is further is looked at first.
    const further =
      (state.position + state.depth) / (2 * (this.trace.length + this.model.vertices.length + 1));
    this.#queue.push(at, state.cost + this.#estimate(state) + (1 - further) / 2);
  }

  /** What is left at least: events for which no step is open, and steps that have to be done for which no event is left. */
  #estimate({ position, done }: Reached): number {
    const left = this.#left[position]!;
    const [open, needed] = [new Int32Array(left.length), new Int32Array(left.length)];
    for (let vertex = 0; vertex < left.length; vertex++) {
      const label = this.#labelOf[vertex]!;
      if (label < 0 || has(done, vertex)) continue;
      if (this.model.isOpen(vertex, done)) open[label]!++;
      if (!this.model.isOptional[vertex]! && this.model.runs(vertex, done, [])) needed[label]!++;
    }
    let cost = 0;
    let matched = 0;
    for (const label of this.#labels) {
      cost += Math.max(0, left[label]! - open[label]!) + Math.max(0, needed[label]! - left[label]!);
      matched += left[label]!;
    }
    // The rest are events that no step is called.
    return cost + (this.trace.length - position - matched);
  }

  #wayTo(at: number): Move[] {
    const moves: Move[] = [];
    for (let state = this.#reached[at]!; state.move !== null; state = this.#reached[state.from]!)
      moves.push(state.move);
    return moves.reverse();
  }
}

const keyOf = (position: number, done: Bits): string => String.fromCharCode(position, ...halves(done));

/** Halves of words, each of which is a character. */
function halves(bits: Bits): number[] {
  const codes: number[] = [];
  for (const word of bits) codes.push(word & 0xffff, word >>> 16);
  return codes;
}

function withBit(bits: Bits, at: number): Bits {
  const copy = bits.slice();
  add(copy, at);
  return copy;
}
