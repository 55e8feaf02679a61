import { styleText } from 'node:util';
import type { Place, Problem, Severity } from '../domain/problem.js';

/** The caller used a command wrongly; exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What a command answers; goes to stdout, so that it can be piped. */
export const print = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

/** What a person should know besides; goes to stderr. */
export const complain = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

export const printJson = (value: unknown): void => {
  print(JSON.stringify(value, null, 2));
};

/**
 * One problem: where and what, the line it is in with the token underlined, other places that have to do with it, and how
 * to mend it.
 */
export function renderProblem(problem: Problem, sourceLine?: string): string {
  const { file, line, column, severity, code, message, hint, related = [] } = problem;
  return [
    `${file}:${line}:${column}  ${painted(severity)}  ${message}  [${code}]`,
    // What looks like a secret is not spread further by a log.
    ...(sourceLine === undefined || code === 'E_SECRET' ? [] : excerpt(problem, sourceLine)),
    ...related.map((each) => `    ${each.file}:${each.line}:${each.column}: ${each.message}`),
    ...(hint === undefined ? [] : [`    hint: ${hint}`]),
  ].join('\n');
}

const COLOURS = { error: 'red', warning: 'yellow', info: 'cyan' } as const;

/** Coloured for a person at a terminal who has not asked for none (https://no-color.org). */
const painted = (severity: Severity): string =>
  process.stdout.isTTY && process.stdout.hasColors() ? styleText(COLOURS[severity], severity) : severity;

/** Wider than a terminal; of a longer line only what is around the token is shown. */
const WIDEST = 100;

function excerpt({ line, column, endLine, endColumn }: Place, sourceLine: string): string[] {
  const text = sourceLine.replace(/\r$/, '').replaceAll('\t', ' ');
  const start = column - 1;
  const end = Math.max(start + 1, endLine === line ? endColumn - 1 : text.length);
  // However wide the token is, where it begins is shown.
  const cut = Math.max(0, Math.min(start, Math.max(Math.min(text.search(/\S/), start), end - WIDEST + 20)));
  const shown = text.slice(cut, cut + WIDEST);
  const marked = '^'.repeat(Math.max(1, Math.min(end, cut + WIDEST) - start));
  return [`    ${shown}`, `    ${' '.repeat(start - cut)}${marked}`];
}

/** GitHub's workflow command, which shows a problem beside its line in a pull request. */
export function renderForGithub(problem: Problem): string {
  const level = problem.severity === 'info' ? 'notice' : problem.severity;
  const { file, line, column, endLine, endColumn, code } = problem;
  const escape = (text: string) =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => escape(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const message = problem.hint === undefined ? problem.message : `${problem.message} (${problem.hint})`;
  return `::${level} file=${property(file)},line=${line},col=${column},endLine=${endLine},endColumn=${endColumn},title=${code}::${escape(message)}`;
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;

/** How far a long calculation has come, on a line that is written over; nothing where nobody watches. */
export function progressLine(
  what: string,
  total: number,
): { show: (done: number) => void; clear: () => void } {
  let shown = 0;
  return {
    show: (done) => {
      const percent = Math.floor((100 * done) / total);
      if (!process.stderr.isTTY || percent === shown) return;
      shown = percent;
      process.stderr.write(`\r${percent} % of ${total} ${what}`);
    },
    clear: () => {
      if (shown > 0) process.stderr.write('\r\u001B[2K');
    },
  };
}
