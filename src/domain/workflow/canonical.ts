/**
 * A value as JSON that depends on its meaning only: keys sorted, absent values (null, empty lists and objects,
 * false) left out, so that a definition keeps its text when the language gains a field with an empty default.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(prune(value) ?? null);
}

function prune(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry) => prune(entry) ?? null);
  if (value === null || typeof value !== 'object')
    return value === null || value === false ? undefined : value;
  const entries = Object.entries(value)
    .map(([key, entry]) => [key, prune(entry)] as const)
    .filter(([, entry]) => !isEmpty(entry))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return Object.fromEntries(entries);
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
