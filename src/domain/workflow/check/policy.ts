import { isPolicyFinding } from '../../findings.js';
import type { Finding } from '../../problem.js';
import type { Policy } from '../document.js';

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
