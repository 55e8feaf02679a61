import { ApolloServer } from '@apollo/server';
import {
  type CreateServerForIntegrationTests,
  defineIntegrationTestSuite,
} from '@apollo/server-integration-testsuite';
import { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import Fastify from 'fastify';
import { GRAPHQL_PATH, registerGraphql } from '../../src/http/graphql-route.js';

/** Our route, with a server that the suite configures. */
const createServer: CreateServerForIntegrationTests = async (config, options) => {
  // The suite asks at `/`.
  const app = Fastify({ rewriteUrl: ({ url = '' }) => url.replace(/^\/(?=\?|$)/, GRAPHQL_PATH) });
  const plugins = [...(config.plugins ?? []), fastifyApolloDrainPlugin(app)];
  const server = new ApolloServer({ ...config, plugins });
  await server.start();
  registerGraphql(app, server, async () => (await options?.context?.()) ?? {});
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { server, url, extraCleanup: () => app.close() };
};

/** Apollo's own tests of what lies between HTTP and its server. */
defineIntegrationTestSuite(createServer);
