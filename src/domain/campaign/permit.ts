import { launchChannel, notRunning } from './actions.js';
import { type Actor, lacking } from './actor.js';
import { demandedApprovals } from './approvals/demands.js';
import { describeMissing } from './progress.js';
import { type Refusal, refusal } from './refusal.js';
import type { Situation } from './situation.js';

/** Everything that keeps a channel from sending now; empty where nothing does: it is live, and no rule is against it (R43). */
export function whyNotSend(situation: Situation, actor: Actor, channel: string): readonly Refusal[] {
  const denied = lacking(actor, 'contributor') ?? notRunning(situation);
  if (denied) return [denied];
  const state = situation.campaign.channels.get(channel);
  if (state?.status === 'live')
    return [...situation.blockedBy(`launch:${channel}`), ...notApproved(situation, channel)];
  if (state?.status === 'paused') {
    const by = state.pausedBy == null ? '' : ` by ${state.pausedBy}`;
    const message = `'${channel}' is paused${by}: nothing is sent on it until it is resumed`;
    const askRole = ['approver', 'steward'];
    return [refusal('CHANNEL_NOT_LIVE', message, { missing: [`resume ${channel}`], askRole })];
  }
  const { refusals } = launchChannel(situation, actor, channel);
  if (refusals.length > 0) return refusals;
  const message = `'${channel}' has not been launched: nothing may be sent on it yet`;
  return [refusal('CHANNEL_NOT_LIVE', message, { missing: [`launch ${channel}`] })];
}

/** Why what is on a live channel may not be sent on: something that was approved before the launch has to be approved again (R37). */
function notApproved(situation: Situation, channel: string): Refusal[] {
  const open = [...situation.progress.steps.values()].flatMap(({ part, status, missing }) =>
    part.kind === 'launch' && part.channel === channel && status === 'done' ? missing : [],
  );
  const demanded = demandedApprovals(situation, channel);
  if (open.length === 0) return demanded;
  const missing = [...new Set(open.map(describeMissing))];
  const message = `something has changed since '${channel}' was launched: it waits for ${missing.join(', ')} again`;
  return [refusal('APPROVAL_MISSING', message, { missing, askRole: situation.rolesOf(open) }), ...demanded];
}
