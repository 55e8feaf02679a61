import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** After which a sender that sends nothing is taken to be gone. */
const IDLE_MS = 30_000;

/**
 * Timers come before what a socket has received: a process that was held up for long would call a sender silent whose bytes have
 * been there all the time. So it reads on before it says so, until a turn brings no more.
 */
export function onceHeard(socket: Socket, then: () => void): void {
  const read = socket.bytesRead;
  setImmediate(() => (socket.bytesRead === read ? then() : onceHeard(socket, then)));
}

/**
 * Pieces of an upload. A sender that sends nothing for so long is cut off; while the pieces before are being stored it is the sender
 * who waits, and no time passes.
 */
export async function* patiently(
  raw: IncomingMessage,
  pieces: AsyncIterable<Uint8Array>,
  idleMs = IDLE_MS,
): AsyncGenerator<Uint8Array> {
  let waiting: NodeJS.Timeout | undefined;
  const wait = () => {
    const since = setTimeout(() => onceHeard(raw.socket, () => since === waiting && raw.destroy()), idleMs);
    waiting = since;
  };
  const stop = () => {
    clearTimeout(waiting);
    waiting = undefined;
  };
  wait();
  try {
    for await (const piece of pieces) {
      stop();
      yield piece;
      wait();
    }
  } finally {
    stop();
  }
}

/** A connection on which a request has begun by the time that all has been read is not refused for having sent none. */
export function hearBeforeRefusing(server: Server): void {
  const begun = new WeakMap<Duplex, number>();
  server.on('request', ({ socket }: IncomingMessage) => begun.set(socket, (begun.get(socket) ?? 0) + 1));
  const refuse = server.listeners('clientError') as ((error: Error, socket: Socket) => void)[];
  server.removeAllListeners('clientError');
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    const answer = () => refuse.forEach((each) => each(error, socket));
    const before = begun.get(socket);
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT')
      onceHeard(socket, () => begun.get(socket) === before && answer());
    else answer();
  });
}

/** Ends the connection of who is still sending after this time, except on routes that take uploads. */
export function limitReceiving(app: FastifyInstance, timeoutMs: number): void {
  app.addHook('onRequest', (request, _reply, next) => {
    const { raw } = request;
    if (request.routeOptions.config.takesUploads !== true && !raw.complete) {
      const end = () => onceHeard(raw.socket, () => raw.complete || raw.destroy());
      const timer = setTimeout(end, timeoutMs);
      raw.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
    }
    next();
  });
}
