import { DirectiveLocation, GraphQLDirective } from 'graphql';
import { Directive } from 'type-graphql';

/**
 * Marks a field that another query answers: it is null only together with an error, so that a part that fails
 * leaves the rest of the answer standing. Clients that understand the mark treat the field as non-null.
 */
export const semanticNonNull = Directive('@semanticNonNull');

export const semanticNonNullDirective = new GraphQLDirective({
  name: 'semanticNonNull',
  description: 'Null only where an error says why.',
  locations: [DirectiveLocation.FIELD_DEFINITION],
});
