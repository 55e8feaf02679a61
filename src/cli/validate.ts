import { existsSync } from 'node:fs';
import { hasErrors } from '../domain/problem.js';
import { checkFiles } from '../gitops/document/check-files.js';
import { loadFile, pathsOnDisk } from '../gitops/folder.js';
import { UsageError, count, print, printJson, renderForGithub, renderProblem } from './output.js';

/** Checks a file or folder; true when it has no errors. */
export async function validate(path: string, format: string): Promise<boolean> {
  if (!existsSync(path)) throw new UsageError(`there is nothing at ${path}`);
  const today = new Date().toISOString().slice(0, 10);
  const { workflows, problems } = await checkFiles(await pathsOnDisk(path), loadFile, today);
  const ok = !hasErrors(problems);
  if (format === 'json') printJson({ ok, workflows, problems });
  else {
    for (const problem of problems)
      print(format === 'github' ? renderForGithub(problem) : renderProblem(problem));
    const errors = problems.filter((problem) => problem.severity === 'error').length;
    const verdict = ok ? 'fine' : count(errors, 'error');
    if (format === 'text')
      print(`${count(workflows, 'workflow')}, ${count(problems.length, 'problem')}: ${verdict}`);
  }
  return ok;
}
