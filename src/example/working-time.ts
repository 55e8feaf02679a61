import { DateTime, Duration } from 'luxon';

/** The example's people work from nine to five, Monday to Friday, in UTC. */
const DAY_BEGINS = 9;
const DAY_HOURS = 8;

/** Working hours of an ISO 8601 duration: a day is eight of them. */
export function workingHoursOf(duration: string): number {
  const { days, hours } = Duration.fromISO(duration).shiftTo('days', 'hours');
  return days * DAY_HOURS + hours;
}

/** The moment at which so much work, begun now, is done. */
export function afterWorkingHours(from: Date, hours: number): Date {
  let at = DateTime.fromJSDate(from, { zone: 'utc' });
  for (let left = hours; ;) {
    const begins = at.startOf('day').plus({ hours: DAY_BEGINS });
    const ends = begins.plus({ hours: DAY_HOURS });
    if (at.weekday > 5 || at >= ends) {
      at = begins.plus({ days: 1 });
      continue;
    }
    if (at < begins) at = begins;
    const today = ends.diff(at).as('hours');
    if (left <= today) return at.plus({ hours: left }).toJSDate();
    left -= today;
    at = ends;
  }
}
