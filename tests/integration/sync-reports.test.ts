import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { syncOnRequest } from '../../src/application/sync-on-request.js';
import { RepositorySync } from '../../src/application/sync-repository.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { simpleWorkflow } from '../support/definitions.js';
import { git } from '../support/repository.js';
import { startSyncWorld, type SyncWorld } from '../support/sync-world.js';

describe('what a sync says', () => {
  let world: SyncWorld;
  beforeAll(async () => {
    world = await startSyncWorld();
  }, 60_000);
  afterAll(() => world.close());

  const request = (release: readonly string[] = [], source = world.open(), patienceMs = 60_000) =>
    syncOnRequest(world.ports.inTransaction, new RepositorySync(world.ports, source), LOCAL_ACTOR, {
      ...{ trigger: 'api', release, patienceMs },
    });
  /** A host that takes every request and answers none. */
  const silentHost = async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const close = () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.git`, close };
  };

  it('where it never could be read is on record, and told of when it lasts', async () => {
    const source = world.open('http://somebody:secret@127.0.0.1:9/nowhere.git');
    const run = await world.sync({}, source);
    expect(run).toMatchObject({ outcome: 'failed', fromSha: null, toSha: null });
    expect(await world.reads.repository()).toMatchObject({
      ...{ location: 'http://127.0.0.1:9/nowhere.git', branch: 'main', attemptedSha: null },
      ...{ failure: run.error, failingSince: world.now },
    });
    await world.minutesLater(4);
    expect(await world.alerts()).toEqual([]);
    await world.minutesLater(2);
    expect(await world.alerts()).toEqual([['repository-unreadable', run.error]]);
    const everything = JSON.stringify(await world.data.query('SELECT * FROM sync_run, repository, alert'));
    expect(everything).not.toContain('secret');
  });

  it('of another repository ends what is told of the one before', async () => {
    await world.sync();
    expect(await world.alerts()).toEqual([]);
    const ended = await world.data.query<unknown[]>('SELECT resolution FROM alert');
    expect(ended).toEqual([{ resolution: `the repository is ${world.server.url}/bare.git now` }]);
  });

  it('of a fault in the service itself tells nothing of its inside', async () => {
    await world.commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P4D' }) }, 'Four days');
    await world.push();
    await world.data.query('ALTER TABLE git_commit RENAME TO elsewhere');
    await expect(request()).rejects.toThrow('git_commit');
    await world.data.query('ALTER TABLE elsewhere RENAME TO git_commit');
    expect((await world.reads.repository())?.failure).toBe('a fault of the service, which its log tells of');
    expect(await request()).toMatchObject({ run: { outcome: 'synced', error: null } });
    expect((await world.reads.repository())?.failure).toBeNull();
  });

  it('is on record for whoever asked, also where there was nothing new or the same trouble', async () => {
    const recorded = async ({ run }: Awaited<ReturnType<typeof request>>) =>
      (await world.reads.syncRunById(run?.id ?? '0'))?.outcome;
    expect(await recorded(await request())).toBe('unchanged');
    const bare = path.join(world.directory, 'bare.git');
    await git(bare, 'update-ref', '-d', 'refs/heads/main');
    for (const _ of [1, 2]) {
      const failed = await request();
      expect(failed.run?.error).toBe(`${world.server.url}/bare.git has no branch 'main'`);
      expect(await recorded(failed)).toBe('failed');
    }
    await world.push();
    expect(await recorded(await request())).toBe('unchanged');
  });

  it('refuses to let go what is not there, and says what did not wait', async () => {
    expect(await request(['a', 'bb'])).toMatchObject({
      run: null,
      refusals: [{ code: 'UNKNOWN_WORKFLOW', message: expect.stringContaining("'bb'") as string }],
    });
    await world.commit({ 'b.yaml': null, 'c.yaml': null }, 'Remove two of four');
    await world.push();
    expect(await request(['a', 'b', 'c'])).toMatchObject({
      run: { outcome: 'synced' },
      refusals: [{ code: 'NOT_WAITING', message: expect.stringContaining("'a'") as string }],
    });
    expect([await world.isRetired('a'), await world.isRetired('b')]).toEqual([false, true]);
  });

  it('does not wait for a silent host longer than it was asked to, nor for a sync that does', async () => {
    const host = await silentHost();
    const sync = new RepositorySync(world.ports, world.open(host.url));
    const ask = (patienceMs?: number) =>
      sync.run('api', LOCAL_ACTOR, patienceMs === undefined ? {} : { patienceMs });
    const began = Date.now();
    expect(await ask(200)).toMatchObject({
      ...{ outcome: 'failed', error: `${host.url} has not answered within 0.2 s` },
    });
    const hanging = ask();
    expect(await ask(200)).toMatchObject({
      ...{ outcome: 'failed', error: 'a sync that is under way has not ended within 0.2 s' },
    });
    expect(Date.now() - began).toBeLessThan(5_000);
    await host.close();
    expect(await hanging).toMatchObject({ outcome: 'failed' });
  });

  it('is of a copy that is made anew beside whoever reads the one before', async () => {
    await git(world.work, 'checkout', '--quiet', '-b', 'proposal');
    const proposed = await world.commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P8D' }) }, 'Propose');
    await world.push('proposal');
    await git(world.work, 'checkout', '--quiet', 'main');
    const reader = world.open();
    await reader.refresh();
    await reader.bring('refs/heads/proposal');
    const copies = path.join(world.directory, 'copies');
    const [copy = ''] = await readdir(copies);
    for (let pack = 0; pack <= 100; pack++)
      await writeFile(path.join(copies, copy, 'objects', 'pack', `pack-${pack}.pack`), '');
    await world.commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P9D' }) }, 'Nine days');
    await world.push();
    const head = await world.open().refresh();
    expect(await readdir(copies)).toEqual([copy, `${copy}.1`]);
    expect(reader.files(proposed).some(({ text }) => text.includes('P8D'))).toBe(true);
    expect(await reader.refresh()).toBe(head);
    expect(reader.files(head).some(({ text }) => text.includes('P9D'))).toBe(true);
    expect(reader.files(proposed).some(({ text }) => text.includes('P8D'))).toBe(true);
  });
});
