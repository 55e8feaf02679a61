import { randomBytes } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { CannotCalculate } from '../domain/cannot-calculate.js';
import { Forbidden } from '../application/for-readers.js';
import { TooLargeToDraw } from '../application/draw-diagram.js';
import { BadCursor, TimedOut } from '../application/reads.js';
import { RepositoryError } from '../application/repository-error.js';
import { MAX_TOKENS, REQUEST_TIMEOUT_SECONDS } from '../schema/limits.js';
import { blame, correlationId as current } from '../observability/correlation.js';
import { type ErrorCode, ERRORS } from './error-codes.js';

/** What Apollo says of `extensions { persistedQuery }` without a code. */
const MISUSED_HASH = ['provided sha does not match query', 'Unsupported persisted query version'];

/** The longest of ours, a refusal that names what is missing, stays below it. */
const MAX_MESSAGE_LENGTH = 2_000;

/**
 * What a caller sees of an error. Mistakes of the caller keep their message and a code; a fault is logged once
 * with the correlation id of the request, and the caller gets that id and nothing of its inside.
 */
export function createErrorFormat(logger: Logger, timeoutSeconds = REQUEST_TIMEOUT_SECONDS) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error);
    const as = (code: ErrorCode, message = formatted.message) => ({
      ...formatted,
      message: shortened(message),
      extensions: { code },
    });
    if (original instanceof Forbidden) return as('FORBIDDEN', original.message);
    if (original instanceof BadCursor) return as('BAD_USER_INPUT', original.message);
    if (original instanceof RepositoryError) return as('REPOSITORY_UNREADABLE', original.message);
    if (original instanceof CannotCalculate) return as('CANNOT_CALCULATE', original.message);
    if (original instanceof TooLargeToDraw) return as('LIMIT_EXCEEDED', original.message);
    if (original instanceof TimedOut) {
      blame();
      return as('TIMEOUT', `this took longer than ${timeoutSeconds} seconds and was given up`);
    }
    if (formatted.message.startsWith('Syntax Error: Document contains more')) {
      return as('LIMIT_EXCEEDED', `the document has more than ${MAX_TOKENS} words and signs`);
    }
    if (formatted.message.includes('Maximum call stack')) {
      return as('LIMIT_EXCEEDED', 'the document nests more deeply than it can be read');
    }
    if (MISUSED_HASH.includes(formatted.message)) return as('BAD_REQUEST');
    const code = formatted.extensions?.['code'];
    const isOurs = original instanceof GraphQLError || !(original instanceof Error);
    if (isOurs && code !== 'INTERNAL_SERVER_ERROR') return as(isKnown(code) ? code : 'BAD_REQUEST');
    blame();
    const correlationId = current() ?? randomBytes(16).toString('hex');
    logger.error({ correlationId, err: original, path: formatted.path }, 'a request failed');
    return {
      message: ERRORS.INTERNAL_SERVER_ERROR.example,
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId },
    };
  };
}

/** Messages quote what was sent, which may be a megabyte. */
const shortened = (message: string): string =>
  message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)} …` : message;

const isKnown = (code: unknown): code is ErrorCode => typeof code === 'string' && code in ERRORS;
