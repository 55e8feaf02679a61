import { existsSync } from 'node:fs';
import path from 'node:path';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { type Context, createContext, type Services } from '../resolvers/context.js';
import { actorFrom } from './actor.js';
import { createErrorFormat } from './errors.js';
import { limitDepth } from './limits.js';

export interface ServerOptions {
  readonly services: Services;
  readonly schema: GraphQLSchema;
  readonly logger: Logger;
  /** Folder of the built dashboard. */
  readonly dashboard: string;
  /** The JSON Schema of the definition format. */
  readonly workflowSchema: object;
  /** Whether the database answers. */
  readonly isReady: () => Promise<boolean>;
}

/** The largest request body: far above any query a person writes, far below what hurts. */
const MAX_BODY_BYTES = 1_048_576;
/** Tokens of one document; the bound that parsing needs before anything else is known. */
const MAX_TOKENS = 10_000;

/** Everything that Weir answers over HTTP, not yet listening. */
export async function createServer(options: ServerOptions): Promise<FastifyInstance> {
  const app = Fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: 'idle' });
  const apollo = new ApolloServer<Context>({
    schema: options.schema,
    introspection: true,
    // Stopping in order, database last, is the caller's; Apollo would end the process in the middle of it.
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError: createErrorFormat(options.logger),
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    validationRules: [limitDepth],
    plugins: [
      fastifyApolloDrainPlugin(app),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await apollo.start();
  await app.register(fastifyApollo(apollo), {
    path: '/graphql',
    context: (request) => Promise.resolve(createContext(options.services, actorFrom(request.headers))),
  });
  addPages(app, options);
  addHealth(app, options);
  return app;
}

function addPages(app: FastifyInstance, { dashboard, workflowSchema }: ServerOptions): void {
  app.get('/graphiql', async (_request, reply) => {
    const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
    return reply.type('text/html').send(renderGraphiQL({ endpoint: '/graphql', title: 'Weir' }));
  });
  app.get('/schema/workflow.json', (_request, reply) => reply.send(workflowSchema));
  if (existsSync(path.join(dashboard, 'index.html'))) void app.register(fastifyStatic, { root: dashboard });
}

function addHealth(app: FastifyInstance, { isReady }: ServerOptions): void {
  app.get('/health/live', (_request, reply) => reply.send({ ok: true }));
  app.get('/health/ready', async (_request, reply) => {
    const ok = await isReady();
    return reply.code(ok ? 200 : 503).send({ ok });
  });
}
