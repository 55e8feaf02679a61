import { DateTime } from 'luxon';
import { hoursOf } from '../duration.js';
import type { Role } from '../workflow/document.js';
import type { Meeting } from './default-cadence.js';
import { occurrences } from './occurrences.js';

/** A running campaign with its regular meetings. */
export interface MeetingCampaign {
  readonly campaign: string;
  readonly createdAt: Date;
  readonly meetings: readonly Meeting[];
}
/** Seven days, the end not included. */
export interface Week {
  readonly from: Date;
  readonly to: Date;
}
/** How long somebody sits in meetings in a week. */
export interface PersonLoad {
  /** A person of the Team; the role, where it names nobody. */
  readonly who: string;
  /** As which they are asked to come, in alphabetical order. */
  readonly roles: readonly string[];
  readonly hours: number;
  /** The most hours first. */
  readonly campaigns: readonly { readonly campaign: string; readonly hours: number }[];
}

/** Seven days from the beginning of the day in that zone: each weekday once, whatever the day is. */
export function weekFrom(day: Date, timezone: string): Week {
  const from = DateTime.fromJSDate(day, { zone: timezone }).startOf('day');
  return { from: from.toJSDate(), to: from.plus({ days: 7 }).toJSDate() };
}

/**
 * Hours in regular meetings, person by person over all campaigns (R20), the most first. Who comes to a meeting in two roles sits in it once.
 */
export function meetingLoads(
  campaigns: readonly MeetingCampaign[],
  roles: readonly Role[],
  week: Week,
): PersonLoad[] {
  const peopleOf = new Map(roles.map(({ key, people }) => [key, people.length > 0 ? people : [key]]));
  const times = counting(week);
  const loads = new Map<string, { roles: Set<string>; campaigns: Map<string, number> }>();
  for (const { campaign, createdAt, meetings } of campaigns)
    for (const meeting of meetings) {
      const hours = times(meeting, createdAt) * hoursOf(meeting.duration);
      if (hours === 0) continue;
      for (const [who, as] of comingTo(meeting, peopleOf)) {
        const load = loads.get(who) ?? { roles: new Set<string>(), campaigns: new Map<string, number>() };
        for (const role of as) load.roles.add(role);
        load.campaigns.set(campaign, (load.campaigns.get(campaign) ?? 0) + hours);
        loads.set(who, load);
      }
    }
  return [...loads]
    .map(([who, load]) => ({
      ...{ who, roles: [...load.roles].sort() },
      hours: [...load.campaigns.values()].reduce((sum, hours) => sum + hours, 0),
      campaigns: [...load.campaigns]
        .map(([campaign, hours]) => ({ campaign, hours }))
        .sort((one, other) => other.hours - one.hours || (one.campaign < other.campaign ? -1 : 1)),
    }))
    .sort((one, other) => other.hours - one.hours || (one.who < other.who ? -1 : 1));
}

/** Who comes, and in which roles. */
function comingTo(
  { attendees }: Meeting,
  peopleOf: ReadonlyMap<string, readonly string[]>,
): Map<string, string[]> {
  const coming = new Map<string, string[]>();
  for (const role of new Set(attendees))
    for (const who of peopleOf.get(role) ?? [role]) coming.set(who, [...(coming.get(who) ?? []), role]);
  return coming;
}

/** How often a meeting takes place in the week. Many campaigns have the same ones: each is counted once. */
function counting({ from, to }: Week): (meeting: Meeting, createdAt: Date) => number {
  const known = new Map<string, number>();
  return ({ rrule, timezone }, createdAt) => {
    const begin = dependsOnBegin(rrule) || createdAt > from ? createdAt : from;
    // A day is one where the meeting takes place.
    const name = [rrule, timezone, DateTime.fromJSDate(begin, { zone: timezone }).toISODate()].join(' ');
    const count =
      known.get(name) ??
      occurrences(rrule, timezone, begin, to).filter((each) => each >= from && each < to).length;
    known.set(name, count);
    return count;
  };
}

/** Whether it matters for a rule when it began. */
const dependsOnBegin = (rrule: string): boolean =>
  /COUNT|INTERVAL/.test(rrule) || !/FREQ=DAILY|BYDAY/.test(rrule);
