import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  getOperationAST,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  visit,
} from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Context } from '../resolvers/context.js';

/** One operation to carry out, of a document that was validated. */
export interface Operation {
  readonly document: DocumentNode;
  readonly operationName: string | null;
  readonly variables: Record<string, unknown>;
  readonly context: Context;
}
export type Execute = (operation: Operation) => Promise<ExecutionResult>;

/**
 * Carries out operations. A query that comes again is compiled to a function (graphql-jit), which gives the same answer in less time;
 * what comes once would be compiled for nothing. Errors may come in another order.
 * @param isCompiling whether anything is compiled
 */
export function createExecute(schema: GraphQLSchema, isCompiling = true): Execute {
  // Of documents that are kept anyhow, parsed and validated.
  const known = new WeakMap<DocumentNode, Map<string, Compiled | null>>();

  function compiled(document: DocumentNode, name: string): Compiled | null {
    const operations = known.get(document);
    if (!operations) {
      known.set(document, new Map());
      return null;
    }
    const found = operations.get(name);
    if (found !== undefined) return found;
    const made = compile(schema, document, name);
    operations.set(name, made);
    return made;
  }

  return async ({ document, operationName, variables, context }) => {
    const query = isCompiling ? compiled(document, operationName ?? '') : null;
    const values = query?.coerce(variables) ?? null;
    if (query && values) return asExecuted(await query.run(undefined, context, values));
    return execute({
      ...{ schema, document, operationName, variableValues: variables, contextValue: context },
    });
  };
}

interface Compiled {
  readonly run: CompiledQuery['query'];
  /** Null where they do not fit. */
  readonly coerce: (variables: Record<string, unknown>) => Record<string, unknown> | null;
}

/** Null for what graphql-js carries out better: mutations, and what graphql-jit reads in another way. */
export function compile(schema: GraphQLSchema, document: DocumentNode, name: string): Compiled | null {
  const operation = getOperationAST(document, name === '' ? null : name);
  if (operation?.operation !== OperationTypeNode.QUERY || isReadOtherwise(document)) return null;
  const made = compileQuery(schema, withoutTypes(document), name, OPTIONS);
  if (!isCompiledQuery(made)) return null;
  const { variableDefinitions = [] } = operation;
  return {
    run: made.query,
    coerce: (variables) => getVariableValues(schema, variableDefinitions, variables).coerced ?? null,
  };
}

/** Nobody reads a stack trace of generated code. */
const OPTIONS = { disablingCapturingStackErrors: true };

/** Where there are directives, and where a variable that may be absent stands within another value. */
function isReadOtherwise(document: DocumentNode): boolean {
  let depth = 0;
  let found = false;
  const value = {
    enter: () => {
      depth += 1;
    },
    leave: () => {
      depth -= 1;
    },
  };
  visit(document, {
    Directive: () => {
      found = true;
    },
    ObjectValue: value,
    ListValue: value,
    Variable: () => {
      found ||= depth > 0;
    },
  });
  return found;
}

/** Variables are coerced by graphql-js, which knows every default; to graphql-jit they are values of any kind. */
const withoutTypes = (document: DocumentNode): DocumentNode =>
  visit(document, {
    VariableDefinition: ({ variable }) => ({
      kind: Kind.VARIABLE_DEFINITION,
      variable,
      type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'JSON' } },
    }),
  });

/** With errors as graphql-js makes them, which the rest of the way relies on. */
const asExecuted = ({ errors, ...result }: ExecutionResult): ExecutionResult =>
  errors ? { ...result, errors: errors.map(asThrown) } : result;

function asThrown({ message, locations, path, originalError, extensions }: GraphQLError): GraphQLError {
  const known = { path: path ?? null, originalError: originalError ?? null, extensions };
  return Object.assign(new GraphQLError(message, known), { locations });
}
