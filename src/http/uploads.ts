import type { RefusalKind } from '../domain/campaign/refusal.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes longer to arrive than other requests may. */
    takesUploads?: boolean;
  }
}

/** At which even the largest audience arrives over an ordinary line. */
export const UPLOAD_TIMEOUT_MS = 1_200_000;
/** After which a sender that sends nothing is taken to be gone. */
export const IDLE_MS = 30_000;

/** How an upload that was refused is answered. */
export const STATUS: Readonly<Record<RefusalKind, number>> = {
  'not-found': 404,
  permission: 403,
  state: 409,
  rule: 409,
  input: 422,
};
