import * as actions from '../../src/domain/campaign/actions.js';
import type { Decision } from '../../src/domain/campaign/actions.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { acceptHandoff } from '../../src/domain/campaign/handoffs.js';
import { type CampaignInput, Situation } from '../../src/domain/campaign/situation.js';
import {
  type CampaignState,
  type Change,
  channelsAfter,
  type ChannelState,
  stateAfter,
} from '../../src/domain/campaign/state.js';
import type { CompiledWorkflow } from '../../src/domain/workflow/compiled.js';
import type { Policy } from '../../src/domain/workflow/document.js';
import type { Workflow } from '../../src/domain/workflow/workflow.js';

/** A definition that campaigns run on. */
export interface Ground {
  readonly workflow: Workflow;
  readonly compiled: CompiledWorkflow;
  readonly policy: Policy;
}

/** One moment of a campaign. */
export interface Moment {
  readonly state: CampaignState;
  readonly channels: ReadonlyMap<string, ChannelState>;
}

/** Everything that anybody may do at a moment, by name, and what comes of it. */
export function possible(ground: Ground, campaign: CampaignInput, moment: Moment): Map<string, Moment> {
  const situation = situationAt(ground, campaign, moment);
  const found = new Map<string, Moment>();
  const offer = (name: string, { changes }: Decision) => {
    if (changes && changes.length > 0) found.set(name, changes.reduce(after, moment));
  };
  for (const key of situation.progress.steps.keys()) {
    offer(`start ${key}`, actions.startStep(situation, LOCAL_ACTOR, key));
    offer(`complete ${key}`, actions.completeStep(situation, LOCAL_ACTOR, key));
    offer(`approve ${key}`, actions.approve(situation, LOCAL_ACTOR, key, null));
    offer(`reject ${key}`, actions.reject(situation, LOCAL_ACTOR, key, ''));
    offer(`skip ${key}`, actions.skipStep(situation, LOCAL_ACTOR, key));
  }
  for (const channel of situation.campaign.channels.keys())
    offer(`launch ${channel}`, actions.launchChannel(situation, LOCAL_ACTOR, channel));
  for (const [key, { status }] of situation.progress.gates) {
    if (status !== 'open' && status !== 'failed') continue;
    for (const outcome of ['passed', 'failed'] as const) {
      const change: Change = { type: 'gate', key, status: outcome, results: [] };
      offer(`${outcome} ${key}`, { refusals: [], changes: [change] });
    }
  }
  for (const key of situation.progress.handoffs.keys())
    offer(`accept ${key}`, acceptHandoff(situation, LOCAL_ACTOR, key));
  return found;
}

export function situationAt(
  { workflow, compiled, policy }: Ground,
  campaign: CampaignInput,
  { state, channels }: Moment,
): Situation {
  const facts = { ...campaign.facts, regulated: workflow.regulated };
  return new Situation(workflow, compiled, policy, { ...campaign, facts, channels }, state);
}

const after = (moment: Moment, change: Change): Moment => ({
  state: stateAfter(moment.state, change),
  channels: channelsAfter(moment.channels, change, new Date(0)),
});

/** Rounds are counted without end; beyond what any loop allows they make no difference. */
const MOST_ROUNDS = 3;

export function nameOfMoment({ state, channels }: Moment): string {
  const steps = [...state.steps].map(
    ([key, { status, round }]) => `${key}=${status}${Math.min(round, MOST_ROUNDS)}`,
  );
  const gates = [...state.gates].map(([key, status]) => `${key}:${status}`);
  const live = [...channels].map(([key, { status }]) => `${key}~${status}`);
  const back = [...(state.returned ?? new Map<string, string>()).keys()].map((key) => `${key} returned`);
  return [...steps, ...gates, ...state.handoffs, ...live, ...back].sort().join(' ');
}

export interface Exploration {
  /** How many states there are; null where there are more than the limit. */
  readonly states: number | null;
  /** How a state is reached from which the end is not; null where there is none. */
  readonly deadEnd: readonly string[] | null;
  /** How work that had been done comes to be done again without a rejection; null where it does not. */
  readonly repeated: readonly string[] | null;
}

/**
 * Goes to every state that can be reached, and looks from which of them the end can be.
 * @param again steps that a rejection from before the start sends back
 */
export function explore(
  ground: Ground,
  campaign: CampaignInput,
  start: Moment,
  limit: number,
  again: (review: string) => ReadonlySet<string> = () => new Set(),
): Exploration {
  const moments = new Map([[nameOfMoment(start), { moment: start, way: [] as readonly string[] }]]);
  const back = new Map<string, string[]>();
  const ends: string[] = [];
  let repeated: readonly string[] | null = null;
  const done = new Set(
    [...start.state.steps].flatMap(([key, { status }]) => (status === 'done' ? [key] : [])),
  );
  for (const [name, { moment, way }] of moments) {
    if (situationAt(ground, campaign, moment).progress.open.length === 0) ends.push(name);
    for (const [action, next] of possible(ground, campaign, moment)) {
      const other = nameOfMoment(next);
      back.set(other, [...(back.get(other) ?? []), name]);
      // A rejection opens its own rework, that is what it is for.
      if (!action.startsWith('reject '))
        repeated ??= redoes(moment, next, start, done, again) ? [...way, action] : null;
      if (moments.has(other)) continue;
      moments.set(other, { moment: next, way: [...way, action] });
      if (moments.size > limit) return { states: null, deadEnd: null, repeated };
    }
  }
  const live = new Set(ends);
  for (const name of live) for (const before of back.get(name) ?? []) live.add(before);
  const dead = [...moments].find(([name]) => !live.has(name));
  return { states: moments.size, deadEnd: dead?.[1].way ?? null, repeated };
}

/** Whether work that was done at the start is opened again, other than by a rejection since or one that had sent it back. */
function redoes(
  { state }: Moment,
  next: Moment,
  start: Moment,
  done: ReadonlySet<string>,
  again: (review: string) => ReadonlySet<string>,
): boolean {
  const reopened = [...done].filter(
    (key) => state.steps.get(key)?.status === 'done' && next.state.steps.get(key)?.status === 'pending',
  );
  if (reopened.length === 0) return false;
  const reviews = [...state.steps].filter(
    ([key, each]) => each.status === 'rejected' && next.state.steps.get(key)?.status === 'pending',
  );
  if (reviews.length === 0) return true;
  return reviews.every(([review, { round }]) => {
    const isNew = round > (start.state.steps.get(review)?.round ?? 0);
    return !isNew && reopened.some((key) => !again(review).has(key));
  });
}
