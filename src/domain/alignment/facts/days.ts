import { type Parser } from 'chrono-node';
import { DateTime } from 'luxon';
import { toOrdinal } from 'n2words/de-DE';

/** Names of months, English and German, and their short forms. */
const MONTH_NUMBERS = new Map(
  [
    'january januar jänner jan jän',
    'february februar feber feb',
    'march märz mar mär',
    'april apr',
    'may mai',
    'june juni jun',
    'july juli jul',
    'august aug',
    'september sept sep',
    'october oktober oct okt',
    'november nov',
    'december dezember dec dez',
  ].flatMap((names, at) => names.split(' ').map((name) => [name, at + 1] as const)),
);
const longestFirst = (words: Iterable<string>): string =>
  [...words].sort((a, b) => b.length - a.length).join('|');
export const MONTH = `(?:${longestFirst(MONTH_NUMBERS.keys())})(?!\\p{L})`;
/** German ordinals in words, as in `bis zum fünften Mai`, with their endings. */
const ORDINALS = new Map(
  Array.from({ length: 31 }, (_, at) => [toOrdinal(at + 1).replace(/[rsn]?$/, ''), at + 1] as const),
);
export const SUFFIX = '(?:st|nd|rd|th|\\.)?';

/** Ways to write a day: `d`, `to` the last of several, `m` the month, `y` the year. */
const WRITTEN = [
  // 1.-10.5., 1. bis 10.5.2026
  String.raw`(?<![\d.,])(?<d>\d{1,2})\.\s?(?:-|bis(?: zum)?|und)\s?(?<to>\d{1,2})\.\s?(?<m>\d{1,2})\.(?:\s?(?<y>\d{4}))?`,
  // 1 to 10 May, 1.-10. Mai, 17 and 18 September
  String.raw`(?<![\d.,:€$£])(?<d>\d{1,2})${SUFFIX}\s?(?:-|to|until|till|through|and|[&+/]|bis(?: zum)?|und)\s?(?<to>\d{1,2})${SUFFIX}\s(?:of\s)?(?<m>${MONTH})(?:\s(?<y>\d{4}))?`,
  // October 6-8
  String.raw`(?<!\p{L})(?<!\d[.\s]*)(?<m>${MONTH})\s(?<d>\d{1,2})(?:st|nd|rd|th)?\s?(?:-|to|and|&)\s?(?<to>\d{1,2})(?:st|nd|rd|th)?(?![\d:%€])(?:,?\s(?<y>\d{4}))?`,
  // 4 June, 4th of June 2026
  String.raw`(?<![\d.,:€$£])(?<d>\d{1,2})${SUFFIX}\s(?:of\s)?(?<m>${MONTH})(?:,?\s(?<y>\d{4}))?`,
  // May 31
  String.raw`(?<!\p{L})(?<!\d[.\s]*)(?<m>${MONTH})\s(?<d>\d{1,2})(?:st|nd|rd|th)?(?:,?\s(?<y>\d{4}))?(?![\d:%€])`,
  // 5.5., 5.5.26
  String.raw`(?<![\d.,:€$£])(?<d>\d{1,2})\.\s?(?<m>\d{1,2})\.(?:\s?(?<y>\d{4}|\d{2})(?!\d))?(?![\d%€])`,
  // fünften Mai
  String.raw`(?<!\p{L})(?<d>${longestFirst(ORDINALS.keys())})[nrs]?\s(?<m>${MONTH})`,
  // Ende Mai, the end of May
  String.raw`(?<!\p{L})(?:ende|monatsende|(?:the )?end of)\s(?<m>${MONTH})`,
];

const written = (source: string): Parser => {
  const pattern = new RegExp(source, 'iu');
  return {
    pattern: () => pattern,
    extract: (context, match) => {
      const { d, to, m = '', y } = match.groups ?? {};
      const month = MONTH_NUMBERS.get(m.toLowerCase()) ?? Number(m);
      if (!(month >= 1 && month <= 12)) return null;
      const year = y === undefined ? null : Number(y) + (y.length === 2 ? 2000 : 0);
      const most = DateTime.utc(year ?? LEAP_YEAR, month).daysInMonth ?? 31;
      const first = d === undefined ? DateTime.utc(year ?? COMMON_YEAR, month).daysInMonth : dayOf(d);
      const last = to === undefined ? null : dayOf(to);
      if (!first || first > most || (last !== null && (last < first || last > most))) return null;
      const on = (day: number) => ({ day, month, ...(year === null ? {} : { year }) });
      return context.createParsingResult(
        match.index ?? 0,
        match[0],
        on(first),
        last === null ? undefined : on(last),
      );
    },
  };
};
const dayOf = (text: string): number => ORDINALS.get(text.toLowerCase()) ?? Number(text);
/** A day that is not said to be of another year may be 29 February; the end of February is the 28th in most years. */
const [LEAP_YEAR, COMMON_YEAR] = [2028, 2026];

const endOfThisMonth: Parser = {
  pattern: () =>
    /(?<!\p{L})(?:ende (?:des|dieses) monats|monatsende|(?:the )?end of (?:the|this) month)(?!\p{L})/iu,
  extract: ({ refDate }) => {
    const end = DateTime.fromJSDate(refDate).endOf('month');
    return { year: end.year, month: end.month, day: end.day };
  },
};

/** Days as both languages write them, which chrono reads otherwise or not at all: it takes `May 31` for a month of 2031. */
export const DAYS: readonly Parser[] = [...WRITTEN.map(written), endOfThisMonth];
