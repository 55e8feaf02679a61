import { DateTime } from 'luxon';
import { textOf } from '../alignment/drift.js';
import { type Refusal, refusal } from './refusal.js';
import type { BriefValue } from './state.js';

/** A key stands in URLs, file names and messages. */
const MAX_KEY = 100;
const KEY = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
/** Line breaks and other characters that nobody sees: with them a name could look like lines of a message. */
const CONTROL = /[\p{Cc}\u2028\u2029]/u;
/** Longest name or label that a list can show. */
const MAX_NAME = 200;
/** More than any campaign costs, in whatever currency, and small enough that sums stay exact. */
const MAX_BUDGET = 1e12;
/** More labels than this are read by nobody. */
const MAX_LABELS = 20;
/** A brief of more fields, or a field of more characters, is a document and belongs elsewhere. */
const MAX_FIELDS = 100;
const MAX_TEXT = 20_000;

export const isKey = (text: string): boolean => KEY.test(text);

/** The field of the brief that says when the campaign launches. */
export const LAUNCH_DATE = 'launchDate';
const DAY = /^\d{4}-\d\d-\d\d$/;
/** No clock on earth is further from UTC than fourteen hours. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]((0\d|1[0-3])(:?[0-5]\d)?|14(:?00)?))?$/;

/** Whether a launch date is one of the calendar, without a time. */
export const isDay = (told: string): boolean => DAY.test(told);

const invalid = (message: string): Refusal => refusal('INVALID_INPUT', message);

interface CampaignInput {
  readonly key: string;
  readonly name: string;
  readonly budget: number;
  readonly labels: readonly string[];
  readonly flags: readonly string[];
  readonly brief: Readonly<Record<string, BriefValue>>;
}

/** Why a campaign cannot be created with these values; null when it can. */
export function wrongCampaign({ key, name, budget, labels, flags, brief }: CampaignInput): Refusal | null {
  if (key.length > MAX_KEY)
    return invalid(`'${shorten(key)}' cannot be a key: it has ${key.length} characters, at most ${MAX_KEY}`);
  if (!KEY.test(key)) return invalid(`'${shorten(key)}' cannot be a key: use letters, digits, dots, dashes`);
  if (name.trim() === '') return invalid('a campaign needs a name');
  if (name.length > MAX_NAME) return invalid(`a name has at most ${MAX_NAME} characters`);
  if (CONTROL.test(name)) return invalid('a name is one line, without control characters');
  if (!(budget >= 0 && budget <= MAX_BUDGET)) return invalid('a budget is a number from 0 to 10¹²');
  return wrongWords('a campaign', 'labels', labels) ?? wrongFlags('a campaign', flags) ?? wrongFields(brief);
}

/** Why something cannot be said to contain these; null when it can. */
export const wrongFlags = (whole: 'a campaign' | 'an asset', flags: readonly string[]): Refusal | null =>
  wrongWords(whole, 'flags', flags);

function wrongWords(whole: string, what: string, words: readonly string[]): Refusal | null {
  if (words.length > MAX_LABELS) return invalid(`${whole} has at most ${MAX_LABELS} ${what}`);
  const wrong = words.find((word) => word.trim() === '' || word.length > MAX_NAME || CONTROL.test(word));
  return wrong === undefined ? null : invalid(`'${shorten(wrong)}' cannot be one of the ${what}`);
}

/** Why a brief cannot have these fields; null when it can. */
export function wrongBrief(fields: Readonly<Record<string, BriefValue | null>>): Refusal | null {
  const entries = Object.entries(fields);
  if (entries.length > MAX_FIELDS) return invalid(`a brief has at most ${MAX_FIELDS} fields`);
  for (const [name, value] of entries) {
    if (!KEY.test(name)) return invalid(`'${shorten(name)}' cannot be a field of the brief`);
    const length = value === null ? 0 : typeof value === 'string' ? value.length : value.join().length;
    if (length > MAX_TEXT) return invalid(`field '${name}' is longer than ${MAX_TEXT} characters`);
  }
  return null;
}

/** The same of fields that are given: what was there before may have been let in by an older release. */
export const wrongFields = (fields: Readonly<Record<string, BriefValue | null>>): Refusal | null =>
  wrongBrief(fields) ?? wrongLaunchDate(fields[LAUNCH_DATE] ?? null);

function wrongLaunchDate(value: BriefValue | null): Refusal | null {
  const told = value === null ? null : textOf(value);
  if (told === null) return null;
  if ((isDay(told) || MOMENT.test(told)) && DateTime.fromISO(told).isValid) return null;
  return refusal(
    'INVALID_INPUT',
    `'${shorten(told)}' cannot be the ${LAUNCH_DATE}: it takes a day such as 2027-03-05, or a moment such as 2027-03-05T09:00+01:00`,
    { missing: [`${LAUNCH_DATE} as YYYY-MM-DD or YYYY-MM-DDTHH:MM±HH:MM`] },
  );
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
