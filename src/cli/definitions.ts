import { existsSync } from 'node:fs';
import { isFindingCode, isPolicyFinding } from '../domain/findings.js';
import type { Problem } from '../domain/problem.js';
import type { Team } from '../domain/workflow/document.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import { readDefinitions, type SourceFile } from '../gitops/document/read.js';
import { filesWithBases, isBelow } from '../gitops/folder.js';
import { UsageError, complain, renderProblem } from './output.js';

export interface Loaded {
  readonly workflows: readonly Workflow[];
  readonly teams: readonly Team[];
}

/**
 * The workflows of the files, with the teams of all of them; null when one is broken, which has then been said. A house
 * rule that is broken stops nobody from calculating.
 */
export async function loadWorkflows(
  files: readonly string[],
  teamFiles: readonly string[],
): Promise<Loaded | null> {
  const sources = new Map<string, SourceFile>();
  for (const file of [...files, ...teamFiles]) {
    if (!existsSync(file)) throw new UsageError(`there is nothing at ${file}`);
    for (const source of await filesWithBases(file)) sources.set(source.path, source);
  }
  const { definitions, problems } = readDefinitions(
    [...sources.values()],
    new Date().toISOString().slice(0, 10),
  );
  const asked = (problem: Problem) => [...files, ...teamFiles].some((file) => isBelow(problem.file, file));
  const broken = problems.filter((problem) => isStructural(problem) && asked(problem));
  for (const problem of broken) complain(renderProblem(problem));
  if (broken.length > 0) return null;
  return {
    workflows: definitions.flatMap((each) =>
      each.kind === 'Workflow' && each.meaning && files.some((file) => isBelow(each.file, file))
        ? [each.meaning]
        : [],
    ),
    teams: definitions.flatMap((each) => (each.kind === 'Team' && each.meaning ? [each.meaning] : [])),
  };
}

const isStructural = ({ severity, code }: Problem): boolean =>
  severity === 'error' && !(isFindingCode(code) && isPolicyFinding(code));

/** The only workflow of the files; null when there is none, or one that is broken. */
export async function loadWorkflow(
  file: string,
  teamFiles: readonly string[],
): Promise<{ workflow: Workflow; teams: readonly Team[] } | null> {
  const loaded = await loadWorkflows([file], teamFiles);
  if (!loaded) return null;
  const [workflow, ...others] = loaded.workflows;
  if (!workflow) {
    complain(`${file} has no workflow`);
    return null;
  }
  if (others.length > 0) {
    const keys = loaded.workflows.map(({ key }) => key).join(', ');
    throw new UsageError(`${file} has several workflows (${keys}); give a file with one`);
  }
  return { workflow, teams: loaded.teams };
}
