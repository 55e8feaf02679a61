import { statSync } from 'node:fs';
import { createRequire } from 'node:module';
import fastifyCors from '@fastify/cors';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Actor } from '../domain/campaign/actor.js';
import { publicKeys } from '../application/signing-key.js';
import { type AnswerNotes, type Context, createContext, type Services } from '../resolvers/context.js';
import { MAX_BODY_BYTES, REQUEST_TIMEOUT_SECONDS } from '../schema/limits.js';
import { AnswerTags } from './answer-tags.js';
import { counted, startApollo } from './apollo.js';
import { createExecute } from './executor.js';
import type { Authenticate } from './authentication.js';
import { guard, OPEN, refuseWithout } from './guard.js';
import { createSocketLimit, limitRate } from './rate-limit.js';
import { registerReviews } from './reviews.js';
import type { RequestKey } from '../application/ports.js';
import type { FollowingReads, Reads } from '../application/reads.js';
import { requestKeyOf } from './request-key.js';
import { CORRELATION_HEADER, correlate } from './correlation.js';
import { TrustedDocuments } from './documents.js';
import { createErrorFormat } from './errors.js';
import { hideFaults } from './faults.js';
import { refuseStrangeAddresses } from './characters.js';
import { answerInTime } from './deadline.js';
import { refuse } from './refuse.js';
import { registerAudit } from './audit.js';
import { registerAudiences } from './audiences.js';
import { registerBriefs } from './briefs.js';
import { registerDashboard, type SignIn } from './dashboard.js';
import { registerCalendar } from './calendar.js';
import { registerGraphiql } from './graphiql.js';
import { registerGraphql } from './graphql-route.js';
import { sendSecurityHeaders } from './headers.js';
import { closeWhileStopping, type Health, registerHealth } from './health.js';
import { POSITION, readsOf, tellPositions } from './position.js';
import type { Metrics } from '../observability/metrics.js';
import { registerWebhooks } from './webhooks.js';
import { registerSignals } from './signals.js';
import { hearBeforeRefusing, limitReceiving } from './silence.js';
import { takeSockets } from './sockets.js';
import { UPLOAD_TIMEOUT_MS } from './uploads.js';
import { createSocketHandler } from './subscriptions.js';
import { TrustedAnswers } from './trusted-answers.js';

export interface ServerOptions extends Health {
  readonly services: Services;
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  readonly authenticate: Authenticate;
  /** What queries are read from where it holds what they may show; without it, everything is read from the database itself. */
  readonly copy?: FollowingReads | null;
  /** Folder of the built dashboard. */
  readonly dashboard: string;
  /** Where people sign in to it; without it, a token is asked for. */
  readonly signIn?: SignIn | null;
  /** The JSON Schema of the definition format. */
  readonly workflowSchema: object;
  /** Origins of other sites whose pages may ask. */
  readonly corsOrigins?: readonly string[];
  readonly metrics: Metrics;
  /** Without one no webhooks are taken. */
  readonly webhookSecrets?: readonly string[];
  /** Documents that may be asked for by hash. */
  readonly documents?: TrustedDocuments;
  /** Of one address; without it as many as come. */
  readonly requestsAMinute?: number;
  /** Addresses and networks of proxies that say whom they ask for. */
  readonly trustedProxies?: readonly string[];
  /** Whether the schema may be asked for; without it, it may. */
  readonly introspection?: boolean;
  /** Whether queries that come again are compiled; without it, they are. */
  readonly isCompiling?: boolean;
  /** After which a request is answered with what is there. */
  readonly timeoutMs?: number;
  /** After which any other request is answered that nothing has answered. */
  readonly answerTimeoutMs?: number;
  /** How often it is looked whether whoever holds a socket open may still. */
  readonly recheckMs?: number;
  /** Until the whole request must have arrived. */
  readonly receiveTimeoutMs?: number;
}

/** Changes with the program: another version, or another file of the same. */
const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };
const BUILD = `${version} ${statSync(import.meta.filename).mtimeMs}`;

/** Nobody needs longer to send a megabyte; a socket that stays half-open is closed. */
const RECEIVE_TIMEOUT_MS = 15_000;

/** A mutation may wait 15 s each for the git host, for a sync that is under way, and for a statement. */
const ANSWER_TIMEOUT_MS = 60_000;

/** Of these times a connection is closed on which nothing moves: whoever asks and does not read the answer keeps it in memory. */
const PATIENCE = 20;

/** Everything that Weir answers over HTTP, not yet listening. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const { receiveTimeoutMs = RECEIVE_TIMEOUT_MS } = options;
  const app = Fastify({
    bodyLimit: MAX_BODY_BYTES,
    trustProxy: [...(options.trustedProxies ?? [])],
    forceCloseConnections: 'idle',
    // An address that cannot be decoded may hold a token, so it is not said back.
    frameworkErrors: (_error, _request, reply) =>
      void refuse(reply as unknown as FastifyReply, 400, 'BAD_REQUEST', 'the address cannot be read'),
    // Audiences and signals are large; every other request has to have arrived much sooner.
    requestTimeout: UPLOAD_TIMEOUT_MS,
    connectionTimeout: PATIENCE * receiveTimeoutMs,
    http: {
      headersTimeout: receiveTimeoutMs,
      connectionsCheckingInterval: Math.min(receiveTimeoutMs, 5_000),
    },
  });
  hideFaults(app, options.logger);
  correlate(app, options.metrics);
  closeWhileStopping(app, options);
  refuseStrangeAddresses(app);
  answerInTime(app, options.answerTimeoutMs ?? ANSWER_TIMEOUT_MS);
  sendSecurityHeaders(app);
  const { requestsAMinute = 0, introspection = true } = options;
  await limitRate(app, requestsAMinute);
  hearBeforeRefusing(app.server);
  limitReceiving(app, receiveTimeoutMs);
  const {
    services,
    schema,
    corsOrigins = [],
    documents = new TrustedDocuments([], false),
    copy = null,
  } = options;
  const timeoutMs = options.timeoutMs ?? REQUEST_TIMEOUT_SECONDS * 1_000;
  const contextOf = (
    actor: Actor,
    reads: Reads,
    key: RequestKey | null = null,
    notes: AnswerNotes | null = null,
  ) => createContext({ ...services, reads }, actor, timeoutMs, key, notes);
  const { metrics, webhookSecrets: secrets = [] } = options;
  const formatError = counted(createErrorFormat(options.logger, timeoutMs / 1_000), metrics);
  const execute = createExecute(schema, options.isCompiling);
  const contextOfRequest = async (request: FastifyRequest): Promise<Context> => {
    const { actor, headers, body } = request;
    const key = requestKeyOf(headers, body);
    const reads = await readsOf(request, services.reads, copy);
    if (request.isQuery) metrics.query(request.isOfCopy ? 'standby' : 'primary');
    return contextOf(actor, reads, key, request.footing);
  };
  const trusted = new TrustedAnswers({ schema, execute, documents, metrics, contextOf: contextOfRequest });
  const apollo = await startApollo(app, {
    ...{ schema, execute, introspection, documents, metrics, formatError },
    plugins: [trusted.plugin],
  });
  await takeSockets(app, corsOrigins);
  guard(app, options.authenticate, options.logger);
  tellPositions(app, copy);
  await app.register(async (scope) => {
    const cors = { origin: [...corsOrigins], maxAge: 600, exposedHeaders: [CORRELATION_HEADER, POSITION] };
    if (corsOrigins.length > 0) await scope.register(fastifyCors, cors);
    const onSocket = createSocketHandler({
      ...{ schema, documents, formatError, introspection },
      // What is asked after an event, or over the same socket as a change, follows it too soon for a copy.
      contextOf: (actor) => contextOf(actor, services.reads),
      position: copy && (() => copy.position()),
      authenticate: options.authenticate,
      ...(options.recheckMs === undefined ? {} : { recheckMs: options.recheckMs }),
      mayAsk: createSocketLimit(app, requestsAMinute),
      onOpen: (change) => metrics.subscriptions(change),
    });
    registerGraphql(scope, apollo, contextOfRequest, {
      documents,
      trusted,
      onSocket,
      tags: new AnswerTags(scope, {
        build: BUILD,
        readsOf: (request) => readsOf(request, services.reads, copy),
        now: () => services.ports.clock.now(),
      }),
    });
  });
  registerAudiences(app, services.ports, options.logger);
  registerSignals(app, services.ports, options.logger);
  registerBriefs(app, services.ports);
  registerAudit(app, services.ports, services.reads);
  registerReviews(app, services.reads, () => services.ports.clock.now());
  registerCalendar(app, services.reads, () => services.ports.clock.now());
  app.get('/.well-known/jwks.json', OPEN, (_request, reply) =>
    publicKeys(services.ports.inTransaction).then((keys) => reply.send(keys)),
  );
  await registerWebhooks(app, { ports: services.ports, secrets, metrics, logger: options.logger });
  app.get('/metrics', { config: { use: 'metrics' } }, async (request, reply) => {
    const denied = refuseWithout('viewer', request, reply);
    if (denied) return denied;
    const { type, text } = await metrics.render();
    return reply.type(type).send(text);
  });
  addPages(app, options);
  registerHealth(app, options);
  return app;
}

function addPages(app: FastifyInstance, options: ServerOptions): void {
  registerGraphiql(app);
  registerDashboard(app, options);
  app.get('/schema/workflow.json', OPEN, (_request, reply) => reply.send(options.workflowSchema));
}
