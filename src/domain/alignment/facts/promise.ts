import { amountOf, DIGITS } from '../numerals.js';
import { after, before, type Extract, type Fact, pattern, wordFact } from './fact.js';

const N_FOR_M = pattern(
  String.raw`(?<![\p{L}\d])(?:(?<n>[2-9]|two|three|four|five|zwei|drei|vier|fünf)\s?(?:(?:\p{L}+\s){0,3}(?:for the price of|zum preis von)|for|für|statt|x)\s?(?<m>[1-8]|one|two|three|four|eins?|einen|eine|zwei|drei|vier)(?!\s?(?:€|\$|£|eur|%|pers|tage|days|nights|nächte|uhr|months|monate|[.,]?\d))|buy\s(?<b>[1-9]|one|two|three|four),?\s(?:and\s)?get\s(?<g>[1-9]|one|two|three|a|another|the (?:second|third|fourth))(?:\s\p{L}+){0,2}?\s(?:free|half price)|(?<tk>[2-9]|two|three|four|five|zwei|drei|vier|fünf)\s(?:\p{L}+\s){0,3}(?:mitnehmen|kaufen|bleiben|nehmen|buchen|lesen|take|stay|buy),?\s(?:und\s|and\s)?(?:nur\s|only\s)?(?<py>[1-8]|one|two|three|four|eins?|eine?n?|zwei|drei|vier)\s(?:be)?zahlen|bogo|(?:kauf|nimm)\p{L}*\s(?<gk>[1-9]|zwei|drei|vier),?\s(?:und\s)?(?:erhalt|bekomm)\p{L}*\s(?:das|den|die)\s(?:zweite|dritte|vierte|fünfte)\p{L}*(?:\s\p{L}+)?\s(?:gratis|geschenkt|kostenlos|umsonst)|(?:kauf|nimm)\s(?<k>[1-9]|zwei|drei|vier),?\s(?:zahl|bezahl)\p{L}*\s(?<z>[1-9]|eins?|zwei|drei))(?![\d\p{L}])`,
);
const FREE_SHIPPING = pattern(
  String.raw`(?<![\p{L}])(?:free (?:\p{L}+ )?(?:shipping|delivery|postage)|(?:shipping|delivery|postage) (?:is |always )?(?:free|on us|included)|ships? (?:for )?free|gratis-?\s?(?:versand|lieferung)|(?:kostenlose\p{L}*|kostenfreie\p{L}*|gratis) (?:versand|lieferung|zustellung)|versand(?:kosten)?\s?(?:ist |bleibt )?(?:kostenlos|kostenfrei|gratis|frei|geschenkt)|versandkostenfrei\p{L}*|portofrei|frei haus|(?:schenken|übernehmen)(?: wir)?(?: dir| ihnen| euch)? (?:den|die|das) (?:versand\p{L}*|porto|liefer\p{L}*)|(?:den versand|die versandkosten|das porto|die lieferung) (?:übernehmen|schenken|zahlen) wir|versand (?:geht )?auf uns|we pay (?:the |for )?(?:shipping|delivery|postage)|no (?:shipping|delivery) (?:charges?|costs?|fees?)|(?:versand|lieferung|zustellung) (?:ist |immer )?(?:gratis|kostenlos|kostenfrei|frei)(?=[^\p{L}]|$)|(?:liefern|versenden)(?: wir)? (?:kostenlos|gratis|versandkostenfrei)|(?:shipping|delivery|versand\p{L}*|lieferung)(?:[^.!?\n]|\.(?=\d)){0,40}[,;:]\s?(?:free|gratis|kostenlos|frei)(?=\s(?:over|from|above|ab|über)\s))`,
);
/** Without one of these nothing is given. */
const GIVES = /free|gratis|geschenkt|umsonst/iu;
/** A present with the order; what is free of charge anyway (a trial, delivery, a webinar) is none. */
const GIFT = pattern(
  String.raw`(?<!\p{L})(?:free (?!\p{L}* ?(?:shipping|delivery|postage|returns?|trial|months?|weeks?|days?|of|for|entry|admission|cancellation|webinar|consultation|demo|quote|guide|ebook|app|and)(?!\p{L}))(?<what>\p{L}+(?: (?!with|when|for|on|to|if|in|worth|every|no|over|from)\p{L}+)?)(?=[^.!?\n]{0,30}(?:order|purchase|spend|over|on us|basket|box)))`,
);
/** `Tasche gratis dazu`; German writes what is given with a capital. */
const GIFT_GERMAN =
  /(?<what>\p{Lu}\p{Ll}+)(?: \p{L}+)? (?:gratis|geschenkt|umsonst)(?: dazu)?(?!\p{L})|[Gg]ratis[ -](?!Versand|Lieferung|Test|Monat|Probe)(?<other>\p{Lu}\p{L}+)/gu;
const NO_GIFT =
  /^(?:versand|lieferung|monate?|tage?|wochen?|jahre?|eintritt|jetzt|heute|kinder|einfach|mai|juni)$/u;
const LIMIT = pattern(
  String.raw`(?:over|from|above|ab|über|von|of|spend|mindestens|exceeding|more than)\s(?:an? )?(?:€|\$|£|EUR\s)?\s?(?<n>${DIGITS})\s?(?:€|\$|£|euro?s?)?`,
);

/** Promises other than a price: several for the price of fewer, presents, free delivery. */
export const promises: Extract = (reading) => {
  const { text } = reading;
  const facts: Fact[] = [];
  const add = (start: number, length: number, about: string, value: string) =>
    facts.push(wordFact('offer', value, reading.source(start, start + length), about));
  for (const match of text.matchAll(N_FOR_M)) {
    const { n, m, b, g, k, z, gk, tk, py } = match.groups ?? {};
    const [take, pay] = n
      ? [count(n), count(m ?? '')]
      : b
        ? [count(b) + (g === undefined || /^(?:a|another|the)/iu.test(g) ? 1 : count(g)), count(b)]
        : k
          ? [count(k), count(z ?? '')]
          : gk
            ? [count(gk) + 1, count(gk)]
            : tk
              ? [count(tk), count(py ?? '')]
              : [2, 1];
    if (take > pay && !/half price$/iu.test(match[0]))
      add(match.index, match[0].length, 'bundle', `${take} for ${pay}`);
  }
  const gifts = GIVES.test(text) ? [...text.matchAll(GIFT), ...text.matchAll(GIFT_GERMAN)] : [];
  for (const match of gifts) {
    const { what, other } = match.groups ?? {};
    const gift = (what ?? other ?? '').toLowerCase();
    if (NO_GIFT.test(gift)) continue;
    const limit = limitAround(text, match.index, match.index + match[0].length);
    add(
      match.index,
      match[0].length,
      `gift ${gift}`,
      `free ${gift}${limit === null ? '' : ` from ${limit}`}`,
    );
  }
  for (const match of text.matchAll(FREE_SHIPPING)) {
    const limit = limitAround(text, match.index, match.index + match[0].length);
    add(
      match.index,
      match[0].length,
      'shipping',
      limit === null ? 'free shipping' : `free shipping from ${limit}`,
    );
  }
  return facts;
};

/** The order from which it holds: said behind it, or else before. */
function limitAround(text: string, start: number, end: number): number | null {
  const limit =
    [...after(text, end, 60).matchAll(LIMIT)][0] ?? [...before(text, start, 60).matchAll(LIMIT)].at(-1);
  const amount = limit?.groups?.['n'];
  return amount === undefined ? null : amountOf(amount);
}

const COUNTS: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, a: 1, another: 1 },
  ...{ ein: 1, eins: 1, eine: 1, einen: 1, zwei: 2, drei: 3, vier: 4, fünf: 5 },
};
const count = (word: string): number => COUNTS[word.toLowerCase()] ?? Number(word);
