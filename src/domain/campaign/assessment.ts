import { type Risk, RISKS } from '../workflow/workflow.js';
import { accept, type Decision, notRunning, refuse } from './actions.js';
import { type Actor, lacking } from './actor.js';
import { afterRaise } from './approvals/invalidate.js';
import { wrongFlags } from './input.js';
import { refusal } from './refusal.js';
import type { Situation } from './situation.js';

/** How much can go wrong with a campaign, what its content contains, and why that is said now. */
export interface Assessment {
  /** Null where it stays. */
  readonly risk: Risk | null;
  /** Null where they stay. */
  readonly flags: readonly string[] | null;
  readonly reason: string;
}

/**
 * Says that more, or less, can go wrong than was thought. Where it is more, what was approved has to be approved again, by whom the
 * Policy then demands (R40). Anybody who works on it may say so; that it is less takes a steward.
 */
export function assess(situation: Situation, actor: Actor, { risk, flags, reason }: Assessment): Decision {
  const { facts } = situation.campaign;
  const denied =
    lacking(actor, 'contributor') ?? notRunning(situation) ?? wrongFlags('a campaign', flags ?? []);
  if (denied) return refuse(denied);
  if (reason.trim() === '')
    return refuse(
      refusal('REASON_MISSING', `assessing '${facts.key}' anew needs a reason, for whoever finds it later`),
    );
  const after = { risk: risk ?? facts.risk, flags: [...new Set(flags ?? facts.flags)] };
  const rank = (each: string) => RISKS.indexOf(each as Risk);
  const added = after.flags.filter((flag) => !facts.flags.includes(flag));
  const isLess =
    rank(after.risk) < rank(facts.risk) || facts.flags.some((flag) => !after.flags.includes(flag));
  if (isLess && lacking(actor, 'steward')) {
    const message = `'${actor.name}' may say that more can go wrong with '${facts.key}', not that less can: that takes a steward`;
    return refuse(refusal('ROLE_MISSING', message, { missing: ['steward'], askRole: ['steward'] }));
  }
  const raised = [
    ...(rank(after.risk) > rank(facts.risk) ? [`the risk rose from ${facts.risk} to ${after.risk}`] : []),
    ...(added.length > 0 ? [`the campaign contains ${added.join(' and ')} now`] : []),
  ];
  if (!isLess && raised.length === 0) return accept();
  const invalidations = raised.length > 0 ? afterRaise(situation, raised.join(', and ')) : [];
  return accept({ type: 'assessment', risk: after.risk as Risk, flags: after.flags }, ...invalidations);
}
