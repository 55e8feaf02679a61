import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, OperationTypeNode } from 'graphql';
import { activeSpan } from '../observability/correlation.js';
import type { Context } from '../resolvers/context.js';
import type { Metrics } from '../observability/metrics.js';
import { costOf, costWithLimit, excesses, type DocumentCost } from '../resolvers/document-cost.js';
import type { TrustedDocuments } from './documents.js';
import { type ErrorCode, ERRORS } from './error-codes.js';

/** Computes the cost of every operation before it is carried out, refuses what costs too much, and tells the cost. */
export const costPlugin: ApolloServerPlugin = {
  requestDidStart: () => {
    let asked: DocumentCost | null = null;
    return Promise.resolve({
      didResolveOperation({ schema, document, operation, operationName, request }) {
        if (!operation) {
          const named = request.operationName;
          const unknown = `this document has no operation named '${named}'`;
          const { example } = ERRORS.OPERATION_RESOLUTION_FAILURE;
          throw refusal(named ? unknown : example, 'OPERATION_RESOLUTION_FAILURE');
        }
        if (operation.operation === OperationTypeNode.SUBSCRIPTION) {
          throw refusal('a subscription is asked over graphql-transport-ws on the same path', 'BAD_REQUEST');
        }
        asked = costOrRefusal(() =>
          costOf(schema, document, operationName ?? undefined, request.variables ?? {}),
        );
        const [problem] = excesses(asked);
        if (problem === undefined) return Promise.resolve();
        throw refusal(`${problem}; ask for shorter pages, or in several requests`, 'LIMIT_EXCEEDED');
      },
      willSendResponse({ response }) {
        if (asked && response.body.kind === 'single') {
          const { extensions } = response.body.singleResult;
          response.body.singleResult.extensions = { ...extensions, cost: costWithLimit(asked) };
        }
        return Promise.resolve();
      },
    });
  },
};

/** Refuses a request that could be read, but is not carried out. */
const refusal = (
  message: string,
  code: ErrorCode,
  cause: { nodes?: GraphQLError['nodes'] } = {},
): GraphQLError =>
  new GraphQLError(message, { nodes: cause.nodes ?? null, extensions: { code, http: { status: 400 } } });

/** Variables that do not fit have no cost. */
function costOrRefusal(compute: () => DocumentCost): DocumentCost {
  try {
    return compute();
  } catch (error) {
    throw error instanceof GraphQLError ? refusal(error.message, 'BAD_USER_INPUT', error) : error;
  }
}

/** A client that does not know `application/graphql-response+json` gets 200 for whatever is in `errors` (GraphQL over HTTP). */
export const statusPlugin: ApolloServerPlugin = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ request, response, source }) {
        // Without a document it is no request of GraphQL at all, and stays a 400.
        if ((source as string | undefined) === undefined) return Promise.resolve();
        const accepted = request.http?.headers.get('accept') ?? '';
        const knows = accepted.includes('application/graphql-response+json');
        if (!knows && response.http.status === 400) response.http.status = 200;
        return Promise.resolve();
      },
    }),
};

/** Says of an answer what it rests on, where that is asked for and nothing of it failed. */
export const tagPlugin: ApolloServerPlugin<Context> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ response: { body, http }, contextValue }) {
        const tag =
          body.kind === 'single' && !body.singleResult.errors ? (contextValue.notes?.tag() ?? null) : null;
        if (tag !== null) http.headers.set('etag', tag);
        return Promise.resolve();
      },
    }),
};

/** Names the part of a trace that answers an operation. */
export function nameOperation(type: string, name: string | null): void {
  activeSpan()
    ?.updateName(name === null ? type : `${type} ${name}`)
    .setAttributes({ 'graphql.operation.type': type, 'graphql.operation.name': name ?? '' });
}

/** Measures each operation, and names it in its trace. What callers may call as they like is one name in the metrics: `other`. */
export const operationPlugin = (metrics: Metrics, documents: TrustedDocuments): ApolloServerPlugin => ({
  requestDidStart: () => {
    const since = performance.now();
    let label = 'other';
    return Promise.resolve({
      didResolveOperation({ source, operation, operationName }) {
        if (operationName !== null && documents.knows(source)) label = operationName;
        nameOperation(operation?.operation ?? 'query', operationName);
        return Promise.resolve();
      },
      willSendResponse() {
        metrics.operation(label, (performance.now() - since) / 1_000);
        return Promise.resolve();
      },
    });
  },
});
