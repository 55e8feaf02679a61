import type { Arrow, Drawing } from './drawing.js';

/**
 * Where a drawing that reads from top to bottom begins again at the top, so that neither sixty steps in a row nor ten
 * sections make a strip: long chains fold within their group, and sections fold into columns of the page.
 */
export interface Folding {
  /** Arrows that lead from the end of a column of a chain to the top of the next. */
  readonly turns: ReadonlySet<Arrow>;
  /** Other arrows that say nothing about what stands above what. */
  readonly loose: ReadonlySet<Arrow>;
  /** Arrows of the flow to another column of the page, with the number under which they go on. */
  readonly jumps: ReadonlyMap<Arrow, number>;
  /** Nodes that stand side by side, from left to right. */
  readonly rows: readonly (readonly string[])[];
  /** Pairs of which the second must stand below the first, though no arrow says so. */
  readonly below: readonly (readonly [string, string])[];
}

/** Rows above which a chain folds, rows that its columns then have at least, and rows of a column of the page. */
const [FOLDS_ABOVE, CHAIN_ROWS, PAGE_ROWS] = [12, 10, 20];
/** How many rows are as high as a card is wide, with a page that is a little wider than high. */
const ROWS_A_CARD = 2.2;

/** Rows of a column, so that the columns together are not much wider than high. */
const rowsWanted = (height: number, width: number, least: number): number => {
  const most = Math.max(least, Math.sqrt(height * width * ROWS_A_CARD));
  return height / Math.ceil(height / most);
};

export function fold(drawing: Drawing): Folding {
  const firm = drawing.arrows.filter((arrow) => isFirm(arrow, drawing));
  const [chains, lanes] = [foldChains(drawing, firm), placeLanes(drawing)];
  const isTurn = ({ from, to }: Arrow) =>
    chains.groupOf(from) === chains.groupOf(to) && chains.columns.get(from) !== chains.columns.get(to);
  const turns = new Set(drawing.arrows.filter(isTurn));
  const page = foldPage(
    drawing,
    firm.filter((arrow) => !turns.has(arrow)),
  );
  const across = firm.filter(({ from, to }) => page.columns.get(from) !== page.columns.get(to));
  const jumps = numbered(across.filter(({ kind }) => kind === 'flow'));
  const loose = new Set(
    drawing.arrows.filter((arrow) => !firm.includes(arrow) || (across.includes(arrow) && !jumps.has(arrow))),
  );
  const tops = page.tops.map((top, column) => {
    const [, number] = [...jumps].find(([{ to }]) => page.columns.get(to) === column) ?? [];
    return number === undefined ? top : arrival(number);
  });
  const rows = [...(tops.length > 1 ? [tops] : []), ...chains.tops, ...lanes.rows];
  return { turns, loose, jumps, rows, below: [...chains.below, ...lanes.below] };
}

/** The circles in which an arrow to another column ends and goes on. */
export const departure = (number: number): string => `leave_${number}`;
export const arrival = (number: number): string => `arrive_${number}`;

/** One number for all arrows of one end, of the end that there are fewer of. */
function numbered(jumps: readonly Arrow[]): Map<Arrow, number> {
  const distinct = (end: 'from' | 'to') => [...new Set(jumps.map((jump) => jump[end]))];
  const [froms, tos] = [distinct('from'), distinct('to')];
  return new Map(
    jumps.map((jump) => [
      jump,
      1 + (froms.length < tos.length ? froms.indexOf(jump.from) : tos.indexOf(jump.to)),
    ]),
  );
}

/** Lanes begin side by side, in the order of the file; more than a page holds go on below. */
function placeLanes({ groups, nodes, arrows }: Drawing): Pick<Folding, 'rows' | 'below'> {
  const [rows, below]: [string[][], [string, string][]] = [[], []];
  for (const section of groups.filter(({ parent }) => parent === null)) {
    const lanes = groups
      .filter(({ parent, tag }) => parent === section.id && tag !== 'hub')
      .map((lane) => nodes.filter(({ group }) => group === lane.id).map(({ id }) => id))
      .filter((ids) => ids.length > 0);
    const width = Math.ceil(lanes.length / Math.ceil(lanes.length / LANES_A_ROW));
    for (let first = 0; first < lanes.length; first += width) {
      rows.push(lanes.slice(first, first + width).flatMap(([top]) => top ?? []));
      lanes.slice(first + width, first + 2 * width).forEach(([top], position) => {
        const bottom = lowest(lanes[first + position] ?? [], arrows);
        if (top !== undefined && bottom !== undefined) below.push([bottom, top]);
      });
    }
  }
  return { rows: rows.filter((row) => row.length > 1), below };
}
/** Lanes that stand side by side at most. */
const LANES_A_ROW = 8;

function lowest(ids: readonly string[], arrows: readonly Arrow[]): string | undefined {
  const rows = rowsOf(ids, arrows);
  return ids.toSorted((one, other) => (rows.get(other) ?? 0) - (rows.get(one) ?? 0))[0];
}

/**
 * Whether an arrow says what stands above what. One between parts that stayed, which an older version had, does not;
 * and of the arrows to a gate that nothing waits for one is enough, for all of them would upset the order of the lanes.
 */
function isFirm(arrow: Arrow, { nodes, arrows }: Drawing): boolean {
  if (arrow.kind === 'aside')
    return arrows.findLast(({ kind, to }) => kind === 'aside' && to === arrow.to) === arrow;
  if (arrow.mark?.kind !== 'removed') return true;
  return nodes.some(({ id, mark }) => (id === arrow.from || id === arrow.to) && mark?.kind === 'removed');
}

/** Row of each node: the longest way to it. Whatever mends work stands between what it mends and the review. */
function rowsOf(ids: readonly string[], arrows: readonly Arrow[]): Map<string, number> {
  const rows = new Map(ids.map((id) => [id, 0]));
  const down = arrows
    .filter(({ from, to, kind }) => kind !== 'rule' && rows.has(from) && rows.has(to))
    .map(({ from, to, kind }) => (kind === 'rework' ? ([to, from] as const) : ([from, to] as const)));
  // A drawing of two versions may hold a circle; more rounds than rows there cannot be.
  for (let round = 0, moved = true; moved && round < ids.length; round += 1) {
    moved = false;
    for (const [from, to] of down) {
      const row = (rows.get(from) ?? 0) + 1;
      if (row <= (rows.get(to) ?? 0)) continue;
      rows.set(to, row);
      moved = true;
    }
  }
  return rows;
}

interface ChainFolds {
  readonly groupOf: (id: string) => string | null | undefined;
  readonly columns: Map<string, number>;
  readonly tops: string[][];
  readonly below: [string, string][];
}

function foldChains(drawing: Drawing, arrows: readonly Arrow[]): ChainFolds {
  const groups = new Map(drawing.nodes.map(({ id, group }) => [id, group]));
  const folds: ChainFolds = { groupOf: (id) => groups.get(id), columns: new Map(), tops: [], below: [] };
  for (const group of drawing.groups) {
    const ids = drawing.nodes.filter((node) => node.group === group.id).map(({ id }) => id);
    if (ids.length > FOLDS_ABOVE) foldChain(ids, arrows, folds);
  }
  return folds;
}

/** Cuts a chain where a single arrow crosses, into columns of about the same number of rows. */
function foldChain(ids: readonly string[], arrows: readonly Arrow[], folds: ChainFolds): void {
  const rows = rowsOf(ids, arrows);
  const height = Math.max(...rows.values()) + 1;
  if (height <= FOLDS_ABOVE) return;
  const wanted = Math.ceil(rowsWanted(height, 1, CHAIN_ROWS));
  const own = arrows.filter(({ from, to, kind }) => kind !== 'rule' && rows.has(from) && rows.has(to));
  const tops: string[] = [ids.find((id) => rows.get(id) === 0) ?? ''];
  const ends: string[] = [];
  let [column, start] = [0, 0];
  for (let row = 0; row < height; row += 1) {
    const across = own.filter(({ from, to }) => (rows.get(from) ?? 0) < row !== (rows.get(to) ?? 0) < row);
    const [cut] = across;
    if (row - start >= wanted && across.length === 1 && cut?.kind === 'flow') {
      [column, start] = [column + 1, row];
      tops.push(cut.to);
      ends.push(cut.from);
    }
    for (const id of ids) if (rows.get(id) === row) folds.columns.set(id, column);
  }
  if (column === 0) return;
  folds.tops.push(tops);
  const lasts = arrows.filter(
    ({ from, to, kind }) =>
      kind === 'flow' && folds.columns.get(from) === column && rows.has(from) && !rows.has(to),
  );
  for (const end of ends) for (const { to } of lasts) folds.below.push([end, to]);
}

/** Sections in columns of the page, by the rows they begin and end in. */
function foldPage(
  drawing: Drawing,
  arrows: readonly Arrow[],
): { columns: Map<string, number>; tops: string[] } {
  const rows = rowsOf(
    drawing.nodes.map(({ id }) => id),
    arrows,
  );
  const sections = sectionsOf(drawing);
  const columns = new Map<string, number>();
  const tops: string[] = [];
  const height = Math.max(...rows.values()) + 1;
  const wanted = rowsWanted(height, drawing.nodes.length / height, PAGE_ROWS);
  let [column, start] = [-1, 0];
  for (const ids of sections) {
    const own = ids.map((id) => rows.get(id) ?? 0);
    const [first, last] = [Math.min(...own), Math.max(...own) + 1];
    // A section goes where the column comes closest to the wanted height.
    if (column < 0 || (first > start && last - start - wanted > wanted - (first - start))) {
      [column, start] = [column + 1, first];
      tops.push(ids.find((id) => rows.get(id) === first) ?? '');
    }
    for (const id of ids) columns.set(id, column);
  }
  return { columns, tops };
}

/** The nodes of each section, with the hand-offs before it; what ends the drawing goes with the last. */
function sectionsOf({ groups, nodes, arrows }: Drawing): string[][] {
  const tops = new Map(groups.map(({ id, parent }) => [id, parent ?? id]));
  const sectionOf = new Map(nodes.map(({ id, group }) => [id, group === null ? undefined : tops.get(group)]));
  for (const { id, group } of nodes) {
    if (group !== null) continue;
    const next = arrows.find(({ from, kind }) => from === id && kind === 'flow')?.to ?? '';
    sectionOf.set(id, sectionOf.get(next) ?? groups.findLast(({ parent }) => parent === null)?.id);
  }
  return groups
    .filter(({ parent }) => parent === null)
    .map((section) => nodes.map(({ id }) => id).filter((id) => sectionOf.get(id) === section.id))
    .filter((ids) => ids.length > 0);
}
