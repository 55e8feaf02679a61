import { DateTime, Duration } from 'luxon';

/** What somebody wrote, told apart from the sentence around it. */
export const quoted = (text: string): string => `“${text}”`;

/** `a`, `a and b`, `a, b and c` */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;

/** `P2D` as `2 days`; a text that is no duration stays as it is. */
export function lasting(duration: string): string {
  const read = Duration.fromISO(duration, { locale: 'en' });
  return read.isValid ? read.toHuman() : duration;
}

/** `2026-11-23 10:00 Europe/Berlin` */
export const clockTime = (at: Date, zone: string): string =>
  DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd HH:mm z');

export const rounds = (count: number): string => (count === 1 ? 'one round' : `${count} rounds`);

/** `a is away` as `A is away.` */
export const sentence = (text: string): string =>
  `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
