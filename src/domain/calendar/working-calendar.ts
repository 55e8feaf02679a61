import { DateTime, Duration } from 'luxon';
import { CannotCalculate } from '../cannot-calculate.js';
import { WEEKDAYS, type Weekday } from '../workflow/document.js';

/** When a role works; what is absent does not narrow it. */
export interface WorkingTime {
  /** IANA time zone; null is UTC. */
  readonly timezone: string | null;
  /** Empty is every day, or Monday to Friday where there are hours. */
  readonly workingDays: readonly Weekday[];
  /** `09:00-17:00`; null is the whole day. */
  readonly workingHours: string | null;
  readonly holidays: readonly string[];
}

/** No plan reaches further; without an end, a role that never works would be looked for until memory is full. */
const MAX_YEARS = 30;
/** Half a year at a time is enough for any plan. */
const MOST_WEEKS = 26;
const OFFICE_DAYS: readonly Weekday[] = ['MO', 'TU', 'WE', 'TH', 'FR'];

/**
 * Converts between elapsed hours since `start` and hours of work (R88). Days are those of the role's zone, so that
 * nine o'clock stays nine o'clock when clocks change. Built as far as it is asked for.
 */
export class WorkingCalendar {
  /** Hours of one working day, and days of one working week: what `P1D` and `P1W` stand for. */
  readonly dayHours: number;
  readonly weekDays: number;
  /** Openings and closings in elapsed hours, and the hours worked before each opening. */
  #opens: number[] = [];
  #closes: number[] = [];
  #before: number[] = [];
  #nextDay: DateTime;
  #weeks = 1;
  readonly #start: number;
  readonly #days: readonly Weekday[];
  readonly #hours: readonly [from: number, to: number];

  constructor(
    start: Date,
    private readonly time: WorkingTime,
  ) {
    this.#start = start.getTime();
    this.#hours = time.workingHours === null ? [0, 24] : parseHours(time.workingHours);
    this.#days =
      time.workingDays.length > 0 ? time.workingDays : time.workingHours === null ? WEEKDAYS : OFFICE_DAYS;
    this.dayHours = this.#hours[1] - this.#hours[0];
    this.weekDays = this.#days.length;
    this.#nextDay = DateTime.fromJSDate(start, { zone: time.timezone ?? 'utc' }).startOf('day');
    this.#extend();
  }

  /** Hours of work in an ISO 8601 duration: a day is a working day, a week a working week, a month 30/7 of those. */
  hoursOf(duration: string): number {
    const { years, months, weeks, days, hours, minutes, seconds } = Duration.fromISO(duration);
    const calendarDays = weeks * 7 + months * 30 + years * 365;
    return (
      (calendarDays * this.weekDays * this.dayHours) / 7 +
      days * this.dayHours +
      hours +
      minutes / 60 +
      seconds / 3600
    );
  }

  /** Hours worked from the start until then. */
  worked(elapsed: number): number {
    while (this.#closes[this.#closes.length - 1]! <= elapsed) this.#extend();
    const at = lastAtMost(this.#opens, elapsed);
    if (at < 0) return 0;
    return this.#before[at]! + Math.min(elapsed, this.#closes[at]!) - this.#opens[at]!;
  }

  /** The earliest moment at which so many hours have been worked; five o'clock rather than nine the next day. */
  earliest(worked: number): number {
    if (worked <= 0) return 0;
    while (this.#total() < worked) this.#extend();
    let at = lastAtMost(this.#before, worked);
    if (this.#before[at]! >= worked) at--;
    return this.#opens[at]! + worked - this.#before[at]!;
  }

  /** The latest moment at which only so many hours have been worked. */
  latest(worked: number): number {
    while (this.#total() <= worked) this.#extend();
    const at = lastAtMost(this.#before, Math.max(0, worked));
    return this.#opens[at]! + Math.max(0, worked) - this.#before[at]!;
  }

  /** When so much work, ready to begin then, is done. */
  finish(ready: number, hours: number): number {
    return hours <= 0 ? ready : this.earliest(this.worked(ready) + hours);
  }

  /** When work can begin that is ready then. */
  begin(ready: number): number {
    return Math.max(ready, this.latest(this.worked(ready)));
  }

  #total(): number {
    const last = this.#opens.length - 1;
    return last < 0 ? 0 : this.#before[last]! + this.#closes[last]! - this.#opens[last]!;
  }

  /** Adds the days of the next weeks, at each time more of them: a deadline is days away, a plan months. */
  #extend(): void {
    const until = this.#nextDay.plus({ weeks: this.#weeks });
    this.#weeks = Math.min(2 * this.#weeks, MOST_WEEKS);
    if (until.toMillis() - this.#start > MAX_YEARS * 366 * 24 * 3_600_000)
      throw new CannotCalculate(`this takes longer than ${MAX_YEARS} years of working time`);
    for (; this.#nextDay < until; this.#nextDay = this.#nextDay.plus({ days: 1 }))
      this.#addDay(this.#nextDay);
    if (this.#opens.length === 0) this.#extend();
  }

  #addDay(day: DateTime): void {
    const weekday = WEEKDAYS[day.weekday - 1];
    if (!weekday || !this.#days.includes(weekday)) return;
    if (this.time.holidays.includes(day.toISODate() ?? '')) return;
    const [from, to] = this.#hours.map((hour) => this.#elapsed(atHour(day, hour)));
    const open = Math.max(0, from ?? 0);
    if (to === undefined || to <= open) return;
    this.#before.push(this.#total());
    this.#opens.push(open);
    this.#closes.push(to);
  }

  #elapsed(moment: DateTime): number {
    return (moment.toMillis() - this.#start) / 3_600_000;
  }
}

/** Wall-clock time, so that a day on which clocks change has its nine o'clock too. */
const atHour = (day: DateTime, hour: number): DateTime =>
  hour === 24
    ? day.plus({ days: 1 })
    : day.set({ hour: Math.floor(hour), minute: Math.round((hour % 1) * 60) });

function parseHours(text: string): readonly [number, number] {
  const [from = 0, to = 24] = text.split('-').map((time) => {
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    return hour + minute / 60;
  });
  return [from, to];
}

/** The last position whose value is at most the limit, or -1. Values never fall. */
function lastAtMost(values: readonly number[], limit: number): number {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
