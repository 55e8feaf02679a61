import { type Arrow, type Drawing, type DrawnNode, type Group, waysOf } from './drawing.js';
import { signOf } from './labels.js';
import { type Mark, type Marks, WORKFLOW } from './marks.js';

/** The newer drawing with what changed marked, and with what was removed where it stood. */
export function overlay(before: Drawing, after: Drawing, marks: Marks): Drawing {
  const nodes = together(before.nodes, after.nodes, marks);
  const touched = new Set(nodes.flatMap(({ id, mark }) => (mark && mark.kind !== 'changed' ? [id] : [])));
  const [was, is] = [waysOf(before.arrows), waysOf(after.arrows)];
  const touches = ({ from, to }: Arrow) => touched.has(from) || touched.has(to);
  return {
    ...after,
    groups: together(before.groups, after.groups, marks),
    nodes,
    arrows: [
      ...after.arrows.map((arrow) => marked(arrow, markOf(arrow, before, touches, was), touches)),
      ...before.arrows
        .filter((arrow) => isGone(arrow, after, touches, is))
        .map((arrow) => marked(arrow, { kind: 'removed' }, touches)),
    ],
    comparison: { mark: marks.get(WORKFLOW) ?? null },
  };
}

type Touches = (arrow: Arrow) => boolean;
type Ways = ReturnType<typeof waysOf>;

/** An arrow to something new says so by where it leads; any other says it in words. */
function marked(arrow: Arrow, mark: Mark | null, touches: Touches): Arrow {
  if (mark === null || touches(arrow)) return { ...arrow, mark };
  const words = [arrow.label, ...(mark.kind === 'changed' ? mark.fields : [])].filter(
    (each) => each !== null,
  );
  return { ...arrow, mark, label: `${signOf(mark)}${words.join(', ')}` };
}

/** Everything of both, each thing that is gone after the one it followed. */
function together<T extends DrawnNode | Group>(before: readonly T[], after: readonly T[], marks: Marks): T[] {
  const old = new Map(before.map((each) => [each.id, each]));
  const now = new Set(after.map(({ id }) => id));
  const merged: T[] = after.map((each) => ({ ...each, mark: markOfPart(each, old.get(each.id), marks) }));
  before.forEach((each, position) => {
    if (now.has(each.id)) return;
    const place = merged.findIndex(({ id }) => id === before[position - 1]?.id);
    merged.splice(place + 1, 0, { ...each, mark: { kind: 'removed' } });
  });
  return merged;
}

function markOfPart<T extends DrawnNode | Group>(part: T, was: T | undefined, marks: Marks): Mark | null {
  if (!was) return { kind: 'added' };
  const mark = part.element === null ? undefined : marks.get(part.element);
  return mark ?? (rulesOf(part) === rulesOf(was) ? null : { kind: 'changed', fields: ['rules'] });
}

/** Rules are elements of their own, but what is drawn of them is small print of what they hold back. */
const rulesOf = (part: DrawnNode | Group): string => ('details' in part ? part.details.join('\n') : '');

const isSame = (one: Arrow) => (other: Arrow) =>
  one.from === other.from && one.to === other.to && one.kind === other.kind;

/** A flow arrow that only says shorter what was so before is not news. */
function markOf(arrow: Arrow, before: Drawing, touches: Touches, reached: Ways): Mark | null {
  const was = before.arrows.find(isSame(arrow));
  if (was) return was.label === arrow.label ? null : { kind: 'changed', fields: lost(was, arrow) };
  const isNews = arrow.kind !== 'flow' || touches(arrow) || !reached(arrow.from, arrow.to);
  return isNews ? { kind: 'added' } : null;
}

/** What an older label said that the newer one does not. */
function lost(older: Arrow, newer: Arrow): string[] {
  const parts = (older.label ?? '').split(', ').filter((part) => part !== '');
  const gone = parts.filter((part) => newer.label?.includes(part) !== true);
  return gone.length === 0 ? [] : [`was ${gone.join(', ')}`];
}

function isGone(arrow: Arrow, after: Drawing, touches: Touches, reached: Ways): boolean {
  if (after.arrows.some(isSame(arrow))) return false;
  return arrow.kind !== 'flow' || touches(arrow) || !reached(arrow.from, arrow.to);
}
