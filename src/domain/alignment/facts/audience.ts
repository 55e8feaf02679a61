import { amountOf, NUMBER_WORDS } from '../numerals.js';
import { type Extract, pattern, wordFact } from './fact.js';
import { said, sayings } from './saying.js';

/** For whom it is. */
const AUDIENCES = sayings({
  everyone: [
    String.raw`(?:for|to) (?:everyone|everybody|all(?: our)?(?: of our)? customers|all shoppers|all|all our guests|all guests|all visitors|anyone)(?! who| with| over| under)`,
    String.raw`open to (?:everyone|everybody|all)`,
    String.raw`(?:everyone|everybody|anyone) (?:can|may|is welcome|gets|saves)|(?:alle (?:können|dürfen|sind willkommen|bekommen|sparen)|jede[rs]? (?:kann|darf|bekommt|spart))`,
    String.raw`(?:für|an) (?:alle(?: kunden| kundinnen| kundinnen und kunden| gäste| besucher\p{L}*)?|jeden|jedermann|jede und jeden)(?! die| ab| unter| über| neu| bestands| mit| student| produkt| artikel| mitglied| \p{Lu})`,
    String.raw`all (?:our )?customers(?=,? (?:save|get|receive|enjoy|pay|old and new|new and old))`,
    String.raw`alle (?:kund\p{L}*|kundinnen und kunden)(?= (?:sparen|erhalten|bekommen|profitieren|zahlen))`,
    String.raw`(?:profitieren|bekommen|erhalten|sparen) alle(?! neu| bestand| mitglied| stud)|(?:egal,? )?ob neu oder (?:treu|alt)\p{L}*|neu- und bestandskund\p{L}*|(?:new and existing|existing and new) (?:customers|clients|members)|whether you(?: are|'re) new or`,
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
    String.raw`(?:(?<!new |existing |current |team |family |staff |loyal |returning )members?(?:'s?)?(?: only|-only)?|(?:club|loyalty|rewards?|app|card) (?:members?|holders?|users?)|members?hip holders?|cardholders?|(?:season[- ]?)?(?:ticket|pass)[- ]?holders?)`,
    String.raw`(?:club|vereins|treue)?(?<!neue |neuen |team|familien)mitglieder\p{L}*|(?:kundenkarten?|dauerkarten?)-?inhaber\p{L}*|clubmitglied\p{L}*`,
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
    String.raw`(?:newsletter |email )?subscribers?|newsletter readers`,
    String.raw`newsletter-?\s?(?:abonnent|empfänger|leser)\p{L}*|abonnent\p{L}*`,
  ],
  'VIP customers': [String.raw`vips?|vip[- ](?:customers|guests|kund\p{L}*)`],
  locals: [String.raw`locals|local residents|residents`, String.raw`anwohner\p{L}*|einheimische\p{L}*`],
  'health workers': [
    String.raw`(?:healthcare|health|nhs|key|care) (?:workers|staff|professionals)|nurses`,
    String.raw`pflegekräfte\p{L}*|medizinisches personal`,
  ],
  parents: ['parents', String.raw`eltern(?!\p{L})`],
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
  /(?<!\p{L})(?:for|only|exclusively|exclusive to|reserved for|to|open to|just|also|even|auch|limited to|für|nur|exklusiv|ausschließlich|an|all|alle|allen|aller|unsere|unseren|our|as a|als|are you a|dear|liebe\p{L}*|hello|gilt|ist|vorbehalten|available to|offers?)\s+(?:all |only |our |just |alle |unsere |nur |your |the |die |den |bereits |\d+ )*$/iu;
const ONLY_AFTER =
  /^\s*(?::|aufgepasst|listen up|only|nur|exclusive|vorbehalten|special|offer|sparen|bekommen|erhalten|save|get|receive|pay|zahlen|profitieren|enjoy|price|rabatt|discount|angebot|-only|-exklusiv)/iu;

/** `The first 100 customers`, `under 26`. */
const FIRST = pattern(
  String.raw`(?:the |die |den )?(?:first|ersten) (?<n>\d{2,6}|${NUMBER_WORDS}) (?:\p{L}+ )?(?:customers?|orders?|people|guests?|visitors?|buyers?|shoppers?|registrations?|sign-?ups?|kund\p{L}*|bestell\p{L}*|gäste?n?|besucher\p{L}*|käufer\p{L}*|anmeldungen|personen|teilnehm\p{L}*)`,
);
const AGE = pattern(
  String.raw`(?<!\p{L})(?:(?<under>under|unter)[- ]|(?<over>over|über)[- ])(?<n>1[4-9]|[2-7]\d)(?:s|[- ]?jährige\p{L}*| jahren?)?(?![\d%€£$.,]|\s?(?:%|€|euro|percent|prozent|customers|days|people))`,
);

const numbered: Extract = ({ text, ...reading }) => [
  ...[...text.matchAll(FIRST)].map((match) =>
    wordFact(
      'audience',
      `the first ${amountOf(match.groups?.['n'] ?? '')}`,
      reading.source(match.index, match.index + match[0].length),
      'first',
    ),
  ),
  ...[...text.matchAll(AGE)].map((match) => {
    const side = match.groups?.['under'] === undefined ? 'over' : 'under';
    const range = reading.source(match.index, match.index + match[0].length);
    return wordFact('audience', `${side} ${match.groups?.['n'] ?? ''}`, range, side);
  }),
];

export const audiences: Extract = (reading, context) => [
  ...said(
    'audience',
    AUDIENCES,
    reading,
    (lead, rest, name, match) =>
      name === 'everyone' || /only$/iu.test(match) || FOR.test(lead) || ONLY_AFTER.test(rest),
  ),
  ...numbered(reading, context),
];
