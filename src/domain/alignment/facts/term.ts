import { amountOf, DIGITS, NUMBER_WORDS } from '../numerals.js';
import { type Extract, type Fact, pattern, wordFact } from './fact.js';

const TERM = pattern(
  String.raw`(?<![\p{L}\d])(?<n>${DIGITS}|${NUMBER_WORDS}|first|ersten?)[\s-]?(?<u>days?|nights?|weeks?|months?|years?|tage?n?|tägige\p{L}*|nächten?|wochen?|monate?n?|jahre?n?)(?!\p{L})`,
);
/** What a length of time promises, by what stands behind it or before it. */
const PROMISES: readonly { readonly sort: string; readonly behind?: RegExp; readonly ahead?: RegExp }[] = [
  {
    sort: 'trial',
    behind:
      /^[\s-]*(?:lang\s)?(?:(?:free|kostenlos\p{L}*|gratis|unverbindlich|of)[\s-])*(?:trial|test\p{L}*|ausprobieren|probe\p{L}*)/iu,
  },
  {
    sort: 'trial',
    ahead:
      /(?:try|test|teste\p{L}*|trial|testphase|testversion|probezeit|probemonat)[^.!?\n]{0,30}?(?:free |kostenlos |gratis )?(?:for|of|von|für|über|lasts|dauert)?\s?$/iu,
    behind: /^(?![\s-]*(?:money|geld|return|rückgabe))/iu,
  },
  {
    sort: 'free months',
    behind: /^\s(?:for )?(?:free|gratis|kostenlos|geschenkt|on us|kostenfrei)(?!\s(?:trial|test|probe))/iu,
  },
  {
    sort: 'money back',
    behind:
      /^[\s-]*(?:of\s|lang\s)?(?:free\s|kostenlose\p{L}*\s|no-quibble\s)?(?:money[\s-]back|returns?|geld-?[\s-]?zurück\p{L}*|rückgabe\p{L}*|widerruf\p{L}*|to (?:return|send)|zurückgeben)/iu,
  },
  {
    sort: 'money back',
    ahead:
      /(?:money[\s-]back|returns?|geld-?[\s-]?zurück\p{L}*|rückgabe\p{L}*|zurückgeben|return it)[^.!?\n\d]{0,25}?(?:within|innerhalb von|binnen|for|für|of|von|in)?\s$/iu,
  },
  {
    sort: 'money back',
    behind:
      /^(?!\s(?:free|kostenlos|gratis))[^?\n\d]{0,100}?(?:geld zurück|money back|full refund|send it back|return it|zurückgeben|zurückschicken|zurücksenden)/iu,
  },
  {
    sort: 'guarantee',
    behind: /^[\s-]*(?:of\s|volle\s|full\s|lang\s)?(?:guarantee|warranty|garantie|gewährleistung)/iu,
  },
  {
    sort: 'guarantee',
    ahead: /(?:guarantee|warranty|garantie|gewährleistung)[^.!?\n\d]{0,15}?(?:of|for|von|für|über|:)\s?$/iu,
  },
  {
    sort: 'contract',
    behind: /^[\s-]*(?:minimum\s)?(?:contract|term|commitment|vertrag\p{L}*|laufzeit|mindestlaufzeit)/iu,
  },
];
const UNITS: readonly (readonly [RegExp, string, number])[] = [
  [/^(?:day|night|tag|täg|nächte)/iu, 'days', 1],
  [/^(?:week|woche)/iu, 'days', 7],
  [/^(?:month|monat)/iu, 'months', 1],
  [/^(?:year|jahr)/iu, 'months', 12],
];

/** Promises that last: trials, guarantees, months for free, time to send it back, contracts. */
export const terms: Extract = (reading) => {
  const { text } = reading;
  return [...text.matchAll(TERM)].flatMap((match): Fact[] => {
    const { n = '', u = '' } = match.groups ?? {};
    const unit = UNITS.find(([word]) => word.test(u));
    const count = /^(?:first|erste)/iu.test(n) ? 1 : amountOf(n);
    if (!unit || !Number.isFinite(count)) return [];
    const end = match.index + match[0].length;
    const [lead, rest] = [text.slice(Math.max(0, match.index - 60), match.index), text.slice(end, end + 130)];
    const sorts = PROMISES.filter(
      ({ behind, ahead }) => (behind?.test(rest) ?? true) && (ahead?.test(lead) ?? true),
    ).map(({ sort }) => sort);
    return [...new Set(sorts)].map((sort) =>
      wordFact('offer', `${sort}: ${count * unit[2]} ${unit[1]}`, reading.source(match.index, end), sort),
    );
  });
};
