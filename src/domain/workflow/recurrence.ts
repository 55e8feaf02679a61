const FREQUENCIES: Readonly<Record<string, number>> = {
  DAILY: 7,
  WEEKLY: 1,
  MONTHLY: 12 / 52,
  YEARLY: 1 / 52,
};
const PART =
  /^(FREQ|INTERVAL|COUNT|UNTIL|BY(SECOND|MINUTE|HOUR|DAY|MONTHDAY|YEARDAY|WEEKNO|MONTH|SETPOS)|WKST)=[\w+,:-]+$/;

/** How often a week, on average, an RFC 5545 recurrence rule happens; null for what is none. */
export function timesPerWeek(rrule: string): number | null {
  const parts = rrule.split(';');
  if (!parts.every((part) => PART.test(part))) return null;
  const by = new Map(parts.map((part) => part.split('=') as [string, string]));
  const frequency = FREQUENCIES[by.get('FREQ') ?? ''];
  const interval = Number(by.get('INTERVAL') ?? '1');
  if (frequency === undefined || !Number.isInteger(interval) || interval < 1) return null;
  const days = by.get('BYDAY')?.split(',') ?? [];
  if (!days.every((day) => /^[+-]?\d{0,2}(MO|TU|WE|TH|FR|SA|SU)$/.test(day))) return null;
  const perPeriod =
    by.get('FREQ') === 'DAILY' ? (days.length > 0 ? days.length / 7 : 1) : Math.max(1, days.length);
  const times = ['BYHOUR', 'BYMINUTE'].reduce((all, key) => all * (by.get(key)?.split(',').length ?? 1), 1);
  return (frequency * perPeriod * times) / interval;
}
