import type { CompiledWorkflow, Link, Node } from './compiled.js';

/** A circle of waiting: the keys on its way, the first repeated at the end, and the links between places on it. */
export interface Cycle {
  readonly keys: readonly string[];
  readonly links: readonly Link[];
}

/**
 * The circles of waiting in a compiled workflow, each the shortest there is once the links of the ones before it are
 * taken away. Works on beginnings and ends: a block begins before its parts begin and ends after they end, so that a
 * step which needs a later step of its own lane is found too.
 */
export function findCycles(compiled: CompiledWorkflow): Cycle[] {
  const cycles: Cycle[] = [];
  let links = compiled.links;
  for (;;) {
    const cycle = shortestCycle(compiled, links);
    if (!cycle) return cycles;
    cycles.push(cycle);
    const [first] = cycle.links;
    if (!first) return cycles;
    links = links.filter((link) => link !== first);
  }
}

type Waits = Map<string, string[]>;

const endOf = (link: Link) => `end ${link.from.kind} ${link.from.key}`;
const beginningOf = (link: Link) => `begin ${link.to.kind} ${link.to.key}`;

function shortestCycle(compiled: CompiledWorkflow, links: readonly Link[]): Cycle | null {
  const waits = waitGraph(compiled, links);
  // Without links the order is a tree of partial orders between sections; a circle goes over a link, or has none.
  if (!hasCycle(waits)) return null;
  const ways = links.flatMap((link) => {
    const way = shortestWay(waits, beginningOf(link), endOf(link));
    return way ? [way] : [];
  });
  const [way] = ways.sort((a, b) => a.length - b.length);
  if (!way) return { keys: [], links: [] };
  const steps = way.map((name, position) => [name, way[(position + 1) % way.length] ?? ''] as const);
  const on = links.filter((link) =>
    steps.some(([from, to]) => from === endOf(link) && to === beginningOf(link)),
  );
  return { keys: readable(way), links: on };
}

function waitGraph({ root }: CompiledWorkflow, links: readonly Link[]): Waits {
  const waits: Waits = new Map();
  const names = new Map<Node, string>();
  const nameOf = (node: Node) => {
    const name = names.get(node) ?? nameFor(node, names.size);
    names.set(node, name);
    return name;
  };
  const edge = (from: string, to: string) => {
    const known = waits.get(from);
    if (known) known.push(to);
    else waits.set(from, [to]);
  };
  const visit = (node: Node) => {
    const name = nameOf(node);
    edge(`begin ${name}`, `end ${name}`);
    if (node.type === 'order') {
      for (const [from, to] of node.edges) {
        const [one, other] = [node.nodes[from], node.nodes[to]];
        if (one && other) edge(`end ${nameOf(one)}`, `begin ${nameOf(other)}`);
      }
    }
    const parts = node.type === 'loop' ? [node.body] : node.type === 'choice' ? node.branches : null;
    for (const child of parts ?? (node.type === 'order' ? node.nodes : [])) {
      edge(`begin ${name}`, `begin ${nameOf(child)}`);
      edge(`end ${nameOf(child)}`, `end ${name}`);
      visit(child);
    }
  };
  visit(root);
  for (const link of links) edge(endOf(link), beginningOf(link));
  return waits;
}

function nameFor(node: Node, position: number): string {
  if (node.type === 'step') return `step ${node.step.key}`;
  if (node.type === 'gate') return `gate ${node.gate.key}`;
  if (node.type === 'handoff') return `handoff ${node.handoff.key}`;
  return `block ${position}`;
}

/** Whether anything is left when what waits for nothing is taken away again and again (Kahn 1962). */
function hasCycle(waits: Waits): boolean {
  const incoming = new Map<string, number>();
  for (const targets of waits.values()) {
    for (const target of targets) incoming.set(target, (incoming.get(target) ?? 0) + 1);
  }
  const free = [...waits.keys()].filter((name) => !incoming.has(name));
  let taken = 0;
  for (let name = free.pop(); name !== undefined; name = free.pop()) {
    taken += 1;
    for (const target of waits.get(name) ?? []) {
      const left = (incoming.get(target) ?? 0) - 1;
      incoming.set(target, left);
      if (left === 0) free.push(target);
    }
  }
  return taken < new Set([...waits.keys(), ...incoming.keys()]).size;
}

/** Breadth-first search. */
function shortestWay(waits: Waits, from: string, to: string): string[] | null {
  const before = new Map<string, string | null>([[from, null]]);
  const queue = [from];
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    if (name === to) {
      const way: string[] = [];
      for (let each: string | null = name; each !== null; each = before.get(each) ?? null) way.unshift(each);
      return way;
    }
    for (const next of waits.get(name) ?? []) {
      if (before.has(next)) continue;
      before.set(next, name);
      queue.push(next);
    }
  }
  return null;
}

/** Keeps the steps, gates and hand-offs on the way and closes the circle. */
function readable(way: readonly string[]): string[] {
  const keys: string[] = [];
  for (const name of way) {
    const [, kind, key] = name.split(' ');
    if (kind !== 'block' && key !== undefined && keys.at(-1) !== key) keys.push(key);
  }
  if (keys.length > 1 && keys[0] === keys.at(-1)) keys.pop();
  return [...keys, keys[0] ?? ''];
}
