import { Readable } from 'node:stream';
import { WHOLE_LIST } from '../domain/alignment/audience.js';
import { membersIn } from '../domain/alignment/members.js';
import { notRunning } from '../domain/campaign/actions.js';
import { type Actor, lacking, recordedActor } from '../domain/campaign/actor.js';
import type { AuditAction } from '../domain/campaign/audit.js';
import { didYouMean, type Refusal, refusal } from '../domain/campaign/refusal.js';
import { measureCampaign } from './measure-campaign.js';
import type { LoadedCampaign, Outside, Ports, Stores } from './ports.js';
import { situationOf } from './situation.js';

/** Where an audience belongs. */
export interface AudienceOf {
  readonly campaign: string;
  /** `WHOLE_LIST` for the one list of the campaign. */
  readonly channel: string;
}
export interface GivenAudience {
  readonly refusals: readonly Refusal[];
  /** Members, each counted once; null where nothing was done. */
  readonly size: number | null;
  /** Lines that repeat another one. */
  readonly duplicates: number;
  /** Who is not in the one list; null where there is none, or this is it. */
  readonly outside: Outside | null;
}

/**
 * Puts an audience in the place of the channel's: hashed ids, one a line (R54, R76). The list is read before the campaign
 * is locked, so that a slow sender holds nobody up.
 * @throws WrongMembers
 */
export async function replaceAudience(
  ports: Ports,
  actor: Actor,
  of: AudienceOf,
  lines: AsyncIterable<Uint8Array>,
): Promise<GivenAudience> {
  const early = await ports.inTransaction(async (stores) => (await campaignOf(stores, actor, of)).refused);
  if (early) return nothing(early);
  return refusing(() =>
    ports.inTransaction(async (stores) => {
      const loaded = await stores.audiences.load(Readable.from(membersIn(lines)));
      const campaign = await changing(stores, actor, of);
      const now = ports.clock.now();
      await stores.audiences.replace(campaign.id, of.channel, loaded, now);
      await record(stores, actor, 'audience.replace', of, campaign, { size: loaded.size }, now);
      const outside = await stores.audiences.outside(campaign.id, loaded.id);
      return { refusals: [], size: loaded.size, duplicates: loaded.lines - loaded.size, outside };
    }),
  );
}

/** Forgets the audience of a channel. */
export const removeAudience = (ports: Ports, actor: Actor, of: AudienceOf): Promise<GivenAudience> =>
  refusing(() =>
    ports.inTransaction(async (stores) => {
      const campaign = await changing(stores, actor, of);
      const now = ports.clock.now();
      const removed = await stores.audiences.remove(campaign.id, of.channel);
      if (removed) await record(stores, actor, 'audience.remove', of, campaign, null, now);
      return { refusals: [], size: 0, duplicates: 0, outside: null };
    }),
  );

async function record(
  stores: Stores,
  actor: Actor,
  action: AuditAction,
  { channel }: AudienceOf,
  campaign: LoadedCampaign,
  after: object | null,
  now: Date,
): Promise<void> {
  await measureCampaign(stores, campaign, new Set(['audiences']), now);
  await stores.campaigns.announce(campaign);
  await stores.audit.add({
    happenedAt: now,
    ...recordedActor(actor),
    action,
    subject: channel === WHOLE_LIST ? 'list' : channel,
    campaignId: campaign.id,
    versionId: campaign.version.id,
    commitSha: null,
    before: null,
    after,
  });
}

/** Undoes the transaction that it is thrown in. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}
const nothing = (...refusals: Refusal[]): GivenAudience => ({
  ...{ refusals, size: null, duplicates: 0, outside: null },
});

const refusing = (work: () => Promise<GivenAudience>): Promise<GivenAudience> =>
  work().catch((error: unknown) => {
    if (error instanceof Refused) return nothing(error.refusal);
    throw error;
  });

async function changing(stores: Stores, actor: Actor, of: AudienceOf): Promise<LoadedCampaign> {
  const { campaign, refused } = await campaignOf(stores, actor, of);
  if (!campaign || refused) throw new Refused(refused ?? unknown(of));
  return campaign;
}

async function campaignOf(
  stores: Stores,
  actor: Actor,
  of: AudienceOf,
): Promise<{ campaign: LoadedCampaign | null; refused: Refusal | null }> {
  const campaign = await stores.campaigns.lock(of.campaign);
  if (!campaign) return { campaign, refused: unknown(of) };
  const channels = [...campaign.channels.keys()];
  const message = `the campaign has no channel '${of.channel}'${didYouMean(of.channel, channels)}`;
  const refused =
    lacking(actor, 'contributor') ??
    notRunning(situationOf(campaign)) ??
    (of.channel === WHOLE_LIST || channels.includes(of.channel) ? null : refusal('UNKNOWN_CHANNEL', message));
  return { campaign, refused };
}

const unknown = ({ campaign }: AudienceOf): Refusal =>
  refusal('UNKNOWN_CAMPAIGN', `there is no campaign '${campaign}'`);
