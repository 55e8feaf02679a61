import { nearest } from '../../domain/suggestion.js';

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
    ...(percent === undefined ? [] : [Number(percent), Number(percent) / 100]).map((each) => ({
      value: each,
      text: String(each),
    })),
    ...plain,
  ];
}

/** What units are called, and how a duration says them; `m` alone could be minutes or months. */
const UNITS: Readonly<Record<string, string>> = {
  ...{ w: 'W', week: 'W', weeks: 'W', d: 'D', day: 'D', days: 'D', mo: 'M', month: 'M', months: 'M' },
  ...{ y: 'Y', year: 'Y', years: 'Y', h: 'TH', hr: 'TH', hrs: 'TH', hour: 'TH', hours: 'TH' },
  ...{ min: 'TM', mins: 'TM', minute: 'TM', minutes: 'TM' },
};
const PERIODS: Readonly<Record<string, string>> = {
  ...{ daily: 'P1D', weekly: 'P1W', monthly: 'P1M', quarterly: 'P3M', yearly: 'P1Y', annually: 'P1Y' },
};

/** `3d`, `3 days`, `2 dayz`, `1d 4h`, `PT3D`, `quarterly` and the like as an ISO 8601 duration. */
function durationOf(text: string): string | null {
  const period = PERIODS[text.toLowerCase()];
  if (period !== undefined) return period;
  const plain = text.replace(/^pt?(?=\d)/i, '');
  const parts = [...plain.matchAll(/(\d+(?:\.\d+)?) ?([a-z]+)[ ,]*/gi)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== plain) return null;
  const units = parts.map(([, , name = '']) => unitOf(name));
  if (units.includes(null)) return null;
  const said = parts.map(([, count = ''], at) => ({ count, unit: units[at] ?? '' }));
  const [days, hours] = [
    said.filter(({ unit }) => unit.length === 1),
    said.filter(({ unit }) => unit.length === 2),
  ];
  const show = (all: typeof said) => all.map(({ count, unit }) => count + unit.slice(-1)).join('');
  return `P${show(days)}${hours.length > 0 ? 'T' : ''}${show(hours)}`;
}

function unitOf(name: string): string | null {
  const known = UNITS[name.toLowerCase()];
  if (known !== undefined) return known;
  const meant = name.length < 4 ? null : nearest(name, Object.keys(UNITS));
  return meant === null ? null : (UNITS[meant] ?? null);
}

/** Year first in any punctuation, and day first where dots say so. */
function dateOf(text: string): string | null {
  const [, year, month, day] =
    /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ??
    reversed(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)) ??
    [];
  return year === undefined ? null : [year, month?.padStart(2, '0'), day?.padStart(2, '0')].join('-');
}

const reversed = (parts: RegExpExecArray | null): string[] | null =>
  parts && [parts[0], parts[3] ?? '', parts[2] ?? '', parts[1] ?? ''];

/** `Email copy` as an id: `email-copy`. */
const slug = (text: string): string | null =>
  /^[\p{L}\p{N} _-]{1,100}$/u.test(text) ? text.toLowerCase().replaceAll(/[ _]+/g, '-') : null;
