import type { IncomingMessage } from 'node:http';
import fastifyWebsocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';
import { MAX_BODY_BYTES } from '../schema/limits.js';
import { BoundedSocket } from './bounded-socket.js';

/** Service Restart (RFC 6455, 7.4): whoever follows something opens another connection, which finds another replica. */
const RESTARTING = 1012;

/** Takes sockets from our own pages and those of these origins, and says why it closes them. */
export async function takeSockets(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  // Before the plugin closes them without a reason.
  app.addHook('preClose', (done) => {
    for (const socket of app.websocketServer.clients) socket.close(RESTARTING, 'the server is stopping');
    done();
  });
  await app.register(fastifyWebsocket, {
    options: {
      // Its types want what stands beside the class in its module, too.
      WebSocket: BoundedSocket as never,
      maxPayload: MAX_BODY_BYTES,
      verifyClient: ({ origin, req }: { origin: string | undefined; req: IncomingMessage }) =>
        mayConnect(origin, req.headers.host, origins),
    },
  });
}

/** Browsers let any page open a socket and only say which page it is: ours, or one that was allowed. */
function mayConnect(
  origin: string | undefined,
  host: string | undefined,
  allowed: readonly string[],
): boolean {
  if (origin === undefined || allowed.includes(origin)) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
