import { DateTime, Duration } from 'luxon';

/** Nobody has looked at it or used it for so long (R95). */
const STALE_AFTER_DAYS = 180;

/** `stale`: used, and neither changed nor reviewed for 180 days; `orphaned`: not used for 180 days. */
export type Standing = 'current' | 'stale' | 'orphaned';

export interface Care {
  /** When its meaning changed last. */
  readonly changedAt: Date;
  /** When a review that covered it was completed last; null where none was. */
  readonly reviewedAt: Date | null;
  /** When a campaign was created on it last, or ended; `now` where one runs; null where none ever was. */
  readonly usedAt: Date | null;
  /** ISO 8601 duration between two reviews; null where the definition states none. */
  readonly reviewEvery: string | null;
}

export function standingOf({ changedAt, reviewedAt, usedAt }: Care, now: Date): Standing {
  const isOld = (moment: Date) => now.getTime() - moment.getTime() >= STALE_AFTER_DAYS * 86_400_000;
  // What has just been written down had no time to be used.
  if (isOld(usedAt ?? changedAt)) return 'orphaned';
  return isOld(latest(changedAt, reviewedAt)) ? 'stale' : 'current';
}

/** When it is to be reviewed next (R93): so long after the last review, or after it was changed where there was none since. */
export function reviewDueAt({ changedAt, reviewedAt, reviewEvery }: Care): Date | null {
  if (reviewEvery === null) return null;
  return DateTime.fromJSDate(latest(changedAt, reviewedAt), { zone: 'utc' })
    .plus(Duration.fromISO(reviewEvery))
    .toJSDate();
}

const latest = (one: Date, other: Date | null): Date => (other !== null && other > one ? other : one);
