import type { ApprovalState } from './approvals.js';
import { code, listed, plain } from './markdown.js';
import type { Plan } from './plan.js';
import type { Check } from './pull-requests.js';
import { summarisePlan } from './summarise-plan.js';

/** Items that are listed; a check takes no more than 65,535 characters. */
const [ITEMS, APPROVERS] = [50, 5];

/** What the check says of a plan and its approvals: every item, and who has approved it. */
export function renderCheck(
  plan: Plan,
  { items, roles }: ApprovalState,
): Pick<Check, 'state' | 'title' | 'summary'> {
  const { verdict, counts } = summarisePlan(plan);
  const waiting = roles.filter(({ open }) => open > 0).map(({ role }) => role);
  const isWaiting = plan.ok && waiting.length > 0;
  const lines = items.slice(0, ITEMS).map(({ definition, summary, approvedBy }) => {
    const by = listed(
      approvedBy.map(({ reviewer }) => code(reviewer)),
      APPROVERS,
    );
    return `- ${by === '' ? '☐' : '☑'} ${code(definition)}: ${plain(summary)}${by === '' ? '' : ` · approved by ${by}`}`;
  });
  const rest = items.length > ITEMS ? [`- … and ${items.length - ITEMS} more`] : [];
  const asked = listed(
    waiting.map((role) => code(role)),
    ITEMS,
  );
  const text = [
    counts,
    ...(isWaiting ? ['', `Waits for the approval of ${asked}.`] : []),
    ...(items.length > 0 ? ['', '### What is approved', '', ...lines, ...rest] : []),
  ];
  return {
    state: !plan.ok ? 'failure' : isWaiting ? 'waiting' : 'success',
    title: isWaiting ? `${verdict}; waits for ${listed(waiting, ITEMS)}` : verdict,
    summary: text.join('\n'),
  };
}
