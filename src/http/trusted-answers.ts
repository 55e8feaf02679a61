import type { ApolloServerPlugin } from '@apollo/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type DocumentNode, getOperationAST, GraphQLError, type GraphQLSchema } from 'graphql';
import type { Context } from '../resolvers/context.js';
import { costOf, costWithLimit, excesses, type DocumentCost } from '../resolvers/document-cost.js';
import type { Metrics } from '../observability/metrics.js';
import type { TrustedDocuments } from './documents.js';
import type { Execute } from './executor.js';
import { nameOperation } from './graphql-plugins.js';

interface TrustedAnswersOptions {
  readonly schema: GraphQLSchema;
  readonly execute: Execute;
  readonly documents: TrustedDocuments;
  readonly metrics: Metrics;
  readonly contextOf: (request: FastifyRequest) => Promise<Context>;
}

/**
 * Answers queries that are asked for by the hash of a trusted document, once Apollo has found the document valid: what would be read,
 * negotiated and checked anew is known. Whatever is not as usual, an error too, is left to Apollo, which has the one form of it.
 */
export class TrustedAnswers {
  readonly #valid = new Map<string, DocumentNode>();
  /** Tells which documents are valid. */
  readonly plugin: ApolloServerPlugin;

  constructor(private readonly options: TrustedAnswersOptions) {
    this.plugin = {
      requestDidStart: () =>
        Promise.resolve({
          didResolveOperation: ({ source, document }) => {
            if (options.documents.knows(source)) this.#valid.set(source, document);
            return Promise.resolve();
          },
        }),
    };
  }

  /** @returns the body of the answer; null where it is not given here, and then nothing was said yet */
  async answer(request: FastifyRequest, reply: FastifyReply): Promise<string | null> {
    const asked = asUsual(request);
    const document = asked && this.#valid.get(asked.query);
    if (!document) return null;
    const { schema, execute, metrics, contextOf } = this.options;
    const since = performance.now();
    const { operationName, variables } = asked;
    const operation = getOperationAST(document, operationName);
    if (!operation) return null;
    const cost = costOrNull(() => costOf(schema, document, operationName ?? undefined, variables));
    if (cost === null || excesses(cost).length > 0) return null;
    // Apollo asks again, and says what is wrong.
    const context = await contextOf(request).catch(() => null);
    if (context === null) return null;
    const { data, errors } = await execute({ document, operationName, variables, context });
    if (errors) return null;
    const name = operation.name?.value ?? null;
    nameOperation('query', name);
    metrics.operation(name ?? 'other', (performance.now() - since) / 1_000);
    void reply.header('content-type', asked.type);
    const tag = request.footing?.tag() ?? null;
    if (tag !== null) void reply.header('etag', tag);
    return `${JSON.stringify({ data, extensions: { cost: costWithLimit(cost) } })}\n`;
  }
}

/** What a client that follows GraphQL over HTTP sends with a hash; null of anything else. */
function asUsual({ method, isQuery, trusted, headers }: FastifyRequest): Asked | null {
  if (!isQuery || trusted === null) return null;
  const isGet = method === 'GET';
  // Another site's page can ask by GET; Apollo refuses it.
  if (isGet && !headers['apollo-require-preflight']) return null;
  const { query, operationName = null, variables: given = isGet ? '{}' : {}, extensions } = trusted;
  const type = TYPES.get(headers.accept ?? '*/*');
  const variables = isGet ? jsonOf(given) : given;
  if (type === undefined || extensions !== undefined || typeof query !== 'string') return null;
  if (operationName !== null && typeof operationName !== 'string') return null;
  if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return null;
  return { type, query, operationName, variables: variables as Record<string, unknown> };
}

/** What a parameter of an address says; null where it is no JSON. */
function jsonOf(parameter: unknown): unknown {
  try {
    return JSON.parse(String(parameter));
  } catch {
    return null;
  }
}

interface Asked {
  /** Of the answer. */
  readonly type: string;
  readonly query: string;
  readonly operationName: string | null;
  readonly variables: Record<string, unknown>;
}

const JSON_TYPE = 'application/json; charset=utf-8';
const GRAPHQL_TYPE = 'application/graphql-response+json; charset=utf-8';
/** By what clients say that they accept. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['*/*', JSON_TYPE],
  ['application/json', JSON_TYPE],
  ['application/graphql-response+json', GRAPHQL_TYPE],
  ['application/graphql-response+json, application/json', GRAPHQL_TYPE],
]);

/** Null where variables do not fit. */
function costOrNull(compute: () => DocumentCost): DocumentCost | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}
