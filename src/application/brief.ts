import { type Actor, recordedActor } from '../domain/campaign/actor.js';
import * as briefs from '../domain/campaign/brief.js';
import * as plans from '../domain/campaign/launch-plan.js';
import { type Refusal, refusal } from '../domain/campaign/refusal.js';
import { whyNotPull } from '../domain/campaign/spokes.js';
import type { Brief, BriefValue } from '../domain/campaign/state.js';
import type { Ports } from './ports.js';
import { actOn, type Outcome } from './run-campaign.js';

export interface BriefUpdate {
  readonly campaign: string;
  /** A null value empties a field. */
  readonly fields: Readonly<Record<string, BriefValue | null>>;
  /** The version that its author has seen; refused where another is present by now. Null: whatever it is. */
  readonly basedOn: number | null;
  /** Only says which approvals would hold no more. */
  readonly dryRun?: boolean;
}

/** Sets fields of the brief, which makes its next version. */
export const updateBrief = (
  ports: Ports,
  actor: Actor,
  { campaign, fields, basedOn, dryRun = false }: BriefUpdate,
): Promise<Outcome> =>
  actOn(
    ports,
    actor,
    { name: 'brief.update', campaign, subject: campaign, dryRun },
    async (situation, loaded, stores) => {
      const { id, briefVersion: version } = loaded;
      const isOld = basedOn !== null && basedOn >= 1 && basedOn < version;
      const versions = isOld ? await stores.briefs.since(id, basedOn) : [];
      return briefs.updateBrief(situation, actor, fields, { version, basedOn, versions }, (brief) =>
        plans.launchMovedBy(situation, brief, loaded, ports.clock.now()),
      );
    },
  );

/** Moves the launch, or the opening of channels. */
export const planLaunch = (
  ports: Ports,
  actor: Actor,
  { campaign, plan }: { readonly campaign: string; readonly plan: plans.LaunchPlan },
): Promise<Outcome> =>
  actOn(ports, actor, { name: 'launch.plan', campaign, subject: campaign }, (situation, loaded) =>
    plans.planLaunch(situation, actor, plan, loaded, ports.clock.now()),
  );

export interface PulledBrief {
  /** Null where there is no such campaign. */
  readonly campaign: string | null;
  readonly refusals: readonly Refusal[];
  /** Null where it was refused. */
  readonly pulled: {
    readonly version: number;
    readonly tag: string;
    /** Null where whoever asks has it already. */
    readonly brief: Brief | null;
  } | null;
}

/** Says which version of which brief somebody has; opaque to them. */
export const tagOf = (campaign: string, version: number): string => `${campaign}.${version}`;

/**
 * Gives a spoke the brief, and notes that it works from it (R50). It costs two questions and holds nobody up.
 * @param tag of the version that the spoke has; the same again gives no brief but notes that the spoke is up to date
 */
export function pullBrief(
  { inTransaction, clock }: Ports,
  actor: Actor,
  {
    campaign,
    spoke,
    tag: known,
  }: { readonly campaign: string; readonly spoke: string; readonly tag: string | null },
): Promise<PulledBrief> {
  return inTransaction(async ({ briefs: store, audit }) => {
    const present = await store.present(campaign);
    const refused = present
      ? whyNotPull(present.workflow, present.channels, spoke, actor)
      : refusal('UNKNOWN_CAMPAIGN', `there is no campaign '${campaign}'`);
    if (!present || refused)
      return { campaign: present && campaign, refusals: refused ? [refused] : [], pulled: null };
    const { campaignId, version, brief } = present;
    const tag = tagOf(campaign, version);
    const now = clock.now();
    const isFirst = await store.notePull(campaignId, { spoke, version, actor: actor.name, lastAt: now });
    if (isFirst)
      await audit.add({
        ...{ happenedAt: now, ...recordedActor(actor), action: 'brief.pull', subject: spoke, campaignId },
        ...{ versionId: null, commitSha: null, before: null, after: { version } },
      });
    return { campaign, refusals: [], pulled: { version, tag, brief: known === tag ? null : brief } };
  });
}
