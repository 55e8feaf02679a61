import { createHash, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Asset } from '../domain/alignment/asset.js';
import { type Actor, recordedActor } from '../domain/campaign/actor.js';
import { whyNotSend } from '../domain/campaign/permit.js';
import { type Refusal, refusal } from '../domain/campaign/refusal.js';
import { toldSince } from './changed-since.js';
import type { Ports } from './ports.js';
import { ALGORITHM, privateKeyOf, signingKey } from './signing-key.js';
import { situationOf } from './situation.js';

/** Long enough to begin sending, too short to be kept: a channel that is paused gets no other. */
export const PERMIT_MS = 5 * 60_000;
/** Whom a permit is for; whoever verifies one asks for it (RFC 7519, `aud`). */
export const PERMIT_AUDIENCE = 'weir:launch';

export interface LaunchPermit {
  /** A JWT (RFC 7519), signed with Ed25519 (RFC 8037). */
  readonly token: string;
  readonly contentHash: string;
  readonly expiresAt: Date;
}
export interface PermitOutcome {
  /** Null where there is no such campaign. */
  readonly campaign: string | null;
  readonly permit: LaunchPermit | null;
  readonly refusals: readonly Refusal[];
}

/**
 * Lets a sending tool send on a channel for five minutes what the channel holds now (R43, R44): a token that the tool verifies by
 * itself with the public keys, so that nothing is sent that the workflow does not allow.
 * @param given hash of what the tool is about to send; where it is not what the channel holds, there is no permit
 */
export function launchPermit(
  { inTransaction, clock }: Ports,
  actor: Actor,
  { campaign: key, channel, contentHash: given }: PermitRequest,
): Promise<PermitOutcome> {
  return inTransaction(async (stores) => {
    const campaign = await stores.campaigns.lock(key);
    if (!campaign) return refused(null, [refusal('UNKNOWN_CAMPAIGN', `there is no campaign '${key}'`)]);
    const now = clock.now();
    const refusals = whyNotSend(situationOf(campaign), actor, channel, now);
    if (refusals.length > 0) return refused(key, refusals);
    const assets = (await stores.metrics.assets(campaign.id)).filter((each) => each.channel === channel);
    const contentHash = contentHashOf(assets);
    if (given !== null && given !== contentHash) {
      const since = await toldSince(stores, campaign.id, {
        ...{ hash: contentHash, given, scope: { brief: [], channels: [channel] } },
        hashOf: (held) => contentHashOf(held.assets.filter((each) => each.channel === channel)),
      });
      const message = `what is to be sent on '${channel}' is not what was approved for it: ${since}`;
      const missing = [`permit.contentHash of launchPermit without contentHash, which is ${contentHash} now`];
      return refused(key, [refusal('CONTENT_DIFFERS', message, { rule: channel, missing })]);
    }
    const expiresAt = new Date(Math.floor((now.getTime() + PERMIT_MS) / 1_000) * 1_000);
    const id = randomUUID();
    const signing = await signingKey(stores, now);
    const token = await new SignJWT({ campaign: key, channel, contentHash })
      .setProtectedHeader({ alg: ALGORITHM, kid: signing.id, typ: 'JWT' })
      .setAudience(PERMIT_AUDIENCE)
      .setSubject(actor.name)
      .setJti(id)
      .setIssuedAt(now)
      .setExpirationTime(expiresAt)
      .sign(await privateKeyOf(signing));
    await stores.audit.add({
      ...{ happenedAt: now, ...recordedActor(actor), action: 'channel.permit' },
      ...{ subject: channel, campaignId: campaign.id, versionId: campaign.version.id, commitSha: null },
      ...{ before: null, after: { permit: id, contentHash, expiresAt: expiresAt.toISOString() } },
    });
    return { campaign: key, permit: { token, contentHash, expiresAt }, refusals: [] };
  });
}

export interface PermitRequest {
  readonly campaign: string;
  readonly channel: string;
  readonly contentHash: string | null;
}

const refused = (campaign: string | null, refusals: readonly Refusal[]): PermitOutcome => ({
  ...{ campaign, permit: null, refusals },
});

/**
 * SHA-256, in hexadecimal digits, of what a channel publishes: the JSON of its assets by key, each as `{key, links, offer, segments,
 * text}`, with sorted keys and no white space (as of RFC 8785).
 */
export function contentHashOf(
  assets: readonly Pick<Asset, 'key' | 'links' | 'offer' | 'segments' | 'text'>[],
): string {
  const content = [...assets]
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ key, links, offer, segments, text }) => ({ key, links, offer, segments, text }));
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}
