/** Lists in which the order says something. Every other list is a set. */
const ORDERED: ReadonlySet<string> = new Set(['steps', 'actions', 'range', 'arguments']);

/**
 * A value as JSON that depends on its meaning only: keys sorted, lists whose order means nothing sorted, absent values
 * (null, empty lists and objects, false) left out, so that a definition keeps its text when the language gains a field
 * with an empty default.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(prune(value, null) ?? null);
}

/** Whether two values of a field of that name mean the same. */
export const meansTheSame = (field: string, one: unknown, other: unknown): boolean =>
  canonicalJson({ [field]: one }) === canonicalJson({ [field]: other });

function prune(value: unknown, field: string | null): unknown {
  if (Array.isArray(value)) {
    const entries = value.map((entry) => prune(entry, field) ?? null);
    return field !== null && ORDERED.has(field) ? entries : sorted(entries);
  }
  if (value === null || typeof value !== 'object')
    return value === null || value === false ? undefined : value;
  const entries = Object.entries(value)
    .map(([key, entry]) => [key, prune(entry, field === 'arguments' ? field : key)] as const)
    .filter(([, entry]) => !isEmpty(entry))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries);
}

const sorted = (entries: readonly unknown[]): unknown[] =>
  entries
    .map((entry) => [JSON.stringify(entry), entry] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, entry]) => entry);

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
