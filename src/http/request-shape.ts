/** No input of the API has more than eight levels; a JSON value of somebody else's stays far below. */
const MAX_LEVELS = 100;
/** What is wrong with a variable is told with the object it is in, so that its size is paid for several times over. */
const MAX_KEYS = 1_000;

/** What a request has more of than anything that means something; null where nothing. Never goes deeper than it allows. */
export function wrongShape(request: object, levels = MAX_LEVELS): string | null {
  if (levels === 0) return `objects and lists stand in each other more than ${MAX_LEVELS} levels deep`;
  const values: unknown[] = Object.values(request);
  if (values.length > MAX_KEYS && !Array.isArray(request)) {
    return `an object has ${values.length} keys; the limit is ${MAX_KEYS}`;
  }
  for (const value of values) {
    const wrong = typeof value === 'object' && value !== null ? wrongShape(value, levels - 1) : null;
    if (wrong !== null) return wrong;
  }
  return null;
}
