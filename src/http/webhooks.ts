import path from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../application/ports.js';
import { receiveDelivery } from '../application/receive-delivery.js';
import type { Metrics } from '../observability/metrics.js';
import { refuse } from './refuse.js';
import { type Payload, WEBHOOK_HOSTS, type WebhookHost } from './webhook-hosts.js';

/** GitHub sends at most 25 MB; only a push of thousands of commits is anywhere near, and polling finds that too. */
const MAX_PAYLOAD_BYTES = 5 * 1024 * 1024;
/** A hundred pushes a second for ten seconds, and room for other events. */
const MAX_A_MINUTE = 2_000;
/** Whoever has the wrong secret has a wrong setting, or guesses. */
const MAX_UNSIGNED_A_MINUTE = 60;
/** A delivery's id is a UUID, or shorter. */
const MAX_ID_LENGTH = 200;

export interface WebhookOptions {
  readonly ports: Ports;
  /** Two while one takes the place of the other; none: no webhooks are taken. */
  readonly secrets: readonly string[];
  readonly metrics: Metrics;
}

/**
 * `POST /webhooks/<host>`. Nothing of a body is parsed before its size, its sender's rate and its signature are good. What it says
 * is only a hint: the delivery is stored with the job that looks, then answered.
 */
export async function registerWebhooks(app: FastifyInstance, options: WebhookOptions): Promise<void> {
  await app.register((scope, _options, registered) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    // What is refused before anything of it is looked at counts, too.
    scope.addHook('onError', async (request, _reply, error) => {
      const outcome = REFUSED[(error as { statusCode?: number }).statusCode ?? 500];
      const host = path.basename(request.routeOptions.url ?? '');
      if (outcome !== undefined) options.metrics.webhook(host, outcome);
    });
    const mayGuess = scope.createRateLimit({ max: MAX_UNSIGNED_A_MINUTE, timeWindow: '1 minute' });
    for (const host of WEBHOOK_HOSTS) {
      const config = { isOpen: true, rateLimit: { max: MAX_A_MINUTE } };
      scope.post(
        `/webhooks/${host.name}`,
        { bodyLimit: MAX_PAYLOAD_BYTES, config },
        async (request, reply) => {
          const outcome = await receive(host, options, request, async () => {
            const { isExceeded } = (await mayGuess(request)) as { isExceeded?: boolean };
            return isExceeded !== true;
          });
          options.metrics.webhook(host.name, outcome);
          return answer(reply, outcome);
        },
      );
    }
    registered();
  });
}

type Outcome = keyof typeof ANSWERS;
const ANSWERS = {
  accepted: [202, null, 'taken'],
  replayed: [202, null, 'taken before'],
  ignored: [202, null, 'nothing to do with it'],
  'not-configured': [503, 'NOT_CONFIGURED', 'no webhooks are taken: set WEIR_WEBHOOK_SECRET'],
  unsigned: [
    401,
    'UNAUTHENTICATED',
    'the signature is missing or not made with the secret of WEIR_WEBHOOK_SECRET',
  ],
  'too-many': [429, 'RATE_LIMITED', 'too many wrong signatures; try again in a minute'],
  malformed: [400, 'BAD_REQUEST', 'the body is not what this host sends, or its delivery has no id'],
} as const;

const REFUSED: Readonly<Record<number, string>> = { 413: 'too-large', 429: 'too-many' };

const answer = (reply: FastifyReply, outcome: Outcome) => {
  const [status, code, message] = ANSWERS[outcome];
  return code === null ? reply.code(status).send({ message }) : refuse(reply, status, code, message);
};

async function receive(
  host: WebhookHost,
  { ports, secrets }: WebhookOptions,
  { body, headers }: FastifyRequest,
  mayGuess: () => Promise<boolean>,
): Promise<Outcome> {
  if (secrets.length === 0) return 'not-configured';
  const raw = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  // Each secret is tried, whether an earlier one fits or not, so that the time does not tell which did.
  const fits = secrets.map((secret) => host.isSigned(secret, headers, raw));
  if (!fits.includes(true)) return (await mayGuess()) ? 'unsigned' : 'too-many';
  const id = host.idOf(headers);
  const payload = parsePayload(raw, headers['content-type']);
  if (id === null || id.length > MAX_ID_LENGTH || !payload) return 'malformed';
  const event = host.eventOf(headers).slice(0, MAX_ID_LENGTH);
  const news = host.newsOf(event);
  const number = news === 'pull-request' ? host.pullRequestOf(payload) : null;
  const pullRequest = Number.isSafeInteger(number) ? (number as number) : null;
  const isNew = await receiveDelivery(ports, { host: host.name, id, event, news, pullRequest });
  return !isNew ? 'replayed' : news === 'other' ? 'ignored' : 'accepted';
}

/** JSON, or a form with the JSON in its field `payload`, which is what GitHub sends unless it is told otherwise. */
function parsePayload(raw: Buffer, type = ''): Payload | null {
  try {
    const text = raw.toString('utf8');
    const json = type.startsWith('application/x-www-form-urlencoded')
      ? (new URLSearchParams(text).get('payload') ?? '')
      : text;
    const payload: unknown = JSON.parse(json);
    return typeof payload === 'object' && payload !== null && !Array.isArray(payload) ? payload : null;
  } catch {
    return null;
  }
}
