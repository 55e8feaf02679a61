import WebSocket from 'ws';
import { startApi, type TestApi } from '../support/api.js';
import { type Attack, ATTACKS } from '../support/attacks.js';
import { post } from '../support/http.js';

interface Refused {
  readonly errors: readonly { readonly extensions: { readonly code: string } }[];
  readonly data?: unknown;
}

describe('a request that is meant to be dear', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi();
  }, 60_000);
  afterAll(() => api.close());

  /** Nothing of it is carried out, and the answer is short, whatever was sent. */
  const expectRefusal = (text: string, { errors, data = null }: Refused, code: string): void => {
    expect(errors[0]?.extensions.code).toBe(code);
    expect(data).toBeNull();
    expect(text.length).toBeLessThan(32_000);
    expect(text).not.toMatch(/node_modules|\.js:\d|SELECT/);
  };

  it.each(byName(ATTACKS))('is refused by POST: %s', async (_, { body, code }) => {
    const before = api.questions();
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await response.text();
    expectRefusal(text, JSON.parse(text) as Refused, code);
    expect(response.status).toBeLessThan(500);
    expect(api.questions()).toBe(before);
  });

  it.each(byName(ATTACKS.filter(({ isDocument }) => isDocument)))(
    'is refused over a socket: %s',
    async (_, { body, code }) => {
      const before = api.questions();
      const { socket, next } = await connect(api.url);
      socket.send(`{"id":"1","type":"subscribe","payload":${body as string}}`);
      const text = await next();
      const { type, payload } = JSON.parse(text) as { type: string; payload: Refused['errors'] };
      expect(type).toBe('error');
      expectRefusal(text, { errors: payload }, code);
      expect(api.questions()).toBe(before);
      socket.close();
    },
  );

  it.each([
    ['is larger than a request may be', 'x'.repeat(2_000_000), 1009],
    ['is none of text', Buffer.from([0xff, 0xfe]), 1007],
    ['has 250,000 levels', `{"a":${'['.repeat(250_000)}${']'.repeat(250_000)}}`, 4400],
    ['has an object of 50,000 keys', `{${'"a":1,'.repeat(50_000)}"b":1}`, 4400],
  ])('is cut off over a socket, and nothing printed, where a message %s', async (_, message, code) => {
    const printed: unknown[] = [];
    const { error } = console;
    console.error = (...words) => void printed.push(...words);
    const { socket } = await connect(api.url);
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    socket.send(message, { binary: false });
    expect(await closed).toBe(code);
    console.error = error;
    expect(printed).toEqual([]);
  });

  it('is refused by GET: variables of 1,000 levels', async () => {
    const variables = `{"a":${'['.repeat(1_000)}${']'.repeat(1_000)}}`;
    const asked = new URLSearchParams({ query: '{ limits { depth } }', variables });
    const response = await fetch(`${api.url}/graphql?${asked.toString()}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    const text = await response.text();
    expectRefusal(text, JSON.parse(text) as Refused, 'BAD_USER_INPUT');
  });

  it('keeps nobody else from being answered', async () => {
    const dear = ATTACKS.map(({ body }) =>
      fetch(`${api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      }).then((response) => response.text()),
    );
    const { data } = await post(api.url, { query: '{ workflows(first: 1) { nodes { key } } }' });
    expect(data).toEqual({ workflows: { nodes: [{ key: 'always-on-growth' }] } });
    await Promise.all(dear);
  });

  it('is told from an ordinary one: documents may skip and include', async () => {
    const query =
      'query ($no: Boolean!) { workflows(first: 1) { nodes { key name @skip(if: $no) } totalCount @include(if: $no) } }';
    const { data, errors } = await post(api.url, { query, variables: { no: true } });
    expect(errors).toEqual([]);
    expect(data).toEqual({
      workflows: { nodes: [{ key: 'always-on-growth' }], totalCount: expect.any(Number) as number },
    });
  });
});

function byName(attacks: readonly Attack[]): [string, Attack][] {
  return attacks.map((attack) => [attack.name, attack]);
}

/** A socket on which the server has agreed to talk, and what it says next. */
async function connect(url: string): Promise<{ socket: WebSocket; next: () => Promise<string> }> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const next = () =>
    new Promise<string>((resolve, reject) => {
      socket.once('message', (data: Buffer) => resolve(data.toString('utf8')));
      socket.once('close', (code) => reject(new Error(`closed with ${code}`)));
    });
  await new Promise((resolve) => socket.once('open', resolve));
  const agreed = next();
  socket.send('{"type":"connection_init"}');
  await agreed;
  return { socket, next };
}
