import { readFile } from 'node:fs/promises';
import { createClient } from 'graphql-ws';
import { parse } from 'yaml';
import WebSocket from 'ws';
import { hashed, TrustedDocuments } from '../../src/http/documents.js';
import { Metrics } from '../../src/observability/metrics.js';
import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';
import { until } from '../support/until.js';

const KNOWN = 'query Known { limits { cost } }';
const read = (file: string) => readFile(`docs/${file}`, 'utf8');

describe('what is shown to Prometheus', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ documents: new TrustedDocuments([hashed(KNOWN)], false) });
  }, 60_000);
  afterAll(() => api.close());

  const shown = async () => (await fetch(`${api.url}/metrics`)).text();
  const names = async () => [...(await shown()).matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name ?? '');
  const value = async (line: string) =>
    (await shown())
      .split('\n')
      .find((each) => each.startsWith(`${line} `))
      ?.split(' ')[1];

  it('is what the documentation says, each of it and nothing else', async () => {
    const document = await read('monitoring.md');
    const [, table = ''] = document.split(/<!-- The (?:end of the )?metrics.*-->/);
    const documented = [...table.matchAll(/`((?:weir|nodejs|process)_\w+)`/g)].map(([, name]) => name);
    expect(new Set(documented)).toEqual(new Set(await names()));
  });

  it('is all that the dashboard and the alerts ask for, each alert with what to do', async () => {
    const { panels } = JSON.parse(await read('monitoring/dashboard.json')) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    const { groups } = parse(await read('monitoring/alerts.yaml')) as {
      groups: { rules: { alert: string; expr: string; annotations: { runbook: string } }[] }[];
    };
    const rules = groups.flatMap((group) => group.rules);
    const there = new Set(await names());
    const asked = [...panels.flatMap(({ targets }) => targets), ...rules].flatMap(({ expr }) => [
      ...expr.matchAll(/\b(?:weir|nodejs|process)_\w+/g),
    ]);
    const missing = asked
      .map(([name]) => name)
      .filter((name) => !there.has(name) && !there.has(name.replace(/_(bucket|sum|count)$/, '')));
    expect(missing).toEqual([]);
    expect(panels[0]?.title).toMatch(/^Push to live/);
    const document = await read('monitoring.md');
    for (const { alert, annotations } of rules) {
      expect(document).toContain(`\n### ${alert}\n\n`);
      expect(annotations.runbook).toBe(`docs/monitoring.md#${alert.toLowerCase()}`);
    }
  });

  it('names operations that are known, and calls all others alike', async () => {
    await post(api.url, { query: KNOWN });
    for (const name of ['Known', 'MadeUp', 'MadeUpToo'])
      await post(api.url, { query: `query ${name} { limits { depth } }` });
    const count = (operation: string) =>
      value(`weir_graphql_operation_duration_seconds_count{operation="${operation}"}`);
    expect([await count('Known'), await count('other'), await count('MadeUp')]).toEqual([
      '1',
      '3',
      undefined,
    ]);
  });

  it('counts requests, errors and refusals, whether or not somebody wants to know of them', async () => {
    const act =
      'mutation { createCampaign(input: { key: "x", name: "x", workflow: "none" }) { campaign { key } } }';
    expect((await post(api.url, { query: act })).data).toEqual({ createCampaign: { campaign: null } });
    expect(await value('weir_refusals_total{code="UNKNOWN_WORKFLOW"}')).toBe('1');
    await post(api.url, { query: '{ nothing }' });
    expect(await value('weir_graphql_errors_total{code="GRAPHQL_VALIDATION_FAILED"}')).toBe('1');
    await fetch(`${api.url}/no/such/place`);
    const line = 'weir_http_request_duration_seconds_count{route="none",status="4xx"}';
    await until(async () => (await value(line)) === '1');
  });

  it('counts requests that end in a fault apart, whatever their status, and those only', async () => {
    const ended = (route: string, status: string) =>
      value(`weir_http_request_duration_seconds_count{route="${route}",status="${status}"}`);
    // Not set up, which is nobody's fault.
    expect((await fetch(`${api.url}/webhooks/github`, { method: 'POST' })).status).toBe(503);
    await until(async () => (await ended('/webhooks/github', '5xx')) === '1');
    await api.query('ALTER TABLE alert RENAME TO alert_away');
    const { errors } = await post(api.url, {
      query: '{ a: alerts { totalCount } b: alerts { totalCount } }',
    });
    await api.query('ALTER TABLE alert_away RENAME TO alert');
    expect(errors[0]?.extensions['code']).toBe('INTERNAL_SERVER_ERROR');
    await until(async () => (await ended('/graphql', 'fault')) === '1');
    const headers = { upgrade: 'nothing' };
    await fetch(`${api.url}/no/such/place`, { headers }).catch(() => undefined);
    await until(async () => Number(await ended('none', '4xx')) >= 1);
  });

  it('counts what is open over sockets, until it ends or its socket does', async () => {
    const client = createClient({
      url: `${api.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
    });
    const one = client.iterate({ query: 'subscription { alertRaised { id } }' });
    const two = client.iterate({ query: 'subscription { alertRaised { kind } }' });
    void one.next();
    void two.next().catch(() => undefined);
    const open = () => value('weir_subscriptions_open');
    await until(async () => (await open()) === '2');
    await one.return?.();
    await until(async () => (await open()) === '1');
    client.terminate();
    await client.dispose();
    await until(async () => (await open()) === '0');
  });

  it('tells of the queue and of connections', async () => {
    expect(await value('weir_jobs_oldest_seconds')).toBe('0');
    await api.query(`SELECT graphile_worker.add_job('nobody-does-it', run_at := now() - interval '1 hour')`);
    expect(await value('weir_jobs_ready')).toBe('1');
    expect(Number(await value('weir_database_connections_idle'))).toBeGreaterThan(0);
  });

  it('leaves out what a database that is away or hangs would have told, and nothing else', async () => {
    for (const ask of [() => Promise.reject(new Error('away')), () => new Promise<never>(() => undefined)]) {
      const measures = { repository: ask, notifications: ask, jobs: ask };
      const metrics = new Metrics(
        { ...measures, pool: () => ({ used: 2, idle: 1, waiting: 3 }) },
        () => new Date(),
      );
      const { text } = await metrics.render();
      expect(text).toMatch(/^weir_database_up 0$/m);
      expect(text).toMatch(/^weir_database_connections_waiting 3$/m);
      expect(text).not.toMatch(/^weir_(jobs|notifications|repository)_\w+ /m);
    }
  });
});
