import type { Change, PlannedCommit } from './story.js';

/** What one commit does to one file, with the whole text on both sides; null where there is no file. */
export interface FileChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}
export type Files = ReadonlyMap<string, string>;

/**
 * Walks the story back from the final files and finds what every commit changed.
 * @throws Error when the story does not lead to these files.
 */
function changesOf(
  story: readonly PlannedCommit[],
  final: Files,
): ReadonlyMap<string, readonly FileChange[]> {
  const files = new Map(final);
  const found = new Map<string, readonly FileChange[]>();
  for (const commit of story.toReversed()) {
    const after = new Map(files);
    for (const change of changesWritten(commit, story).toReversed()) undo(change, files, commit.key);
    found.set(commit.key, differences(files, after));
  }
  if (files.size > 0) throw new Error(`the story never adds ${[...files.keys()].join(', ')}`);
  return found;
}

/** Gives every commit of the story its tree, branches included. */
export function treesOf(story: readonly PlannedCommit[], final: Files): ReadonlyMap<string, Files> {
  const changes = changesOf(story, final);
  const trees = new Map<string, Files>();
  const branches = new Map<string, FileChange[]>();
  let main: Files = new Map();
  for (const commit of story) {
    const own = changes.get(commit.key) ?? [];
    if (commit.branch !== undefined) {
      const open = [...(branches.get(commit.branch) ?? []), ...own];
      branches.set(commit.branch, open);
      // The branch lags behind main in files it does not touch; no plan here merges main into it.
      const start = trees.get(forkOf(commit, story)) ?? main;
      trees.set(commit.key, apply(open, start, commit.key));
      continue;
    }
    main = apply([...own, ...(branches.get(commit.merges ?? '') ?? [])], main, commit.key);
    trees.set(commit.key, main);
  }
  return trees;
}

/** The commit of main from which the branch of this commit was taken. */
export function forkOf(commit: PlannedCommit, story: readonly PlannedCommit[]): string {
  const first = story.findIndex((each) => each.branch === commit.branch);
  return story.slice(0, first).findLast((each) => each.branch === undefined)?.key ?? '';
}

function changesWritten(commit: PlannedCommit, story: readonly PlannedCommit[]): readonly Change[] {
  if (commit.reverts === undefined) return commit.changes ?? [];
  const reverted = story.find((each) => each.key === commit.reverts)?.changes ?? [];
  return reverted.toReversed().map((change) => {
    if (change.type !== 'edit') throw new Error(`${commit.key}: only edits can be reverted`);
    return { ...change, was: change.now, now: change.was };
  });
}

function undo(change: Change, files: Map<string, string>, commit: string): void {
  const textOf = (path: string): string => {
    const text = files.get(path);
    if (text === undefined) throw new Error(`${commit}: there is no file ${path}`);
    return text;
  };
  switch (change.type) {
    case 'add':
      textOf(change.path);
      files.delete(change.path);
      return;
    case 'remove':
      files.set(change.path, change.text);
      return;
    case 'rename':
      files.set(change.from, textOf(change.to));
      files.delete(change.to);
      return;
    case 'edit': {
      const parts = textOf(change.path).split(change.now);
      if (parts.length !== 2) {
        const found = `found ${parts.length - 1} times instead of once in ${change.path} as it stood after '${commit}'`;
        throw new Error(
          `the example's history does not lead to the files in workflows/: ${found}:\n${change.now}`,
        );
      }
      files.set(change.path, parts.join(change.was));
    }
  }
}

function differences(before: Files, after: Files): FileChange[] {
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  return paths
    .map((path) => ({ path, before: before.get(path) ?? null, after: after.get(path) ?? null }))
    .filter((change) => change.before !== change.after);
}

/** Makes edits in files as they are now. @throws Error where what is to be edited does not stand exactly once */
export function edited(files: Files, changes: readonly Change[], commit: string): Files {
  const after = new Map(files);
  for (const change of changes) {
    if (change.type !== 'edit') throw new Error(`${commit}: only edits can be made after the story`);
    undo({ ...change, was: change.now, now: change.was }, after, commit);
  }
  return after;
}

function apply(changes: readonly FileChange[], start: Files, commit: string): Files {
  const files = new Map(start);
  for (const { path, before, after } of changes) {
    if ((files.get(path) ?? null) !== before) throw new Error(`${commit}: ${path} was changed on both sides`);
    if (after === null) files.delete(path);
    else files.set(path, after);
  }
  return files;
}
