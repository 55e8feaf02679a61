import { audiences } from './facts/audience.js';
import { codes } from './facts/code.js';
import type { Context, Fact } from './facts/fact.js';
import { moments } from './facts/moment.js';
import { money } from './facts/money.js';
import { percentages } from './facts/percentage.js';
import { products } from './facts/product.js';
import { promises } from './facts/promise.js';
import { requests } from './facts/request.js';
import { terms } from './facts/term.js';
import type { Reading } from './reading.js';

const EXTRACTORS = [percentages, money, promises, terms, moments, codes, requests, audiences, products];

/** Nothing that belongs together is further apart; longer texts are read piece by piece, so that time grows with length only. */
const PIECE = 2_000;

/** What a text says that others must not contradict, in the order of the text. */
export const factsIn = (reading: Reading, context: Context): Fact[] =>
  piecesOf(reading)
    .flatMap((piece) => EXTRACTORS.flatMap((extract) => extract(piece, context)))
    .sort((one, other) => one.range.start - other.range.start);

/** Cut at ends of lines or sentences where there are any. */
function piecesOf(reading: Reading): Reading[] {
  const { text, language } = reading;
  if (text.length <= PIECE) return [reading];
  const pieces: Reading[] = [];
  for (let begin = 0; begin < text.length;) {
    const piece = text.slice(begin, begin + PIECE);
    const isLast = begin + PIECE >= text.length;
    const cut = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf('. '), piece.lastIndexOf('! ')) + 1;
    const length = isLast || cut < PIECE / 2 ? piece.length : cut;
    const from = begin;
    pieces.push({
      text: piece.slice(0, length),
      language,
      source: (start, end) => reading.source(from + start, from + end),
    });
    begin += length;
  }
  return pieces;
}
