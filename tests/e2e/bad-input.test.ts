import { connect } from 'node:net';
import { once } from 'node:events';
import { startApi, type TestApi } from '../support/api.js';
import { post, postText, request } from '../support/http.js';

const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('bad input', () => {
  let api: TestApi;
  beforeAll(async () => {
    api = await startApi({ receiveTimeoutMs: 200 });
  }, 60_000);
  afterAll(() => api.close());

  it.each([
    [
      'a negative page',
      '{ workflows(first: -1) { totalCount } }',
      'BAD_USER_INPUT',
      "'first' cannot be negative",
    ],
    ['a huge page', '{ workflows(first: 1000000000) { totalCount } }', 'BAD_USER_INPUT', 'at most 200'],
    ['a large page', '{ workflows(first: 201) { totalCount } }', 'BAD_USER_INPUT', 'at most 200'],
    ['both ends', '{ workflows(first: 1, last: 1) { totalCount } }', 'BAD_USER_INPUT', "'first' or 'last'"],
    [
      'an unknown enum value',
      '{ campaigns(filter: { status: LOST }) { totalCount } }',
      'GRAPHQL_VALIDATION_FAILED',
      'LOST',
    ],
    [
      'a date that does not exist',
      '{ campaigns(filter: { createdAt: { since: "2026-02-30T00:00:00Z" } }) { totalCount } }',
      'GRAPHQL_VALIDATION_FAILED',
      '2026-02-30',
    ],
    [
      'a commit of nothing',
      '{ workflow(key: "product-launch") { versionAt(ref: { commit: "" }) { number } } }',
      'BAD_USER_INPUT',
      'seven digits',
    ],
    [
      'two references',
      '{ workflow(key: "product-launch") { versionAt(ref: { number: 1, commit: "abcdef1" }) { number } } }',
      'BAD_USER_INPUT',
      'exactly one',
    ],
    [
      'an unknown quarter',
      '{ quarterlyReview(quarter: "soon") { start } }',
      'BAD_USER_INPUT',
      'not a quarter',
    ],
    [
      'a field of the brief given twice',
      'mutation { updateBrief(input: { campaign: "x", fields: [{ name: "tone", text: "a" }, { name: "tone", text: "b" }] }) { refusals { code } } }',
      'BAD_USER_INPUT',
      "the field 'tone' is given twice",
    ],
    [
      'a field of the brief of a new campaign given twice',
      'mutation { createCampaign(input: { key: "x", name: "x", workflow: "product-launch", brief: [{ name: "tone", text: "a" }, { name: "tone", items: ["b"] }] }) { refusals { code } } }',
      'BAD_USER_INPUT',
      "the field 'tone' is given twice",
    ],
    [
      'an unknown field',
      '{ workflows { nodes { nam } } }',
      'GRAPHQL_VALIDATION_FAILED',
      'Did you mean "name"?',
    ],
    ['no GraphQL', '{ workflows(', 'GRAPHQL_PARSE_FAILED', 'Syntax Error'],
    [
      'recursive fragments',
      '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }',
      'GRAPHQL_VALIDATION_FAILED',
      'Cannot spread fragment "a" within itself via "b"',
    ],
    [
      '1,000 aliases',
      `{ ${Array.from({ length: 1_000 }, (_, index) => `a${index}: __typename`).join(' ')} }`,
      'LIMIT_EXCEEDED',
      'aliases is 1000; the limit is 100',
    ],
    [
      'a query 1,000 levels deep',
      `{ workflow(key: "a") ${'{ currentVersion { workflow '.repeat(500)}{ key }${' } }'.repeat(500)} }`,
      'LIMIT_EXCEEDED',
      'depth is 1001; the limit is 20',
    ],
    [
      'a document of many words',
      `{ ${'__typename '.repeat(5_000)} }`,
      'LIMIT_EXCEEDED',
      'more than 4000 words',
    ],
    [
      'an expensive question',
      '{ campaigns(first: 200) { nodes { workflowVersion { workflow { versions(first: 200) { nodes { commit { sha } } } } } } } }',
      'LIMIT_EXCEEDED',
      'cost is',
    ],
    [
      'a doubling fragment',
      `{ ...f0 } ${Array.from({ length: 30 }, (_, index) => `fragment f${index} on Query { ...f${index + 1} ...f${index + 1} }`).join(' ')} fragment f30 on Query { workflows { totalCount } }`,
      'LIMIT_EXCEEDED',
      'cost is 2147483647',
    ],
    ['U+0000', '{ workflow(key: "a\\u0000") { key } }', 'BAD_USER_INPUT', 'U+0000'],
    [
      'an end before the beginning',
      '{ metricSeries(metric: TIME_TO_LAUNCH, from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z") { unit } }',
      'BAD_USER_INPUT',
      'before',
    ],
    [
      'a line of a century of days',
      '{ metricSeries(metric: TIME_TO_LAUNCH, from: "1926-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z", bucket: DAY) { unit } }',
      'BAD_USER_INPUT',
      'at most 400 points',
    ],
    [
      'a zone that does not exist',
      '{ metricSeries(metric: TIME_TO_LAUNCH, from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z", timezone: "Mars/Olympus") { unit } }',
      'GRAPHQL_VALIDATION_FAILED',
      'Mars',
    ],
    ['a group twice', '{ campaignStats(groupBy: [RISK, RISK]) { campaigns } }', 'BAD_USER_INPUT', 'once'],
  ])('%s gets a clear answer', async (_, query, code, message) => {
    const { errors } = await post(api.url, { query });
    expect(errors).not.toHaveLength(0);
    expect(errors[0]?.extensions['code']).toBe(code);
    expect(errors[0]?.message).toContain(message);
    expect(JSON.stringify(errors)).not.toMatch(/stack|node_modules|SELECT/);
  });

  it('refuses a channel that is planned twice', async () => {
    const plan = '{ channel: "social", plannedAt: "2026-12-01T09:00:00Z" }';
    const { data } = await post(api.url, {
      query: `mutation { createCampaign(input: { key: "x", name: "x", workflow: "product-launch", channels: [${plan}, ${plan}] }) { refusals { code message } } }`,
    });
    expect(data).toEqual({
      createCampaign: {
        refusals: [{ code: 'INVALID_INPUT', message: "the plan of 'social' is given twice" }],
      },
    });
  });

  it.each([
    ['of no list', 'nonsense'],
    ['of another list', json(['time', '12', '12'])],
    ['of another order', json(['name', 'a', '12'])],
    ['with an id that is none', json(['created-at', '2026-01-01 00:00:00+00', 'x'])],
    ['with a time that is none', json(['created-at', 'yesterday', '1'])],
  ])('a cursor %s is refused', async (_, cursor) => {
    const { errors } = await post(api.url, {
      query: 'query ($after: String) { campaigns(after: $after) { nodes { key } } }',
      variables: { after: cursor },
    });
    expect(errors[0]).toMatchObject({
      message: 'this cursor was not given out by this list in this order',
      extensions: { code: 'BAD_USER_INPUT' },
    });
  });

  it.each([
    '',
    'nonsense',
    json('1:Campaign:1'),
    Buffer.from('2:Campaign:1').toString('base64url'),
    Buffer.from('1:Spaceship:1').toString('base64url'),
    Buffer.from('1:Campaign:999999').toString('base64url'),
  ])('an id of nothing finds nothing: %j', async (id) => {
    const { data, errors } = await post(api.url, {
      query: 'query ($id: ID!) { node(id: $id) { id } }',
      variables: { id },
    });
    expect(errors).toEqual([]);
    expect(data).toEqual({ node: null });
  });

  it('says what is wrong with a request that is no GraphQL', async () => {
    const { url } = api;
    const codeOf = async (answer: ReturnType<typeof request>) => {
      const { status, errors } = await answer;
      return [status, errors[0]?.extensions['code']];
    };
    const query = { query: '{ __typename }' };
    expect(await codeOf(postText(url, '{"query": "{ __type'))).toEqual([400, 'BAD_REQUEST']);
    expect(await codeOf(postText(url, '[{"query": "{ __typename }"}]'))).toEqual([400, 'BAD_REQUEST']);
    expect(await codeOf(postText(url, '{ __typename }', 'text/csv'))).toEqual([
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ]);
    expect(await codeOf(postText(url, JSON.stringify(query), 'text/plain'))).toEqual([400, 'BAD_REQUEST']);
    expect(await codeOf(request(url, { method: 'PUT' }))).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(await codeOf(postText(url, 'x'.repeat(10_000_000)))).toEqual([413, 'PAYLOAD_TOO_LARGE']);
    const mutation = encodeURIComponent('mutation { syncRepository { refusals { code } } }');
    const get = await fetch(`${url}/graphql?query=${mutation}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(get.status).toBe(405);
    const subscription = { query: 'subscription { repositorySynced { id } }' };
    expect(await codeOf(post(url, subscription, { accept: 'application/graphql-response+json' }))).toEqual([
      400,
      'BAD_REQUEST',
    ]);
  });

  it('closes a connection that stays half-open', async () => {
    const { hostname, port } = new URL(api.url);
    const socket = connect({ host: hostname, port: Number(port) });
    socket.write(
      'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{',
    );
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    await once(socket, 'close');
    expect(Buffer.concat(chunks).toString()).toMatch(/408 Request Timeout|^$/);
  });

  it('refuses who begins no request, but not for what a server that was held up had not read', async () => {
    const { hostname, port } = new URL(api.url);
    const answer = async (text: string) => {
      const socket = connect({ host: hostname, port: Number(port) });
      await once(socket, 'connect');
      const chunks: Buffer[] = [];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      // The server takes the connection, and does not come to what is sent on it.
      await new Promise((resolve) => setImmediate(resolve));
      socket.write(text);
      for (const end = Date.now() + 500; Date.now() < end;);
      await once(socket, 'close');
      return Buffer.concat(chunks).toString();
    };
    expect(await answer('GET /health/live HTTP/1.1\r\nhost: localhost\r\n')).toContain('408 Request Timeout');
    const whole = 'GET /health/live HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n';
    expect(await answer(whole)).toContain('200 OK');
  });
});
