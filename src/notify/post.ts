import http from 'node:http';
import https from 'node:https';
import type { Sent } from '../application/deliver-notifications.js';
import { isPublic, literalAddress, PrivateAddress, publicLookup } from './addresses.js';

/** A target that has not answered in so many milliseconds is given up, from looking its name up to the end of its answer. */
export const TIME_LIMIT_MS = 10_000;
/** Nobody reads the answer; as much is taken as it takes to be polite. */
const MAX_ANSWER_BYTES = 64 * 1024;

export interface PostOptions {
  /** Whether addresses of private networks may be asked. */
  readonly allowPrivate: boolean;
  readonly timeLimitMs: number;
}

/** Sends a body to a URL, once. Redirects are not followed: they could lead anywhere. Never throws, and tells no secret. */
export async function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  options: PostOptions,
): Promise<Sent> {
  const literal = literalAddress(url);
  if (!options.allowPrivate && literal !== null && !isPublic(literal))
    return away(new PrivateAddress().message);
  try {
    const { status, retryAfter } = await request(url, headers, body, options);
    return judged(status, retryAfter);
  } catch (error) {
    return away(reasonOf(error, options.timeLimitMs));
  }
}

interface Answer {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

function request(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: string,
  { allowPrivate, timeLimitMs }: PostOptions,
): Promise<Answer> {
  const { request: ask } = url.protocol === 'https:' ? https : http;
  return new Promise<Answer>((resolve, reject) => {
    const signal = AbortSignal.timeout(timeLimitMs);
    const size = { 'content-length': Buffer.byteLength(body), 'user-agent': 'weir' };
    // A connection of its own: what is kept open was looked up some time ago.
    const options = { method: 'POST', agent: false, signal, headers: { ...headers, ...size } };
    const asked = ask(url, { ...options, ...(allowPrivate ? {} : { lookup: publicLookup }) }, (answer) => {
      let bytes = 0;
      const done = () => {
        resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] });
        asked.destroy();
      };
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
        if (bytes > MAX_ANSWER_BYTES) done();
      });
      answer.on('end', done);
      answer.on('error', reject);
      answer.on('close', () => reject(new Error('the connection was closed in the middle of the answer')));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

function judged(status: number, retryAfter: string | undefined): Sent {
  if (status >= 200 && status < 300) return { isSent: true };
  if (status >= 300 && status < 400) return refused(`it answered ${status}, and redirects are not followed`);
  // What is gone wants no more (Standard Webhooks); any other refusal may be mended at the other end.
  if (status === 410) return { ...refused('it answered 410: it is gone for good'), isFinal: true };
  const mustRest = status === 429 || status === 503;
  return {
    ...refused(`it answered ${status}`),
    isTargetAway: mustRest,
    retryAfterMs: mustRest ? pauseOf(retryAfter) : null,
  };
}

/** Seconds, or a date (RFC 9110, 10.2.3). */
function pauseOf(retryAfter = ''): number | null {
  if (/^\d{1,9}$/.test(retryAfter)) return Number(retryAfter) * 1_000;
  const until = Date.parse(retryAfter);
  return Number.isNaN(until) ? null : Math.max(0, until - Date.now());
}

type NotSent = Extract<Sent, { readonly isSent: false }>;
const refused = (error: string): NotSent => ({
  isSent: false,
  error,
  isTargetAway: false,
  isFinal: false,
  retryAfterMs: null,
});
const away = (error: string): NotSent => ({ ...refused(error), isTargetAway: true });

/** Messages of the network may hold the address, and that a token; codes do not. */
function reasonOf(error: unknown, timeLimitMs: number): string {
  if (error instanceof PrivateAddress) return error.message;
  const { name, code } = error as { name?: string; code?: unknown };
  if (name === 'TimeoutError' || code === 'ABORT_ERR')
    return `it did not answer within ${timeLimitMs / 1_000} s`;
  return `it could not be reached (${typeof code === 'string' ? code : 'the connection was closed'})`;
}
