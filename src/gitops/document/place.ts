import { FINDINGS, type FindingCode } from '../../domain/findings.js';
import type { Finding, Problem, Spot } from '../../domain/problem.js';
import { placeOf, type Span, type Spanned, spans, within } from './source.js';

/** A problem of a file that is not about what its documents say. */
export const problemOf = (
  code: FindingCode,
  message: string,
  span: Span,
  details: Pick<Problem, 'hint' | 'related'> = {},
): Problem => ({ code, severity: FINDINGS[code].severity, message, ...details, ...placeOf(span) });

/** The problem that a finding in a document is. */
export function place(document: Spanned, finding: Finding): Problem {
  const { code, severity, message, hint, related, replacement, isBare } = finding;
  const span = spanOf(document, finding);
  const here = placeOf(span);
  return {
    code,
    severity,
    message,
    ...(hint === undefined ? {} : { hint }),
    ...here,
    ...(related === undefined
      ? {}
      : { related: related.map((each) => ({ ...placeOf(spanOf(document, each)), message: each.message })) }),
    ...(replacement === undefined
      ? {}
      : { fix: { ...here, text: isBare ? replacement : asWritten(span, replacement) } }),
  };
}

/** The span a spot means, or the nearest enclosing one when its path goes beyond what is written. */
export function spanOf(document: Spanned, { path, target, range }: Spot): Span {
  let value = document.value;
  let span = document.span;
  for (const [position, segment] of path.entries()) {
    if (typeof value !== 'object' || value === null) break;
    const member = spans.get(value)?.members.get(segment);
    if (!member) break;
    span = target === 'key' && position === path.length - 1 ? (member.key ?? member.value) : member.value;
    value = (value as Record<string | number, unknown>)[segment];
  }
  return range && typeof value === 'string' ? within(span, value, range.start, range.end) : span;
}

/** The replacement, in the quotes of what it replaces. */
function asWritten({ source, from }: Span, replacement: string): string {
  const quote = source.text[from];
  return quote === '"' || quote === "'" ? `${quote}${replacement}${quote}` : replacement;
}
