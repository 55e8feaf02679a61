import { nearest } from '../suggestion.js';
import type { Signal } from '../workflow/document.js';

/** One value of a signal. */
export interface Reading {
  readonly at: Date;
  /** Null where a value was expected and is not there. */
  readonly value: number | null;
  /** On how many observations the value rests; null where the sender does not say. */
  readonly samples: number | null;
}

/** A reading as a sender gives it. */
export interface GivenReading extends Reading {
  /** Chosen by the sender: a second reading of this key has no effect. Unique within campaign and signal. */
  readonly key: string;
  readonly campaign: string;
  readonly signal: string;
  readonly channel: string | null;
}

/** What has to be known of a campaign to judge its readings. */
export interface Listener {
  readonly status: string;
  /** Null while it runs. */
  readonly endedAt: Date | null;
  /** Signals of the Taxonomy that it is pinned to; null where it is pinned to none, and any name will do. */
  readonly signals: readonly Signal[] | null;
  readonly channels: readonly string[];
}

/**
 * Readings are kept for a quarter, as that is what a quarterly review looks back on and longer than any trigger waits; what is
 * older is there by the hour.
 */
export const KEPT_DAYS = 92;
/** Clocks disagree by seconds, or by minutes where nobody sets them. */
export const CLOCKS_DISAGREE_MINUTES = 5;
const DAY_MS = 86_400_000;

/** Before this moment no readings are kept. */
export const keptSince = (now: Date): Date => new Date(now.getTime() - KEPT_DAYS * DAY_MS);

/** What comes of a campaign, and is known only after it (R78). */
export const RESULTS: readonly string[] = ['roi', 'satisfaction'];

/** Whether a reading of the signal is taken: of a campaign that runs any, of one that has ended what came of it, for a quarter. */
export const isTaken = (
  signal: string,
  { status, endedAt }: Omit<Listener, 'signals' | 'channels'>,
  now: Date,
): boolean =>
  status === 'running' ||
  (status === 'ended' && endedAt !== null && endedAt >= keptSince(now) && RESULTS.includes(signal));

/** Why a reading was not taken. A code is never removed and never given another meaning. */
export const REJECTIONS = {
  malformed:
    'It is not a JSON object with `campaign`, `signal`, `key`, `at` and `value`, or has something else.',
  'line-too-long': 'The line is longer than any reading.',
  'unknown-campaign': 'There is no campaign of this key.',
  'campaign-not-running': `The campaign has ended or was cancelled. What comes of it (${RESULTS.join(', ')}) is taken for ${KEPT_DAYS} days after its end.`,
  'unknown-signal': 'The Taxonomy that the campaign is pinned to has no such signal.',
  'unknown-channel': 'The campaign has no such channel.',
  'not-a-number': 'The value is no number; a value that is missing is null.',
  'out-of-range': 'The value is outside of what the Taxonomy says is possible.',
  'in-the-future': `It is of more than ${CLOCKS_DISAGREE_MINUTES} minutes from now.`,
  'too-old': `It is older than the ${KEPT_DAYS} days for which readings are kept.`,
} as const;
export type RejectionCode = keyof typeof REJECTIONS;
export interface Rejection {
  readonly code: RejectionCode;
  readonly message: string;
}

/** Why a well-formed reading is not taken; null where it is. */
export function rejected(reading: GivenReading, listener: Listener | null, now: Date): Rejection | null {
  const { campaign, signal, channel, at, value } = reading;
  if (!listener) return { code: 'unknown-campaign', message: `there is no campaign '${campaign}'` };
  if (!isTaken(signal, listener, now))
    return { code: 'campaign-not-running', message: `campaign '${campaign}' is ${listener.status}` };
  const known = listener.signals?.find(({ key }) => key === signal);
  if (listener.signals && !known) {
    const names = listener.signals.map(({ key }) => key);
    return { code: 'unknown-signal', message: `there is no signal '${signal}'${meant(signal, names)}` };
  }
  if (channel !== null && !listener.channels.includes(channel)) {
    const message = `the campaign has no channel '${channel}'${meant(channel, listener.channels)}`;
    return { code: 'unknown-channel', message };
  }
  if (value !== null && !Number.isFinite(value))
    return { code: 'not-a-number', message: 'the value is no number that can be counted with' };
  const [least, most] = known?.range ?? [-Infinity, Infinity];
  if (value !== null && (value < least || value > most))
    return { code: 'out-of-range', message: `${value} is not from ${least} to ${most}` };
  return outOfTime(at, now);
}

function outOfTime(at: Date, now: Date): Rejection | null {
  if (at.getTime() > now.getTime() + CLOCKS_DISAGREE_MINUTES * 60_000)
    return {
      code: 'in-the-future',
      message: `${at.toISOString()} is yet to come: it is ${now.toISOString()}`,
    };
  if (at < keptSince(now))
    return { code: 'too-old', message: `${at.toISOString()} is more than ${KEPT_DAYS} days ago` };
  return null;
}

export function meant(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  return near === null ? '' : `, did you mean '${near}'?`;
}
