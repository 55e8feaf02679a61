import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider, type Configuration } from 'oidc-provider';

/** For whom the access tokens are. */
export const AUDIENCE = 'https://weir.example.com';
export const CLIENT = 'weir-dashboard';

/** Who has an account, by the name that they sign in with; any password does. */
export type People = Readonly<Record<string, { readonly name: string; readonly roles: readonly string[] }>>;

/** An issuer of OpenID Connect on this machine. */
export interface Issuer {
  readonly url: string;
  readonly jwksUrl: string;
  /** How long ago people sign in; what a session of some time before looks like. */
  ageMinutes: number;
  /** How long an access token holds, and whether it comes with the means to have a new one. */
  tokenSeconds: number;
  renews: boolean;
  /** Hangs up on everybody. */
  isAway: boolean;
  /** Where the dashboard is, to which alone people are sent back. */
  register(redirect: string): void;
  close(): Promise<void>;
}

export async function startIssuer(people: People): Promise<Issuer> {
  let answer: http.RequestListener = (_request, response) => void response.writeHead(503).end();
  const server = http.createServer((request, response) => {
    if (issuer.isAway) request.socket.destroy();
    else answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer: Issuer = {
    ...{ url, jwksUrl: `${url}/jwks`, ageMinutes: 0, tokenSeconds: 3_600, renews: false, isAway: false },
    register: (redirect) => {
      const provider = new Provider(url, configurationFor(issuer, people, redirect));
      const others = provider.callback();
      answer = (request, response) =>
        request.url?.startsWith('/interaction/') === true
          ? void interact(provider, issuer, request, response)
          : void others(request, response);
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return issuer;
}

const configurationFor = (issuer: Issuer, people: People, redirect: string): Configuration => ({
  clients: [
    {
      ...{ client_id: CLIENT, token_endpoint_auth_method: 'none', response_types: ['code'] },
      ...{ redirect_uris: [redirect], post_logout_redirect_uris: [redirect] },
      grant_types: ['authorization_code', 'refresh_token'],
    },
  ],
  jwks: {
    keys: [
      {
        ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }),
        ...{ kid: 'key-1', alg: 'ES256', use: 'sig' },
      },
    ] as never,
  },
  cookies: { keys: ['a key for cookies'] },
  claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  clientBasedCORS: () => true,
  pkce: { required: () => true },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  issueRefreshToken: () => issuer.renews,
  ttl: {
    AccessToken: () => issuer.tokenSeconds,
    AuthorizationCode: 60,
    Grant: 86_400,
    IdToken: 3_600,
    Interaction: 600,
    Session: 86_400,
    RefreshToken: 3_600,
  },
  features: {
    devInteractions: { enabled: false },
    resourceIndicators: {
      enabled: true,
      useGrantedResource: () => true,
      getResourceServerInfo: () => ({
        ...{ scope: '', audience: AUDIENCE, accessTokenFormat: 'jwt', accessTokenTTL: issuer.tokenSeconds },
        jwt: { sign: { alg: 'ES256' } },
      }),
    },
  },
  findAccount: (_ctx, accountId) => ({
    accountId,
    claims: () => ({ sub: accountId, email: `${accountId}@example.com`, name: people[accountId]?.name }),
  }),
  // What Weir reads of an access token.
  extraTokenClaims: (ctx, token) => {
    const accountId = 'accountId' in token ? token.accountId : '';
    const { AuthorizationCode, RefreshToken } = ctx.oidc.entities;
    return {
      ...{ email: `${accountId}@example.com`, ...people[accountId] },
      auth_time: (AuthorizationCode ?? RefreshToken)?.authTime,
    };
  },
  // Whoever uses the dashboard has agreed to it.
  loadExistingGrant: async (ctx) => {
    const { client, session, provider } = ctx.oidc;
    const grant = new provider.Grant({
      ...(client ? { clientId: client.clientId } : {}),
      ...(session?.accountId === undefined ? {} : { accountId: session.accountId }),
    });
    grant.addOIDCScope('openid profile email');
    await grant.save();
    return grant;
  },
});

/** The page that asks who one is, and takes what is written there. */
async function interact(
  provider: Provider,
  issuer: Issuer,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(`<!doctype html><title>Issuer</title><h1>Who are you?</h1>
      <form method="post"><label>Name <input name="name"></label>
      <button>Continue</button><button name="no" value="no">Cancel</button></form>`);
    return;
  }
  const given = new URLSearchParams(Buffer.concat(await request.toArray()).toString());
  const result = given.has('no')
    ? { error: 'access_denied', error_description: 'the person has cancelled' }
    : {
        login: {
          accountId: given.get('name') ?? '',
          ts: Math.floor(Date.now() / 1_000) - issuer.ageMinutes * 60,
        },
      };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}
