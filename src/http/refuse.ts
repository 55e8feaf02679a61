import type { FastifyReply } from 'fastify';
import type { ErrorCode } from './error-codes.js';

/** What is not answered says so in the same shape on every route: an entry of `errors`, with a code of `docs/errors.md`. */
export const refuse = (reply: FastifyReply, status: number, code: ErrorCode, message: string): FastifyReply =>
  reply.code(status).send({ errors: [{ message, extensions: { code } }] });

/** For what is refused before a route has looked at it, such as a body that is too large. */
export const codeOf = (status: number): ErrorCode => CODES[status] ?? 'BAD_REQUEST';

const CODES: Readonly<Record<number, ErrorCode>> = {
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  429: 'RATE_LIMITED',
};
