import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Objects } from '../../src/gitops/objects/objects.js';
import type { GitObject } from '../../src/gitops/objects/entry.js';
import { indexPack } from '../../src/gitops/objects/index-pack.js';
import { commitFiles, git, initRepository } from '../support/repository.js';
import { runBytes } from '../support/run.js';

const nameOf = ({ type, content }: GitObject): string =>
  createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');

const FILES = 12;
const COMMITS = 60;

/** Long enough that git stores most of a later version as a difference. */
const text = (file: number, version: number): string =>
  Array.from({ length: 200 }, (_, line) =>
    line === (version * 7) % 200 ? `changed ${version}` : `line ${line} of ${file}`,
  ).join('\n');

describe("git's objects, read without git", () => {
  let directory: string;
  let origin: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-objects-'));
    origin = path.join(directory, 'origin');
    await initRepository(origin);
    for (let number = 0; number < COMMITS; number++) {
      const file = number % FILES;
      const files = { [`folder/${file}.yaml`]: text(file, number), [`empty-${file}`]: '' };
      await commitFiles(origin, files, { message: `Ändere ${number}` });
    }
    await git(
      origin,
      ...['-c', 'user.name=ops', '-c', 'user.email=ops@example.com'],
      ...['tag', '-a', 'v1', '-m', 'one'],
    );
  }, 60_000);
  afterAll(() => rm(directory, { recursive: true, force: true }));

  /** A copy of the repository, object for object. */
  const copy = async (name: string): Promise<string> => {
    const place = path.join(directory, name);
    await fs.promises.cp(origin, place, { recursive: true });
    return place;
  };
  const gitdir = (place: string) => path.join(place, '.git');
  const open = (place: string) => new Objects(gitdir(place));
  const packFolder = (place: string) => path.join(gitdir(place), 'objects', 'pack');
  const only = async (place: string, end: string): Promise<string> => {
    const names = (await readdir(packFolder(place))).filter((name) => name.endsWith(end));
    expect(names).toHaveLength(1);
    return path.join(packFolder(place), names[0] ?? '');
  };
  /** Writes the pack anew; git leaves its files read-only. */
  const rewrite = async (place: string, change: (pack: Buffer) => Buffer): Promise<void> => {
    const pack = await only(place, '.pack');
    const changed = change(await readFile(pack));
    await rm(pack);
    await writeFile(pack, changed);
  };
  const names = async (place: string): Promise<string[]> => {
    const format = '--batch-check=%(objectname)';
    return (await git(place, 'cat-file', '--batch-all-objects', format)).split('\n');
  };

  /** Every object as `git cat-file` has it. */
  const expectEqual = async (place: string, objects = open(place)): Promise<void> => {
    const all = await names(place);
    expect(all.length).toBeGreaterThan(3 * COMMITS);
    const input = `${all.join('\n')}\n`;
    const { out: batch } = await runBytes('git', ['cat-file', '--batch'], { cwd: place, input });
    let at = 0;
    for (const oid of all) {
      const head = batch.toString('latin1', at, batch.indexOf(10, at));
      const [, type, size] = head.split(' ');
      const from = at + head.length + 1;
      at = from + Number(size) + 1;
      const object = objects.read(oid);
      expect([oid, object?.type, object?.content.length]).toEqual([oid, type, Number(size)]);
      expect(object?.content.equals(batch.subarray(from, at - 1))).toBe(true);
    }
    objects.close();
  };
  const deltas = async (place: string): Promise<number> => {
    const listed = await git(place, 'verify-pack', '-v', await only(place, '.idx'));
    return listed.split('\n').filter((line) => /^[0-9a-f]{40} \w+ +\d+ \d+ \d+ \d+ [0-9a-f]{40}$/.test(line))
      .length;
  };

  it('are equal to what git says of them, loose', async () => {
    await expectEqual(await copy('loose'));
  });

  it.each([
    ['distances to their bases', 'true'],
    ['names of their bases', 'false'],
  ])('are equal in a pack of deltas with %s', async (_, offsets) => {
    const place = await copy(`deltas-${offsets}`);
    await git(place, '-c', `repack.useDeltaBaseOffset=${offsets}`, 'repack', '-adfq', '--depth=50');
    await git(place, 'prune-packed');
    expect(await deltas(place)).toBeGreaterThan(COMMITS / 2);
    await expectEqual(place);
    const { index, checksum } = await indexPack(await only(place, '.pack'));
    expect(index.equals(await readFile(await only(place, '.idx')))).toBe(true);
    expect(await only(place, '.pack')).toContain(checksum);
  });

  it('are equal in several packs with loose ones beside them', async () => {
    const place = await copy('several');
    await git(place, 'repack', '-adq');
    for (const message of ['packed', 'loose']) {
      await commitFiles(place, { 'folder/0.yaml': text(0, message.length + COMMITS) }, { message });
      if (message === 'packed') await git(place, 'repack', '-dq');
    }
    expect((await readdir(packFolder(place))).filter((name) => name.endsWith('.pack'))).toHaveLength(2);
    await expectEqual(place);
  });

  it('are found where a repository borrows them, and where that one does', async () => {
    const place = await copy('lender');
    const [middle, last] = ['middle', 'last'].map((name) => path.join(directory, name));
    await git(directory, 'clone', '--quiet', '--shared', place, middle ?? '');
    await git(directory, 'clone', '--quiet', '--shared', middle ?? '', last ?? '');
    expect(fs.existsSync(path.join(last ?? '', '.git', 'objects', 'info', 'alternates'))).toBe(true);
    await expectEqual(last ?? '');
  });

  it('are found again after git has packed, repacked and cleaned up in between', async () => {
    const place = await copy('collected');
    const objects = open(place);
    const all = await names(place);
    const [head = ''] = all;
    expect(objects.read(head)).not.toBeNull();
    for (const command of [
      ['gc', '--quiet'],
      ['repack', '-adfq', '--depth=50'],
      ['repack', '-adfq', '--depth=1'],
    ]) {
      await git(place, ...command);
      for (const oid of all) expect(objects.read(oid)).not.toBeNull();
    }
    const added = await commitFiles(place, { 'folder/new.yaml': 'new' }, { message: 'New' });
    expect(objects.read(added)?.type).toBe('commit');
    await git(place, 'gc', '--quiet', '--prune=now');
    await expectEqual(place, objects);
  });

  it('that are nowhere are none', async () => {
    const place = await copy('absent');
    expect(open(place).read('0'.repeat(40))).toBeNull();
    await git(place, 'repack', '-adq');
    expect(open(place).read('f'.repeat(40))).toBeNull();
  });

  it('are found by the beginning of their names, packed or loose', async () => {
    const place = await copy('short');
    const [oid = ''] = await names(place);
    expect(open(place).namesLike(oid.slice(0, 12))).toEqual([oid]);
    await git(place, 'repack', '-adq');
    expect(open(place).namesLike(oid.slice(0, 12))).toEqual([oid]);
    expect(open(place).namesLike('xyz1')).toEqual([]);
  });

  it('of a pack that was cut off are refused, and no other is made up', async () => {
    const place = await copy('truncated');
    await git(place, 'repack', '-adfq');
    await rewrite(place, (pack) => pack.subarray(0, pack.length >> 1));
    const { right, refused } = await outcomes(place);
    expect(right).toBeGreaterThan(0);
    expect(refused).toBeGreaterThan(0);
  });

  it('with a damaged byte are refused, wherever it is', async () => {
    const place = await copy('damaged');
    await git(place, 'repack', '-adfq', '--depth=50');
    const { length } = await readFile(await only(place, '.pack'));
    let refusals = 0;
    for (let at = 12; at < length - 20; at += Math.ceil(length / 40)) {
      const flip = (pack: Buffer) => {
        pack[at] = (pack[at] ?? 0) ^ 0x55;
        return pack;
      };
      await rewrite(place, flip);
      refusals += (await outcomes(place)).refused;
      await rewrite(place, flip);
    }
    expect(refusals).toBeGreaterThan(20);
    await expectEqual(place);
  }, 60_000);

  it('are indexed beside what is larger than any definition, whatever is built on that', async () => {
    const place = path.join(directory, 'films');
    await initRepository(place);
    const film = Buffer.alloc(70 * 2 ** 20, 'film ');
    await writeFile(path.join(place, 'film.bin'), film);
    await commitFiles(place, { 'workflows/a.yaml': 'a: 1' }, { message: 'one' });
    await writeFile(path.join(place, 'film.bin'), Buffer.concat([film, Buffer.from('end')]));
    const head = await commitFiles(place, { 'workflows/a.yaml': 'a: 2' }, { message: 'two' });
    await git(place, '-c', 'core.bigFileThreshold=1g', 'repack', '-adfq');
    const pack = await only(place, '.pack');
    const { index } = await indexPack(pack);
    await rm(pack.replace(/pack$/, 'idx'));
    await writeFile(pack.replace(/pack$/, 'idx'), index);
    const objects = open(place);
    expect(objects.read(head)?.type).toBe('commit');
    const [older, newer] = await Promise.all(
      ['HEAD~1', 'HEAD'].map((commit) => git(place, 'rev-parse', `${commit}:workflows/a.yaml`)),
    );
    expect([older, newer].map((oid) => objects.read(oid ?? '')?.content.toString())).toEqual([
      'a: 1',
      'a: 2',
    ]);
    objects.close();
    // Without deltas between them both films have their names.
    await rm(pack.replace(/pack$/, 'idx'));
    await git(place, 'index-pack', pack);
    await git(place, '-c', 'core.bigFileThreshold=1m', 'repack', '-adfq');
    const whole = await indexPack(await only(place, '.pack'));
    expect(whole.index.equals(await readFile(await only(place, '.idx')))).toBe(true);
  }, 60_000);

  it('of a pack that was damaged, cut off or builds on what is not in it are not indexed', async () => {
    const place = await copy('unindexed');
    await git(place, 'repack', '-adfq', '--depth=50');
    const pack = await only(place, '.pack');
    const whole = await readFile(pack);
    const draft = path.join(directory, 'draft.pack');
    const indexOf = async (content: Buffer) => {
      await writeFile(draft, content);
      return indexPack(draft);
    };
    const sealed = (content: Buffer) => {
      createHash('sha1')
        .update(content.subarray(0, -20))
        .digest()
        .copy(content, content.length - 20);
      return content;
    };
    await expect(indexOf(whole.subarray(0, 1_000))).rejects.toThrow('cut off');
    await expect(indexOf(Buffer.alloc(10))).rejects.toThrow('no pack');
    for (let at = 12; at < whole.length - 20; at += Math.ceil(whole.length / 40)) {
      const wrong = Buffer.from(whole);
      wrong[at] = (wrong[at] ?? 0) ^ 0x55;
      await expect(indexOf(wrong)).rejects.toThrow('damaged');
      // Damage that states itself right gives an error, or objects of other names.
      await indexOf(sealed(wrong)).then(
        ({ index }) => expect(index.equals(whole)).toBe(false),
        (error: unknown) => expect(error).toHaveProperty('name', 'DamagedObject'),
      );
    }
    const [oid = ''] = await names(place);
    const { out: thin } = await runBytes(
      'git',
      ['pack-objects', '--thin', '--stdout', '--revs', '--delta-base-offset', '-q'],
      { cwd: place, input: 'HEAD\n^HEAD~1\n' },
    );
    await expect(indexOf(thin).then(() => oid)).rejects.toThrow('builds on an object that is missing');
  }, 60_000);

  it('that are loose and damaged, or cut off, are refused', async () => {
    const place = await copy('damaged-loose');
    const [oid = ''] = await names(place);
    const file = path.join(gitdir(place), 'objects', oid.slice(0, 2), oid.slice(2));
    const content = await readFile(file);
    await rm(file);
    for (const wrong of [content.subarray(0, content.length - 5), Buffer.from('nonsense'), Buffer.alloc(0)]) {
      await writeFile(file, wrong);
      expect(() => open(place).read(oid)).toThrow(`object ${oid} cannot be read`);
    }
  });

  it('of a pack without its index are none, and there once it has one', async () => {
    const place = await copy('no-index');
    await git(place, 'repack', '-adq');
    await git(place, 'prune-packed');
    const index = await only(place, '.idx');
    const kept = await readFile(index);
    const [oid = ''] = await names(place);
    await rm(index);
    const objects = open(place);
    expect(objects.read(oid)).toBeNull();
    await writeFile(index, kept);
    expect(objects.read(oid)).not.toBeNull();
    objects.close();
    await rm(index);
    await mkdir(path.dirname(index), { recursive: true });
    await writeFile(index, kept.subarray(0, 100));
    expect(() => open(place).read(oid)).toThrow('has no index of version 2');
    await appendFile(index, kept.subarray(100));
    await expectEqual(place);
  });

  /** How many objects are right, and how many refused. @throws where one is neither */
  async function outcomes(place: string): Promise<{ right: number; refused: number }> {
    const objects = open(place);
    const found = { right: 0, refused: 0 };
    for (const oid of await names(origin)) {
      try {
        const object = objects.read(oid);
        const name = object && nameOf(object);
        if (name !== oid) throw new Error(`${oid} was made up`);
        found.right += 1;
      } catch (error) {
        expect((error as Error).name).toBe('DamagedObject');
        found.refused += 1;
      }
    }
    objects.close();
    return found;
  }
});
