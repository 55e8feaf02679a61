import { walk } from '../../workflow/compiled.js';
import { readExpression } from '../../workflow/expression.js';
import {
  approve,
  completeStep,
  type Decision,
  launchChannel,
  reject,
  skipStep,
  startStep,
} from '../actions.js';
import { LOCAL_ACTOR } from '../actor.js';
import { acceptHandoff } from '../handoffs.js';
import type { StepProgress } from '../progress.js';
import type { Refusal } from '../refusal.js';
import { type CampaignInput, type Situation } from '../situation.js';
import { type CampaignState, type Change, channelsAfter, stateAfter } from '../state.js';
import type { Version } from './version.js';
import { avoidedOn, type Way } from './ways.js';

/** Where a run came to a halt. */
export interface Halt {
  readonly situation: Situation;
  /** What was done on the way, in order. */
  readonly did: readonly string[];
  /** Why nothing more can be done. */
  readonly because: readonly Refusal[];
}

export interface RunOptions {
  readonly way: Way;
  /** Steps it is restricted to; all without it. */
  readonly only?: ReadonlySet<string>;
}

/**
 * Lets a campaign go on with the decisions of the real one, by somebody who has every role, as unfavourably as people may
 * act: whatever may be left out is left out, and what is returned and need not be redone is returned. Everything else is
 * done as soon as it may be. Since nothing that is done takes anything away, what is open in the end waits for ever.
 */
export class Run {
  #state: CampaignState;
  #campaign: CampaignInput;
  readonly #did: string[] = [];

  constructor(
    private readonly version: Version,
    campaign: CampaignInput,
    state: CampaignState,
  ) {
    this.#state = state;
    this.#campaign = campaign;
  }

  get situation(): Situation {
    return this.version.situation(this.#campaign, this.#state);
  }

  /** Goes on until nothing more can be done. */
  toTheEnd({ way, only }: RunOptions): Halt {
    for (;;) {
      const { situation } = this;
      const avoided = avoidedOn(way, this.version, (node) => isClosed(node, situation));
      const wanted = ({ part }: StepProgress) =>
        (only?.has(part.key) ?? true) && !this.isAvoided(part.key, avoided, situation);
      const tried = this.attempts(situation, wanted);
      if (this.take(tried)) continue;
      const because = tried.flatMap(([, decision]) => decision.refusals);
      if (this.fillIn(situation, because)) continue;
      // Nobody has to begin a branch that cannot go on.
      const others = only ? [] : this.attempts(situation, ({ part }) => avoided.has(part.key));
      if (this.takeFirst(others)) continue;
      return { situation, did: this.#did, because };
    }
  }

  /** Does one step from beginning to end; the refusals where it cannot. */
  finish(key: string): readonly Refusal[] {
    for (let action = 0; action < 2; action++) {
      const { situation } = this;
      const step = situation.progress.steps.get(key);
      if (!step || OVER.has(step.status)) return [];
      if (step.status === 'waiting') return startStep(situation, LOCAL_ACTOR, key).refusals;
      const attempts = this.attempt(situation, step);
      if (!this.take(attempts)) return attempts.flatMap(([, { refusals }]) => refusals);
    }
    return [];
  }

  do(what: string, decide: (situation: Situation) => Decision): readonly Refusal[] {
    const decision = decide(this.situation);
    this.take([[what, decision]]);
    return decision.refusals;
  }

  private isAvoided(key: string, avoided: ReturnType<typeof avoidedOn>, situation: Situation): boolean {
    const choice = avoided.get(key);
    // Once a choice is made, what belongs to it is known from the progress.
    return choice !== undefined && !choice.branches.some((branch) => hasBegun(branch, situation));
  }

  private attempts(situation: Situation, wanted: (step: StepProgress) => boolean): [string, Decision][] {
    const { steps, gates, handoffs } = situation.progress;
    return [
      ...[...steps.values()].flatMap((step) => (wanted(step) ? this.attempt(situation, step) : [])),
      ...[...gates.values()].flatMap(({ part: { key }, status }): [string, Decision][] => {
        if (status !== 'open' && status !== 'failed') return [];
        const passed: Change = { type: 'gate', key, status: 'passed', results: [] };
        return [[`gate '${key}' passed`, { refusals: [], changes: [passed] }]];
      }),
      ...[...handoffs.values()].flatMap(({ part: { key }, status }): [string, Decision][] =>
        status === 'open' ? [[`hand-off '${key}' accepted`, acceptHandoff(situation, LOCAL_ACTOR, key)]] : [],
      ),
    ];
  }

  private attempt(situation: Situation, { part, status }: StepProgress): [string, Decision][] {
    const { key, kind, channel, optional } = part;
    const actor = LOCAL_ACTOR;
    if (status !== 'ready' && status !== 'started' && status !== 'escalated') return [];
    if (optional) return [[`'${key}' left out`, skipStep(situation, actor, key)]];
    if (kind === 'launch') return [[`'${key}' launched`, launchChannel(situation, actor, channel ?? '')]];
    if (kind === 'approval' || kind === 'review') {
      return status !== 'escalated' && this.needsNoRedo(situation, key)
        ? [[`'${key}' rejected`, reject(situation, actor, key, '')]]
        : [[`'${key}' approved`, approve(situation, actor, key, null)]];
    }
    return status === 'started'
      ? [[`'${key}' completed`, completeStep(situation, actor, key)]]
      : [[`'${key}' started`, startStep(situation, actor, key)]];
  }

  /** Whether a rejection may be left as it is, since its rework may be left out or is not needed. */
  private needsNoRedo(situation: Situation, review: string): boolean {
    const redo = this.version.loopJudgedBy(review)?.redo.step;
    if (!redo) return false;
    return redo.optional || (redo.when !== null && !situation.holdsFor('step', redo.when));
  }

  private take(attempts: readonly (readonly [string, Decision])[]): boolean {
    let isAnything = false;
    for (const [what, { changes }] of attempts) {
      if (!changes) continue;
      isAnything = true;
      this.#did.push(what);
      for (const change of changes) this.apply(change);
    }
    return isAnything;
  }

  private takeFirst(attempts: readonly (readonly [string, Decision])[]): boolean {
    return this.take(attempts.filter(([, { changes }]) => changes !== null).slice(0, 1));
  }

  /** Sets fields of the brief that a rule or hand-off asks for, where that lets it hold. */
  private fillIn(situation: Situation, because: readonly Refusal[]): boolean {
    const { rules, handoffs } = this.version.workflow;
    const named = new Set(because.map(({ rule }) => rule));
    const expressions = [
      ...rules.flatMap((rule) => (named.has(rule.key) ? [rule.until] : [])),
      ...handoffs.flatMap(({ key, verify }) =>
        named.has(key) ? verify.flatMap((each) => (each.type === 'cel' ? [each.expression] : [])) : [],
      ),
    ];
    for (const expression of expressions) {
      const fields = fieldsFor(expression, situation);
      if (!fields) continue;
      this.#campaign = { ...this.#campaign, brief: { ...this.#campaign.brief, ...fields } };
      return true;
    }
    return false;
  }

  private apply(change: Change): void {
    this.#state = stateAfter(this.#state, change);
    const channels = channelsAfter(this.#campaign.channels, change, null);
    if (channels !== this.#campaign.channels) this.#campaign = { ...this.#campaign, channels };
  }
}

const OVER: ReadonlySet<string> = new Set(['done', 'skipped', 'not-needed', 'not-taken']);

function hasBegun(node: Parameters<typeof walk>[0], { state }: Situation): boolean {
  for (const each of walk(node)) {
    if (each.type === 'step' && (state.steps.get(each.step.key)?.status ?? 'pending') !== 'pending')
      return true;
  }
  return false;
}

const isClosed = (node: Parameters<typeof walk>[0], situation: Situation): boolean =>
  node.type === 'order' && node.when !== null && !situation.holdsFor('step', node.when);

/** Values of the brief with which an expression that does not hold would hold; null where there are none. */
function fieldsFor(expression: string, situation: Situation): Record<string, string> | null {
  if (situation.holdsFor('rule', expression)) return null;
  const read = readExpression('rule', expression);
  const { asks, comparisons } = read;
  const { facts, brief } = situation.campaign;
  const subjects = asks.filter((each) => each.startsWith('brief.'));
  let candidates: Record<string, string>[] = [{}];
  for (const subject of subjects) {
    const values = comparisons.flatMap((each) => (each.subject === subject ? [each.value] : []));
    const field = subject.slice('brief.'.length);
    candidates = candidates.flatMap((each) =>
      [...values, 'given'].map((value) => ({ ...each, [field]: value })),
    );
    if (candidates.length > MAX_CANDIDATES) return null;
  }
  return (
    candidates.find((fields) =>
      read.evaluate({ campaign: facts, brief: { ...brief, ...fields }, progress: situation.progressFacts }),
    ) ?? null
  );
}
const MAX_CANDIDATES = 64;
