import { GraphQLError, type GraphQLResolveInfo, validate } from 'graphql';
import { GraphQLJSONObject } from 'graphql-scalars';
import { Arg, Info, Query, Resolver } from 'type-graphql';
import { LIMITS, LimitsType, DocumentCostType } from '../schema/limits.js';
import { badInput } from './arguments.js';
import { costOf, excesses } from './document-cost.js';
import { readDocument } from './read-document.js';

@Resolver()
export class LimitsResolver {
  @Query(() => LimitsType, { description: 'What one request may ask for.' })
  limits(): LimitsType {
    return LIMITS;
  }

  @Query(() => DocumentCostType, {
    nullable: true,
    description: 'What a document would cost; null, with an error, where it is not valid.',
  })
  documentCost(
    @Arg('document', () => String, { description: 'The document, as it would be sent.' }) text: string,
    @Arg('variables', () => GraphQLJSONObject, { nullable: true, description: 'Its variables.' })
    variables: Record<string, unknown> | null,
    @Arg('operationName', () => String, { nullable: true, description: 'Which of its operations.' })
    operationName: string | null,
    @Info() { schema }: GraphQLResolveInfo,
  ): DocumentCostType {
    try {
      const document = readDocument(text);
      const [problem] = validate(schema, document);
      if (problem) throw problem;
      const asked = costOf(schema, document, operationName ?? undefined, variables ?? {});
      return { ...asked, problems: excesses(asked) };
    } catch (error) {
      throw error instanceof GraphQLError ? badInput(error.message) : error;
    }
  }
}
