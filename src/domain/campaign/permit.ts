import { launchChannel, notRunning } from './actions.js';
import { type Actor, lacking } from './actor.js';
import { type Refusal, refusal } from './refusal.js';
import type { Situation } from './situation.js';

/** Everything that keeps a channel from sending now; empty where nothing does: it is live, and no rule is against it (R43). */
export function whyNotSend(situation: Situation, actor: Actor, channel: string): readonly Refusal[] {
  const denied = lacking(actor, 'contributor') ?? notRunning(situation);
  if (denied) return [denied];
  const state = situation.campaign.channels.get(channel);
  if (state?.status === 'live') return situation.blockedBy(`launch:${channel}`);
  if (state?.status === 'paused')
    return [refusal('CHANNEL_NOT_LIVE', `'${channel}' is paused`, { missing: [`resume ${channel}`] })];
  const { refusals } = launchChannel(situation, actor, channel);
  if (refusals.length > 0) return refusals;
  const message = `'${channel}' has not been launched: nothing may be sent on it yet`;
  return [refusal('CHANNEL_NOT_LIVE', message, { missing: [`launch ${channel}`] })];
}
