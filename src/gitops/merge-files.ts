import { diff3Merge } from 'node-diff3';
import type { Problem } from '../domain/problem.js';
import type { SourceFile } from './document/read.js';

export interface Merged {
  readonly files: SourceFile[];
  /** Where both sides changed the same lines. */
  readonly conflicts: Problem[];
}

type Texts = ReadonlyMap<string, string>;
const textsOf = (files: readonly SourceFile[]): Texts => new Map(files.map(({ path, text }) => [path, text]));

/**
 * The tree after the merge: where only one side changed a file, that side; where both did, line by line. A file that one side moved
 * without changing it is changed by the other side where it is now. Unlike git it follows no file that was changed while it was
 * moved, and does not see that both sides have moved one to different places.
 */
export function mergeFiles(
  ancestor: readonly SourceFile[],
  base: readonly SourceFile[],
  head: readonly SourceFile[],
): Merged {
  const old = textsOf(ancestor);
  const ours = textsOf(base);
  const theirs = textsOf(head);
  const [oursMoved, theirsMoved] = [movesOf(old, ours), movesOf(old, theirs)];
  const files: SourceFile[] = [];
  const conflicts: Problem[] = [];
  /** Places that a move has taken a file to; what is there is merged with where it came from. */
  const arrived = new Set([...oursMoved.values(), ...theirsMoved.values()]);
  for (const path of [...new Set([...old.keys(), ...ours.keys(), ...theirs.keys()])].sort()) {
    if (!old.has(path) && arrived.has(path)) continue;
    const [here, there] = [oursMoved.get(path) ?? path, theirsMoved.get(path) ?? path];
    const place = there === path ? here : there;
    const merged = mergeOne(place, old.get(path), ours.get(here), theirs.get(there));
    if (merged.text !== undefined) files.push({ path: place, text: merged.text });
    conflicts.push(...merged.conflicts);
  }
  return { files: files.sort((one, other) => (one.path < other.path ? -1 : 1)), conflicts };
}

/** Files that are gone and stand, word for word, in a new place. */
function movesOf(old: Texts, now: Texts): Map<string, string> {
  const added = new Map([...now].flatMap(([path, text]) => (old.has(path) ? [] : [[text, path] as const])));
  return new Map(
    [...old].flatMap(([path, text]) => {
      const place = now.has(path) ? undefined : added.get(text);
      return place === undefined ? [] : [[path, place] as const];
    }),
  );
}

function mergeOne(
  file: string,
  old: string | undefined,
  ours: string | undefined,
  theirs: string | undefined,
): { text: string | undefined; conflicts: Problem[] } {
  if (theirs === old || theirs === ours) return { text: ours, conflicts: [] };
  if (ours === old) return { text: theirs, conflicts: [] };
  // Changed here and removed there: git asks, and so does this; what was changed is shown.
  if (ours === undefined || theirs === undefined)
    return {
      text: ours ?? theirs,
      conflicts: [conflict(file, 1, 'one side removed the file, the other changed it')],
    };
  const lines: string[] = [];
  const conflicts: Problem[] = [];
  const regions = diff3Merge(ours.split('\n'), (old ?? '').split('\n'), theirs.split('\n'));
  for (const { ok, conflict: both } of regions) {
    if (both) conflicts.push(conflict(file, lines.length + 1, 'both sides changed these lines'));
    lines.push(...(ok ?? both?.b ?? []));
  }
  return { text: lines.join('\n'), conflicts };
}

const conflict = (file: string, line: number, message: string): Problem => ({
  ...{ code: 'E_MERGE_CONFLICT', severity: 'error', message },
  ...{ file, line, column: 1, endLine: line, endColumn: 1 },
  hint: 'bring the branch up to date with the one it goes to',
});
