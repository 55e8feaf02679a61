import { amountOf, DIGITS, NUMBER_WORDS } from '../numerals.js';
import { after, before, type Extract, type Fact, pattern, wordFact } from './fact.js';

const CURRENCIES: Readonly<Record<string, string>> = {
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  $: 'USD',
  us$: 'USD',
  usd: 'USD',
  dollar: 'USD',
  dollars: 'USD',
  '£': 'GBP',
  gbp: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  quid: 'GBP',
  chf: 'CHF',
  franken: 'CHF',
  'fr.': 'CHF',
  sfr: 'CHF',
  '¥': 'JPY',
  jpy: 'JPY',
  kr: 'SEK',
  cent: 'cent',
  cents: 'cent',
  ct: 'cent',
};
const SIGN = String.raw`US\$|€|\$|£|¥|EUR|USD|GBP|CHF|SFr|Fr\.`;
const NAME = String.raw`€|\$|£|¥|(?:euros?|eur|us-?dollars?|dollars?|usd|pounds?|quid|gbp|chf|franken|cents?|ct)(?![\p{L}])`;
const DASH = String.raw`(?:[.,]?-{1,2})?`;
const MONEY = pattern(
  String.raw`(?<![\p{L}\d.,])(?:(?<sign>${SIGN})\s?(?<signed>${DIGITS})${DASH}|(?<digits>${DIGITS})${DASH}\s?-?(?<name>${NAME})|(?<word>${NUMBER_WORDS})\s(?<named>${NAME})|(?<bare>\d{1,5})[.,]-(?!\d))`,
);

/** What was to be paid before, or what something is worth: not what is to be paid. */
const OLD_BEFORE =
  /(?<!\p{L})(?:(?:danach|anschließend|später|after that|afterwards|thereafter|(?<!until )then|from tomorrow|ab morgen)(?:,? [\p{L}']+){0,3}|instead of|rather than|statt|anstatt|anstelle von|was|were|formerly|previously|down from|reduced from|cut from|usually|usual price:?|regularly|regular price:?|normally|normal price:?|normalerweise|normalpreis:?|bisher|früher|vorher|vormals|uvp:?|rrp:?|msrp:?|list price:?|listenpreis:?|sonst|bislang|regulär|worth|im wert von|value[ds]?(?: at| of)?|wert)\s*(?:an? |for |of |at |nur |only |bis zu |up to )?$/iu;
const OLD_AFTER = /^\s*(?:value|wert\b|(?:->|→|=>))/iu;
const FROM_TO = /^[^.!?]{0,20}?\s(?:auf|to|down to|->|→)\s*(?:nur |only |just )?(?:€|\$|£|EUR )?\s?\d/iu;
const REDUCED_FROM = /(?<!\p{L})(?:von|from)\s*$/iu;
const LIMIT_BEFORE =
  /(?<!\p{L})(?:orders?|purchases?|spend(?:ing)?|baskets?|carts?|minimum\p{L}*|einkäufe\p{L}*|einkauf\p{L}*|bestell\p{L}*|mindest\p{L}*|warenk\p{L}*|umsatz\p{L}*|geldeingang\p{L}*|deposits?|shipping|delivery|versand\p{L}*|liefer\p{L}*|frei haus|haus)\s+(?:\p{L}+\s+){0,4}(?:over|above|from|of|or more than|more than|exceeding|starting at|ab|über|von|von mindestens|mit|value|wert)\s*$|(?:spend|when you spend|over|above|more than|mindestbestellwert:?(?: von)?|mindesteinkauf:?)\s*$/iu;
const LIMIT_AFTER =
  /^\s*(?:(?:monatlich\p{L}* )?(?:geldeingang|umsatz)|mindest|bestell|einkauf|warenkorb|warenwert|order|minimum|basket|or more|und mehr|or over|spend|versandkosten|versandfrei|portofrei|frei haus|liefern wir|free (?:shipping|delivery)|ships? free)/iu;
const SHIPPING =
  /(?<!\p{L})(?:shipping|delivery|postage|versand\p{L}*|liefer\p{L}*|porto)\W+(?:costs?|fee|only|nur|for|für|of|von|is|are|kostet|just|at)?\s*$/iu;
const SHIPPING_AFTER = /^\s*(?:for |für )?(?:shipping|delivery|postage|versand|lieferung|porto)/iu;
const SAVING_BEFORE =
  /(?<!\p{L})(?:save|saves|saving|savings of|saving of|spare|sparen|sparst|spart|sparst du|spart ihr|sparen sie|ersparnis von|rabatt von|discount of|reduction of|nachlass von|gutschein(?: über| im wert von)|voucher (?:for|worth|of|over)|coupon (?:for|worth|of)|gift card (?:for|worth|of)|cashback of|reduced by|günstiger um|um|by|credit of|guthaben von|take|minus)\s*(?:you |dir |ihnen |sie |jetzt |now |sofort |a full |ganze |satte |up to |bis zu |over |über )*$/iu;
/** `Spare bis Mai 20 €`: with words between, but none that tells a price. */
const SAVING_FAR_BEFORE =
  /(?<!\p{L})(?:spar(?:en|e|st|t)|save)(?:(?!(?<!\p{L})(?:nur|only|just|now|für|for|ab|from|statt|auf|on)(?!\p{L}))(?:[^.!?:\n€$£%]|(?<=\d)\.)){0,35}$|(?:rabatt|nachlass|bonus|gutschein|ersparnis|discount|voucher)(?: von| über| of| worth)?:?\s*$/iu;
const SAVING_FAR_AFTER =
  /^(?:(?!(?<!\p{L})(?:nur|statt|für)(?!\p{L}))[^.!?:\n€$£%]){0,50}\s(?:sparen|gespart)(?!\p{L})/iu;
/** `-20 €`, but not `Luma - 20 €`. */
const MINUS_BEFORE = /(?:^|[\s(:])-$/u;
const SAVING_AFTER =
  /^\s*-?(?:off\b|discount|cash\s?back|voucher|coupon|gift (?:card|voucher)|credit|reduction|saving|savings|less\b|cheaper|back\b|rabatt|nachlass|gutschein|ersparnis|sparen|gespart|günstiger|billiger|weniger|geschenkt|guthaben|startguthaben|bonus|willkommens|sofortrabatt|preisvorteil|preisnachlass|vorteil|zurück)/iu;
const OTHER_BEFORE =
  /(?<!\p{L})(?:rund|circa|ca\.|etwa|umgerechnet|roughly|around|approximately|approx\.|average|durchschnittlich|win|gewinne\p{L}*|verlos\p{L}*|prize of|preisgeld|raised?|gesammelt|cover(?:ed|age)?(?: of)?(?: up)?(?: to)?|deckung\p{L}*|versicherungssumme|insured(?: for)?|budget of|turnover of|revenue of|goal of|spendenziel|ziel:?|collected)\s*(?:of |von |bis zu |up to |bis |im wert von )?$/iu;
const UP_TO = /(?<!\p{L})(?:up to|as much as|bis zu|maximal)\s*$/iu;
const FROM =
  /(?:^|[^\p{L}])(?:from(?: (?:only|just))?|starting (?:at|from)|starts at|as low as|prices from|ab|schon ab|bereits ab|already from)\s*$/iu;
/** What a price is for. Per person or piece is what one price is taken for anyway. */
const PERIODS: readonly (readonly [string, string])[] = [
  ['month', String.raw`month|mo\b|mth|monat|mtl`],
  ['year', String.raw`year|yr|annum|annually|jahr|p\.\s?a`],
  ['week', String.raw`week|wk\b|woche`],
  ['night', String.raw`night|nacht|übernachtung`],
  ['day', String.raw`day\b|tag\b|täglich`],
  ['user', String.raw`user|seat|nutzer|anwender|lizenz|licen[cs]e|arbeitsplatz`],
  ['weight', String.raw`(?:100 ?g|kg|kilo|pound|lb|liter|litre|l\b)`],
  ['class', String.raw`class|session|course hour|kurs\b|einheit|stunde|hour|lesson|unterricht`],
];
const PERIOD_AFTER = PERIODS.map(
  ([period, source]) =>
    [
      period,
      new RegExp(
        String.raw`^\s*(?:(?:/|per|a|an|each|every|pro|je|im|jede[nrs]?|für die|the)\s?(?:${source})|(?:monthly|monatlich)(?<m>)|(?:yearly|jährlich)(?<y>))`,
        'iu',
      ),
    ] as const,
);

/** Prices, money off and what goes with them. */
export const money: Extract = (reading) => {
  const { text } = reading;
  const found = [...text.matchAll(MONEY)];
  return found.flatMap((match, at): Fact[] => {
    const groups = match.groups ?? {};
    const written = groups['signed'] ?? groups['digits'] ?? groups['word'] ?? groups['bare'] ?? '';
    const currency =
      CURRENCIES[
        (groups['sign'] ?? groups['name'] ?? groups['named'] ?? '').toLowerCase().replace('us-', '')
      ] ?? '';
    const start = match.index + (match[0].length - match[0].trimStart().length);
    const end = match.index + match[0].length;
    const previous = found[at - 1];
    const from = previous ? Math.max(previous.index + previous[0].length, start - 60) : start - 60;
    const lead = before(text.slice(Math.max(0, from)), start - Math.max(0, from), 60);
    const rest = after(text, end, 70);
    if (OTHER_BEFORE.test(lead)) return [];
    if (OLD_BEFORE.test(lead) || OLD_AFTER.test(rest)) return [];
    if (REDUCED_FROM.test(lead) && FROM_TO.test(rest)) return [];
    if (isLimit(lead, rest)) return [];
    const amount = currency === 'cent' ? amountOf(written) / 100 : amountOf(written);
    const unit = currency === 'cent' ? 'EUR' : currency;
    const isShipping = SHIPPING.test(lead) || SHIPPING_AFTER.test(rest);
    const isSaving =
      !isShipping &&
      ([SAVING_BEFORE, SAVING_FAR_BEFORE, MINUS_BEFORE].some((sign) => sign.test(lead)) ||
        [SAVING_AFTER, SAVING_FAR_AFTER].some((sign) => sign.test(rest)));
    const period = isSaving ? '' : periodOf(rest) || periodBefore(lead);
    const bound = UP_TO.test(lead) ? 'at-most' : !isSaving && FROM.test(lead) ? 'at-least' : 'exact';
    const lower = { 'at-most': 'up to ', 'at-least': 'from ', exact: '' }[bound];
    const value = `${lower}${shown(amount)}${unit === '' ? '' : ` ${unit}`}${period === '' ? '' : ` a ${period}`}`;
    const range = reading.source(start, end);
    const fact = isSaving ? 'saving' : 'price';
    return [
      {
        ...{ fact, value, range, about: isShipping ? 'shipping' : period },
        claim: { type: 'number', number: amount, unit, bound },
      },
      // 60 € a year and 60 € a month are one price of which one is wrong.
      ...(period === ''
        ? []
        : [{ ...wordFact(fact, period, range, `the period of ${amount} ${unit}`), value }]),
    ];
  });
};

/** An order from which something else holds. */
const isLimit = (lead: string, rest: string): boolean => LIMIT_BEFORE.test(lead) || LIMIT_AFTER.test(rest);

const shown = (amount: number): string => (Number.isInteger(amount) ? String(amount) : amount.toFixed(2));

/** `Monatlich nur 9,99 €`. */
function periodBefore(lead: string): string {
  const [, word = ''] =
    /(?<!\p{L})(monatlich|monthly|per month|im monat|jährlich|yearly|annually|per year|im jahr|wöchentlich|weekly|per week):? (?:nur |only |just |für |for )*$/iu.exec(
      lead,
    ) ?? [];
  return periodOf(` ${word.replace(/^(?:per|im) /iu, 'pro ')}`);
}

function periodOf(rest: string): string {
  if (/^\s*(?:monthly|monatlich|mtl)/iu.test(rest)) return 'month';
  if (/^\s*(?:yearly|annually|jährlich)/iu.test(rest)) return 'year';
  if (/^\s*(?:weekly|wöchentlich)/iu.test(rest)) return 'week';
  return PERIOD_AFTER.find(([, source]) => source.test(rest))?.[0] ?? '';
}
