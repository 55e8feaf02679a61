import type { CompiledWorkflow, Edge, GateNode, Link, Node, OrderNode, Reference } from './compiled.js';
import { lanesOf, stepsOf, stepsOfBlocks } from './steps.js';
import type { Block, Branch, Gate, Lane, Section, Workflow } from './workflow.js';

/**
 * Compiles a definition to its partially ordered workflow model.
 *
 * - A linear section, a lane, a spoke and a branch are chains in file order.
 * - Lanes run side by side; a hub runs before its spokes.
 * - A midpoint gate stands in every lane after half of its steps, rounded up; an endpoint gate after the lanes.
 * - A hand-off stands between two sections; `after` orders sections, `needs` and `sequence` order steps.
 *
 * References must have been checked: an unknown one is ignored here. A cycle is kept as it is;
 * `findCycle` reports it.
 */
export function compileWorkflow(workflow: Workflow): CompiledWorkflow {
  const graph = new GraphBuilder();
  const parts = new Map(workflow.sections.map((section) => [section.key, compileSection(section, graph)]));
  for (const section of workflow.sections) {
    const here = parts.get(section.key);
    for (const before of section.after) {
      const handoff = workflow.handoffs.find((each) => each.from === before && each.to === section.key);
      const exits = parts.get(before)?.exits ?? [];
      if (!handoff) graph.connect(exits, here?.entries ?? []);
      else graph.connect(exits, graph.chain([{ type: 'handoff', handoff }], here?.entries ?? []));
    }
  }
  return { root: graph.build(workflow.key), links: linksOf(workflow) };
}

/** Where a section begins and what must be done before the next one may begin, as positions in the root. */
interface SectionPart {
  readonly entries: readonly number[];
  readonly exits: readonly number[];
}

function compileSection(section: Section, graph: GraphBuilder): SectionPart {
  const midpoints = section.gates.filter((gate) => gate.at === 'midpoint').map(gateNode(section));
  const endpoints = section.gates.filter((gate) => gate.at === 'endpoint').map(gateNode(section));
  const hub = section.model === 'hub-and-spoke' ? graph.add(chainOf('hub', section.hub.steps)) : null;
  const gatePlaces = midpoints.map((gate) => graph.add(gate));
  // A gate that only tells is reached half-way, and nothing waits for it.
  const blocking = gatePlaces.filter((_, position) => midpoints[position]?.gate.onFail === 'block');
  const lanes = lanesOf(section).map((lane) => {
    const placed = placeLane(lane, gatePlaces, blocking, graph);
    if (hub !== null) graph.connect([hub], [placed.first]);
    return placed;
  });
  const lasts = lanes.map((lane) => lane.last);
  const ends = endpoints.map((gate) => {
    const place = graph.add(gate);
    graph.connect(mergedLanes(gate.gate, section, lasts), [place]);
    return place;
  });
  return {
    entries: hub === null ? lanes.map((lane) => lane.first) : [hub],
    exits: ends.length > 0 ? ends : [...lasts, ...gatePlaces],
  };
}

/** Puts one lane into the graph, cut in two where midpoint gates stand. */
function placeLane(
  lane: Lane,
  gates: readonly number[],
  blocking: readonly number[],
  graph: GraphBuilder,
): { first: number; last: number } {
  const cut = gates.length > 0 ? halfway(lane.steps) : lane.steps.length;
  if (splitsRework(lane.steps, cut)) {
    const whole = graph.add(chainOf(lane.key, lane.steps));
    return { first: whole, last: whole };
  }
  const first = graph.add(chainOf(lane.key, lane.steps.slice(0, cut)));
  graph.connect([first], gates);
  if (cut >= lane.steps.length) return { first, last: first };
  const last = graph.add(chainOf(lane.key, lane.steps.slice(cut)));
  graph.connect([first, ...blocking], [last]);
  return { first, last };
}

/** Whether a rework loop reaches over the cut; then the lane stays whole and links tie the gate into the loop. */
const splitsRework = (blocks: readonly Block[], cut: number): boolean =>
  blocks.slice(cut).some((block) => {
    const to = block.type === 'step' ? block.rework?.to : undefined;
    return to !== undefined && blocks.slice(0, cut).some((earlier) => earlier.key === to);
  });

/** The links of midpoint gates in lanes that stay whole: half of the steps before the gate, the rest after it. */
function midpointLinks(section: Section): Link[] {
  const midpoints = section.gates.filter((gate) => gate.at === 'midpoint');
  return lanesOf(section).flatMap(({ steps }) => {
    const cut = halfway(steps);
    if (midpoints.length === 0 || !splitsRework(steps, cut)) return [];
    return midpoints.flatMap((gate) => {
      const here: Reference = { kind: 'gate', key: gate.key };
      const before = leavesOf(steps.slice(cut - 1, cut)).map((from) => link(from, here));
      const next = gate.onFail === 'block' ? leavesOf(steps.slice(cut, cut + 1)) : [];
      const after = next.map((to) => link(here, to));
      return [...before, ...after];
    });
  });
}

const link = (
  from: Reference,
  to: Reference,
  minGap: string | null = null,
  maxGap: string | null = null,
): Link => ({
  from,
  to,
  minGap,
  maxGap,
});

/** The steps of the blocks that run without a rejection. */
const leavesOf = (blocks: readonly Block[]): Reference[] =>
  blocks.flatMap((block): Reference[] =>
    block.type === 'step'
      ? [{ kind: 'step', key: block.key }]
      : block.branches.flatMap((branch) => leavesOf(branch.steps)),
  );

/** How many blocks of a lane must be done so that half of its steps, rounded up, are. */
function halfway(blocks: readonly Block[]): number {
  const sizes = blocks.map((block) => (block.type === 'step' ? 1 : stepsOfBlocks([block]).length));
  const half = Math.ceil(sizes.reduce((sum, size) => sum + size, 0) / 2);
  let finished = 0;
  return sizes.findIndex((size) => (finished += size) >= half) + 1;
}

function mergedLanes(gate: Gate, section: Section, lasts: readonly number[]): readonly number[] {
  if (gate.merge.type !== 'named') return lasts;
  const { lanes } = gate.merge;
  const keys = lanesOf(section).map((lane) => lane.key);
  return lasts.filter((_, position) => lanes.includes(keys[position] ?? ''));
}

const gateNode =
  (section: Section) =>
  (gate: Gate): GateNode => ({
    type: 'gate',
    gate,
    section: section.key,
    quorum: gate.merge.type === 'at-least' ? gate.merge.count : null,
  });

function chainOf(key: string | null, blocks: readonly Block[], when: string | null = null): OrderNode {
  const nodes = withLoops(blocks);
  const edges = nodes.slice(1).map((_, position): Edge => [position, position + 1]);
  return { type: 'order', key, when, nodes, edges };
}

/** Compiles a chain; a step with `rework` swallows the blocks back to its `to` into a loop. */
function withLoops(blocks: readonly Block[]): Node[] {
  const chain: { node: Node; keys: readonly string[] }[] = [];
  for (const block of blocks) {
    const node = compileBlock(block);
    if (block.type !== 'step' || !block.rework) {
      chain.push({ node, keys: keysOf(block) });
      continue;
    }
    const { rework } = block;
    const from = rework.to === block.key ? -1 : chain.findIndex((entry) => entry.keys.includes(rework.to));
    const body = from < 0 ? [] : chain.splice(from);
    const nodes = [...body.map((entry) => entry.node), node];
    const edges = nodes.slice(1).map((_, position): Edge => [position, position + 1]);
    chain.push({
      keys: [...body.flatMap((entry) => entry.keys), block.key],
      node: {
        type: 'loop',
        review: block,
        body: { type: 'order', key: null, when: null, nodes, edges },
        redo: { type: 'step', step: rework.via },
        max: rework.max,
        probability: rework.probability,
      },
    });
  }
  return chain.map((entry) => entry.node);
}

const keysOf = (block: Block): string[] => (block.key === null ? [] : [block.key]);

function compileBlock(block: Block): Node {
  if (block.type === 'step') return { type: 'step', step: block };
  const branches = block.branches.map(compileBranch);
  if (block.type === 'concurrent') {
    return { type: 'order', key: block.key, when: null, nodes: branches, edges: [] };
  }
  return { type: 'choice', key: block.key, branches, weights: block.branches.map((branch) => branch.weight) };
}

const compileBranch = (branch: Branch): OrderNode => chainOf(branch.key, branch.steps, branch.when);

function linksOf(workflow: Workflow): Link[] {
  const step = (key: string): Reference => ({ kind: 'step', key });
  const needs = stepsOf(workflow).flatMap((each) =>
    each.needs.map((from) => link(step(from), step(each.key))),
  );
  const gaps = workflow.sequence.map((gap) => link(step(gap.after), step(gap.step), gap.minGap, gap.maxGap));
  return [...needs, ...gaps, ...workflow.sections.flatMap(midpointLinks)];
}

/** Collects nodes and edges of one partial order. */
class GraphBuilder {
  readonly #nodes: Node[] = [];
  readonly #edges: Edge[] = [];

  add(node: Node): number {
    return this.#nodes.push(node) - 1;
  }

  connect(from: readonly number[], to: readonly number[]): void {
    for (const one of from) for (const other of to) this.#edges.push([one, other]);
  }

  /** Adds the nodes, each before all of `next`, and returns their places. */
  chain(nodes: readonly Node[], next: readonly number[]): number[] {
    const places = nodes.map((node) => this.add(node));
    this.connect(places, next);
    return places;
  }

  build(key: string): OrderNode {
    return { type: 'order', key, when: null, nodes: this.#nodes, edges: this.#edges };
  }
}
