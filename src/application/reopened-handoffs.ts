import { reopenedHandoffs } from '../domain/campaign/reopened-handoffs.js';
import type { Situation } from '../domain/campaign/situation.js';
import type { Change } from '../domain/campaign/state.js';
import { campaignAfter } from './measure-campaign.js';
import type { LoadedCampaign, Stores } from './ports.js';
import { situationOf } from './situation.js';

/**
 * What an action changes, and the accepted hand-offs that it opens again (R12). A move to another version opens none: what was taken over
 * moves with it.
 */
export async function withReopened(
  { metrics }: Stores,
  campaign: LoadedCampaign,
  situation: Situation,
  changes: readonly Change[],
  now: Date,
): Promise<readonly Change[]> {
  const isMoved = changes.some(({ type }) => type === 'pins');
  if (campaign.state.handoffs.size === 0 || changes.length === 0 || isMoved) return changes;
  const given = changes.flatMap((change) => (change.type === 'asset' ? [change.asset] : []));
  const known = given.length > 0 ? await metrics.assets(campaign.id) : [];
  const others = known.filter(({ key }) => !given.some((asset) => asset.key === key));
  const after = situationOf(campaignAfter(campaign, changes, now));
  return [
    ...changes,
    ...reopenedHandoffs({ situation, assets: known }, { situation: after, assets: [...others, ...given] }),
  ];
}
