import { heldUntil } from '../domain/campaign/launch-gaps.js';
import type { LoadedCampaign, Ports, Stores } from './ports.js';
import { situationOf } from './situation.js';
import { tellOfGap } from './tell.js';

export const END_GAP = 'end-gap';

/** Asks for the job that tells people when the least gap before a launch is over; what was asked for before is asked for once. */
export async function waitForGaps(
  { jobs }: Pick<Stores, 'jobs'>,
  campaign: LoadedCampaign,
  now: Date,
): Promise<void> {
  const { sequence } = campaign.version.meaning;
  // Most workflows have none: nothing is worked out for them.
  if (sequence.length === 0 || campaign.status !== 'running') return;
  const situation = situationOf(campaign);
  for (const step of new Set(sequence.map((gap) => gap.step))) {
    const at = heldUntil(situation, step, now);
    if (at === null) continue;
    const payload = { campaign: campaign.key, step, end: at.toISOString() };
    await jobs.ask(END_GAP, payload, { key: `${END_GAP} ${campaign.key} ${step} ${payload.end}`, at });
  }
}

/** The least gap before a launch is over, if it is still the one that counts. */
export const endGap = (
  { inTransaction, clock }: Ports,
  key: string,
  gap: { readonly step: string; readonly end: Date },
): Promise<void> =>
  inTransaction(async (stores) => {
    const campaign = await stores.campaigns.lock(key);
    if (!campaign) return;
    await tellOfGap(stores, campaign, gap, clock.now());
    await stores.campaigns.announce(campaign);
  });
