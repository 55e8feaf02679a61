import { existsSync } from 'node:fs';
import { hasErrors } from '../domain/problem.js';
import { readDefinitions } from '../gitops/document/read.js';
import { filesOnDisk } from '../gitops/folder.js';
import { UsageError, count, print, printJson, renderForGithub, renderProblem } from './output.js';

/** Checks a file or folder; true when it has no errors. */
export async function validate(path: string, format: string): Promise<boolean> {
  if (!existsSync(path)) throw new UsageError(`there is nothing at ${path}`);
  const { definitions, problems } = readDefinitions(
    await filesOnDisk(path),
    new Date().toISOString().slice(0, 10),
  );
  const ok = !hasErrors(problems);
  const workflows = definitions.filter((definition) => definition.kind === 'Workflow').length;
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
