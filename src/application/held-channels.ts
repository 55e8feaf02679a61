import type { Decision } from '../domain/campaign/actions.js';
import { disagreeing, heldBy } from '../domain/campaign/disagreement.js';
import type { Situation } from '../domain/campaign/situation.js';
import type { Change } from '../domain/campaign/state.js';
import { isMetric } from '../domain/metrics/catalogue.js';
import { stepsOf } from '../domain/workflow/steps.js';
import type { LoadedCampaign, Stores } from './ports.js';

/** What a gate's evaluation changes besides: where it has failed and says so, channels that disagree are held (R61). */
export async function holding(
  { metrics }: Stores,
  campaignId: string,
  situation: Situation,
  decision: Decision,
): Promise<Decision> {
  const [change] = decision.changes ?? [];
  if (change?.type !== 'gate' || change.status !== 'failed') return decision;
  const gate = situation.progress.gates.get(change.key)?.part;
  if (gate?.onFail !== 'pause-channel') return decision;
  const failed = change.results.filter(({ passed, isStated }) => !passed && !isStated);
  const evidence = [];
  for (const result of failed)
    if (isMetric(result.metric))
      evidence.push({ result, evidence: await metrics.evidence(campaignId, result.metric) });
  const assets = await metrics.assets(campaignId);
  const channelOf = new Map(assets.map(({ key, channel }) => [key, channel]));
  const held = heldBy(situation, gate, change.results, disagreeing(evidence, channelOf));
  return { refusals: [], changes: [change, ...held] };
}

/** Tells of channels that a gate holds. */
export async function tellOfHeld(
  { alerts }: Stores,
  { key, version }: LoadedCampaign,
  changes: readonly Change[],
  now: Date,
): Promise<void> {
  for (const change of changes) {
    if (change.type !== 'pause') continue;
    const { channel, reason } = change;
    const message = `'${channel}' of campaign '${key}' is paused: ${reason}. Whoever has mended it asks an approver to resume it.`;
    const launching = stepsOf(version.meaning).filter((step) => step.channel === channel);
    const roles = [
      ...new Set([...launching.flatMap(({ responsible }) => responsible), version.meaning.steward]),
    ];
    await alerts.raise(
      { kind: 'channel-paused', subject: `${key} ${channel}`, message, campaign: key, roles },
      now,
    );
  }
}

export const resumed = (
  { alerts }: Stores,
  { key }: LoadedCampaign,
  channel: string,
  now: Date,
): Promise<void> => alerts.resolve('channel-paused', `${key} ${channel}`, now);
