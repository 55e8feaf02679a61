import { DateTime } from 'luxon';
import type { Policy } from '../workflow/document.js';

/** Three months of a fiscal year, in the time zone of the Policy. */
export interface Quarter {
  /** For example `2026-Q3`: the third quarter of the fiscal year that begins in 2026. */
  readonly name: string;
  readonly start: Date;
  /** First moment of the next quarter. */
  readonly end: Date;
}
/** Whether it is over; what is not is reviewed up to now, and what has not begun has nothing to review. */
export type QuarterState = 'over' | 'under-way' | 'ahead';

/** The month that fiscal years begin with, and where days begin. */
export type FiscalYear = Pick<Policy, 'fiscalYearStart' | 'timezone'>;

/** A quarter that is not written as `2026-Q3`. */
export class UnknownQuarter extends Error {
  override readonly name = 'UnknownQuarter';
}

/** The calendar day of a moment (ISO 8601) where the reviewers are. */
export const dayOf = (moment: Date | string, timezone: string): string =>
  DateTime.fromJSDate(new Date(moment), { zone: timezone }).toISODate() ?? '';

/** @throws UnknownQuarter */
export function quarterNamed(name: string, fiscal: FiscalYear): Quarter {
  const [, year, number] = /^([12]\d{3})-Q([1-4])$/.exec(name) ?? [];
  if (year === undefined) {
    throw new UnknownQuarter(
      `'${name}' is not a quarter: the third of the fiscal year that begins in 2026 is written 2026-Q3`,
    );
  }
  return quarterAt(Number(year) * 4 + Number(number) - 1, fiscal);
}

/** The last quarter that is over at the given moment. */
export const lastQuarter = (now: Date, fiscal: FiscalYear): Quarter =>
  quarterAt(countAround(now, fiscal) - 1, fiscal);

/** The quarter that a moment is in. */
export const quarterAround = (moment: Date, fiscal: FiscalYear): Quarter =>
  quarterAt(countAround(moment, fiscal), fiscal);

function countAround(moment: Date, { fiscalYearStart, timezone }: FiscalYear): number {
  const day = DateTime.fromJSDate(moment, { zone: timezone });
  return Math.floor((day.year * 12 + day.month - fiscalYearStart) / 3);
}

/** @param count quarters since the fiscal year 0 began */
function quarterAt(count: number, { fiscalYearStart, timezone }: FiscalYear): Quarter {
  const year = Math.floor(count / 4);
  const number = count - year * 4;
  const start = DateTime.fromObject({ year, month: fiscalYearStart, day: 1 }, { zone: timezone }).plus({
    months: 3 * number,
  });
  return {
    name: `${year}-Q${number + 1}`,
    start: start.toJSDate(),
    end: start.plus({ months: 3 }).toJSDate(),
  };
}
