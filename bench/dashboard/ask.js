// How each server is asked: requests that are sent again and again, and checked.
import { createHash } from 'node:crypto';
import { Pool } from 'undici';

const CONNECTIONS = 50;
const json = { 'content-type': 'application/json' };
export const hashOf = (text) => createHash('sha256').update(text).digest('hex');

/** Connections to a server that are kept. */
export class Client {
  #pool;
  constructor(url) {
    this.#pool = new Pool(url, {
      connections: CONNECTIONS,
      pipelining: 1,
      headersTimeout: 60_000,
      bodyTimeout: 60_000,
    });
  }

  close = () => this.#pool.destroy();

  /** @throws when there is no answer, or one with errors @returns its text, its tag and its status */
  async send({ method = 'POST', path = '/graphql', headers = {}, body }) {
    const response = await this.#pool.request({ method, path, headers: { ...json, ...headers }, body });
    const text = await response.body.text();
    const { statusCode: status } = response;
    if (status === 304) return { status, text, tag: null };
    if (status !== 200 || text.startsWith('{"errors"') || text.includes('"errors":['))
      throw new Error(`${path} answered ${status}: ${text.slice(0, 400)}`);
    return { status, text, tag: response.headers.etag ?? null };
  }

  /** What asks this again and again; each answer has to be as long as the first, or it is another. */
  async repeat(request) {
    const first = await this.send(request);
    return async () => {
      const { text } = await this.send(request);
      if (Math.abs(text.length - first.text.length) > first.text.length / 10)
        throw new Error(`another answer than before: ${text.slice(0, 200)}`);
      return text.length;
    };
  }
}

/** With the whole text of the document. */
export const byText = (question) => ({ body: JSON.stringify(question) });

/** By the hash of a trusted document. */
export const byHash = ({ query, variables }) => ({
  body: JSON.stringify({ documentId: `sha256:${hashOf(query)}`, variables }),
});

/** The same in the address, as what caches understand. */
export const byAddress = ({ query, variables }) => ({
  method: 'GET',
  path: `/graphql?${new URLSearchParams({ documentId: `sha256:${hashOf(query)}`, variables: JSON.stringify(variables) })}`,
});

/**
 * Asked again by whoever has the answer already: with its tag, if there is one. Nothing where the server gives no tags out.
 * @returns what sends the request and takes 304 for an answer, and nothing else
 */
export async function again(client, question) {
  for (const request of [byHash(question), byAddress(question)]) {
    const { tag } = await client.send(request);
    if (tag === null) continue;
    const headers = { ...request.headers, 'if-none-match': tag };
    if ((await client.send({ ...request, headers })).status !== 304) continue;
    return async () => {
      const { status } = await client.send({ ...request, headers });
      if (status !== 304) throw new Error(`nothing has changed, and the answer was ${status}`);
      return 0;
    };
  }
  return null;
}
