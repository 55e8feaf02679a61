import type { ApolloServer, BaseContext } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { getOperationAST, GraphQLError, OperationTypeNode } from 'graphql';
import type { WebSocket } from 'ws';
import { part } from '../observability/correlation.js';
import { readDocument } from '../resolvers/read-document.js';
import type { AnswerTags } from './answer-tags.js';
import type { TrustedDocuments } from './documents.js';
import type { TrustedAnswers } from './trusted-answers.js';
import { wrongCharacter } from './characters.js';
import { codeOf, refuse } from './refuse.js';
import { wrongShape } from './json-shape.js';

export const GRAPHQL_PATH = '/graphql';

export interface GraphqlRouteOptions {
  readonly documents?: TrustedDocuments;
  /** Tells whether an answer that was given before, to whoever asks for a query by GET, still holds. */
  readonly tags?: AnswerTags;
  /** Answers some queries in Apollo's place. */
  readonly trusted?: TrustedAnswers;
  /** Serves subscriptions on the same path. */
  readonly onSocket?: (socket: WebSocket, request: FastifyRequest) => void | Promise<void>;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Whether all that it asks for is to be read, and nothing to be done. */
    isQuery: boolean;
    /** What it asks for, with the text of the document, where it has named a trusted one by its hash. */
    trusted: Readonly<Record<string, unknown>> | null;
  }
}

/** Serves GraphQL over HTTP at `/graphql`; whatever goes wrong on the way there is answered in the shape of GraphQL too. */
export function registerGraphql<C extends BaseContext>(
  app: FastifyInstance,
  apollo: ApolloServer<C>,
  contextOf: (request: FastifyRequest) => Promise<C>,
  { documents, tags, trusted, onSocket }: GraphqlRouteOptions = {},
): void {
  const answer = fastifyApolloHandler(apollo, { context: contextOf });
  // A plugin gives the part its name, once the document is read.
  const handler: typeof answer = function (request, reply) {
    return part('graphql', {}, async () => {
      const known = await trusted?.answer(request, reply);
      return known ?? answer.call(this, request, reply);
    });
  };
  app.decorateRequest('isQuery', false);
  app.decorateRequest('trusted', null);
  void app.register((scope, _options, registered) => {
    scope.setErrorHandler((error: Error & { statusCode?: number; code?: string }, _request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) throw error;
      if (error instanceof WrongShape) return refuse(reply, 400, 'BAD_USER_INPUT', error.message);
      const isBroken = error.code === 'FST_ERR_CTP_INVALID_JSON_BODY';
      const message = isBroken ? `Invalid JSON: ${error.message}` : error.message;
      return refuse(reply, status, codeOf(status), message);
    });
    const parseJson = scope.getDefaultJsonParser('error', 'error');
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body: string, done) => {
      const wrong = wrongShape(body);
      if (wrong === null) void parseJson(request, body, done);
      else done(new WrongShape(wrong));
    });
    scope.addHook('preHandler', async (request, reply) => {
      const asked = [request.body, request.query].find(isObject);
      if (!asked) return;
      const wrong = wrongParameter(request.query) ?? wrongCharacter(asked);
      if (wrong !== null) return refuse(reply, 400, 'BAD_USER_INPUT', wrong);
      const resolved = documents?.resolve(asked) ?? { request: asked };
      if ('code' in resolved) {
        const status = resolved.code === 'DOCUMENT_NOT_FOUND' ? 404 : 403;
        return refuse(reply, status, resolved.code, resolved.message);
      }
      const { isQuery, excess } = look(resolved.request);
      if (excess !== null) return refuse(reply, 400, 'LIMIT_EXCEEDED', excess);
      request.isQuery = isQuery;
      if (resolved.request !== asked) request.trusted = resolved.request;
      if (isObject(request.body)) request.body = resolved.request;
      else if (request.trusted) request.raw.url = withQuery(resolved.request);
      if (request.method === 'GET' && isQuery) return tags?.answer(request, reply, resolved.request);
      return;
    });
    const config = { use: 'graphql' } as const;
    scope.route({ method: 'POST', url: GRAPHQL_PATH, config, handler });
    scope.route({
      method: 'OPTIONS',
      url: GRAPHQL_PATH,
      config: { isOpen: true },
      // Before a body is read, as nobody has said yet who asks; what browsers ask of other sites was answered before.
      onRequest: async (_request, reply) => reply.code(204).header('allow', 'GET, POST').send(),
      handler: (_request, reply) => reply,
    });
    if (onSocket) scope.route({ method: 'GET', url: GRAPHQL_PATH, config, handler, wsHandler: onSocket });
    else scope.route({ method: 'GET', url: GRAPHQL_PATH, config, handler });
    scope.route({
      method: ['PUT', 'PATCH', 'DELETE'],
      ...{ url: GRAPHQL_PATH, config },
      handler: (request, reply) => {
        void reply.header('allow', 'GET, POST');
        return refuse(reply, 405, 'METHOD_NOT_ALLOWED', `${request.method} is not GraphQL: use POST, or GET`);
      },
    });
    registered();
  });
}

class WrongShape extends Error {
  readonly statusCode = 400;
}

/** In an address JSON stands as text. */
const wrongParameter = (query: unknown): string | null =>
  isObject(query) ? wrongShape(`[${String(query['variables'])},${String(query['extensions'])}]`) : null;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;

/** Whether a request only reads, and what makes its document too much even to validate. What else is wrong with it is said later. */
function look({ query, operationName }: Record<string, unknown>): {
  isQuery: boolean;
  excess: string | null;
} {
  try {
    if (typeof query !== 'string') return { isQuery: false, excess: null };
    const operation = getOperationAST(readDocument(query), operationName as string | undefined);
    return { isQuery: operation?.operation === OperationTypeNode.QUERY, excess: null };
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const isExcess = error.extensions['code'] === 'LIMIT_EXCEEDED';
    return { isQuery: false, excess: isExcess ? error.message : null };
  }
}

const withQuery = (parameters: Record<string, unknown>): string =>
  `${GRAPHQL_PATH}?${new URLSearchParams(parameters as Record<string, string>).toString()}`;
