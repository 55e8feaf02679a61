import type { AuditAction } from '../domain/campaign/audit.js';
import { type Actor, recordedActor } from '../domain/campaign/actor.js';
import type { Decision } from '../domain/campaign/actions.js';
import { checkMoves } from '../domain/campaign/machines.js';
import { type Refusal, refusal } from '../domain/campaign/refusal.js';
import type { Situation } from '../domain/campaign/situation.js';
import type { Change, CheckResult, Invalidation, Pins } from '../domain/campaign/state.js';
import { campaignAfter, inputsOf, measureCampaign } from './measure-campaign.js';
import type { LoadedCampaign, Ports, Stores } from './ports.js';
import { type Former, formerOf } from './request-key.js';
import { withReopened } from './reopened-handoffs.js';
import { routeRequests } from './route-requests.js';
import { situationOf } from './situation.js';
import { tellOfChanges } from './tell.js';
import { waitForGaps } from './wait-for-gaps.js';

/** What came of an action on a campaign. */
export interface Outcome {
  /** Key of the campaign; null when there is none of that key. */
  readonly campaign: string | null;
  readonly refusals: readonly Refusal[];
  /** How the checks of an evaluated gate came out. */
  readonly results: readonly CheckResult[];
  /** Approvals and hand-offs that hold no more because of it; of a dry run, that would hold no more. */
  readonly invalidates?: readonly Invalidation[];
}

export interface Action {
  /** For example `step.start`; what the audit record calls it. */
  readonly name: AuditAction;
  readonly campaign: string;
  /** What is acted on, for example a step's key. */
  readonly subject: string;
  /** Only says what would come of it. */
  readonly dryRun?: boolean;
}

/**
 * Runs one action on one campaign: load and lock, decide, save with its audit record, all in one transaction.
 * The lock makes actions on the same campaign take turns, so that none decides on a state that is gone.
 */
export function actOn(
  ports: Ports,
  actor: Actor,
  action: Action,
  decide: (situation: Situation, campaign: LoadedCampaign, stores: Stores) => Decision | Promise<Decision>,
  afterwards?: (stores: Stores, campaign: LoadedCampaign, changes: readonly Change[]) => Promise<void>,
): Promise<Outcome> {
  // Counted whatever comes of it, so that the same request has the same keys.
  const request = ports.requestKeys?.next() ?? null;
  return ports.inTransaction(async (stores) => {
    const campaign = await stores.campaigns.lock(action.campaign);
    if (!campaign)
      return refused(null, refusal('UNKNOWN_CAMPAIGN', `there is no campaign '${action.campaign}'`));
    const former = await formerOf(stores, actor.name, request);
    if (former) return outcomeOf(former);
    const situation = situationOf(campaign);
    const decision = await decide(situation, campaign, stores);
    if (!decision.changes) return refused(campaign.key, ...decision.refusals);
    const now = ports.clock.now();
    const changes = await withReopened(stores, campaign, situation, decision.changes, now);
    checkMoves(situation, action.name, changes);
    const outcome = outcomeOf({ campaign: campaign.key, changes, refusals: [] });
    if (changes.length === 0 || action.dryRun === true) return outcome;
    await stores.campaigns.apply(campaign, changes, actor, now);
    await stores.audit.add({
      happenedAt: now,
      ...recordedActor(actor),
      action: action.name,
      subject: action.subject,
      campaignId: campaign.id,
      versionId: campaign.version.id,
      commitSha: null,
      before: before(campaign, changes),
      after: { changes },
      request,
    });
    const after = await reloaded(stores, campaign, changes, { by: actor.name, now });
    await measureCampaign(stores, after, inputsOf(changes), now);
    const { asked } = await routeRequests(stores, after, actor.name, now);
    await tellOfChanges(stores, situation, after, { changes, asked, actor: actor.name, now });
    await waitForGaps(stores, after, now);
    await afterwards?.(stores, after, changes);
    return outcome;
  });
}

export const outcomeOf = ({ campaign, changes, refusals }: Former): Outcome => ({
  campaign,
  refusals,
  results: (changes ?? []).flatMap((change) => (change.type === 'gate' ? change.results : [])),
  invalidates: (changes ?? []).filter((change) => change.type === 'invalidation'),
});

/** The campaign afterwards; another version is read from where it is kept. */
async function reloaded(
  stores: Stores,
  campaign: LoadedCampaign,
  changes: readonly Change[],
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<LoadedCampaign> {
  const isMoved = changes.some(({ type }) => type === 'pins');
  const after = isMoved ? await stores.campaigns.lock(campaign.key) : null;
  return after ?? campaignAfter(campaign, changes, now, by);
}

const refused = (campaign: string | null, ...refusals: Refusal[]): Outcome => ({
  campaign,
  refusals,
  results: [],
});

export const pinsOf = ({ version, policy, taxonomy }: LoadedCampaign): Pins => ({
  versionId: version.id,
  policyVersionId: policy?.id ?? null,
  taxonomyVersionId: taxonomy?.id ?? null,
});

/** The recorded state of what the changes touch, as it was. */
function before(campaign: LoadedCampaign, changes: NonNullable<Decision['changes']>): object {
  const { steps, gates } = campaign.state;
  const entries = changes.flatMap((change): [string, unknown][] => {
    if (change.type === 'step') return [[`step ${change.key}`, steps.get(change.key) ?? null]];
    if (change.type === 'gate') return [[`gate ${change.key}`, gates.get(change.key) ?? null]];
    if (change.type === 'channel')
      return [[`channel ${change.channel}`, campaign.channels.get(change.channel)?.status ?? null]];
    if (change.type === 'budget' || change.type === 'pause' || change.type === 'resume') {
      const { status = null, budget = null } = campaign.channels.get(change.channel) ?? {};
      return [[`channel ${change.channel}`, { status, budget }]];
    }
    if (change.type === 'brief') return [['brief', campaign.brief]];
    if (change.type === 'plan') return [['plannedLaunchAt', campaign.plannedLaunchAt]];
    if (change.type === 'pins') return [['pins', pinsOf(campaign)]];
    return change.type === 'campaign' ? [['campaign', campaign.status]] : [];
  });
  return Object.fromEntries(entries);
}
