import { isDeepStrictEqual } from 'node:util';
import { Client } from 'pg';
import WebSocket from 'ws';
import { ask, startWorker } from '../../src/jobs/worker.js';
import { createLogger } from '../../src/observability/logger.js';
import { startGitServer } from '../support/git-server.js';
import { post } from '../support/http.js';
import { startRelay } from '../support/relay.js';
import { type Served, startServe } from '../support/serve.js';
import { startSyncWorld, type SyncWorld, workflows } from '../support/sync-world.js';
import { until } from '../support/until.js';

describe('a server', () => {
  let world: SyncWorld;
  const servers: Served[] = [];
  beforeAll(async () => {
    world = await startSyncWorld();
  }, 60_000);
  afterEach(() => Promise.all(servers.map((each) => each.close())));
  afterAll(() => world.close());

  const serve = async (settings: Readonly<Record<string, string>> = {}) => {
    const all = { DATABASE_URL: world.databaseUrl, WEIR_REPO: world.work, WEIR_POLL_SECONDS: '1' };
    const server = await startServe(world.directory, { ...all, ...settings });
    servers.push(server);
    return server;
  };
  const create = (url: string, key: string) =>
    post(url, {
      query: `mutation { createCampaign(input: { key: "${key}", name: "${key}", workflow: "a" }) { refusals { code } } }`,
    });
  const holding = async (sql: string) => {
    const client = new Client({ connectionString: world.databaseUrl });
    // Where a test fails its database is dropped with it.
    client.on('error', () => undefined);
    await client.connect();
    await client.query('BEGIN');
    await client.query(sql);
    return () => client.query('ROLLBACK').then(() => client.end());
  };
  /** A ready server, and the way to its database. */
  const behindRelay = async () => {
    const { hostname, port, pathname, username, password } = new URL(world.databaseUrl);
    const relay = await startRelay({ host: hostname, port: Number(port) });
    const server = await serve({
      DATABASE_URL: `postgres://${username}:${password}@127.0.0.1:${relay.port}${pathname}`,
    });
    await server.ready();
    return { server, relay };
  };
  const waiting = (query: string) =>
    world.data
      .query<unknown[]>(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query ILIKE $1`,
        [`%${query}%`],
      )
      .then((rows) => rows.length > 0);

  it('that is told to stop ends the request and the job that it has begun, says so, and takes no others', async () => {
    const server = await serve();
    await server.ready();
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise((resolve) =>
      socket.once('close', (code, reason) => resolve([code, String(reason)])),
    );
    // Both come to where they write, and wait there.
    const letThemGo = await holding('LOCK TABLE definition, campaign IN ACCESS EXCLUSIVE MODE');
    await world.commit(workflows('late'), 'Add late');
    const answer = create(server.url, 'in-flight');
    await until(async () => (await waiting('definition')) && (await jobsOf('sync')).length === 1);
    server.child.kill('SIGTERM');
    await until(() => Promise.resolve(server.lines('stopping').length === 1));
    expect(await until(() => server.get('/health/ready').then((found) => found ?? [0]))).toEqual([0]);
    expect(await closed).toEqual([1012, 'the server is stopping']);
    await letThemGo();
    expect(await answer).toMatchObject({ status: 200, data: { createCampaign: { refusals: [] } } });
    expect(await server.ended).toBe(0);
    expect((await world.reads.workflow('late'))?.key).toBe('late');
    expect(await jobsOf('sync')).toEqual([]);
    expect(server.lines('stopped')).toHaveLength(1);
  }, 60_000);

  const jobsOf = (task: string) =>
    world.data.query<unknown[]>(
      'SELECT 1 FROM graphile_worker.jobs WHERE task_identifier = $1 AND locked_at IS NOT NULL',
      [task],
    );

  it('that drains says at once that it is not ready, and serves until the time is over', async () => {
    const server = await serve({ WEIR_DRAIN_SECONDS: '3' });
    await server.ready();
    server.child.kill('SIGTERM');
    expect(await until(async () => ((await server.get('/health/ready'))?.[0] === 503 ? 503 : null))).toBe(
      503,
    );
    expect(await server.get('/health/ready')).toEqual([503, { ok: false, reason: 'stopping' }]);
    expect(await server.get('/health/live')).toEqual([200, { ok: true }]);
    const { status, data, headers } = await create(server.url, 'while-draining');
    expect([status, data, headers.get('connection')]).toEqual([
      200,
      { createCampaign: { refusals: [] } },
      'close',
    ]);
    expect(await server.ended).toBe(0);
  }, 60_000);

  it('ends at once when it is told a second time, in whichever way', async () => {
    const server = await serve({ WEIR_DRAIN_SECONDS: '300' });
    await server.ready();
    server.child.kill('SIGTERM');
    await until(() => Promise.resolve(server.lines(/^stopping/).length === 1));
    server.child.kill('SIGINT');
    expect([await server.ended, server.child.signalCode]).toEqual([null, 'SIGINT']);
  }, 60_000);

  it('hands a job back that does not end, and another begins it anew at once', async () => {
    const begun: string[] = [];
    const start = (name: string, work: () => Promise<void>) =>
      startWorker({
        url: world.databaseUrl,
        ports: world.ports,
        logger: createLogger('silent'),
        lanes: [{ atATime: 1, timetable: '', tasks: { endless: () => (begun.push(name), work()) } }],
      });
    let end: () => void = () => undefined;
    const hangs = await start('one', () => new Promise((resolve) => (end = resolve)));
    await ask(world.ports, 'endless', {}, { key: 'endless' });
    await until(() => Promise.resolve(begun.length === 1));
    const stopped = hangs.stop();
    const next = await start('two', () => Promise.resolve());
    expect(await hangs.handBack()).toBe(1);
    await until(() => Promise.resolve(begun.length === 2), 5_000);
    expect(begun).toEqual(['one', 'two']);
    end();
    await stopped;
    await next.stop();
  }, 30_000);

  it('whose job does not end hands it back after its time, and ends', async () => {
    const server = await serve();
    await server.ready();
    // The lock that commits are taken over under, which may be waited for longer than any other.
    const letGo = await holding('SELECT pg_advisory_xact_lock(7317350)');
    await world.commit(workflows('stuck'), 'Add stuck');
    await until(() => waiting('pg_advisory_xact_lock'));
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(await jobsOf('sync')).toEqual([]);
    expect(server.lines('1 jobs are handed back, and begun anew by another replica')).toHaveLength(1);
    await letGo();
  }, 90_000);

  it('that waits for a silent host while it starts can be stopped all the same', async () => {
    const host = await startGitServer(world.directory, { silence: () => new Promise(() => undefined) });
    const server = await serve({ WEIR_REPO: `${host.url}/bare.git`, WEIR_BRANCH: 'main' });
    const looking = [503, { ok: false, reason: 'looking at the repository' }];
    await until(async () => isDeepStrictEqual(await server.get('/health/ready'), looking), 30_000);
    const since = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(130);
    expect(performance.now() - since).toBeLessThan(15_000);
    await host.close();
  }, 60_000);

  it('whose database is away or silent is not ready, says so in time, and lives', async () => {
    const { server, relay } = await behindRelay();
    for (const [state, reason] of [
      ['silent', 'the database has not answered within 1.5 s'],
      ['away', 'the database does not answer'],
    ] as const) {
      relay.set(state);
      const answer = await until(async () => {
        const found = await server.get('/health/ready');
        return found?.[0] === 503 ? found : null;
      });
      expect(answer).toEqual([503, { ok: false, reason }]);
      expect(await server.get('/health/live')).toEqual([200, { ok: true }]);
      relay.set('open');
      await server.ready();
    }
    await server.close();
    await relay.close();
  }, 60_000);

  it('whose database has fallen silent ends in its time all the same', async () => {
    const { server, relay } = await behindRelay();
    relay.set('silent');
    const answer = fetch(`${server.url}/calendar/late.ics`).catch(() => null);
    await until(async () => (await server.get('/health/ready'))?.[0] === 503);
    const since = performance.now();
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(performance.now() - since).toBeLessThan(40_000);
    await answer;
    await relay.close();
  }, 90_000);

  it('that brings its schema up to date is alive, and not ready', async () => {
    // The lock that migrations are made under; whoever starts waits for it.
    const letGo = await holding('SELECT pg_advisory_xact_lock(7317349)');
    const server = await serve();
    const live = await until(() => server.get('/health/live'), 30_000);
    expect(live).toEqual([200, { ok: true }]);
    expect(await server.get('/health/ready')).toEqual([
      503,
      { ok: false, reason: 'starting: the database is opened and its schema brought up to date' },
    ]);
    await letGo();
    await server.ready();
  }, 60_000);
});
