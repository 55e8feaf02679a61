import { amountOf, DIGITS, NUMBER_WORDS } from '../numerals.js';
import { after, before, type Extract, type Fact, pattern, wordFact } from './fact.js';

const N_FOR_M = pattern(
  String.raw`(?<![\p{L}\d])(?:(?<n>[2-9]|two|three|four|five|zwei|drei|vier|fünf)[\s-]?(?:(?:\p{L}+\s){0,3}(?:for the price of|zum preis von)|for|für|statt|x)[\s-]?(?<m>[1-8]|one|two|three|four|eins?|einen|eine|zwei|drei|vier)(?!\s?(?:€|\$|£|eur|%|pers|tage|days|nights|nächte|uhr|months|monate|[.,]?\d))|buy\s(?:any\s)?(?<b>[1-9]|one|two|three|four)(?:\s\p{L}+){0,3}?,?\s(?:and\s)?get\s(?<g>[1-9]|one|two|three|another|(?:a|the|your) (?:second|third|fourth)|a)(?:\s\p{L}+){0,2}?\s(?:free|half price)|(?<tk>[2-9]|two|three|four|five|zwei|drei|vier|fünf)\s(?:\p{L}+\s){0,3}(?:mitnehmen|kaufen|bleiben|nehmen|buchen|lesen|take|stay|buy),?\s(?:und\s|and\s)?(?:nur\s|only\s)?(?<py>[1-8]|one|two|three|four|eins?|eine?n?|zwei|drei|vier)\s(?:be)?zahlen|bogo|(?:kauf|nimm)\p{L}*\s(?<gk>[1-9]|zwei|drei|vier),?\s(?:und\s)?(?:erhalt|bekomm)\p{L}*\s(?:das|den|die)\s(?:zweite|dritte|vierte|fünfte)\p{L}*(?:\s\p{L}+)?\s(?:gratis|geschenkt|kostenlos|umsonst)|(?:kauf|nimm)\s(?<k>[1-9]|zwei|drei|vier),?\s(?:zahl|bezahl)\p{L}*\s(?<z>[1-9]|eins?|zwei|drei))(?![\d\p{L}])`,
);
/** `2 for €5`: how many, for how much. */
const N_FOR_MONEY = pattern(
  String.raw`(?<![\p{L}\d])(?<n>[2-9]|two|three|four|five|six|zwei|drei|vier|fünf|sechs) (?:for|für) (?:just |only |nur )?(?:(?:€|£|\$)\s?(?<a>${DIGITS})|(?<b>${DIGITS})\s?(?:€|£|\$|euro?s?(?!\p{L})))`,
);
const FREE_SHIPPING = pattern(
  String.raw`(?<![\p{L}])(?:free (?:\p{L}+ )?(?:shipping|delivery|postage)|deliver(?:s|ed|ing|y)?(?: \p{L}+){0,3} (?:for )?free(?! (?:returns?|gift))|(?:shipping|delivery|postage) (?:is |always )?(?:free|on us|included)|ships? (?:for )?free|gratis-?\s?(?:versand|lieferung)|(?:kostenlose\p{L}*|kostenfreie\p{L}*|gratis) (?:versand|lieferung|zustellung)|versand(?:kosten)?\s?(?:ist |bleibt )?(?:kostenlos|kostenfrei|gratis|frei|geschenkt)|versandkostenfrei\p{L}*|portofrei|frei haus|(?:schenken|übernehmen)(?: wir)?(?: dir| ihnen| euch)? (?:den|die|das) (?:versand\p{L}*|porto|liefer\p{L}*)|(?:den versand|die versandkosten|das porto|die lieferung) (?:übernehmen|schenken|zahlen) wir|versand (?:geht )?auf uns|we pay (?:the |for )?(?:shipping|delivery|postage)|no (?:shipping|delivery) (?:charges?|costs?|fees?)|(?:versand|lieferung|zustellung) (?:ist |immer )?(?:gratis|kostenlos|kostenfrei|frei)(?=[^\p{L}]|$)|(?:liefern|versenden)(?: wir)? (?:kostenlos|gratis|versandkostenfrei)|(?:shipping|delivery|versand\p{L}*|lieferung)(?:[^.!?\n]|\.(?=\d)){0,40}[,;:]\s?(?:free|gratis|kostenlos|frei)(?=\s(?:over|from|above|ab|über)\s))`,
);
/** Without one of these nothing is given. */
const GIVES = /free|gratis|geschenkt|umsonst/iu;
/** A present with the order; what is free of charge anyway (a trial, delivery, a webinar) is none. */
const GIFT = pattern(
  String.raw`(?<!\p{L})(?:free (?!\p{L}* ?(?:shipping|delivery|postage|returns?|trial|months?|weeks?|days?|of|for|entry|admission|cancellation|webinar|consultation|demo|quote|guide|ebook|app|and|across|in|at|with|when|if|as|by|from|over|until|till|this|all|every)(?!\p{L}))(?<what>\p{L}+(?: (?!with|when|for|on|to|if|in|worth|every|no|over|from)\p{L}+)?)(?=[^.!?\n]{0,30}(?:order|purchase|spend|over|on us|basket|box)))`,
);
/** The same, where what it takes is said before. */
const GIFT_AFTER = pattern(
  String.raw`(?<!\p{L})(?:spend|orders?|buy|book|purchases?)(?!\p{L})[^.!?\n]{0,50}?\sfree (?!\p{L}* ?(?:shipping|delivery|postage|returns?|trial|months?|weeks?|days?|entry|consultation)(?!\p{L}))(?!(?:of|for|across|in|at|with|when|to|on)(?!\p{L}))(?<what>\p{L}+(?: (?!with|when|for|on|to|if|in|worth|every|no|over|from|and|while)\p{L}+)?)`,
);
/** Gifts that somebody multiplies. */
const MATCHED = pattern(
  String.raw`(?<!\p{L})(?:(?<two>verdoppel\p{L}*|doubled?|doubles|matched|match)|(?<three>verdreifach\p{L}*|tripled?|triples))(?!\p{L})`,
);
const DONATION = /spende|donat|gift|give|euro|pound|dollar|£|€/iu;
/** What delivery costs, where it is not free. */
const SHIPPING_COST = pattern(
  String.raw`(?<!\p{L})(?:delivery|shipping|postage|versand(?:kosten)?|lieferung|lieferkosten|porto)(?: costs?| is| for| only| nur| kostet| beträgt| betragen|:){0,2} (?:€|£|\$)?\s?(?<n>[1-9]\d?(?:[.,]\d{2})?)\s?(?:€|£|\$|euro)?(?!\d|\s?(?:days?|tage|werktage|%|hours|weeks|-))`,
);
/** Where it holds, where it is only one of them. */
const ONLY_WHERE: readonly (readonly [RegExp, string])[] = [
  [
    pattern(
      String.raw`(?<!\p{L})(?:online[- ]only|only online|online exclusive|exclusively online|nur online|exklusiv online)(?!\p{L})`,
    ),
    'online only',
  ],
  [
    pattern(
      String.raw`(?<!\p{L})(?:in[- ](?:store|shop|branch)(?:es|s)?[- ]only|only in (?:our )?(?:stores?|shops?|branch(?:es)?)|nur (?:im|in (?:den|unseren|allen)) (?:laden|geschäften?|filialen?|stores?))(?!\p{L})`,
    ),
    'in stores only',
  ],
  [
    pattern(
      String.raw`(?<!\p{L})(?:app[- ]only|only in (?:the|our) app|app exclusive|nur in (?:der|unserer) app)(?!\p{L})`,
    ),
    'in the app only',
  ],
];
/** `Tasche gratis dazu`; German writes what is given with a capital. */
const GIFT_GERMAN =
  /(?<what>\p{Lu}\p{Ll}+)(?: \p{L}+)? (?:gratis|geschenkt|umsonst)(?: dazu)?(?!\p{L})|[Gg]ratis[ -](?!Versand|Lieferung|Test|Monat|Probe)(?<other>\p{Lu}\p{L}+)/gu;
const NO_GIFT =
  /^(?:versand|lieferung|monate?|tage?|wochen?|jahre?|eintritt|jetzt|heute|kinder|einfach|mai|juni)$/u;
/** Points that count twice and more. */
const TIMES = String.raw`double|twice|triple|doppelt\p{L}*|dreifach\p{L}*|vierfach\p{L}*|(?:[2-9]|1\d)[ -]?(?:x|fach\p{L}*|times|mal)`;
const POINTS = String.raw`points?|punkte?n?|\p{L}+punkte?n?|miles|meilen`;
const MORE_POINTS = pattern(
  String.raw`(?<!\p{L})(?:(?<a>${TIMES})[^.!?\n]{0,15}?(?:${POINTS})|(?:${POINTS})[^.!?\n]{0,25}?\s(?<b>${TIMES}))(?!\p{L})`,
);
const TIMES_COUNT: readonly (readonly [RegExp, number])[] = [
  [/^(?:double|twice|doppelt)/iu, 2],
  [/^(?:triple|dreifach)/iu, 3],
  [/^vierfach/iu, 4],
];
const LIMIT = pattern(
  String.raw`(?:over|from|above|ab|über|von|of|spend|mindestens|exceeding|more than)\s(?:an? )?(?:€|\$|£|EUR\s)?\s?(?<n>${DIGITS}|(?:${NUMBER_WORDS})(?=\s(?:euros?|pounds?|dollars?)))\s?(?:€|\$|£|euro?s?)?`,
);

/** Promises other than a price: several for the price of fewer, presents, free delivery. */
export const promises: Extract = (reading) => {
  const { text } = reading;
  const facts: Fact[] = [];
  const add = (start: number, length: number, about: string, value: string) =>
    facts.push(wordFact('offer', value, reading.source(start, start + length), about));
  for (const match of text.matchAll(N_FOR_M)) {
    const [take, pay] = bundleOf(match.groups ?? {});
    if (take > pay && !/half price$/iu.test(match[0]))
      add(match.index, match[0].length, 'bundle', `${take} for ${pay}`);
  }
  for (const match of text.matchAll(N_FOR_MONEY)) {
    const { n = '', a, b } = match.groups ?? {};
    add(match.index, match[0].length, 'several', `${count(n)} for ${amountOf(a ?? b ?? '')}`);
  }
  const gifts = GIVES.test(text)
    ? [GIFT, GIFT_AFTER, GIFT_GERMAN].flatMap((way) => [...text.matchAll(way)])
    : [];
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
  for (const [way, where] of ONLY_WHERE)
    for (const match of text.matchAll(way)) add(match.index, match[0].length, 'where', where);
  for (const match of text.matchAll(MORE_POINTS)) {
    const said = match.groups?.['a'] ?? match.groups?.['b'] ?? '';
    const times = TIMES_COUNT.find(([word]) => word.test(said))?.[1] ?? Number.parseInt(said, 10);
    add(match.index, match[0].length, 'points', `${times} times the points`);
  }
  for (const match of text.matchAll(MATCHED)) {
    const end = match.index + match[0].length;
    if (!DONATION.test(before(text, match.index, 80) + after(text, end, 60))) continue;
    add(
      match.index,
      match[0].length,
      'matching',
      match.groups?.['two'] === undefined ? 'tripled' : 'doubled',
    );
  }
  let isFree = false;
  for (const match of text.matchAll(FREE_SHIPPING)) {
    const limit = limitAround(text, match.index, match.index + match[0].length);
    isFree = true;
    const value = limit === null ? 'free shipping' : `free shipping from ${limit}`;
    add(match.index, match[0].length, 'shipping', value);
    if (limit === null) add(match.index, match[0].length, 'shipping on everything', 'free shipping');
  }
  const [cost] = isFree ? [] : text.matchAll(SHIPPING_COST);
  if (cost)
    add(cost.index, cost[0].length, 'shipping on everything', `shipping for ${cost.groups?.['n'] ?? ''}`);
  return facts;
};

/** How many one gets, and how many are paid, by the way it was said. */
function bundleOf(
  groups: Readonly<Record<string, string | undefined>>,
): readonly [take: number, pay: number] {
  const { n, m = '', b, g = 'a', k, z = '', gk, tk, py = '' } = groups;
  if (n !== undefined) return [count(n), count(m)];
  if (b !== undefined) return [count(b) + (/^(?:a|another|the|your)/iu.test(g) ? 1 : count(g)), count(b)];
  if (k !== undefined) return [count(k), count(z)];
  if (gk !== undefined) return [count(gk) + 1, count(gk)];
  return tk === undefined ? [2, 1] : [count(tk), count(py)];
}

/** The order from which it holds: said behind it, or else before. */
function limitAround(text: string, start: number, end: number): number | null {
  const limit =
    [...after(text, end, 60).matchAll(LIMIT)][0] ?? [...before(text, start, 60).matchAll(LIMIT)].at(-1);
  const amount = limit?.groups?.['n'];
  return amount === undefined ? null : amountOf(amount);
}

const COUNTS: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, a: 1, another: 1 },
  ...{ ein: 1, eins: 1, eine: 1, einen: 1, zwei: 2, drei: 3, vier: 4, fünf: 5, six: 6, sechs: 6 },
};
const count = (word: string): number => COUNTS[word.toLowerCase()] ?? Number(word);
