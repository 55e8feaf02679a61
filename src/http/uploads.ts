import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { RefusalKind } from '../domain/campaign/refusal.js';
import { createErrorFormat } from './errors.js';
import { codeOf, refuse } from './refuse.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes longer to arrive than other requests may. */
    takesUploads?: boolean;
  }
}

/** At which even the largest audience arrives over an ordinary line. */
export const UPLOAD_TIMEOUT_MS = 1_200_000;

/** How an upload that was refused is answered. */
export const STATUS: Readonly<Record<RefusalKind, number>> = {
  'not-found': 404,
  permission: 403,
  state: 409,
  rule: 409,
  input: 422,
};

/** Whether it is the sender who broke off: what fails here, and ends the reading, is a fault like any other. */
const hasLeft = (raw: IncomingMessage, error: NodeJS.ErrnoException): boolean =>
  !raw.complete && (raw.errored === error || error.code === 'ERR_STREAM_PREMATURE_CLOSE');

/**
 * Has bodies given to a part of the server as they come, not as a whole. Whoever went away in the middle gets no answer.
 * @param answer what this part says of an error of its own; null where it is none of its own
 */
export function takeUploads(
  scope: FastifyInstance,
  logger: Logger,
  answer: (error: Error, reply: FastifyReply) => FastifyReply | null = () => null,
): void {
  const explain = createErrorFormat(logger);
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  scope.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (hasLeft(request.raw, error)) return reply.code(400).send();
    // What is still on its way is not read any more.
    if (!request.raw.complete) void reply.header('connection', 'close');
    const own = answer(error, reply);
    if (own !== null) return own;
    if (error.statusCode !== undefined && error.statusCode < 500)
      return refuse(reply, error.statusCode, codeOf(error.statusCode), error.message);
    return reply.code(500).send({ errors: [explain({ message: error.message }, error)] });
  });
}
