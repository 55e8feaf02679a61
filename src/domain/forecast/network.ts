import { CannotCalculate } from '../cannot-calculate.js';
import {
  type ChoiceNode,
  type CompiledWorkflow,
  type LoopNode,
  type Node,
  type OrderNode,
  walk,
} from '../workflow/compiled.js';
import { hoursOf } from '../duration.js';
import type { Step } from '../workflow/workflow.js';

/**
 * The compiled form laid out for calculation: a graph without circles. A rework loop is unrolled into as many copies as
 * it may have rounds; what a choice or a loop leaves out takes no time and is passed through.
 */
export interface Network {
  /** In an order in which everything comes after what it waits for; the last one is the end of the campaign. */
  readonly vertices: readonly Vertex[];
  readonly guards: readonly Guard[];
  readonly choices: readonly ChoiceNode[];
  readonly loops: readonly LoopNode[];
}

export interface Vertex {
  /** Null where nothing is done: the beginning or end of a part, a gate, a hand-off. */
  readonly step: Step | null;
  /** How often it has been returned by the time of this copy. */
  readonly round: number;
  /** Positions of what comes before it in the order. */
  readonly before: readonly number[];
  /** How many of `before` must be done; null is all. */
  readonly quorum: number | null;
  /** `needs` and launch order: they bind when both ends run. */
  readonly ties: readonly Tie[];
  /** Position of the guard that says whether it runs; null is always. */
  readonly guard: number | null;
  /** Where a choice ends: the guards of its branches, of which one has to come true. */
  readonly branches: readonly number[] | null;
}
export interface Tie {
  readonly from: number;
  readonly gapHours: number;
  /** `draft`: may start when the other has started, and end when it has ended. */
  readonly startOn: Step['startOn'];
}

/** What must have come true for a vertex to run. */
export interface Guard {
  readonly parent: number | null;
  /** A branch of a choice was taken, a loop has had that many returns, or a condition, which holds or does not. */
  readonly needs:
    | { readonly type: 'branch'; readonly choice: number; readonly position: number }
    | { readonly type: 'return'; readonly loop: number; readonly count: number }
    | { readonly type: 'never' }
    | { readonly type: 'either' };
}

/** A loop within a loop multiplies; a definition of this size is a mistake and would not be finished. */
const MAX_VERTICES = 20_000;

/**
 * @param holds whether a condition of a step or branch holds for the campaign; null is not known and taken to hold, and
 *   `either` leaves it open.
 */
export const networkOf = (
  compiled: CompiledWorkflow,
  holds: (condition: string) => boolean | null | 'either' = () => null,
): Network => new NetworkBuilder(compiled, holds).build();

/** Every condition of a step or branch. */
export function conditionsOf({ root }: CompiledWorkflow): string[] {
  const whens = [...walk(root)].flatMap((node) =>
    node.type === 'step' ? (node.step.when ?? []) : node.type === 'order' ? (node.when ?? []) : [],
  );
  return [...new Set(whens)];
}

interface Draft {
  step: Step | null;
  round: number;
  before: number[];
  quorum: number | null;
  ties: { from: number; gapHours: number; startOn: Step['startOn'] }[];
  guard: number | null;
  branches: number[] | null;
}

class NetworkBuilder {
  readonly #vertices: Draft[] = [];
  readonly #guards: Guard[] = [];
  readonly #choices = new Map<ChoiceNode, number>();
  readonly #loops: LoopNode[] = [];
  /** The copies of each step and gate, and the rounds of the loops that each stands in. */
  readonly #copies = new Map<string, { vertex: number; rounds: ReadonlyMap<LoopNode, number> }[]>();
  #rounds: ReadonlyMap<LoopNode, number> = new Map();

  constructor(
    private readonly compiled: CompiledWorkflow,
    private readonly holds: (condition: string) => boolean | null | 'either',
  ) {}

  build(): Network {
    const end = this.#place(this.compiled.root, this.#add(null, [], null), null);
    this.#tie();
    return {
      vertices: inOrder(this.#vertices, end),
      guards: this.#guards,
      choices: [...this.#choices.keys()],
      loops: this.#loops,
    };
  }

  /**
   * Each copy of what waits is tied to the copy of the same round where the loop is around both, else to the first: what
   * has been done once is there, even if it is returned later.
   */
  #tie(): void {
    for (const { from, to, minGap } of this.compiled.links) {
      const gapHours = minGap === null ? 0 : hoursOf(minGap);
      for (const target of this.#copies.get(`${to.kind} ${to.key}`) ?? []) {
        const source = this.#copies
          .get(`${from.kind} ${from.key}`)
          ?.find(({ rounds }) => [...rounds].every(([loop, at]) => at === (target.rounds.get(loop) ?? 0)));
        const vertex = this.#vertices[target.vertex];
        if (!source || !vertex) continue;
        vertex.ties.push({ from: source.vertex, gapHours, startOn: vertex.step?.startOn ?? 'final' });
      }
    }
  }

  #add(step: Step | null, before: number[], guard: number | null, quorum: number | null = null): number {
    if (this.#vertices.length >= MAX_VERTICES)
      throw new CannotCalculate(
        `with all its rework the workflow has more than ${MAX_VERTICES} steps; lower the 'max' of nested rework`,
      );
    const round = [...this.#rounds.values()].reduce((sum, count) => sum + count, 0);
    return this.#vertices.push({ step, round, before, quorum, ties: [], guard, branches: null }) - 1;
  }

  #guard(parent: number | null, needs: Guard['needs']): number {
    return this.#guards.push({ parent, needs }) - 1;
  }

  /** Places a node after a vertex and returns the vertex at which all of it is done. */
  #place(node: Node, after: number, guard: number | null): number {
    switch (node.type) {
      case 'step': {
        const runs = this.#conditioned(node.step.when, guard);
        return this.#remember(`step ${node.step.key}`, this.#add(node.step, [after], runs));
      }
      case 'gate':
        return this.#remember(`gate ${node.gate.key}`, this.#add(null, [after], guard));
      case 'handoff':
        return after;
      case 'order':
        return this.#placeOrder(node, after, this.#conditioned(node.when, guard));
      case 'choice':
        return this.#placeChoice(node, after, guard);
      case 'loop':
        return this.#placeLoop(node, after, guard);
    }
  }

  #remember(key: string, vertex: number): number {
    const copy = { vertex, rounds: this.#rounds };
    const copies = this.#copies.get(key);
    if (copies) copies.push(copy);
    else this.#copies.set(key, [copy]);
    return vertex;
  }

  #conditioned(when: string | null, guard: number | null): number | null {
    const holds = when === null ? true : this.holds(when);
    if (holds === 'either') return this.#guard(guard, { type: 'either' });
    return holds === false ? this.#guard(guard, { type: 'never' }) : guard;
  }

  #placeOrder(node: OrderNode, after: number, guard: number | null): number {
    const ends = new Map<number, number>();
    const before = node.nodes.map((): number[] => []);
    for (const [from, to] of node.edges) before[to]?.push(from);
    const endOf = (position: number): number => {
      const known = ends.get(position);
      const child = node.nodes[position];
      if (known !== undefined || !child) return known ?? after;
      const waits = (before[position] ?? []).map(endOf);
      const quorum = child.type === 'gate' ? child.quorum : null;
      const [only] = waits;
      const start =
        only === undefined ? after : waits.length === 1 ? only : this.#add(null, waits, guard, quorum);
      const end = this.#place(child, start, guard);
      ends.set(position, end);
      return end;
    };
    const all = node.nodes.map((_, position) => endOf(position));
    const followed = new Set(node.edges.map(([from]) => from));
    // What nothing comes after, and what a gate with a quorum need not wait for, ends with the whole.
    const quorums = node.nodes.some((child) => child.type === 'gate' && child.quorum !== null);
    const last = all.filter((_, position) => quorums || !followed.has(position));
    return last.length === 1 && last[0] !== undefined ? last[0] : this.#add(null, [...last, after], guard);
  }

  #placeChoice(node: ChoiceNode, after: number, guard: number | null): number {
    const choice = this.#choices.get(node) ?? this.#choices.size;
    this.#choices.set(node, choice);
    const branches = node.branches.map((_, position) =>
      this.#guard(guard, { type: 'branch', choice, position }),
    );
    const ends = node.branches.map((branch, position) =>
      this.#place(branch, after, branches[position] ?? guard),
    );
    const end = this.#add(null, ends, guard);
    const vertex = this.#vertices[end];
    if (vertex) vertex.branches = branches;
    return end;
  }

  #placeLoop(node: LoopNode, after: number, guard: number | null): number {
    const outer = this.#rounds;
    const loop = this.#loops.push(node) - 1;
    this.#rounds = new Map([...outer, [node, 0]]);
    let end = this.#place(node.body, after, guard);
    for (let count = 1, inner = guard; count <= node.max; count++) {
      inner = this.#guard(inner, { type: 'return', loop, count });
      this.#rounds = new Map([...outer, [node, count]]);
      end = this.#place(node.body, this.#place(node.redo, end, inner), inner);
    }
    this.#rounds = outer;
    return end;
  }
}

/** Sorts so that everything stands after what it waits for, the end last. */
function inOrder(drafts: readonly Draft[], end: number): Vertex[] {
  const placed = new Map<number, number>();
  const order: number[] = [];
  const visit = (start: number): void => {
    // By hand rather than by recursion: a chain of 20,000 steps is deeper than the stack.
    const stack: { at: number; waits: number[] }[] = [];
    const enter = (at: number): void => {
      const draft = drafts[at];
      if (placed.has(at) || !draft) return;
      placed.set(at, -1);
      stack.push({ at, waits: [...draft.before, ...draft.ties.map((tie) => tie.from)] });
    };
    enter(start);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const next = top.waits.pop();
      if (next !== undefined) enter(next);
      else {
        placed.set(top.at, order.push(top.at) - 1);
        stack.pop();
      }
    }
  };
  drafts.forEach((_, position) => {
    if (position !== end) visit(position);
  });
  visit(end);
  const at = (vertex: number): number => placed.get(vertex) ?? 0;
  return order.flatMap((position): Vertex[] => {
    const draft = drafts[position];
    if (!draft) return [];
    const ties = draft.ties.map((tie) => ({ ...tie, from: at(tie.from) }));
    return [{ ...draft, before: draft.before.map(at), ties }];
  });
}
