import type {
  ChoiceNode,
  CompiledWorkflow,
  GateNode,
  HandoffNode,
  LoopNode,
  Node,
  OrderNode,
  StepNode,
} from '../workflow/compiled.js';
import { walk } from '../workflow/compiled.js';
import type { Gate, Handoff, Step } from '../workflow/workflow.js';
import { type CampaignState, isBehind } from './state.js';

/** Something that has to be done first. */
export interface Missing {
  readonly kind: 'step' | 'gate' | 'handoff';
  readonly key: string;
}

/** What is missing, as people are told of it. */
export const describeMissing = ({ kind, key }: Missing): string =>
  kind === 'step' ? key : kind === 'gate' ? `gate ${key}` : `hand-off ${key}`;

/** The same of all that is missing, for a sentence: of a choice that nobody has made, one way is enough. */
export function describeOpen({ root }: Pick<CompiledWorkflow, 'root'>, open: readonly Missing[]): string[] {
  let told = open.map((each) => ({ text: describeMissing(each), of: [each] }));
  // Inner choices first.
  for (const node of [...walk(root)].reverse()) {
    if (node.type !== 'choice') continue;
    const ways = node.branches
      .map((branch) => {
        const steps = new Set(
          [...walk(branch)].flatMap((each) => (each.type === 'step' ? [each.step.key] : [])),
        );
        return told.filter(({ of }) => of.every(({ kind, key }) => kind === 'step' && steps.has(key)));
      })
      .filter((way) => way.length > 0);
    const [first] = ways.flat();
    if (!first || ways.length < 2) continue;
    const text = `one of ${ways.map((way) => way.map((each) => each.text).join(' and ')).join(', ')}`;
    const merged = { text, of: ways.flat().flatMap(({ of }) => of) };
    told = told.flatMap((each) => (each === first ? [merged] : ways.flat().includes(each) ? [] : [each]));
  }
  return told.map(({ text }) => text);
}

export const STEP_STATUSES = [
  'waiting',
  'ready',
  'started',
  'done',
  'skipped',
  'rejected',
  'escalated',
  'not-needed',
  'not-taken',
] as const;
export type StepStatus = (typeof STEP_STATUSES)[number];
export const GATE_STATUSES = ['waiting', 'open', 'passed', 'failed', 'deviated'] as const;
export type GateStatus = (typeof GATE_STATUSES)[number];
export const HANDOFF_STATUSES = ['waiting', 'open', 'returned', 'accepted'] as const;
export type HandoffStatus = (typeof HANDOFF_STATUSES)[number];

interface Standing<Part, Status> {
  readonly part: Part;
  readonly status: Status;
  /** What it still waits for. */
  readonly missing: readonly Missing[];
}
export type StepProgress = Standing<Step, StepStatus>;
export type GateProgress = Standing<Gate, GateStatus>;
export type HandoffProgress = Standing<Handoff, HandoffStatus>;

/** Where every part of a campaign's workflow stands. */
export interface Progress {
  readonly steps: ReadonlyMap<string, StepProgress>;
  readonly gates: ReadonlyMap<string, GateProgress>;
  readonly handoffs: ReadonlyMap<string, HandoffProgress>;
  /** What keeps the campaign from ending. */
  readonly open: readonly Missing[];
}

/**
 * Runs the compiled form against what has happened.
 * @param conditionHolds evaluates `when` of a step or branch for this campaign.
 */
export function progressOf(
  compiled: CompiledWorkflow,
  state: CampaignState,
  conditionHolds: (expression: string) => boolean,
): Progress {
  let reader = new ProgressReader(compiled, state, conditionHolds, null);
  let open = reader.visit(compiled.root, []);
  // Only a gate that is tied into a lane by links has to be looked at again, once it is known to be reached.
  const passes = compiled.links.filter((link) => link.from.kind === 'gate').length;
  for (let pass = 0; pass < passes + 1 && passes > 0; pass++) {
    reader = new ProgressReader(compiled, state, conditionHolds, reader);
    open = reader.visit(compiled.root, []);
  }
  return { steps: reader.steps, gates: reader.gates, handoffs: reader.handoffs, open };
}

type Open = readonly Missing[];

class ProgressReader {
  readonly steps = new Map<string, StepProgress>();
  readonly gates = new Map<string, GateProgress>();
  readonly handoffs = new Map<string, HandoffProgress>();

  constructor(
    private readonly compiled: CompiledWorkflow,
    private readonly state: CampaignState,
    private readonly conditionHolds: (expression: string) => boolean,
    private readonly previous: ProgressReader | null,
  ) {}

  /** Notes how everything below the node stands, and returns what of it is still open. */
  visit(node: Node, missing: Open): Open {
    switch (node.type) {
      case 'step':
        return this.visitStep(node, missing);
      case 'gate':
        return this.visitGate(node, missing);
      case 'handoff':
        return this.visitHandoff(node, missing);
      case 'order':
        return this.visitOrder(node, missing);
      case 'choice':
        return this.visitChoice(node, missing);
      case 'loop':
        return this.visitLoop(node, missing);
    }
  }

  /** @param isAsked whether its condition has been judged before */
  private visitStep({ step }: StepNode, before: Open, isAsked = false): Open {
    const missing = distinct([...before, ...this.openLinks('step', step.key, step.startOn)]);
    const recorded = this.state.steps.get(step.key);
    const here: Missing = { kind: 'step', key: step.key };
    if (recorded && recorded.status !== 'pending') {
      const finished = recorded.status === 'done' || recorded.status === 'skipped';
      const open = finished ? this.controls(missing) : missing;
      this.steps.set(step.key, { part: step, status: recorded.status, missing: open });
      return finished ? open : [here];
    }
    if (!isAsked && missing.length === 0 && step.when !== null && !this.conditionHolds(step.when)) {
      this.steps.set(step.key, { part: step, status: 'not-needed', missing: [] });
      return [];
    }
    this.steps.set(step.key, { part: step, status: missing.length > 0 ? 'waiting' : 'ready', missing });
    return [here];
  }

  /** What a step or gate still waits for outside its own place in the order. */
  private openLinks(kind: 'step' | 'gate', key: string, startOn: Step['startOn'] = 'final'): Missing[] {
    return this.compiled.links
      .filter((link) => link.to.kind === kind && link.to.key === key)
      .map((link) => link.from)
      .filter((from) =>
        from.kind === 'step' ? !this.isStepBehind(from.key, startOn) : !this.isGateBehind(from.key),
      );
  }

  private isStepBehind(key: string, startOn: Step['startOn']): boolean {
    const status = this.state.steps.get(key)?.status ?? 'pending';
    if (status === 'done' || status === 'skipped') return true;
    if (startOn === 'draft' && status !== 'pending') return true;
    const before = this.previous?.steps.get(key)?.status;
    return before === 'not-taken' || before === 'not-needed';
  }

  private isGateBehind(key: string): boolean {
    const gate = this.previous?.gates.get(key);
    return (
      gate !== undefined &&
      (isBehind(gate.status) || (gate.status !== 'waiting' && gate.part.onFail !== 'block'))
    );
  }

  private visitGate({ gate }: GateNode, before: Open): Open {
    const missing = distinct([...before, ...this.openLinks('gate', gate.key)]);
    const recorded = this.state.gates.get(gate.key);
    const open = missing.length > 0 ? 'waiting' : 'open';
    const status = recorded === undefined || recorded === 'reopened' ? open : recorded;
    this.gates.set(gate.key, { part: gate, status, missing: status === 'waiting' ? missing : [] });
    if (isBehind(recorded)) return this.controls(missing);
    return missing.length === 0 && gate.onFail !== 'block' ? [] : [{ kind: 'gate', key: gate.key }];
  }

  private visitHandoff({ handoff }: HandoffNode, missing: Open): Open {
    const accepted = this.state.handoffs.has(handoff.key);
    const open = this.state.returned?.has(handoff.key) === true ? 'returned' : 'open';
    const status = accepted ? 'accepted' : missing.length > 0 ? 'waiting' : open;
    this.handoffs.set(handoff.key, { part: handoff, status, missing: accepted ? [] : missing });
    return accepted ? this.controls(missing) : [{ kind: 'handoff', key: handoff.key }];
  }

  /** What is open before something that is over already: what has to be approved, evaluated or accepted again holds up all that follows. */
  private controls(missing: Open): Open {
    if (missing.length === 0) return missing;
    const judged = judgedIn(this.compiled);
    return missing.filter(({ kind, key }) => kind !== 'step' || judged.has(key));
  }

  private visitOrder(node: OrderNode, before: Open): Open {
    if (
      node.when !== null &&
      before.length === 0 &&
      !this.hasBegun(node) &&
      !this.conditionHolds(node.when)
    ) {
      this.mark(node, 'not-needed');
      return [];
    }
    const open = new Map<number, Open>();
    const predecessors = predecessorsOf(node);
    const visit = (position: number): Open => {
      const known = open.get(position);
      if (known) return known;
      const child = node.nodes[position];
      if (!child) return [];
      const waits = (predecessors[position] ?? []).map(visit);
      const result = this.visit(child, distinct([...before, ...stillWaiting(child, waits)]));
      open.set(position, result);
      return result;
    };
    return distinct(node.nodes.flatMap((_, position) => visit(position)));
  }

  private visitChoice(node: ChoiceNode, missing: Open): Open {
    const taken = node.branches.find((branch) => this.hasBegun(branch));
    if (!taken) return distinct(node.branches.flatMap((branch) => this.visit(branch, missing)));
    for (const branch of node.branches) if (branch !== taken) this.mark(branch, 'not-taken');
    return this.visit(taken, missing);
  }

  private visitLoop(node: LoopNode, missing: Open): Open {
    const body = this.visit(node.body, missing);
    const rejected = this.state.steps.get(node.review.key)?.status === 'rejected';
    // Whether there is something to mend was judged when it was rejected.
    if (rejected) return this.visitStep(node.redo, missing, true);
    if (!this.hasBegun(node.redo)) this.mark(node.redo, 'not-needed');
    else this.visit(node.redo, missing);
    return body;
  }

  private hasBegun(node: Node): boolean {
    return stepsBelow(node).some(({ key }) => (this.state.steps.get(key)?.status ?? 'pending') !== 'pending');
  }

  private mark(node: Node, status: 'not-needed' | 'not-taken'): void {
    for (const step of stepsBelow(node)) this.steps.set(step.key, { part: step, status, missing: [] });
  }
}

/** A node never changes, and is gone through again and again. */
function stepsBelow(node: Node): readonly Step[] {
  const known = below.get(node) ?? [...walk(node)].flatMap((each) => (each.type === 'step' ? each.step : []));
  below.set(node, known);
  return known;
}
const below = new WeakMap<Node, readonly Step[]>();

/** Keys of the approvals and reviews. */
export function judgedIn({ root }: CompiledWorkflow): ReadonlySet<string> {
  const known = judged.get(root);
  if (known) return known;
  const steps = stepsBelow(root).filter(({ kind }) => kind === 'approval' || kind === 'review');
  const found = new Set(steps.map(({ key }) => key));
  judged.set(root, found);
  return found;
}
const judged = new WeakMap<Node, ReadonlySet<string>>();

/** Positions of what each node of an order waits for; an order never changes and is gone through again and again. */
function predecessorsOf(node: OrderNode): readonly (readonly number[])[] {
  const known = predecessors.get(node);
  if (known) return known;
  const found = node.nodes.map((): number[] => []);
  for (const [from, to] of node.edges) found[to]?.push(from);
  predecessors.set(node, found);
  return found;
}
const predecessors = new WeakMap<OrderNode, readonly (readonly number[])[]>();

/** What a node waits for, given what is open in each of its predecessors. */
function stillWaiting(node: Node, waits: readonly Open[]): Open {
  const quorum = node.type === 'gate' ? node.quorum : null;
  if (quorum !== null && waits.filter((open) => open.length === 0).length >= quorum) return [];
  return waits.flat();
}

function distinct(open: readonly Missing[]): readonly Missing[] {
  if (open.length < 2) return open;
  return [...new Map(open.map((each) => [`${each.kind} ${each.key}`, each])).values()];
}
