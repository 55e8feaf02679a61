import {
  type ApiToken,
  expiryOf,
  tokenText,
  type WantedToken,
  wrongToken,
} from '../domain/access/api-token.js';
import { type Actor, lacking, recordedActor } from '../domain/campaign/actor.js';
import { type Refusal, refusal } from '../domain/campaign/refusal.js';
import type { StoredToken } from './access-ports.js';
import type { Ports, Stores } from './ports.js';
import { sha256 } from './sha256.js';

/** Where ids and secrets come from: 12 letters and digits, and 32 bytes. */
export interface TokenSource {
  id(): string;
  secret(): string;
}

export interface MadeToken {
  readonly token: ApiToken | null;
  /** The whole token; it is told once, and never again. */
  readonly text: string | null;
  readonly refusals: readonly Refusal[];
}

/** Makes an API token. Only a hash of it is kept. */
export async function createToken(
  { inTransaction, clock }: Ports,
  actor: Actor,
  wanted: WantedToken,
  source: TokenSource,
): Promise<MadeToken> {
  const denied = lacking(actor, 'admin') ?? wrongToken(wanted);
  if (denied) return { token: null, text: null, refusals: [denied] };
  const now = clock.now();
  const [id, secret] = [source.id(), source.secret()];
  const token: ApiToken = {
    ...{ id, name: wanted.name, roles: wanted.roles, uses: wanted.uses },
    ...{ createdAt: now, createdBy: actor.name, expiresAt: expiryOf(now, wanted.days), revokedAt: null },
  };
  await inTransaction(async (stores) => {
    await stores.apiTokens.add({ ...token, hash: sha256(secret) });
    await note(stores, actor, 'token.create', token, now);
  });
  return { token, text: tokenText(id, secret), refusals: [] };
}

/** Makes a token useless at once, on every replica. One that is so already stays as it is. */
export async function revokeToken(
  { inTransaction, clock }: Ports,
  actor: Actor,
  id: string,
): Promise<{ readonly token: ApiToken | null; readonly refusals: readonly Refusal[] }> {
  const denied = lacking(actor, 'admin');
  if (denied) return { token: null, refusals: [denied] };
  return inTransaction(async (stores) => {
    const found = await stores.apiTokens.find(id);
    if (!found) return { token: null, refusals: [refusal('UNKNOWN_TOKEN', `there is no token '${id}'`)] };
    if (found.revokedAt !== null) return { token: found, refusals: [] };
    const now = clock.now();
    await stores.apiTokens.revoke(id, now);
    await note(stores, actor, 'token.revoke', found, now);
    return { token: { ...found, revokedAt: now }, refusals: [] };
  });
}

/** More than anybody looks through. */
const MOST_LISTED = 1_000;

/** Those that were made, the newest first. */
export async function listTokens(
  { inTransaction }: Ports,
  actor: Actor,
  most = MOST_LISTED,
): Promise<{ readonly tokens: readonly StoredToken[]; readonly refusals: readonly Refusal[] }> {
  const denied = lacking(actor, 'admin');
  if (denied) return { tokens: [], refusals: [denied] };
  return { tokens: await inTransaction(({ apiTokens }) => apiTokens.all(most)), refusals: [] };
}

const note = (
  { audit }: Stores,
  actor: Actor,
  action: 'token.create' | 'token.revoke',
  { id, name, roles, uses, expiresAt }: ApiToken,
  now: Date,
): Promise<void> =>
  audit.add({
    ...{ happenedAt: now, ...recordedActor(actor), action, subject: `Token ${id}` },
    ...{ campaignId: null, versionId: null, commitSha: null, before: null },
    after: { name, roles, uses, expiresAt: expiresAt.toISOString() },
  });
