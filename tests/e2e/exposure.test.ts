import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import WebSocket from 'ws';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';

const MUTATION = 'mutation { syncRepository { refusals { code } } }';
const INTROSPECTION = '{ __schema { queryType { name } } __type(name: "Campaign") { name } }';

describe('a server that others can reach', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({
      ...{ introspection: false, requestsAMinute: 100, trustedProxies: ['127.0.0.1'] },
      // Without authentication nobody would be answered who comes through a proxy.
      authenticate: () => Promise.resolve(LOCAL_ACTOR),
    });
  }, 60_000);
  afterAll(() => api.close());

  /** An address of its own for each test, as a proxy names it, so that none uses up what another may ask. */
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const syncs = async () => (await api.query('SELECT 1 FROM sync_run')).length;

  it.each(['/', '/graphiql', '/graphql', '/health/live', '/health/ready', '/metrics', '/no/such/page'])(
    'sends the headers that browsers heed with %s',
    async (path) => {
      const { headers } = await fetch(`${api.url}${path}`);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none';script-src 'self';");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(/script-src[^;]*/.exec(policy)?.[0]).not.toContain('unsafe');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-powered-by')).toBeNull();
    },
  );

  it('has no script and no style in its pages', async () => {
    const dashboard = await readFile('src/dashboard/index.html', 'utf8');
    for (const page of [dashboard, await (await fetch(`${api.url}/graphiql`)).text()]) {
      expect(page).toMatch(/<script [^>]*src="/);
      expect(page).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\son[a-z]+=|\sstyle=/);
    }
    for (const file of ['editor.js', 'style.css', 'worker-text.js', 'worker-json.js', 'worker-graphql.js'])
      expect((await fetch(`${api.url}/graphiql/${file}`)).status).toBe(200);
  });

  it('does not give its schema away where that is switched off', async () => {
    const { errors, data } = await post(api.url, { query: INTROSPECTION }, from('192.0.2.1'));
    expect(errors.map(({ extensions }) => extensions['code'])).toContain('GRAPHQL_VALIDATION_FAILED');
    expect(data).toBeNull();
    const socket = await connect(api.url, from('192.0.2.1'));
    expect(await socket.ask(INTROSPECTION)).toMatchObject({ type: 'error' });
    expect(await socket.ask('{ __typename }')).toMatchObject({ type: 'next' });
    socket.close();
  });

  it.each([
    ['a form', 'application/x-www-form-urlencoded', `query=${encodeURIComponent(MUTATION)}`],
    [
      'a form with files',
      'multipart/form-data; boundary=b',
      `--b\r\ncontent-disposition: form-data; name="query"\r\n\r\n${MUTATION}\r\n--b--`,
    ],
    ['plain text', 'text/plain', JSON.stringify({ query: MUTATION })],
    ['no type', '', JSON.stringify({ query: MUTATION })],
  ])('carries nothing out that another site’s page can send by itself: %s', async (_, type, body) => {
    const before = await syncs();
    const headers = { origin: 'https://evil.example.com', ...from('192.0.2.2') };
    const { status } = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: type === '' ? headers : { ...headers, 'content-type': type },
      body: type === '' ? new Blob([body]) : body,
    });
    expect([400, 415]).toContain(status);
    expect(await syncs()).toBe(before);
  });

  it('carries no mutation out by GET, and no query of a link', async () => {
    const before = await syncs();
    const link = `${api.url}/graphql?query=${encodeURIComponent(MUTATION)}`;
    expect((await fetch(link, { headers: from('192.0.2.3') })).status).toBe(400);
    const meant = { ...from('192.0.2.3'), 'apollo-require-preflight': '1' };
    expect((await fetch(link, { headers: meant })).status).toBe(405);
    expect(await syncs()).toBe(before);
  });

  it('lets one address ask so often and no more, and another go on', async () => {
    const ask = (address: string) => post(api.url, { query: '{ __typename }' }, from(address));
    const answers = await Promise.all(Array.from({ length: 101 }, () => ask('192.0.2.4')));
    const [refused, ...others] = answers.filter(({ status }) => status === 429);
    expect(others).toEqual([]);
    expect(refused?.errors[0]?.extensions['code']).toBe('RATE_LIMITED');
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(refused?.headers.get('ratelimit-limit')).toBe('100');
    expect(refused?.headers.get('ratelimit-remaining')).toBe('0');
    expect((await ask('192.0.2.5')).status).toBe(200);
    const page = await fetch(`${api.url}/schema/workflow.json`, { headers: from('192.0.2.4') });
    expect(page.status).toBe(429);
    expect(await page.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
    expect((await fetch(`${api.url}/health/live`, { headers: from('192.0.2.4') })).status).toBe(200);
  });

  it('counts what is asked over a socket, too', async () => {
    const socket = await connect(api.url, from('192.0.2.6'));
    for (let count = 1; count < 100; count++) await socket.ask('{ __typename }');
    expect(await socket.ask('{ __typename }')).toMatchObject({
      payload: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    socket.close();
  });
});

describe('an address that nothing can mean', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  it.each(['/calendar/%ff.ics?token=weir_secret', '/calendar/%00.ics', '/audit.ndjson?actor=%00', '/%00'])(
    'is refused, and not said back: %s',
    async (address) => {
      const response = await fetch(api.url + address);
      const text = await response.text();
      expect(response.status).toBe(400);
      expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
      expect(text).not.toContain('secret');
    },
  );

  it('is told from a hash that is not understood, which is no fault either', async () => {
    const { errors } = await post(api.url, {
      ...{ query: '{ __typename }', extensions: { persistedQuery: 5 } },
    });
    expect(errors[0]?.extensions['code']).toBe('BAD_REQUEST');
  });
});

describe('a database that does not get on', () => {
  it('keeps nobody waiting for longer than a request may take', async () => {
    const api = await startApi({ answerTimeoutMs: 500 });
    const locker = new Client({ connectionString: api.databaseUrl, application_name: 'test' });
    await locker.connect();
    await locker.query('BEGIN; LOCK TABLE campaign, repository IN ACCESS EXCLUSIVE MODE');
    const asked = await Promise.all([
      post(api.url, { query: MUTATION }),
      fetch(`${api.url}/calendar/spring.ics`).then(async (response) => ({
        ...{ status: response.status },
        ...((await response.json()) as { errors: { extensions: Record<string, unknown> }[] }),
      })),
    ]);
    for (const { status, errors } of asked)
      expect([status, errors[0]?.extensions['code']]).toEqual([503, 'TIMEOUT']);
    await locker.query('ROLLBACK');
    await locker.end();
    await api.close();
  }, 60_000);
});

describe('a server that no proxy stands before', () => {
  it('does not believe whom a request says it is for', async () => {
    const api = await startApi({ requestsAMinute: 10 });
    const ask = (at: number) =>
      post(api.url, { query: '{ __typename }' }, { 'x-forwarded-for': `192.0.2.${at}` });
    const answers = await Promise.all(Array.from({ length: 11 }, (_, at) => ask(at)));
    await api.close();
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(1);
  });
});

/** A socket that asks one thing after the other, and resolves with the first that is said to each. */
async function connect(url: string, headers: Readonly<Record<string, string>>) {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
  const waiting = new Map<string, (message: unknown) => void>();
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString('utf8')) as { id?: string };
    const id = message.id ?? 'init';
    waiting.get(id)?.(message);
    waiting.delete(id);
  });
  await new Promise((resolve) => socket.once('open', resolve));
  const say = (id: string, message: object) =>
    new Promise<unknown>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify(message));
    });
  await say('init', { type: 'connection_init' });
  let asked = 0;
  return {
    ask: (query: string) => {
      const id = String(++asked);
      return say(id, { id, type: 'subscribe', payload: { query } });
    },
    close: () => socket.close(),
  };
}
