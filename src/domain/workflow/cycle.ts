import type { CompiledWorkflow, Node } from './compiled.js';

/**
 * The first circle of waiting in a compiled workflow, as the keys on its way (first key repeated at the end),
 * or null when there is none. Works on beginnings and ends: a block begins before its parts begin and ends
 * after they end, so that a step which needs a later step of its own lane is found too.
 */
export function findCycle(compiled: CompiledWorkflow): string[] | null {
  const waits = waitGraph(compiled);
  const state = new Map<string, 'open' | 'closed'>();
  for (const start of waits.keys()) {
    if (state.has(start)) continue;
    const cycle = search(start, waits, state);
    if (cycle) return readable(cycle);
  }
  return null;
}

type Waits = Map<string, string[]>;

function waitGraph({ root, links }: CompiledWorkflow): Waits {
  const waits: Waits = new Map();
  const names = new Map<Node, string>();
  const nameOf = (node: Node) => {
    const name = names.get(node) ?? nameFor(node, names.size);
    names.set(node, name);
    return name;
  };
  const edge = (from: string, to: string) => {
    waits.set(from, [...(waits.get(from) ?? []), to]);
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
  for (const { from, to } of links) edge(`end ${from.kind} ${from.key}`, `begin ${to.kind} ${to.key}`);
  return waits;
}

function nameFor(node: Node, position: number): string {
  if (node.type === 'step') return `step ${node.step.key}`;
  if (node.type === 'gate') return `gate ${node.gate.key}`;
  if (node.type === 'handoff') return `handoff ${node.handoff.key}`;
  return `block ${position}`;
}

/** Depth-first search without recursion, since a definition may be a long chain. */
function search(start: string, waits: Waits, state: Map<string, 'open' | 'closed'>): string[] | null {
  const trail: { name: string; next: number }[] = [{ name: start, next: 0 }];
  state.set(start, 'open');
  for (let top = trail.at(-1); top; top = trail.at(-1)) {
    const following = waits.get(top.name)?.[top.next++];
    if (following === undefined) {
      state.set(top.name, 'closed');
      trail.pop();
    } else if (state.get(following) === 'open') {
      const names = trail.map((entry) => entry.name);
      return names.slice(names.indexOf(following));
    } else if (!state.has(following)) {
      state.set(following, 'open');
      trail.push({ name: following, next: 0 });
    }
  }
  return null;
}

/** Keeps the steps, gates and hand-offs on the way and closes the circle. */
function readable(cycle: readonly string[]): string[] {
  const keys: string[] = [];
  for (const name of cycle) {
    const [, kind, key] = name.split(' ');
    if (kind !== 'block' && key !== undefined && keys.at(-1) !== key) keys.push(key);
  }
  if (keys.length > 1 && keys[0] === keys.at(-1)) keys.pop();
  return [...keys, keys[0] ?? ''];
}
