// GraphQL Yoga on Node's own server, over the product's resolvers.
import { createServer } from 'node:http';
import { createYoga } from 'graphql-yoga';
import { context, port, schema } from './resolvers.js';

const yoga = createYoga({ schema, context, logging: false, maskedErrors: false });
createServer(yoga).listen(port, '127.0.0.1');
