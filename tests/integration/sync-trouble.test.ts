import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DataSource } from 'typeorm';
import type { Ports } from '../../src/application/ports.js';
import { rebuildDefinitions } from '../../src/application/rebuild-definitions.js';
import { RepositorySync, type SyncOptions } from '../../src/application/sync-repository.js';
import { watchRepository } from '../../src/application/watch-repository.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { GitSource } from '../../src/gitops/git-source.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { SqlReads } from '../../src/persistence/reads/sql-reads.js';
import { withScratchSchema } from '../../src/persistence/scratch.js';
import { transactionsOn } from '../../src/persistence/transaction.js';
import { createTestDatabase } from '../support/database.js';
import { SIMPLE_TEAM, simpleWorkflow } from '../support/definitions.js';
import { type GitServer, startGitServer } from '../support/git-server.js';
import { commitFiles, git, initRepository } from '../support/repository.js';

const PAGE = { first: 50, after: null, last: null, before: null };

describe('a repository with trouble', () => {
  let directory: string;
  let work: string;
  let server: GitServer;
  let databaseUrl: string;
  let data: DataSource;
  let reads: SqlReads;
  let drop: () => Promise<void>;
  let now: Date;
  let ports: Ports;

  beforeEach(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-trouble-'));
    work = path.join(directory, 'work');
    await initRepository(work);
    await initRepository(path.join(directory, 'bare.git'), { bare: true });
    await git(work, 'remote', 'add', 'origin', path.join(directory, 'bare.git'));
    server = await startGitServer(directory);
    const database = await createTestDatabase();
    [databaseUrl, drop] = [database.url, () => database.drop()];
    data = await createDataSource(database.url).initialize();
    reads = new SqlReads(data);
    now = new Date('2026-03-01T00:00:00Z');
    ports = { clock: { now: () => now }, inTransaction: transactionsOn(data) };
    await commit({ 'team.yaml': SIMPLE_TEAM, ...workflows('a', 'b', 'c', 'd') }, 'Begin');
    await push();
  }, 60_000);

  afterEach(async () => {
    await data.destroy();
    await drop();
    await server.close();
    await rm(directory, { recursive: true, force: true });
  });

  const workflows = (...ids: readonly string[]) =>
    Object.fromEntries(ids.map((id) => [`${id}.yaml`, simpleWorkflow(id)]));
  const commit = (files: Record<string, string | null>, message: string, from = work) =>
    commitFiles(
      from,
      Object.fromEntries(Object.entries(files).map(([file, text]) => [`workflows/${file}`, text])),
      { message },
    );
  const push = (...more: readonly string[]) =>
    git(work, 'push', '--quiet', '--force', 'origin', 'main', ...more);
  const open = (location = `${server.url}/bare.git`) =>
    new GitSource({
      ...{ location, branch: 'main', folder: 'workflows', token: null },
      cacheDirectory: path.join(directory, 'copies'),
    });
  const sync = (options: SyncOptions = {}, source = open()) =>
    new RepositorySync(ports, source).run('cli', LOCAL_ACTOR, options);
  const alerts = async () =>
    (await reads.alerts(PAGE, { isOpen: true }, { field: 'time', direction: 'asc' })).edges.map(
      ({ node: { kind, message } }) => [kind, message],
    );
  const isRetired = async (key: string) => (await reads.workflow(key))?.retiredAt !== null;
  const minutesLater = async (minutes: number) => {
    now = new Date(now.getTime() + minutes * 60_000);
    await watchRepository(ports);
  };

  it('goes on when the branch is deleted and comes back, and says so meanwhile', async () => {
    await sync();
    await git(path.join(directory, 'bare.git'), 'update-ref', '-d', 'refs/heads/main');
    await expect(sync()).rejects.toThrow("has no branch 'main'");
    expect(await alerts()).toEqual([
      ['repository-unreadable', expect.stringContaining("has no branch 'main'")],
    ]);
    expect((await reads.repository())?.failingSince).toEqual(now);
    expect((await reads.workflow('a'))?.version.number).toBe(1);
    await push();
    expect(await sync()).toMatchObject({ outcome: 'unchanged' });
    expect(await alerts()).toEqual([]);
    expect((await reads.repository())?.failure).toBeNull();
  });

  it('tells of a host that is away only when that lasts', async () => {
    await sync();
    await server.close();
    const away = open();
    await expect(sync({}, away)).rejects.toThrow('cannot be read');
    await minutesLater(1);
    expect(await alerts()).toEqual([]);
    await minutesLater(5);
    expect(await alerts()).toEqual([['repository-unreadable', expect.stringContaining('cannot be read')]]);
    server = await startGitServer(directory);
  });

  it('serves the last good version, and raises an alert when that lasts', async () => {
    await sync();
    await commit({ 'a.yaml': simpleWorkflow('a', { responsible: 'nobody' }) }, 'Break it');
    await push();
    expect(await sync()).toMatchObject({ outcome: 'held-back' });
    expect((await reads.repository())?.behindSince).toEqual(now);
    await minutesLater(14);
    expect(await alerts()).toEqual([]);
    await minutesLater(1);
    expect(await alerts()).toEqual([['served-behind', expect.stringContaining('files with errors: 1')]]);
    await commit(workflows('a'), 'Mend it');
    await push();
    await sync();
    await minutesLater(0);
    expect(await alerts()).toEqual([]);
  });

  it('notices a force-push, loses no version, and raises an alert that stays', async () => {
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P7D' }) }, 'Seven days');
    await push();
    await sync();
    await git(work, 'reset', '--quiet', '--hard', 'HEAD~1');
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P9D' }) }, 'Nine days');
    await push();
    expect(await sync()).toMatchObject({ commits: 1, error: expect.stringContaining('rewritten') as string });
    expect(await alerts()).toEqual([['history-rewritten', expect.stringContaining('its versions stay')]]);
    const id = (await reads.workflow('a'))?.id ?? '';
    const efforts = await Promise.all(
      [1, 2, 3].map(async (number) => (await reads.version(id, { type: 'number', number }))?.source),
    );
    expect(efforts.map((source) => /P\dD/.exec(source ?? '')?.[0])).toEqual(['P1D', 'P7D', 'P9D']);
    // Garbage collection at the host takes nothing away that is kept here.
    await git(path.join(directory, 'bare.git'), 'gc', '--quiet', '--prune=now');
    expect(await sync()).toMatchObject({ outcome: 'unchanged' });
  });

  it('pays no heed to a tag that is called like the branch, wherever it moves', async () => {
    const first = await git(work, 'rev-parse', 'HEAD');
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P7D' }) }, 'Seven days');
    await git(work, 'tag', 'main', first);
    await git(work, 'push', '--quiet', '--force', 'origin', 'refs/heads/main', 'refs/tags/main');
    for (const source of [open(), open(work)]) {
      await sync({}, source);
      expect((await reads.workflow('a'))?.version.number).toBe(2);
      await git(work, 'tag', '--force', 'main', 'HEAD');
      await git(work, 'push', '--quiet', '--force', 'origin', 'refs/tags/main');
      expect(await sync({}, source)).toMatchObject({ outcome: 'unchanged' });
    }
  });

  it('takes a shallow clone from where it begins, and goes on from there', async () => {
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P7D' }) }, 'Seven days');
    await push();
    const shallow = path.join(directory, 'shallow');
    const origin = `file://${path.join(directory, 'bare.git')}`;
    await git(directory, 'clone', '--quiet', '--depth=1', origin, shallow);
    expect(await sync({}, open(shallow))).toMatchObject({ commits: 1, outcome: 'synced' });
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P8D' }) }, 'Eight days');
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P9D' }) }, 'Nine days');
    await push();
    await git(shallow, 'fetch', '--quiet', '--depth=1', origin, 'main');
    await git(shallow, 'reset', '--quiet', '--hard', 'FETCH_HEAD');
    expect(await sync({}, open(shallow))).toMatchObject({
      commits: 1,
      error: expect.stringContaining('the clone is shallow') as string,
    });
    expect((await reads.workflow('a'))?.version.source).toContain('P9D');
    expect(await alerts()).toEqual([]);
  });

  it.each([
    ['cut off', (pack: Buffer) => pack.subarray(0, 40)],
    ['changed in the middle', (pack: Buffer) => pack.fill(0xff, pack.length >> 1, (pack.length >> 1) + 20)],
  ])('makes a copy anew that is %s', async (_, damage) => {
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P7D' }) }, 'Seven days');
    await push();
    await open().refresh();
    const [copy = ''] = await readdir(path.join(directory, 'copies'));
    const packs = path.join(directory, 'copies', copy, 'objects', 'pack');
    const [name = ''] = (await readdir(packs)).filter((each) => each.endsWith('.pack'));
    await chmod(path.join(packs, name), 0o644);
    await writeFile(path.join(packs, name), damage(await readFile(path.join(packs, name))));
    const source = open();
    await sync({}, source).catch((error: Error) => expect(error.message).toMatch(/is damaged/));
    await sync({}, source);
    expect(await sync({}, source)).toMatchObject({ outcome: 'unchanged' });
    expect((await reads.workflow('a'))?.version.number).toBe(2);
    expect((await reads.repository())?.failure).toBeNull();
  });

  it('says what is wrong with a repository on disk that is damaged', async () => {
    const objects = path.join(work, '.git', 'objects');
    const head = await git(work, 'rev-parse', 'HEAD^{tree}');
    await rm(path.join(objects, head.slice(0, 2), head.slice(2)));
    await expect(sync({}, open(work))).rejects.toThrow('is missing');
    await writeFile(path.join(objects, head.slice(0, 2), head.slice(2)), 'no object');
    await expect(sync({}, open(work))).rejects.toThrow('is damaged');
  });

  it('keeps too many retirements waiting until a steward lets them happen', async () => {
    await sync();
    await commit({ 'a.yaml': null, 'b.yaml': null }, 'Remove two of four');
    await push();
    expect(await sync()).toMatchObject({ outcome: 'held-back' });
    expect([await isRetired('a'), await isRetired('b')]).toEqual([false, false]);
    expect(await reads.heldBack()).toEqual(
      ['a', 'b'].map((key) => ({
        kind: 'Workflow',
        key,
        reason: 'retirement',
        file: `workflows/${key}.yaml`,
      })),
    );
    expect(await alerts()).toEqual([['retirement-waits', '2 of its workflows wait to be retired: a, b']]);
    expect(await sync({ released: ['a', 'b'] })).toMatchObject({ outcome: 'synced' });
    expect([await isRetired('a'), await isRetired('b')]).toEqual([true, true]);
    expect(await alerts()).toEqual([]);
  });

  it('can be built anew from git alone, row for row', async () => {
    await commit({ 'a.yaml': null }, 'Retire one');
    await commit({ 'b.yaml': null, 'c.yaml': null }, 'Remove two of three');
    await commit({ 'moved/b.yaml': simpleWorkflow('b', { effort: 'P3D' }) }, 'No, keep and move one');
    await push();
    await sync();
    await sync({ released: ['c'] });
    const rebuild = () =>
      withScratchSchema(databaseUrl, (scratch) =>
        rebuildDefinitions(ports.inTransaction, transactionsOn(scratch), {
          ...{ source: open(), clock: ports.clock, progress: () => undefined },
        }),
      );
    const { rows, differences } = await rebuild();
    expect([rows > 15, differences]).toEqual([true, []]);
    await data.query("UPDATE definition SET file = 'elsewhere.yaml' WHERE key = 'd'");
    expect((await rebuild()).differences).toMatchObject([{ table: 'definition', name: 'Workflow d' }]);
    const schemas = await data.query<unknown[]>(
      "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'weir_rebuild%'",
    );
    expect(schemas).toEqual([]);
  });
});
