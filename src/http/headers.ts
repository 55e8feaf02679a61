import type { FastifyInstance } from 'fastify';
import helmet from 'helmet';

/** Scripts, styles and data of our own, as files; nothing inline, nothing of another site, in nobody's frame. */
const POLICY = {
  'default-src': ["'none'"],
  'script-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'data:'],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** Tells browsers, with every answer, what its page may do; a route whose page needs otherwise says so itself. */
export function sendSecurityHeaders(app: FastifyInstance): void {
  const send = helmet({
    contentSecurityPolicy: { useDefaults: false, directives: POLICY },
    // Which other names of the domain speak HTTPS is not ours to say.
    strictTransportSecurity: { includeSubDomains: false },
    xFrameOptions: { action: 'deny' },
  });
  app.addHook('onRequest', (request, reply, done) => send(request.raw, reply.raw, () => done()));
}

/** The policy of a page that differs from everybody's in some directives. */
export const policyWith = (other: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries({ ...POLICY, ...other })
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join(';');
