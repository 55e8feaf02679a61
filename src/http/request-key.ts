import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import type { RequestKey } from '../application/ports.js';

/** Longer than any identifier that clients make up. */
const MAX_KEY = 200;

/**
 * The key of a request by its header `idempotency-key`, with or without the quotation marks of draft-ietf-httpapi-idempotency-key-header;
 * null without one. @throws GraphQLError for what is no key
 */
export function requestKeyOf(headers: Readonly<Record<string, unknown>>, body: unknown): RequestKey | null {
  const { 'idempotency-key': given } = headers;
  if (given === undefined) return null;
  const key = (typeof given === 'string' ? given : '').replace(/^"(.*)"$/, '$1');
  if (!/^[\x21-\x7e]+$/.test(key) || key.length > MAX_KEY)
    throw new GraphQLError(
      `an Idempotency-Key has 1 to ${MAX_KEY} letters, digits and signs, for example a UUID`,
      { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } },
    );
  return {
    key,
    hash: createHash('sha256')
      .update(JSON.stringify(body ?? null))
      .digest('hex'),
  };
}
