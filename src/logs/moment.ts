import { DateTime } from 'luxon';

const WITH_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?\s?(Z|[+-]\d{2}:?\d{2})$/i;
const WITHOUT_ZONE = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d+)?)?)?$/;
/** Milliseconds since 1970; fewer digits could be seconds, or anything. */
const EPOCH = /^\d{13}$/;

/**
 * Milliseconds since 1970 of an ISO 8601 time, with a blank instead of the T as databases print it, a date alone, or
 * thirteen digits; NaN for anything else, since 03/04/2026 is two days.
 * @param zone of times that name none.
 */
export function readMoment(text: string, zone: string): number {
  const trimmed = text.trim().replace(',', '.');
  if (!EPOCH.test(trimmed) && !isDay(trimmed)) return Number.NaN;
  if (WITH_ZONE.test(trimmed)) return Date.parse(trimmed.replace(' ', 'T').replace(/ /g, ''));
  if (EPOCH.test(trimmed)) return Number(trimmed);
  if (!WITHOUT_ZONE.test(trimmed)) return Number.NaN;
  const iso = trimmed.replace(' ', 'T');
  if (zone !== 'UTC') return DateTime.fromISO(iso, { zone }).toMillis();
  return Date.parse(iso.length === 10 ? iso : `${iso}Z`);
}

/** `Date` takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
}
