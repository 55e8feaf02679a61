import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { CORRELATION_HEADER } from '../../src/http/correlation.js';
import { ask, startWorker } from '../../src/jobs/worker.js';
import { correlationId, undertake } from '../../src/observability/correlation.js';
import { createLogger } from '../../src/observability/logger.js';
import { type Collector, startCollector } from '../support/collector.js';
import { post } from '../support/http.js';
import { startReceiver } from '../support/receiver.js';
import { git } from '../support/repository.js';
import { type Served, startServe } from '../support/serve.js';
import { startSyncWorld, type SyncWorld, workflows } from '../support/sync-world.js';
import { until } from '../support/until.js';

const SECRET = 'a-secret-of-webhooks';

describe('what belongs together', () => {
  let world: SyncWorld;
  let collector: Collector;
  const servers: Served[] = [];
  beforeAll(async () => {
    world = await startSyncWorld();
    collector = await startCollector();
  }, 60_000);
  afterEach(() => Promise.all(servers.map((each) => each.close())));
  afterAll(async () => {
    await collector.close();
    await world.close();
  });

  const serve = async (settings: Readonly<Record<string, string>> = {}) => {
    const all = { DATABASE_URL: world.databaseUrl, WEIR_REPO: world.work, WEIR_WEBHOOK_SECRET: SECRET };
    const server = await startServe(world.directory, { ...all, WEIR_POLL_SECONDS: '3600', ...settings });
    servers.push(server);
    await server.ready();
    return server;
  };
  const tracing = () => serve({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url });
  const push = async ({ url }: Served) => {
    const body = '{"ref":"refs/heads/main"}';
    const headers = {
      ...{ 'content-type': 'application/json', 'x-github-event': 'push', 'x-github-delivery': randomUUID() },
      'x-hub-signature-256': `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`,
    };
    const response = await fetch(`${url}/webhooks/github`, { method: 'POST', headers, body });
    expect(response.status).toBe(202);
    return response.headers.get(CORRELATION_HEADER) ?? '';
  };

  it('is one trace, from the webhook to the commit that is served', async () => {
    const server = await tracing();
    await world.commit(workflows('traced'), 'Add traced');
    const id = await push(server);
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    const job = await until(() =>
      Promise.resolve(collector.spans.find(({ traceId, name }) => traceId === id && name === 'job sync')),
    );
    expect(job.events?.map(({ name }) => name)).toEqual(['served']);
    const paths = collector.paths(id);
    for (const path of [
      'POST /webhooks/github > transaction > COMMIT',
      'POST /webhooks/github > transaction > job sync > git fetch',
      'POST /webhooks/github > transaction > job sync > git log',
      'POST /webhooks/github > transaction > job sync > read and validate',
      'POST /webhooks/github > transaction > job sync > transaction > COMMIT',
    ])
      expect(paths).toContain(path);
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(text).toMatch(/^weir_push_to_live_seconds_count\{trigger="webhook"\} 1$/m);
    const [, seconds = ''] = /^weir_push_to_live_seconds_sum\{trigger="webhook"\} (.+)$/m.exec(text) ?? [];
    // The commit's own date is years ago: what counts is when its webhook came.
    expect(Number(seconds)).toBeLessThan(60);
    expect(Number(seconds)).toBeGreaterThan(0);
  }, 60_000);

  it("is part of the caller's trace, down to each statement, and no values are told", async () => {
    const server = await tracing();
    const trace = randomBytes(16).toString('hex');
    const traceparent = `00-${trace}-${randomBytes(8).toString('hex')}-01`;
    const query = 'query Named($key: String!) { campaign(key: $key) { name } }';
    const { headers } = await post(server.url, { query, variables: { key: 'hidden-key' } }, { traceparent });
    expect(headers.get(CORRELATION_HEADER)).toBe(trace);
    await until(() => Promise.resolve(collector.paths(trace).includes('POST /graphql')));
    expect(collector.paths(trace)).toEqual(
      expect.arrayContaining([
        'POST /graphql',
        'POST /graphql > query Named',
        'POST /graphql > query Named > SELECT',
      ]),
    );
    expect(JSON.stringify(collector.spans)).not.toContain('hidden-key');
    const { headers: wrong } = await post(
      server.url,
      { query: '{ limits { cost } }' },
      { traceparent: '00-0-0-0' },
    );
    expect(wrong.get(CORRELATION_HEADER)).toMatch(/^[0-9a-f]{32}$/);
  }, 60_000);

  it('has one correlation id in the log, the answer, the jobs and their jobs, without a collector, too', async () => {
    const receiver = await startReceiver();
    await world.commit(workflows('rewritten'), 'Add rewritten');
    const server = await serve({ WEIR_NOTIFY_URL: receiver.url, WEIR_NOTIFY_PRIVATE: 'true' });
    // That the history is another is told to people, by a job that the sync asks for.
    await git(world.work, 'reset', '--quiet', '--hard', 'HEAD~1');
    await world.commit(workflows('followed'), 'Add followed');
    const id = await push(server);
    for (const message of [
      /^a delivery of github was taken$/,
      /^repository synced/,
      /^1 notifications delivered to /,
    ]) {
      // What the start says belongs to no request.
      const ids = () =>
        server.lines(message).flatMap(({ correlationId: each }) => (each === undefined ? [] : [each]));
      await until(() => Promise.resolve(ids().length > 0));
      expect(ids()).toEqual([id]);
    }
    // A fault of a request is logged with the id that is answered.
    await world.data.query('ALTER TABLE campaign RENAME TO campaign_hidden');
    const { errors, headers } = await post(server.url, { query: '{ campaigns { totalCount } }' });
    await world.data.query('ALTER TABLE campaign_hidden RENAME TO campaign');
    const found = headers.get(CORRELATION_HEADER);
    expect(errors[0]?.extensions['correlationId']).toBe(found);
    expect(server.lines('a request failed').map((line) => line['correlationId'])).toEqual([found]);
    await receiver.close();
  }, 60_000);

  it('tells of a job that fails once, with what it belongs to, and goes on with that when it is tried again', async () => {
    const lines: string[] = [];
    const tried: (string | undefined)[] = [];
    const worker = await startWorker({
      url: world.databaseUrl,
      ports: world.ports,
      logger: createLogger('info', { write: (line) => lines.push(line) }),
      lanes: [
        {
          ...{ atATime: 1, timetable: '' },
          tasks: {
            brittle: () => {
              tried.push(correlationId());
              return tried.length === 1 ? Promise.reject(new Error('not yet')) : Promise.resolve();
            },
          },
        },
      ],
    });
    const asked = undertake('asks', { carrier: {}, kind: 'request' });
    await asked.run(() => ask(world.ports, 'brittle', {}, { key: 'brittle' }));
    await until(() => Promise.resolve(tried.length === 2), 15_000);
    await worker.stop();
    expect(tried).toEqual([asked.correlationId, asked.correlationId]);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        ...{ level: 'error', job: 'brittle', correlationId: asked.correlationId },
        msg: 'a job failed; it is tried again',
      }),
    ]);
  }, 30_000);

  it('costs a caller nothing where the collector hangs or is away, and is given up at the stop', async () => {
    const silent = await startCollector({ hangs: true });
    for (const endpoint of [silent.url, 'http://127.0.0.1:9']) {
      const server = await serve({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
      const since = performance.now();
      for (let asked = 0; asked < 50; asked++)
        expect((await post(server.url, { query: '{ limits { cost } }' })).status).toBe(200);
      expect(performance.now() - since).toBeLessThan(10_000);
      if (endpoint === silent.url) await until(() => Promise.resolve(silent.requests > 0));
      else await until(() => Promise.resolve(server.lines(/^traces cannot be sent/).length === 1));
      const stopping = performance.now();
      server.child.kill('SIGTERM');
      expect(await server.ended).toBe(0);
      expect(performance.now() - stopping).toBeLessThan(12_000);
      expect(server.lines(/^traces cannot be sent/).length).toBeLessThan(2);
    }
    await silent.close();
  }, 90_000);
});
