import { createHash } from 'node:crypto';
import type { Problem } from '../domain/problem.js';
import type { SourceFile } from './document/read.js';
import type { GitSource } from './git-source.js';
import { mergeFiles } from './merge-files.js';

/** Names of contents by path; null where there is no file. */
type Blobs = ReadonlyMap<string, string | null>;

/** What a merge makes of the files at its base. */
export interface MergedTree {
  /** Files that differ from the base, as they are after the merge. */
  readonly changed: Blobs;
  /** The same files as they are at the base. */
  readonly back: Blobs;
  /** Contents that are in neither commit, by their name. */
  readonly texts: ReadonlyMap<string, string>;
  readonly conflicts: readonly Problem[];
  /** Where a file stands after the merge: where it stands at the base, if that is elsewhere. */
  readonly cameFrom: ReadonlyMap<string, string>;
}

/**
 * The definitions' folder after a merge; only what either side has changed since their common ancestor is looked at, also outside, as
 * files may move in and out.
 */
export function mergedTree(source: GitSource, ancestor: string, base: string, head: string): MergedTree {
  const [ours, theirs] = [source.differing(ancestor, base), source.differing(ancestor, head)];
  const paths = [...new Set([...ours.keys(), ...theirs.keys()])];
  // What one side left alone is as the ancestor has it, and that is what the way back from the other side leads to.
  const old = new Map([...source.differing(base, ancestor), ...source.differing(head, ancestor)]);
  const side = (changes: Blobs): Map<string, string> =>
    new Map(
      paths.flatMap((path) => {
        const blob = changes.has(path) ? changes.get(path) : old.get(path);
        return typeof blob === 'string' ? [[path, blob] as const] : [];
      }),
    );
  const [oldBlobs, ourBlobs, theirBlobs] = [side(new Map()), side(ours), side(theirs)];
  const files = (blobs: ReadonlyMap<string, string>): SourceFile[] =>
    [...blobs].map(([path, blob]) => ({ path, text: source.text(blob) }));
  const merged = mergeFiles(files(oldBlobs), files(ourBlobs), files(theirBlobs));
  const texts = new Map<string, string>();
  const after = new Map<string, string>();
  for (const { path, text } of merged.files) {
    const known = [ourBlobs, theirBlobs]
      .map((blobs) => blobs.get(path))
      .find((blob) => blob !== undefined && source.text(blob) === text);
    const name = known ?? nameOf(text);
    if (known === undefined) texts.set(name, text);
    after.set(path, name);
  }
  const differ = [...new Set([...after.keys(), ...ourBlobs.keys()])].filter(
    (path) => source.holds(path) && after.get(path) !== ourBlobs.get(path),
  );
  const at = (blobs: ReadonlyMap<string, string>): Blobs =>
    new Map(differ.map((path) => [path, blobs.get(path) ?? null]));
  const { cameFrom } = merged;
  const conflicts = merged.conflicts.filter(({ file }) => source.holds(file));
  return { changed: at(after), back: at(ourBlobs), texts, conflicts, cameFrom };
}

/** The tree in which one file says something else. */
export function withText(path: string, blob: string, text: string): MergedTree {
  const name = nameOf(text);
  const texts = new Map([[name, text]]);
  const same = { conflicts: [], cameFrom: new Map<string, string>() };
  return { changed: new Map([[path, name]]), back: new Map([[path, blob]]), texts, ...same };
}

/** Of contents that git has no name for. */
const nameOf = (text: string): string => `merged ${createHash('sha256').update(text).digest('hex')}`;
