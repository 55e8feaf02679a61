// Reads the history of a repository and every file that its commits change, by one of two readers, in a process of its own:
// node read.js weir|isomorphic-git REPOSITORY COMMITS
import fs from 'node:fs';
import git from 'isomorphic-git';
import { GitSource } from '../../dist/gitops/git-source.js';

const [reader, location, limit] = process.argv.slice(2);
const begin = performance.now();
const files = await { weir: withWeir, 'isomorphic-git': withIsomorphicGit }[reader](Number(limit));
const milliseconds = performance.now() - begin;
console.log(JSON.stringify({ files, milliseconds, peakMiB: process.resourceUsage().maxRSS / 1_024 }));

async function withWeir(commits) {
  const source = new GitSource({
    location,
    branch: 'main',
    folder: 'workflows',
    token: null,
    cacheDirectory: location,
  });
  const head = await source.resolve('refs/heads/main');
  const since = commits === Infinity ? null : await source.resolve(`${head}~${commits}`);
  let [files, before] = [0, since];
  for (const { sha } of (await source.commitsSince(since, head)).commits) {
    // What `read` asks for, without parsing it.
    for (const blob of source.changes({ paths: [] }, before, sha).values())
      if (blob !== null) files += source.text(blob) && 1;
    before = sha;
  }
  return files;
}

/** As its documentation advises: one cache for all calls, and a file system that answers from memory. */
async function withIsomorphicGit(commits) {
  const asked = new Map();
  const remembered =
    (method) =>
    async (...question) => {
      const key = JSON.stringify([method, ...question]);
      if (!asked.has(key))
        asked.set(
          key,
          fs.promises[method](...question).then(
            (value) => ({ value }),
            (error) => ({ error }),
          ),
        );
      const { value, error } = await asked.get(key);
      if (error) throw error;
      return value;
    };
  const cached = ['readFile', 'readdir', 'stat', 'lstat'].map((method) => [method, remembered(method)]);
  const store = { promises: { ...fs.promises, ...Object.fromEntries(cached) } };
  const cache = {};
  const read = async (oid) =>
    (await git.readObject({ fs: store, gitdir: location, oid, cache, format: 'parsed' })).object;
  const folderOf = async ({ tree }) =>
    (await read(tree)).find((entry) => entry.path === 'workflows')?.oid ?? null;
  const entries = async (oid) =>
    new Map((oid === null ? [] : await read(oid)).map((entry) => [entry.path, entry]));
  const differing = async (before, after) => {
    const known = await entries(before);
    let files = 0;
    for (const [name, { oid, type }] of await entries(after)) {
      const old = known.get(name)?.oid ?? null;
      if (old === oid) continue;
      if (type === 'tree') files += await differing(old, oid);
      else files += (await git.readBlob({ fs: store, gitdir: location, oid, cache })) && 1;
    }
    return files;
  };
  let files = 0;
  let commit = await read(await git.resolveRef({ fs: store, gitdir: location, ref: 'main' }));
  for (let left = commits; left > 0; left--) {
    const parent = commit.parent[0] === undefined ? null : await read(commit.parent[0]);
    files += await differing(parent && (await folderOf(parent)), await folderOf(commit));
    if (parent === null) break;
    commit = parent;
  }
  return files;
}
