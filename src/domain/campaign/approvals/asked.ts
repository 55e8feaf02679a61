import type { Step } from '../../workflow/workflow.js';
import { notOpen } from '../actions.js';
import type { HandoffProgress, StepProgress } from '../progress.js';
import type { Situation } from '../situation.js';
import { askedNow, forbidding } from './approve.js';
import type { Request, RequestRule } from './people.js';

/** An answer that is waited for: whose, since why, how soon, and who is asked when it does not come. */
export interface Wanted extends Pick<Request, 'step' | 'handoff' | 'isReturned' | 'role'> {
  readonly rule: RequestRule;
  readonly because: string;
  /** ISO 8601, in working time of whoever is asked; null where nothing says how soon. */
  readonly within: string | null;
  /** Whom it escalates to, in this order. */
  readonly above: readonly string[];
}

/** Every answer that a campaign waits for now. */
export function wantedIn(situation: Situation): Wanted[] {
  if (situation.campaign.status !== 'running') return [];
  const { steps, handoffs } = situation.progress;
  return [
    ...[...steps.values()].flatMap((step) => ofStep(situation, step)),
    ...[...handoffs.values()].flatMap((handoff) => ofHandoff(situation, handoff)),
  ];
}

function ofStep(situation: Situation, found: StepProgress): Wanted[] {
  const { part, status } = found;
  const isJudged = part.kind === 'approval' || part.kind === 'review' || part.kind === 'launch';
  const isOpen = status === 'ready' || status === 'started' || status === 'escalated';
  // What the Policy demands is demanded of what is sent after the launch too.
  if (!isJudged || (!isOpen && (part.kind !== 'launch' || status !== 'done'))) return [];
  if (isOpen && (notOpen(situation, found) || situation.blockedBy(...forbidding(part, status)).length > 0))
    return [];
  const { workflow, policy } = situation;
  return askedNow(situation, found).map((role) => ({
    ...{ step: part.key, handoff: null, isReturned: false, role, ...reasonOf(situation, part, status) },
    within: part.escalateAfter ?? policy.respondWithin ?? null,
    above: [part.accountable, workflow.steward],
  }));
}

function reasonOf(
  { policy, state }: Situation,
  step: Step,
  status: StepProgress['status'],
): { readonly rule: RequestRule; readonly because: string } {
  if (status === 'escalated') {
    const times = state.steps.get(step.key)?.round ?? 0;
    return { rule: 'escalated', because: `the work was returned ${times} times` };
  }
  if (step.kind === 'launch')
    return {
      rule: 'policy',
      because: `policy '${policy.key}' demands it before the launch on '${step.channel ?? ''}'`,
    };
  return { rule: 'default', because: `responsible for '${step.key}'` };
}

function ofHandoff(situation: Situation, { part, status }: HandoffProgress): Wanted[] {
  if (status !== 'open' && status !== 'returned') return [];
  const { workflow, policy, state } = situation;
  const roles = status === 'open' ? situation.receiversOf(part.key) : situation.sendersOf(part.key);
  const why =
    status === 'open'
      ? ({ rule: 'default', because: `answers for what begins section '${part.to}'` } as const)
      : ({ rule: 'returned', because: `returned: ${state.returned?.get(part.key) ?? ''}` } as const);
  return [...new Set(roles)].map((role) => ({
    ...{ step: null, handoff: part.key, isReturned: status === 'returned', role, ...why },
    within: part.respondWithin ?? policy.respondWithin ?? null,
    above: [workflow.steward],
  }));
}
