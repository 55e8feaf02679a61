import type { AuditTexts } from './audit-ports.js';
import { canonicalText } from './canonical-text.js';
import { sha256 } from './sha256.js';

/** What an audit record says, as it is exported and sealed. */
export type AuditFields = Omit<AuditTexts, 'origin' | 'before' | 'after'> & {
  readonly origin: unknown;
  readonly before: unknown;
  readonly after: unknown;
};

export const auditFields = ({ origin, before, after, ...rest }: AuditTexts): AuditFields => ({
  ...rest,
  origin: valueOf(origin),
  before: valueOf(before),
  after: valueOf(after),
});

/** The form that a record is sealed in: RFC 8785, so that whoever has an export can work it out again. */
export const auditText = (fields: AuditFields): string => canonicalText(fields);

/** Of a state before or after; null where there is none. */
export const stateHash = (state: unknown): string | null =>
  state === null ? null : sha256(canonicalText(state));

/**
 * The database keeps more of a number than JSON of other programs holds, and tells null from none. What would not come out of them
 * as it is in there is taken as a text, so that no digit of it can be changed.
 */
function valueOf(text: string | null): unknown {
  if (text === null || !/^[[{]/.test(text)) return text;
  return numbersIn(text).every((each) => String(Number(each)) === each) ? JSON.parse(text) : text;
}

/** Strings are matched as well, so that no number within one is. */
const numbersIn = (json: string): string[] =>
  (json.match(/"(?:[^"\\]|\\.)*"|-?\d[\d.]*/g) ?? []).filter((each) => !each.startsWith('"'));
