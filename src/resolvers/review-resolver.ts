import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import {
  lastQuarter,
  type QuarterlyReview,
  quarterlyReview,
  UnknownQuarter,
  type WorkflowReview,
} from '../application/quarterly-review.js';
import { MeaningChangeInterface, toChange } from '../schema/change-types.js';
import { WorkflowObject } from '../schema/definition-types.js';
import { QuarterlyReviewType, WorkflowReviewType } from '../schema/review-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { badInput } from './arguments.js';
import type { Context } from './context.js';

@Resolver(() => WorkflowReviewType)
export class ReviewResolver {
  @semanticNonNull
  @Query(() => QuarterlyReviewType, {
    nullable: true,
    description: 'Compares the workflow versions at both ends of a quarter.',
  })
  async quarterlyReview(
    @Arg('quarter', () => String, {
      nullable: true,
      description: 'For example 2026-Q3; without it, the last full one.',
    })
    quarter: string | null,
    @Ctx() { reads, ports }: Context,
  ): Promise<QuarterlyReview> {
    try {
      return await quarterlyReview(reads, quarter ?? lastQuarter(ports.clock.now()));
    } catch (error) {
      throw error instanceof UnknownQuarter ? badInput(error.message) : error;
    }
  }

  @semanticNonNull
  @FieldResolver(() => WorkflowObject, { nullable: true, description: 'The workflow.' })
  workflow(@Root() review: WorkflowReview, @Ctx() { reads }: Context) {
    return reads.workflow(review.workflow);
  }
  @FieldResolver(() => [MeaningChangeInterface], { description: 'What differs between the two versions.' })
  changes(@Root() review: WorkflowReview): object[] {
    return review.changes.map(toChange);
  }
}
