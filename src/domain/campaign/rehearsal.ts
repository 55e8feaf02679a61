import type { ChoiceNode, CompiledWorkflow } from '../workflow/compiled.js';
import { walk } from '../workflow/compiled.js';
import { DEFAULT_POLICY } from '../workflow/document.js';
import type { CampaignFacts } from '../workflow/expression.js';
import type { Step, TestEvent, Workflow } from '../workflow/workflow.js';
import {
  approve,
  completeStep,
  type Decision,
  finish,
  launchChannel,
  reject,
  skipStep,
  startStep,
} from './actions.js';
import { LOCAL_ACTOR } from './actor.js';
import { acceptHandoff } from './handoffs.js';
import type { Missing, StepStatus } from './progress.js';
import type { Refusal } from './refusal.js';
import { refusal } from './refusal.js';
import { Situation } from './situation.js';
import {
  type Brief,
  type CampaignState,
  type Change,
  type ChannelState,
  channelsAfter,
  EMPTY_STATE,
  stateAfter,
} from './state.js';

/** How a campaign is run on. */
export interface Manner {
  /** Whether what is optional is left out. */
  readonly skips: boolean;
  /** Whether a review, by its key, returns work once. */
  readonly returns: (review: string) => boolean;
}
export const PLAINLY: Manner = { skips: false, returns: () => false };

/** What a rehearsed campaign is like. */
export interface Circumstances {
  readonly facts: CampaignFacts;
  readonly brief: Brief;
}

/**
 * A campaign in memory that does what the real one may do: the same decisions on the same state, by somebody who has
 * every role. Used to run the tests of a workflow and to find out whether one can get stuck.
 */
export class Rehearsal {
  #state: CampaignState = EMPTY_STATE;
  #channels: ReadonlyMap<string, ChannelState>;

  constructor(
    private readonly workflow: Workflow,
    private readonly compiled: CompiledWorkflow,
    private readonly circumstances: Circumstances,
  ) {
    this.#channels = new Map(
      workflow.channels.map((channel) => [channel, { status: 'planned', plannedAt: null, launchedAt: null }]),
    );
  }

  get situation(): Situation {
    const { facts, brief } = this.circumstances;
    const campaign = { facts, brief, status: 'running' as const, channels: this.#channels };
    return new Situation(this.workflow, this.compiled, DEFAULT_POLICY, campaign, this.#state);
  }

  /** Lets something happen; the refusals when it may not. */
  perform(event: TestEvent): readonly Refusal[] {
    const { changes, refusals } = this.decide(event);
    for (const change of changes ?? []) this.apply(change);
    return refusals;
  }

  /** Whether something may happen now; nothing happens. */
  refusalsOf(event: TestEvent): readonly Refusal[] {
    return event.kind === 'reach' ? [] : this.decide(event).refusals;
  }

  /**
   * Does everything that may be done, in an order in which nothing hinders anything else, and returns what is still
   * open in the end.
   * @param takes which branch of a choice is taken
   * @param isWanted what to restrict it to; the whole campaign without it
   */
  runOn(
    takes: (choice: ChoiceNode) => number = () => 0,
    isWanted: (step: string) => boolean = () => true,
    manner: Manner = PLAINLY,
  ): Situation {
    for (;;) {
      const { situation } = this;
      const avoided = new Set(avoidedSteps(this.compiled, situation, takes));
      const { steps, gates, handoffs } = situation.progress;
      const changes = [
        ...[...steps.values()].flatMap(({ part, status }) => {
          const open = isOpen(status);
          return open && !avoided.has(part.key) && isWanted(part.key)
            ? finishing(situation, part, manner)
            : [];
        }),
        ...[...gates.values()].flatMap(({ part, status }): Change[] =>
          status === 'open' ? [{ type: 'gate', key: part.key, status: 'passed', results: [] }] : [],
        ),
        ...[...handoffs.values()].flatMap(({ part, status }) =>
          status === 'open' ? (acceptHandoff(situation, LOCAL_ACTOR, part.key).changes ?? []) : [],
        ),
      ];
      if (changes.length === 0) return situation;
      for (const change of changes) this.apply(change);
    }
  }

  private decide({ kind, key }: TestEvent): Decision {
    const { situation } = this;
    switch (kind) {
      case 'start':
        return startStep(situation, LOCAL_ACTOR, key);
      case 'complete':
        return this.startFirst(key, () => completeStep(this.situation, LOCAL_ACTOR, key));
      case 'approve':
        return approve(situation, LOCAL_ACTOR, key, null);
      case 'reject':
        return reject(situation, LOCAL_ACTOR, key, 'rejected in a test');
      case 'skip':
        return skipStep(situation, LOCAL_ACTOR, key);
      case 'launch':
        return launchChannel(situation, LOCAL_ACTOR, key);
      case 'accept':
        return acceptHandoff(situation, LOCAL_ACTOR, key);
      case 'pass':
      case 'fail':
        return this.judgeGate(key, kind === 'pass' ? 'passed' : 'failed');
      case 'reach':
        return this.reach(key);
    }
  }

  /** A test that completes a step need not start it first. */
  private startFirst(key: string, complete: () => Decision): Decision {
    if (this.situation.progress.steps.get(key)?.status !== 'ready') return complete();
    const before = this.#state;
    const started = startStep(this.situation, LOCAL_ACTOR, key);
    if (!started.changes) return started;
    for (const change of started.changes) this.apply(change);
    const completed = complete();
    this.#state = before;
    return completed.changes
      ? { refusals: [], changes: [...started.changes, ...completed.changes] }
      : completed;
  }

  private judgeGate(key: string, status: 'passed' | 'failed'): Decision {
    const gate = this.situation.progress.gates.get(key);
    const refused = !gate
      ? refusal('UNKNOWN_GATE', `there is no gate '${key}'`)
      : gate.status === 'waiting'
        ? refusal('GATE_NOT_REACHED', `gate '${key}' is not reached`)
        : null;
    return refused
      ? { refusals: [refused], changes: null }
      : { refusals: [], changes: [{ type: 'gate', key, status, results: [] }] };
  }

  /** Does what it takes for a step to become ready, and no more. */
  private reach(key: string): Decision {
    const takes = (choice: ChoiceNode) =>
      Math.max(
        0,
        choice.branches.findIndex((branch) => holdsStep(branch, key)),
      );
    for (;;) {
      const { situation } = this;
      const found = situation.progress.steps.get(key);
      if (!found) return startStep(situation, LOCAL_ACTOR, key);
      if (found.status !== 'waiting') return { refusals: [], changes: [] };
      const wanted = ancestorsOf(situation, key);
      const before = this.#state;
      this.runOn(takes, (step) => wanted.step.has(step));
      if (this.#state === before) return this.stuck(key);
    }
  }

  /** Why a step cannot be reached: what stands open on the way to it and is refused, else what it waits for itself. */
  private stuck(key: string): Decision {
    const { situation } = this;
    const { steps, handoffs } = situation.progress;
    const before = ancestorsOf(situation, key);
    const [first, ...others] = [
      ...[...before.handoff]
        .filter((handoff) => handoffs.get(handoff)?.status === 'open')
        .flatMap((handoff) => acceptHandoff(situation, LOCAL_ACTOR, handoff).refusals),
      ...[...before.step]
        .filter((step) => isOpen(steps.get(step)?.status))
        .flatMap((step) => situation.blockedBy(`start:${step}`, `complete:${step}`)),
    ];
    return first ? { refusals: [first, ...others], changes: null } : startStep(situation, LOCAL_ACTOR, key);
  }

  private apply(change: Change): void {
    this.#state = stateAfter(this.#state, change);
    this.#channels = channelsAfter(this.#channels, change, null);
  }
}

const isOpen = (status: StepStatus | undefined): boolean => status === 'ready' || status === 'started';

/** The changes that get a step behind, or none when a rule forbids it for now. */
function finishing(situation: Situation, step: Step, manner: Manner): readonly Change[] {
  const { key, kind, channel } = step;
  const isFirst = (situation.state.steps.get(key)?.round ?? 0) === 0;
  if (step.rework && isFirst && manner.returns(key))
    return reject(situation, LOCAL_ACTOR, key, 'returned once').changes ?? [];
  if (manner.skips && step.optional) return skipStep(situation, LOCAL_ACTOR, key).changes ?? [];
  if (kind === 'launch' && channel !== null)
    return launchChannel(situation, LOCAL_ACTOR, channel).changes ?? [];
  if (situation.blockedBy(`start:${key}`, `complete:${key}`).length > 0) return [];
  return finish(situation, step);
}

/** Steps of branches that are not to be taken. */
function avoidedSteps(
  { root }: CompiledWorkflow,
  situation: Situation,
  takes: (choice: ChoiceNode) => number,
): string[] {
  const avoided: string[] = [];
  for (const node of walk(root)) {
    if (node.type !== 'choice') continue;
    const open = node.branches.filter((branch) => !isClosed(branch, situation));
    const taken = open.find((branch) => branch === node.branches[takes(node)]) ?? open[0];
    for (const branch of node.branches) {
      if (branch === taken) continue;
      for (const each of walk(branch)) if (each.type === 'step') avoided.push(each.step.key);
    }
  }
  return avoided;
}

const isClosed = (branch: ChoiceNode['branches'][number], situation: Situation): boolean =>
  branch.when !== null && !situation.holdsFor('step', branch.when);

function holdsStep(branch: ChoiceNode['branches'][number], key: string): boolean {
  for (const each of walk(branch)) if (each.type === 'step' && each.step.key === key) return true;
  return false;
}

/** What has to be done before a step, as far as is known now: keys by kind. */
function ancestorsOf(
  { progress }: Situation,
  key: string,
): Readonly<Record<Missing['kind'], ReadonlySet<string>>> {
  const found = { step: new Set<string>(), gate: new Set<string>(), handoff: new Set<string>() };
  const look: Missing[] = [{ kind: 'step', key }];
  for (let next = look.pop(); next; next = look.pop()) {
    const standing =
      next.kind === 'step'
        ? progress.steps.get(next.key)
        : next.kind === 'gate'
          ? progress.gates.get(next.key)
          : progress.handoffs.get(next.key);
    for (const missing of standing?.missing ?? []) {
      if (found[missing.kind].has(missing.key)) continue;
      found[missing.kind].add(missing.key);
      look.push(missing);
    }
  }
  return found;
}
