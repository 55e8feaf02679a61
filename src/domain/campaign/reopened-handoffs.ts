import type { ProgressFacts } from '../workflow/expression.js';
import type { Handoff } from '../workflow/workflow.js';
import { differences } from './approvals/edits.js';
import { type Content, handoffText, madeFor, scopeOfHandoff } from './approvals/scope.js';
import { failedVerifications } from './handoffs.js';
import { Situation } from './situation.js';
import { type Change, type Invalidation, stateAfter } from './state.js';

/** A campaign and its assets at one moment. */
interface Moment {
  readonly situation: Situation;
  /** May be left out on both sides of an action that changes none. */
  readonly assets: readonly Content[];
}

/**
 * Accepted hand-offs that an action opens again: what they took over has changed, is gone or is made again, or what was verified holds no
 * more (R12, R45). What the receiving side has finished stays finished.
 */
export function reopenedHandoffs(before: Moment, after: Moment): (Change & { type: 'invalidation' })[] {
  const { workflow, compiled, policy, campaign, state } = after.situation;
  const reopened = workflow.handoffs.flatMap((handoff): (Change & { type: 'invalidation' })[] => {
    const { key } = handoff;
    if (!state.handoffs.has(key) || !before.situation.state.handoffs.has(key)) return [];
    const because = [...changed(handoff, before, after), ...failed(handoff, before, after)];
    return because.length === 0 ? [] : [{ type: 'invalidation', ...invalidation(after, key, because) }];
  });
  if (reopened.length === 0) return [];
  // What another one verifies may be that this one is accepted.
  const next = reopened.reduce(stateAfter, state);
  const situation = new Situation(workflow, compiled, policy, campaign, next);
  return [...reopened, ...reopenedHandoffs(before, { ...after, situation })];
}

function invalidation({ situation }: Moment, key: string, because: readonly string[]): Invalidation {
  const by = situation.state.acceptedBy?.get(key);
  return {
    ...{ kind: 'handoff', key, roles: [...new Set(situation.receiversOf(key))] },
    ...{ actors: by === undefined ? [] : [by], because: because.join(', and ') },
  };
}

/** What of the payload is something else, as ends of a sentence. */
function changed(handoff: Handoff, before: Moment, after: Moment): string[] {
  const [one, other] = [before, after].map(({ situation, assets }) =>
    handoffText(situation, handoff, assets),
  );
  if (one === other) return [];
  const held = ({ situation, assets }: Moment) => ({ brief: situation.campaign.brief, assets });
  return [
    ...differences(scopeOfHandoff(after.situation, handoff), held(before), held(after)),
    ...madeAgain(handoff, before, after),
  ];
}

function madeAgain(handoff: Handoff, before: Moment, after: Moment): string[] {
  const [was, is] = [before, after].map(({ situation }) => madeFor(situation, handoff));
  const other = handoff.payload.filter((item) => makingOf(was ?? [], item) !== makingOf(is ?? [], item));
  return other.length === 0 ? [] : [`${other.map((item) => `'${item}'`).join(' and ')} is made again`];
}
const makingOf = (made: ReturnType<typeof madeFor>, item: string): string =>
  JSON.stringify(made.filter(([artefact]) => artefact === item));

/** What was verified, and holds no more. */
function failed(handoff: Handoff, before: Moment, after: Moment): string[] {
  const was = new Set(failedVerifications(before.situation, handoff));
  const progress = lasting(before.situation.progressFacts, after.situation.progressFacts);
  const lacks = failedVerifications(after.situation, handoff, progress).filter((each) => !was.has(each));
  return lacks.length === 0 ? [] : [`it lacks ${lacks.join(', ')}`];
}

/** What had happened before and is so still: that a campaign goes on takes nothing away that was verified. */
const lasting = (before: ProgressFacts, after: ProgressFacts): ProgressFacts => ({
  approved: (artefact) => before.approved(artefact) && after.approved(artefact),
  done: (step) => before.done(step) && after.done(step),
  passed: (gate) => before.passed(gate) && after.passed(gate),
  accepted: (handoff) => before.accepted(handoff) && after.accepted(handoff),
  launched: (channel) => before.launched(channel) && after.launched(channel),
});
