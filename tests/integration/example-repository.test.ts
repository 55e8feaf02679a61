import fs from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import git from 'isomorphic-git';
import {
  buildExampleRepository,
  exampleCommits,
  openCommits,
  shippedFiles,
} from '../../src/example/history.js';

const TODAY = new Date('2026-11-23T08:00:00Z');
const LATER_THAT_DAY = new Date('2026-11-23T23:00:00Z');

describe('the example repository', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'weir-example-'));
  });
  afterEach(async () => {
    await rm(root, { recursive: true, force: true });
  });

  it('has the same head on the same day, another on another day', async () => {
    const one = await buildExampleRepository(join(root, 'one'), TODAY);
    const two = await buildExampleRepository(join(root, 'deep', 'two'), LATER_THAT_DAY);
    const three = await buildExampleRepository(join(root, 'three'), new Date('2027-01-01T00:00:00Z'));
    expect(two).toEqual(one);
    expect(three.head).not.toBe(one.head);
  });

  it('has the shipped definitions at its head and in its folder, with nothing to commit', async () => {
    const dir = join(root, 'repository');
    await buildExampleRepository(dir, TODAY);
    const names = await readdir(join(dir, 'workflows'));
    expect(names.sort()).toEqual([...shippedFiles().keys()]);
    for (const name of names) {
      expect(await readFile(join(dir, 'workflows', name), 'utf8')).toBe(shippedFiles().get(name));
    }
    const status = await git.statusMatrix({ fs, dir });
    expect(status.filter(([, head, folder, stage]) => head !== 1 || folder !== 1 || stage !== 1)).toEqual([]);
    expect(await git.currentBranch({ fs, dir })).toBe('main');
  });

  it('holds every commit with its author, date, parents and message', async () => {
    const dir = join(root, 'repository');
    await buildExampleRepository(dir, TODAY);
    const log = await git.log({ fs, dir });
    const planned = exampleCommits(TODAY);
    expect(log).toHaveLength(planned.length);
    const merge = log.find(({ commit }) => commit.message.startsWith('Merge pull request #9'));
    expect(merge?.commit.parent).toHaveLength(2);
    const oldest = log.find(({ commit }) => commit.parent.length === 0);
    expect(oldest?.commit.author).toMatchObject({ email: 'marketing-ops@example.com' });
    expect(oldest?.commit.committer.timestamp).toBe((planned[0]?.at.getTime() ?? 0) / 1000);
    const revert = log.find(({ commit }) => commit.message.startsWith('Revert'));
    const reverted = /This reverts commit ([0-9a-f]{40})\./.exec(revert?.commit.message ?? '')?.[1];
    expect(log.find(({ oid }) => oid === reverted)?.commit.message).toMatch(/^Accept a message consistency/);
  });

  it('has one branch beside main, which waits to be merged', async () => {
    const dir = join(root, 'repository');
    const { head } = await buildExampleRepository(dir, TODAY);
    const [branch, ...more] = (await git.listBranches({ fs, dir })).filter((name) => name !== 'main');
    expect(more).toEqual([]);
    const log = await git.log({ fs, dir, ref: branch ?? '' });
    expect(log.map(({ commit }) => commit.message).slice(0, 2)).toEqual(
      openCommits(TODAY)
        .map(({ message }) => message)
        .toReversed(),
    );
    expect(log[2]?.oid).toBe(head);
  });

  it('is left alone when it is there, and replaces what an interrupted start left behind', async () => {
    const dir = join(root, 'repository');
    await fs.promises.mkdir(`${dir}.building/.git`, { recursive: true });
    const built = await buildExampleRepository(dir, TODAY);
    expect(built.built).toBe(true);
    expect(await buildExampleRepository(dir, new Date('2027-06-01T00:00:00Z'))).toEqual({
      head: built.head,
      built: false,
    });
    expect(await readdir(root)).toEqual(['repository']);
  });

  it('refuses a folder that holds other things', async () => {
    await writeFile(join(root, 'notes.txt'), 'mine');
    await expect(buildExampleRepository(root, TODAY)).rejects.toThrow('holds other files and no repository');
    expect(await readdir(root)).toEqual(['notes.txt']);
  });
});
