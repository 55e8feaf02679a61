import type { Arrow, Drawing, DrawnNode } from './drawing.js';
import { arrival, departure, fold, type Folding } from './fold.js';
import { detailsOf, keyOf, signOf } from './labels.js';
import * as look from './look.js';
import type { Mark } from './marks.js';
import { clean, wrap } from './wrap.js';

/** The diagram as Graphviz DOT; its SVG comes from Graphviz. */
export function dotOf(drawing: Drawing): string {
  const folding = fold(drawing);
  const mended = new Set(drawing.nodes.filter(({ id }) => isMending(id, drawing)).map(({ group }) => group));
  const inside = (group: string | null): string[] => [
    ...drawing.nodes
      .filter((node) => node.group === group)
      .map((node) => nodeLine(node, drawing, mended.has(group) && !isMending(node.id, drawing))),
    ...drawing.groups
      .filter(({ parent }) => parent === group)
      .flatMap((each) => [
        `subgraph cluster_${each.id} {`,
        ...[`graph ${list(look.groupLook(each))};`, ...inside(each.id)].map(indent),
        '}',
      ]),
  ];
  const lines = [
    `graph ${list({ ...look.GRAPH, label: header(drawing) })};`,
    `node ${list(look.NODE)};`,
    `edge ${list(look.EDGE)};`,
    ...inside(null),
    ...new Set(drawing.arrows.flatMap((arrow) => arrowLines(arrow, folding))),
    ...placing(folding),
  ];
  return ['digraph {', ...lines.map(indent), '}', ''].join('\n');
}

const indent = (line: string): string => `  ${line}`;

/** Whether a step only mends what was rejected. */
const isMending = (id: string, { arrows }: Drawing): boolean =>
  arrows.some(({ to, kind, label }) => to === id && kind === 'rework' && label !== null);

/** Nodes of one line stay in a straight line, and what mends stands beside it. */
function nodeLine(node: DrawnNode, drawing: Drawing, isInLine: boolean): string {
  const label = look.isWordless(node) ? '' : node.shape === 'choice' ? node.name : card(node);
  const line = isInLine ? { group: node.group ?? '' } : {};
  return `${node.id} ${list({ ...look.nodeLook(node, drawing), ...line, label })};`;
}

const small = (text: string, size: number): string =>
  `<FONT POINT-SIZE="${size}" COLOR="${look.SOFT}">${text}</FONT>`;
const lines = (texts: readonly string[]): string => texts.map(escape).join('<BR/>');
const table = (rows: readonly string[], padding: number): string =>
  `<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="${padding}">${rows.map((row) => `<TR><TD>${row}</TD></TR>`).join('')}</TABLE>>`;

/** Tag, name and small print below each other. */
function card(node: DrawnNode): string {
  const rows = [
    ...(node.tag === null ? [] : [small(escape(clean(node.tag).toUpperCase()), 8)]),
    `<B>${lines(wrap(`${signOf(node.mark)}${node.name}`, look.LETTERS, 4))}</B>`,
    ...detailsOf(node).map((line) => small(lines(wrap(line, look.LETTERS + 6, 3)), 9)),
  ];
  return table(rows, node.shape === 'gate' ? 0 : 1);
}

function header(drawing: Drawing): string {
  const key = keyOf(drawing);
  const rows = [
    `<FONT POINT-SIZE="16"><B>${lines(wrap(drawing.title, 50, 3))}</B></FONT>`,
    small(escape(clean(drawing.subtitle)), 10),
    ...(drawing.comparison === null ? [] : [legend(drawing.comparison.mark)]),
    ...(key === '' ? [] : [small(escape(key), 9)]),
    ' ',
  ];
  return table(rows, 2);
}

/** No cell has a `STYLE`: in its JSON, Graphviz writes what lay next to that in its memory, and leaves out the rest. */
function legend(mark: Mark | null): string {
  const cell = (kind: Mark['kind'], label: string) => {
    const { color, fillcolor } = look.MARKED[kind];
    return `<TD BORDER="2" COLOR="${color}" BGCOLOR="${fillcolor}">${small(label, 10)}</TD>`;
  };
  const own =
    mark?.kind === 'changed' ? `<TD>${small(escape(`~ workflow: ${mark.fields.join(', ')}`), 10)}</TD>` : '';
  const cells = [cell('added', '+ added'), cell('removed', '− removed'), cell('changed', '~ changed')];
  return `<TABLE BORDER="0" CELLSPACING="6" CELLPADDING="4"><TR>${cells.join('')}<TD BORDER="1" COLOR="${look.FAINT}">${small('unchanged', 10)}</TD>${own}</TR></TABLE>`;
}

function arrowLines(arrow: Arrow, folding: Folding): string[] {
  const { from, to, kind, label } = arrow;
  const attributes: look.Attributes = {
    ...look.arrowLook(arrow),
    ...(folding.turns.has(arrow) ? { constraint: 'false', headport: 'w' } : {}),
    ...(folding.loose.has(arrow) ? { constraint: 'false' } : {}),
    ...(label === null
      ? {}
      : {
          label: wrap(label, 17, 5)
            .map((line) => ` ${line}`)
            .join('\n'),
        }),
  };
  const number = folding.jumps.get(arrow);
  if (number !== undefined) return connected(arrow, attributes, number);
  // Written from below to above and drawn the other way, so that it does not turn the order of reading around.
  if (kind === 'rework') return [`${to} -> ${from} ${list({ ...attributes, dir: 'back' })};`];
  return [`${from} -> ${to} ${list(attributes)};`];
}

/** Where the page begins a new column, an arrow ends in a number and goes on from the same number. */
function connected({ from, to }: Arrow, { label, ...plain }: look.Attributes, number: number): string[] {
  const circle = list({ ...look.CONNECTOR, label: String(number) });
  return [
    ...[departure(number), arrival(number)].map((each) => `${each} ${circle};`),
    `${from} -> ${departure(number)} ${list(plain)};`,
    `${arrival(number)} -> ${to} ${list(label === undefined ? plain : { ...plain, label })};`,
  ];
}

/** What stands side by side, and what below what, by arrows that nobody sees. */
const placing = ({ rows, below }: Folding): string[] => [
  ...rows.map((row) => `{ rank=same; ${row.join(' -> ')} [style=invis]; }`),
  ...below.map(([upper, lower]) => `${upper} -> ${lower} [style=invis];`),
];

const list = (attributes: look.Attributes): string =>
  `[${Object.entries(attributes)
    .map(([name, value]) => `${name}=${attributeValue(value)}`)
    .join(', ')}]`;

/** HTML-like labels are made here and begin with a table; any other text stands in quotes. */
function attributeValue(value: string | number): string {
  if (typeof value === 'number') return String(value);
  if (value.startsWith('<<TABLE')) return value;
  return `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}

/** Graphviz reads a backslash and an N as the name of the node, even here; an invisible sign parts the two. */
const escape = (value: string): string =>
  value
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\\', '\\&#8288;');
