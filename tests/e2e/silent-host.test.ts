import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ask } from '../../src/jobs/worker.js';
import { freePort } from '../support/free-port.js';
import { startGitServer } from '../support/git-server.js';
import { post } from '../support/http.js';
import { startReceiver } from '../support/receiver.js';
import { git } from '../support/repository.js';
import { startReplica } from '../support/replica.js';
import { startSyncWorld, type SyncWorld } from '../support/sync-world.js';
import { until } from '../support/until.js';

/** A promise that somebody keeps later. */
function later() {
  let end: () => void = () => undefined;
  return { silence: new Promise<void>((resolve) => (end = resolve)), end: () => end() };
}

describe('a host that is silent', () => {
  let world: SyncWorld;
  let server: ChildProcess | undefined;
  beforeEach(async () => {
    world = await startSyncWorld();
  }, 60_000);
  afterEach(async () => {
    if (server?.exitCode === null && server.kill('SIGKILL')) await once(server, 'exit');
    await world.close();
  });

  /** A server on the world's database. */
  async function serve(settings: Readonly<Record<string, string>>) {
    const port = await freePort();
    const env = { PATH: process.env['PATH'], PORT: String(port), DATABASE_URL: world.databaseUrl };
    const child = spawn(process.execPath, [path.resolve('dist/main.js'), 'serve'], {
      cwd: world.directory,
      env: { ...env, ...settings },
    });
    server = child;
    let output = '';
    child.stdout.on('data', (text) => (output += String(text)));
    return { url: `http://127.0.0.1:${port}`, child, output: () => output };
  }

  it('holds up one job at a time, and none of another sort', async () => {
    const host = await startGitServer(world.directory, { silence: () => later().silence });
    const replica = await startReplica({
      ...{ databaseUrl: world.databaseUrl, location: `${host.url}/bare.git`, pollSeconds: 1 },
      directory: path.join(world.directory, 'replica'),
    });
    const jobs = (condition: string) =>
      world.data.query<unknown[]>(`SELECT 1 FROM graphile_worker.jobs WHERE ${condition}`);
    // A second poll is due while the first waits for the host.
    await until(
      async () => (await jobs("key = 'poll' AND run_at < now() AND locked_at IS NULL")).length === 1,
    );
    for (let push = 0; push < 5; push++) await ask(world.ports, 'sync', {}, { key: `sync ${push}` });
    await ask(world.ports, 'watch', {}, { key: 'watched' });
    await until(async () => (await jobs("key = 'watched'")).length === 0, 10_000);
    expect(await jobs("task_identifier = 'sync' AND locked_at IS NOT NULL")).toHaveLength(1);
    await host.close();
    await replica.close();
  }, 60_000);

  it('is named by whoever needs it, and not blamed once it is back', async () => {
    await world.sync();
    let silence = Promise.resolve();
    const host = await startGitServer(world.directory, { silence: () => silence });
    const replica = await startReplica({
      ...{ databaseUrl: world.databaseUrl, location: `${host.url}/bare.git` },
      directory: path.join(world.directory, 'replica'),
    });
    const sync = 'mutation { syncRepository { run { outcome error } } }';
    const plan = (base: string) => ({ query: `{ plan(base: "${base}", head: "main") { ok } }` });
    expect((await post(replica.url, { query: sync })).data).toMatchObject({
      syncRepository: { run: { error: null } },
    });
    const sha = await git(world.work, 'rev-parse', 'HEAD');
    silence = later().silence;
    const unknown = '0123456789'.repeat(4);
    const asked = [post(replica.url, plan('main')), post(replica.url, plan(unknown))];
    const error = {
      message: expect.stringContaining(host.url) as string,
      extensions: { code: 'REPOSITORY_UNREADABLE' },
    };
    // What is at hand needs no host, and does not wait for those who need one.
    expect(
      (await post(replica.url, { query: `{ plan(base: "${sha}", head: "${sha}") { ok } }` })).data,
    ).toEqual({
      plan: { ok: true },
    });
    for (const each of asked) expect((await each).errors).toEqual([expect.objectContaining(error)]);
    expect((await post(replica.url, { query: sync })).data).toMatchObject({
      syncRepository: { run: { outcome: 'FAILED', error: expect.stringContaining(host.url) as string } },
    });
    silence = Promise.resolve();
    expect((await post(replica.url, { query: sync })).data).toMatchObject({
      syncRepository: { run: { error: null } },
    });
    expect((await post(replica.url, plan('main'))).data).toEqual({ plan: { ok: true } });
    await host.close();
    const away = await post(replica.url, plan(unknown));
    expect(away.errors).toEqual([expect.objectContaining(error)]);
    await replica.close();
  }, 90_000);

  it('does not keep a server from answering while it starts', async () => {
    const { silence, end } = later();
    const host = await startGitServer(world.directory, { silence: () => silence });
    const { url, child, output } = await serve({ WEIR_REPO: `${host.url}/bare.git`, WEIR_BRANCH: 'main' });
    const status = (page: string) =>
      fetch(url + page).then(
        async (response) => [response.status, (await response.json()) as object],
        () => null,
      );
    expect(await until(() => status('/health/live'), 30_000)).toEqual([200, { ok: true }]);
    const looking = [503, { ok: false, reason: 'looking at the repository' }];
    await until(async () => isDeepStrictEqual(await status('/health/ready'), looking), 30_000);
    const query = '{ workflows(first: 1) { totalCount } repository { failure } }';
    expect((await post(url, { query })).data).toEqual({ workflows: { totalCount: 0 }, repository: null });
    expect(output()).not.toContain(url);
    end();
    await until(() => Promise.resolve(output().includes(url)), 30_000);
    expect(await status('/health/ready')).toEqual([200, { ok: true }]);
    expect((await post(url, { query })).data).toMatchObject({ workflows: { totalCount: 4 } });
    expect(
      output()
        .split('\n')
        .filter((line) => line.includes(url)),
    ).toHaveLength(1);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    await host.close();
  }, 60_000);

  it('that takes messages does not keep the port of a server that is told to stop', async () => {
    const receiver = await startReceiver();
    receiver.behave('hang');
    const { url, child, output } = await serve({
      ...{ WEIR_REPO: world.work, WEIR_NOTIFY_URL: receiver.url, WEIR_NOTIFY_PRIVATE: 'true' },
    });
    await until(() => Promise.resolve(output().includes('is ready')), 30_000);
    const input = '{ key: "spring", name: "Spring", workflow: "a" }';
    const query = `mutation { createCampaign(input: ${input}) { refusals { message } } }`;
    expect((await post(url, { query })).data).toEqual({ createCampaign: { refusals: [] } });
    await until(() => Promise.resolve(receiver.received.length > 0));
    child.kill('SIGTERM');
    // The message is still under way, and with it the process.
    await until(() =>
      fetch(`${url}/health/live`).then(
        () => false,
        () => true,
      ),
    );
    expect(receiver.hanging).toBeGreaterThan(0);
    expect(child.exitCode).toBeNull();
    await receiver.close();
    expect(await once(child, 'exit')).toEqual([0, null]);
  }, 60_000);

  it.each([
    ['is not there', null, 'cannot be read'],
    ['holds no key', '# nobody\n', 'no key'],
    ['holds what is no key', 'ops@example.com ssh-ed25519 AAAA\n', 'ops@example.com'],
  ])(
    'a file of signers that %s stops the start',
    async (_, text, message) => {
      const signers = path.join(world.directory, 'signers');
      if (text !== null) await writeFile(signers, text);
      const child = spawn(process.execPath, [path.resolve('dist/main.js'), 'serve'], {
        cwd: world.directory,
        env: {
          ...{ PATH: process.env['PATH'], PORT: String(await freePort()), DATABASE_URL: world.databaseUrl },
          ...{ WEIR_REPO: world.work, WEIR_SIGNERS: signers },
        },
      });
      server = child;
      let output = '';
      child.stderr.on('data', (part) => (output += String(part)));
      const [code] = (await once(child, 'close')) as [number];
      expect([code, output]).toEqual([2, expect.stringMatching(new RegExp(`WEIR_SIGNERS: .*${message}`))]);
    },
    30_000,
  );
});
