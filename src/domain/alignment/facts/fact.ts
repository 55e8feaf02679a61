import type { Range, Reading } from '../reading.js';

/** What channels must say alike. */
export type FactName =
  | 'percentage'
  | 'price'
  | 'saving'
  | 'offer'
  | 'deadline'
  | 'date'
  | 'code'
  | 'call-to-action'
  | 'audience'
  | 'product';

/** Something that a text says, in a form in which it can be compared. */
export interface Fact {
  readonly fact: FactName;
  /** As one would write it down; the same for all ways to say it. */
  readonly value: string;
  /** Only facts about the same thing are compared: the period of a price, the sort of a promise; '' is anything. */
  readonly about: string;
  readonly claim: Claim;
  /** Where it is said. */
  readonly range: Range;
}

/** What is compared. */
export type Claim =
  /** A number, with the tolerance that fractions in words need. */
  | { readonly type: 'number'; readonly number: number; readonly unit: string; readonly bound: Bound }
  | { readonly type: 'moment'; readonly moment: Moment }
  | { readonly type: 'word'; readonly word: string };
/** Whether it is just so, or at most (`up to 50 %`), or at least (`from 49 €`). */
export type Bound = 'exact' | 'at-most' | 'at-least';

/** As much of a moment as is said. */
export interface Moment {
  readonly year: number | null;
  /** From 1. */
  readonly month: number | null;
  readonly day: number | null;
  /** ISO 8601: Monday is 1. */
  readonly weekday: number | null;
  /** Minutes after midnight; 1440 is the end of the day. */
  readonly minutes: number | null;
  /** Minutes east of UTC, where a zone is named. */
  readonly offset: number | null;
  /** Words such as `tomorrow`, where nobody knows when they are read. */
  readonly relative: string | null;
}

export type Extract = (reading: Reading, context: Context) => Fact[];

/** What is known besides the text. */
export interface Context {
  /** When it is read, for `today` and for dates without a year; null is not known. */
  readonly publishedAt: Date | null;
  readonly timezone: string;
  /** Names that the campaign is about. */
  readonly products: readonly string[];
}

export const wordFact = (fact: FactName, word: string, range: Range, about = ''): Fact => ({
  fact,
  value: word,
  about,
  claim: { type: 'word', word: word.toLowerCase() },
  range,
});

/** Alternatives that stand as words of their own, whatever letters the language has. */
export const words = (...alternatives: readonly string[]): string =>
  `(?<![\\p{L}\\d])(?:${alternatives.join('|')})(?![\\p{L}\\d])`;

export const pattern = (source: string): RegExp => new RegExp(source, 'giu');

const ABBREVIATIONS =
  'inkl incl einschl nr no str st ca max min evtl zzgl bzw tel mo di mi do fr sa so mon tue wed thu fri sat sun jan feb apr aug sep sept okt oct nov dez dec p';
const inBothCases = (words: string): string =>
  words
    .split(' ')
    .flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1)])
    .join('|');
/** Where a sentence ends: not after the dot of an abbreviation or of `5. Mai`. */
const SENTENCE_END = new RegExp(
  String.raw`[!?\n;|•]|(?<!(?<!\p{L})(?:${inBothCases(ABBREVIATIONS)}))\.(?=\s+(?!Jan|Jän|Feb|März|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)[\p{Lu}"'])`,
  'gu',
);

/** The text shortly before and after a place, within its sentence. */
export function before(text: string, at: number, length = 40): string {
  const piece = text.slice(Math.max(0, at - length), at);
  let end = 0;
  for (const match of (piece + text.slice(at, at + 3)).matchAll(SENTENCE_END))
    if (match.index < piece.length) end = match.index + 1;
  return piece.slice(end);
}
export function after(text: string, at: number, length = 40): string {
  const piece = text.slice(at, at + length);
  const [match] = piece.matchAll(SENTENCE_END);
  return match ? piece.slice(0, match.index) : piece;
}

/** Which places of a text are spoken for already. */
export class Taken {
  readonly #places: Uint8Array;
  constructor(length: number) {
    this.#places = new Uint8Array(length);
  }
  /** Takes the stretch; false where some of it is taken. */
  take(start: number, end: number): boolean {
    for (let at = start; at < end; at++) if (this.#places[at] === 1) return false;
    this.#places.fill(1, start, end);
    return true;
  }
}
