import { ApolloServer, type ApolloServerOptionsWithGateway, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Metrics } from '../observability/metrics.js';
import type { Context } from '../resolvers/context.js';
import { MAX_TOKENS } from '../schema/limits.js';
import type { TrustedDocuments } from './documents.js';
import type { createErrorFormat } from './errors.js';
import type { Execute } from './executor.js';
import { costPlugin, operationPlugin, statusPlugin, tagPlugin } from './graphql-plugins.js';

export type ErrorFormat = ReturnType<typeof createErrorFormat>;

/** The same format, which counts what it formats. */
export const counted =
  (format: ErrorFormat, metrics: Metrics): ErrorFormat =>
  (formatted, error) => {
    const answer = format(formatted, error);
    metrics.error(String(answer.extensions?.['code']));
    return answer;
  };

export interface ApolloOptions {
  readonly schema: GraphQLSchema;
  readonly execute: Execute;
  readonly introspection: boolean;
  readonly documents: TrustedDocuments;
  readonly metrics: Metrics;
  readonly formatError: ErrorFormat;
  /** Beside what every operation needs. */
  readonly plugins: readonly ApolloServerPlugin[];
}

/** What answers operations over HTTP, started. */
export async function startApollo(
  app: FastifyInstance,
  { schema, execute, introspection, documents, metrics, formatError, plugins }: ApolloOptions,
): Promise<ApolloServer<Context>> {
  const apollo = new ApolloServer<Context>({
    gateway: gatewayTo(schema, execute),
    introspection,
    // Stopping in order, database last, is the caller's; Apollo would end the process in the middle of it.
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError,
    parseOptions: { maxLexicalTokens: MAX_TOKENS },
    plugins: [
      fastifyApolloDrainPlugin(app),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      operationPlugin(metrics, documents),
      costPlugin,
      statusPlugin,
      tagPlugin,
      ...plugins,
    ],
  });
  await apollo.start();
  return apollo;
}

/** The one way in which Apollo lets others carry an operation out. */
type Gateway = ApolloServerOptionsWithGateway<Context>['gateway'];
const gatewayTo = (schema: GraphQLSchema, execute: Execute): Gateway => {
  let tell: Parameters<Gateway['onSchemaLoadOrUpdate']>[0] | null = null;
  return {
    onSchemaLoadOrUpdate(callback) {
      tell = callback;
      return () => undefined;
    },
    load() {
      tell?.({ apiSchema: schema, coreSupergraphSdl: '' });
      return Promise.resolve({
        executor: ({ document, operationName, request, context }) =>
          execute({
            document,
            operationName,
            variables: request.variables ?? {},
            context: context as Context,
          }),
      });
    },
    stop: () => Promise.resolve(),
  };
};
