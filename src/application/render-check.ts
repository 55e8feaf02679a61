import type { ApprovalState } from './approvals.js';
import { code, listed } from './markdown.js';
import type { Plan } from './plan.js';
import type { Check } from './pull-requests.js';
import { itemLines } from './render-approvals.js';
import { summarisePlan } from './summarise-plan.js';

/** Items that are listed; a check takes no more than 65,535 characters. */
const ITEMS = 50;

/** What the check says of a plan and its approvals: every item, and who has approved it. */
export function renderCheck(
  plan: Plan,
  approvals: ApprovalState,
): Pick<Check, 'state' | 'title' | 'summary'> {
  const { verdict, counts } = summarisePlan(plan);
  const waiting = approvals.roles.filter(({ open }) => open > 0).map(({ role }) => role);
  const isWaiting = plan.ok && waiting.length > 0;
  const asked = listed(
    waiting.map((role) => code(role)),
    ITEMS,
  );
  const text = [
    counts,
    ...(isWaiting ? ['', `Waits for the approval of ${asked}.`] : []),
    ...(approvals.items.length > 0 ? ['', '### What is approved', '', ...itemLines(approvals, ITEMS)] : []),
  ];
  return {
    state: !plan.ok ? 'failure' : isWaiting ? 'waiting' : 'success',
    title: isWaiting ? `${verdict}; waits for ${listed(waiting, ITEMS)}` : verdict,
    summary: text.join('\n'),
  };
}
