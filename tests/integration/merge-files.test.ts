import fc from 'fast-check';
import isomorphic from 'isomorphic-git';
import fs from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { mergeFiles } from '../../src/gitops/merge-files.js';
import { git, initRepository } from '../support/repository.js';
import { run } from '../support/run.js';

type Tree = Readonly<Record<string, string>>;

const FILES = ['a.yaml', 'b.yaml', 'c.yaml'];
/** Far enough apart for changes of two lines to be two changes. */
const LINES = [2, 9, 16];
const before: Tree = Object.fromEntries(
  FILES.map((name) => [name, Array.from({ length: 20 }, (_, line) => `${name} says ${line}\n`).join('')]),
);

/** Some of these changes do not apply: they are left out then. */
const change = fc.oneof(
  fc.record({
    do: fc.constant('edit' as const),
    file: fc.constantFrom(...FILES),
    line: fc.constantFrom(...LINES),
    text: fc.constantFrom('one', 'other'),
  }),
  fc.record({ do: fc.constant('remove' as const), file: fc.constantFrom(...FILES) }),
  fc.record({
    do: fc.constant('move' as const),
    file: fc.constantFrom(...FILES),
    to: fc.constantFrom('d.yaml', 'e.yaml', 'folder/a.yaml', 'folder/b.yaml', 'd.yaml/x.yaml'),
  }),
  fc.record({
    do: fc.constant('add' as const),
    file: fc.constantFrom('d.yaml', 'folder/a.yaml', 'd.yaml/x.yaml'),
    text: fc.constantFrom('new\n', 'newer\n'),
  }),
);

function changed(changes: readonly (typeof change extends fc.Arbitrary<infer T> ? T : never)[]): Tree {
  const tree = new Map(Object.entries(before));
  const places = new Map(FILES.map((file) => [file, file]));
  const isFree = (place: string) =>
    [...tree.keys()].every(
      (each) => each !== place && !each.startsWith(`${place}/`) && !place.startsWith(`${each}/`),
    );
  for (const each of changes) {
    const place = places.get(each.file) ?? each.file;
    const text = tree.get(place);
    if (each.do === 'add' && isFree(each.file)) tree.set(each.file, each.text);
    if (text === undefined) continue;
    const lines = text.split('\n');
    if (each.do === 'edit') tree.set(place, lines.with(each.line, each.text).join('\n'));
    if (each.do === 'remove') tree.delete(place);
    if (each.do !== 'move' || !isFree(each.to)) continue;
    tree.delete(place);
    tree.set(each.to, text);
    places.set(each.file, each.to);
  }
  return Object.fromEntries(tree);
}

describe('the tree after a merge', () => {
  let repository: string;
  beforeAll(async () => {
    repository = await mkdtemp(path.join(os.tmpdir(), 'weir-merge-'));
    await initRepository(repository);
  });
  afterAll(() => rm(repository, { recursive: true, force: true }));

  async function commit(tree: Tree, parent: readonly string[]): Promise<string> {
    const at = { fs, dir: repository };
    const write = async (entries: readonly (readonly [string, string])[]): Promise<string> => {
      const names = [...new Set(entries.map(([place]) => place.split('/')[0] ?? ''))].sort();
      const written = names.map(async (name) => {
        const own = entries.find(([place]) => place === name);
        if (own) return { ...at, path: name, mode: '100644', type: 'blob', oid: await blob(own[1]) } as const;
        const below = entries.flatMap(([place, text]) =>
          place.startsWith(`${name}/`) ? [[place.slice(name.length + 1), text] as const] : [],
        );
        return { path: name, mode: '040000', type: 'tree', oid: await write(below) } as const;
      });
      return isomorphic.writeTree({ ...at, tree: await Promise.all(written) });
    };
    const blob = (text: string) => isomorphic.writeBlob({ ...at, blob: Buffer.from(text) });
    const who = { name: 'ops', email: 'ops@example.com', timestamp: 0, timezoneOffset: 0 };
    const rest = { parent: [...parent], message: 'x', author: who, committer: who };
    return isomorphic.writeCommit({ ...at, commit: { tree: await write(Object.entries(tree)), ...rest } });
  }

  /** What git makes of it; null where it asks. */
  async function mergedByGit(ours: string, theirs: string): Promise<Tree | null> {
    const args = ['-c', 'merge.directoryRenames=false', 'merge-tree', '--write-tree', ours, theirs];
    const { code, out, err } = await run('git', args, { cwd: repository });
    if (code > 1) throw new Error(err);
    if (code === 1) return null;
    const tree = out.trim();
    const names = (await git(repository, 'ls-tree', '-r', '--name-only', tree)).split('\n').filter(Boolean);
    const texts = names.map(
      async (name) => [name, `${await git(repository, 'cat-file', 'blob', `${tree}:${name}`)}\n`] as const,
    );
    return Object.fromEntries(await Promise.all(texts));
  }

  it('is the one that git makes, and conflicts are where git asks', async () => {
    const files = (tree: Tree) => Object.entries(tree).map(([name, text]) => ({ path: name, text }));
    const side = fc.array(change, { maxLength: 4 });
    const seen = { clean: 0, asked: 0 };
    await fc.assert(
      fc.asyncProperty(side, side, async (one, other) => {
        const [ours, theirs] = [changed(one), changed(other)];
        const root = await commit(before, []);
        const expected = await mergedByGit(await commit(ours, [root]), await commit(theirs, [root]));
        const merged = mergeFiles(files(before), files(ours), files(theirs));
        const isClean = merged.conflicts.length === 0;
        seen[isClean ? 'clean' : 'asked'] += 1;
        const mine = isClean
          ? Object.fromEntries(merged.files.map(({ path: name, text }) => [name, text]))
          : null;
        expect(mine).toEqual(expected);
      }),
      { numRuns: Number(process.env['WEIR_MERGES'] ?? 150) },
    );
    expect(Math.min(seen.clean, seen.asked)).toBeGreaterThan(20);
  }, 600_000);
});
