import { DateTime } from 'luxon';
import { hoursOf, isDuration } from '../domain/duration.js';
import { UsageError } from './output.js';

/** Values of options, checked where they are given. */

export function wholeNumber(text: string, option: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new UsageError(`${option} is a whole number from ${least} to ${most}, not '${text}'`);
}

/** Elapsed hours of an ISO 8601 duration above zero. */
export function elapsedHours(text: string, option: string): number {
  const hours = isDuration(text) ? hoursOf(text) : Number.NaN;
  if (hours > 0) return hours;
  throw new UsageError(`${option} is an ISO 8601 duration such as P20D or PT36H, not '${text}'`);
}

/** Nine o'clock, when most days of work begin, where only a date is given. */
const DAY_BEGINS = 'T09:00:00';

/** An ISO 8601 date or time; UTC where no zone is given. */
export function moment(text: string, option: string): Date {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? text + DAY_BEGINS : text;
  const read = DateTime.fromISO(full, { zone: 'utc' });
  if (read.isValid && read.year >= 1970 && read.year <= 2200) return read.toJSDate();
  throw new UsageError(
    `${option} is a date such as 2026-03-02, or a time such as 2026-03-02T09:00Z, not '${text}'`,
  );
}
