import type { Alert } from '../../alert.js';
import type { Passed } from './routing.js';

/** What is told when an answer does not come in time, and whom; the one who is asked instead, or nobody where nobody is left. */
export function overdueAlert(campaign: string, passed: Passed): Pick<Alert, 'kind' | 'message'> {
  const { request, next } = passed;
  const what = request.step === null ? `hand-off '${request.handoff ?? ''}'` : `'${request.step}'`;
  const late = `${request.asked} has not answered for ${request.role} at ${what} of campaign '${campaign}', which was due ${request.dueAt?.toISOString() ?? ''}`;
  const then = next === null ? 'nobody is left to ask' : `${next.asked} is asked now`;
  return { kind: 'answer-overdue', message: `${late}; ${then}${told(rolesToTell(passed))}` };
}

/** Roles, or addresses of people, that the alert is for. */
const rolesToTell = ({ request, next }: Passed): string[] =>
  next === null ? [request.asked] : [request.asked, next.asked];

const told = (roles: readonly string[]): string => ` (${roles.join(', ')})`;
