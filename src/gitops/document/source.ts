import { LineCounter } from 'yaml';
import type { Place } from '../../domain/problem.js';

/** The text of one file, and the lines in it. */
export class Source {
  #lines: LineCounter | null = null;

  constructor(
    readonly file: string,
    readonly text: string,
  ) {}

  place(from: number, to: number): Place {
    const lines = (this.#lines ??= linesOf(this.text));
    const start = lines.linePos(from);
    const end = lines.linePos(Math.max(from, to));
    return { file: this.file, line: start.line, column: start.col, endLine: end.line, endColumn: end.col };
  }
}

/** Counted here and only where something is to be shown: the parser counts some lines twice. */
function linesOf(text: string): LineCounter {
  const lines = new LineCounter();
  lines.addNewLine(0);
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines.addNewLine(at + 1);
  return lines;
}

/** A part of a file's text, as offsets; the end is exclusive. */
export interface Span {
  readonly source: Source;
  readonly from: number;
  readonly to: number;
}

/** A parsed document, as far as it takes to find places in it. */
export interface Spanned {
  readonly value: unknown;
  readonly span: Span;
}

/** Where a span stands. One that goes over several lines is shown by its first, so that an editor marks a line at most. */
export function placeOf({ source, from, to }: Span): Place {
  const text = source.text.slice(from, to);
  const end = text.search(/\r?\n/);
  return source.place(from, end < 0 ? to : from + Math.max(end, 1));
}

/** The part of a scalar's span that holds some characters of its value; the whole span where they stand otherwise. */
export function within(span: Span, value: string, start: number, end: number): Span {
  const { source, from, to } = span;
  const at = source.text.slice(from, to).indexOf(value);
  return at < 0 ? span : { source, from: from + at + start, to: from + at + Math.max(end, start + 1) };
}

/** Where the members of one map or list stand. */
export interface Spans {
  readonly self: Span;
  readonly members: ReadonlyMap<string | number, MemberSpans>;
}
export interface MemberSpans {
  /** Null in a list. */
  readonly key: Span | null;
  readonly value: Span;
}

/**
 * Spans of parsed values, by object identity, so that they survive merging documents with `extends`:
 * a merged object takes its entry along from the file it came from. Weak, so nothing is kept alive by it.
 */
export const spans = new WeakMap<object, Spans>();
