import http from 'node:http';
import type { FastifyInstance } from 'fastify';
import { OPEN } from './guard.js';

/** What the probes of an orchestrator or a proxy ask. */
export interface Health {
  /** What keeps it from being ready, for people and without anything of its inside; null when nothing does. */
  readonly whyNotReady: () => Promise<string | null>;
  /** Whether it is about to stop: connections are then not kept for another request. */
  readonly isStopping?: () => boolean;
}

const LIVE = '/health/live';
const READY = '/health/ready';
const ALIVE = { ok: true };

/** `/health/live` is about the process alone; `/health/ready` says whether requests should be sent here. */
export function registerHealth(app: FastifyInstance, { whyNotReady }: Health): void {
  app.get(LIVE, OPEN, (_request, reply) => reply.send(ALIVE));
  app.get(READY, OPEN, async (_request, reply) => {
    const reason = await whyNotReady();
    return reason === null ? reply.send(ALIVE) : reply.code(503).send({ ok: false, reason });
  });
}

/** A proxy that keeps connections is to send its next request elsewhere. */
export function closeWhileStopping(app: FastifyInstance, { isStopping }: Health): void {
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isStopping?.() === true) void reply.header('connection', 'close');
    done();
  });
}

/**
 * Answers the same two before there is anything to serve, so that a long migration is not taken for a dead process. Everything
 * else is answered `503`.
 * @param reason why it is not ready
 * @throws Error of the system where the port cannot be listened on
 */
export async function answerWhileStarting(
  { host, port }: { readonly host: string; readonly port: number },
  reason: string,
): Promise<{ stop(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    const isLive = request.url === LIVE;
    const headers = { 'content-type': 'application/json; charset=utf-8', connection: 'close' };
    response
      .writeHead(isLive ? 200 : 503, isLive ? headers : { ...headers, 'retry-after': '1' })
      .end(JSON.stringify(isLive ? ALIVE : { ok: false, reason }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
