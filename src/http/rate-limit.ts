import fastifyRateLimit, { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What watches the server asks however busy everybody else is. */
const UNLIMITED: readonly (string | undefined)[] = ['/health/live', '/health/ready'];

/**
 * Counts what each address asks, requests and what comes over its sockets together. It is a limit for who has run wild: what one
 * request may cost is limited by itself.
 * @param requestsAMinute 0: no limit
 */
export async function limitRate(app: FastifyInstance, requestsAMinute: number): Promise<void> {
  await app.register(fastifyRateLimit, {
    global: false,
    max: requestsAMinute,
    timeWindow: '1 minute',
    enableDraftSpec: true,
    // Of a connection that is gone by now the address is not known any more.
    keyGenerator: ({ ip }) => ((ip as string | undefined) === undefined ? 'gone' : normalizeIP(ip)),
    allowList: ({ routeOptions }) => UNLIMITED.includes(routeOptions.url),
    errorResponseBuilder: (_request, { statusCode, ttl }) =>
      Object.assign(new Error(tooMany(ttl)), { statusCode, code: 'RATE_LIMITED' }),
  });
  if (requestsAMinute === 0) return;
  const limit = app.rateLimit();
  // Of everything, before it is looked who asks: what is not there and wrong tokens count, too.
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.rateLimit === undefined) await limit.call(app, request, reply);
  });
}

/** Whether one more may be asked over a socket; null where it may, else what to say. */
export function createSocketLimit(
  app: FastifyInstance,
  requestsAMinute: number,
): (request: FastifyRequest) => Promise<string | null> {
  if (requestsAMinute === 0) return () => Promise.resolve(null);
  const count = app.createRateLimit();
  return async (request) => {
    const counted = await count(request);
    return !counted.isAllowed && counted.isExceeded ? tooMany(counted.ttl) : null;
  };
}

const tooMany = (ttlMs: number): string =>
  `too many requests from this address; try again in ${Math.ceil(ttlMs / 1_000)} s`;
