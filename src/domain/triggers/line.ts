import { type GivenReading, meant, type Rejection } from './reading.js';

const FIELDS = ['campaign', 'signal', 'key', 'at', 'value', 'samples', 'channel'];
/** A time without a zone is another moment for everybody who reads it. */
const TIME = /^\d{4}-\d\d-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;
const MAX_SAMPLES = 2_147_483_647;
const MAX_KEY = 200;
const MAX_NAME = 100;
/** Of text that PostgreSQL cannot hold, or that nobody can see. */
const UNUSABLE =
  /[\u0000-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;

/** The reading that a line of NDJSON holds, or why it holds none. */
export function readLine(line: string): GivenReading | Rejection {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch (error) {
    return malformed(`it is no JSON: ${error instanceof Error ? error.message : ''}`);
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))
    return malformed('it is no JSON object');
  return readFields(parsed as Record<string, unknown>);
}

function readFields(given: Record<string, unknown>): GivenReading | Rejection {
  const { campaign, signal, key, at, value, samples = null, channel = null } = given;
  for (const name of Object.keys(given))
    if (!FIELDS.includes(name)) return malformed(`unknown field '${shown(name)}'${meant(name, FIELDS)}`);
  if (!isText(campaign, MAX_NAME)) return malformed(`'campaign' is ${texts(MAX_NAME)}`);
  if (!isText(signal, MAX_NAME)) return malformed(`'signal' is ${texts(MAX_NAME)}`);
  if (!isText(key, MAX_KEY)) return malformed(`'key' is ${texts(MAX_KEY)}`);
  if (channel !== null && !isText(channel, MAX_NAME)) return malformed(`'channel' is ${texts(MAX_NAME)}`);
  const moment = typeof at === 'string' ? momentOf(at) : null;
  if (moment === null) return malformed("'at' is a time with its zone, such as 2026-11-28T10:00:00Z");
  if (value === undefined) return malformed("'value' is needed; null where a value is missing");
  if (value !== null && typeof value !== 'number')
    return {
      code: 'not-a-number',
      message: `'value' is a number or null, not ${shown(JSON.stringify(value))}`,
    };
  if (samples !== null && !isCount(samples))
    return malformed(`'samples' is a whole number up to ${MAX_SAMPLES}`);
  return { campaign, signal, key, at: moment, value, samples, channel };
}

/** Why fields of a reading that did not come as a line cannot be used; null where they can. */
export function wrongFields({ signal, key, samples, channel }: GivenReading): Rejection | null {
  if (!isText(signal, MAX_NAME)) return malformed(`'signal' is ${texts(MAX_NAME)}`);
  if (!isText(key, MAX_KEY)) return malformed(`'key' is ${texts(MAX_KEY)}`);
  if (channel !== null && !isText(channel, MAX_NAME)) return malformed(`'channel' is ${texts(MAX_NAME)}`);
  return samples === null || isCount(samples)
    ? null
    : malformed(`'samples' is a whole number up to ${MAX_SAMPLES}`);
}

function momentOf(text: string): Date | null {
  const [, day] = TIME.exec(text) ?? [];
  const moment = new Date(text);
  if (day === undefined || Number.isNaN(moment.getTime())) return null;
  // The 30th of February would be taken for the 2nd of March.
  const isDay = day <= '28' || new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(day);
  return isDay ? moment : null;
}

const isText = (value: unknown, most: number): value is string =>
  typeof value === 'string' && value !== '' && value.length <= most && !UNUSABLE.test(value);
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_SAMPLES;

const texts = (most: number): string => `a text of 1 to ${most} characters, none of them invisible`;
const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
const malformed = (message: string): Rejection => ({ code: 'malformed', message });
