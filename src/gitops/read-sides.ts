import { distinctProblems, type Problem } from '../domain/problem.js';
import type { Policy } from '../domain/workflow/document.js';
import { KnownFiles } from '../domain/workflow/known-files.js';
import type { ReadStep } from '../domain/workflow/reading.js';
import type { KnownAt } from '../application/plan.js';
import type { GitSource } from './git-source.js';
import type { MergedTree } from './merged-tree.js';

/** Both sides of a merge, as far as they differ. */
export interface BothSides {
  readonly before: ReadStep;
  readonly merged: ReadStep;
  /** Everything that is wrong after the merge. */
  readonly problems: readonly Problem[];
  /** Files that are wrong after the merge. */
  readonly wrong: ReadonlySet<string>;
  /** How many workflows there are at the base. */
  readonly active: number;
  /** Keys of all workflows after the merge, in the order of their files. */
  readonly workflows: readonly string[];
  readonly sources: Sources;
}

/** What is known of the files at a commit, and how they were read. */
export interface Base {
  readonly known: KnownFiles;
  readonly context: string;
  readonly policy: Policy;
}

/** Reads the files at a commit, from where others have read. */
export async function knownBase(
  source: GitSource,
  sha: string,
  today: string,
  start: KnownAt | null,
): Promise<Base> {
  const { known, context: was, sha: from } = start ?? { known: new KnownFiles(), context: null, sha: null };
  const range = { from: known.isEmpty ? null : from, to: sha, today };
  const { context, policy } = await source.read(known, was, range);
  return { known, context, policy };
}

/**
 * Reads the merged tree, and then what it concerns as it is at the base. Where Team, Taxonomy or Policy differ that is every
 * file, and so it is where everything waits for a file that is wrong.
 */
export async function readSides(
  source: GitSource,
  { known, context, policy }: Base,
  { changed, back, texts }: MergedTree,
  today: string,
): Promise<BothSides> {
  const active = [...known.workflows].length;
  const same = new Map(
    [...known.shared, ...known.wrong].map((path) => [path, known.get(path)?.blob ?? null]),
  );
  const isWhole =
    [...known.shared].some((path) => changed.has(path)) ||
    (policy.onBadFile === 'commit' && known.wrong.size > 0);
  const read = (was: string | null, files: typeof changed) =>
    source.readUncommitted(known, isWhole ? null : was, {
      ...{ changed: new Map([...same, ...files]), texts, today },
    });
  const merged = await read(context, changed);
  const after = {
    ...{ problems: problemsIn(known), wrong: new Set(known.wrong), workflows: workflowsIn(known) },
    sources: sourcesIn(source, known, texts),
  };
  return { ...after, active, merged, before: await read(merged.context, back) };
}

/** Everything that is wrong in files that are known. */
export const problemsIn = (known: KnownFiles): Problem[] =>
  distinctProblems(known.paths.flatMap((path) => known.get(path)?.problems ?? []));

const workflowsIn = (known: KnownFiles): string[] =>
  known.paths
    .sort()
    .flatMap((path) => known.get(path)?.claims ?? [])
    .flatMap(({ kind, key }) => (kind === 'Workflow' ? [key] : []));

/** YAML of what stands in the merged tree. */
export interface Sources {
  readonly policies: readonly string[];
  /** Files that define a workflow and what it extends. */
  workflow(key: string): string[];
}

function sourcesIn(source: GitSource, known: KnownFiles, texts: ReadonlyMap<string, string>): Sources {
  const files = new Map<string, { blob: string; parent: string | null }>();
  const policies = new Set<string>();
  for (const path of known.paths) {
    const { blob = null, claims = [] } = known.get(path) ?? {};
    if (blob === null) continue;
    for (const { kind, key, parent } of claims) {
      if (kind === 'Workflow') files.set(key, { blob, parent });
      if (kind === 'Policy') policies.add(blob);
    }
  }
  const text = (blob: string) => texts.get(blob) ?? source.text(blob);
  return {
    policies: [...policies].map(text),
    workflow(key) {
      const found = new Set<string>();
      for (let next = files.get(key); next && !found.has(next.blob); next = files.get(next.parent ?? ''))
        found.add(next.blob);
      return [...found].map(text);
    },
  };
}
