import { diff3Merge } from 'node-diff3';
import type { Problem } from '../domain/problem.js';
import type { SourceFile } from './document/read.js';
import { renames, type Texts } from './renames.js';

export interface Merged {
  readonly files: SourceFile[];
  /** What somebody has to decide before git merges it. */
  readonly conflicts: Problem[];
  /** Where a file stands after the merge: where it stood at the base, if that was elsewhere. */
  readonly cameFrom: ReadonlyMap<string, string>;
}

/** One file on its way: what each side made of it, and where. */
interface Course {
  /** Where it was before, or where it was added. */
  readonly path: string;
  readonly old: string | undefined;
  readonly ours: Side;
  readonly theirs: Side;
}
interface Side {
  /** Null where the side has left it where it was, or has removed it. */
  readonly moved: string | null;
  readonly text: string | undefined;
}

const textsOf = (files: readonly SourceFile[]): Texts => new Map(files.map(({ path, text }) => [path, text]));

/**
 * The tree after the merge, as git makes it (git-merge's strategy `ort`): where only one side changed a file, that side; where both
 * did, line by line; what one side moved is changed by the other where it is now. Folders that were moved as a whole are not
 * followed: what the other side adds to one stays where it was added.
 */
export function mergeFiles(
  ancestor: readonly SourceFile[],
  base: readonly SourceFile[],
  head: readonly SourceFile[],
): Merged {
  const files = new Map<string, string>();
  const cameFrom = new Map<string, string>();
  const conflicts: Problem[] = [];
  for (const course of coursesOf(textsOf(ancestor), textsOf(base), textsOf(head))) {
    const stood = course.ours.moved ?? course.path;
    const place = course.theirs.moved ?? stood;
    const merged = mergeOne(place, course);
    conflicts.push(...merged.conflicts);
    if (merged.text === undefined) continue;
    if (files.has(place) && files.get(place) !== merged.text)
      conflicts.push(conflict(place, 1, 'the sides put different files in this place'));
    files.set(place, merged.text);
    if (stood !== place) cameFrom.set(place, stood);
  }
  for (const place of files.keys()) {
    const within = foldersOf(place).find((folder) => files.has(folder));
    if (within !== undefined)
      conflicts.push(conflict(place, 1, `${within} is a file on one side, and a folder on the other`));
  }
  const inOrder = [...files].sort(([one], [other]) => (one < other ? -1 : 1));
  return { files: inOrder.map(([path, text]) => ({ path, text })), conflicts, cameFrom };
}

function coursesOf(old: Texts, ours: Texts, theirs: Texts): Course[] {
  const [oursMoved, theirsMoved] = [renames(old, ours), renames(old, theirs)];
  const side = (now: Texts, moves: ReadonlyMap<string, string>, path: string): Side => ({
    moved: moves.get(path) ?? null,
    text: now.get(moves.get(path) ?? path),
  });
  const kept = [...old].map(([path, text]): Course => ({
    ...{ path, old: text },
    ...{ ours: side(ours, oursMoved, path), theirs: side(theirs, theirsMoved, path) },
  }));
  const added = (now: Texts, moves: ReadonlyMap<string, string>): Set<string> => {
    const arrived = new Set(moves.values());
    return new Set([...now.keys()].filter((path) => !old.has(path) && !arrived.has(path)));
  };
  const [oursAdded, theirsAdded] = [added(ours, oursMoved), added(theirs, theirsMoved)];
  const fresh = [...new Set([...oursAdded, ...theirsAdded])].map((path): Course => ({
    ...{ path, old: undefined },
    ours: { moved: null, text: oursAdded.has(path) ? ours.get(path) : undefined },
    theirs: { moved: null, text: theirsAdded.has(path) ? theirs.get(path) : undefined },
  }));
  return [...kept, ...fresh].sort((one, other) => (one.path < other.path ? -1 : 1));
}

function mergeOne(
  place: string,
  { old, ours, theirs }: Course,
): { text: string | undefined; conflicts: Problem[] } {
  const apart =
    ours.moved !== null && theirs.moved !== null && ours.moved !== theirs.moved
      ? [conflict(place, 1, `the other side moved the file elsewhere: ${ours.moved}`)]
      : [];
  const [one, other] = [ours.text, theirs.text];
  if (old !== undefined && (one === undefined || other === undefined))
    return oneIsGone(place, old, { ours, theirs });
  if (other === old || other === one) return { text: one, conflicts: apart };
  if (one === old) return { text: other, conflicts: apart };
  const lines: string[] = [];
  const conflicts = [...apart];
  const regions = diff3Merge(linesOf(one), linesOf(old), linesOf(other));
  for (const { ok, conflict: both } of regions) {
    if (both) conflicts.push(conflict(place, lines.length + 1, 'both sides changed these lines'));
    lines.push(...(ok ?? both?.b ?? []));
  }
  return { text: lines.join(''), conflicts };
}

/** Changed or moved here and removed there: git asks, and so does this; what was changed is shown. */
function oneIsGone(
  place: string,
  old: string,
  { ours, theirs }: Pick<Course, 'ours' | 'theirs'>,
): { text: string | undefined; conflicts: Problem[] } {
  const left = ours.text === undefined ? theirs : ours;
  if (left.text === undefined || (left.text === old && left.moved === null))
    return { text: undefined, conflicts: [] };
  const what = left.moved === null ? 'changed' : 'moved';
  return {
    text: left.text,
    conflicts: [conflict(place, 1, `one side removed the file, the other ${what} it`)],
  };
}

/** With their ends: a last line without one is another line than with it. */
const linesOf = (text = ''): string[] => text.split(/(?<=\n)/);

const foldersOf = (path: string): string[] =>
  path.split('/').flatMap((_, at, parts) => (at === 0 ? [] : [parts.slice(0, at).join('/')]));

const conflict = (file: string, line: number, message: string): Problem => ({
  ...{ code: 'E_MERGE_CONFLICT', severity: 'error', message },
  ...{ file, line, column: 1, endLine: line, endColumn: 1 },
  hint: 'bring the branch up to date with the one it goes to',
});
