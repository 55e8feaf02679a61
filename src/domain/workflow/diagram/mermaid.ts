import type { Arrow, Drawing, DrawnNode, Group, Shape } from './drawing.js';
import { detailsOf, groupTitle, signOf } from './labels.js';
import type { Mark } from './marks.js';
import { clean } from './wrap.js';

/** The diagram as Mermaid flowchart text. */
export function mermaidOf(drawing: Drawing): string {
  const inside = (group: string | null): string[] => [
    ...drawing.nodes.filter((node) => node.group === group).map(nodeLine),
    ...drawing.groups
      .filter(({ parent }) => parent === group)
      .flatMap((each) => [
        `subgraph ${each.id} [${quoted([groupTitle(each)])}]`,
        ...inside(each.id).map(indent),
        'end',
      ]),
  ];
  const lines = [
    ...inside(null),
    ...(drawing.comparison === null ? [] : legend(drawing.comparison.mark)),
    ...drawing.arrows.map(arrowLine),
    ...CLASSES,
    ...styledParts([...drawing.groups, ...drawing.nodes]),
    ...styledArrows(drawing.arrows),
  ];
  return ['---', `title: ${titleOf(drawing)}`, '---', 'flowchart TB', ...lines.map(indent), ''].join('\n');
}

const indent = (line: string): string => `  ${line}`;

const SHAPES: Readonly<Record<Shape, readonly [string, string]>> = {
  task: ['(', ')'],
  brief: ['[', ']'],
  approval: ['[[', ']]'],
  review: ['([', '])'],
  launch: ['>', ']'],
  retrospective: ['[/', '/]'],
  gate: ['{', '}'],
  handoff: ['{{', '}}'],
  trigger: ['[\\', '\\]'],
  choice: ['((', '))'],
  merge: ['((', '))'],
  fork: ['[', ']'],
  join: ['[', ']'],
  start: ['((', '))'],
  end: ['(((', ')))'],
};

function nodeLine(node: DrawnNode): string {
  const [open, close] = SHAPES[node.shape];
  const words = WORDS[node.shape] ?? [
    ...(node.tag === null ? [] : [node.tag.toUpperCase()]),
    `${signOf(node.mark)}${node.name}`,
    ...detailsOf(node),
  ];
  const look = node.conditional ? ':::conditional' : '';
  return `${name(node.id)}${open}${quoted(words)}${close}${look}`;
}
/** Mermaid draws a shape around words only. */
const WORDS: Partial<Record<Shape, readonly string[]>> = {
  fork: ['all of'],
  join: ['all done'],
  merge: ['·'],
};

/** `end` is a word of the language. */
const name = (id: string): string => (id === 'end' ? 'end_' : id);

const LINES: Readonly<Record<Arrow['kind'], string>> = {
  flow: '-->',
  rework: '-.->',
  needs: '-.->',
  aside: '-.->',
  rule: '-.-x',
};

const arrowLine = ({ from, to, kind, label }: Arrow): string =>
  `${name(from)} ${LINES[kind]}${label === null ? '' : `|${quoted([label])}|`} ${name(to)}`;

const COLORS: Readonly<Record<Mark['kind'], string>> = {
  added: 'stroke:#15803d,stroke-width:3px',
  removed: 'stroke:#b91c1c,stroke-width:3px,stroke-dasharray:6 4',
  changed: 'stroke:#b45309,stroke-width:3px',
};
const CLASSES = [
  'classDef conditional stroke-dasharray:4 3',
  ...Object.entries(COLORS).map(([kind, style]) => `classDef ${kind} ${style}`),
];

const styledParts = (parts: readonly (Group | DrawnNode)[]): string[] =>
  parts.flatMap(({ id, mark }) => (mark === null ? [] : [`class ${name(id)} ${mark.kind}`]));
const styledArrows = (arrows: readonly Arrow[]): string[] =>
  arrows.flatMap(({ mark }, position) =>
    mark === null ? [] : [`linkStyle ${position} ${COLORS[mark.kind]}`],
  );

function legend(mark: Mark | null): string[] {
  const own =
    mark?.kind === 'changed' ? [`legend_workflow[${quoted([`~ workflow: ${mark.fields.join(', ')}`])}]`] : [];
  return [
    `subgraph legend [${quoted(['legend'])}]`,
    ...['+ added', '− removed', '~ changed'].map((words) => {
      const kind = words.slice(2);
      return `  legend_${kind}[${quoted([words])}]:::${kind}`;
    }),
    ...own.map(indent),
    'end',
  ];
}

/** A quoted text of YAML, with every sign that is not plain by its number. */
const titleOf = ({ title }: Drawing): string =>
  `"${clean(title).replaceAll(
    /[^A-Za-z0-9 ,.:()\u0080-\uFFFF-]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )}"`;

/** Text that neither ends its quotes nor reads as markup or as a comment. */
const quoted = (lines: readonly string[]): string =>
  `"${lines.map((line) => encoded(clean(line))).join('<br/>')}"`;

/** ASCII signs that mean something to Mermaid, HTML or Markdown are written by number; a number and a dot begin a list. */
const encoded = (line: string): string =>
  line
    .replaceAll('\u00A0', ' ')
    .replaceAll(/[^A-Za-z0-9 ,.:()\u0080-\u{10FFFF}-]/gu, (sign) => `#${sign.codePointAt(0) ?? 0};`)
    .replace(/^(\d+)\./, '$1#46;')
    .replace(/^-/, '#45;');
