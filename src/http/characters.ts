import type { FastifyInstance } from 'fastify';
import { refuse } from './refuse.js';

const NO_NUL = 'the character U+0000 cannot be used';
/** Every way of writing U+0000 in JSON or GraphQL. */
const NUL = /\\u(0000|\{0+\})/i;
/** Half of a character beyond U+FFFF, without the other half; JSON writes only such halves as escapes. */
const HALF = /\\ud[89ab][\da-f]{2}(?!\\{1,2}ud[c-f])|(?<!\\ud[89ab][\da-f]{2}\\?)\\ud[c-f][\da-f]{2}/i;

/** What a request holds that PostgreSQL has no text with, so that nothing here can mean anything; null where nothing. */
export function wrongCharacter(request: object): string | null {
  const text = JSON.stringify(request);
  if (NUL.test(text)) return NO_NUL;
  return HALF.test(text) ? 'half of a character (a lone surrogate) cannot be used' : null;
}

/** The same for what stands in an address. */
export function refuseStrangeAddresses(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    if (request.raw.url?.includes('%00') !== true) done();
    else void refuse(reply, 400, 'BAD_REQUEST', NO_NUL);
  });
}
