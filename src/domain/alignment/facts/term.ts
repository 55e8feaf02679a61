import { amountOf, DIGITS, NUMBER_WORDS } from '../numerals.js';
import { type Extract, type Fact, pattern, wordFact } from './fact.js';

const TERM = pattern(
  String.raw`(?<![\p{L}\d])(?<n>${DIGITS}|${NUMBER_WORDS}|first|ersten?|an?|eine?[nrm]?)[\s-]?(?<u>hours?|stunden?|days?|nights?|weeks?|months?|years?|tage?n?|tägige\p{L}*|nächten?|wochen?|monate?n?|jahre?n?)(?:'s|s')?(?!\p{L})`,
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
    sort: 'free months',
    ahead: /(?:free|gratis|kostenlos|kostenfrei) (?:for|für) (?:the )?$/iu,
    behind: /^(?! of)/iu,
  },
  {
    sort: 'free months',
    behind: /^ of [^.!?\n]{0,40}? (?:free|gratis)(?!\p{L})/iu,
  },
  {
    sort: 'money back',
    behind:
      /^[\s-]*(?:of\s|lang\s)?(?:free\s|kostenlose\p{L}*\s|no-quibble\s)?(?:money[\s-]back|returns?|refund|geld-?[\s-]?zurück\p{L}*|rückgabe\p{L}*|widerruf\p{L}*|umtausch\p{L}*|to (?:return|send|exchange|change your mind|decide)|zurückgeben)/iu,
  },
  {
    sort: 'money back',
    ahead:
      /(?:money[\s-]back|returns?|refund\p{L}*|exchange\p{L}*|umtausch\p{L}*|send (?:it|them) back|schick\p{L}* (?:es|sie|ihn) (?:einfach )?zurück|geld-?[\s-]?zurück\p{L}*|rückgabe\p{L}*|zurückgeben|return it)[^.!?\n\d]{0,25}?(?:within|innerhalb von|binnen|for|für|of|von|in)?\s$/iu,
  },
  {
    sort: 'money back',
    behind:
      /^(?!\s(?:free|kostenlos|gratis))[^?\n\d]{0,100}?(?:geld zurück|money back|full refund|send it back|return it|zurückgeben|zurückschicken|zurücksenden)/iu,
  },
  {
    sort: 'guarantee',
    behind: /^[\s-]*(?:of\s|volle\s|full\s|lang\s)?(?:guarantee|warranty|promise|garantie|gewährleistung)/iu,
  },
  {
    sort: 'guarantee',
    ahead: /(?:guaranteed?|warranty|garantie|gewährleistung)[^.!?\n\d]{0,15}?(?:of|for|von|für|über|:)\s?$/iu,
  },
  {
    sort: 'delivery',
    behind: /^\s(?:delivery|shipping|lieferung|lieferzeit)/iu,
  },
  {
    sort: 'delivery',
    ahead:
      /(?:deliver\p{L}*|dispatch\p{L}*|ship(?:s|ped|ping)?|arrives?|lieferung|lieferzeit|geliefert|liefern)(?: \p{L}+){0,2}? (?:in|within|innerhalb von|binnen)(?: just| only| nur)?\s$/iu,
  },
  {
    sort: 'cancellation',
    ahead:
      /(?:cancel\p{L}*|storn\p{L}*|kündigungsfrist|notice)[^.!?\n\d]{0,30}(?:up to|until|within|bis zu|bis|of|von|:)?\s?$/iu,
    behind: /^(?!\s(?:contract|vertrag))/iu,
  },
  {
    sort: 'interest-free',
    ahead: /(?<!\d)(?:0\s?%|zero percent|null prozent|interest[- ]free|zinsfrei|zinslos)[^.!?\n\d]{0,40}$/iu,
  },
  {
    sort: 'interest-free',
    behind: /^\s(?:interest[- ]free|zinsfrei|zinslos|(?:at )?0\s?%)/iu,
  },
  {
    sort: 'contract',
    behind: /^[\s-]*(?:minimum\s)?(?:contract|term|commitment|vertrag\p{L}*|laufzeit|mindestlaufzeit)/iu,
  },
];
const UNITS: readonly (readonly [RegExp, string, number])[] = [
  [/^(?:hour|stunde)/iu, 'hours', 1],
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
    const count = /^(?:first|erste|an?$|ein)/iu.test(n) ? 1 : amountOf(n);
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
