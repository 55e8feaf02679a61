import { type LoopNode, type Node, type OrderNode, walk } from '../compiled.js';
import { compileWorkflow } from '../compile.js';
import { chainsOf, gatesOf, modelOf, type PlacedStep, placedSteps } from '../steps.js';
import type { Section, Workflow } from '../workflow.js';
import { type Arrow, type Drawing, type DrawnNode, type Group, type Shape, idOf, waysOf } from './drawing.js';
import { gapText, gateText, handoffText, percent, reworkText, stepText, triggerText } from './labels.js';
import { elementName, laneName } from './marks.js';
import { ruleArrows, rulesOn } from './rules.js';

/** Draws the swimlanes of a workflow (R18): the groups from its sections, everything else from the compiled form. */
export function draw(workflow: Workflow): Drawing {
  const pen = new Pen(workflow);
  const compiled = compileWorkflow(workflow);
  pen.put({ id: 'start', shape: 'start', name: 'start' });
  const ends = pen.drawRoot(compiled.root);
  pen.put({ id: 'end', shape: 'end', name: 'end' });
  for (const first of ends.first) pen.arrow('start', first);
  for (const last of ends.last) if (!pen.asides.has(last)) pen.arrow(last, 'end');
  const reaches = waysOf(pen.arrows);
  for (const { from, to, minGap, maxGap } of compiled.links) {
    const label = gapText(minGap, maxGap);
    const [before, after] = [idOf(from.kind, from.key), idOf(to.kind, to.key)];
    const kind = from.kind === 'gate' || to.kind === 'gate' ? 'flow' : 'needs';
    // What the lanes say already needs no second arrow.
    if (label !== null || !reaches(before, after)) pen.arrow(before, after, label, kind);
  }
  for (const { from, to } of ruleArrows(workflow)) if (!reaches(from, to)) pen.arrow(from, to, null, 'rule');
  for (const trigger of workflow.triggers)
    pen.put({
      ...triggerText(trigger),
      ...named('trigger', trigger.key),
      shape: 'trigger',
      group: 'triggers',
    });
  return {
    title: workflow.name,
    subtitle: subtitleOf(workflow),
    groups: [...workflow.sections.flatMap(groupsOf), ...(workflow.triggers.length > 0 ? [TRIGGERS] : [])],
    nodes: [...pen.nodes.values()],
    arrows: [...pen.arrowsByName.values()],
    comparison: null,
  };
}

const TRIGGERS: Group = {
  ...{
    id: 'triggers',
    parent: null,
    element: null,
    name: 'triggers',
    tag: 'while channels are live',
    mark: null,
  },
};

const subtitleOf = (workflow: Workflow): string =>
  `${modelOf(workflow)} · ${workflow.pattern} · ${workflow.status} · ${count(placedSteps(workflow).length, 'step')} in ${count(workflow.sections.length, 'section')}`;
const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

const sectionId = (key: string): string => idOf('section', key);
const laneId = (section: string, lane: string): string => idOf('lane', `${section}/${lane}`);
const groupId = ({ section, lane }: PlacedStep): string =>
  lane === null ? sectionId(section) : laneId(section, lane);
const named = (kind: string, key: string) => ({ id: idOf(kind, key), element: elementName(kind, key) });

function groupsOf(section: Section): Group[] {
  const { key, model } = section;
  const word = model === 'parallel' ? 'lane' : 'spoke';
  return [
    {
      id: sectionId(key),
      parent: null,
      element: elementName('section', key),
      name: key,
      tag: model,
      mark: null,
    },
    ...chainsOf(section).flatMap(({ lane }, position) => {
      if (lane === null) return [];
      const tag = model === 'hub-and-spoke' && position === 0 ? 'hub' : word;
      const element = tag === 'hub' ? null : laneName(key, lane);
      return [{ id: laneId(key, lane), parent: sectionId(key), element, name: lane, tag, mark: null }];
    }),
  ];
}

/** Where arrows from before and to after a part attach. */
interface Ends {
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/** Draws nodes of the compiled form; the group is that of the first step below. */
class Pen {
  readonly nodes = new Map<string, DrawnNode>();
  readonly arrowsByName = new Map<string, Arrow>();
  /** Gates that are reached half-way, and that nothing waits for. */
  readonly asides: ReadonlySet<string>;
  readonly #workflow: Workflow;
  readonly #places: ReadonlyMap<string, string>;

  constructor(workflow: Workflow) {
    this.#workflow = workflow;
    const asides = gatesOf(workflow).filter((gate) => gate.at === 'midpoint' && gate.onFail !== 'block');
    this.asides = new Set(asides.map((gate) => idOf('gate', gate.key)));
    this.#places = new Map(placedSteps(workflow).map((placed) => [placed.step.key, groupId(placed)]));
  }

  get arrows(): readonly Arrow[] {
    return [...this.arrowsByName.values()];
  }

  put(node: Partial<DrawnNode> & Pick<DrawnNode, 'id' | 'shape' | 'name'>): string {
    this.nodes.set(node.id, {
      ...{ group: null, element: null, tag: null, details: [], conditional: false, mark: null },
      ...node,
    });
    return node.id;
  }

  arrow(from: string, to: string, label: string | null = null, kind: Arrow['kind'] = 'flow'): void {
    const flow = this.arrowsByName.get(`flow ${from} ${to}`);
    if (flow?.label === null && kind === 'needs') {
      this.arrowsByName.set(`flow ${from} ${to}`, { ...flow, label });
      return;
    }
    const drawn = this.asides.has(to) ? 'aside' : kind;
    const name = `${drawn} ${from} ${to}`;
    if (!this.arrowsByName.has(name))
      this.arrowsByName.set(name, { from, to, kind: drawn, label, mark: null });
  }

  /** The order of lanes, gates and hand-offs, without the arrows that follow from two others. */
  drawRoot(root: OrderNode): Ends {
    const has = new Set(root.edges.map(([from, to]) => `${from} ${to}`));
    const edges = root.edges.filter(
      ([from, to]) => !root.nodes.some((_, via) => has.has(`${from} ${via}`) && has.has(`${via} ${to}`)),
    );
    return this.#drawOrder({ ...root, edges });
  }

  #draw(node: Node): Ends {
    switch (node.type) {
      case 'step':
        return only(this.#drawStep(node.step));
      case 'gate': {
        const { gate, section } = node;
        const text = { ...gateText(gate), ...named('gate', gate.key), group: sectionId(section) };
        return only(this.put({ ...text, shape: 'gate', conditional: gate.onFail !== 'block' }));
      }
      case 'handoff':
        return only(
          this.put({ ...handoffText(node.handoff), ...named('handoff', node.handoff.key), shape: 'handoff' }),
        );
      case 'choice':
        return this.#drawChoice(node.branches, node.weights, node.key);
      case 'loop':
        return this.#drawLoop(node);
      case 'order':
        return node.edges.length === 0 && node.nodes.length > 1
          ? this.#drawSplit(node.nodes, node.key, ['fork', 'join'], '', [])
          : this.#drawOrder(node);
    }
  }

  #drawStep(step: PlacedStep['step']): string {
    const text = stepText(step, rulesOn(step, this.#workflow.rules));
    const group = this.#places.get(step.key) ?? null;
    const shape = step.kind;
    return this.put({
      ...text,
      ...named('step', step.key),
      group,
      shape,
      conditional: step.optional || step.when !== null,
    });
  }

  #drawChoice(branches: readonly OrderNode[], weights: readonly number[], key: string | null): Ends {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    const equal = new Set(weights).size < 2;
    const shares = equal ? [] : weights.map((weight) => percent(weight / sum));
    return this.#drawSplit(branches, key, ['choice', 'merge'], 'or', shares);
  }

  /** A small node where branches part, and one where they meet again. */
  #drawSplit(
    branches: readonly Node[],
    key: string | null,
    [opens, closes]: readonly [Shape, Shape],
    name: string,
    shares: readonly string[],
  ): Ends {
    const step = branches.flatMap((branch) => [...walk(branch)]).find((each) => each.type === 'step')?.step;
    const label = key ?? step?.key ?? '';
    const group = this.#places.get(step?.key ?? '') ?? null;
    const split = this.put({ id: this.#fresh(idOf(opens, label)), group, shape: opens, name });
    const parts = branches.map((branch) => this.#draw(branch));
    const meet = this.put({ id: this.#fresh(idOf(closes, label)), group, shape: closes, name: '' });
    parts.forEach((part, position) => {
      const branch = branches[position];
      const when = branch?.type === 'order' ? branch.when : null;
      const words = [shares[position], when === null ? undefined : `if ${when}`].filter(Boolean).join(', ');
      for (const first of part.first) this.arrow(split, first, words === '' ? null : words);
      for (const last of part.last) this.arrow(last, meet);
    });
    return { first: [split], last: [meet] };
  }

  /** A choice may begin with another choice, and both are called after the same step. */
  #fresh(id: string): string {
    return this.nodes.has(id) ? this.#fresh(`${id}_`) : id;
  }

  #drawLoop({ body, redo, review, max, probability }: LoopNode): Ends {
    const ends = this.#draw(body);
    const mend = this.#drawStep(redo.step);
    this.arrow(idOf('step', review.key), mend, reworkText(max, probability), 'rework');
    for (const first of ends.first) this.arrow(mend, first, null, 'rework');
    return ends;
  }

  #drawOrder(node: OrderNode): Ends {
    const parts = node.nodes.map((child) => this.#draw(child));
    for (const [from, to] of node.edges) {
      for (const last of parts[from]?.last ?? [])
        for (const first of parts[to]?.first ?? []) this.arrow(last, first);
    }
    const [froms, tos] = [new Set(node.edges.map(([from]) => from)), new Set(node.edges.map(([, to]) => to))];
    return {
      first: parts.flatMap((part, position) => (tos.has(position) ? [] : part.first)),
      last: parts.flatMap((part, position) => (froms.has(position) ? [] : part.last)),
    };
  }
}

const only = (name: string): Ends => ({ first: [name], last: [name] });
