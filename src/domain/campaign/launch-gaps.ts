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
  const { timezone } = situation.policy;
  return countedGaps(situation, launch).flatMap(({ gap, channel, former, from }): Refusal[] => {
    if (now >= from) return [];
    const [rule, time] = [ruleOfGap(gap), from.toISOString()];
    const message = `'${channel}' comes ${lasting(gap.minGap)} after '${former}' at the earliest: it may be launched from ${clockTime(from, timezone)} on`;
    return [refusal('TOO_EARLY', message, { rule, missing: [time], askRole: situation.decidersOn('rule') })];
  });
}

/** When the last of the least gaps before a launch step ends, or has ended; null where none counts. */
export function endOfGaps(situation: Situation, launch: string): Date | null {
  const ends = countedGaps(situation, launch).map(({ from }) => from.getTime());
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}

/** Until when a launch step that is ready has to wait for a gap; null where it does not. */
export function heldUntil(situation: Situation, launch: string, now: Date): Date | null {
  const end = awaitedGaps(situation, launch);
  return end !== null && now < end ? end : null;
}

/** The end of the gaps that a launch step waits for, or has waited for, which is ready otherwise; null where there are none. */
export function awaitedGaps(situation: Situation, launch: string): Date | null {
  return situation.progress.steps.get(launch)?.status === 'ready' ? endOfGaps(situation, launch) : null;
}

interface CountedGap {
  readonly gap: LaunchGap & { readonly minGap: string };
  readonly channel: string;
  readonly former: string;
  /** From when on the launch is allowed. */
  readonly from: Date;
}

/** Gaps before a launch step that nobody went past, after what was launched. */
function countedGaps({ workflow, policy, campaign }: Situation, launch: string): CountedGap[] {
  return workflow.sequence.flatMap((gap): CountedGap[] => {
    const { step, after, minGap } = gap;
    if (step !== launch || minGap === null || campaign.waived?.has(ruleOfGap(gap)) === true) return [];
    const channelOf = (key: string) => stepsOf(workflow).find((each) => each.key === key)?.channel ?? '';
    const [channel, former] = [channelOf(step), channelOf(after)];
    const since = campaign.channels.get(former)?.launchedAt ?? null;
    return since
      ? [{ gap: { ...gap, minGap }, channel, former, from: afterGap(since, minGap, policy.timezone) }]
      : [];
  });
}
