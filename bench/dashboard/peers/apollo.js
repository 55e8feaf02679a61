// Apollo on Fastify with everything imported that the product imports, and nothing done with it.
import '../../../dist/cli/serve.js';
import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import Fastify from 'fastify';

const app = Fastify();
const apollo = new ApolloServer({
  typeDefs: 'type Query { hello: String }',
  resolvers: { Query: { hello: () => 'hello' } },
});
await apollo.start();
app.route({ method: ['GET', 'POST'], url: '/graphql', handler: fastifyApolloHandler(apollo) });
app.get('/', () => 'ready');
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
