import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { GitSource } from '../../src/gitops/git-source.js';
import { startGitServer } from '../support/git-server.js';
import { commit, commitFiles, git, initRepository } from '../support/repository.js';

describe('a repository on disk', () => {
  let directory: string;
  let first: string;
  let second: string;
  let third: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-git-'));
    const main = path.join(directory, 'main');
    await initRepository(main);
    first = await commitFiles(main, { 'a.yaml': 'a: 1' }, { message: 'one' });
    second = await commitFiles(main, { 'a.yaml': 'a: 2' }, { message: 'two' });
    await git(
      main,
      '-c',
      'user.name=ops',
      '-c',
      'user.email=ops@example.com',
      'tag',
      '-a',
      'v1',
      '-m',
      'one',
      first,
    );
    await git(main, 'worktree', 'add', '--quiet', path.join(directory, 'linked'), '-b', 'feature');
    third = await commitFiles(path.join(directory, 'linked'), { 'a.yaml': 'a: 3' }, { message: 'three' });
    await git(main, 'worktree', 'add', '--quiet', '--detach', path.join(directory, 'detached'), first);
  }, 30_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const open = (name: string) =>
    new GitSource({
      location: path.join(directory, name),
      branch: null,
      folder: 'workflows',
      token: null,
      cacheDirectory: directory,
    });

  it('knows a commit by each of its names', async () => {
    const source = open('main');
    expect(await source.branch()).toBe('main');
    for (const ref of ['HEAD', 'main', second, second.slice(0, 7)])
      expect(await source.resolve(ref)).toBe(second);
    for (const ref of ['HEAD^', 'HEAD~', 'HEAD~1', 'main^', `${second}~1`, 'feature~2', 'feature^^']) {
      expect(await source.resolve(ref)).toBe(first);
    }
    expect(await source.mergeBase(await source.resolve('v1'), second)).toBe(first);
    await expect(source.resolve('HEAD~2')).rejects.toThrow('goes back beyond the first commit');
    await expect(source.resolve('nope')).rejects.toThrow("'nope' is no branch, tag or commit");
  });

  it('is read through a linked worktree, which has a HEAD of its own', async () => {
    const linked = open('linked');
    expect(await linked.branch()).toBe('feature');
    expect([await linked.resolve('HEAD'), await linked.resolve('main')]).toEqual([third, second]);
    const detached = open('detached');
    expect(await detached.resolve('HEAD')).toBe(first);
    await expect(detached.branch()).rejects.toThrow('has no current branch: set WEIR_BRANCH');
  });

  it('says that it cannot read one whose objects are named by SHA-256', async () => {
    await git(directory, 'init', '--quiet', '--object-format=sha256', 'sha256');
    expect(() => open('sha256')).toThrow('names its objects by SHA-256');
  });
});

describe('what is not merged', () => {
  let directory: string;
  let work: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-merged-'));
    work = path.join(directory, 'work');
    await initRepository(work);
    const on = async (branch: string, file: string) => {
      await git(work, 'checkout', '--quiet', '-b', branch, 'main');
      await commitFiles(work, { [file]: 'a: 1' }, { message: branch });
      await git(work, 'checkout', '--quiet', 'main');
    };
    await commitFiles(work, { 'a.yaml': 'a: 1' }, { message: 'first' });
    await git(work, 'branch', 'old');
    for (const branch of ['merged', 'squashed', 'waiting']) await on(branch, `${branch}.yaml`);
    const asOps = ['-c', 'user.name=ops', '-c', 'user.email=ops@example.com'];
    await git(work, ...asOps, 'merge', '--quiet', '--no-commit', '--no-ff', 'merged');
    await commit(work, { message: 'Merge branch merged' });
    await git(work, ...asOps, 'merge', '--quiet', '--squash', 'squashed');
    await commit(work, { message: 'what squashed is about' });
    await git(work, 'branch', 'fresh');
    await on('group/stacked', 'b.yaml');
    await git(work, 'checkout', '--quiet', '-b', 'dated', 'main');
    await commitFiles(work, { 'c.yaml': 'c: 1' }, { message: 'dated', date: '2020-01-05T09:00:00Z' });
    await git(work, 'checkout', '--quiet', 'main');
    await git(directory, 'clone', '--quiet', '--bare', 'work', 'project.git');
  }, 30_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const open = (location: string) =>
    new GitSource({ location, branch: 'main', folder: '', token: null, cacheDirectory: directory });
  const unmerged = ['dated', 'group/stacked', 'squashed', 'waiting'];
  const listed = async (location: string) => (await open(location).unmergedBranches()).sort();

  it('is what git says', async () => {
    const names = await git(work, 'branch', '--no-merged', 'main', '--format=%(refname:short)');
    expect(names.split('\n').sort()).toEqual(unmerged);
    expect(await listed(work)).toEqual(unmerged);
    await git(work, 'pack-refs', '--all');
    expect(await listed(work)).toEqual(unmerged);
  });

  it('is told of a shallow clone as far as its history goes', async () => {
    await git(directory, 'clone', '--quiet', '--depth=1', '--no-single-branch', `file://${work}`, 'shallow');
    for (const branch of ['fresh', 'old', 'waiting'])
      await git(path.join(directory, 'shallow'), 'branch', '--quiet', branch, `origin/${branch}`);
    expect(await listed(path.join(directory, 'shallow'))).toEqual(['old', 'waiting']);
  });

  it('is told over HTTP once what is synced is at hand', async () => {
    const server = await startGitServer(directory);
    try {
      const source = open(`${server.url}/project.git`);
      const all = ['fresh', 'main', 'merged', 'old', ...unmerged];
      expect((await source.unmergedBranches()).sort()).toEqual(all.sort());
      await source.refresh();
      expect((await source.unmergedBranches()).sort()).toEqual(unmerged);
    } finally {
      await server.close();
    }
  });
});
