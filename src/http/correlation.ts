import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Metrics } from '../observability/metrics.js';
import { failed, type Undertaking, undertake } from '../observability/correlation.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** What all that the request brings about is part of; there from the first hook on. */
    undertaking: Undertaking;
  }
}

/** By which an answer is found in the log, in traces and in the jobs that it has asked for. */
export const CORRELATION_HEADER = 'weir-correlation-id';

/** Gives each request a correlation id, or takes that of its `traceparent`, and measures it. */
export function correlate(app: FastifyInstance, metrics: Metrics): void {
  app.decorateRequest('undertaking');
  app.addHook('onRequest', (request, reply, done) => {
    const { method, routeOptions, raw } = request;
    // Not the address: it would be another name for each campaign.
    const route = routeOptions.url ?? 'none';
    const undertaking = undertake(`${method} ${route}`, {
      kind: 'request',
      carrier: raw.headers,
      attributes: { 'http.request.method': method, 'http.route': route },
    });
    request.undertaking = undertaking;
    void reply.header(CORRELATION_HEADER, undertaking.correlationId);
    const since = performance.now();
    const end = () => {
      const { statusCode } = reply;
      undertaking.span.setAttribute('http.response.status_code', statusCode);
      if (undertaking.faulty || statusCode >= 500) failed(undertaking.span, String(statusCode));
      undertaking.span.end();
      metrics.request(
        route,
        undertaking.faulty ? 'fault' : statusOf(reply),
        (performance.now() - since) / 1_000,
      );
    };
    // A socket is open for days; what is asked over it is no request of HTTP.
    if (!opensSocket(raw.headers)) reply.raw.once('close', end);
    else undertaking.span.end();
    undertaking.run(done);
  });
  // Where a body was read, what comes next is called by the connection.
  app.addHook('preValidation', (request, _reply, done) => request.undertaking.run(done));
}

/** As Node sees it: the header alone asks for nothing (RFC 9110, 7.8). */
const opensSocket = ({ upgrade, connection = '' }: IncomingHttpHeaders): boolean =>
  upgrade !== undefined && /\bupgrade\b/i.test(connection);

/** `2xx` and so on; `aborted` where whoever asked has gone before the answer. */
const statusOf = ({ raw, statusCode }: FastifyReply): string =>
  raw.writableFinished ? `${Math.floor(statusCode / 100)}xx` : 'aborted';
