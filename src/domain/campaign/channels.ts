import { accept, type Decision, notRunning, refuse } from './actions.js';
import { actorOfTrigger } from '../triggers/act.js';
import { type Actor, lacking } from './actor.js';
import { type Cents, centsOf, moneyText } from './money.js';
import { didYouMean, type Refusal, refusal } from './refusal.js';
import type { Situation } from './situation.js';

/** More than any campaign costs, and small enough that sums of cents stay exact. */
const MAX_AMOUNT = 1e12;
const MAX_REASON = 2_000;

/**
 * Holds a channel for now; what was launched on it counts on. One that somebody has paused stays as it is; one that a trigger has paused
 * is the person's from now on, so that no trigger resumes it.
 */
export function pauseChannel(situation: Situation, actor: Actor, channel: string, reason: string): Decision {
  const denied = lacking(actor, 'contributor') ?? notRunning(situation) ?? unknownChannel(situation, channel);
  if (denied) return refuse(denied);
  if (reason.trim() === '')
    return refuse(refusal('REASON_MISSING', 'a pause needs a reason, for whoever is to resume it'));
  if (reason.length > MAX_REASON)
    return refuse(refusal('INVALID_INPUT', `a reason has at most ${MAX_REASON} characters`));
  return isHeld(situation, channel) ? accept() : accept({ type: 'pause', channel, reason, by: actor.name });
}

/** Lets a paused channel go on, which takes somebody who may approve (R61). */
export function resumeChannel(situation: Situation, actor: Actor, channel: string): Decision {
  const denied = lacking(actor, 'approver') && lacking(actor, 'steward');
  if (denied) {
    const message = `'${actor.name}' cannot resume '${channel}': it takes somebody who may approve, or a steward`;
    const askRole = ['approver', 'steward'];
    return refuse(refusal('ROLE_MISSING', message, { missing: ['approver'], askRole }));
  }
  const closed = notRunning(situation) ?? unknownChannel(situation, channel);
  if (closed) return refuse(closed);
  if (situation.campaign.channels.get(channel)?.status !== 'paused') return accept();
  return accept({ type: 'resume', channel });
}

/** Sets what may be spent on channels; together not more than the campaign's own budget, where it has one. */
export function setBudget(
  situation: Situation,
  actor: Actor,
  given: readonly { readonly channel: string; readonly amount: number }[],
): Decision {
  const denied = lacking(actor, 'steward') ?? notRunning(situation);
  if (denied) return refuse(denied);
  const budgets = new Map<string, Cents>();
  for (const { channel, amount } of given) {
    const unknown = unknownChannel(situation, channel);
    if (unknown) return refuse(unknown);
    const cents = amount >= 0 && amount <= MAX_AMOUNT ? centsOf(amount) : null;
    if (cents === null)
      return invalid(`the budget of '${channel}' is an amount from 0 to 10¹² with two decimals at most`);
    if (budgets.has(channel)) return invalid(`the budget of '${channel}' is given twice`);
    budgets.set(channel, cents);
  }
  const { channels, facts } = situation.campaign;
  const total = [...channels].reduce(
    (sum, [channel, { budget }]) => sum + (budgets.get(channel) ?? budget ?? 0),
    0,
  );
  const whole = Math.round(facts.budget * 100);
  if (whole > 0 && total > whole)
    return invalid(`the channels would have ${moneyText(total)}, and the campaign ${moneyText(whole)}`);
  return accept(...[...budgets].map(([channel, budget]) => ({ type: 'budget', channel, budget }) as const));
}

/** Finishes a task. */
export function completeTask(
  situation: Situation,
  actor: Actor,
  key: string,
  tasks: readonly { readonly key: string; readonly isDone: boolean }[],
): Decision {
  const denied = lacking(actor, 'contributor') ?? notRunning(situation);
  if (denied) return refuse(denied);
  const found = tasks.filter((each) => each.key === key);
  const names = tasks.map((each) => each.key);
  if (found.length === 0)
    return refuse(refusal('UNKNOWN_TASK', `the campaign has no task '${key}'${didYouMean(key, names)}`));
  if (found.every(({ isDone }) => isDone)) return refuse(refusal('STEP_NOT_OPEN', `task '${key}' is done`));
  return accept({ type: 'task-done', key });
}

/** Whether it is paused, and not by a trigger, which may resume it by itself. */
export function isHeld({ campaign }: Situation, channel: string): boolean {
  const { status, pausedBy = null } = campaign.channels.get(channel) ?? {};
  return status === 'paused' && pausedBy?.startsWith(actorOfTrigger('')) !== true;
}

function unknownChannel({ campaign }: Situation, channel: string): Refusal | null {
  const known = [...campaign.channels.keys()];
  if (known.includes(channel)) return null;
  return refusal('UNKNOWN_CHANNEL', `the campaign has no channel '${channel}'${didYouMean(channel, known)}`);
}

const invalid = (message: string): Decision => refuse(refusal('INVALID_INPUT', message));
