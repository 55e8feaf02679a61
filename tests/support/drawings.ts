import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';
import { parse } from 'yaml';
import type { Workflow } from '../../src/domain/workflow/workflow.js';
import { readDefinitions } from '../../src/gitops/document/read.js';

/** The first workflow of a file. */
export function workflowOf(path: string): Workflow {
  const { definitions } = readDefinitions([{ path, text: readFileSync(path, 'utf8') }], '2026-11-23');
  const workflow = definitions.find((each) => each.kind === 'Workflow');
  if (workflow?.kind !== 'Workflow' || !workflow.meaning) throw new Error(`no workflow in ${path}`);
  return workflow.meaning;
}

const { window } = new JSDOM('');

/** The document that an XML parser makes of a drawing. */
export function parseSvg(svg: string): Document {
  const document = new window.DOMParser().parseFromString(svg, 'image/svg+xml');
  const error = document.querySelector('parsererror')?.textContent;
  if (error !== undefined) throw new Error(error);
  return document;
}

/** Titles of the nodes or groups of a drawing, each cut to its first line. */
export const titlesOf = (svg: Document, kind: 'node' | 'cluster'): string[] =>
  [...svg.querySelectorAll(`g.${kind} > title`)].map(({ textContent }) => textContent.split('\n')[0] ?? '');

/** The words in a node or group of a drawing, in the order of reading. */
export const wordsOf = (svg: Document, title: string): string => {
  const group = [...svg.querySelectorAll('g > title')].find(
    ({ textContent }) => textContent.split('\n')[0] === title,
  );
  const texts = group?.parentElement?.querySelectorAll(':scope > text') ?? [];
  return [...texts]
    .map(({ textContent }) => textContent.trim().replaceAll('\u2060', '').replaceAll('\u00A0', ' '))
    .join(' ');
};

export interface MermaidGraph {
  readonly title: string;
  readonly nodes: ReadonlyMap<string, string>;
  readonly edges: readonly { readonly from: string; readonly to: string; readonly text: string }[];
  readonly groups: readonly {
    readonly id: string;
    readonly title: string;
    readonly nodes: readonly string[];
  }[];
}

interface FlowDatabase {
  getVertices(): Map<string, { readonly text: string }>;
  getEdges(): { readonly start: string; readonly end: string; readonly text: string }[];
  getSubGraphs(): { readonly id: string; readonly title: string; readonly nodes: string[] }[];
}

/** What Mermaid's own parser makes of a drawing. */
export async function parseMermaid(text: string): Promise<MermaidGraph> {
  // Mermaid cleans texts with a library that wants a document.
  Object.assign(globalThis, { window, document: window.document });
  const { default: mermaid } = await import('mermaid');
  // Parsing loads the kind of diagram, which reading its parts expects; a text that changes settings is an intruder.
  const { config } = (await mermaid.parse(text)) as { readonly config: object };
  if (Object.keys(config).length > 0) throw new Error(`changes settings: ${JSON.stringify(config)}`);
  const [, front = '', body = ''] = /^---\n(.*)\n---\n(.*)$/s.exec(text) ?? [];
  // Nothing else tells what was understood; the parser of flowcharts is not exported by itself.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(body);
  const flow = db as unknown as FlowDatabase;
  return {
    title: (parse(front) as { readonly title: string }).title,
    nodes: new Map([...flow.getVertices()].map(([id, vertex]) => [id, decoded(vertex.text)])),
    edges: flow.getEdges().map((edge) => ({ from: edge.start, to: edge.end, text: decoded(edge.text) })),
    groups: flow.getSubGraphs().map((group) => ({ ...group, title: decoded(group.title) })),
  };
}

/** Mermaid keeps a sign written by its number in a form of its own until it draws it. */
const decoded = (text: string): string =>
  text.replaceAll(/ﬂ°°(\d+)¶ß/g, (_, code: string) => String.fromCodePoint(Number(code)));
