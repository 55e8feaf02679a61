import type { KnownTokens } from '../application/access-ports.js';
import type { Clock } from '../application/ports.js';
import { sha256 } from '../application/sha256.js';
import { isLoopbackHost, LOOPBACK } from '../config/loopback.js';
import { looksLikeApiToken, readToken, type TokenUse, whySpent } from '../domain/access/api-token.js';
import { type Actor, actorOf, recordedActor } from '../domain/campaign/actor.js';
import type { AccessTokens } from './access-token.js';
import { NotForThis, Unauthenticated } from './authentication-errors.js';
import { actorFrom } from './actor.js';
import { wrongCharacter } from './characters.js';

/** With what somebody asks. */
export interface Credentials {
  readonly headers: Readonly<Record<string, unknown>>;
  /** Of the network; null where it is not known. */
  readonly address: string | null;
  /** What is asked for; an API token may be narrowed to some of it. */
  readonly use: TokenUse;
  /** A token that came in another way than by the header. */
  readonly token?: string | null;
}

/** @throws Unauthenticated where it is not known who asks; NotForThis where the token is for something else */
export type Authenticate = (credentials: Credentials) => Promise<Actor>;

export interface AuthenticationOptions {
  readonly tokens: KnownTokens;
  readonly clock: Clock;
  /** Of OpenID Connect; null where none are taken. */
  readonly accessTokens: AccessTokens | null;
  /** Whether whoever comes without a token is believed by their headers: on loopback, without authentication. */
  readonly isOpen: () => Promise<boolean>;
}

const LOOK_AGAIN_MS = 1_000;

/** Open until somebody makes an API token, which is looked for once a second; from then on closed. */
export function openUntilToken(tokens: KnownTokens, onClose: () => void): () => Promise<boolean> {
  let isOpen = true;
  let lookedAt = -LOOK_AGAIN_MS;
  return async () => {
    if (isOpen && performance.now() - lookedAt >= LOOK_AGAIN_MS) {
      lookedAt = performance.now();
      if (await tokens.exist()) {
        isOpen = false;
        onClose();
      }
    }
    return isOpen;
  };
}

/** Tells who asks by the bearer token (RFC 6750) that they send: one of ours, or one of OpenID Connect. */
export function createAuthentication({
  tokens,
  clock,
  accessTokens,
  isOpen,
}: AuthenticationOptions): Authenticate {
  const find: Authenticate = async ({ headers, address, use, token = null }) => {
    const given = token ?? bearerOf(headers);
    if (given === null) {
      if (await isOpen()) return locally(headers, address);
      throw new Unauthenticated('a token is needed: authorization: Bearer …', false);
    }
    if (looksLikeApiToken(given))
      return byApiToken(tokens, given, { now: clock.now(), address, use, inAddress: token !== null });
    if (accessTokens) return accessTokens.actorOf(given, clock.now(), address);
    throw new Unauthenticated('only API tokens of this server are taken', true);
  };
  return async (credentials) => {
    const actor = await find(credentials);
    const wrong = wrongCharacter(recordedActor(actor));
    if (wrong !== null) throw new Unauthenticated(wrong, true);
    return actor;
  };
}

/** What a proxy says of whom it asks for; on this machine, nobody needs one. */
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'via'];

/** Any page may be opened under a name that leads to this machine (DNS rebinding), but cannot say that it was asked by another. */
function locally(headers: Credentials['headers'], address: string | null): Actor {
  const { host } = headers;
  if (FORWARDED.some((name) => headers[name] !== undefined))
    throw new Unauthenticated('without authentication nobody is answered who comes through a proxy', false);
  if (isLoopbackHost(host)) return actorFrom(headers, address);
  throw new Unauthenticated(
    `without authentication only ${LOOPBACK.join(', ')} are answered, not '${String(host)}'`,
    false,
  );
}

async function byApiToken(
  tokens: KnownTokens,
  given: string,
  {
    now,
    address,
    use,
    inAddress,
  }: {
    readonly now: Date;
    readonly address: string | null;
    readonly use: TokenUse;
    readonly inAddress: boolean;
  },
): Promise<Actor> {
  const read = readToken(given);
  const token = read && (await tokens.use(read.id, sha256(read.secret), now));
  if (!token) throw new Unauthenticated('there is no such token', true);
  const spent = whySpent(token, now);
  if (spent !== null) throw new Unauthenticated(spent, true);
  if (token.uses.length > 0 && !token.uses.includes(use))
    throw new NotForThis(`token '${token.name}' is for ${token.uses.join(', ')} only`);
  // Addresses end up in logs, histories and the settings of other programs.
  if (inAddress && token.uses.join() !== use)
    throw new NotForThis(`a token in an address has to be for ${use} only, and '${token.name}' is not`);
  return actorOf(`token:${token.name}`, token.roles, {
    ...{ by: 'token', token: token.id, address },
    // Whoever stored it may be anybody by now.
    ...{ authenticatedAt: null, fullName: null },
  });
}

/** The token of `authorization: Bearer …`, whose scheme is the same in upper and lower case (RFC 9110, 11.1). */
function bearerOf({ authorization }: Readonly<Record<string, unknown>>): string | null {
  if (typeof authorization !== 'string') return null;
  return /^bearer +([\w.~+/=-]+) *$/i.exec(authorization)?.[1] ?? '';
}
