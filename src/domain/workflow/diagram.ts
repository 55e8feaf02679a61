import type { Node, OrderNode } from './compiled.js';
import { compileWorkflow } from './compile.js';
import { walk } from './compiled.js';
import { placedSteps } from './steps.js';
import type { Workflow } from './workflow.js';

/** A drawing as nodes in lanes and arrows between them; every format is written from this. */
interface Drawing {
  readonly lanes: readonly { readonly name: string; readonly nodes: readonly DrawnNode[] }[];
  readonly arrows: readonly {
    readonly from: string;
    readonly to: string;
    readonly dashed: boolean;
    readonly label: string | null;
  }[];
}
interface DrawnNode {
  readonly id: string;
  readonly label: string;
  readonly shape: 'step' | 'gate' | 'handoff' | 'start-or-end';
}

/** Draws the swimlanes of a workflow: a lane for each accountable stream, gates as diamonds (R18). */
function draw(workflow: Workflow): Drawing {
  const compiled = compileWorkflow(workflow);
  const arrows: Drawing['arrows'][number][] = [];
  const arrow = (from: string, to: string, dashed = false, label: string | null = null) =>
    arrows.push({ from, to, dashed, label });
  const ends = connect(compiled.root, arrow);
  for (const first of ends.first) arrow('start', first);
  for (const last of ends.last) arrow(last, 'end');
  for (const link of compiled.links)
    arrow(id(link.from.kind, link.from.key), id(link.to.kind, link.to.key), true);
  const placed = placedSteps(workflow);
  const lanes = new Map<string, DrawnNode[]>();
  const put = (lane: string, node: DrawnNode) => lanes.set(lane, [...(lanes.get(lane) ?? []), node]);
  for (const { step, section, lane } of placed) {
    const kind = step.kind === 'task' ? '' : ` (${step.kind})`;
    put(lane === null ? section : `${section}: ${lane}`, {
      id: id('step', step.key),
      label: `${step.name}${kind}`,
      shape: 'step',
    });
  }
  for (const node of walk(compiled.root)) {
    if (node.type === 'gate')
      put(`${node.section} gates`, { id: id('gate', node.gate.key), label: node.gate.key, shape: 'gate' });
    if (node.type === 'handoff')
      put('hand-offs', { id: id('handoff', node.handoff.key), label: node.handoff.key, shape: 'handoff' });
  }
  const seen = new Set<string>();
  return {
    lanes: [...lanes].map(([name, nodes]) => ({ name, nodes })),
    arrows: arrows.filter(({ from, to, label }) => {
      const key = `${from} ${to} ${label ?? ''}`;
      return !seen.has(key) && seen.add(key);
    }),
  };
}

type Arrow = (from: string, to: string, dashed?: boolean, label?: string | null) => void;
interface Ends {
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/** Draws the arrows inside a node and says where arrows from before and to after it attach. */
function connect(node: Node, arrow: Arrow): Ends {
  switch (node.type) {
    case 'step':
      return only(id('step', node.step.key));
    case 'gate':
      return only(id('gate', node.gate.key));
    case 'handoff':
      return only(id('handoff', node.handoff.key));
    case 'choice':
      return together(node.branches.map((branch) => connect(branch, arrow)));
    case 'loop': {
      const body = connect(node.body, arrow);
      const review = id('step', node.review.key);
      const redo = id('step', node.redo.step.key);
      arrow(review, redo, true, 'rejected');
      for (const first of body.first) arrow(redo, first, true, `at most ${node.max}`);
      return body;
    }
    case 'order':
      return connectOrder(node, arrow);
  }
}

function connectOrder(node: OrderNode, arrow: Arrow): Ends {
  const parts = node.nodes.map((child) => connect(child, arrow));
  for (const [from, to] of node.edges) {
    for (const last of parts[from]?.last ?? [])
      for (const first of parts[to]?.first ?? []) arrow(last, first);
  }
  const isFirst = (position: number) => !node.edges.some(([, to]) => to === position);
  const isLast = (position: number) => !node.edges.some(([from]) => from === position);
  return {
    first: parts.flatMap((part, position) => (isFirst(position) ? part.first : [])),
    last: parts.flatMap((part, position) => (isLast(position) ? part.last : [])),
  };
}

const only = (name: string): Ends => ({ first: [name], last: [name] });
const together = (parts: readonly Ends[]): Ends => ({
  first: parts.flatMap((part) => part.first),
  last: parts.flatMap((part) => part.last),
});
const id = (kind: string, key: string): string => `${kind}_${key.replaceAll(/[^A-Za-z0-9]/g, '_')}`;

/** The diagram as Mermaid flowchart text. */
export function mermaidOf(workflow: Workflow): string {
  const { lanes, arrows } = draw(workflow);
  const text = (label: string) => `"${label.replaceAll('"', '#quot;')}"`;
  const node = ({ id: name, label, shape }: DrawnNode) =>
    shape === 'gate'
      ? `${name}{${text(label)}}`
      : shape === 'handoff'
        ? `${name}([${text(label)}])`
        : `${name}[${text(label)}]`;
  return [
    'flowchart LR',
    '  start((start))',
    ...lanes.flatMap(({ name, nodes }) => [
      `  subgraph ${id('lane', name)} [${text(name)}]`,
      ...nodes.map((each) => `    ${node(each)}`),
      '  end',
    ]),
    '  end_((end))',
    ...arrows.map(({ from, to, dashed, label }) => {
      const line = dashed ? (label === null ? '-.->' : `-. ${label} .->`) : '-->';
      return `  ${from} ${line} ${to === 'end' ? 'end_' : to}`;
    }),
    '',
  ].join('\n');
}

/** The diagram as Graphviz DOT; its SVG comes from Graphviz. */
export function dotOf(workflow: Workflow): string {
  const { lanes, arrows } = draw(workflow);
  const text = (label: string) => JSON.stringify(label);
  const node = ({ id: name, label, shape }: DrawnNode) => {
    const look =
      shape === 'gate'
        ? 'shape=diamond, style=filled, fillcolor="#fde68a"'
        : shape === 'handoff'
          ? 'shape=oval, style=filled, fillcolor="#dbeafe"'
          : 'shape=box, style="rounded,filled", fillcolor="#ffffff"';
    return `${name} [label=${text(label)}, ${look}];`;
  };
  return [
    `digraph ${text(workflow.key)} {`,
    '  rankdir=LR; compound=true; newrank=true;',
    '  graph [fontname="Helvetica", fontsize=12, nodesep=0.25, ranksep=0.4];',
    '  node [fontname="Helvetica", fontsize=11]; edge [fontname="Helvetica", fontsize=9, color="#475569"];',
    '  start [shape=circle, label="", width=0.2, style=filled, fillcolor="#334155"];',
    '  end [shape=doublecircle, label="", width=0.15, style=filled, fillcolor="#334155"];',
    ...lanes.flatMap(({ name, nodes }, position) => [
      `  subgraph cluster_${position} {`,
      `    label=${text(name)}; labeljust=l; style="rounded,filled"; color="#cbd5e1"; fillcolor="#f8fafc";`,
      ...nodes.map((each) => `    ${node(each)}`),
      '  }',
    ]),
    ...arrows.map(({ from, to, dashed, label }) => {
      const look = [...(dashed ? ['style=dashed'] : []), ...(label === null ? [] : [`label=${text(label)}`])];
      return `  ${from} -> ${to}${look.length > 0 ? ` [${look.join(', ')}]` : ''};`;
    }),
    '}',
    '',
  ].join('\n');
}
