/** Lists in which the order says something. Every other list is a set. */
const ORDERED: ReadonlySet<string> = new Set(['steps', 'actions', 'range', 'arguments']);

/**
 * A value as JSON that depends on its meaning only: keys sorted, lists whose order means nothing sorted, absent values
 * (null, empty lists and objects, false) left out, so that a definition keeps its text when the language gains a field
 * with an empty default.
 */
export function canonicalJson(value: unknown): string {
  return textOf(value, null) ?? 'null';
}

/** Whether two values of a field of that name mean the same. */
export const meansTheSame = (field: string, one: unknown, other: unknown): boolean =>
  canonicalJson({ [field]: one }) === canonicalJson({ [field]: other });

/** The text of a value; undefined where there is nothing. */
function textOf(value: unknown, field: string | null): string | undefined {
  if (value === undefined || value === null || value === false) return undefined;
  if (typeof value !== 'object') return JSON.stringify(value);
  if (Array.isArray(value)) {
    const entries = value.map((entry) => textOf(entry, field) ?? 'null');
    if (field === null || !ORDERED.has(field)) entries.sort();
    return entries.length === 0 ? undefined : `[${entries.join()}]`;
  }
  const members = Object.keys(value)
    .sort()
    .flatMap((key) => {
      const text = textOf((value as Record<string, unknown>)[key], field === 'arguments' ? field : key);
      return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`];
    });
  return members.length === 0 ? undefined : `{${members.join()}}`;
}
