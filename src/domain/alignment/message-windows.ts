import { DateTime, Duration } from 'luxon';
import { stepsOf } from '../workflow/steps.js';
import type { CalendarGround } from './content-calendar.js';

/** Between which times a message has to follow another (R24). */
export interface MessageWindow {
  /** Steps of the definition's `sequence`, and the channels that they launch. */
  readonly step: string;
  readonly after: string;
  readonly channel: string;
  readonly afterChannel: string;
  /** When both appear; null where that is not planned. */
  readonly at: Date | null;
  readonly afterAt: Date | null;
  /** Null where it does not matter, or is not known. */
  readonly earliest: Date | null;
  readonly latest: Date | null;
  /** Null where a time is missing. */
  readonly isKept: boolean | null;
}

/** The windows of a definition's `sequence`, of steps that launch channels. They move with the first message. */
export function messageWindows(ground: CalendarGround): MessageWindow[] {
  const { workflow, timezone: zone } = ground;
  const channels = new Map(stepsOf(workflow).map(({ key, channel }) => [key, channel]));
  return workflow.sequence.flatMap(({ step, after, minGap, maxGap }): MessageWindow[] => {
    const [channel, afterChannel] = [channels.get(step) ?? null, channels.get(after) ?? null];
    if (channel === null || afterChannel === null) return [];
    const [at, afterAt] = [firstMessage(ground, channel), firstMessage(ground, afterChannel)];
    const later = (gap: string) => afterAt && afterGap(afterAt, gap, zone);
    const earliest = later(minGap ?? 'PT0S');
    const latest = maxGap === null ? null : later(maxGap);
    const isKept = at && earliest ? at >= earliest && (latest === null || at <= latest) : null;
    return [{ ...{ step, after, channel, afterChannel, at, afterAt, earliest, latest, isKept } }];
  });
}

/** @param gap ISO 8601; days are those of the calendar in the zone, also where clocks change */
export const afterGap = (time: Date, gap: string, zone: string): Date =>
  DateTime.fromJSDate(time, { zone }).plus(Duration.fromISO(gap)).toJSDate();

/** When a channel says something first: when it was launched, else the first of its assets that has a time, else when it opens. */
function firstMessage({ channels, assets, plannedLaunchAt }: CalendarGround, channel: string): Date | null {
  const opening = channels.find((each) => each.channel === channel);
  if (opening?.launchedAt) return opening.launchedAt;
  const times = assets.flatMap((asset) =>
    asset.channel === channel && asset.plannedAt ? [asset.plannedAt.getTime()] : [],
  );
  const first = times.reduce<number | null>(
    (least, time) => (least === null || time < least ? time : least),
    null,
  );
  return first === null ? (opening?.plannedAt ?? plannedLaunchAt) : new Date(first);
}
