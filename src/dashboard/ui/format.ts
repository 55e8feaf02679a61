/** Dates and numbers as the reader's language writes them; chosen in the page's head, or that of the browser. */
const KEPT_AS = 'weir-language';
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

export function language(): Language {
  const kept = localStorage.getItem(KEPT_AS);
  const wanted = kept ?? navigator.language;
  return wanted.startsWith('de') ? 'de' : 'en';
}
export const chooseLanguage = (chosen: Language): void => localStorage.setItem(KEPT_AS, chosen);

/** The locale: Germans write 29.11.2026; English readers of several countries understand 29 Nov 2026. */
const locale = () => (language() === 'de' ? 'de-DE' : 'en-GB');
const NOTHING = '–';

/** `NEEDS_WORK` as `needs work`. */
export const words = (name: string): string => name.toLowerCase().replaceAll('_', ' ');

const shown = (iso: string | null | undefined, options: Intl.DateTimeFormatOptions): string =>
  iso == null ? NOTHING : new Intl.DateTimeFormat(locale(), options).format(new Date(iso));

/** `29 Nov 2026`, in the reader's own time zone. */
export const day = (iso: string | null | undefined): string => shown(iso, { dateStyle: 'medium' });

/** The same in another zone, where that decides which day it is. */
export const dayIn = (zone: string, iso: string): string =>
  shown(iso, { dateStyle: 'medium', timeZone: zone });

/** A day without a time, which is the same day everywhere. */
export const calendarDay = (date: string): string => dayIn('UTC', date);

/** `29 Nov 2026, 10:30`, in the reader's own time zone. */
export const moment = (iso: string | null | undefined): string =>
  shown(iso, { dateStyle: 'medium', timeStyle: 'short' });

/** `in 3 days`, `2 hours ago`. */
export function ago(iso: string, now: number = Date.now()): string {
  const hours = (new Date(iso).getTime() - now) / 3_600_000;
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  if (Math.abs(hours) >= 48) return format.format(Math.round(hours / 24), 'day');
  if (Math.abs(hours) >= 1) return format.format(Math.round(hours), 'hour');
  return format.format(Math.round(hours * 60), 'minute');
}

/** At most as many digits behind the point. */
export const number = (value: number | null | undefined, digits = 1): string =>
  value == null ? NOTHING : new Intl.NumberFormat(locale(), { maximumFractionDigits: digits }).format(value);

/** `1 error`, `3 errors`. */
export const count = (value: number, noun: string): string =>
  `${number(value)} ${noun}${value === 1 ? '' : 's'}`;

export const percent = (share: number | null | undefined): string =>
  share == null
    ? NOTHING
    : new Intl.NumberFormat(locale(), { style: 'percent', maximumFractionDigits: 0 }).format(share);

/** Hours as what people say: `5 h`, `3.5 days`. A day has 24 hours here, as elapsed time has. */
export function hours(value: number | null | undefined): string {
  if (value == null) return NOTHING;
  return Math.abs(value) < 48
    ? `${number(value)} h`
    : `${number(value / 24)} ${language() === 'de' ? 'Tage' : 'days'}`;
}

/** A difference of hours, with its sign: `+3.5 days`. */
export const moreHours = (value: number | null | undefined): string =>
  value != null && value > 0 ? `+${hours(value)}` : hours(value);

const UNITS = {
  Y: 'years',
  M: 'months',
  W: 'weeks',
  D: 'days',
  TH: 'hours',
  TM: 'minutes',
  TS: 'seconds',
} as const;
const UNITS_DE = {
  ...{ years: 'Jahre', months: 'Monate', weeks: 'Wochen', days: 'Tage' },
  ...{ hours: 'Stunden', minutes: 'Minuten', seconds: 'Sekunden' },
} as const;
const ONE_DE = {
  ...{ years: 'Jahr', months: 'Monat', weeks: 'Woche', days: 'Tag' },
  ...{ hours: 'Stunde', minutes: 'Minute', seconds: 'Sekunde' },
} as const;

/** An ISO 8601 duration as a definition has it: `P1DT4H` as `1 day 4 hours`. */
export function duration(iso: string | null | undefined): string {
  if (iso == null) return NOTHING;
  const [date = '', time = ''] = iso.replace(/^P/, '').split('T');
  const parts = [
    ...[...date.matchAll(/([\d.]+)([YMWD])/g)].map(([, value, unit]) => [Number(value), unit] as const),
    ...[...time.matchAll(/([\d.]+)([HMS])/g)].map(([, value, unit]) => [Number(value), `T${unit}`] as const),
  ].map(([value, unit]) => {
    const name = UNITS[unit as keyof typeof UNITS];
    const [many, one] = language() === 'de' ? [UNITS_DE[name], ONE_DE[name]] : [name, name.slice(0, -1)];
    return `${number(value, 2)} ${value === 1 ? one : many}`;
  });
  return parts.length === 0 ? iso : parts.join(' ');
}

/** Of a metric, by the unit that the API names. */
export function measured(value: number | null | undefined, unit: string): string {
  if (value == null) return NOTHING;
  if (unit === 'RATIO') return percent(value);
  if (unit === 'HOURS') return hours(value);
  return number(value, 2);
}

/** Of what is over in a moment: `0.4 s`. */
export const seconds = (value: number): string => `${number(value)} s`;
