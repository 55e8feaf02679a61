import { Document, Scalar, visit } from 'yaml';
import type { PlainValue } from '../../application/edit.js';

/** As nothing is folded, what is one line stays one. */
const AS_ONE_LINE = { lineWidth: 0, doubleQuotedAsJSON: true, blockQuote: false } as const;
/** What nobody would see in a block of lines: signs without a shape, blanks before the first or at the end of any, empty lines at the end. */
const UNSEEN = /[^\P{C}\n]|[^\P{Z} ]| (?:\n|$)|^\s|\n\n$/u;
/** Longer flow collections are written as blocks where that is possible. */
const SHORT = 100;

/** A value on one line, right wherever a value may stand: within brackets too. */
export const inline = (value: PlainValue): string =>
  written([value], 'flow')
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
  const lines = written(value, 'any').trimEnd().split('\n');
  return lines.map((line, at) => (at === 0 || line === '' ? line : ' '.repeat(column) + line)).join('\n');
}

/** Texts of several lines are quoted: unquoted they would go on below, where the place decides what that means. */
function written(value: PlainValue, collectionStyle: 'flow' | 'any'): string {
  const document = new Document(value);
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === 'string' && node.value.includes('\n')) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ ...AS_ONE_LINE, collectionStyle });
}

/** What stands behind a key whose column is known, with what is between: on the same line where it is short. */
export function behindKey(value: PlainValue, column: number): string {
  if (typeof value === 'string' && value.includes('\n') && !UNSEEN.test(value)) return lines(value, column);
  const short = inline(value);
  if (typeof value !== 'object' || value === null || short.length <= SHORT) return ` ${short}`;
  return `\n${' '.repeat(column + 2)}${block(value, column + 2)}`;
}

/** A text of several lines as such, for whoever reads the file. */
function lines(text: string, column: number): string {
  const shown = text.replace(/\n$/, '').split('\n');
  const indent = ' '.repeat(column + 2);
  return ` |${text.endsWith('\n') ? '' : '-'}\n${shown.map((line) => line && indent + line).join('\n')}`;
}

export const key = (name: string): string => inline(name);
