import { dotOf, mermaidOf } from '../domain/workflow/diagram.js';
import type { Workflow } from '../domain/workflow/workflow.js';

export const DIAGRAM_FORMATS = ['mermaid', 'dot', 'svg'] as const;
export type DiagramFormat = (typeof DIAGRAM_FORMATS)[number];

/** The diagram of a workflow. SVG is laid out by Graphviz, which is loaded only when asked for. */
export async function drawDiagram(workflow: Workflow, format: DiagramFormat): Promise<string> {
  if (format === 'mermaid') return mermaidOf(workflow);
  const dot = dotOf(workflow);
  if (format === 'dot') return dot;
  const { instance } = await import('@viz-js/viz');
  return (await instance()).renderString(dot, { format: 'svg' });
}
