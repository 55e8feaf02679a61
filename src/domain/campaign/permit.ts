import { launchChannel, notRunning } from './actions.js';
import { type Actor, lacking } from './actor.js';
import { demandedApprovals } from './approvals/demands.js';
import { openGaps } from './launch-gaps.js';
import { describeMissing, type StepProgress } from './progress.js';
import { type Refusal, refusal } from './refusal.js';
import type { Situation } from './situation.js';

/** Everything that keeps a channel from sending now; empty where nothing does: it is live, and no rule or gap is against it (R24, R43). */
export function whyNotSend(
  situation: Situation,
  actor: Actor,
  channel: string,
  now: Date,
): readonly Refusal[] {
  const denied = lacking(actor, 'contributor') ?? notRunning(situation);
  if (denied) return [denied];
  const state = situation.campaign.channels.get(channel);
  if (state?.status === 'live')
    return [
      ...situation.blockedBy(`launch:${channel}`),
      ...launchesOf(situation, channel).flatMap(({ part }) => openGaps(situation, part.key, now)),
      ...notApproved(situation, channel),
    ];
  if (state?.status === 'paused') {
    const { pausedBy, pausedAt, pausedReason } = state;
    const how = [
      ...(pausedBy == null ? [] : [` by ${pausedBy}`]),
      ...(pausedAt == null ? [] : [` since ${pausedAt.toISOString()}`]),
      ...(pausedReason == null ? [] : [` (${pausedReason})`]),
    ].join('');
    const message = `'${channel}' is paused${how}: nothing is sent on it until it is resumed`;
    const askRole = ['approver', 'steward'];
    return [refusal('CHANNEL_NOT_LIVE', message, { missing: [`resume ${channel}`], askRole })];
  }
  const { refusals } = launchChannel(situation, actor, channel, now);
  if (refusals.length > 0) return refusals;
  const message = `'${channel}' has not been launched: nothing may be sent on it yet`;
  return [refusal('CHANNEL_NOT_LIVE', message, { missing: [`launch ${channel}`] })];
}

/** The launches that the channel has had. */
const launchesOf = ({ progress }: Situation, channel: string): StepProgress[] =>
  [...progress.steps.values()].filter(
    ({ part, status }) => part.kind === 'launch' && part.channel === channel && status === 'done',
  );

/** Why what is on a live channel may not be sent on: something that was approved before the launch has to be approved again (R37). */
function notApproved(situation: Situation, channel: string): Refusal[] {
  const open = launchesOf(situation, channel).flatMap(({ missing }) => missing);
  const demanded = demandedApprovals(situation, channel);
  if (open.length === 0) return demanded;
  const missing = [...new Set(open.map(describeMissing))];
  const message = `something has changed since '${channel}' was launched: it waits for ${missing.join(', ')} again`;
  return [refusal('APPROVAL_MISSING', message, { missing, askRole: situation.rolesOf(open) }), ...demanded];
}
