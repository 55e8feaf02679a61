import type { Finding } from '../../problem.js';
import type { Policy } from '../document.js';

/**
 * Findings that a Policy may raise, lower or excuse: judgements about a definition that could run.
 * All others are structural: the definition has no meaning or would wait for ever.
 */
const POLICY_FINDINGS: ReadonlySet<string> = new Set([
  'E_STAGE_MISSING',
  'E_PARALLEL_NO_MERGE',
  'E_HYBRID_AMBIGUOUS_HANDOFF',
  'E_HANDOFF_NO_RESPONSE_TIME',
  'E_ADAPTIVE_NO_TRIGGER',
  'E_ADAPTIVE_NO_GUARD',
]);

export const isPolicyFinding = (code: string): boolean => code.startsWith('W_') || POLICY_FINDINGS.has(code);

/** The findings as a repository's Policy weighs them on a given day (ISO 8601 date). */
export function applyPolicy(
  findings: readonly Finding[],
  policy: Policy,
  workflow: string,
  today: string,
): readonly Finding[] {
  return findings.flatMap((finding) => {
    if (!isPolicyFinding(finding.code)) return [finding];
    const excused = policy.excuses.some(
      (excuse) => excuse.finding === finding.code && excuse.workflow === workflow && today <= excuse.until,
    );
    const severity = policy.findings[finding.code]?.severity ?? finding.severity;
    return excused || severity === 'off' ? [] : [{ ...finding, severity }];
  });
}
