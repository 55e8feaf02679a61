import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FollowingReads, Reads } from '../application/reads.js';
import type { Actor } from '../domain/campaign/actor.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether it is answered from a copy of the database, which has no position to tell. */
    isOfCopy: boolean;
    /** What it is answered from, once that is chosen. */
    reads: Reads | null;
  }
}

/** Both the header and the cookie are called so: programs send the header again, browsers the cookie without being asked to. */
export const POSITION = 'weir-position';

/** By then every copy that is still used has come so far. */
const KEPT_SECONDS = 60;

/** Tells whoever was answered from the database itself how far it has come, so that no copy shows them anything older afterwards. */
export function tellPositions(app: FastifyInstance, copy: FollowingReads | null): void {
  app.decorateRequest('isOfCopy', false);
  app.decorateRequest('reads', null);
  if (copy === null) return;
  app.addHook('onSend', async (request, reply) => {
    // On open routes, and where it is not known who asks, nothing was done.
    if ((request.actor as Actor | undefined) === undefined || request.isOfCopy) return;
    const position = await copy.position();
    const cookie = `${POSITION}=${position}; Max-Age=${KEPT_SECONDS}; Path=/; HttpOnly; SameSite=Strict`;
    void reply.header(POSITION, position).header('set-cookie', cookie);
  });
}

/** What all of a request is answered from: a copy where it only reads, and the copy holds what its sender has written or seen. */
export async function readsOf(
  request: FastifyRequest,
  database: Reads,
  copy: FollowingReads | null,
): Promise<Reads> {
  if (request.reads) return request.reads;
  const reads = copy && request.isQuery ? await copy.at(positionOf(request)) : null;
  request.isOfCopy = reads !== null;
  return (request.reads = reads ?? database);
}

function positionOf({ headers }: FastifyRequest): string | null {
  const { [POSITION]: given, cookie = '' } = headers;
  if (given !== undefined) return String(given);
  return /(?:^|;\s*)weir-position=([^;]*)/.exec(cookie)?.[1] ?? null;
}
