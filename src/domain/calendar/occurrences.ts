import { DateTime } from 'luxon';
import rrule from 'rrule';

/** A daily meeting over three years; more is no calendar any more. */
const MOST = 1_100;

/**
 * When a meeting takes place, by the clock on the wall of its zone: ten o'clock stays ten o'clock when clocks change, and a time that
 * a change leaves out is the next there is.
 * @param rule recurrence rule (RFC 5545); an hour that it leaves open is nine o'clock
 * @param timezone IANA name
 * @param from first day, from its beginning
 * @param to nothing begins after it
 */
export function occurrences(rule: string, timezone: string, from: Date, to: Date): Date[] {
  const wall = (date: Date) => DateTime.fromJSDate(date, { zone: timezone });
  const begin = wall(from)
    .startOf('day')
    .set({ hour: rule.includes('BYHOUR') ? 0 : 9 });
  // The library counts in one zone without changes of the clock: what stands on the wall is told to it as if that were UTC.
  const asUtc = (time: DateTime) => time.setZone('utc', { keepLocalTime: true }).toJSDate();
  const options = rrule.RRule.parseString(rule);
  const until = asUtc(wall(to));
  const bounded = new rrule.RRule({
    ...options,
    dtstart: asUtc(begin),
    // A rule that never holds, such as 30 February, is looked for no further.
    until: options.until && options.until < until ? options.until : until,
  });
  return bounded
    .all((_, count) => count < MOST)
    .map((each) =>
      DateTime.fromJSDate(each, { zone: 'utc' }).setZone(timezone, { keepLocalTime: true }).toJSDate(),
    );
}
