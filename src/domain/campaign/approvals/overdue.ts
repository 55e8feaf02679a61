import type { Alert } from '../../alert.js';
import type { Passed } from './routing.js';

/** What is told when an answer does not come in time: to who was asked, and to the steward where nobody is left; who is asked instead is told so. */
export function overdueAlert(
  { campaign, steward }: { readonly campaign: string; readonly steward: string },
  { request, next }: Passed,
): Omit<Alert, 'subject'> {
  const what = request.step === null ? `hand-off '${request.handoff ?? ''}'` : `'${request.step}'`;
  const late = `${request.asked} has not answered${request.asked === request.role ? '' : ` for ${request.role}`} at ${what} of campaign '${campaign}', which was due ${request.dueAt?.toISOString() ?? ''}`;
  return {
    ...{ kind: 'answer-overdue', campaign },
    message: `${late}; ${next === null ? 'nobody is left to ask' : `${next.asked} is asked now`}`,
    roles: [...new Set([request.asked, ...(next === null ? [steward] : [])])],
  };
}
