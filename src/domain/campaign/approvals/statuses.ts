import type { StepStatus } from '../progress.js';
import type { Situation } from '../situation.js';
import { wantedIn } from './asked.js';
import { givenOn } from './demands.js';

export type ApprovalStatus = 'waiting' | 'asked' | 'given' | 'not-needed';

const BEHIND: readonly StepStatus[] = ['done', 'skipped', 'not-needed', 'not-taken'];

/** An approval is the answer of one role at one step. */
export const approvalKey = (step: string, role: string): string => `${step} ${role}`;

/** Where each approval stands; the Policy's before a launch are among them as soon as they are asked for. */
export function approvalStatuses(situation: Situation): Map<string, ApprovalStatus> {
  const statuses = new Map<string, ApprovalStatus>();
  for (const { part, status } of situation.progress.steps.values()) {
    if (part.kind !== 'approval' && part.kind !== 'review' && part.kind !== 'launch') continue;
    const roles = part.kind === 'launch' ? [] : [...part.responsible, part.accountable];
    for (const role of roles)
      statuses.set(approvalKey(part.key, role), BEHIND.includes(status) ? 'not-needed' : 'waiting');
    for (const { forRole } of givenOn(situation, part.key))
      statuses.set(approvalKey(part.key, forRole), 'given');
  }
  for (const { step, role } of wantedIn(situation))
    if (step !== null) statuses.set(approvalKey(step, role), 'asked');
  return statuses;
}
