import { Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { type LibraryOverview, libraryOf, type RankedUse } from '../domain/learning/library.js';
import { WorkflowObject } from '../schema/definition-types.js';
import { LibraryOverviewType, LibraryWorkflowType } from '../schema/library-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import type { Context } from './context.js';

@Resolver(() => LibraryWorkflowType)
export class LibraryResolver {
  @semanticNonNull
  @Query(() => LibraryOverviewType, {
    nullable: true,
    description: 'Which workflow to take for which type of campaign, with use, results and rank.',
  })
  async library(@Ctx() { reads }: Context): Promise<LibraryOverview> {
    const [libraries, uses] = await Promise.all([reads.libraries(), reads.typeUse()]);
    return libraryOf(libraries, uses);
  }

  @FieldResolver(() => WorkflowObject, {
    nullable: true,
    description: 'The workflow; null where there is none.',
  })
  workflow(@Root() { workflow }: RankedUse, @Ctx() { load, reads }: Context) {
    return load.together('workflow', workflow, [], (keys) => reads.workflowsByKey(keys));
  }
}
