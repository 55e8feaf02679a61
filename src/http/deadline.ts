import type { FastifyInstance } from 'fastify';
import { refuse } from './refuse.js';

/**
 * Answers what nothing has answered by then, such as a database that hangs: whoever asks is not to wait with it. Uploads and sockets
 * have limits of their own.
 */
export function answerInTime(app: FastifyInstance, timeoutMs: number): void {
  app.addHook('onRequest', (request, reply, done) => {
    done();
    if (request.routeOptions.config.takesUploads === true || request.ws) return;
    const late = () => {
      if (reply.sent) return;
      request.undertaking.faulty = true;
      const message = `this took longer than ${timeoutMs / 1_000} seconds and was given up`;
      void refuse(reply.header('connection', 'close'), 503, 'TIMEOUT', message);
    };
    const timer = setTimeout(late, timeoutMs);
    reply.raw.once('close', () => clearTimeout(timer));
  });
}
