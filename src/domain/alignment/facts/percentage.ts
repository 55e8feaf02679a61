import { amountOf, NUMBER_WORDS } from '../numerals.js';
import { after, before, type Bound, type Extract, type Fact, pattern, Taken, words } from './fact.js';

const SIGN = String.raw`[\s-]?(?:%|percent\b|per\s?cent\b|pct\b|prozent)(?:-?ig\p{L}*)?`;
const PERCENT = pattern(String.raw`(?<![\p{L}\d.,])([-+]?)\s?(\d{1,3}(?:[.,]\d{1,2})?)${SIGN}`);
const PERCENT_IN_WORDS = pattern(String.raw`(?<![\p{L}\d.,])()(${NUMBER_WORDS})${SIGN}`);
const HAS_PERCENT = /per\s?cent|prozent/iu;
const UP_TO = /(?<!\p{L})(?:up to|as much as|bis zu|bis|maximal|max\.?)\s+(?:an? )?$/iu;
const EXTRA =
  /(?<!\p{L})(?:extra|additional|another|further|zusätzlich\p{L}*|weitere|nochmals?|noch einmal|obendrauf)\s+$/iu;
/** What is left to pay rather than what is saved. */
const LEFT_BEFORE =
  /(?<!\p{L})(?:pay|zahl\p{L}*|bezahl\p{L}*|reduced to|now at|reduziert auf|gesenkt auf)\s+(?:only|just|nur|lediglich|bloß)?\s*$/iu;
const LEFT_AFTER =
  /^\s*(?:of the (?:usual |regular |normal |full )?price|(?:vom|des) (?:normal|original|ursprungs|listen)?preis\p{L}*|zahlen|bezahlen)/iu;
/** Percentages that reduce nothing. */
const OTHER_AFTER =
  /^[\s,]*(?:-?\s?(?:pure|reine?[rs]?|certified|zertifiziert\p{L}*)\s+)?(?:cotton|organic|wool|merino|linen|silk|leather|recycl|natural|vegan|plant|arabica|juice|cocoa|cacao|satisf|happy|secure|safe|uptime|availab|apr\b|interest|effective|renewable|green (?:energy|power)|waterproof|handmade|made|genuine|local|baumwoll|woll|schurwoll|merino|leinen|seide|leder|bio\b|bio-|recycel|natur|pflanz|kakao|saft|zufrieden|sicher|verfügbar|zins|effektiv|wirksam|erneuerbar|ökostrom|wasserdicht|handarbeit|handgemacht|echt|regional|weiterempfehl|würden|faster|quicker|more (?:efficient|productive)|schneller|effizienter|of (?:our |all |the )?(?:customers|users|people|guests|members|profits?|proceeds|students|companies|teams|sales)|(?:der|aller|unserer) (?:kund|nutzer|gäste|mitglied|teilnehm|erlös|einnahmen|unternehmen|student)|vol\b|alc|charged|battery|akku|humid)/iu;
const OTHER_BEFORE =
  /(?<!\p{L})(?:interest|apr|zinssatz|zinsen|effektivzins|jahreszins|alkohol|alcohol|vol\.?|mwst\.?|vat|ust\.?|satisfaction|zufriedenheit|battery)\W+(?:of |von |at |bei |inkl\.? |zzgl\.? )?$/iu;
const VAT_AFTER = /^\s*(?:vat|mwst|ust|tax|mehrwertsteuer)/iu;

const FRACTIONS: readonly (readonly [string, number])[] = [
  ['three quarters|three-quarters|drei viertel|dreiviertel', 75],
  ['two thirds|two-thirds|zwei drittel', 200 / 3],
  ['(?:an? |one[ -])?half|(?:die )?hälfte', 50],
  ['(?:an? |one[ -])third|(?:ein )?drittel', 100 / 3],
  ['(?:an? |one[ -])quarter|(?:ein )?viertel', 25],
  ['(?:an? |one[ -])fifth|(?:ein )?fünftel', 20],
  ['(?:an? |one[ -])tenth|(?:ein )?zehntel', 10],
];
/** Before or after a fraction: that it is one of the price. */
const REDUCES_BEFORE =
  /(?<!\p{L})(?:save|saving|cut|slash(?:ed)?|reduced|knock(?:ed)?|take|by|um|spar\p{L}*|minus|pay|zahl\p{L}*)\s+(?:you )?(?:only |just |nur |up to |bis zu )?$/iu;
const REDUCES_AFTER =
  /^[\s-]*(?:off|less|cheaper|discount|(?:the |of the )?(?:usual |regular |normal |full |original )?price|günstiger|billiger|weniger|rabatt|nachlass|reduziert|ermäßigt|sparen|gespart|geschenkt|(?:des|vom) (?:\p{L}*)preis|unter (?:dem )?(?:\p{L}*)preis|zahlen)/iu;
const HALF_PRICE = pattern(
  words(String.raw`half[ -]?(?:price|off)`, String.raw`halbe[nrm]? preis`, String.raw`halber preis`),
);
const FRACTION = FRACTIONS.map(([source, percent]) => [pattern(words(source)), percent] as const);

/** Reductions in percent, however they are said. */
export const percentages: Extract = (reading) => {
  const { text } = reading;
  const facts: Fact[] = [];
  const taken = new Taken(text.length);
  const add = (start: number, end: number, percent: number, bound: Bound = 'exact', about = '') => {
    if (!taken.take(start, end)) return;
    facts.push({
      ...{ fact: 'percentage', about, range: reading.source(start, end) },
      value: `${bound === 'at-most' ? 'up to ' : ''}${Math.round(percent * 10) / 10} %`,
      claim: { type: 'number', number: percent, unit: '%', bound },
    });
  };
  const inWords = HAS_PERCENT.test(text) ? text.matchAll(PERCENT_IN_WORDS) : [];
  for (const match of [...text.matchAll(PERCENT), ...inWords]) {
    const percent = amountOf(match[2] ?? '');
    const start = match.index + match[0].length - match[0].trimStart().length;
    const end = match.index + match[0].length;
    const [lead, rest] = [before(text, start), after(text, end)];
    if (percent <= 0 || percent > 100 || match[1] === '+') continue;
    if (OTHER_AFTER.test(rest) || OTHER_BEFORE.test(lead) || VAT_AFTER.test(rest)) continue;
    if (percent === 100 && !/^\s*(?:off|rabatt|discount)/iu.test(rest)) continue;
    const isLeft = LEFT_BEFORE.test(lead) || LEFT_AFTER.test(rest);
    const about = EXTRA.test(lead) ? 'extra' : '';
    add(start, end, isLeft ? 100 - percent : percent, UP_TO.test(lead) ? 'at-most' : 'exact', about);
  }
  for (const match of text.matchAll(HALF_PRICE)) {
    const bound = UP_TO.test(before(text, match.index)) ? 'at-most' : 'exact';
    add(match.index, match.index + match[0].length, 50, bound);
  }
  for (const [fraction, percent] of FRACTION) {
    for (const match of text.matchAll(fraction)) {
      const end = match.index + match[0].length;
      const [lead, rest] = [before(text, match.index), after(text, end)];
      if (!REDUCES_BEFORE.test(lead) && !REDUCES_AFTER.test(rest)) continue;
      const isLeft = LEFT_BEFORE.test(lead) || LEFT_AFTER.test(rest);
      add(match.index, end, isLeft ? 100 - percent : percent, UP_TO.test(lead) ? 'at-most' : 'exact');
    }
  }
  return facts;
};
