import { gatesOf } from '../workflow/steps.js';
import { type Pattern, PATTERNS, type Workflow } from '../workflow/workflow.js';

/** What goes wrong between channels and teams, and the simplest that helps (R33). */
export const ALIGNMENT_GAPS = {
  'late-handoff': {
    pattern: 'sequential',
    element: 'a hand-off with a payload, a check and a time to respond',
  },
  'uncommunicated-milestone': {
    pattern: 'sequential',
    element: 'a milestone that is announced to its consumers',
  },
  'budget-waste': { pattern: 'sequential', element: 'a gate before the launch' },
  'missed-deadline': { pattern: 'parallel', element: 'shared milestones' },
  'approval-bottleneck': { pattern: 'parallel', element: 'approval tracks side by side' },
  'messaging-conflict': { pattern: 'parallel', element: 'one brief and a convergence gate' },
  'slow-reaction': { pattern: 'adaptive', element: 'a trigger on one signal, with a guard' },
  'data-silo': { pattern: 'adaptive', element: 'one source of the signal that decisions rest on' },
} as const satisfies Readonly<Record<string, { readonly pattern: Pattern; readonly element: string }>>;
export type AlignmentGap = keyof typeof ALIGNMENT_GAPS;

export interface FirstStep {
  readonly pattern: Pattern;
  /** What to introduce first, for the most critical gap. */
  readonly element: string;
}

/** The simplest pattern that addresses all gaps, and what to begin with. @param gaps the most critical first */
export function firstStep(gaps: readonly AlignmentGap[]): FirstStep | null {
  const [worst] = gaps;
  if (worst === undefined) return null;
  const needed = gaps.map((gap) => PATTERNS.indexOf(ALIGNMENT_GAPS[gap].pattern));
  return { pattern: PATTERNS[Math.max(...needed)] ?? 'sequential', element: ALIGNMENT_GAPS[worst].element };
}

/** Whether a workflow has the element that helps against a gap. Of approvals and data its definition does not show it. */
export function hasElement(workflow: Workflow, gap: AlignmentGap): boolean {
  const { handoffs, milestones, triggers } = workflow;
  switch (gap) {
    case 'late-handoff':
      return handoffs.some(
        ({ payload, verify, respondWithin }) =>
          payload.length > 0 && verify.length > 0 && respondWithin !== null,
      );
    case 'uncommunicated-milestone':
      return milestones.some(
        ({ announceBefore, consumers }) => announceBefore !== null && consumers.length > 0,
      );
    case 'missed-deadline':
      return milestones.length > 0;
    case 'budget-waste':
      return gatesOf(workflow).some(({ onFail }) => onFail !== 'alert');
    case 'messaging-conflict':
      return gatesOf(workflow).some(({ checks }) =>
        checks.some(({ metric }) => metric === 'message-consistency'),
      );
    case 'slow-reaction':
      return triggers.length > 0;
    case 'approval-bottleneck':
    case 'data-silo':
      return false;
  }
}
