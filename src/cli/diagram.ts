import { existsSync } from 'node:fs';
import { type DiagramFormat, drawDiagram } from '../application/draw-diagram.js';
import { readDefinitions } from '../gitops/document/read.js';
import { filesOnDisk } from '../gitops/folder.js';
import { UsageError, complain, renderProblem } from './output.js';

/** Draws the first workflow of a file; false when the file has none that can be understood. */
export async function diagram(file: string, format: DiagramFormat): Promise<boolean> {
  if (!existsSync(file)) throw new UsageError(`there is nothing at ${file}`);
  const { definitions, problems } = readDefinitions(
    await filesOnDisk(file),
    new Date().toISOString().slice(0, 10),
  );
  const workflow = definitions.find((definition) => definition.kind === 'Workflow');
  if (workflow?.kind !== 'Workflow' || !workflow.meaning) {
    for (const problem of problems) complain(renderProblem(problem));
    complain(`${file} has no workflow that can be drawn`);
    return false;
  }
  process.stdout.write(await drawDiagram(workflow.meaning, format));
  return true;
}
