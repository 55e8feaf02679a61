import { Duration } from 'luxon';

/** Whether the text is an ISO 8601 duration such as `P3D`, `PT8H` or `-P7D`. */
export const isDuration = (text: string): boolean =>
  /^[+-]?P(?=.)/.test(text) && Duration.fromISO(text).isValid;

/** Elapsed hours of an ISO 8601 duration, a day taken as 24 hours, a month as 30 days. */
export const hoursOf = (text: string): number => Duration.fromISO(text).as('hours');
