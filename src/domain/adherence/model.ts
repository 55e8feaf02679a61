import { type Guard, networkOf, type Vertex } from '../forecast/network.js';
import type { CompiledWorkflow } from '../workflow/compiled.js';

/** A set of small numbers, as bits. */
export type Bits = Uint32Array;

/**
 * The compiled form as something that is run step by step. A state is the set of the steps that are done, in each of their
 * rounds; what a choice, a return or a condition has decided follows from it. Conditions and `optional` may go either way.
 */
export class RunModel {
  readonly vertices: readonly Vertex[];
  readonly guards: readonly Guard[];
  readonly words: number;
  /** By guard: the vertices below it, the guards around it with itself, and the other branches of the same choice. */
  readonly below: readonly Bits[];
  readonly chains: readonly (readonly number[])[];
  readonly siblings: readonly (readonly number[])[];
  /** By vertex: the steps that come after it, and those that come before it. */
  readonly after: readonly Bits[];
  readonly before: readonly Bits[];
  /** By vertex: whether it may be left out whatever else runs. */
  readonly isOptional: readonly boolean[];
  /** By guard: whether nothing below it has to be done. */
  readonly isSkippable: boolean[];

  constructor(compiled: CompiledWorkflow) {
    const { vertices, guards } = networkOf(compiled, () => 'either');
    this.vertices = vertices;
    this.guards = guards;
    this.words = Math.ceil(vertices.length / 32);
    this.chains = guards.map((_, guard) => this.#chainOf(guard));
    this.below = guards.map((_, guard) =>
      this.#bits(({ guard: own }) => own !== null && this.chains[own]!.includes(guard)),
    );
    this.siblings = guards.map((_, guard) => this.#siblingsOf(guard));
    this.isOptional = vertices.map(({ step }) => step?.optional ?? false);
    this.isSkippable = [];
    // A branch within a branch has the higher number.
    for (let guard = guards.length - 1; guard >= 0; guard--) this.isSkippable[guard] = this.#canSkip(guard);
    this.after = this.#closures();
    this.before = vertices.map((_, vertex) => this.#bits((__, other) => has(this.after[other]!, vertex)));
  }

  empty(): Bits {
    return new Uint32Array(this.words);
  }

  /** Whether something below the guard is done, or it is supposed to come true. */
  isActive(guard: number, done: Bits, supposed: readonly number[]): boolean {
    return supposed.includes(guard) || intersects(this.below[guard]!, done);
  }

  /** Whether everything around a vertex has come true. */
  runs(vertex: number, done: Bits, supposed: readonly number[]): boolean {
    const { guard } = this.vertices[vertex]!;
    return guard === null || this.chains[guard]!.every((each) => this.isActive(each, done, supposed));
  }

  /** Whether a step can still be done: no other branch has been taken, and nothing that comes after it is done. */
  isOpen(vertex: number, done: Bits): boolean {
    const { step, guard } = this.vertices[vertex]!;
    if (step === null || has(done, vertex) || intersects(this.after[vertex]!, done)) return false;
    if (guard === null) return true;
    return this.chains[guard]!.every((each) =>
      this.siblings[each]!.every((other) => !this.isActive(other, done, [])),
    );
  }

  /**
   * Whether each vertex is behind: done, or left out with everything before it behind.
   * @param supposed guards that are supposed to come true.
   */
  behind(done: Bits, supposed: readonly number[], into: Uint8Array): Uint8Array {
    this.vertices.forEach(({ step, before, quorum, branches }, vertex) => {
      if (has(done, vertex)) {
        into[vertex] = 1;
        return;
      }
      let count = 0;
      for (const from of before) count += into[from]!;
      let isBehind = count >= (quorum ?? before.length);
      if (isBehind && (step !== null || branches !== null) && this.runs(vertex, done, supposed)) {
        if (step !== null) isBehind = this.isOptional[vertex]!;
        else if (branches !== null) {
          isBehind = branches.some(
            (guard) => this.isSkippable[guard]! || this.isActive(guard, done, supposed),
          );
        }
      }
      into[vertex] = isBehind ? 1 : 0;
    });
    return into;
  }

  /** Whether an open step has all it waits for, given what is behind when its own guards come true. */
  isEnabled(vertex: number, done: Bits, supposed: readonly number[], behind: Uint8Array): boolean {
    const { before, ties } = this.vertices[vertex]!;
    return (
      before.every((from) => behind[from] === 1) &&
      ties.every(({ from }) => has(done, from) || this.isOptional[from]! || !this.runs(from, done, supposed))
    );
  }

  #bits(isIn: (vertex: Vertex, at: number) => boolean): Bits {
    const bits = this.empty();
    this.vertices.forEach((vertex, at) => {
      if (isIn(vertex, at)) add(bits, at);
    });
    return bits;
  }

  #chainOf(guard: number): number[] {
    const { parent } = this.guards[guard]!;
    return parent === null ? [guard] : [...this.#chainOf(parent), guard];
  }

  #canSkip(guard: number): boolean {
    return this.vertices.every(({ step, guard: own, branches }, vertex) => {
      if (own !== guard) return true;
      if (branches !== null) return branches.some((branch) => this.isSkippable[branch]);
      return step === null || this.isOptional[vertex]!;
    });
  }

  #siblingsOf(guard: number): number[] {
    const { parent, needs } = this.guards[guard]!;
    if (needs.type !== 'branch') return [];
    return this.guards.flatMap((other, at) =>
      at !== guard &&
      other.parent === parent &&
      other.needs.type === 'branch' &&
      other.needs.choice === needs.choice
        ? [at]
        : [],
    );
  }

  /** The steps after each vertex. Past a gate with a quorum, a lane may go on, so what follows the gate is not after it. */
  #closures(): Bits[] {
    const after = this.vertices.map(() => this.empty());
    for (let vertex = this.vertices.length - 1; vertex >= 0; vertex--) {
      const { before, quorum, ties } = this.vertices[vertex]!;
      const sources = quorum !== null && quorum < before.length ? [] : before;
      for (const from of [...sources, ...ties.map((tie) => tie.from)]) {
        union(after[from]!, after[vertex]!);
        if (this.vertices[vertex]!.step) add(after[from]!, vertex);
      }
    }
    return after;
  }
}

export const has = (bits: Bits, at: number): boolean => (bits[at >>> 5]! & (1 << (at & 31))) !== 0;

export const add = (bits: Bits, at: number): void => {
  bits[at >>> 5]! |= 1 << (at & 31);
};

export function intersects(one: Bits, other: Bits): boolean {
  for (let word = 0; word < one.length; word++) if ((one[word]! & other[word]!) !== 0) return true;
  return false;
}

function union(into: Bits, other: Bits): void {
  for (let word = 0; word < into.length; word++) into[word]! |= other[word]!;
}
