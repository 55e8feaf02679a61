import { DateTime } from 'luxon';
import { hoursOf, isDuration } from '../domain/duration.js';
import type { Supposition } from '../domain/forecast/what-if.js';
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

const SUPPOSITIONS =
  'without:STEP, parallel:STEP,STEP, capacity:ROLE=2, effort:STEP=P2D, effort:STEP=P1D/P2D/P5D or slip:STEP=P3D';

/** What `--what-if` supposes. */
export function supposition(text: string): Supposition {
  const [, type, what = '', value = ''] = /^([a-z]+):([^=]+)(?:=(.+))?$/.exec(text) ?? [];
  if (type === 'without' && value === '') return { type, step: what };
  if (type === 'parallel' && value === '') return { type, steps: what.split(',') };
  if (type === 'capacity')
    return { type, role: what, units: wholeNumber(value, '--what-if capacity', 1, 10_000) };
  if (type === 'slip') {
    elapsedHours(value, '--what-if slip');
    return { type, step: what, by: value };
  }
  if (type === 'effort') {
    const points = value.split('/');
    const hours = points.map((each) => elapsedHours(each, '--what-if effort'));
    const [optimistic = '', likely = optimistic, pessimistic = likely] = points;
    const inOrder = hours.every((each, at) => at === 0 || each >= (hours[at - 1] ?? 0));
    if (inOrder && points.length !== 2 && points.length <= 3) {
      return { type, step: what, effort: { optimistic, likely, pessimistic } };
    }
  }
  throw new UsageError(`--what-if is one of ${SUPPOSITIONS}, not '${text}'`);
}
