import fc from 'fast-check';
import { writeCommit } from 'isomorphic-git';
import fs from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { GitSource } from '../../src/gitops/git-source.js';
import { mergeBases } from '../../src/gitops/merge-base.js';
import { commitFiles, git, initRepository } from '../support/repository.js';

/** For each commit its parents, as places of earlier ones, and the hour at which its author's clock stood. */
const history = fc.integer({ min: 2, max: 14 }).chain((size) =>
  fc.tuple(
    ...Array.from({ length: size }, (_, place) =>
      fc.record({
        parents:
          place === 0
            ? fc.constant<number[]>([])
            : fc.uniqueArray(fc.nat({ max: place - 1 }), { maxLength: 3 }),
        hour: fc.nat({ max: 20 }),
      }),
    ),
  ),
);

describe('what two commits have in common', () => {
  let directory: string;
  let repository: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-merge-base-'));
    repository = path.join(directory, 'main');
    await initRepository(repository);
    await commitFiles(repository, { 'workflows/a.yaml': 'a: 1' }, { message: 'one' });
  }, 30_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const open = (location: string) =>
    new GitSource({ location, branch: null, folder: 'workflows', token: null, cacheDirectory: directory });

  it('is what git says, whatever the history and the clocks', async () => {
    const tree = await git(repository, 'rev-parse', 'main^{tree}');
    await fc.assert(
      fc.asyncProperty(history, async (drawn) => {
        const commits: { sha: string; parents: string[]; at: Date }[] = [];
        for (const [place, { parents, hour }] of drawn.entries()) {
          const at = new Date(Date.UTC(2026, 0, 1, hour));
          const names = parents.flatMap((each) => commits[each]?.sha ?? []);
          const person = { name: 'ops', email: 'ops@example.com', timestamp: at.getTime() / 1_000 };
          const who = {
            author: { ...person, timezoneOffset: 0 },
            committer: { ...person, timezoneOffset: 0 },
          };
          const commit = { tree, parent: names, message: `${place}`, ...who };
          const sha = await writeCommit({ fs, dir: repository, commit });
          commits.push({ sha, parents: names, at });
        }
        const bySha = new Map(commits.map((each) => [each.sha, each]));
        const commitOf = (sha: string) => {
          const { parents = [], at = new Date(0) } = bySha.get(sha) ?? {};
          return { parents, committer: { name: '', email: '', at } };
        };
        const [one, other] = [commits.at(-1)?.sha ?? '', commits.at(-2)?.sha ?? ''];
        const mine = await mergeBases(one, other, commitOf, () => Promise.resolve());
        const theirs = await git(repository, 'merge-base', '--all', one, other).catch(() => '');
        expect(mine.sort()).toEqual(theirs.split('\n').filter(Boolean).sort());
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('is found in a clone that borrows its objects', async () => {
    const clone = path.join(directory, 'borrowing');
    const base = await git(repository, 'rev-parse', 'main');
    await git(directory, 'clone', '--quiet', '--shared', repository, clone);
    const head = await commitFiles(clone, { 'workflows/b.yaml': 'b: 1' }, { message: 'two' });
    expect(await open(clone).mergeBase(base, head)).toBe(base);
  }, 30_000);

  it('is not there where a shallow clone ends before it, which then says so', async () => {
    const [clone, old] = [path.join(directory, 'shallow'), await git(repository, 'rev-parse', 'main')];
    await git(repository, 'checkout', '--quiet', '-b', 'change');
    await commitFiles(repository, { 'workflows/c.yaml': 'c: 1' }, { message: 'three' });
    await git(repository, 'checkout', '--quiet', 'main');
    await commitFiles(repository, { 'workflows/a.yaml': 'a: 2' }, { message: 'four' });
    await git(
      directory,
      ...['clone', '--quiet', '--depth=1', '--no-single-branch', `file://${repository}`, clone],
    );
    const source = open(clone);
    const [base, head] = [await source.resolve('main'), await source.resolve('origin/change')];
    await expect(source.mergeBase(base, head)).rejects.toThrow(/shallow.*fetch the whole history/);
    // When the file was touched is not told by the commit at which the history was cut off.
    expect(await source.lastTouched(base, ['workflows/a.yaml'])).toEqual(new Map());
    expect(await open(repository).mergeBase(base, head)).toBe(old);
  }, 30_000);
});
