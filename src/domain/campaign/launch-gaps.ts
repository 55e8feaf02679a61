import { afterGap } from '../alignment/message-windows.js';
import { clockTime, lasting } from '../notification/wording.js';
import { stepsOf } from '../workflow/steps.js';
import type { LaunchGap } from '../workflow/workflow.js';
import { type Refusal, refusal } from './refusal.js';
import type { Situation } from './situation.js';

/** What `deviate` calls the least gap between two launches. */
export const ruleOfGap = ({ step, after }: Pick<LaunchGap, 'step' | 'after'>): string =>
  `sequence:${after}-to-${step}`;

/**
 * Least gaps before a launch step that are not over (R24): each channel counts from when it was launched, by the clock of the Policy. At
 * the very moment at which the gap ends the launch is allowed. The largest gap is not enforced, since nobody can turn time back.
 */
export function openGaps(situation: Situation, launch: string, now: Date): Refusal[] {
  const { workflow, policy, campaign } = situation;
  const channels = new Map(stepsOf(workflow).map(({ key, channel }) => [key, channel ?? '']));
  return workflow.sequence.flatMap((gap): Refusal[] => {
    const rule = ruleOfGap(gap);
    if (gap.step !== launch || gap.minGap === null || campaign.waived?.has(rule) === true) return [];
    const [channel, former] = [channels.get(gap.step) ?? '', channels.get(gap.after) ?? ''];
    const since = campaign.channels.get(former)?.launchedAt ?? null;
    const from = since && afterGap(since, gap.minGap, policy.timezone);
    if (!from || now >= from) return [];
    const time = from.toISOString();
    const message = `'${channel}' comes ${lasting(gap.minGap)} after '${former}' at the earliest: it may be launched from ${clockTime(from, policy.timezone)} on`;
    return [refusal('TOO_EARLY', message, { rule, missing: [time], askRole: situation.decidersOn('rule') })];
  });
}
