import { words } from './facts/fact.js';
import type { Reading } from './reading.js';

/** How a text speaks to its readers; null where too little tells. */
export type Tone = 'formal' | 'casual' | null;

const marks = (...alternatives: readonly string[]): RegExp => new RegExp(words(...alternatives), 'giu');

/** Each mark counts once a place, by how much it tells. */
const FORMAL: readonly (readonly [RegExp, number])[] = [
  [
    marks(
      'dear (?:sir|madam|customer|client|member|guest|mr|mrs|ms)',
      'sehr geehrte\\p{L}*',
      '(?:yours )?(?:sincerely|faithfully)',
      'kind regards',
      'mit freundlichen grüßen',
      'hochachtungsvoll',
    ),
    2,
  ],
  [
    marks(
      'we are (?:pleased|delighted|honou?red)',
      'kindly',
      'please (?:note|find|be advised|do not hesitate)',
      'hereby',
      'furthermore',
      'therefore',
      'moreover',
      'regarding',
      'in accordance',
      'pursuant',
      'hence',
      'we would like to',
      'we invite you',
      'you are cordially',
      'esteemed',
      'valued',
    ),
    1,
  ],
  [
    marks(
      'hiermit',
      'wir freuen uns,',
      'gerne (?:dürfen|möchten)',
      'bitte beachten',
      'diesbezüglich',
      'gemäß',
      'werte\\p{L}* kund\\p{L}*',
      'ferner',
      'des weiteren',
      'wir laden sie',
      'erlauben wir uns',
    ),
    1,
  ],
];
const CASUAL: readonly (readonly [RegExp, number])[] = [
  [marks('hey', 'yo', 'hiya', 'sup', 'dude', 'folks', 'guys', 'mates?', 'bro', 'fam', 'peeps'), 2],
  [
    marks(
      'gonna',
      'wanna',
      'gotta',
      'ya',
      "y'all",
      "ain't",
      'cuz',
      'kinda',
      'lemme',
      'dunno',
      'nope',
      'yep',
      'yay',
      'omg',
      'lol',
      'btw',
      'wow',
      'whoa',
      'woohoo',
      'yeah',
      'epic',
      'awesome',
      'sick',
      'lit',
      'dope',
      'no-brainer',
      'crazy',
      'insane',
      'super ?cool',
      'cool',
      'freebies?',
      'bucks',
      'quid',
      'snag',
      'score',
      'grab',
      'bag',
      'treat yourself',
      'psst',
    ),
    1,
  ],
  [
    marks(
      'hi',
      'hallo du',
      'moin',
      'servus',
      'na,? ',
      'leute',
      'krass\\p{L}*',
      'geil\\p{L}*',
      'mega',
      'hammer',
      'voll',
      'echt jetzt',
      'schnapp(?:t|en)?',
      'abgreifen',
      'chillig?',
      'läuft bei dir',
      'bock',
      'kohle',
      'ratzfatz',
      'yeah',
      'juhu',
      'hol dir',
    ),
    1,
  ],
  [
    marks(
      "(?:i|you|we|they|it|he|she|that|what|let|don|can|won|isn|aren|doesn|didn|wouldn|shouldn|couldn|there|here|who)'(?:s|re|ve|ll|d|m|t)",
    ),
    0.5,
  ],
];
/** German has a word for it: who says `Sie` keeps a distance, who says `du` does not. */
const YOU_FORMAL = /(?<=[^.!?:\n"]\s)(?:Sie|Ihnen|Ihr|Ihre[mnrs]?)(?!\p{L})/gu;
const YOU_CASUAL = marks('du', 'dir', 'dich', 'dein(?:e[mnrs]?)?', 'euch', 'euer', 'eure[mnrs]?');
const PICTURE = /\p{Extended_Pictographic}/gu;
const SHOUT = /!{2,}|\?!/g;

/** How far formal marks have to outweigh casual ones, or the other way round. */
const ENOUGH = 1.5;

/**
 * Whether a text is formal or casual, from words and signs that tell (greetings, `Sie` and `du`, contractions, slang,
 * pictures). Heuristic: what is neither is null, and agrees with both.
 */
export function toneOf({ text, language }: Pick<Reading, 'text' | 'language'>): Tone {
  const sum = (all: typeof FORMAL) =>
    all.reduce((total, [mark, weight]) => total + weight * count(text, mark), 0);
  const isGerman = language === 'de';
  const formal = sum(FORMAL) + (isGerman ? 1.5 * count(text, YOU_FORMAL) : 0);
  const casual =
    sum(CASUAL) +
    (isGerman ? 1.5 * count(text, YOU_CASUAL) : 0) +
    Math.min(3, count(text, PICTURE)) * 0.75 +
    count(text, SHOUT);
  if (formal - casual >= ENOUGH) return 'formal';
  return casual - formal >= ENOUGH ? 'casual' : null;
}

const count = (text: string, mark: RegExp): number => [...text.matchAll(mark)].length;

/** What a brief calls a tone, English and German. */
const NAMED: Readonly<Record<'formal' | 'casual', RegExp>> = {
  formal: /formal|professional|serious|sachlich|seriös|förmlich|corporate|authoritative|distanced|elegant/iu,
  casual:
    /informal|casual|friendly|playful|relaxed|witty|young|cheeky|conversational|warm|locker|freundlich|duzen|verspielt|frech|nahbar|persönlich/iu,
};

/** The tone that a brief or a Taxonomy names; null where its word says neither. */
export const toneNamed = (name: string): Tone =>
  NAMED.casual.test(name) ? 'casual' : NAMED.formal.test(name) ? 'formal' : null;
