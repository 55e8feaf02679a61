import { DateTime } from 'luxon';

/** A calendar quarter in UTC. */
export interface Quarter {
  readonly start: Date;
  /** First moment of the next quarter. */
  readonly end: Date;
}

/** Every quarter has at least this many working days, so plans may count up to it. */
export const WORKING_DAYS_IN_A_QUARTER = 64;

/** The last two full quarters before the UTC day of `today`, the older one first. */
export function lastTwoQuarters(today: Date): readonly [Quarter, Quarter] {
  const current = DateTime.fromJSDate(today, { zone: 'utc' }).startOf('quarter');
  const back = (quarters: number): Date => current.minus({ quarters }).toJSDate();
  return [
    { start: back(2), end: back(1) },
    { start: back(1), end: back(0) },
  ];
}

/** The one that begins when a quarter ends. */
export const quarterAfter = ({ end }: Quarter): Quarter => ({
  start: end,
  end: DateTime.fromJSDate(end, { zone: 'utc' }).plus({ quarters: 1 }).toJSDate(),
});

/** Hour of the `day`-th working day of a quarter, counted from 1, in UTC. */
export function workingDay(quarter: Quarter, day: number, hour: number): Date {
  if (day < 1 || day > WORKING_DAYS_IN_A_QUARTER)
    throw new RangeError(`working day ${day} is not in every quarter`);
  const dayBefore = DateTime.fromJSDate(quarter.start, { zone: 'utc' }).minus({ days: 1 });
  return stepWorkingDays(dayBefore, day).set({ hour }).toJSDate();
}

/** The same hour, that many working days later, or earlier when negative. */
export function addWorkingDays(from: Date, days: number): Date {
  return stepWorkingDays(DateTime.fromJSDate(from, { zone: 'utc' }), days).toJSDate();
}

/** Midnight at which the UTC day of `today` begins. */
export const startOfDay = (today: Date): Date =>
  DateTime.fromJSDate(today, { zone: 'utc' }).startOf('day').toJSDate();

function stepWorkingDays(from: DateTime, days: number): DateTime {
  let date = from;
  for (let left = Math.abs(days); left > 0;) {
    date = date.plus({ days: Math.sign(days) });
    if (date.weekday <= 5) left -= 1;
  }
  return date;
}
