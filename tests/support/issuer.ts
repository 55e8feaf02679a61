import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** Whoever issues access tokens: publishes its keys over HTTP, and signs what it is told to. */
export interface Issuer {
  readonly jwksUrl: string;
  /** How often its keys were asked for. */
  readonly asked: () => number;
  /** Signs with the newest key, unless another header or key is given. */
  token(
    claims: Readonly<Record<string, unknown>>,
    more?: { alg?: string; kid?: string; key?: CryptoKey | Uint8Array },
  ): Promise<string>;
  /** Signs with a new key from now on, and publishes it beside the others. */
  rotate(): Promise<void>;
  /** Answers nothing but errors while it is away. */
  isAway: boolean;
  readonly publicKeys: () => readonly JWK[];
  close(): Promise<void>;
}

export async function startIssuer(): Promise<Issuer> {
  const keys: { kid: string; privateKey: CryptoKey; jwk: JWK }[] = [];
  let asked = 0;
  const add = async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const kid = `key-${keys.length + 1}`;
    keys.push({ kid, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } });
  };
  await add();
  const server = http.createServer((_request, response) => {
    asked++;
    if (issuer.isAway) return void response.writeHead(500).end();
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: keys.map(({ jwk }) => jwk) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer: Issuer = {
    jwksUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`,
    asked: () => asked,
    isAway: false,
    rotate: add,
    publicKeys: () => keys.map(({ jwk }) => jwk),
    token: (claims, { alg = 'ES256', kid, key } = {}) => {
      const newest = keys.at(-1);
      if (!newest) throw new Error('there is a key');
      return new SignJWT({ ...claims })
        .setProtectedHeader({ alg, kid: kid ?? newest.kid })
        .sign(key ?? newest.privateKey);
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return issuer;
}
