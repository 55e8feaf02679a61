import type { StepStatus, GateStatus, HandoffStatus } from '../../api/operations.ts';
import type { Tone } from '../../ui/parts.tsx';
import type { Found } from './found.ts';

/** What is missing, by the name of a step where it is one: the cards of the page have names. */
export const nameIn =
  ({ steps }: Found) =>
  (missing: string): string => {
    const step = steps.find(({ key }) => key === missing);
    return step ? `“${step.name}”` : missing;
  };

/** As what a state is shown, wherever it is. */
export const TONES: Readonly<Record<StepStatus | GateStatus | HandoffStatus, Tone>> = {
  DONE: 'good',
  PASSED: 'good',
  ACCEPTED: 'good',
  READY: 'busy',
  STARTED: 'busy',
  OPEN: 'busy',
  ESCALATED: 'bad',
  REJECTED: 'bad',
  FAILED: 'bad',
  RETURNED: 'bad',
  DEVIATED: 'warn',
  SKIPPED: 'quiet',
  NOT_NEEDED: 'quiet',
  NOT_TAKEN: 'quiet',
  WAITING: 'quiet',
};
