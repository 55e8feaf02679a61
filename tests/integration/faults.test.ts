import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { type Cluster, openCluster, superuser } from '../../src/persistence/embedded/cluster.js';
import {
  findPostmaster,
  haltPostmaster,
  launchPostmaster,
} from '../../src/persistence/embedded/postmaster.js';
import { startApi, type TestApi } from '../support/api.js';
import { SIMPLE_TEAM, simpleWorkflow, TWO_CHANNELS } from '../support/definitions.js';
import { freePort } from '../support/free-port.js';
import { type Receiver, startReceiver } from '../support/receiver.js';
import { commitFiles, initRepository } from '../support/repository.js';
import { post } from '../support/http.js';
import { startReplica } from '../support/replica.js';
import { createTargets } from '../../src/notify/targets.js';
import { acknowledged, send } from '../support/mutations.js';
import { type Served, startServe } from '../support/serve.js';
import { until } from '../support/until.js';

/** A gate that fails, in two servers on one database; one of them is killed. */
describe('a server that is killed with -9', () => {
  let api: TestApi;
  let directory: string;
  let receiver: Receiver;
  let servers: readonly [Served, Served];
  let locker: Client;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-faults-'));
    receiver = await startReceiver();
    api = await startApi();
    await commitFiles(
      api.repository,
      { 'workflows/two.yaml': TWO_CHANNELS },
      { message: 'Two channels', date: '2026-11-22T00:00:00Z' },
    );
    await api.sync.run('cli', LOCAL_ACTOR);
    const settings = {
      ...{ DATABASE_URL: api.databaseUrl, WEIR_REPO: api.repository },
      ...{ WEIR_NOTIFY_URL: `${receiver.url}/hook`, WEIR_NOTIFY_PRIVATE: 'true' },
    };
    servers = [await startServe(directory, settings), await startServe(directory, settings)];
    for (const each of servers) await each.ready();
    await prepare('first');
    await prepare('second');
    locker = await connect(api.databaseUrl);
  }, 180_000);
  afterAll(async () => {
    for (const each of servers) await each.close('SIGTERM');
    await locker.end();
    await api.close();
    await receiver.close();
    await rm(directory, { recursive: true, force: true });
  }, 60_000);

  /** A campaign whose channels say different things, so that its gate fails and pauses one. */
  async function prepare(key: string): Promise<void> {
    const act = (mutation: string, input: object) =>
      acknowledged([{ url: api.url }], mutation, input, randomUUID());
    const brief = [{ name: 'offerCode', text: 'SPRING25' }];
    await act('createCampaign', { key, name: key, workflow: 'two-channels', brief });
    for (const step of ['mail', 'post']) {
      await act('startStep', { campaign: key, step });
      await act('completeStep', { campaign: key, step });
    }
    const said = { mail: '25 % off with code SPRING25.', post: '10 % off with code SUMMER10.' };
    await act('addAsset', { campaign: key, key: 'mail', channel: 'email', text: said.mail });
    await act('addAsset', { campaign: key, key: 'post', channel: 'social', text: said.post });
  }

  const standing = (key: string) =>
    api.query(
      `SELECT (SELECT status FROM campaign_gate WHERE campaign_id = c.id AND key = 'half-way') AS gate,
              (SELECT status FROM campaign_channel WHERE campaign_id = c.id AND channel = 'social') AS social,
              (SELECT count(*)::int FROM audit_record WHERE campaign_id = c.id AND action = 'gate.evaluate') AS records,
              (SELECT count(*)::int FROM alert WHERE subject = c.key || ' social' AND kind = 'channel-paused') AS alerts
         FROM campaign c WHERE c.key = $1`,
      [key],
    );
  const failed = [{ gate: 'failed', social: 'paused', records: 1, alerts: 1 }];

  it('in the middle of a gate has done nothing of it; the same sent again is done, once', async () => {
    const before = await standing('first');
    await locker.query('BEGIN');
    await locker.query(
      `SELECT FROM campaign_channel h JOIN campaign c ON c.id = h.campaign_id WHERE c.key = 'first' FOR UPDATE OF h`,
    );
    const input = { campaign: 'first', gate: 'half-way' };
    const answer = send(servers[0].url, 'evaluateGate', input, 'the-gate');
    await until(async () => {
      const waiting = await api.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND application_name = 'weir'`,
      );
      return waiting.length > 0;
    });
    await servers[0].close();
    expect(await answer).toBeNull();
    await locker.query('ROLLBACK');
    // What the database still did for it is undone, as nobody commits it.
    await until(async () => {
      const open = await api.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND wait_event_type = 'Lock'`,
      );
      return open.length === 0;
    });
    expect(await standing('first')).toEqual(before);
    expect(await acknowledged([servers[1]], 'evaluateGate', input, 'the-gate')).toBe(1);
    expect(await standing('first')).toEqual(failed);
    expect(await acknowledged([servers[1]], 'evaluateGate', input, 'the-gate')).toBe(1);
    expect(await standing('first')).toEqual(failed);
  }, 60_000);

  it('in the middle of a notification leaves it to another, who sends it under the same id', async () => {
    receiver.behave('hang');
    const { length } = receiver.received;
    await acknowledged(
      [servers[1]],
      'evaluateGate',
      { campaign: 'second', gate: 'half-way' },
      'another-gate',
    );
    await until(() => Promise.resolve(receiver.hanging > 0), 30_000);
    await servers[1].close();
    // It was at a job, which somebody has to take over: a quarter of an hour later nobody believes that it still is.
    await api.query(
      "UPDATE graphile_worker._private_jobs SET locked_at = locked_at - interval '15 minutes' WHERE locked_by IS NOT NULL",
    );
    expect(await api.ports.inTransaction(({ jobs }) => jobs.freeAbandoned())).toBeGreaterThan(0);
    receiver.behave({ status: 200 });
    const begun = receiver.received.slice(length).map(({ headers }) => headers['webhook-id']);
    expect(begun.length).toBeGreaterThan(0);
    const replica = await startReplica({
      ...{ databaseUrl: api.databaseUrl, location: api.repository, directory },
      // What a server has taken to send is given up after three minutes.
      now: () => new Date(Date.now() + 200_000),
      targets: createTargets({
        addresses: [{ kind: 'webhook', url: `${receiver.url}/hook` }],
        ...{ secrets: [], allowPrivate: true, timeLimitMs: 2_000 },
      }),
    });
    try {
      const waiting = () => api.query("SELECT FROM notification_delivery WHERE state = 'pending'");
      await until(async () => (await waiting()).length === 0, 60_000);
    } finally {
      await replica.close();
    }
    const ids = receiver.received.map(({ headers }) => headers['webhook-id']);
    for (const id of begun) expect(ids.filter((each) => each === id)).toHaveLength(2);
    const sent = await api.query('SELECT FROM notification_delivery');
    expect(new Set(ids).size).toBe(sent.length);
    expect(await standing('second')).toEqual(failed);
  }, 120_000);
});

describe('a pool whose connections are all taken', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  it('keeps others waiting no longer than it says, does nothing twice, and recovers', async () => {
    await acknowledged([{ url: api.url }], 'createCampaign', SPRING, 'spring');
    const locker = await connect(api.databaseUrl);
    await locker.query(`BEGIN; SELECT FROM campaign WHERE key = 'spring' FOR UPDATE`);
    const update = (at: number) => ({
      ...{ campaign: 'spring', basedOn: null },
      fields: [{ name: 'headline', text: `Version ${at}` }],
    });
    const writes = Array.from({ length: 60 }, (_, at) =>
      send(api.url, 'updateBrief', update(at), `update-${at}`),
    );
    await until(async () => {
      const open = await api.query(`SELECT FROM pg_stat_activity WHERE application_name = 'weir'
        AND datname = current_database() AND wait_event_type = 'Lock'`);
      return open.length >= 20;
    });
    const began = Date.now();
    const { errors } = await post(api.url, { query: '{ campaigns(first: 1) { totalCount } }' });
    expect(errors[0]?.extensions['code']).toBe('TIMEOUT');
    expect(Date.now() - began).toBeLessThan(20_000);
    await locker.query('ROLLBACK');
    await locker.end();
    const answers = await Promise.all(writes);
    const isDone = (answer: (typeof answers)[number]) => answer?.data?.it?.refusals.length === 0;
    const failed = answers.filter((answer) => !isDone(answer));
    expect(failed.map((answer) => answer?.errors?.[0]?.extensions.code)).toEqual(failed.map(() => 'TIMEOUT'));
    // Whoever was told that it took too long sends the same again.
    for (let at = 0; at < writes.length; at++)
      await acknowledged([{ url: api.url }], 'updateBrief', update(at), `update-${at}`);
    expect(
      await api.query(`SELECT count(*)::int AS records, max(brief_version) AS version FROM audit_record a
                         JOIN campaign c ON c.id = a.campaign_id WHERE c.key = 'spring' AND action = 'brief.update'`),
    ).toEqual([{ records: 60, version: 61 }]);
  }, 120_000);
});

const SPRING = { key: 'spring', name: 'Spring', workflow: 'product-launch' };

describe('a clock that is wrong', () => {
  let api: TestApi;
  let directory: string;
  let servers: readonly [Served, Served];
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-clocks-'));
    api = await startApi();
    const settings = { DATABASE_URL: api.databaseUrl, WEIR_REPO: api.repository };
    const wrong = ['--import', path.resolve('tests/support/shifted-clock.js')];
    servers = [
      await startServe(directory, settings),
      await startServe(directory, { ...settings, CLOCK_SHIFT_MS: String(-10 * 86_400_000) }, wrong),
    ];
    for (const each of servers) await each.ready();
  }, 120_000);
  afterAll(async () => {
    for (const each of servers) await each.close('SIGTERM');
    await api.close();
    await rm(directory, { recursive: true, force: true });
  }, 60_000);

  it('dates nothing wrongly and keeps nobody from going on, also where it jumps', async () => {
    const [right, wrong] = servers;
    const did = (server: Served, mutation: string, input: object) =>
      acknowledged([server], mutation, { campaign: 'clocks', ...input }, randomUUID());
    await acknowledged([wrong], 'createCampaign', { ...SPRING, key: 'clocks' }, randomUUID());
    await did(right, 'startStep', { step: 'brief' });
    // Set right, then an hour ahead.
    wrong.child.kill('SIGUSR2');
    await did(wrong, 'completeStep', { step: 'brief' });
    wrong.child.kill('SIGUSR2');
    await did(wrong, 'updateBrief', { fields: [{ name: 'headline', text: 'An hour ahead' }] });
    await did(right, 'updateBrief', { fields: [{ name: 'headline', text: 'Now' }] });
    const records = await api.query(
      `SELECT a.action, abs(extract(epoch FROM now() - a.happened_at)) < 60 AS "isNow",
              a.happened_at >= lag(a.happened_at, 1, a.happened_at) OVER (ORDER BY a.id) AS "isAfter"
         FROM audit_record a JOIN campaign c ON c.id = a.campaign_id WHERE c.key = 'clocks' ORDER BY a.id`,
    );
    expect(records.length).toBeGreaterThanOrEqual(5);
    expect(records).toEqual(records.map((record) => ({ ...(record as object), isNow: true, isAfter: true })));
  }, 60_000);
});

/** Linux has both: a limit on the size of files, which PostgreSQL takes for a full disk, and small disks in memory. */
(process.platform === 'linux' ? describe : describe.skip)('a disk that is full', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-full-'));
    await initRepository(path.join(directory, 'repository'));
    await commitFiles(
      path.join(directory, 'repository'),
      { 'workflows/flow.yaml': simpleWorkflow('flow'), 'workflows/team.yaml': SIMPLE_TEAM },
      { message: 'Begin' },
    );
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it('of the database: nothing is stored by halves, what is there is read, and it goes on once there is room', async () => {
    const cluster = await openCluster(path.join(directory, 'state'), undefined);
    const port = String(await freePort());
    const launch = async () => {
      const { ok, output } = await launchPostmaster(cluster, { port });
      if (!ok) throw new Error(output);
    };
    await launch();
    const url = `postgres://${superuser}:${cluster.password}@127.0.0.1:${port}/postgres`;
    let server: Served | null = null;
    try {
      const settings = { DATABASE_URL: url, WEIR_REPO: path.join(directory, 'repository') };
      server = await startServe(directory, settings);
      await server.ready();
      const spring = { key: 'spring', name: 'Spring', workflow: 'flow' };
      await acknowledged([server], 'createCampaign', spring, 'spring');
      const at = new Date().toISOString();
      const readings = (from: number, to: number) => ({
        campaign: 'spring',
        signals: Array.from({ length: to - from }, (_, key) => ({
          ...{ signal: 's', key: `k${from + key}`, value: 1, at },
        })),
      });
      await acknowledged([server], 'recordSignals', readings(0, 1), 'one');
      const isLimited = await limitTo(cluster, url, at);
      expect(isLimited).toBe(true);
      const answer = await send(server.url, 'recordSignals', readings(1, 5_000), 'many');
      expect(answer?.errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR');
      expect(server.output()).toContain('could not extend file');
      const { data } = await post(server.url, { query: '{ campaign(key: "spring") { key } }' });
      expect(data).toEqual({ campaign: { key: 'spring' } });
      expect(await signalsIn(url)).toBe(1);
      await haltPostmaster(cluster);
      await launch();
      await acknowledged([server], 'recordSignals', readings(1, 5_000), 'many');
      expect(await signalsIn(url)).toBe(5_000);
    } finally {
      await server?.close('SIGTERM');
      await haltPostmaster(cluster);
    }
  }, 120_000);
});

const signalsIn = async (url: string): Promise<number> => {
  const [row] = await ask<{ count: number }>(
    url,
    'SELECT count(*)::int AS count FROM signal WHERE campaign_id <> 0',
  );
  return row?.count ?? -1;
};

/**
 * Lets the table of signals become no larger than it is, by what PostgreSQL takes for a full disk (its manual, "Disk Full Failure");
 * it is made larger than a file of the write-ahead log first, as that is not to be full.
 */
async function limitTo(cluster: Cluster, url: string, at: string): Promise<boolean> {
  await ask(
    url,
    `INSERT INTO signal (id, campaign_id, batch_id, at, value, received_at, signal, key)
     SELECT gen_random_uuid(), 0, 0, '${at}', 1, now(), 'filler', repeat('x', 60) FROM generate_series(1, 130000)`,
  );
  const [{ size } = { size: '0' }] = await ask<{ size: string }>(
    url,
    `SELECT pg_relation_size(tableoid) AS size FROM signal WHERE campaign_id <> 0`,
  );
  const postmaster = await findPostmaster(cluster.dataDirectory);
  await promisify(execFile)(
    'prlimit',
    [`--pid=${postmaster?.pid}`, `--fsize=${size}`],
    cluster.account ?? {},
  );
  // Those that are connected have the limit of before.
  await ask(url, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'weir'`);
  return Number(size) > 16 * 2 ** 20;
}

/** Its end is no fault of the test: where one has failed, its database is dropped with it. */
async function connect(connectionString: string): Promise<Client> {
  const client = new Client({ connectionString, application_name: 'test' });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function ask<T>(url: string, sql: string): Promise<T[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<T & Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
