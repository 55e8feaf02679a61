import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { startApi, type TestApi } from '../support/api.js';
import { post } from '../support/http.js';
import { until } from '../support/until.js';

const BODY = 'content-type: application/json\r\ncontent-length: 500\r\n';

describe('a client that is slow, or asks for more than it reads', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ receiveTimeoutMs: 200, webhookSecrets: ['a'] });
  }, 60_000);
  afterAll(() => api.close());

  const open = async (): Promise<Socket> => {
    const { hostname, port } = new URL(api.url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  const read = (socket: Socket): (() => string) => {
    let text = '';
    socket.on('data', (part: Buffer) => (text += part.toString('latin1')));
    return () => text;
  };

  it.each([
    ['a request of GraphQL', `POST /graphql HTTP/1.1\r\nhost: localhost\r\n${BODY}\r\n`],
    ['a webhook', `POST /webhooks/github HTTP/1.1\r\nhost: localhost\r\n${BODY}\r\n`],
    ['a page that is not there', `POST /no/such/page HTTP/1.1\r\nhost: localhost\r\n${BODY}\r\n`],
    ['headers', 'GET /health/live HTTP/1.1\r\nhost: localhost\r\nx: '],
  ])('is cut off in the middle of %s, however steadily a byte comes now and then', async (_, beginning) => {
    const socket = await open();
    read(socket);
    const closed = once(socket, 'close');
    socket.write(beginning);
    const drip = setInterval(() => socket.write(' '), 20);
    await closed;
    clearInterval(drip);
  });

  it('is refused headers of more than 16 KiB', async () => {
    const socket = await open();
    const text = read(socket);
    socket.write(`GET /health/live HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`);
    await once(socket, 'close');
    expect(text()).toContain('431');
  });

  it('is answered in order what it asks at once', async () => {
    const socket = await open();
    const text = read(socket);
    const paths = ['/health/live', '/no/such/page', '/health/ready'];
    socket.write(
      paths
        .map((path) => `GET ${path} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
        .join('')
        .repeat(50),
    );
    const statuses = () => [...text().matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status);
    await until(() => Promise.resolve(statuses().length === 150));
    expect(statuses()).toEqual(Array(50).fill(['200', '404', '200']).flat());
    socket.destroy();
  });

  it('is dropped when it does not read, and nobody else waits for it', async () => {
    // Loaded once, so that the process is not held up by that later.
    await (await fetch(`${api.url}/graphiql/editor.js`)).text();
    const before = await api.connections();
    const sockets = await Promise.all([open(), open(), open()]);
    for (const socket of sockets) {
      socket.pause();
      socket.write('GET /graphiql/editor.js HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(3));
    }
    const { data } = await post(api.url, { query: '{ workflows(first: 0) { totalCount } }' });
    expect(data).toEqual({ workflows: { totalCount: expect.any(Number) as number } });
    await until(async () => (await api.connections()) <= before + 1, 30_000);
    for (const socket of sockets) socket.destroy();
  }, 45_000);
});
