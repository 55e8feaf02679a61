import { DateTime, Duration } from 'luxon';
import type { ChannelState } from '../campaign/state.js';
import type { Workflow } from '../workflow/workflow.js';
import { handoffReviewsOf, meetingsOf, REVIEW_DURATION, REVIEW_NOTE, reviewAt } from './default-cadence.js';
import { checkpointsOf, type LaunchPlans } from './checkpoints.js';
import { occurrences } from './occurrences.js';

/** Something of a campaign that takes place at a time. */
export interface CalendarEvent {
  /** The same as long as it is the same event, also when it moves. */
  readonly id: string;
  readonly summary: string;
  readonly start: Date;
  /** Null where it is a whole day, or a moment. */
  readonly end: Date | null;
  readonly isWholeDay: boolean;
  /** Roles that take part; empty where it is for everybody. */
  readonly roles: readonly string[];
  /** Why it takes place, where the definition does not say so; else null. */
  readonly note: string | null;
}

/** What a calendar shows of a campaign. */
export interface CampaignDates extends LaunchPlans {
  readonly endedAt: Date | null;
  /** Whose clock goes for what the definition does not state; IANA name. */
  readonly timezone: string;
  /** When sections ended, or are to be expected to; those that are not known are left out. */
  readonly stageEnds: ReadonlyMap<string, Date>;
  readonly channels: readonly (Pick<ChannelState, 'status' | 'plannedAt'> & { readonly channel: string })[];
}

/** How far meetings are shown ahead of a campaign without an end, and beyond a launch. */
const AHEAD = Duration.fromObject({ weeks: 8 });

/** Meetings (R19), checkpoints that move with the launch (R51), milestones with a date, and planned launches, in their order. */
export function campaignEvents(workflow: Workflow, dates: CampaignDates, now: Date): CalendarEvent[] {
  const { createdAt, endedAt, plannedLaunchAt: launch, channels, timezone: local, stageEnds } = dates;
  const last = [now, launch, ...channels.map(({ plannedAt }) => plannedAt)].reduce<Date>(
    (latest, each) => (each && each > latest ? each : latest),
    createdAt,
  );
  const until = endedAt ?? DateTime.fromJSDate(last).plus(AHEAD).toJSDate();
  const lasting = (start: Date, duration: string) => ({
    ...{ start, isWholeDay: false },
    end: DateTime.fromJSDate(start).plus(Duration.fromISO(duration)).toJSDate(),
  });
  const meetings = meetingsOf(workflow, local).flatMap(
    ({ key, rrule, duration, timezone, attendees, note }) =>
      occurrences(rrule, timezone, createdAt, until).map((start): CalendarEvent => ({
        ...{ id: `meeting-${key}-${compact(start)}`, summary: key, roles: attendees, note },
        ...lasting(start, duration),
      })),
  );
  const reviews = handoffReviewsOf(workflow).flatMap(({ section, attendees }): CalendarEvent[] => {
    const end = stageEnds.get(section);
    const start = end && reviewAt(end, local);
    if (!start || start > until) return [];
    const id = `handoff-review-${section}`;
    return [
      {
        ...{ id, summary: `handoff review of ${section}`, roles: attendees, note: REVIEW_NOTE },
        ...lasting(start, REVIEW_DURATION),
      },
    ];
  });
  const checkpoints = checkpointsOf(workflow, dates).flatMap(({ key, at }): CalendarEvent[] =>
    at ? [moment(`checkpoint-${key}`, `checkpoint ${key}`, at)] : [],
  );
  const milestones = workflow.milestones.flatMap(({ key, date, owner, consumers }): CalendarEvent[] => {
    if (date === null) return [];
    const day = moment(`milestone-${key}`, `milestone ${key}`, new Date(`${date}T00:00:00Z`));
    return [{ ...day, isWholeDay: true, roles: [owner, ...consumers] }];
  });
  const launches = channels.flatMap(({ channel, plannedAt, status }): CalendarEvent[] => {
    const at = plannedAt ?? launch;
    const summary = `launch on ${channel}${status === 'paused' ? ' (paused)' : ''}`;
    return at ? [moment(`launch-${channel}`, summary, at)] : [];
  });
  return [...meetings, ...reviews, ...checkpoints, ...milestones, ...launches].sort(
    (one, other) => one.start.getTime() - other.start.getTime() || (one.id < other.id ? -1 : 1),
  );
}

/** For one role: what it takes part in, and what is for everybody. */
export const eventsFor = (events: readonly CalendarEvent[], role: string): CalendarEvent[] =>
  events.filter(({ roles }) => roles.length === 0 || roles.includes(role));

const moment = (id: string, summary: string, start: Date): CalendarEvent => ({
  ...{ id, summary, start, end: null, isWholeDay: false, roles: [], note: null },
});

/** `20260302T0900` */
const compact = (date: Date): string => date.toISOString().slice(0, 16).replaceAll(/[-:]/g, '');
