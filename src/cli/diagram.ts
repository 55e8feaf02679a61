import { existsSync } from 'node:fs';
import { type DiagramFormat, TooLargeToDraw, drawDiagram } from '../application/draw-diagram.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import { readDefinitions } from '../gitops/document/read.js';
import { filesWithBases, isBelow } from '../gitops/folder.js';
import { UsageError, complain, renderProblem } from './output.js';

export interface DiagramOptions {
  readonly as: DiagramFormat;
  /** File with an older version of the workflow. */
  readonly against?: string;
}

/** Draws the first workflow of a file; false when the file has none that can be drawn. */
export async function diagram(file: string, { as, against }: DiagramOptions): Promise<boolean> {
  const workflow = await firstWorkflow(file);
  const older = against === undefined ? null : await firstWorkflow(against, workflow?.key);
  if (!workflow || (against !== undefined && !older)) return false;
  try {
    process.stdout.write(await drawDiagram(workflow, as, older));
    return true;
  } catch (error) {
    if (!(error instanceof TooLargeToDraw)) throw error;
    complain(error.message);
    return false;
  }
}

/** The workflow with the key, where the file has it; an older version may have had another. */
async function firstWorkflow(file: string, key?: string): Promise<Workflow | null> {
  if (!existsSync(file)) throw new UsageError(`there is nothing at ${file}`);
  const { definitions, problems } = readDefinitions(
    await filesWithBases(file),
    new Date().toISOString().slice(0, 10),
  );
  const workflows = definitions.flatMap((each) =>
    each.kind === 'Workflow' && each.meaning && isBelow(each.file, file) ? [each.meaning] : [],
  );
  const found = workflows.find((workflow) => workflow.key === key) ?? workflows[0];
  if (found) return found;
  for (const problem of problems) complain(renderProblem(problem));
  complain(`${file} has no workflow that can be drawn`);
  return null;
}
