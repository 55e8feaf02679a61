import type { StepStatus, GateStatus, HandoffStatus } from '../../api/operations.ts';
import type { Tone } from '../../ui/parts.tsx';

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
