import * as chrono from 'chrono-node';
import { DateTime } from 'luxon';
import type { Reading } from '../reading.js';
import { DAYS, MONTH, SUFFIX } from './days.js';
import {
  after,
  before,
  type Claim,
  type Context,
  type Extract,
  type Fact,
  type Moment,
  pattern,
  Taken,
} from './fact.js';

/** Dates as both languages write them. */
const shared = new chrono.Chrono({ parsers: [...DAYS], refiners: [] });
const english = chrono.en.GB.clone();
const german = chrono.de.casual.clone();
for (const each of [english, german]) {
  // `For 14 days` is how long, not when.
  each.parsers = each.parsers.filter((parser) => !parser.constructor.name.includes('TimeUnit'));
}

const WEEKDAYS =
  '(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag';
const UNTIL =
  /(?<!\p{L})(?:until|till|'til|til|through|thru|by|before|up to|to|latest|expir\p{L}*|ends?(?: soon)?|ending|closes?|closing|closed|deadline|closing date|no later than|not later than|close (?:the|our) doors|(?:before|by) (?:noon|midday|midnight)|(?:last|final|letzte\p{L}*)(?: \p{L}+){0,3}|valid to|good to|cut-?off|over|bis|endet|enden|schließt|läuft|gültig|spätestens|vor dem|vor|schluss|\p{L}*schluss|letzter tag|stichtag|einlösbar|frist|(?:\p{L}*schluss|\p{L}*frist|deadline|stichtag)[^.!?\n]{0,40}:)(?:[:,]?\s(?:and including|the|end of|on|at|is|of|no later than|from|zum|am|einschließlich|inklusive|inkl\.|incl\.|including|dem|den|der|ist|noch|ab|um|spätestens|heute|nur|mitternacht|midnight|einschl\.|und mit|(?:mon|tues|wednes|thurs|fri|satur|sun)day,?|(?:mon|diens|donners|frei|sams|sonn)tag,?|mittwoch,?))*[:,]?\s*$/iu;
const EXCLUDED = /(?<!\p{L})(?:before|vor dem|vor|prior to)\s*(?:the |dem )?(?:\p{L}+,?\s)?$/iu;
const ENDS_AFTER =
  /^,?\s*(?:at the latest|is the (?:last|final)|is your (?:last|final)|endet|ends\b|ist schluss|ist (?:der )?letzte|läuft .{0,30} ab\b|spätestens|it's over|the offer ends|deadline|is the deadline)/iu;
const ONLY = /(?<!\p{L})(?:only|nur)\s*(?:on |am |at )?$/iu;
const ONLY_AFTER = /^\s*(?:only|nur)(?!\p{L})/iu;
const PAST =
  /(?<!\p{L})(?:since|seit|founded|gegründet|established|est\.|stand|as of|copyright|©|from our|published)\s*(?:in |on |am |dem )?$/iu;
const HOURS = pattern(
  String.raw`(?:${WEEKDAYS}|mo|di|mi|do|fr|sa|so)\.?\s?(?:-|bis|to|through|und|and|&)\s?(?:${WEEKDAYS}|mo|di|mi|do|fr|sa|so)(?!\p{L})`,
);
const MIDNIGHT = /(?:midnight|mitternacht)/iu;
const CLOCK =
  /^[\s,(]*(?:at |um |by |bis |@ |ab |from |,)?\s?(?:(\d{1,2})(?:[:.](\d{2}))?(?:\s?-\s?\d{1,2}(?:[:.]\d{2})?)?\s?(?:uhr|h\b|(?<am>a\.?m\b|(?<pm>p\.?m\b)))|(\d{1,2}):(\d{2})(?!\d))/iu;
const WEEKDAY_LEAD =
  /(?<!\p{L})(?:on|this|next|until|by|till|from|starts?|starting|am|bis|ab|diesen|diesem|kommenden|nächsten|nächster|coming|zum|jeden|der|den)\s*$/iu;
/** By what it is called in either language; a day that is only known once it is known when this is read. */
const RELATIVE: readonly (readonly [RegExp, string])[] = [
  [/^(?:today|heute)$/iu, 'today'],
  [/^(?:tonight|heute abend|heute nacht|this evening)/iu, 'tonight'],
  [/^(?:tomorrow|morgen)$/iu, 'tomorrow'],
  [/^(?:the day after tomorrow|übermorgen)/iu, 'the day after tomorrow'],
  [/^(?:now|jetzt|gleich|sofort)$/iu, 'now'],
  [
    /^(?:ende (?:des|dieses) monats|monatsende|(?:the )?end of (?:the|this) month)$/iu,
    'the end of the month',
  ],
  [/^(?:today|tonight|tomorrow|heute|morgen|this|next|coming|dies|nächst|kommend|last|in \d)/iu, ''],
];
const relativeOf = (said: string): string | null => {
  const found = RELATIVE.find(([words]) => words.test(said));
  if (!found) return null;
  return found[1] === '' ? said.toLowerCase().replace(/\s+/g, ' ') : found[1];
};

/** Without a number, a month, a weekday or an ordinal it depends on when it is read: `the end of the month`. */
const NAMES_A_DAY = new RegExp(
  String.raw`\d|(?<!\p{L})${MONTH}|(?<!\p{L})(?:${WEEKDAYS})(?!\p{L})|noon|midnight|mitternacht|mittag`,
  'iu',
);

/** Days on which it does not take place. */
const NOT_THEN = /(?<!\p{L})(?:not|except|closed|nicht|außer|geschlossen)\s(?:on |am |the |den )*$/iu;

/** In `on Friday 3 pieces` the number is no hour. */
const TELLS_TIME = /\d[:.]\d{2}|uhr|\d\s?h\b|\d\s?[ap]\.?m\b|noon|midnight|mitternacht|mittag|o'clock/iu;

/** Zones by which invitations tell their times, as they are in summer and in winter. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ utc: 0, gmt: 0, bst: 60, 'uk time': 60, cet: 60, cest: 120, mez: 60, mesz: 120, eet: 120, eest: 180 },
  ...{ est: -300, edt: -240, et: -240, cst: -360, cdt: -300, pst: -480, pdt: -420, pt: -420 },
};
const ZONE = new RegExp(String.raw`^.{0,12}?[\s(](${Object.keys(ZONES).join('|')})(?!\p{L})`, 'iu');

/** Days and times: deadlines where something ends, dates where it begins or takes place. */
export const moments: Extract = (reading, context) => {
  const { text } = reading;
  const hours = [...text.matchAll(HOURS)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  const found = resultsOf(reading, context).filter(
    ({ index }) => !hours.some(([start, end]) => index >= start - 1 && index <= end + 1),
  );
  return found.flatMap((result, at) => {
    // `By tonight, Tuesday 14 April` says it three times.
    if (isExplained(found, at, text)) return [];
    let first = at;
    while (first > 0 && isExplained(found, first - 1, text)) first--;
    return factsOf(result, reading, context, found[first]?.index ?? result.index);
  });
};

const CLOCKS = /\d{1,2}[:.]\d{2}(?:\s?[ap]\.?m)?|\d{1,2}\s?(?:[ap]\.?m|uhr)/giu;
/** Whether a vague day is followed at once by a date, or by one that is. */
function isExplained(found: readonly chrono.ParsedResult[], at: number, text: string): boolean {
  const [vague, next] = [found[at], found[at + 1]];
  if (!vague || !next || /\d/.test(vague.text.replace(CLOCKS, ''))) return false;
  const gap = text.slice(vague.index + vague.text.length, next.index);
  if (!/^[\s,(]*(?:(?:den|dem|the|on|am)\s)?$/iu.test(gap)) return false;
  return (next.start.isCertain('day') && /\d/.test(next.text)) || isExplained(found, at + 1, text);
}

/** First what both languages write alike; of the rest what the parsers of the languages find that it has words of. */
function resultsOf({ text }: Reading, { publishedAt, timezone }: Context): chrono.ParsedResult[] {
  const instant = publishedAt ?? UNKNOWN_DAY;
  const reference = { instant, timezone: offsetOf(instant, timezone) };
  const apart = text.replace(
    TWO_DIGITS_AFTER_DATE,
    (_, date: string, gap: string) => date + ';'.padEnd(gap.length),
  );
  const ours = shared.parse(apart, reference);
  const rest = ours.reduce(
    (left, { index, text: own }) =>
      left.slice(0, index) + ';'.repeat(own.length) + left.slice(index + own.length),
    apart,
  );
  const theirs = [
    ...(ENGLISH_DAYS.test(rest) ? english.parse(rest, reference, { forwardDate: true }) : []),
    ...(GERMAN_DAYS.test(rest) ? german.parse(rest, reference, { forwardDate: true }) : []),
  ];
  const taken = new Taken(text.length);
  const kept = [...ours.sort(byWorth), ...theirs.sort(byWorth)].filter(({ index, text: own }) =>
    taken.take(index, index + own.length),
  );
  return kept.sort((one, other) => one.index - other.index);
}

/** In `22. Mai, 25 €` and `May 31, 23:59` the last number is no year. */
const TWO_DIGITS_AFTER_DATE = new RegExp(
  String.raw`((?<!\d)\d{1,2}${SUFFIX}\s(?:of\s)?${MONTH}\.?|(?<!\p{L})${MONTH}\.?\s\d{1,2}(?:st|nd|rd|th)?)(,?\s|,)(?=\d{1,2}(?!\d))`,
  'giu',
);

const ENGLISH_DAYS =
  /\d[/-]\d|(?<!\p{L})(?:today|tonight|tomorrow|this|next|coming|last|weekend|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|january|february|march|april|august|september|october|november|december)(?!\p{L})/iu;
const GERMAN_DAYS =
  /(?<!\p{L})(?:heute|morgen|übermorgen|dies\p{L}*|nächst\p{L}*|kommend\p{L}*|wochenende|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)(?!\p{L})/iu;

/** Minutes east of UTC; the same few are asked for again and again. */
function offsetOf(instant: Date, timezone: string): number {
  const key = `${instant.getTime()} ${timezone}`;
  const offset = offsets.get(key) ?? DateTime.fromJSDate(instant, { zone: timezone }).offset;
  if (offsets.size >= MOST_OFFSETS) offsets.clear();
  offsets.set(key, offset);
  return offset;
}
const offsets = new Map<string, number>();
const MOST_OFFSETS = 1_000;

/** Any day: what depends on it is not used. */
const UNKNOWN_DAY = new Date('2026-01-01T12:00:00Z');

const worth = ({ start, end, text }: chrono.ParsedResult): number =>
  text.length + (start.isCertain('day') ? 20 : 0) + (end ? 10 : 0);
const byWorth = (one: chrono.ParsedResult, other: chrono.ParsedResult): number => worth(other) - worth(one);

/** @param begin of what is said of the day: what stands before it tells what the day is */
function factsOf(result: chrono.ParsedResult, reading: Reading, context: Context, begin: number): Fact[] {
  const { text } = reading;
  const end = result.index + result.text.length;
  const [lead, rest] = [before(text, begin, 60), after(text, end)];
  if (
    /^last (?:day|chance|minute|call|orders?)/iu.test(result.text) ||
    PAST.test(lead) ||
    NOT_THEN.test(lead) ||
    /^(?:now|jetzt|gleich|sofort)$/iu.test(result.text)
  )
    return [];
  const clock = CLOCK.exec(rest) ?? CLOCK.exec(text.slice(begin, result.index));
  const zone = ZONE.exec(rest)?.[1]?.toLowerCase() ?? '';
  const range = reading.source(result.index, end);
  const fact = (name: 'deadline' | 'date', moment: Moment | null): Fact[] =>
    moment === null ? [] : [{ fact: name, value: shown(moment), about: '', claim: claimOf(moment), range }];
  const claimOf = (moment: Moment): Claim => ({
    type: 'moment',
    moment: { ...moment, offset: moment.minutes === null ? null : (ZONES[zone] ?? null) },
  });
  const own = momentOf(result.start, result.text, lead, context, clock);
  if (result.end) {
    return [
      ...fact('date', own),
      ...fact('deadline', momentOf(result.end, result.text, lead, context, clock)),
    ];
  }
  const isEnd = UNTIL.test(lead) || ENDS_AFTER.test(rest);
  if (isEnd)
    return fact(
      'deadline',
      EXCLUDED.test(lead) && !/ende?\s|end of/iu.test(result.text)
        ? dayBefore(own)
        : closing(own, result.text, lead),
    );
  if (ONLY.test(lead) || ONLY_AFTER.test(rest)) return [...fact('date', own), ...fact('deadline', own)];
  return fact('date', own);
}

function momentOf(
  components: chrono.ParsedComponents,
  said: string,
  lead: string,
  { publishedAt }: Context,
  clock: RegExpExecArray | null,
): Moment | null {
  const certain = (part: chrono.Component) => (components.isCertain(part) ? components.get(part) : null);
  const minutes = clock
    ? minutesOf(clock)
    : components.isCertain('hour') && TELLS_TIME.test(said)
      ? (components.get('hour') ?? 0) * 60 + (components.get('minute') ?? 0)
      : null;
  const relative = relativeOf(said);
  // `An evening with us` is no day.
  if (relative === null && !NAMES_A_DAY.test(said)) return null;
  const [year, day] = [certain('year'), certain('day')];
  if (relative !== null && (!components.isCertain('month') || (year !== null && day !== null))) {
    if (publishedAt === null) {
      const day = certain('weekday');
      return { ...NOTHING, relative, weekday: day === 0 ? 7 : day };
    }
    return { ...NOTHING, ...dateOf(components), minutes };
  }
  const weekday = certain('weekday');
  const month = certain('month');
  if (day === null && month === null) {
    const before = lead + (/^(?:on|am|this|next|diesen|kommenden|nächsten) /iu.exec(said)?.[0] ?? '');
    if (weekday === null || said.trim().length < 3) return null;
    if (!WEEKDAY_LEAD.test(before) && !UNTIL.test(lead)) return null;
    return { ...NOTHING, weekday: weekday === 0 ? 7 : weekday, minutes };
  }
  if (day === null && !/\p{L}{4}/u.test(said) && said.toLowerCase() !== 'mai') return null;
  if (day === null && !/(?:in|im|until|bis|by|ab|from|of|ende|end of|during|through)\s*$/iu.test(lead))
    return null;
  return {
    ...{
      year: year !== null && year > 2000 ? year : null,
      month,
      day,
      relative: null,
      offset: null,
      minutes,
    },
    weekday: weekday === null ? null : weekday === 0 ? 7 : weekday,
  };
}

function minutesOf({ 1: hour, 2: minute, groups, ...rest }: RegExpExecArray): number {
  const [hours, minutes] = [Number(hour ?? rest[5]), Number(minute ?? rest[6] ?? 0)];
  const half = groups?.['pm'] !== undefined ? 12 : 0;
  return (groups?.['am'] === undefined ? hours : (hours % 12) + half) * 60 + minutes;
}

const NOTHING: Moment = {
  year: null,
  month: null,
  day: null,
  weekday: null,
  minutes: null,
  offset: null,
  relative: null,
};

const dateOf = (components: chrono.ParsedComponents) => ({
  year: components.get('year'),
  month: components.get('month'),
  day: components.get('day'),
});

/** `Until midnight on 5 May` is the end of that day, as `until 24:00` is. */
function closing(moment: Moment | null, said: string, lead: string): Moment | null {
  if (moment === null || !(MIDNIGHT.test(said) || MIDNIGHT.test(lead))) return moment;
  return { ...moment, minutes: 1440 };
}

function dayBefore(moment: Moment | null): Moment | null {
  if (moment?.day == null || moment.month === null || moment.minutes !== null) return moment;
  const date = DateTime.utc(moment.year ?? 2026, moment.month, moment.day).minus({ days: 1 });
  return { ...moment, month: date.month, day: date.day, weekday: null };
}

const two = (value: number): string => String(value).padStart(2, '0');
const WEEKDAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTH_NAMES = Array.from({ length: 12 }, (_, at) => DateTime.utc(2026, at + 1, 1).toFormat('MMMM'));

export function shown({ year, month, day, weekday, minutes, relative }: Moment): string {
  if (relative !== null) return relative;
  const time = minutes === null ? '' : ` ${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  const name = month === null ? '' : (MONTH_NAMES[month - 1] ?? '');
  const date =
    month === null
      ? (WEEKDAY_NAMES[(weekday ?? 1) - 1] ?? '')
      : `${day === null ? '' : `${day} `}${name}${year === null ? '' : ` ${year}`}`;
  return date + time;
}
