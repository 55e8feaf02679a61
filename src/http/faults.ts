import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { createErrorFormat } from './errors.js';
import { codeOf, refuse } from './refuse.js';

/** What goes wrong in a route that has no words of its own for it is logged once, and nothing of its inside is told. */
export function hideFaults(app: FastifyInstance, logger: Logger): void {
  const explain = createErrorFormat(logger);
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const { statusCode = 500, message } = error;
    if (statusCode < 500) return refuse(reply, statusCode, codeOf(statusCode), message);
    request.undertaking.faulty = true;
    return reply.code(500).send({ errors: [explain({ message }, error)] });
  });
  app.setNotFoundHandler(({ method, url }, reply) =>
    refuse(reply, 404, 'NOT_FOUND', `there is nothing to ${method} at ${url.split('?')[0]}`),
  );
}
