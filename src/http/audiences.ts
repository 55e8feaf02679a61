import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import type { Ports } from '../application/ports.js';
import {
  type AudienceOf,
  type GivenAudience,
  removeAudience,
  replaceAudience,
} from '../application/replace-audience.js';
import { WrongMembers } from '../domain/alignment/members.js';
import { REFUSALS, type RefusalKind } from '../domain/campaign/refusal.js';
import { actorFrom } from './actor.js';
import { createErrorFormat } from './errors.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes longer to arrive than other requests may. */
    takesUploads?: boolean;
  }
}

/** Twenty million members of 128 characters, and their line ends. */
const MAX_AUDIENCE_BYTES = 2_600_000_000;
/** At which even these arrive over an ordinary line. */
export const UPLOAD_TIMEOUT_MS = 1_200_000;

const STATUS: Readonly<Record<RefusalKind, number>> = {
  'not-found': 404,
  permission: 403,
  state: 409,
  rule: 409,
  input: 422,
};

/**
 * `PUT /audiences/<campaign>/<channel>` takes the hashed ids of whom a channel reaches, one a line; `DELETE` forgets them.
 * No `POST`: a browser lets any page send one, but asks before a `PUT`.
 */
export function registerAudiences(app: FastifyInstance, ports: Ports, logger: Logger): void {
  const url = '/audiences/:campaign/:channel';
  const explain = createErrorFormat(logger);
  void app.register((scope, _options, registered) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    scope.setErrorHandler((error: Error & { statusCode?: number }, _request, reply) => {
      if (error instanceof WrongMembers) return reply.code(422).send({ problems: error.problems });
      if (error.statusCode !== undefined && error.statusCode < 500)
        return reply.code(error.statusCode).send({ errors: [{ message: error.message }] });
      return reply.code(500).send({ errors: [explain({ message: error.message }, error)] });
    });
    scope.put<{ Params: AudienceOf }>(
      url,
      { bodyLimit: MAX_AUDIENCE_BYTES, config: { takesUploads: true } },
      async ({ headers, params, body, raw }, reply) => {
        const lines = (body ?? raw) as AsyncIterable<Uint8Array>;
        return answer(reply, params, await replaceAudience(ports, actorFrom(headers), params, lines));
      },
    );
    scope.delete<{ Params: AudienceOf }>(url, async ({ headers, params }, reply) =>
      answer(reply, params, await removeAudience(ports, actorFrom(headers), params)),
    );
    registered();
  });
}

function answer(reply: FastifyReply, of: AudienceOf, { refusals, ...given }: GivenAudience): FastifyReply {
  const [first] = refusals;
  return reply.code(first ? STATUS[REFUSALS[first.code].kind] : 200).send({ ...of, ...given, refusals });
}
