import { dotOf } from '../domain/workflow/diagram/dot.js';
import { draw } from '../domain/workflow/diagram/draw.js';
import type { Drawing } from '../domain/workflow/diagram/drawing.js';
import { markChanges } from '../domain/workflow/diagram/marks.js';
import { mermaidOf } from '../domain/workflow/diagram/mermaid.js';
import { overlay } from '../domain/workflow/diagram/overlay.js';
import { finishSvg } from '../domain/workflow/diagram/svg.js';
import type { Workflow } from '../domain/workflow/workflow.js';

export const DIAGRAM_FORMATS = ['mermaid', 'dot', 'svg'] as const;
export type DiagramFormat = (typeof DIAGRAM_FORMATS)[number];

/**
 * What is laid out here at most: arrows across the lanes make the layout take much longer than a request may, and
 * nobody reads such a picture. With both near their limit it took up to 1.3 seconds.
 */
const [MOST_NODES, MOST_CROSS_ARROWS] = [500, 150];

/** The drawing has more in it than is laid out; the text formats have no such limit. */
export class TooLargeToDraw extends Error {
  override readonly name = 'TooLargeToDraw';
}

/** The diagram of a workflow, or of what changed since an older version of it, as Mermaid text. */
export const mermaidText = (workflow: Workflow, older: Workflow | null): string =>
  mermaidOf(drawingOf(workflow, older));

const drawingOf = (workflow: Workflow, older: Workflow | null): Drawing =>
  older === null ? draw(workflow) : overlay(draw(older), draw(workflow), markChanges(older, workflow));

/**
 * The diagram of a workflow, or of what changed since an older version of it.
 * @throws TooLargeToDraw when an SVG of it would take too long
 */
export async function drawDiagram(
  workflow: Workflow,
  format: DiagramFormat,
  older: Workflow | null = null,
): Promise<string> {
  const drawing = drawingOf(workflow, older);
  switch (format) {
    case 'mermaid':
      return mermaidOf(drawing);
    case 'dot':
      return dotOf(drawing);
    case 'svg':
      return layOut(drawing);
  }
}

/** Graphviz is loaded only when asked for. */
async function layOut(drawing: Drawing): Promise<string> {
  const cross = drawing.arrows.filter(({ kind }) => kind !== 'flow').length;
  if (drawing.nodes.length > MOST_NODES || cross > MOST_CROSS_ARROWS) {
    throw new TooLargeToDraw(
      `${drawing.nodes.length} steps, gates and forks with ${cross} arrows across the lanes are too much for a picture: the limits are ${MOST_NODES} and ${MOST_CROSS_ARROWS}; ask for mermaid or dot`,
    );
  }
  const { instance } = await import('@viz-js/viz');
  const laidOut = (await instance()).renderFormats(dotOf(drawing), ['svg', 'json']);
  if (laidOut.status === 'failure') throw new Error(laidOut.errors.map(({ message }) => message).join('; '));
  return finishSvg({ svg: laidOut.output['svg'] ?? '', json: laidOut.output['json'] ?? '' }, drawing);
}
