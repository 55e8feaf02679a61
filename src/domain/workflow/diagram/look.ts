import type { Arrow, Drawing, DrawnNode, Group, Shape } from './drawing.js';
import { groupTitle } from './labels.js';
import type { Mark } from './marks.js';

/** Attributes of Graphviz; a value in angle brackets is an HTML-like label. */
export type Attributes = Readonly<Record<string, string | number>>;

/** A font whose widths Graphviz knows without having it. */
export const FONT = 'Helvetica';
export const [INK, SOFT, LINE, FAINT] = ['#0f172a', '#475569', '#64748b', '#cbd5e1'];
/** Inches that a card is wide, so that cards stand in line; `LETTERS` of its name fit into that. */
const CARD = 2.45;
export const LETTERS = 30;

export const GRAPH: Attributes = {
  ...{ rankdir: 'TB', newrank: 'true', nodesep: 0.3, ranksep: 0.38, pad: 0.3 },
  ...{ fontname: FONT, fontcolor: INK, bgcolor: 'white', labelloc: 't' },
};
export const NODE: Attributes = {
  ...{ fontname: FONT, fontsize: 11, fontcolor: INK, margin: '0.12,0.06' },
  ...{ color: LINE, style: 'filled', fillcolor: 'white' },
};
export const EDGE: Attributes = { fontname: FONT, fontsize: 9, fontcolor: SOFT, color: LINE, arrowsize: 0.7 };

export const MARKED: Readonly<Record<Mark['kind'], { readonly color: string; readonly fillcolor: string }>> =
  {
    added: { color: '#15803d', fillcolor: '#dcfce7' },
    removed: { color: '#b91c1c', fillcolor: '#fef2f2' },
    changed: { color: '#b45309', fillcolor: '#fef3c7' },
  };
/** In a comparison, what stayed as it was steps back. */
const UNCHANGED = { fillcolor: '#f8fafc', color: FAINT, fontcolor: LINE };

const BOX = { shape: 'box', width: CARD };
const DOT = { shape: 'circle', fixedsize: 'true', margin: '0,0' };
const BAR = { shape: 'box', width: 1.2, height: 0.06, fixedsize: 'true', fillcolor: INK };
const SHAPES: Readonly<Record<Shape, Attributes>> = {
  task: { ...BOX, style: 'rounded,filled' },
  brief: { ...BOX, shape: 'note' },
  approval: { ...BOX, peripheries: 2 },
  review: { ...BOX, peripheries: 2, style: 'rounded,filled' },
  launch: { ...BOX, shape: 'box3d', penwidth: 1.5 },
  retrospective: { ...BOX, shape: 'tab' },
  gate: { shape: 'diamond', margin: '0,0', fillcolor: '#fef9c3' },
  handoff: { ...BOX, shape: 'hexagon', fillcolor: '#e0f2fe', margin: '0,0.02' },
  trigger: { ...BOX, shape: 'note', fillcolor: '#f5f3ff' },
  choice: { ...DOT, width: 0.32, fontsize: 10 },
  merge: { ...DOT, width: 0.14 },
  fork: BAR,
  join: BAR,
  start: { ...DOT, width: 0.22, fillcolor: INK },
  end: { ...DOT, shape: 'doublecircle', width: 0.16, fillcolor: INK },
};
/** A circle in which an arrow ends, to go on from the same number elsewhere. */
export const CONNECTOR: Attributes = { ...DOT, width: 0.3 };

const WORDLESS: readonly Shape[] = ['merge', 'fork', 'join', 'start', 'end'];
export const isWordless = ({ shape }: DrawnNode): boolean => WORDLESS.includes(shape);

export function nodeLook(node: DrawnNode, { comparison }: Drawing): Attributes {
  const shape = SHAPES[node.shape];
  const dashed = node.conditional || node.mark?.kind === 'removed' ? ',dashed' : '';
  const plain = comparison === null || isWordless(node) ? {} : UNCHANGED;
  const mark = node.mark === null ? plain : { ...MARKED[node.mark.kind], penwidth: 2 };
  return { ...shape, style: `${shape['style'] ?? 'filled'}${dashed}`, ...mark };
}

export function groupLook(group: Group): Attributes {
  const isLane = group.parent !== null;
  const mark = group.mark === null ? {} : { color: MARKED[group.mark.kind].color, penwidth: 2 };
  return {
    ...{ label: groupTitle(group), labeljust: 'l', fontcolor: SOFT, color: FAINT },
    style: `rounded,filled${group.mark?.kind === 'removed' ? ',dashed' : ''}`,
    ...(isLane
      ? { fillcolor: 'white', fontsize: 10, margin: 8 }
      : { fillcolor: '#f8fafc', fontsize: 12, margin: 12 }),
    ...mark,
  };
}

const KINDS: Readonly<Record<Arrow['kind'], Attributes>> = {
  flow: { weight: 8, tailport: 's', headport: 'n' },
  rework: { style: 'dashed' },
  needs: { style: 'dashed', color: '#94a3b8', weight: 0 },
  aside: { style: 'dashed', color: '#94a3b8', weight: 0, tailport: 's' },
  rule: { style: 'dotted', color: '#be123c', arrowhead: 'tee', constraint: 'false' },
};

export function arrowLook({ kind, mark }: Arrow): Attributes {
  const marked = mark === null ? {} : { color: MARKED[mark.kind].color, penwidth: 1.5 };
  return { ...KINDS[kind], ...marked, ...(mark?.kind === 'removed' ? { style: 'dashed', weight: 0 } : {}) };
}
