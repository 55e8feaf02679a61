import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { ManifestError, readManifests, TrustedDocuments } from '../../src/http/documents.js';
import { startApi, type TestApi } from '../support/api.js';
import { post, request } from '../support/http.js';

const TEXT = 'query Names($first: Int) { workflows(first: $first) { nodes { key } } }';
const HASH = createHash('sha256').update(TEXT).digest('hex');
const EXPECTED = { workflows: { nodes: [{ key: 'always-on-growth' }] } };
const variables = { first: 1 };
/** Headers that no two answers share. */
const OF_ONE_ANSWER = ['date', 'weir-correlation-id'];

describe('trusted documents', () => {
  let directory: string;
  let open: TestApi;
  let closed: TestApi;
  beforeAll(async () => {
    directory = await mkdtemp(path.join(os.tmpdir(), 'weir-documents-'));
    const relay = path.join(directory, 'relay.json');
    const apollo = path.join(directory, 'apollo.json');
    await writeFile(relay, JSON.stringify({ [HASH]: TEXT }));
    const operations = [{ id: 'short', name: 'Names', type: 'query', body: TEXT }];
    await writeFile(
      apollo,
      JSON.stringify({ format: 'apollo-persisted-query-manifest', version: 1, operations }),
    );
    const texts = await readManifests([relay, apollo]);
    open = await startApi({ documents: new TrustedDocuments(texts, false) });
    closed = await startApi({ documents: new TrustedDocuments(texts, true) });
  }, 60_000);
  afterAll(async () => {
    await Promise.all([open.close(), closed.close()]);
    await rm(directory, { recursive: true });
  });

  it.each([
    ['its hash', { documentId: HASH }],
    ['its hash with the prefix of the specification', { documentId: `sha256:${HASH}` }],
    ["the id of Apollo's manifest", { documentId: 'short' }],
    [
      'the extension of automatic persisted queries',
      { extensions: { persistedQuery: { version: 1, sha256Hash: HASH } } },
    ],
    ['its text', { query: TEXT }],
  ])('are answered by %s, in allow-list mode too', async (_, body) => {
    for (const { url } of [open, closed]) {
      const { data, errors } = await post(url, { ...body, variables });
      expect(errors).toEqual([]);
      expect(data).toEqual(EXPECTED);
    }
  });

  const askByPost = (asked: object, headers: Record<string, string>) =>
    fetch(`${open.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(asked),
    });
  const askByGet = (asked: object, headers: Record<string, string>) => {
    const written = Object.entries(asked).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]);
    const parameters = new URLSearchParams(Object.fromEntries(written) as Record<string, string>);
    return fetch(`${open.url}/graphql?${parameters.toString()}`, {
      headers: { 'apollo-require-preflight': '1', ...headers },
    });
  };

  it.each<[string, object, Record<string, string>?]>([
    ['what fits', { variables }],
    ['no variables', {}],
    ['any type of answer', { variables }, { accept: '*/*' }],
    ['the type of GraphQL', { variables }, { accept: 'application/graphql-response+json' }],
    ['that type or JSON', { variables }, { accept: 'application/graphql-response+json, application/json' }],
    ['a type that there is not', { variables }, { accept: 'text/html' }],
    ['a variable of another type', { variables: { first: 'one' } }],
    ['variables in a text', { variables: '{}' }],
    ['too long a page', { variables: { first: 1_000_000 } }],
    ['its operation', { variables, operationName: 'Names' }],
    ['another operation', { variables, operationName: 'Other' }],
    ['a name that is no text', { variables, operationName: 1 }],
    ['an extension', { variables, extensions: {} }],
    ['nothing that a page of another site cannot say', { variables }, { 'apollo-require-preflight': '' }],
    ['a key that is none', { variables }, { 'idempotency-key': 'two words' }],
  ])('are answered by their hash as by their text: asked for %s', async (_, asked, headers = {}) => {
    for (const ask of [askByPost, askByGet]) {
      const answer = async (document: object) => {
        const response = await ask({ ...document, ...asked }, headers);
        const sent = [...response.headers].filter(([name]) => !OF_ONE_ANSWER.includes(name));
        return { status: response.status, sent, body: await response.text() };
      };
      const usual = await answer({ query: TEXT });
      // Read and found valid, compiled, as it is from then on.
      for (let times = 0; times < 3; times++) expect(await answer({ documentId: HASH })).toEqual(usual);
    }
  });

  it('are refused where the operation that is named is not in them', async () => {
    const { status, errors } = await post(open.url, { query: TEXT, operationName: 'Other' });
    expect([status, errors]).toMatchObject([
      200,
      [
        {
          message: "this document has no operation named 'Other'",
          extensions: { code: 'OPERATION_RESOLUTION_FAILURE' },
        },
      ],
    ]);
  });

  it('are counted by their name, also when they are answered by their hash', async () => {
    const count = async () => {
      const metrics = await (await fetch(`${open.url}/metrics`)).text();
      return Number(
        /^weir_graphql_operation_duration_seconds_count\{operation="Names"\} (\d+)$/m.exec(metrics)?.[1],
      );
    };
    await post(open.url, { query: TEXT, variables });
    const before = await count();
    await post(open.url, { documentId: HASH, variables });
    expect(await count()).toBe(before + 1);
  });

  it('are answered by GET', async () => {
    const parameters = new URLSearchParams({ documentId: HASH, variables: JSON.stringify(variables) });
    const response = await fetch(`${closed.url}/graphql?${parameters.toString()}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(await response.json()).toMatchObject({ data: EXPECTED });
  });

  it('are the only ones in allow-list mode', async () => {
    const { status, errors } = await post(closed.url, { query: '{ __typename }' });
    expect([status, errors[0]?.extensions['code']]).toEqual([403, 'DOCUMENT_NOT_TRUSTED']);
    const empty = await request(closed.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(empty.status).toBeGreaterThanOrEqual(400);
  });

  it('say when an id is unknown', async () => {
    const { status, errors } = await post(open.url, { documentId: 'abc' });
    expect([status, errors[0]]).toMatchObject([404, { extensions: { code: 'DOCUMENT_NOT_FOUND' } }]);
  });

  it('leave automatic persisted queries to those who are not trusted beforehand', async () => {
    const text = '{ workflows(first: 1) { nodes { key } } }';
    const sha256Hash = createHash('sha256').update(text).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const unknown = await post(open.url, { extensions });
    expect(unknown.errors[0]?.extensions['code']).toBe('PERSISTED_QUERY_NOT_FOUND');
    expect((await post(open.url, { query: text, extensions })).data).toEqual(EXPECTED);
    expect((await post(open.url, { extensions })).data).toEqual(EXPECTED);
    const refused = await post(closed.url, { query: text, extensions });
    expect(refused.errors[0]?.extensions['code']).toBe('DOCUMENT_NOT_TRUSTED');
  });

  it('stop the start when a manifest cannot be read, and name it', async () => {
    const broken = path.join(directory, 'broken.json');
    await writeFile(broken, '[1, 2]');
    await expect(readManifests([broken])).rejects.toThrow(ManifestError);
    await expect(readManifests([broken])).rejects.toThrow(/broken\.json: it is not a map/);
    await expect(readManifests([path.join(directory, 'none.json')])).rejects.toThrow(/none\.json/);
  });

  it('are asked for by id over a socket too, and nothing else in allow-list mode', async () => {
    const client = createClient({
      url: `${closed.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      retryAttempts: 0,
    });
    const ask = (payload: object) => client.iterate({ query: '', variables, ...payload }).next();
    expect((await ask({ documentId: HASH })).value).toEqual({ data: EXPECTED });
    await expect(ask({ query: '{ __typename }' })).rejects.toMatchObject([
      { extensions: { code: 'DOCUMENT_NOT_TRUSTED' } },
    ]);
    await client.dispose();
  });
});
