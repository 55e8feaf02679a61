import { amountOf, DIGITS, NUMBER_WORDS } from '../numerals.js';
import { after, before, type Extract, type Fact, type FactName, pattern, wordFact, words } from './fact.js';

/** What is said in a few fixed ways: each a name for it and the ways to say it, English and German. */
type Sayings = readonly (readonly [string, RegExp])[];
const sayings = (table: Readonly<Record<string, readonly string[]>>): Sayings =>
  Object.entries(table).map(([name, ways]) => [name, pattern(words(...ways))]);

const CODE = pattern(
  String.raw`(?<![\p{L}])(?:(?:promo|discount|voucher|coupon|offer|gutschein|rabatt|aktions|vorteils|promotion|bonus)?-?\s?codes?(?:wort)?|passwort|keyword|stichwort|kennwort)(?:\s(?:is|lautet|ist|eingeben|word|name|of|namens))?[\s:"'(>*=]{1,6}(?<after>[\p{L}\d][\p{L}\d_-]{2,24})|(?<![\p{L}\d])["'*]?(?<lead>[A-ZÄÖÜ\d][A-ZÄÖÜ\d_-]{3,24})["'*]?(?=\s(?:at (?:the )?checkout|im (?:warenkorb|checkout)|an der kasse|in your (?:basket|cart)|as (?:your )?(?:promo |discount |voucher )?code|als (?:\p{L}*)code))`,
);
/** A code has capitals or digits: `code at checkout` names none. */
const LOOKS_LIKE_CODE = /^(?=.*[\p{Lu}\d])(?:[\p{Lu}\d_-]+|[\p{L}_-]*\d[\p{L}\d_-]*)$/u;
const NO_CODE = /^(?:AT|IM|IN|AN|AND|UND|FOR|FÜR|THE|DER|DIE|DAS|QR|NOW|JETZT|ONLINE)$/iu;

export const codes: Extract = (reading) =>
  [...reading.text.matchAll(CODE)].flatMap((match): Fact[] => {
    const code = match.groups?.['after'] ?? match.groups?.['lead'] ?? '';
    const trimmed = code.replace(/[-_]+$/, '');
    if (!LOOKS_LIKE_CODE.test(trimmed) || NO_CODE.test(trimmed) || /^\d{1,2}$/.test(trimmed)) return [];
    const start = match.index + match[0].lastIndexOf(code);
    return [wordFact('code', trimmed.toUpperCase(), reading.source(start, start + trimmed.length))];
  });

/** What the reader is asked to do. */
const REQUESTS = sayings({
  buy: [
    String.raw`(?:shop|buy|order|grab|get yours|snap up|stock up|purchase|add to (?:cart|basket|bag))(?: (?:now|today|online|yours|here|yours now|yours today|it now|the sale|the collection|in store|your\p{L}*|while))?`,
    String.raw`(?:jetzt|gleich|hier|heute noch|sofort|online|direkt) (?:kaufen|bestellen|shoppen|zugreifen|zuschlagen|einkaufen|sichern|ordern|mitnehmen)`,
    String.raw`(?:kaufen|bestellen|greifen|schlagen) sie`,
    String.raw`(?:bestell|kauf|shoppe?|greif|schlag|hol) (?:jetzt|gleich|zu|dir|heute|online|noch heute|dein\p{L}*|euch)`,
    String.raw`(?:bestellt|kauft|shoppt) (?:jetzt|gleich|heute|online)`,
    'zum (?:shop|angebot|sale)',
    'in den warenkorb',
  ],
  demo: [
    String.raw`(?:book|request|schedule|get|arrange|see|watch) (?:a|your|the)?\s?(?:free |personal |live |\d+-minute )*(?:product )?demo\p{L}*`,
    String.raw`(?:live-?|produkt-?)?demo (?:buchen|anfordern|vereinbaren|anfragen|sichern)`,
    String.raw`(?:buche\p{L}*|vereinbare\p{L}*|fordere\p{L}*)\s(?:\p{L}+\s){0,4}(?:live-?|produkt-?)?demo\p{L}*`,
  ],
  'try it': [
    String.raw`(?:start|begin|get|claim|activate) (?:a|your|the)?\s?(?:free |\d+-day |no-obligation )*trial`,
    String.raw`try (?:it |us )?(?:now |today )?(?:for )?free`,
    String.raw`try (?:it|\p{Lu}\p{L}+) (?:free|now|today)`,
    String.raw`(?:jetzt |gratis |kostenlos |unverbindlich |\d+ tage (?:lang )?)+(?:testen|ausprobieren|probieren)`,
    String.raw`(?:teste|testen sie|probiere|probieren sie)\s(?:\p{L}+\s){0,3}(?:kostenlos|gratis|unverbindlich|\d+)`,
    String.raw`(?:kostenlose\p{L}*|gratis) (?:testphase|testversion|probe\p{L}*) (?:starten|sichern)`,
  ],
  register: [
    String.raw`(?:register|sign up|save your (?:seat|spot|place)|reserve your (?:seat|spot|place)|secure your (?:seat|spot|place)|join (?:the|our) webinar|rsvp|enrol(?:l)?|book your (?:place|seat|spot))(?: (?:now|today|here|free|for free))?`,
    String.raw`(?:jetzt |gleich |hier |kostenlos |online )*(?:anmelden|registrieren|einschreiben)`,
    String.raw`(?:melde\p{L}*|registriere\p{L}*|meldet) (?:dich|sie sich|euch|sich)`,
    String.raw`(?:platz|plätze|teilnahme|ticket) (?:jetzt )?(?:sichern|reservieren)`,
    String.raw`(?:sichere|sichern sie|reserviere|reservieren sie)\s(?:dir |sich |jetzt |deinen |ihren |einen )*platz`,
  ],
  download: [
    String.raw`(?:download|get) (?:the|your|our|it|now|a)\s?(?:free )?(?:app|guide|e-?book|white ?paper|brochure|report|checklist|catalog\p{L}*|template\p{L}*|pdf)?(?: now| here| today)?`,
    String.raw`(?:jetzt |gratis |kostenlos |hier )*(?:herunterladen|downloaden|runterladen)`,
    String.raw`(?:lade\p{L}*|ladet)\s(?:\p{L}+\s){0,5}herunter`,
  ],
  subscribe: [
    String.raw`subscribe(?: now| today| here| to)?`,
    String.raw`sign up (?:for|to) (?:our |the )?newsletter`,
    String.raw`(?:newsletter )?(?:jetzt )?abonnieren`,
    String.raw`(?:abonniere|abonnieren sie)`,
  ],
  call: [
    String.raw`(?:call|phone|ring|give us a call)(?: us| now| today)?(?= |$|[!.:]|\d)`,
    String.raw`(?:jetzt |gleich )?(?:anrufen|rufen sie|ruf)(?: uns| an| jetzt)*`,
  ],
  visit: [
    String.raw`(?:visit (?:us|our (?:store|shop|showroom|stand|booth|branch|nursery|restaurant|studio))|drop (?:by|in)|stop by|pop in|come (?:in|by|along|and see|visit))`,
    String.raw`(?:(?:besuche\p{L}*|besucht) (?:uns|sie uns|unser\p{L}*)|vorbeikommen|komm\p{L}* (?:sie )?(?:einfach |gerne |doch |bei uns )*vorbei|schau\p{L}* (?:sie )?(?:einfach |gerne |doch |bei uns )*vorbei)`,
  ],
  'get in touch': [
    String.raw`(?:contact (?:us|sales)|get in touch|talk to (?:us|sales|an expert|our team|an adviser|an advisor)|speak to (?:us|an expert|an adviser|an advisor|our team)|email us|write to us|book (?:a|your) (?:free )?(?:consultation|call|appointment))`,
    String.raw`(?:kontaktier\p{L}*|sprich\p{L}* (?:sie )?(?:mit )?uns|sprechen sie (?:mit )?uns|schreib\p{L}* (?:sie )?uns|(?:beratungs)?termin (?:vereinbaren|buchen|sichern)|beratung (?:anfordern|buchen|vereinbaren)|(?:vereinbare\p{L}*|buche\p{L}*)\s(?:\p{L}+\s){0,4}(?:beratung\p{L}*|(?:beratungs)?termin))`,
  ],
  'get a quote': [
    String.raw`(?:get|request) (?:a|your|my)\s?(?:free |personal )*quote`,
    String.raw`(?:angebot|offerte) (?:anfordern|einholen|berechnen)`,
    String.raw`(?:beitrag|tarif|prämie) (?:jetzt |online )*(?:berechnen|rechnen)`,
  ],
  book: [
    String.raw`(?:book|reserve) (?:now|today|online|early|here|a table|your (?:table|holiday|trip|room|stay|flight|getaway|break|cabin|ticket\p{L}*)|tickets|direct\p{L}*)`,
    String.raw`(?:jetzt |gleich |online |direkt |heute noch )+(?:buchen|reservieren)`,
    String.raw`(?:tisch|zimmer|reise|urlaub|tickets?) (?:jetzt |online )*(?:buchen|reservieren|sichern)`,
    String.raw`(?:buche|buchen sie|reserviere|reservieren sie|bucht)`,
  ],
  donate: [
    String.raw`(?:donate|give) (?:now|today|online|here|what you can|generously)`,
    String.raw`(?:make|send) (?:a|your) donation`,
    String.raw`(?:jetzt |online |hier )*spenden(?: sie)?(?= |$|[!.])`,
    String.raw`spende (?:jetzt|heute|online)`,
  ],
  volunteer: [
    'volunteer (?:now|today|with us)',
    String.raw`(?:jetzt )?(?:mithelfen|ehrenamtlich helfen|freiwillige\p{L}* werden)`,
  ],
  apply: ['apply (?:now|today|online|here)', String.raw`(?:jetzt |online )+bewerben`],
  vote: ['vote (?:now|today|here)', 'jetzt abstimmen'],
});

/** Requests that are said in other words rather than others. */
const SAME_REQUEST = new Map([['volunteer', 'volunteer']]);
const REQUEST_BEFORE =
  /(?:when you|if you|who|they|wenn (?:sie|du)|we|wir|to|can|you|und|free|i|who|orders?)\s*$/iu;

export const requests: Extract = (reading) =>
  said('call-to-action', REQUESTS, reading, (lead) => !REQUEST_BEFORE.test(lead)).map((fact) => ({
    ...fact,
    value: SAME_REQUEST.get(fact.value) ?? fact.value,
  }));

/** For whom it is. */
const AUDIENCES = sayings({
  everyone: [
    String.raw`(?:for|to) (?:everyone|everybody|all(?: our)?(?: of our)? customers|all shoppers|all|all our guests|all guests|all visitors|anyone)(?! who| with| over| under)`,
    String.raw`open to (?:everyone|everybody|all)`,
    String.raw`(?:für|an) (?:alle(?: kunden| kundinnen| kundinnen und kunden| gäste| besucher\p{L}*)?|jeden|jedermann|jede und jeden)(?! die| ab| unter| über| neu| bestands| mit| student| produkt| artikel| mitglied| \p{Lu})`,
    'no membership (?:needed|required)',
    'ohne mitgliedschaft',
  ],
  'new customers': [
    String.raw`new (?:customers?|clients?|members?|subscribers?|users?|policyholders?)`,
    String.raw`first[- ]time (?:customers?|buyers?|guests?|shoppers?|orders?)`,
    String.raw`(?:your|the|their) first (?:order|purchase|booking|box)`,
    String.raw`neukund\p{L}*`,
    String.raw`neue\p{L}* (?:kund\p{L}*|mitglied\p{L}*|nutzer\p{L}*)`,
    String.raw`(?:deine|ihre|eure|die) erste\p{L}? (?:bestellung|buchung|einkauf)|(?:erst|neu)besteller\p{L}*|erstbestellung\p{L}*`,
  ],
  'existing customers': [
    String.raw`(?:existing|current|returning|loyal|long-standing) (?:customers?|clients?|members?|users?|policyholders?|guests?|subscribers?)`,
    String.raw`(?:bestands|stamm)kund\p{L}*`,
    String.raw`(?:bestehende|treue|langjährige|aktuelle)\p{L}* (?:kund\p{L}*|mitglied\p{L}*|gäste\p{L}*)`,
  ],
  members: [
    String.raw`(?:(?<!new |existing |current |team |family |staff |loyal |returning )members?(?:'s?)?(?: only|-only)?|(?:club|loyalty|rewards?|app|card) (?:members?|holders?|users?)|members?hip holders?|cardholders?)`,
    String.raw`(?:club|vereins|treue)?(?<!neue |neuen |team|familien)mitglieder\p{L}*|kundenkarten?inhaber\p{L}*|clubmitglied\p{L}*`,
  ],
  students: [String.raw`students?`, String.raw`student\p{L}+|studierende\p{L}*|azubis?|auszubildende\p{L}*`],
  businesses: [
    String.raw`(?:businesses|business customers|companies|trade customers|b2b customers|enterprises|small businesses)(?= only|[.,!]|$| with| and)`,
    String.raw`(?:geschäfts|firmen|gewerbe)kund\p{L}*|unternehmen(?= |$|[.,!])`,
  ],
  'private customers': [
    String.raw`(?:private|residential) (?:customers?|clients?|households?)`,
    String.raw`privatkund\p{L}*|privathaushalt\p{L}*`,
  ],
  subscribers: [
    String.raw`(?:newsletter |email )subscribers?`,
    String.raw`newsletter-?\s?(?:abonnent|empfänger|leser)\p{L}*|abonnent\p{L}*`,
  ],
  families: [String.raw`families(?! and friends)`, String.raw`familien(?=[ .,!]|$)`],
  seniors: [
    String.raw`seniors?|pensioners?|over[- ]6\ds?|(?:aged |ages )?6\d ?(?:\+|and over|plus)`,
    String.raw`senior\p{L}+|rentner\p{L}*|ab 6\d(?: jahren?)?|über 6\d`,
  ],
  teachers: [String.raw`teachers?|educators?`, String.raw`lehrer\p{L}*|lehrkräfte\p{L}*`],
  employees: [
    String.raw`(?:our )?(?:employees|staff)(?: only)?`,
    String.raw`mitarbeiter\p{L}*|mitarbeitende\p{L}*|beschäftigte\p{L}*`,
  ],
  beginners: [String.raw`beginners?|newcomers?`, String.raw`anfänger\p{L}*|einsteiger\p{L}*`],
  professionals: [
    String.raw`(?:professionals|advanced (?:users|riders|runners|learners|students)|experts only)`,
    String.raw`fortgeschrittene\p{L}*|profis?(?=[ .,!]|$)`,
  ],
  children: [String.raw`(?:children|kids)(?: under \d+| aged [\d-]+)?`, String.raw`kinder(?=[ .,!]|$)`],
  adults: [String.raw`adults(?: only)?`, String.raw`erwachsene\p{L}*`],
});
/** Before them: that something is for them rather than told of them. */
const FOR =
  /(?:for|only|exclusively|exclusive to|reserved for|to|open to|just|limited to|für|nur|exklusiv|ausschließlich|an|all|alle|allen|aller|unsere|unseren|our|as a|als|are you a|dear|liebe\p{L}*|hello|gilt|ist|vorbehalten|available to|offers?)\s+(?:all |only |our |just |alle |unsere |nur |your |the |die |den |bereits |\d+ )*$/iu;
const ONLY_AFTER =
  /^\s*(?:only|nur|exclusive|vorbehalten|special|offer|sparen|bekommen|erhalten|save|get|receive|pay|zahlen|profitieren|enjoy|price|rabatt|discount|angebot|-only|-exklusiv)/iu;

export const audiences: Extract = (reading) =>
  said(
    'audience',
    AUDIENCES,
    reading,
    (lead, rest, name) =>
      name === 'everyone' || FOR.test(lead) || ONLY_AFTER.test(rest) || /^(?:your|deine|ihre)/iu.test(rest),
  );

/** Promises other than a price: each a sort, and the number it is about. */
const NUMBER = String.raw`(?:${DIGITS}|${NUMBER_WORDS})`;
const PROMISES: readonly (readonly [string, RegExp])[] = [
  [
    'trial',
    pattern(
      String.raw`(?<n>${NUMBER})[\s-]?(?<u>days?|weeks?|months?|tage?n?|wochen?|monate?n?)[\s-]*(?:lang\s)?(?:(?:free|kostenlos\p{L}*|gratis|unverbindlich|of)[\s-])*(?:trial|test\p{L}*|ausprobieren|probe\p{L}*)`,
    ),
  ],
  [
    'trial',
    pattern(
      String.raw`(?:try|test|teste\p{L}*|trial|testphase|testversion|probezeit|probemonat)[^.!?\n]{0,30}?(?:free |kostenlos |gratis )?(?:for|of|von|für|über|lasts|dauert)?\s?(?<n>${NUMBER})[\s-](?<u>days?|weeks?|months?|tage?n?|wochen?|monate?n?)(?![\s-]*(?:money|geld|return|rückgabe))`,
    ),
  ],
  [
    'free months',
    pattern(
      String.raw`(?<n>${NUMBER}|first|ersten?)\s(?<u>months?|monate?|weeks?|wochen?)\s(?:for )?(?:free|gratis|kostenlos|geschenkt|on us|kostenfrei)`,
    ),
  ],
  [
    'money back',
    pattern(
      String.raw`(?<n>${NUMBER})[\s-]?(?<u>days?|weeks?|months?|tage?n?|tägige\p{L}*|wochen?|monate?n?)[\s-]*(?:of\s|lang\s)?(?:free\s|kostenlose\p{L}*\s|no-quibble\s)?(?:money[\s-]back|returns?|geld-?[\s-]?zurück\p{L}*|rückgabe\p{L}*|widerruf\p{L}*|to (?:return|send)|zurückgeben|rückgaberecht)`,
    ),
  ],
  [
    'money back',
    pattern(
      String.raw`(?:money[\s-]back|returns?|geld-?[\s-]?zurück\p{L}*|rückgabe\p{L}*|zurückgeben|return it)[^.!?\n\d]{0,25}?(?:within|innerhalb von|binnen|for|für|of|von|in)?\s(?<n>${NUMBER})[\s-](?<u>days?|weeks?|months?|tage?n?|wochen?|monate?n?)`,
    ),
  ],
  [
    'guarantee',
    pattern(
      String.raw`(?<n>${NUMBER})[\s-]?(?<u>years?|months?|jahre?n?|monate?n?)[\s-]*(?:of\s|volle\s|full\s|lang\s)?(?:guarantee|warranty|garantie|gewährleistung)`,
    ),
  ],
  [
    'guarantee',
    pattern(
      String.raw`(?:guarantee|warranty|garantie|gewährleistung)[^.!?\n\d]{0,15}?(?:of|for|von|für|über|:)\s?(?<n>${NUMBER})[\s-](?<u>years?|months?|jahre?n?|monate?n?)`,
    ),
  ],
  [
    'contract',
    pattern(
      String.raw`(?<n>${NUMBER})[\s-]?(?<u>months?|years?|monate?n?|jahre?n?)[\s-]*(?:minimum\s)?(?:contract|term|commitment|vertrag\p{L}*|laufzeit|mindestlaufzeit|vertragslaufzeit)`,
    ),
  ],
];
/** Without one of these there is no such promise. */
const PROMISED =
  /trial|test|try|prob|free|gratis|kostenlos|kostenfrei|geschenkt|on us|money|geld|return|rückgabe|zurück|widerruf|guarantee|warranty|garantie|gewährleistung|contract|term|vertrag|laufzeit/iu;
const UNITS: readonly (readonly [RegExp, string, number])[] = [
  [/^(?:day|tag|täg)/iu, 'days', 1],
  [/^(?:week|woche)/iu, 'days', 7],
  [/^(?:month|monat)/iu, 'months', 1],
  [/^(?:year|jahr)/iu, 'months', 12],
];
const N_FOR_M = pattern(
  String.raw`(?<![\p{L}\d])(?:(?<n>[2-9]|two|three|four|five|zwei|drei|vier|fünf)\s?(?:for the price of|zum preis von|for|für|statt|x)\s?(?<m>[1-8]|one|two|three|four|eins?|einen|eine|zwei|drei|vier)(?!\s?(?:€|\$|£|eur|%|pers|tage|days|nights|nächte|uhr|months|monate|[.,]?\d))|buy\s(?<b>[1-9]|one|two|three|four),?\s(?:and\s)?get\s(?<g>[1-9]|one|two|three|a|another|the (?:second|third|fourth))(?:\s\p{L}+){0,2}?\s(?:free|half price)|bogo|(?:kauf|nimm)\s(?<k>[1-9]|zwei|drei|vier),?\s(?:zahl|bezahl)\p{L}*\s(?<z>[1-9]|eins?|zwei|drei))(?![\d\p{L}])`,
);
const FREE_SHIPPING = pattern(
  String.raw`(?<![\p{L}])(?:free (?:\p{L}+ )?(?:shipping|delivery|postage)|(?:shipping|delivery|postage) (?:is |always )?(?:free|on us|included)|ships? (?:for )?free|gratis-?\s?(?:versand|lieferung)|(?:kostenlose\p{L}*|kostenfreie\p{L}*|gratis) (?:versand|lieferung|zustellung)|versand(?:kosten)?\s?(?:ist |bleibt )?(?:kostenlos|kostenfrei|gratis|frei|geschenkt)|versandkostenfrei\p{L}*|portofrei|frei haus|(?:liefern|versenden)(?: wir)? (?:kostenlos|gratis|versandkostenfrei))`,
);
const LIMIT = pattern(
  String.raw`(?:over|from|above|ab|über|von|of|spend|mindestens|exceeding|more than)\s(?:an? )?(?:€|\$|£|EUR\s)?\s?(?<n>${DIGITS})\s?(?:€|\$|£|euro?s?)?`,
);

export const promises: Extract = (reading) => {
  const { text } = reading;
  const facts: Fact[] = [];
  const add = (start: number, length: number, about: string, value: string) =>
    facts.push(wordFact('offer', value, reading.source(start, start + length), about));
  for (const [sort, source] of PROMISED.test(text) ? PROMISES : []) {
    for (const match of text.matchAll(source)) {
      const { n = '', u = '' } = match.groups ?? {};
      const unit = UNITS.find(([word]) => word.test(u));
      const count = /^(?:first|erste)/iu.test(n) ? 1 : amountOf(n);
      if (!unit || !Number.isFinite(count)) continue;
      add(match.index, match[0].length, sort, `${sort}: ${count * unit[2]} ${unit[1]}`);
    }
  }
  for (const match of text.matchAll(N_FOR_M)) {
    const { n, m, b, g, k, z } = match.groups ?? {};
    const [take, pay] = n
      ? [count(n), count(m ?? '')]
      : b
        ? [count(b) + (g === undefined || /^(?:a|another|the)/iu.test(g) ? 1 : count(g)), count(b)]
        : k
          ? [count(k), count(z ?? '')]
          : [2, 1];
    if (take > pay && !/half price$/iu.test(match[0]))
      add(match.index, match[0].length, 'bundle', `${take} for ${pay}`);
  }
  for (const match of text.matchAll(FREE_SHIPPING)) {
    const end = match.index + match[0].length;
    const limit =
      [...after(text, end, 60).matchAll(LIMIT)][0] ??
      [...before(text, match.index, 60).matchAll(LIMIT)].at(-1);
    const from = limit?.groups?.['n'];
    add(
      match.index,
      match[0].length,
      'shipping',
      from === undefined ? 'free shipping' : `free shipping from ${amountOf(from)}`,
    );
  }
  return facts;
};

const COUNTS: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, five: 5, a: 1, another: 1 },
  ...{ ein: 1, eins: 1, eine: 1, einen: 1, zwei: 2, drei: 3, vier: 4, fünf: 5 },
};
const count = (word: string): number => COUNTS[word.toLowerCase()] ?? Number(word);

/** Names that the campaign knows, and names of models: `Alpine 2`, `Aurora Pro`. */
const MODEL = pattern(
  String.raw`(?<![\p{L}\d])(?<name>\p{Lu}[\p{L}]{2,}(?:[-][\p{Lu}][\p{L}]+)?)[ -](?<model>(?:[A-Z]{0,3}\d{1,4}[A-Za-z]{0,2}|I{1,3}|IV|VI{0,3}|IX|X{1,2}|Pro|Lite|Plus|Max|Mini|Air|Ultra|Basic|Premium|Light|Classic|Sport|Go|XL|One|Home|Business|Starter|Team|Enterprise)(?: (?:Pro|Lite|Plus|Max|Mini|Air|Ultra))?)(?![\p{L}\d]|[.,:]\d|\s?(?:%|€|\$|£|Euro|EUR|Uhr|Prozent|percent|days|Tage|Jahre|years|hours|Stunden|Monate|months|am\b|pm\b|for\b|für\b))`,
).source;
const MODELS = new RegExp(MODEL, 'gu');
const NO_NAME =
  /^(?:The|Our|Your|Get|Save|Only|Just|From|Until|Buy|For|With|Now|All|Over|Under|Top|Day|Days|Week|Weeks|Part|Step|Level|Size|Room|Hall|Halle|Raum|Stand|Booth|Gate|Use|Code|May|Mai|June|July|April|March|August|September|October|November|December|January|February|Januar|Februar|März|Juni|Juli|Oktober|Dezember|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonntag|Bis|Ab|Nur|Noch|Mit|Spare|Sparen|Jetzt|Über|Unter|Rund|Etwa|Zwischen|Kapitel|Modul|Woche|Tag|Teil|Schritt|Stufe|Größe|Nr|No|Platz|Bei|Vom|Zum|Am|Im|Die|Der|Das|Den|Dem|Ihr|Ihre|Dein|Deine|Unser|Unsere|Alle|Von|Um|Auf|Für|Und|And|Or|Oder|ISO|DIN|EN|Since|Seit|About|Call|Ruf|Road|Street|Straße|Allee|Weg|Spring|Summer|Autumn|Winter|Frühling|Sommer|Herbst|Wir|We|You|Sie|Gutschein|Rabatt|Sale|Save|Extra|Black|Cyber|Class|Season|Saison|Spend|Pay|Zahl|Hol|Order|Free|Gratis|Starting|Ends|Endet|Another|Up|Enjoy|Join|Choose|Minus|Plus|Still|Open|Offer|Angebot|Band|Volume|Vol|Chapter|Round|Runde|Grade|Klasse|Week|Version|Phase|Line|Linie|Terminal|Exit|Route|Zone|Page|Seite|Tel|Phone|Telefon|Hotline|Call|Text|SMS|Try|Teste|Testen|Buchen|Book|Sparpreis|Preis|Price|Nights|Nächte|Person|Personen|Adults|Kinder|Kids|Web|Web Summit|Expo|Messe|Award|Hour|Stunde|Minute|Hours|Last|Letzte|First|Next|Nächste|Every|Jede|Jeder|Jeden|Nummer|Number|Room|Saal|Etage|Floor|Group|Gruppe|Kurs|Course|Lektion|Lesson|Unit|Paket|Package|Set|Pack|Box|Liter|Kilo|Gramm|Meter|Watt|Volt|Hand|Ticket|Tickets)$/u;

export const products: Extract = (reading, { products: known }) => {
  const { text } = reading;
  const named = known.flatMap((name) => {
    const at = text.toLowerCase().indexOf(name.toLowerCase());
    return at < 0 ? [] : [wordFact('product', name, reading.source(at, at + name.length), 'named')];
  });
  const models = [...text.matchAll(MODELS)].flatMap((match): Fact[] => {
    const { name = '', model = '' } = match.groups ?? {};
    if (NO_NAME.test(name)) return [];
    const range = reading.source(match.index, match.index + match[0].length);
    return [wordFact('product', `${name} ${model}`, range, name.toLowerCase())];
  });
  return [...named, ...models];
};

function said(
  fact: FactName,
  table: Sayings,
  reading: { readonly text: string; source(start: number, end: number): { start: number; end: number } },
  isMeant: (lead: string, rest: string, name: string) => boolean,
): Fact[] {
  const { text } = reading;
  return table.flatMap(([name, ways]) => {
    for (const match of text.matchAll(ways)) {
      const end = match.index + match[0].length;
      if (!isMeant(before(text, match.index), after(text, end), name)) continue;
      return [wordFact(fact, name, reading.source(match.index, end))];
    }
    return [];
  });
}
