// Mercurius with its compiler of documents, over the product's resolvers.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { context, port, schema } from './resolvers.js';

const app = Fastify();
await app.register(mercurius, { schema, context, jit: 1, subscription: false });
app.get('/', () => 'ready');
await app.listen({ host: '127.0.0.1', port });
