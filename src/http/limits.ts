import {
  type ASTVisitor,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type SelectionSetNode,
  type ValidationContext,
} from 'graphql';

/** Deeper than any question about campaigns: portfolio → campaign → version → workflow → … is about nine. */
const MAX_DEPTH = 20;

/** Refuses documents that nest too deeply, before anything is executed. Introspection keeps its own depth. */
export function limitDepth(context: ValidationContext): ASTVisitor {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of context.getDocument().definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, number>();
  const depthOf = (set: SelectionSetNode, trail: readonly string[]): number => {
    let deepest = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const name = selection.name.value;
        const fragment = fragments.get(name);
        if (!fragment || trail.includes(name)) continue;
        const depth = known.get(name) ?? depthOf(fragment.selectionSet, [...trail, name]);
        known.set(name, depth);
        deepest = Math.max(deepest, depth);
      } else if (
        selection.selectionSet &&
        !(selection.kind === Kind.FIELD && selection.name.value.startsWith('__'))
      ) {
        const own = selection.kind === Kind.FIELD ? 1 : 0;
        deepest = Math.max(deepest, own + depthOf(selection.selectionSet, trail));
      }
    }
    return deepest;
  };
  return {
    OperationDefinition(operation) {
      const depth = depthOf(operation.selectionSet, []);
      if (depth <= MAX_DEPTH) return;
      context.reportError(
        new GraphQLError(`the query is ${depth} levels deep; the limit is ${MAX_DEPTH}`, {
          nodes: operation,
        }),
      );
    },
  };
}
