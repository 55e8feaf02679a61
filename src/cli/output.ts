import type { Problem } from '../domain/problem.js';

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

/** One problem in three lines at most: where and what, then how to mend it. */
export function renderProblem(problem: Problem): string {
  const { file, line, column, severity, code, message, hint } = problem;
  return `${file}:${line}:${column}  ${severity}  ${message}  [${code}]${hint === undefined ? '' : `\n    hint: ${hint}`}`;
}

/** GitHub's workflow command, which shows a problem beside its line in a pull request. */
export function renderForGithub(problem: Problem): string {
  const level = problem.severity === 'info' ? 'notice' : problem.severity;
  const { file, line, column, endLine, endColumn, code } = problem;
  const escape = (text: string) =>
    text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const message = problem.hint === undefined ? problem.message : `${problem.message} (${problem.hint})`;
  return `::${level} file=${file},line=${line},col=${column},endLine=${endLine},endColumn=${endColumn},title=${code}::${escape(message)}`;
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
