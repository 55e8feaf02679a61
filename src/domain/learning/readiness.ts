import { type Pattern, PATTERNS } from '../workflow/workflow.js';

/** What patterns ask of an organisation (R31). */
export const CAPABILITIES = {
  documentation: 'How the work is done is written down.',
  discipline: 'What is written down is kept to.',
  communication: 'Teams tell each other in time.',
  'shared-milestones': 'Teams plan towards the same dates.',
  'data-infrastructure': 'Data are complete, timely and in one place.',
  automation: 'Tools act on data by themselves.',
  'culture-of-change': 'People welcome plans that change.',
} as const;
export type Capability = keyof typeof CAPABILITIES;

const NEEDS: Readonly<Record<Pattern, readonly Capability[]>> = {
  sequential: ['documentation', 'discipline'],
  parallel: ['communication', 'shared-milestones'],
  adaptive: ['data-infrastructure', 'automation', 'culture-of-change'],
};

export const [LEAST_SCORE, READY_SCORE, BEST_SCORE] = [0, 3, 5];

export interface Assessment {
  readonly capability: Capability;
  /** From 0 to 5. */
  readonly score: number;
  /** What the score rests on. */
  readonly evidence: string | null;
}
/** `unknown`: nothing that was assessed is too low, but something was not assessed. */
export type ReadinessStatus = 'ready' | 'not-ready' | 'unknown';
export interface PatternReadiness {
  readonly pattern: Pattern;
  readonly status: ReadinessStatus;
  /** Below three of five. */
  readonly gaps: readonly Capability[];
  readonly unknown: readonly Capability[];
  readonly scores: readonly Assessment[];
}

/** A scorecard for each pattern: it is ready where each of its capabilities has three of five or more. */
export const readinessOf = (assessed: readonly Assessment[]): PatternReadiness[] =>
  PATTERNS.map((pattern) => {
    const needed = NEEDS[pattern];
    const scores = assessed.filter(({ capability }) => needed.includes(capability));
    const gaps = scores.filter(({ score }) => score < READY_SCORE).map(({ capability }) => capability);
    const unknown = needed.filter((each) => !scores.some(({ capability }) => capability === each));
    const status = gaps.length > 0 ? 'not-ready' : unknown.length > 0 ? 'unknown' : 'ready';
    return { pattern, status, gaps, unknown, scores };
  });
