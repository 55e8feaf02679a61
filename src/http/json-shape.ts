/** No input of the API has more than eight levels; a JSON value of somebody else's stays far below. */
const MAX_LEVELS = 100;
/** What is wrong with a variable is told with the object it is in, so that its size is paid for several times over. */
const MAX_KEYS = 1_000;
/** The largest batch has 5,000 entries of a few fields each; half a million numbers cost a tenth of a second, whatever they are for. */
const MAX_VALUES = 100_000;

/**
 * What a JSON text has more of than anything that means something; null where nothing. It is looked at before it is parsed: to
 * parse a quarter of a million levels takes fifty times as long as to find that there are more than a hundred.
 */
export function wrongShape(json: string): string | null {
  let level = 0;
  /** How many keys have been seen of each object that is open. */
  const keys: number[] = [];
  let values = 1;
  for (let at = 0; at < json.length; at++) {
    const sign = json[at];
    if (sign === '"') at = endOfText(json, at);
    else if (sign === '{' || sign === '[') {
      if (++level > MAX_LEVELS)
        return `objects and lists stand in each other more than ${MAX_LEVELS} levels deep`;
      keys[level] = 0;
    } else if (sign === '}' || sign === ']') level--;
    else if (sign === ',') {
      if (++values > MAX_VALUES) return `there are more than ${MAX_VALUES} values`;
    } else if (sign === ':') {
      const seen = (keys[level] ?? 0) + 1;
      if (seen > MAX_KEYS) return `an object has more than ${MAX_KEYS} keys`;
      keys[level] = seen;
    }
  }
  return null;
}

/** Where the text that begins here ends. */
function endOfText(json: string, start: number): number {
  for (let at = start + 1; at < json.length; at++) {
    if (json[at] === '\\') at++;
    else if (json[at] === '"') return at;
  }
  return json.length;
}
