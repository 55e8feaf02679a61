import type { Gate, Handoff, Step } from './workflow.js';

/**
 * The compiled form: a partially ordered workflow model (POWL) of partial order, choice and loop
 * (Kourani and van Zelst 2023), with gates and hand-offs as silent nodes. Enforcement, diagrams and
 * everything else that asks "what may happen next" read this and never the sections.
 */
export type Node = StepNode | GateNode | HandoffNode | OrderNode | ChoiceNode | LoopNode;

export interface StepNode {
  readonly type: 'step';
  readonly step: Step;
}
/** Silent; done when the gate is passed, or, when it does not block, as soon as it is reached. */
export interface GateNode {
  readonly type: 'gate';
  readonly gate: Gate;
  readonly section: string;
  /** How many predecessors it waits for; null means all. */
  readonly quorum: number | null;
}
/** Silent; done when the receiving side has accepted. */
export interface HandoffNode {
  readonly type: 'handoff';
  readonly handoff: Handoff;
}
/** A partial order: node j waits for node i for every edge [i, j]. */
export interface OrderNode {
  readonly type: 'order';
  /** What the definition calls it: a lane, a section, a branch; null where it has no name. */
  readonly key: string | null;
  readonly when: string | null;
  readonly nodes: readonly Node[];
  readonly edges: readonly Edge[];
}
export type Edge = readonly [from: number, to: number];
/** Exactly one branch runs: the one in which a step starts first. */
export interface ChoiceNode {
  readonly type: 'choice';
  readonly key: string | null;
  readonly branches: readonly OrderNode[];
  readonly weights: readonly number[];
}
/** `body`, and after each rejection of its last step `redo`, then `body` again, at most `max` times. */
export interface LoopNode {
  readonly type: 'loop';
  /** The step whose rejection triggers the redo. */
  readonly review: Step;
  readonly body: Node;
  readonly redo: StepNode;
  readonly max: number;
  readonly probability: number | null;
}

/** A step or a gate, wherever it stands. */
export interface Reference {
  readonly kind: 'step' | 'gate';
  readonly key: string;
}

/** `to` waits for `from`, wherever the two stand: `needs`, launch order, a midpoint gate within a rework loop. */
export interface Link {
  readonly from: Reference;
  readonly to: Reference;
  readonly minGap: string | null;
  readonly maxGap: string | null;
}

export interface CompiledWorkflow {
  readonly root: OrderNode;
  readonly links: readonly Link[];
}

export const childrenOf = (node: Node): readonly Node[] => {
  switch (node.type) {
    case 'step':
    case 'gate':
    case 'handoff':
      return [];
    case 'order':
      return node.nodes;
    case 'choice':
      return node.branches;
    case 'loop':
      return [node.body, node.redo];
  }
};

/** The node and everything below it, parents first. */
export function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of childrenOf(node)) yield* walk(child);
}
