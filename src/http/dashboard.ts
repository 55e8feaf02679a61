import { existsSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { OPEN } from './guard.js';
import { policyWith } from './headers.js';

/** Where people sign in to the dashboard, by OpenID Connect. */
export interface SignIn {
  /** URL of the issuer, whose endpoints are on the same origin. */
  readonly issuer: string;
  readonly clientId: string;
  /** For whom the access token has to be. */
  readonly audience: string | null;
  /** What is asked for, separated by blanks. */
  readonly scope: string;
}

/** The pages of the dashboard, and where they send people to sign in: `GET /sign-in.json`, `{}` where a token is asked for instead. */
export function registerDashboard(
  app: FastifyInstance,
  { dashboard, signIn = null }: { readonly dashboard: string; readonly signIn?: SignIn | null },
): void {
  app.get('/sign-in.json', OPEN, (_request, reply) => reply.send(signIn ?? {}));
  if (!existsSync(path.join(dashboard, 'index.html'))) return;
  const policy = signIn && policyWith({ 'connect-src': ["'self'", new URL(signIn.issuer).origin] });
  void app.register(async (scope) => {
    scope.addHook('onRoute', (route) => void (route.config = { ...route.config, isOpen: true }));
    await scope.register(fastifyStatic, {
      root: dashboard,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (response, file) => {
        // Files are named by what is in them; the page that names them is asked for anew.
        const isNamed = path.basename(path.dirname(file)) === 'assets';
        response.setHeader('vary', 'accept-encoding');
        response.setHeader('cache-control', isNamed ? 'public, max-age=31536000, immutable' : 'no-cache');
        if (policy !== null) response.setHeader('content-security-policy', policy);
      },
    });
  });
}
