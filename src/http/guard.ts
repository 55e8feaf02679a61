import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { Logger } from 'pino';
import type { TokenUse } from '../domain/access/api-token.js';
import { type Actor, lacking, type Permission } from '../domain/campaign/actor.js';
import type { Authenticate } from './authentication.js';
import { IdentityUnavailable, NotForThis, Unauthenticated } from './authentication-errors.js';
import { refuse } from './refuse.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; there for every route that says what it is used for. */
    actor: Actor;
  }
  interface FastifyContextConfig {
    /** What an API token has to be for; whoever asks is known there. */
    use?: TokenUse;
    /** Whether anybody may ask. */
    isOpen?: boolean;
    /** Whether the token may stand in the address, for programs that send no headers. */
    takesTokenOfQuery?: boolean;
  }
}

/**
 * Lets nobody in who is not known, before anything of the body is read. Every route says what it is used for, or that it is open:
 * one that says neither keeps the server from starting.
 */
export function guard(app: FastifyInstance, authenticate: Authenticate, logger: Logger): void {
  app.decorateRequest('actor');
  const routes: RouteOptions[] = [];
  app.addHook('onRoute', (route) => void routes.push(route));
  // Plugins that bring routes of their own have said it for them by then.
  app.addHook('onReady', (done) => {
    const unsaid = routes.find(
      ({ method, config }) => method !== 'OPTIONS' && config?.use === undefined && config?.isOpen !== true,
    );
    done(unsaid && new Error(`route ${unsaid.url} does not say who may ask`));
  });
  app.addHook('onRequest', async (request, reply) => {
    const { use, takesTokenOfQuery = false } = request.routeOptions.config;
    // Who opens a socket says who they are in its first message, as browsers send no headers with it.
    if (use === undefined || request.method === 'OPTIONS' || (request.ws && use === 'graphql')) return;
    const { headers, ip: address } = request;
    const token = takesTokenOfQuery ? tokenOfQuery(request) : null;
    try {
      refuseSeveral(request);
      request.actor = await authenticate({ headers, address, use, token });
    } catch (error) {
      await refuseUnknown(error, reply, logger);
    }
  });
}

/** What stands between may go by another of them than we do. @throws Unauthenticated */
function refuseSeveral({ raw }: FastifyRequest): void {
  if ((raw.headersDistinct['authorization'] ?? []).length > 1)
    throw new Unauthenticated("there is more than one header 'authorization'", true);
}

/** A route that anybody may ask. */
export const OPEN = { config: { isOpen: true } } as const;

/** What whoever lacks the permission is answered; null for everybody else. */
export function refuseWithout(
  permission: Permission,
  { actor }: FastifyRequest,
  reply: FastifyReply,
): FastifyReply | null {
  const denied = lacking(actor, permission);
  return denied && refuse(reply, 403, 'FORBIDDEN', denied.message);
}

const tokenOfQuery = ({ query }: FastifyRequest): string | null => {
  const { token } = query as { readonly token?: unknown };
  return typeof token === 'string' ? token : null;
};

/** As RFC 6750, 3 has it. */
function refuseUnknown(error: unknown, reply: FastifyReply, logger: Logger): FastifyReply {
  // What is still on its way is not read any more.
  if (!reply.request.raw.complete) void reply.header('connection', 'close');
  if (error instanceof Unauthenticated) {
    const why = error.isWrong ? ', error="invalid_token"' : '';
    void reply.header('www-authenticate', `Bearer realm="weir"${why}`);
    return refuse(reply, 401, 'UNAUTHENTICATED', error.message);
  }
  if (error instanceof NotForThis) {
    void reply.header('www-authenticate', 'Bearer realm="weir", error="insufficient_scope"');
    return refuse(reply, 403, 'FORBIDDEN', error.message);
  }
  if (error instanceof IdentityUnavailable) {
    logger.error({ err: error }, 'access tokens cannot be verified');
    return refuse(reply.header('retry-after', '10'), 503, 'IDENTITY_UNAVAILABLE', error.message);
  }
  throw error;
}
