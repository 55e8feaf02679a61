/** A value in the spelling of the format, and the text that says it in YAML. */
export interface Rewritten {
  readonly value: unknown;
  readonly text: string;
}

/**
 * The same value in the spelling of the format, where there is one: `3 days` is `P3D`, `2026-3-1` is `2026-03-01`,
 * `"3"` is 3, and 25 is `"25"` where text is needed.
 * @param allowed whether a value may stand there
 */
export function rewrite(value: unknown, allowed: (value: unknown) => boolean): Rewritten | null {
  const [first] = candidates(value).filter((candidate) => allowed(candidate.value));
  return first ?? null;
}

function candidates(value: unknown): Rewritten[] {
  if (typeof value === 'number' || typeof value === 'boolean') {
    return [{ value: String(value), text: JSON.stringify(String(value)) }];
  }
  if (typeof value !== 'string') return [];
  const text = value.trim();
  const plain = [durationOf(text), dateOf(text), text, slug(text)].flatMap((each) =>
    each === null ? [] : [{ value: each, text: each }],
  );
  const number = /^-?\d+(\.\d+)?$/.test(text) ? [{ value: Number(text), text }] : [];
  const truth = /^(true|yes|on)$/i.test(text) ? [true] : /^(false|no|off)$/i.test(text) ? [false] : [];
  const percent = /^(\d+(?:\.\d+)?) ?%$/.exec(text)?.[1];
  return [
    ...number,
    ...truth.map((each) => ({ value: each, text: String(each) })),
    ...(percent === undefined ? [] : [Number(percent) / 100, Number(percent)]).map((each) => ({
      value: each,
      text: String(each),
    })),
    ...plain,
  ];
}

const UNITS: Readonly<Record<string, string>> = { w: 'W', d: 'D', h: 'H', m: 'M', min: 'M' };
/** `3d`, `3 days`, `p3d`, `PT3D` and the like as an ISO 8601 duration. */
function durationOf(text: string): string | null {
  const words = /^p?t?(\d+(?:\.\d+)?) ?(w|d|h|m|min)(?:eeks?|ays?|ours?|r|rs|inutes?|s)?$/i.exec(text);
  if (!words) return null;
  const unit = UNITS[words[2]?.toLowerCase() ?? ''];
  if (unit === undefined) return null;
  return `P${unit === 'H' || unit === 'M' ? 'T' : ''}${words[1] ?? ''}${unit}`;
}

function dateOf(text: string): string | null {
  const parts = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text);
  return parts ? [parts[1], parts[2]?.padStart(2, '0'), parts[3]?.padStart(2, '0')].join('-') : null;
}

/** `Email copy` as an id: `email-copy`. */
const slug = (text: string): string | null =>
  /^[\p{L}\p{N} _-]{1,100}$/u.test(text) ? text.toLowerCase().replaceAll(/[ _]+/g, '-') : null;
