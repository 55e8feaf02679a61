import { Document, Scalar, stringify } from 'yaml';
import type { PlainValue } from '../../application/edit.js';

/** As nothing is folded, what is one line stays one. */
const AS_ONE_LINE = { lineWidth: 0, doubleQuotedAsJSON: true, blockQuote: false } as const;
/** Longer flow collections are written as blocks where that is possible. */
const SHORT = 100;

/** A value on one line, right wherever a value may stand: within brackets too. */
export const inline = (value: PlainValue): string =>
  stringify([value], { ...AS_ONE_LINE, collectionStyle: 'flow' })
    .trim()
    .replace(/^\[\s*/, '')
    .replace(/\s*\]$/, '');

/** A text with the quotes that the old one had. */
export function quotedLike(value: PlainValue, old: Scalar): string {
  if (typeof value !== 'string' || (old.type !== 'QUOTE_DOUBLE' && old.type !== 'QUOTE_SINGLE'))
    return inline(value);
  const scalar = new Scalar(value);
  scalar.type = value.includes('\n') ? 'QUOTE_DOUBLE' : old.type;
  return new Document(scalar).toString(AS_ONE_LINE).trim();
}

/** A map or list as a block whose lines begin at a column. @returns the first line without its indentation */
export function block(value: PlainValue, column: number): string {
  const lines = stringify(value, AS_ONE_LINE).trimEnd().split('\n');
  return lines.map((line, at) => (at === 0 || line === '' ? line : ' '.repeat(column) + line)).join('\n');
}

/** What stands behind a key whose column is known, with what is between: on the same line where it is short. */
export function behindKey(value: PlainValue, column: number): string {
  const short = inline(value);
  if (typeof value !== 'object' || value === null || short.length <= SHORT) return ` ${short}`;
  return `\n${' '.repeat(column + 2)}${block(value, column + 2)}`;
}

export const key = (name: string): string => inline(name);
