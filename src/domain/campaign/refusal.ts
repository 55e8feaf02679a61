/** Why an action was not carried out, as an answer to whoever asked for it. */
export interface Refusal {
  readonly code: RefusalCode;
  /** A sentence a marketer understands. */
  readonly message: string;
  /** The rule, gate or other part of the definition that says so; null when none does. */
  readonly rule: string | null;
  /** What has to happen first. */
  readonly missing: readonly string[];
  /** Roles that can provide it. */
  readonly askRole: readonly string[];
}

export const REFUSAL_CODES = [
  'UNKNOWN_STEP',
  'UNKNOWN_GATE',
  'UNKNOWN_HANDOFF',
  'UNKNOWN_CHANNEL',
  'UNKNOWN_CAMPAIGN',
  'UNKNOWN_WORKFLOW',
  'CAMPAIGN_EXISTS',
  'CAMPAIGN_NOT_RUNNING',
  'CAMPAIGN_NOT_FINISHED',
  'WORKFLOW_RETIRED',
  'PREDECESSOR_OPEN',
  'BRANCH_NOT_TAKEN',
  'STEP_NOT_OPEN',
  'STEP_NOT_STARTED',
  'WRONG_ACTION',
  'BLOCKED_BY_RULE',
  'GATE_NOT_REACHED',
  'GATE_FAILED',
  'HANDOFF_NOT_REACHED',
  'HANDOFF_INCOMPLETE',
  'APPROVAL_MISSING',
  'ROLE_MISSING',
  'INVALID_INPUT',
] as const;
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export const refusal = (
  code: RefusalCode,
  message: string,
  more: Partial<Omit<Refusal, 'code' | 'message'>> = {},
): Refusal => ({
  code,
  message,
  rule: more.rule ?? null,
  missing: more.missing ?? [],
  askRole: [...new Set(more.askRole ?? [])],
});
