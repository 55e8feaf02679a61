import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { GraphQLJSON } from 'graphql-scalars';
import { completeReview } from '../application/complete-review.js';
import {
  type Prediction,
  type QuarterlyReview,
  quarterlyReview,
  reviewPeriod,
  type WorkflowReview,
} from '../application/quarterly-review.js';
import { Present } from '../application/present.js';
import type { Reads } from '../application/reads.js';
import { type DueReview, reviewCalendar } from '../application/review-calendar.js';
import { queriesOf } from '../application/review-queries.js';
import type { CompletedReview } from '../domain/learning/decisions.js';
import { UnknownQuarter } from '../domain/learning/quarter.js';
import { MeaningChangeInterface, toChange } from '../schema/change-types.js';
import { WorkflowObject } from '../schema/definition-types.js';
import { MetricEffectType } from '../schema/effect-types.js';
import { IncidentCountsType } from '../schema/incident-types.js';
import {
  CompletedReviewType,
  CompleteReviewInput,
  CompleteReviewPayload,
  DueReviewType,
  PredictionType,
  QuarterlyReviewType,
  ReviewAdviceType,
  ReviewQueryType,
  WorkflowReviewType,
} from '../schema/review-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { badInput } from './arguments.js';
import type { Context } from './context.js';
import { showEffect } from './effect-resolver.js';

@Resolver(() => WorkflowReviewType)
export class ReviewResolver {
  @semanticNonNull
  @Query(() => QuarterlyReviewType, {
    nullable: true,
    description: 'Compares the workflow versions at both ends of a quarter, and how campaigns fared.',
  })
  quarterlyReview(
    @Arg('quarter', () => String, {
      nullable: true,
      description: 'For example 2026-Q3, of the fiscal year of the Policy; without it, the last full one.',
    })
    quarter: string | null | undefined,
    @Ctx() { reads, present }: Context,
  ): Promise<QuarterlyReview> {
    return orBadInput(reviewNow(reads, quarter ?? null, present));
  }

  @semanticNonNull
  @FieldResolver(() => WorkflowObject, { nullable: true, description: 'The workflow.' })
  workflow(@Root() review: WorkflowReview, @Ctx() { load }: Context) {
    return load.workflow.load(review.id);
  }
  @FieldResolver(() => [MeaningChangeInterface], { description: 'What differs between the two versions.' })
  changes(@Root() review: WorkflowReview): object[] {
    return review.changes.map(toChange);
  }
  @semanticNonNull
  @FieldResolver(() => [String], { nullable: true, description: 'Addresses of those who wrote them.' })
  authors(@Root() review: WorkflowReview): Promise<readonly string[]> {
    return review.authors();
  }
  @semanticNonNull
  @FieldResolver(() => IncidentCountsType, {
    nullable: true,
    description: 'What went wrong in campaigns that ended in the quarter, as it was noted when they ended.',
  })
  incidents(@Root() review: WorkflowReview): Promise<IncidentCountsType> {
    return review.incidents();
  }
  @semanticNonNull
  @FieldResolver(() => [ReviewAdviceType], { nullable: true, description: 'What that suggests.' })
  advice(@Root() review: WorkflowReview): Promise<readonly ReviewAdviceType[]> {
    return review.advice();
  }
  @semanticNonNull
  @FieldResolver(() => [PredictionType], {
    nullable: true,
    description: 'Forecasts against what happened, for each version.',
  })
  predictions(@Root() review: WorkflowReview): Promise<readonly Prediction[]> {
    return review.predictions();
  }
  @semanticNonNull
  @FieldResolver(() => [MetricEffectType], {
    nullable: true,
    description: 'What the step from the one version to the other did; empty where they are the same.',
  })
  async effects(@Root() review: WorkflowReview): Promise<MetricEffectType[]> {
    return (await review.effects()).map(showEffect);
  }
}

@Resolver(() => QuarterlyReviewType)
export class ReviewQueriesResolver {
  @FieldResolver(() => [ReviewQueryType], { description: 'Where its figures come from.' })
  queries(@Root() review: QuarterlyReview): ReviewQueryType[] {
    return Object.entries(queriesOf(review)).map(([name, query]) => ({ name, query }));
  }
}

@Resolver(() => DueReviewType)
export class ReviewCalendarResolver {
  @semanticNonNull
  @Query(() => [DueReviewType], {
    nullable: true,
    description:
      'What is to be reviewed, what is due first first. What has happened is over when its alert is acknowledged.',
  })
  reviewCalendar(@Ctx() { reads, ports }: Context): Promise<DueReview[]> {
    return reviewCalendar(reads, ports.clock.now());
  }
  @FieldResolver(() => WorkflowObject, {
    nullable: true,
    description: 'The workflow; null where it is about all of them.',
  })
  workflow(@Root() { workflow }: DueReview, @Ctx() { load, reads }: Context) {
    return workflow === null
      ? null
      : load.together('workflow', workflow, [], (keys) => reads.workflowsByKey(keys));
  }
}

@Resolver(() => CompletedReviewType)
export class CompleteReviewMutation {
  @semanticNonNull
  @Mutation(() => CompleteReviewPayload, {
    nullable: true,
    description: 'Records who reviewed a quarter and what was decided, with the figures as they are now.',
  })
  async completeReview(
    @Arg('input', () => CompleteReviewInput, { description: 'What to do, and to what.' })
    { quarter, attendees, decisions, outcomes }: CompleteReviewInput,
    @Ctx() { ports, reads, actor }: Context,
  ): Promise<CompleteReviewPayload> {
    const given = {
      ...{ quarter, attendees },
      decisions: decisions.map(({ workflow = null, proposal = null, ...rest }) => ({
        ...rest,
        workflow,
        proposal,
      })),
      outcomes: outcomes.map(({ note = null, ...rest }) => ({ ...rest, note })),
    };
    const refusals = await orBadInput(completeReview(ports, reads, actor, given));
    const review =
      refusals.length > 0 ? null : await reviewNow(reads, quarter, new Present(ports.clock.now()));
    return { review, refusals };
  }

  @FieldResolver(() => GraphQLJSON, { nullable: true, description: 'The figures as they were then.' })
  snapshot(@Root() { start }: CompletedReview, @Ctx() { reads }: Context): Promise<object | null> {
    return reads.reviewSnapshot(start);
  }
}

async function reviewNow(reads: Reads, quarter: string | null, present: Present): Promise<QuarterlyReview> {
  return quarterlyReview(reads, await reviewPeriod(reads, quarter, present), present);
}

async function orBadInput<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw error instanceof UnknownQuarter ? badInput(error.message) : error;
  }
}
