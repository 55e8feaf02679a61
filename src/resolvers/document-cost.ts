import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  getVariableValues,
  GraphQLError,
  type GraphQLSchema,
  isCompositeType,
  isListType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { type ComplexityEstimatorArgs, getComplexity } from 'graphql-query-complexity/cjs';
import { LRUCache } from 'lru-cache';
import { LIMITS } from '../schema/limits.js';

/** What a document asks for, known before anything is carried out. */
export interface DocumentCost {
  readonly cost: number;
  readonly depth: number;
  readonly aliases: number;
}

/** How long a page is taken to be when nobody says, and any list without pages. */
const ASSUMED_PAGE = 50;
const ASSUMED_LIST = 10;
const MUTATION_COST = 10;
/** Fields with every fragment put in place; a document with more is taken to cost more than can be counted. */
const MAX_NODES = 10_000;
/** The largest Int of GraphQL. */
const MAX_INT = 2_147_483_647;
/** Fields that compute: in units of reading one object, as measured. */
const COMPUTED: Readonly<Record<string, number>> = {
  'WorkflowVersion.forecast': 100,
  'Campaign.forecast': 100,
  'WorkflowVersion.whatIf': 200,
  'Campaign.whatIf': 200,
  'WorkflowVersion.adherence': 200,
  'Campaign.incidents': 50,
  'Query.incidents': 2_000,
  'Retrospective.answers': 50,
  'RetrospectiveAction.effect': 100,
  'RetrospectiveAction.effects': 100,
  'Query.library': 100,
  'Query.reviewCalendar': 100,
  'WorkflowReview.predictions': 100,
  'Workflow.effects': 100,
  'WorkflowChange.effects': 100,
  'Query.portfolio': 500,
  'Query.meetingLoad': 200,
  'Workflow.diagram': 100,
  'WorkflowDiff.diagram': 100,
  'WorkflowVersion.diagram': 100,
  'PlannedWorkflow.diagram': 100,
  'Query.workflowDiff': 10,
  'Query.quarterlyReview': 200,
  'Query.campaignStats': 50,
  'Query.metricSeries': 50,
  'Query.documentCost': 500,
  'Query.plan': 1_000,
  'Repository.otherBranches': 100,
  'Query.impactOfProposal': 1_000,
  'Query.triggerPreview': 200,
  'Campaign.signalHours': 50,
  'Mutation.migrateCampaign': 50,
  'Mutation.syncRepository': 200,
  'Mutation.proposeWorkflowChange': 200,
  'WorkflowProposal.plan': 1_000,
};

/**
 * Cost, depth and aliases of one operation.
 * @throws GraphQLError where the variables do not fit the operation
 */
export function costOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Record<string, unknown>,
): DocumentCost {
  const asked = JSON.stringify([operationName, variables]);
  const isKept = asked.length <= MAX_KEPT_LENGTH;
  const known = isKept ? costs.get(document)?.get(asked) : undefined;
  if (known) return known;
  const cost = computeCost(schema, document, operationName, variables);
  if (!isKept) return cost;
  const kept = costs.get(document) ?? new LRUCache<string, DocumentCost>({ max: MOST_KEPT });
  costs.set(document, kept.set(asked, cost));
  return cost;
}

/** By document, and what it was asked with last. */
const costs = new WeakMap<DocumentNode, LRUCache<string, DocumentCost>>();
const MOST_KEPT = 20;
/** Of an operation's name and its variables, in characters; longer ones hold contents, which do not come again. */
const MAX_KEPT_LENGTH = 500;

function computeCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Record<string, unknown>,
): DocumentCost {
  const operation = operationOf(document, operationName);
  if (operation) checkVariables(schema, operation, variables);
  const shape = operation ? shapeOf(document, operation) : { depth: 0, aliases: 0 };
  if (shape.depth > LIMITS.depth) return { cost: MAX_INT, ...shape };
  const asked = { schema, query: document, variables, estimators: [estimate], maxQueryNodes: MAX_NODES };
  try {
    const cost = getComplexity({ ...asked, ...(operationName === undefined ? {} : { operationName }) });
    return { cost: Math.min(cost, MAX_INT), ...shape };
  } catch (error) {
    if (error instanceof GraphQLError && error.message.includes('number of nodes')) {
      return { cost: MAX_INT, ...shape };
    }
    throw error;
  }
}

/**
 * Only the first thing that is wrong with them: each is told with the whole value that it is in, so that of fifty thousand unknown
 * keys every one would be written fifty thousand times.
 * @throws GraphQLError
 */
function checkVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Record<string, unknown>,
): void {
  const { errors } = getVariableValues(schema, variableDefinitions, variables, { maxErrors: 1 });
  if (errors?.[0]) throw errors[0];
}

/** As every answer says it. */
export const costWithLimit = (asked: DocumentCost) => ({ ...asked, limit: LIMITS.cost });

/** Why a document is refused; empty where it is not. */
export const excesses = (asked: DocumentCost): string[] =>
  (['depth', 'aliases', 'cost'] as const).flatMap((name) =>
    asked[name] > LIMITS[name] ? [`${name} is ${asked[name]}; the limit is ${LIMITS[name]}`] : [],
  );

function estimate({ type, field, args, childComplexity }: ComplexityEstimatorArgs): number {
  if (field.name.startsWith('__')) return 0;
  const named = getNamedType(field.type);
  const isRootMutation = type.name === 'Mutation';
  const own = COMPUTED[`${type.name}.${field.name}`] ?? (isRootMutation ? MUTATION_COST : 1);
  if (!isCompositeType(named)) return own === 1 ? 0 : own;
  if (named.name.endsWith('Connection')) {
    const size = (args['first'] ?? args['last'] ?? ASSUMED_PAGE) as number;
    return own + Math.max(1, size) * childComplexity;
  }
  const isPagePart = type.name.endsWith('Connection');
  const isList = isListType(getNullableType(field.type)) && !isPagePart;
  return isList ? own - 1 + ASSUMED_LIST * (1 + childComplexity) : own + childComplexity;
}

const operationOf = (document: DocumentNode, name: string | undefined): OperationDefinitionNode | undefined =>
  document.definitions.find(
    (each): each is OperationDefinitionNode =>
      each.kind === Kind.OPERATION_DEFINITION && (name === undefined || each.name?.value === name),
  );

interface Shape {
  readonly depth: number;
  readonly aliases: number;
}

/** Depth and aliases with every fragment put in place; each fragment is looked at once. Introspection is left out. */
export function shapeOf(document: DocumentNode, { selectionSet }: OperationDefinitionNode): Shape {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const each of document.definitions) {
    if (each.kind === Kind.FRAGMENT_DEFINITION) fragments.set(each.name.value, each);
  }
  const known = new Map<string, Shape>();
  const shape = (set: SelectionSetNode, trail: readonly string[]): Shape => {
    let [deepest, aliases] = [0, 0];
    for (const selection of set.selections) {
      let inside: Shape = { depth: 0, aliases: 0 };
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value;
        const fragment = fragments.get(name);
        if (!fragment || trail.includes(name)) continue;
        inside = known.get(name) ?? shape(fragment.selectionSet, [...trail, name]);
        known.set(name, inside);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        inside = shape(selection.selectionSet, trail);
      } else {
        if (selection.alias) aliases += 1;
        const isIntrospection = selection.name.value.startsWith('__');
        if (isIntrospection) continue;
        inside = selection.selectionSet ? shape(selection.selectionSet, trail) : inside;
        inside = { ...inside, depth: inside.depth + (selection.selectionSet ? 1 : 0) };
      }
      deepest = Math.max(deepest, inside.depth);
      aliases += inside.aliases;
    }
    return { depth: deepest, aliases };
  };
  return shape(selectionSet, []);
}
