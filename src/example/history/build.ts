import fs from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import git, { type TreeEntry } from 'isomorphic-git';
import { type ExampleCommit, exampleCommits, openCommits } from './commits.js';
import type { Files } from './replay.js';

/** Where the example repository stands. */
export interface ExampleRepository {
  /** Commit that `main` points to. */
  readonly head: string;
  /** False when it was there already and was left alone. */
  readonly built: boolean;
}

/**
 * Writes the example repository, with its files checked out on `main`. The same day gives the same head.
 * A repository that is there already is left alone, whatever it holds by now.
 */
export async function buildExampleRepository(directory: string, today: Date): Promise<ExampleRepository> {
  const target = resolve(directory);
  const found = await contentsOf(target);
  if (found.includes('.git')) {
    return { head: await git.resolveRef({ fs, dir: target, ref: 'HEAD' }), built: false };
  }
  if (found.length > 0) {
    throw new Error(
      `cannot build the example repository in ${target}: it holds other files and no repository`,
    );
  }
  // Built beside its place and moved there whole, so that a start that was cut short leaves no half repository.
  const building = `${target}.building`;
  await rm(building, { recursive: true, force: true });
  await mkdir(building, { recursive: true });
  const head = await writeRepository(building, exampleCommits(today), openCommits(today));
  await rmdir(target).catch(() => undefined);
  await mkdir(dirname(target), { recursive: true });
  await rename(building, target);
  return { head, built: true };
}

const contentsOf = (directory: string): Promise<string[]> =>
  readdir(directory).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  });

async function writeRepository(
  dir: string,
  story: readonly ExampleCommit[],
  open: readonly ExampleCommit[],
): Promise<string> {
  await git.init({ fs, dir, defaultBranch: 'main' });
  const shas = new Map<string, string>();
  const blobs = new Map<string, string>();
  let head = '';
  for (const commit of [...story, ...open]) {
    const sha = await writeCommit(dir, commit, shas, await writeTree(dir, commit.files, blobs));
    shas.set(commit.key, sha);
    if (commit.branch === null) head = sha;
  }
  await git.writeRef({ fs, dir, ref: 'refs/heads/main', value: head });
  for (const { branch, key } of open)
    await git.writeRef({
      ...{ fs, dir, ref: `refs/heads/${branch ?? ''}` },
      ...{ value: shas.get(key) ?? '', force: true },
    });
  await git.checkout({ fs, dir, ref: 'main' });
  return head;
}

async function writeTree(dir: string, files: Files, blobs: Map<string, string>): Promise<string> {
  const entries: TreeEntry[] = [];
  for (const [path, text] of files) {
    const oid = blobs.get(text) ?? (await git.writeBlob({ fs, dir, blob: Buffer.from(text) }));
    blobs.set(text, oid);
    entries.push({ mode: '100644', path, oid, type: 'blob' });
  }
  const workflows = await git.writeTree({ fs, dir, tree: entries });
  return git.writeTree({
    fs,
    dir,
    tree: [{ mode: '040000', path: 'workflows', oid: workflows, type: 'tree' }],
  });
}

function writeCommit(
  dir: string,
  commit: ExampleCommit,
  shas: Map<string, string>,
  tree: string,
): Promise<string> {
  const signature = { ...commit.author, timestamp: commit.at.getTime() / 1000, timezoneOffset: 0 };
  const message = commit.message.replace('{sha}', shas.get(commit.reverts ?? '') ?? '');
  const parent = commit.parents.map((key) => shas.get(key) ?? '');
  return git.writeCommit({
    fs,
    dir,
    commit: { message, tree, parent, author: signature, committer: signature },
  });
}
