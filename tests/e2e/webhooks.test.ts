import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { createTestDatabase } from '../support/database.js';
import { simpleWorkflow, SIMPLE_TEAM } from '../support/definitions.js';
import { type Replica, startReplica } from '../support/replica.js';
import { commitFiles, initRepository } from '../support/repository.js';
import { until } from '../support/until.js';

const [OLD, NEW] = ['secret-of-last-year', 'secret-of-this-year'];
/** Payloads as GitHub sent them. */
const RECORDED = createRequire(import.meta.url)('@octokit/webhooks-examples') as readonly {
  readonly name: string;
  readonly examples: readonly object[];
}[];
const PUSH = JSON.stringify(RECORDED.find(({ name }) => name === 'push')?.examples[0]);
const sign = (body: string, secret = NEW) => createHmac('sha256', secret).update(body).digest('hex');

describe('webhooks', () => {
  let directory: string;
  let work: string;
  let drop: () => Promise<void>;
  let replicas: Replica[];
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-webhooks-'));
    work = path.join(directory, 'work');
    await initRepository(work);
    await change('P1D');
    const database = await createTestDatabase();
    drop = () => database.drop();
    const options = { databaseUrl: database.url, location: work, webhookSecrets: [OLD, NEW] };
    replicas = await Promise.all(
      ['one', 'two'].map((name) => startReplica({ ...options, directory: path.join(directory, name) })),
    );
    await replicas[0]?.sync.run('start', LOCAL_ACTOR);
  }, 60_000);
  afterAll(async () => {
    await Promise.all(replicas.map((each) => each.close()));
    await drop();
    await rm(directory, { recursive: true, force: true });
  });

  const change = (effort: string) =>
    commitFiles(
      work,
      { 'workflows/team.yaml': SIMPLE_TEAM, 'workflows/post.yaml': simpleWorkflow('post', { effort }) },
      { message: `Take ${effort}` },
    );
  const one = (): Replica => {
    const [first] = replicas;
    if (!first) throw new Error('no replica');
    return first;
  };
  const versions = async () => (await one().data.query<unknown[]>('SELECT 1 FROM definition_version')).length;
  const jobs = async () =>
    (await one().data.query<unknown[]>("SELECT 1 FROM graphile_worker.jobs WHERE key LIKE 'sync%'")).length;
  const send = async (
    host: string,
    body: string,
    headers: Readonly<Record<string, string>>,
    replica = one(),
  ): Promise<readonly [number, string]> => {
    const all = { 'content-type': 'application/json', ...headers };
    const response = await fetch(`${replica.url}/webhooks/${host}`, { method: 'POST', headers: all, body });
    return [response.status, ((await response.json()) as { message: string }).message];
  };
  const github = (body: string, more: Readonly<Record<string, string>> = {}, replica = one()) =>
    send(
      'github',
      body,
      {
        'x-github-event': 'push',
        'x-github-delivery': randomUUID(),
        'x-hub-signature-256': `sha256=${sign(body)}`,
        ...more,
      },
      replica,
    );

  it.each([
    [
      'github',
      (id: string) => ({
        'x-github-event': 'push',
        'x-github-delivery': id,
        'x-hub-signature-256': `sha256=${sign(PUSH)}`,
      }),
    ],
    [
      'gitea',
      (id: string) => ({
        'x-gitea-event': 'push',
        'x-gitea-delivery': id,
        'x-gitea-signature': sign(PUSH, OLD),
      }),
    ],
    [
      'gitlab',
      (id: string) => ({ 'x-gitlab-event': 'Push Hook', 'x-gitlab-event-uuid': id, 'x-gitlab-token': NEW }),
    ],
  ])('of %s bring a push in, and a replay does nothing', async (host, headersOf) => {
    const before = await versions();
    await change(`P${before + 3}D`);
    const headers = headersOf(randomUUID());
    expect(await send(host, PUSH, headers)).toEqual([202, 'taken']);
    await until(async () => (await versions()) === before + 1);
    await until(async () => (await jobs()) === 0);
    const [, two] = replicas;
    expect(await send(host, PUSH, headers, two)).toEqual([202, 'taken before']);
    expect(await jobs()).toBe(0);
    const { edges } = await one().reads.syncRuns(
      { first: 1, after: null, last: null, before: null },
      {},
      { field: 'time', direction: 'desc' },
    );
    expect(edges[0]?.node.trigger).toBe('webhook');
  });

  it('refuse what is not signed with one of the secrets, and parse nothing of it', async () => {
    const before = await one().data.query<unknown[]>('SELECT * FROM webhook_delivery');
    for (const signature of [
      '',
      'sha256=',
      `sha256=${sign(PUSH, 'another')}`,
      sign(PUSH),
      `sha256=${'0'.repeat(64)}`,
    ])
      expect((await github(PUSH, { 'x-hub-signature-256': signature }))[0]).toBe(401);
    expect(
      (await send('gitlab', PUSH, { 'x-gitlab-event': 'Push Hook', 'x-gitlab-event-uuid': '1' }))[0],
    ).toBe(401);
    // The same body, one byte of it changed.
    expect((await github(PUSH.replace('e', 'f'), { 'x-hub-signature-256': `sha256=${sign(PUSH)}` }))[0]).toBe(
      401,
    );
    expect(await one().data.query<unknown[]>('SELECT * FROM webhook_delivery')).toEqual(before);
  });

  it('take every recorded payload of GitHub, as JSON and as a form', async () => {
    for (const { name, examples: payloads } of RECORDED) {
      const body = JSON.stringify(payloads[0]);
      expect(await github(body, { 'x-github-event': name })).toEqual([202, expect.any(String)]);
    }
    const form = new URLSearchParams({ payload: PUSH }).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    expect(await github(form, type)).toEqual([202, 'taken']);
    const asked = await one().data.query<{ event: string }[]>(
      "SELECT DISTINCT event FROM webhook_delivery WHERE host = 'github'",
    );
    expect(asked.length).toBe(RECORDED.length);
  });

  it('say what is wrong with a body, and outlive any', async () => {
    expect((await github('{'))[0]).toBe(400);
    expect((await github('[]'))[0]).toBe(400);
    expect((await github('null'))[0]).toBe(400);
    expect((await github(PUSH, { 'x-github-delivery': '' }))[0]).toBe(400);
    expect((await github(PUSH, { 'x-github-delivery': 'x'.repeat(201) }))[0]).toBe(400);
    expect((await github('['.repeat(100_000)))[0]).toBe(400);
    const large = await fetch(`${one().url}/webhooks/github`, {
      method: 'POST',
      body: randomBytes(6 * 1024 * 1024),
    }).then(
      ({ status }) => status,
      () => 413,
    );
    expect(large).toBe(413);
    expect((await github(PUSH))[0]).toBe(202);
  });

  it('stop whoever guesses', async () => {
    const guesses = Array.from({ length: 70 }, () => github(PUSH, { 'x-hub-signature-256': 'sha256=0' }));
    const statuses = (await Promise.all(guesses)).map(([status]) => status);
    expect(statuses).toContain(429);
    expect((await github(PUSH))[0]).toBe(202);
  });

  it('make few syncs of many pushes, and lose no commit', async () => {
    await until(async () => (await jobs()) === 0);
    const [before, runsBefore] = await Promise.all([
      versions(),
      one().data.query<unknown[]>('SELECT 1 FROM sync_run'),
    ]);
    const pushes: Promise<unknown>[] = [];
    for (let day = 100; day < 130; day++) {
      await change(`P${day}D`);
      pushes.push(github(PUSH, {}, replicas[day % 2]));
    }
    await Promise.all(pushes);
    await until(async () => (await versions()) === before + 30);
    await until(async () => (await jobs()) === 0);
    const runs = await one().data.query<unknown[]>('SELECT 1 FROM sync_run');
    expect(runs.length - runsBefore.length).toBeLessThanOrEqual(30);
    const history = await one().data.query<unknown[]>(
      "SELECT 1 FROM definition_change WHERE kind = 'modified'",
    );
    // Team and workflow were added; every other version came by one change.
    expect(history.length).toBe((await versions()) - 2);
  });

  it('are counted in the metrics', async () => {
    const text = await (await fetch(`${one().url}/metrics`)).text();
    expect(text).toMatch(/weir_webhook_deliveries_total\{host="github",outcome="accepted"\} [1-9]/);
    expect(text).toMatch(/weir_webhook_deliveries_total\{host="github",outcome="unsigned"\} [1-9]/);
    expect(text).toMatch(/weir_webhook_deliveries_total\{host="github",outcome="too-large"\} 1/);
    expect(text).toMatch(/weir_repository_behind_seconds 0/);
    expect(text).toMatch(/weir_push_to_live_seconds_count\{trigger="webhook"\} [1-9]/);
  });
});
