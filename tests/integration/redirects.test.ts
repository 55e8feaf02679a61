import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from '../../src/gitops/http-client.js';

async function listen(answer: RequestListener): Promise<{ url: string; server: Server }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

describe('a git host that sends us elsewhere', () => {
  let host: { url: string; server: Server };
  let inside: { url: string; server: Server };
  let asked: string[];
  let place: string;

  beforeAll(async () => {
    host = await listen(({ url = '', method = '', headers }, response) => {
      if (url === '/old') return response.writeHead(301, { location: place }).end();
      return response.end(`${method} ${url} ${headers.authorization ?? ''}`);
    });
    inside = await listen(({ url = '' }, response) => {
      asked.push(url);
      response.end();
    });
  });
  beforeEach(() => {
    asked = [];
  });
  afterAll(() => {
    host.server.close();
    inside.server.close();
  });

  const ask = async (method = 'GET') => {
    const body = method === 'POST' ? { body: [Buffer.from('0000')] } : {};
    const answer = await request({
      ...{ url: `${host.url}/old`, method, headers: { authorization: 'Basic x' } },
      ...body,
    });
    const parts: Uint8Array[] = [];
    for await (const part of answer.body) parts.push(part);
    return Buffer.concat(parts).toString('utf8');
  };

  it.each(['GET', 'POST'])('is followed to another address of its own: %s', async (method) => {
    place = '/new?service=git-upload-pack';
    expect(await ask(method)).toBe(`${method} /new?service=git-upload-pack Basic x`);
  });

  it('is not followed into the network of the server, nor to any other host', async () => {
    for (place of [
      `${inside.url}/secrets`,
      'http://169.254.169.254/latest/meta-data',
      host.url.replace('127.0.0.1', 'localhost'),
    ]) {
      await expect(ask()).rejects.toThrow(`${new URL(place).origin}, which is not followed`);
    }
    expect(asked).toEqual([]);
  });

  it('is not followed in a circle, or to what is no address', async () => {
    place = '/old';
    await expect(ask()).rejects.toThrow('more than 5 times');
    place = 'http://';
    await expect(ask()).rejects.toThrow('no address');
  });
});
