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

/** What a text says that others must not contradict, in the order of the text. */
export const factsIn = (reading: Reading, context: Context): Fact[] =>
  EXTRACTORS.flatMap((extract) => extract(reading, context)).sort(
    (one, other) => one.range.start - other.range.start,
  );
