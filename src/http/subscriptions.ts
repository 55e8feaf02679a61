import { map, pipe } from '@graphql-yoga/subscription';
import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  getOperationAST,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
} from 'graphql';
import type { FastifyRequest } from 'fastify';
import type { SubscribePayload } from 'graphql-ws';
import { makeHandler } from 'graphql-ws/use/@fastify/websocket';
import { costOf, excesses } from '../resolvers/document-cost.js';
import type { Context } from '../resolvers/context.js';
import { readDocument } from '../resolvers/read-document.js';
import { MAX_SUBSCRIPTIONS } from '../schema/limits.js';
import type { Actor } from '../domain/campaign/actor.js';
import type { Authenticate } from './authentication.js';
import { NotForThis, Unauthenticated } from './authentication-errors.js';
import type { TrustedDocuments } from './documents.js';
import type { ErrorCode } from './error-codes.js';
import { wrongCharacter } from './characters.js';

export interface SubscriptionOptions {
  readonly schema: GraphQLSchema;
  readonly documents: TrustedDocuments;
  readonly authenticate: Authenticate;
  readonly contextOf: (actor: Actor) => Context;
  /** How far the database has come, which each result tells; null where everything is read from there. */
  readonly position: (() => Promise<string>) | null;
  /** How often it is looked whether whoever is connected may still be; a test waits for less. */
  readonly recheckMs?: number;
  /** Whether the schema may be asked for. */
  readonly introspection: boolean;
  /** What to say to whoever asks too often; null where one more may be asked. */
  readonly mayAsk: (request: FastifyRequest) => Promise<string | null>;
  readonly formatError: (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;
  /** Told how many more, or fewer, operations are being answered. */
  readonly onOpen: (change: number) => void;
}

/** Queries, mutations and subscriptions over `graphql-transport-ws`, under the same limits as over HTTP. */
export function createSocketHandler({
  schema,
  documents,
  authenticate,
  contextOf,
  position,
  formatError,
  introspection,
  mayAsk,
  onOpen,
  recheckMs = RECHECK_MS,
}: SubscriptionOptions) {
  const actors = new WeakMap<object, Actor>();
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const running = new WeakMap<object, Set<string>>();
  const prepare = (payload: SubscribePayload, context: Context): ExecutionArgs | readonly GraphQLError[] => {
    const wrong = wrongCharacter(payload);
    if (wrong !== null) return [refusal(wrong, 'BAD_USER_INPUT')];
    const resolved = documents.resolve({ ...payload });
    if ('code' in resolved) return [refusal(resolved.message, resolved.code)];
    const { query, variables, operationName } = resolved.request as {
      query: string;
      variables?: Record<string, unknown> | null;
      operationName?: string | null;
    };
    const document = as('GRAPHQL_PARSE_FAILED', () => readDocument(query));
    const problems = validate(schema, document, rules);
    if (problems.length > 0) return problems.map((problem) => coded(problem, 'GRAPHQL_VALIDATION_FAILED'));
    if (!getOperationAST(document, operationName)) {
      return [refusal('name the operation of the document that is meant', 'OPERATION_RESOLUTION_FAILURE')];
    }
    const asked = as('BAD_USER_INPUT', () =>
      costOf(schema, document, operationName ?? undefined, variables ?? {}),
    );
    const [excess] = excesses(asked);
    if (excess !== undefined) return [refusal(`the ${excess}`, 'LIMIT_EXCEEDED')];
    return {
      schema,
      document,
      contextValue: context,
      ...(variables ? { variableValues: variables } : {}),
      ...(operationName == null ? {} : { operationName }),
    };
  };
  const end = (extra: object, id: string): void => {
    if (running.get(extra)?.delete(id) === true) onOpen(-1);
  };
  return makeHandler<Record<string, unknown>>({
    onConnect: async ({ connectionParams, extra }) => {
      const { request, socket } = extra;
      // By the headers of the connection, and by what it says of itself first; under which name it was opened it cannot say.
      const headers = { ...request.headers, ...connectionParams, host: request.headers.host };
      const look = () => authenticate({ headers, address: request.ip, use: 'graphql' });
      const watch: { timer?: NodeJS.Timeout } = {};
      // Before anything is waited for, during which it may close.
      socket.once('close', () => {
        clearInterval(watch.timer);
        for (const id of running.get(extra) ?? []) end(extra, id);
      });
      const actor = await look().catch(nobody);
      if (actor === null || socket.readyState !== socket.OPEN) return false;
      actors.set(extra, actor);
      // A token that expires or is revoked ends what was begun with it.
      watch.timer = setInterval(() => {
        look()
          .catch(nobody)
          .then((found) => found ?? socket.close(FORBIDDEN, 'Forbidden'))
          // Who it is could not be told now; it is asked again.
          .catch(() => undefined);
      }, recheckMs);
      return true;
    },
    onSubscribe: async ({ extra }, id, payload) => {
      const tooMany = await mayAsk(extra.request);
      if (tooMany !== null) return [refusal(tooMany, 'RATE_LIMITED')];
      const open = running.get(extra) ?? new Set();
      if (!open.has(id)) onOpen(1);
      running.set(extra, open.add(id));
      if (open.size > MAX_SUBSCRIPTIONS) {
        return [refusal(`a connection has at most ${MAX_SUBSCRIPTIONS} subscriptions`, 'LIMIT_EXCEEDED')];
      }
      try {
        const actor = actors.get(extra);
        if (!actor) throw new Error('a socket has subscribed before it was known whose it is');
        return prepare(payload, contextOf(actor));
      } catch (error) {
        if (error instanceof GraphQLError) return [error];
        throw error;
      }
    },
    onComplete: ({ extra }, id) => end(extra, id),
    onError: ({ extra }, id, _payload, errors) => {
      end(extra, id);
      return errors.map((error) => toFormatted(error, formatError));
    },
    onNext: async (_context, _id, _payload, _arguments, { data = null, errors }) => ({
      data,
      ...(errors ? { errors: errors.map((error) => toFormatted(error, formatError)) } : {}),
      // Whoever is told of a change asks for more of it next, and is not to be shown what was before.
      ...(position ? { extensions: { position: await position() } } : {}),
    }),
    execute,
    subscribe: subscribeAfresh,
  });
}

/** Null where it is not known who asks; a fault stays one. */
function nobody(error: unknown): null {
  if (error instanceof Unauthenticated || error instanceof NotForThis) return null;
  throw error;
}

/** Shorter than anybody leaves a revoked token unnoticed, and rare enough for thousands of connections. */
const RECHECK_MS = 60_000;
/** How graphql-transport-ws calls off a connection of somebody who is not let in. */
const FORBIDDEN = 4403;

const coded = (error: GraphQLError, code: ErrorCode): GraphQLError => {
  error.extensions['code'] ??= code;
  return error;
};

/** Does the work; what goes wrong in it has this code. */
function as<T>(code: ErrorCode, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof GraphQLError ? coded(error, code) : error;
  }
}

const refusal = (message: string, code: ErrorCode): GraphQLError =>
  new GraphQLError(message, { extensions: { code } });

const toFormatted = (
  error: GraphQLError | GraphQLFormattedError,
  formatError: SubscriptionOptions['formatError'],
) => formatError('toJSON' in error ? error.toJSON() : error, error);

/** Each event is answered from a context of its own, since loaders must not remember the state before the change. */
async function subscribeAfresh(given: ExecutionArgs) {
  const stream = await createSourceEventStream(given);
  if (!(Symbol.asyncIterator in stream)) return stream;
  return pipe(
    stream,
    map((rootValue: unknown) =>
      execute({ ...given, rootValue, contextValue: (given.contextValue as Context).renew() }),
    ),
  );
}
