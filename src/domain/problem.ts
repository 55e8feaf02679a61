/** How much a problem weighs: errors make `weir validate` fail, warnings and notes do not. */
export type Severity = 'error' | 'warning' | 'info';

/** Where a value stands inside a document: keys and list positions from its root, as written. */
export type Path = readonly (string | number)[];

/**
 * Something wrong with what a document says, found by a rule that knows nothing of files.
 * `target: 'key'` points at the key of the last path segment instead of its value.
 */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: Path;
  readonly target?: 'key' | 'value';
  readonly hint?: string;
}

/** A finding placed in a file. Lines and columns count from 1; the end is exclusive. */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly hint?: string;
}

export const hasErrors = (items: readonly { readonly severity: Severity }[]): boolean =>
  items.some((item) => item.severity === 'error');

/** The order people read problems in: by file, then from top to bottom. */
export function comparePlaces(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}
