import { toCardinal as german } from 'n2words/de-DE';
import { toCardinal as english } from 'n2words/en-US';

/** A number in digits, as English or German writes it: `1,299.00`, `1.299,00`, `1 299`, `79,-`. */
export const DIGITS = String.raw`\d{1,3}(?:[.,' ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d{1,2})?(?!\d)`;

/** The number that digits stand for. A separator before three digits groups them; before one or two it is the decimal one. */
function numberOf(digits: string): number {
  const [, whole = digits, decimals = ''] = /^(.*?)(?:[.,](\d{1,2}))?$/.exec(digits) ?? [];
  return Number(`${whole.replace(/[.,' ]/g, '')}.${decimals || '0'}`);
}

/** Numbers from one to a hundred in words, English and German, with and without hyphens. */
const WORDS = new Map<string, number>();
for (let value = 1; value <= 100; value++) {
  for (const word of [english(value), german(value)]) {
    WORDS.set(word, value);
    WORDS.set(word.replaceAll('-', ' '), value);
  }
}
WORDS.set('a', 1).set('ein', 1).set('eine', 1).set('einen', 1).set('a hundred', 100).set('hundert', 100);

/** Longest first, so that `twenty` does not end the search for `twenty five`. */
export const NUMBER_WORDS = [...WORDS.keys()]
  .filter((word) => !['a', 'ein', 'eine', 'einen'].includes(word))
  .sort((one, other) => other.length - one.length)
  .join('|');

/** Digits or a word from one to a hundred. */
export const amountOf = (text: string): number => WORDS.get(text.toLowerCase()) ?? numberOf(text);
