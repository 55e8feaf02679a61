import { isKey } from '../campaign/input.js';
import { type Refusal, refusal } from '../campaign/refusal.js';

/** What an API token may be narrowed to: the parts of the server that programs other than people call. */
export const TOKEN_USES = [
  'graphql',
  'signals',
  'audiences',
  'briefs',
  'calendar',
  'reviews',
  'metrics',
  'audit',
] as const;
export type TokenUse = (typeof TOKEN_USES)[number];

/** An API token without its secret, of which only a hash is kept. */
export interface ApiToken {
  /** Public; it stands in the token itself, and in the record of what was done with it. */
  readonly id: string;
  /** What it is for; whoever uses it acts as `token:<name>`. */
  readonly name: string;
  /** Permissions and roles of the Team. */
  readonly roles: readonly string[];
  /** Where it may be used; empty for everywhere. */
  readonly uses: readonly TokenUse[];
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
}

/** Beyond a year nobody remembers where a token lies. */
export const MOST_DAYS = 366;
const MOST_ROLES = 50;
const MOST_ROLE_CHARACTERS = 100;
const DAY_MS = 86_400_000;

/** What somebody asks for. */
export interface WantedToken {
  readonly name: string;
  readonly roles: readonly string[];
  readonly uses: readonly TokenUse[];
  readonly days: number;
}

/** Why such a token is not made; null where it can be. */
export function wrongToken({ name, roles, days }: WantedToken): Refusal | null {
  if (!isKey(name))
    return refusal('INVALID_INPUT', `a token is named in small letters, digits and hyphens, not '${name}'`);
  if (roles.length === 0 || roles.length > MOST_ROLES || !roles.every(isRole))
    return refusal(
      'INVALID_INPUT',
      `a token has 1 to ${MOST_ROLES} roles, each in letters, digits and hyphens`,
    );
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    return refusal('INVALID_INPUT', `a token is good for 1 to ${MOST_DAYS} days`);
  return null;
}
const isRole = (role: string): boolean => role.length <= MOST_ROLE_CHARACTERS && /^[\w-]+$/.test(role);

export const expiryOf = (now: Date, days: number): Date => new Date(now.getTime() + days * DAY_MS);

/** Why a token that is known is not taken any more; null where it is. */
export function whySpent({ revokedAt, expiresAt }: ApiToken, now: Date): string | null {
  if (revokedAt !== null) return 'the token was revoked';
  return expiresAt <= now ? 'the token has expired' : null;
}

/** Begins every token, so that scanners for secrets find those that got into a repository. */
const PREFIX = 'weir';
const TOKEN = /^weir_([a-z0-9]{12})_([\w-]{43})$/;

export const tokenText = (id: string, secret: string): string => `${PREFIX}_${id}_${secret}`;

/** Whether it is meant for Weir itself, and not for whoever issues access tokens. */
export const looksLikeApiToken = (text: string): boolean => text.startsWith(`${PREFIX}_`);

/** Its id and its secret; null for what is none. */
export function readToken(text: string): { readonly id: string; readonly secret: string } | null {
  const [, id, secret] = TOKEN.exec(text) ?? [];
  return id === undefined || secret === undefined ? null : { id, secret };
}
