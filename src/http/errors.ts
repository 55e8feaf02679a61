import { randomUUID } from 'node:crypto';
import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { BadCursor } from '../application/reads.js';

/**
 * What a caller sees of an error. Mistakes of the caller keep their message and a code; a fault is logged once
 * with a correlation id, and the caller gets that id and nothing of its inside.
 */
export function createErrorFormat(logger: Logger) {
  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const original = unwrapResolverError(error);
    if (original instanceof BadCursor) {
      return { ...formatted, message: original.message, extensions: { code: 'BAD_USER_INPUT' } };
    }
    const code = formatted.extensions?.['code'];
    const isOurs = original instanceof GraphQLError || !(original instanceof Error);
    if (isOurs && code !== 'INTERNAL_SERVER_ERROR') {
      return { ...formatted, extensions: { code: typeof code === 'string' ? code : 'BAD_REQUEST' } };
    }
    const correlationId = randomUUID();
    logger.error({ correlationId, err: original, path: formatted.path }, 'a request failed');
    return {
      message: 'something went wrong on the server; quote the correlation id when you report it',
      ...(formatted.path ? { path: formatted.path } : {}),
      extensions: { code: 'INTERNAL_SERVER_ERROR', correlationId },
    };
  };
}
