import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { hasErrors, type Problem } from '../domain/problem.js';
import { checkFiles } from '../gitops/document/check-files.js';
import { loadFile, pathsOnDisk } from '../gitops/folder.js';
import { applyFixes, type Fixed } from './fix.js';
import { count, print, printJson, renderForGithub, renderProblem, UsageError } from './output.js';

export interface ValidateOptions {
  readonly format: string;
  readonly fix?: boolean;
}

/** Checks a file or folder; true when it has no errors. */
export async function validate(
  path: string,
  { format, fix }: ValidateOptions,
  version: string,
): Promise<boolean> {
  if (!existsSync(path)) throw new UsageError(`there is nothing at ${path}`);
  const today = new Date().toISOString().slice(0, 10);
  // A wrong path in a pipeline would otherwise pass for ever.
  if ((await pathsOnDisk(path)).length === 0) throw new UsageError(`there is no .yaml file below ${path}`);
  const check = async () => checkFiles(await pathsOnDisk(path), loadFile, today);
  const { found, fixed } = fix ? await applyFixes(check) : { found: await check(), fixed: [] };
  const { workflows, problems } = found;
  const ok = !hasErrors(problems);
  switch (format) {
    case 'json':
      printJson({ ok, workflows, problems, ...(fix ? { fixed } : {}) });
      break;
    case 'sarif': {
      const { sarifOf } = await import('./sarif.js');
      printJson(sarifOf(problems, version));
      break;
    }
    case 'github':
      for (const problem of problems) print(renderForGithub(problem));
      break;
    default:
      await printText(problems, fixed);
      print(`${count(workflows, 'workflow')}, ${count(problems.length, 'problem')}: ${verdict(problems)}`);
  }
  return ok;
}

async function printText(problems: readonly Problem[], fixed: readonly Fixed[]): Promise<void> {
  for (const { file, line, column, code, text } of fixed)
    print(`${file}:${line}:${column}  fixed  ${text}  [${code}]`);
  const lines = new Map<string, readonly string[]>();
  for (const { file } of problems) {
    if (!lines.has(file)) lines.set(file, (await readFile(file, 'utf8')).split('\n'));
  }
  for (const problem of problems) print(renderProblem(problem, lines.get(problem.file)?.[problem.line - 1]));
}

const verdict = (problems: readonly Problem[]): string =>
  hasErrors(problems)
    ? count(problems.filter(({ severity }) => severity === 'error').length, 'error')
    : 'fine';
