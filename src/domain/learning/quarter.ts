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

/** @throws UnknownQuarter */
export function quarterNamed(name: string, fiscal: FiscalYear): Quarter {
  const [, year, number] = /^(2\d{3})-Q([1-4])$/.exec(name) ?? [];
  if (year === undefined) throw new UnknownQuarter(`'${name}' is not a quarter such as 2026-Q3`);
  return quarterAt(Number(year) * 4 + Number(number) - 1, fiscal);
}

/** The last quarter that is over at the given moment. */
export function lastQuarter(now: Date, fiscal: FiscalYear): Quarter {
  const today = DateTime.fromJSDate(now, { zone: fiscal.timezone });
  const months = today.year * 12 + today.month - fiscal.fiscalYearStart;
  return quarterAt(Math.floor(months / 3) - 1, fiscal);
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
