import { FINDINGS, type FindingCode } from './findings.js';

/** How much a problem weighs: errors make `weir validate` fail, warnings and notes do not. */
export const SEVERITIES = ['error', 'warning', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Where a value stands inside a document: keys and list positions from its root, as written. */
export type Path = readonly (string | number)[];

/** A part of a document. */
export interface Spot {
  readonly path: Path;
  /** `key` points at the key of the last path segment instead of its value. */
  readonly target?: 'key' | 'value';
  /** The characters of a text that are meant, as offsets into it; the end is exclusive. */
  readonly range?: { readonly start: number; readonly end: number };
}

/** Something wrong with what a document says, found by a rule that knows nothing of files. */
export interface Finding extends Spot {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  /** Other places that have to do with it, such as the first definition of a name that is used twice. */
  readonly related?: readonly (Spot & { readonly message: string })[];
  /** What to write in place of the spot, where there is only one thing that can be meant. */
  readonly replacement?: string;
  /** Whether the replacement takes the place of quotes too: it is no text. */
  readonly isBare?: boolean;
}

/** What a finding says besides its message. */
export type FindingDetails = Partial<Omit<Finding, 'code' | 'severity' | 'message' | 'path'>>;

export const finding = (
  code: FindingCode,
  message: string,
  path: Path,
  details: FindingDetails = {},
): Finding => ({ code, severity: FINDINGS[code].severity, message, path, ...details });

/** Where something stands in a file. Lines and columns (of UTF-16 code units) count from 1; the end is exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A finding placed in a file. */
export interface Problem extends Place {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly hint?: string;
  readonly related?: readonly (Place & { readonly message: string })[];
  /** The text that mends it, in place of what stands there. */
  readonly fix?: Place & { readonly text: string };
}

export const hasErrors = (items: readonly { readonly severity: Severity }[]): boolean =>
  items.some((item) => item.severity === 'error');

/** The order people read problems in: by file, then from top to bottom. */
export function comparePlaces(a: Problem, b: Problem): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.line - b.line || a.column - b.column || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0);
}

/** What is wrong in a parent is wrong in everything that extends it, but is one problem. */
export function distinctProblems(problems: readonly Problem[]): Problem[] {
  const name = ({ code, file, line, column, message }: Problem) =>
    [code, file, line, column, message].join('\n');
  // A problem of a workflow itself is not told again for each that extends it.
  const fewest = [...problems].sort(
    (one, other) => (other.related?.length ?? 0) - (one.related?.length ?? 0),
  );
  return [...new Map(fewest.map((problem) => [name(problem), problem])).values()];
}
