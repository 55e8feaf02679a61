import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { type Actor, actorOf } from '../domain/campaign/actor.js';
import { IdentityUnavailable, Unauthenticated } from './authentication-errors.js';

/** Access tokens of OpenID Connect. */
export interface AccessTokens {
  /** @throws Unauthenticated where it is not taken; IdentityUnavailable where that cannot be told */
  actorOf(token: string, now: Date, address: string | null): Promise<Actor>;
}

export interface AccessTokenOptions {
  /** Of the JSON Web Key Set (RFC 7517). */
  readonly jwksUrl: string;
  readonly audience: string;
  /** Null where any will do, as the keys are theirs. */
  readonly issuer: string | null;
}

/** Of public keys only: with a shared secret whoever verifies could issue as well (RFC 8725, 3.1). */
const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
  'Ed25519',
];
const CLOCKS_DISAGREE_SECONDS = 60;
/** A new key is asked for as soon as a token names it; for so long the known ones do where the issuer is away. */
const KEYS_KEPT_MS = 3_600_000;
const PATIENCE_MS = 5_000;
/** Longer names are no names, and each is written with all that its owner does. */
const MOST_NAME = 200;
const MOST_ROLES = 200;
/** Names under which Weir itself, its triggers and API tokens act. */
const RESERVED = /^(local|weir|token:.*|trigger .*)$/i;

/** Takes JWTs (RFC 7519, RFC 9068) that are signed with a key of the set, for this audience, and have not expired. */
export function accessTokens({ jwksUrl, audience, issuer }: AccessTokenOptions): AccessTokens {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cacheMaxAge: KEYS_KEPT_MS,
    timeoutDuration: PATIENCE_MS,
  });
  return {
    actorOf: async (token, now, address) => {
      const claims = await verified(token, keys, { now, audience, issuer });
      return actorOf(nameOf(claims), rolesOf(claims), {
        ...{ by: 'oidc', token: claims.jti ?? null, address },
        authenticatedAt: momentBefore(now, claims['auth_time']),
        fullName: textOf(claims['name']),
      });
    },
  };
}

async function verified(
  token: string,
  keys: JWTVerifyGetKey,
  {
    now,
    audience,
    issuer,
  }: { readonly now: Date; readonly audience: string; readonly issuer: string | null },
): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      ...{ audience, algorithms: ALGORITHMS, clockTolerance: CLOCKS_DISAGREE_SECONDS, currentDate: now },
      ...(issuer === null ? {} : { issuer }),
      requiredClaims: ['exp', 'sub'],
    });
    return payload;
  } catch (error) {
    throw explained(error);
  }
}

function explained(error: unknown): Error {
  if (error instanceof errors.JWTExpired) return new Unauthenticated('the token has expired', true);
  if (error instanceof errors.JWTClaimValidationFailed)
    return new Unauthenticated(
      error.claim === 'nbf'
        ? 'the token is not valid yet'
        : `the token is not for this server: its '${error.claim}' is ${error.reason === 'missing' ? 'missing' : 'another'}`,
      true,
    );
  const isAway =
    !(error instanceof errors.JOSEError) ||
    ['ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID', 'ERR_JOSE_GENERIC'].includes(error.code);
  if (isAway)
    return new IdentityUnavailable(
      'the keys of whoever issues access tokens cannot be read; try again soon',
      {
        cause: error,
      },
    );
  return new Unauthenticated('the token cannot be read, or is not signed with a key of the issuer', true);
}

/**
 * Who it is, for the record: the address, as Teams name people, unless the issuer says that it was not verified; else the subject.
 * Names that people choose themselves, such as `preferred_username`, tell nobody apart (OpenID Connect Core 1.0, 5.7).
 */
function nameOf({ sub = '', email, email_verified: isVerified }: JWTPayload): string {
  const address = isVerified === false ? null : textOf(email);
  const name = address ?? textOf(sub);
  if (name === null || name.length > MOST_NAME || RESERVED.test(name))
    throw new Unauthenticated(`the token names nobody in 1 to ${MOST_NAME} characters`, true);
  return name;
}

/** Permissions and roles of the Team (RFC 9068, 2.2.3.1). */
function rolesOf({ roles }: JWTPayload): string[] {
  const given: readonly unknown[] = Array.isArray(roles) ? roles : [];
  return given.filter((role): role is string => typeof role === 'string' && role !== '').slice(0, MOST_ROLES);
}

/** Null for what is yet to come, which is a mistake of the issuer: taken for seconds, milliseconds never grow old. */
function momentBefore(now: Date, seconds: unknown): Date | null {
  if (typeof seconds !== 'number') return null;
  const ms = seconds * 1_000;
  return ms >= 0 && ms <= now.getTime() + CLOCKS_DISAGREE_SECONDS * 1_000 ? new Date(ms) : null;
}

/** One line of text. */
const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' && !/[\u0000-\u001f\u007f]/.test(value)
    ? value.trim()
    : null;
