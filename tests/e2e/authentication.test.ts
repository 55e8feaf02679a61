import { once } from 'node:events';
import http from 'node:http';
import { createClient } from 'graphql-ws';
import { generateKeyPair } from 'jose';
import type { DataSource } from 'typeorm';
import WebSocket from 'ws';
import { sha256 } from '../../src/application/sha256.js';
import { type Authenticate, createAuthentication } from '../../src/http/authentication.js';
import { accessTokens } from '../../src/http/access-token.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { knownTokens } from '../../src/persistence/stores/api-token-store.js';
import { startApi, type TestApi, TODAY } from '../support/api.js';
import { post } from '../support/http.js';
import { until } from '../support/until.js';
import { type Issuer, startIssuer } from '../support/issuer.js';

function promised(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((done) => (resolve = done));
  return { promise, resolve };
}

const SECONDS = TODAY.getTime() / 1_000;
const DAY_MS = 86_400_000;
const CLAIMS: Record<string, unknown> = {
  ...{ sub: '8d1f', email: 'legal@example.com', roles: ['approver', 'legal'] },
  ...{ aud: 'weir', iss: 'https://login.example.com', exp: SECONDS + 600 },
};
const WHO = '{ viewer { name permissions roles } }';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

/** Every route that is for somebody, with what it is asked with. */
const ROUTES: readonly (readonly [string, string])[] = [
  ['POST', '/graphql'],
  ['GET', '/graphql?query={viewer{name}}'],
  ['POST', '/signals'],
  ['PUT', '/audiences/summer/email'],
  ['DELETE', '/audiences/summer'],
  ['GET', '/briefs/summer/email'],
  ['GET', '/calendar/summer.ics'],
  ['GET', '/reviews/2026-Q3'],
  ['GET', '/metrics'],
];

describe('who asks', () => {
  let api: TestApi;
  let issuer: Issuer;
  let data: DataSource;
  let authenticate: Authenticate;
  beforeAll(async () => {
    issuer = await startIssuer();
    api = await startApi({ authenticate: (given) => authenticate(given), recheckMs: 50 });
    data = await createDataSource(api.databaseUrl).initialize();
    demand();
  }, 60_000);
  afterAll(async () => {
    await data.destroy();
    await api.close();
    await issuer.close();
  });

  /** A server that has read none of the issuer's keys yet. */
  function demand({ isOpen = false } = {}): void {
    authenticate = createAuthentication({
      tokens: knownTokens(data),
      clock: { now: () => api.now },
      accessTokens: accessTokens({
        ...{ jwksUrl: issuer.jwksUrl, audience: 'weir', issuer: 'https://login.example.com' },
      }),
      isOpen: () => Promise.resolve(isOpen),
    });
  }

  const ask = (path: string, init: RequestInit = {}) => fetch(`${api.url}${path}`, init);
  const viewer = async (token: string) =>
    (await post(api.url, { query: WHO }, bearer(token))).data?.['viewer'];
  const refused = async (token: string) => {
    const { status, errors, headers } = await post(api.url, { query: WHO }, bearer(token));
    return [status, errors[0]?.extensions['code'], errors[0]?.message, headers.get('www-authenticate')];
  };
  const admin = () => issuer.token({ ...CLAIMS, email: 'ops@example.com', roles: ['admin'] });
  async function make(input: object): Promise<{ id: string; secret: string }> {
    const query = `mutation ($input: CreateApiTokenInput!) {
      createApiToken(input: $input) { token { id } secret refusals { code message } } }`;
    const answer = await post(api.url, { query, variables: { input } }, bearer(await admin()));
    const { token, secret } = answer.data?.['createApiToken'] as { token: { id: string }; secret: string };
    return { id: token.id, secret };
  }
  const revoke = async (token: string) =>
    post(
      api.url,
      {
        query: `mutation ($input: RevokeApiTokenInput!) { revokeApiToken(input: $input) { token { revokedAt } refusals { code } } }`,
        variables: { input: { token } },
      },
      bearer(await admin()),
    );

  it.each(ROUTES)('has to be known for %s %s, before anything of the body is read', async (method, path) => {
    const response = await ask(path, { method, headers: { 'weir-actor': 'local', 'weir-roles': 'admin' } });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="weir"']);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
  });

  it('is nobody’s business where nothing is told', async () => {
    for (const path of [
      '/health/live',
      '/health/ready',
      '/schema/workflow.json',
      '/.well-known/jwks.json',
      '/graphiql',
    ])
      expect([path, (await ask(path)).status]).toEqual([path, 200]);
    // Deliveries of webhooks are signed; without a secret none are taken.
    expect((await ask('/webhooks/github', { method: 'POST', body: '{}' })).status).not.toBe(401);
  });

  it('does not have to be waited for where a gigabyte is on its way', async () => {
    const request = http.request(`${api.url}/signals`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-ndjson', 'content-length': 1_000_000_000 },
    });
    request.on('error', () => undefined);
    request.write('{}\n');
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    expect([response.statusCode, response.headers.connection]).toEqual([401, 'close']);
    request.destroy();
  });

  it('is told by an access token: their address, permissions and roles', async () => {
    expect(await viewer(await issuer.token(CLAIMS))).toEqual({
      ...{ name: 'legal@example.com', permissions: ['VIEWER', 'APPROVER'], roles: ['legal'] },
    });
    expect(await viewer(await issuer.token({ ...CLAIMS, email_verified: false }))).toMatchObject({
      name: '8d1f',
    });
    expect(
      await viewer(
        await issuer.token({ ...CLAIMS, email: undefined, preferred_username: 'legal@example.com' }),
      ),
    ).toMatchObject({ name: '8d1f' });
    expect(await viewer(await issuer.token({ ...CLAIMS, roles: 'admin' }))).toMatchObject({
      permissions: [],
    });
  });

  it('has signed in when the issuer says so, unless that is yet to come', async () => {
    const taken = accessTokens({ jwksUrl: issuer.jwksUrl, audience: 'weir', issuer: null });
    const at = async (auth_time: unknown) =>
      (await taken.actorOf(await issuer.token({ ...CLAIMS, auth_time }), TODAY, '192.0.2.7')).origin;
    expect(await at(SECONDS - 90)).toEqual({
      ...{ by: 'oidc', token: null, address: '192.0.2.7', fullName: null },
      authenticatedAt: new Date(TODAY.getTime() - 90_000),
    });
    for (const wrong of [SECONDS + 61, TODAY.getTime(), 'now', null, -1, 1e300])
      expect([wrong, (await at(wrong)).authenticatedAt]).toEqual([wrong, null]);
  });

  it('is not told by a token that is expired, for others, of others, or not signed', async () => {
    const other = await generateKeyPair('ES256');
    const shared = new TextEncoder().encode(JSON.stringify(issuer.publicKeys()[0]));
    const good = await issuer.token(CLAIMS);
    const [head = '', , signature = ''] = good.split('.');
    const claims = Buffer.from(JSON.stringify({ ...CLAIMS, roles: ['admin'] })).toString('base64url');
    const none = Buffer.from('{"alg":"none"}').toString('base64url');
    const wrong = {
      expired: await issuer.token({ ...CLAIMS, exp: SECONDS - 61 }),
      unending: await issuer.token({ ...CLAIMS, exp: undefined }),
      early: await issuer.token({ ...CLAIMS, nbf: SECONDS + 61 }),
      audience: await issuer.token({ ...CLAIMS, aud: 'crm' }),
      issuer: await issuer.token({ ...CLAIMS, iss: 'https://evil.example.com' }),
      nobody: await issuer.token({ ...CLAIMS, sub: undefined }),
      key: await issuer.token(CLAIMS, { key: other.privateKey }),
      unknown: await issuer.token(CLAIMS, { key: other.privateKey, kid: 'none' }),
      shared: await issuer.token(CLAIMS, { alg: 'HS256', key: shared }),
      changed: `${head}.${claims}.${signature}`,
      none: `${none}.${claims}.`,
      text: 'not-a-token',
      weir: await issuer.token({ ...CLAIMS, email: 'Token:crm' }),
      local: await issuer.token({ ...CLAIMS, email: undefined, sub: 'local' }),
      // Neither can be stored.
      letter: await issuer.token({ ...CLAIMS, email: undefined, sub: 'a\0b' }),
      role: await issuer.token({ ...CLAIMS, roles: ['a\0b'] }),
    };
    for (const [name, token] of Object.entries(wrong)) {
      const [status, code, message, challenge] = await refused(token);
      expect([name, status, code]).toEqual([name, 401, 'UNAUTHENTICATED']);
      expect(challenge).toBe('Bearer realm="weir", error="invalid_token"');
      expect(String(message)).not.toContain(token);
    }
    expect((await refused(wrong.expired))[2]).toBe('the token has expired');
    expect((await refused(wrong.audience))[2]).toBe("the token is not for this server: its 'aud' is another");
    expect((await refused(wrong.early))[2]).toBe('the token is not valid yet');
    expect(await viewer(await issuer.token({ ...CLAIMS, exp: SECONDS - 59 }))).not.toBeUndefined();
  });

  it('is known by a key that was published since, and while the issuer is away by those that are known', async () => {
    demand();
    expect(await viewer(await issuer.token(CLAIMS))).toBeDefined();
    const before = issuer.asked();
    issuer.isAway = true;
    expect(await viewer(await issuer.token(CLAIMS))).toBeDefined();
    expect(issuer.asked()).toBe(before);
    demand();
    const { status, errors, headers } = await post(
      api.url,
      { query: WHO },
      bearer(await issuer.token(CLAIMS)),
    );
    expect([status, errors[0]?.extensions['code'], headers.get('retry-after')]).toEqual([
      503,
      'IDENTITY_UNAVAILABLE',
      '10',
    ]);
    issuer.isAway = false;
    await issuer.rotate();
    expect(await viewer(await issuer.token(CLAIMS))).toBeDefined();
  });

  it('is told by an API token, of which only a hash is kept, until it is revoked or has expired', async () => {
    const { id, secret } = await make({ name: 'crm', roles: ['contributor', 'email'], days: 30 });
    expect(await viewer(secret)).toEqual({
      name: 'token:crm',
      permissions: ['VIEWER', 'CONTRIBUTOR'],
      roles: ['email'],
    });
    const [row] = (await api.query('SELECT * FROM api_token WHERE id = $1', [id])) as {
      hash: string;
      last_used_at: Date;
    }[];
    const plain = secret.slice(`weir_${id}_`.length);
    expect([row?.hash, row?.last_used_at]).toEqual([sha256(plain), TODAY]);
    expect(JSON.stringify(row)).not.toContain(plain);
    expect(await refused(`${secret.slice(0, -1)}${secret.endsWith('A') ? 'B' : 'A'}`)).toEqual([
      ...[401, 'UNAUTHENTICATED', 'there is no such token', 'Bearer realm="weir", error="invalid_token"'],
    ]);
    expect((await refused(`weir_${'a'.repeat(12)}_${plain}`))[2]).toBe('there is no such token');
    api.now = new Date(TODAY.getTime() + 30 * DAY_MS);
    const late = await refused(secret);
    api.now = TODAY;
    expect(late[2]).toBe('the token has expired');
    expect((await revoke(id)).data).toEqual({
      revokeApiToken: { token: { revokedAt: TODAY.toISOString() }, refusals: [] },
    });
    expect((await refused(secret))[2]).toBe('the token was revoked');
    const records = await api.query(
      `SELECT actor, action, after FROM audit_record WHERE subject = $1 ORDER BY id`,
      [`Token ${id}`],
    );
    expect(records).toMatchObject([
      {
        actor: 'ops@example.com',
        action: 'token.create',
        after: { name: 'crm', roles: ['contributor', 'email'] },
      },
      { actor: 'ops@example.com', action: 'token.revoke' },
    ]);
  });

  it('tells stewards alone from where others have asked', async () => {
    const query =
      '{ auditLog(first: 1, filter: { action: TOKEN_CREATE }) { nodes { origin { by address token } } } }';
    const told = async (role: string) => {
      const { secret } = await make({ name: `audit-${role}`, roles: [role] });
      const answer = await ask('/graphql', {
        method: 'POST',
        headers: { ...bearer(secret), 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      });
      const { data } = (await answer.json()) as { data: { auditLog: { nodes: { origin: object }[] } } };
      return data.auditLog.nodes[0]?.origin;
    };
    expect(await told('viewer')).toMatchObject({ address: null, token: null });
    expect(await told('steward')).toMatchObject({ address: '127.0.0.1' });
  });

  it('reads nothing of an OPTIONS request, as nobody says with it who they are', async () => {
    const answer = await ask('/graphql?query=%7Bviewer%7Bname%7D%7D', {
      method: 'OPTIONS',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ viewer { name } }' }),
    });
    expect([answer.status, answer.headers.get('allow'), await answer.text()]).toEqual([204, 'GET, POST', '']);
  });

  it('may ask only for what the token was narrowed to; a calendar program has it in the address', async () => {
    const { secret } = await make({ name: 'calendars', roles: ['viewer'], uses: ['CALENDAR'] });
    const feed = `/calendar/${await someCampaign()}.ics`;
    expect((await ask(`${feed}?token=${secret}`)).status).toBe(200);
    expect((await ask(feed, { headers: bearer(secret) })).status).toBe(200);
    expect((await ask(`/metrics?token=${secret}`)).status).toBe(401);
    const { secret: wide } = await make({ name: 'wide', roles: ['viewer'] });
    expect((await ask(`${feed}?token=${wide}`)).status).toBe(403);
    expect((await ask(feed, { headers: bearer(wide) })).status).toBe(200);
    const narrow = await ask('/metrics', { headers: bearer(secret) });
    expect([narrow.status, await narrow.json()]).toEqual([
      403,
      { errors: [{ message: "token 'calendars' is for calendar only", extensions: { code: 'FORBIDDEN' } }] },
    ]);
    const { secret: roleless } = await make({ name: 'legal', roles: ['legal'] });
    for (const path of [feed, '/metrics', '/reviews/2026-Q3'])
      expect([path, (await ask(path, { headers: bearer(roleless) })).status]).toEqual([path, 403]);
  });

  it.each([
    [{ name: 'Some Name', roles: ['viewer'] }, 'a token is named in small letters'],
    [{ name: 'none', roles: [] }, '1 to 50 roles'],
    [{ name: 'none', roles: ['viewer, admin'] }, '1 to 50 roles'],
    [{ name: 'long', roles: ['viewer'], days: 367 }, '1 to 366 days'],
    [{ name: 'over', roles: ['viewer'], days: 0 }, '1 to 366 days'],
  ])('gets no token for %j', async (input, why) => {
    const query = `mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { secret refusals { code message } } }`;
    const { data: answer } = await post(api.url, { query, variables: { input } }, bearer(await admin()));
    expect(answer).toEqual({
      createApiToken: {
        secret: null,
        refusals: [{ code: 'INVALID_INPUT', message: expect.stringContaining(why) as string }],
      },
    });
  });

  it('is not told by one of several headers', async () => {
    const { id, secret } = await make({ name: 'several', roles: ['viewer'] });
    const statusOf = (authorization: string | string[]) =>
      new Promise((resolve, reject) => {
        const headers = { 'apollo-require-preflight': '1', authorization } as http.OutgoingHttpHeaders;
        const asked = http.get(`${api.url}/graphql?query={viewer{name}}`, { headers }, (answer) =>
          resolve(answer.resume().statusCode),
        );
        asked.on('error', reject);
      });
    expect(await statusOf(`Bearer ${secret}`)).toBe(200);
    expect(await statusOf([`Bearer ${secret}`, 'Bearer other'])).toBe(401);
    await revoke(id);
  });

  it('is not asked again of a socket that closed while it was looked up', async () => {
    const { id, secret } = await make({ name: 'leaver', roles: ['viewer'] });
    const before = authenticate;
    const asked = { leaver: 0, stayer: 0 };
    const { promise: left, resolve: leave } = promised();
    authenticate = async (given) => {
      const who = given.headers['who'] === 'leaver' ? 'leaver' : 'stayer';
      asked[who]++;
      if (who === 'leaver') await left;
      return before(given);
    };
    const opened = async (who: string) => {
      const socket = new WebSocket(`${api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      await once(socket, 'open');
      socket.send(JSON.stringify({ type: 'connection_init', payload: { ...bearer(secret), who } }));
      return socket;
    };
    const leaver = await opened('leaver');
    await until(() => Promise.resolve(asked.leaver === 1));
    leaver.close();
    await once(leaver, 'close');
    leave();
    const stayer = await opened('stayer');
    await until(() => Promise.resolve(asked.stayer > 3));
    stayer.close();
    await once(stayer, 'close');
    authenticate = before;
    expect(asked.leaver).toBe(1);
    await revoke(id);
  });

  it('is told in the first message of a socket, which is closed once the token is revoked', async () => {
    const { id, secret } = await make({ name: 'wallboard', roles: ['viewer'] });
    const connect = (connectionParams: Record<string, unknown>) => {
      const client = createClient({
        url: `${api.url.replace('http', 'ws')}/graphql`,
        webSocketImpl: WebSocket,
        connectionParams,
        retryAttempts: 0,
      });
      const closed = new Promise<number>((resolve) =>
        client.on('closed', (event) => resolve((event as { code: number }).code)),
      );
      const name = new Promise((resolve) =>
        client.subscribe(
          { query: '{ viewer { name } }' },
          {
            next: ({ data: given }) => resolve(given),
            error: () => resolve(null),
            complete: () => undefined,
          },
        ),
      );
      const stays = client.subscribe(
        { query: 'subscription { alertRaised { __typename } }' },
        { next: () => undefined, error: () => undefined, complete: () => undefined },
      );
      return { closed, name, stays, client };
    };
    const stranger = connect({ 'weir-actor': 'local' });
    expect([await stranger.name, await stranger.closed]).toEqual([null, 4403]);
    const known = connect(bearer(secret));
    expect(await known.name).toEqual({ viewer: { name: 'token:wallboard' } });
    await revoke(id);
    expect(await known.closed).toBe(4403);
    await stranger.client.dispose();
    await known.client.dispose();
  });

  it('is believed without a token only on a server that is open, and only under its own name', async () => {
    demand({ isOpen: true });
    try {
      const { port } = new URL(api.url);
      const by = (host: string, headers: object = {}) =>
        new Promise<unknown>((resolve, reject) => {
          const path = `/graphql?query=${encodeURIComponent('{ viewer { name } }')}`;
          const asked = { ...headers, host, 'apollo-require-preflight': '1' };
          http
            .get({ host: '127.0.0.1', port, path, headers: asked }, (response) => {
              let text = '';
              response.on('data', (piece) => (text += String(piece)));
              response.on('end', () => resolve([response.statusCode, JSON.parse(text)]));
            })
            .on('error', reject);
        });
      const local = [200, expect.objectContaining({ data: { viewer: { name: 'local' } } })];
      for (const host of ['localhost', `localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`])
        expect([host, await by(host)]).toEqual([host, local]);
      // A page of another site whose name was turned to this machine (DNS rebinding) says so.
      for (const host of [`evil.example.com:${port}`, 'localhost.evil.example.com', '127.0.0.1.example.com'])
        expect([host, await by(host)]).toEqual([host, [401, expect.anything()]]);
      // So does a proxy, behind which anybody may be.
      for (const name of ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'])
        expect([name, await by('localhost', { [name]: 'somebody' })]).toEqual([
          name,
          [401, expect.anything()],
        ]);
      const opened = (host: string) =>
        new Promise<number | string>((resolve) => {
          const url = `ws://127.0.0.1:${port}/graphql`;
          const socket = new WebSocket(url, 'graphql-transport-ws', { headers: { host } });
          // What the page says of itself does not count for where it was loaded from.
          socket.on('open', () =>
            socket.send(JSON.stringify({ type: 'connection_init', payload: { host: 'localhost' } })),
          );
          socket.on('message', (message: Buffer) => {
            resolve(message.toString());
            socket.close();
          });
          socket.on('close', resolve);
        });
      expect(await opened('localhost')).toBe('{"type":"connection_ack"}');
      expect(await opened(`evil.example.com:${port}`)).toBe(4403);
      // A token counts for more than where somebody is.
      expect(await by('localhost', bearer('weir_none'))).toEqual([401, expect.anything()]);
      const { secret } = await make({ name: 'reader', roles: ['viewer'] });
      expect(await viewer(secret)).toMatchObject({ name: 'token:reader', permissions: ['VIEWER'] });
    } finally {
      demand();
    }
  });

  async function someCampaign(): Promise<string> {
    const input = { key: 'feed', name: 'Feed', workflow: 'product-launch' };
    const query = `mutation ($input: CreateCampaignInput!) { createCampaign(input: $input) { refusals { message } } }`;
    await post(api.url, { query, variables: { input } }, bearer(await admin()));
    return input.key;
  }
});
