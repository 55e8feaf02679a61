import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Ports } from '../application/ports.js';
import { NOTHING, type Recorded, recordLines } from '../application/record-signals.js';
import { REFUSALS } from '../domain/campaign/refusal.js';
import { refuse } from './refuse.js';
import { patiently } from './silence.js';
import { STATUS, takeUploads } from './uploads.js';

/** Some five million readings; whoever has more sends them in several requests. */
const MAX_BYTES = 1_000_000_000;
/** Each holds a connection to the database now and then; the others are for everybody else. */
const MOST_AT_ONCE = 8;

class TooMuch extends Error {}

/**
 * `POST /signals` takes readings as NDJSON, one a line. What is wrong with a line is answered and holds up no other; what was
 * sent before is counted and has no other effect, so whoever is cut off sends all of it again.
 */
export function registerSignals(
  app: FastifyInstance,
  ports: Ports,
  logger: Logger,
  { maxBytes = MAX_BYTES, idleMs }: { readonly maxBytes?: number; readonly idleMs?: number } = {},
): void {
  let uploads = 0;
  void app.register((scope, _options, registered) => {
    takeUploads(scope, logger);
    scope.post(
      '/signals',
      { bodyLimit: Number.MAX_SAFE_INTEGER, config: { takesUploads: true, use: 'signals' } },
      async ({ headers, body, raw, actor }, reply) => {
        const [encoding, type] = [headers['content-encoding'], headers['content-type'] ?? ''];
        if (encoding !== undefined && encoding !== 'identity')
          return refuse(
            reply,
            415,
            'UNSUPPORTED_MEDIA_TYPE',
            `signals are read as they are, not in ${encoding}`,
          );
        // Of these a browser lets any page send one without asking.
        if (!/^application\/(x-ndjson|ndjson|jsonl|json-seq|json)\b/.test(type))
          return refuse(
            reply,
            415,
            'UNSUPPORTED_MEDIA_TYPE',
            'send signals with content-type: application/x-ndjson',
          );
        if (uploads >= MOST_AT_ONCE) {
          const message = `${MOST_AT_ONCE} senders are at it already; try again`;
          return refuse(reply.header('retry-after', '1'), 503, 'BUSY', message);
        }
        uploads++;
        let so: Recorded = NOTHING;
        try {
          const given = patiently(raw, (body ?? raw) as AsyncIterable<Uint8Array>, idleMs);
          const pieces = limited(given, maxBytes);
          so = await recordLines(ports, actor, pieces, (recorded) => (so = recorded));
          const [refused] = so.refusals;
          return await reply.code(refused ? STATUS[REFUSALS[refused.code].kind] : 200).send(answer(so));
        } catch (error) {
          if (!(error instanceof TooMuch)) throw error;
          const message = `more than ${maxBytes} bytes; what came before is stored, the rest goes in another request`;
          return await reply
            .code(413)
            .header('connection', 'close')
            .send({ ...answer(so), errors: [{ message, extensions: { code: 'PAYLOAD_TOO_LARGE' } }] });
        } finally {
          uploads--;
        }
      },
    );
    registered();
  });
}

const answer = ({ rejected, ...rest }: Recorded): object => ({
  ...rest,
  rejected: rejected.map(({ place: line, code, message }) => ({ line, code: nameOf(code), message })),
});
/** As the API calls it. */
const nameOf = (code: string): string => code.toUpperCase().replaceAll('-', '_');

async function* limited(pieces: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const piece of pieces) {
    bytes += piece.length;
    if (bytes > most) throw new TooMuch();
    yield piece;
  }
}
