import { compileWorkflow } from '../compile.js';
import { type CompiledWorkflow, type Node, walk } from '../compiled.js';
import type { Workflow } from '../workflow.js';

/** What every step, gate and hand-off of a compiled form waits for. */
export interface Waits {
  /** What has to be over before it may begin. */
  readonly direct: ReadonlyMap<string, ReadonlySet<string>>;
  /** What is certainly over once it may begin: the same, and what that had to wait for. */
  readonly certain: ReadonlyMap<string, ReadonlySet<string>>;
  /** The choices, conditional branches and loops it stands in, from the outside in. */
  readonly context: ReadonlyMap<string, string>;
}

/**
 * Steps, gates and hand-offs that wait for something else in the second version that they did not wait for in the first,
 * what they wait for, and what stands in other choices, conditional branches or loops; by name. Where there are none, a
 * campaign may go on with whatever it may go on with now. Both versions must use the same keys.
 */
export function newWaits(before: Workflow, after: Workflow): ReadonlySet<string> {
  const forms = [before, after].map(compileWorkflow);
  const [one, other] = forms.map(stepsOfForm);
  const common = new Set([...(one ?? [])].filter((key) => other?.has(key)));
  const [old, now] = forms.map((form) => waitsOf(form, common));
  const found = new Set<string>();
  for (const [name, waits] of now?.direct ?? []) {
    const [was, certain] = [old?.direct.get(name), old?.certain.get(name)];
    if (!was || !certain) continue;
    if (old?.context.get(name) !== now?.context.get(name)) found.add(name);
    for (const each of waits) {
      if (!old?.direct.has(each) || was.has(each) || certain.has(each)) continue;
      found.add(name);
      found.add(each);
    }
  }
  return found;
}

const stepsOfForm = ({ root }: CompiledWorkflow): Set<string> =>
  new Set([...walk(root)].flatMap((node) => (node.type === 'step' ? [node.step.key] : [])));

/** What everything of one compiled form waits for: found once, since a compiled form never changes. */
export function waitsIn(form: CompiledWorkflow): Waits {
  const waits = known.get(form) ?? waitsOf(form, stepsOfForm(form));
  known.set(form, waits);
  return waits;
}
const known = new WeakMap<CompiledWorkflow, Waits>();

/** @param common keys of steps that tell a choice from another; a new branch makes no other choice of it */
function waitsOf({ root, links }: CompiledWorkflow, common: ReadonlySet<string>): Waits {
  const direct = new Map<string, Set<string>>();
  /** Gates that do not wait for all of their lanes. */
  const loose = new Set<string>();
  const context = new Map<string, string>();

  /** Notes what everything below the node waits for; returns what is over once the node is. */
  const visit = (node: Node, before: readonly string[], inside: string): readonly string[] => {
    const leaf = (name: string): readonly string[] => {
      direct.set(name, new Set(before));
      context.set(name, inside);
      return [name];
    };
    switch (node.type) {
      case 'step':
        return leaf(`step ${node.step.key}`);
      case 'gate':
        if (node.quorum !== null) loose.add(`gate ${node.gate.key}`);
        return leaf(`gate ${node.gate.key}`);
      case 'handoff':
        return leaf(`handoff ${node.handoff.key}`);
      case 'choice':
        return node.branches.flatMap((branch) => {
          const names = node.branches.map(firstStep).filter((key) => common.has(key));
          return visit(branch, before, `${inside} ${names.sort().join('|')}: ${firstStep(branch)}`);
        });
      case 'loop':
        visit(node.redo, before, `${inside} redo of ${node.review.key}`);
        return visit(node.body, before, `${inside} loop of ${node.review.key}`);
      case 'order': {
        const here = node.when === null ? inside : `${inside} when ${node.when}`;
        const over = new Map<number, readonly string[]>();
        const through = (position: number): readonly string[] => {
          const known = over.get(position);
          if (known) return known;
          const child = node.nodes[position];
          if (!child) return [];
          const waits = node.edges.filter(([, to]) => to === position).flatMap(([from]) => through(from));
          const result = visit(child, [...before, ...waits], here);
          over.set(position, result);
          return result;
        };
        return node.nodes.flatMap((_, position) => through(position));
      }
    }
  };
  visit(root, [], '');
  const ordered = new Map([...direct].map(([name, waits]) => [name, loose.has(name) ? [] : [...waits]]));
  for (const { from, to } of links) {
    const [waiting, other] = [`${to.kind} ${to.key}`, `${from.kind} ${from.key}`];
    direct.get(waiting)?.add(other);
    // What is not taken or not needed is over without having waited for anything elsewhere.
    if (context.get(waiting) === '') ordered.get(waiting)?.push(other);
  }
  return { direct, certain: closureOf(ordered), context };
}

/** A choice is known by the first steps of its branches. */
function firstStep(node: Node): string {
  for (const each of walk(node)) if (each.type === 'step') return each.step.key;
  return '';
}

/** Everything before everything, however far back. */
function closureOf(before: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, ReadonlySet<string>> {
  const closures = new Map<string, ReadonlySet<string>>();
  const close = (name: string): ReadonlySet<string> => {
    const known = closures.get(name);
    if (known) return known;
    const closure = new Set<string>();
    closures.set(name, closure);
    for (const each of before.get(name) ?? []) {
      closure.add(each);
      for (const further of close(each)) closure.add(further);
    }
    return closure;
  };
  for (const name of before.keys()) close(name);
  return closures;
}
