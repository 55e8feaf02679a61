import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, Float, GraphQLISODateTime, InputType, Int, ObjectType } from 'type-graphql';
import type { DecisionOutcome } from '../domain/learning/decisions.js';
import { AlertType } from './operation-types.js';
import { RefusalInterface } from './refusal-types.js';
import { WorkflowVersionType, WorkflowChangeType } from './definition-types.js';
import { ClassificationEnum } from './enums.js';
import {
  DecisionOutcomeEnum,
  DecisionStateEnum,
  QuarterStateEnum,
  ReviewReasonEnum,
  StandingEnum,
} from './learning-enums.js';

@ObjectType('CampaignLeadTime', { description: 'How long one campaign took to its first launch.' })
export class CampaignLeadTimeType {
  @Field(() => String, { description: 'Key of the campaign.' }) key!: string;
  @Field(() => Float, { description: 'From creation to the first channel that went live.' })
  leadTimeHours!: number;
}

@ObjectType('VersionLeadTime', {
  description: 'How long campaigns on one version took to their first launch.',
})
export class VersionLeadTimeType {
  @Field(() => Int, { description: 'Number of the version.' }) version!: number;
  @Field(() => [CampaignLeadTimeType], { description: 'The campaigns that the median is of.' })
  campaigns!: readonly CampaignLeadTimeType[];
  @Field(() => Float, { description: 'Their median lead time.' }) medianHours!: number;
}

@ObjectType('VersionUse', { description: 'Campaigns that were under way on one version in the quarter.' })
export class VersionUseType {
  @Field(() => Int, { description: 'Number of the version.' }) version!: number;
  @Field(() => Int, { description: 'Created in the quarter.' }) created!: number;
  @Field(() => Int, { description: 'Launched in it.' }) launched!: number;
  @Field(() => Int, { description: 'Ended in it.' }) ended!: number;
  @Field(() => Int, { description: 'Called off in it.' }) cancelled!: number;
  @Field(() => Int, { description: 'Under way at its end.' }) running!: number;
}

@ObjectType('Prediction', {
  description:
    'What a version had led to expect, and what came of the campaigns that launched in the quarter.',
})
export class PredictionType {
  @Field(() => Int, { description: 'Number of the version.' }) version!: number;
  @Field(() => Float, {
    nullable: true,
    description:
      'From creation to the first launch, forecast from the definition and the Teams of today; null where it cannot be.',
  })
  p50Hours!: number | null;
  @Field(() => Float, { nullable: true, description: 'The same, held by eight of ten.' })
  p80Hours!: number | null;
  @Field(() => Int, { description: 'Campaigns that launched in the quarter.' }) launched!: number;
  @Field(() => Float, { description: 'Their median lead time.' }) medianHours!: number;
  @Field(() => Int, { nullable: true, description: 'How many of them launched within `p50Hours`.' })
  withinP50!: number | null;
  @Field(() => Int, { nullable: true, description: 'How many of them launched within `p80Hours`.' })
  withinP80!: number | null;
}

@ObjectType('ReviewAdvice', { description: 'What a review suggests for a workflow.' })
export class ReviewAdviceType {
  @Field(() => String, { description: 'What to do.' }) text!: string;
  @Field(() => String, { description: 'The figures that it rests on.' }) because!: string;
  @Field(() => String, { description: 'A query of this API for more of it.' }) query!: string;
}

@ObjectType('PastPin', { description: 'That new campaigns took another version than the branch served.' })
export class PastPinType {
  @Field(() => Int, { description: 'Number of the version that they took.' }) version!: number;
  @Field(() => String, { description: 'Who pinned it.' }) pinnedBy!: string;
  @Field(() => String, { description: 'Why.' }) reason!: string;
  @Field(() => GraphQLISODateTime, { description: 'When.' }) pinnedAt!: Date;
}

@ObjectType('WorkflowReview', { description: "One workflow's quarter." })
export class WorkflowReviewType {
  @Field(() => WorkflowVersionType, {
    nullable: true,
    description: 'What the branch said when the quarter began.',
  })
  from!: object | null;
  @Field(() => WorkflowVersionType, { nullable: true, description: 'What it said when the quarter ended.' })
  to!: object | null;
  @Field(() => ClassificationEnum, { description: 'The gravest of the changes.' }) classification!: string;
  @Field(() => [WorkflowChangeType], { description: 'The commits in between, oldest first.' })
  history!: readonly object[];
  @Field(() => [VersionLeadTimeType], { description: 'Of campaigns that launched in the quarter.' })
  leadTimes!: readonly VersionLeadTimeType[];
  @Field(() => [VersionUseType], { description: 'What ran on which version.' })
  use!: readonly VersionUseType[];
  @Field(() => StandingEnum, { description: 'Whether it is used, and looked after.' }) standing!: string;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it is to be reviewed next; null where it states no `review`, or is retired.',
  })
  reviewDueAt!: Date | null;
  @Field(() => Boolean, { description: 'Whether that is now or was before.' }) isReviewDue!: boolean;
  @Field(() => PastPinType, {
    nullable: true,
    description: 'What new campaigns took instead of `to` when the quarter ended; null where they took that.',
  })
  pin!: PastPinType | null;
}

@ObjectType('ReviewDecision', { description: 'What a review has decided, and what became of it.' })
export class ReviewDecisionType {
  @Field(() => String, { description: 'Quarter whose review decided it.' }) quarter!: string;
  @Field(() => Int, { description: 'Its place among the decisions there, from 1.' }) number!: number;
  @Field(() => String, { description: 'What was decided.' }) text!: string;
  @Field(() => String, { description: 'Who sees to it: a role, or a person.' }) owner!: string;
  @Field(() => GraphQLLocalDate, { description: 'By when.' }) dueOn!: string;
  @Field(() => String, { nullable: true, description: 'Key of the workflow that it is about.' })
  workflow!: string | null;
  @Field(() => String, { nullable: true, description: 'Branch of the proposal that carries it out.' })
  proposal!: string | null;
  @Field(() => DecisionStateEnum, { description: 'What became of it.' }) state!: string;
  @Field(() => String, { nullable: true, description: 'Hash of the commit that carried it out.' })
  commitSha!: string | null;
  @Field(() => String, { nullable: true, description: 'What a later review says of it.' })
  note!: string | null;
}

@ObjectType('Attendee', { description: 'Somebody who was there.' })
export class AttendeeType {
  @Field(() => String, { description: 'Name or address.' }) name!: string;
  @Field(() => String, { description: 'The team they spoke for.' }) team!: string;
}

@ObjectType('CompletedReview', { description: 'A review as it was completed; it never changes.' })
export class CompletedReviewType {
  @Field(() => GraphQLISODateTime, {
    description:
      'First moment of what was reviewed; it differs from the quarter where the fiscal year was another then.',
  })
  start!: Date;
  @Field(() => GraphQLISODateTime, { description: 'First moment after what was reviewed.' }) end!: Date;
  @Field(() => GraphQLISODateTime, { description: 'When it was completed.' }) completedAt!: Date;
  @Field(() => String, { description: 'Who completed it.' }) actor!: string;
  @Field(() => [AttendeeType], { description: 'Who was there.' }) attendees!: readonly AttendeeType[];
  @Field(() => String, {
    description: 'SHA-256 of `snapshot` in the canonical form of RFC 8785, in hexadecimal digits.',
  })
  snapshotHash!: string;
}

@ObjectType('ReviewQuery', { description: 'Where figures of a review come from.' })
export class ReviewQueryType {
  @Field(() => String, { description: 'The field of the review.' }) name!: string;
  @Field(() => String, { description: 'A query of this API that gives the same.' }) query!: string;
}

@ObjectType('QuarterlyReview', { description: 'What a quarter did to the workflows.' })
export class QuarterlyReviewType {
  @Field(() => String, { description: 'For example 2026-Q3.' }) quarter!: string;
  @Field(() => GraphQLISODateTime, { description: 'Its first moment.' }) start!: Date;
  @Field(() => GraphQLISODateTime, { description: 'First moment of the next quarter.' }) end!: Date;
  @Field(() => String, { description: "IANA name of the zone in which its days begin: the Policy's." })
  timezone!: string;
  @Field(() => QuarterStateEnum, { description: 'Whether it is over.' }) state!: string;
  @Field(() => [WorkflowReviewType], { description: 'Every workflow that was served in it.' })
  workflows!: readonly object[];
  @Field(() => [AlertType], {
    description:
      'What called for a look before the quarter was over (R94), and who has had it; oldest first.',
  })
  triggers!: readonly object[];
  @Field(() => [AlertType], {
    description: 'When the history of the branch was rewritten; oldest first.',
  })
  rewrites!: readonly object[];
  @Field(() => [ReviewDecisionType], {
    description: 'Decisions of earlier reviews that none has settled since.',
  })
  decisions!: readonly ReviewDecisionType[];
  @Field(() => [ReviewDecisionType], {
    description: 'What this review has decided, and what became of it; empty until it is completed.',
  })
  decided!: readonly ReviewDecisionType[];
  @Field(() => CompletedReviewType, { nullable: true, description: 'Null until somebody completes it.' })
  completed!: object | null;
}

@ObjectType('DueReview', { description: 'Something to review, and why.' })
export class DueReviewType {
  @Field(() => ReviewReasonEnum, { description: 'Why, in a word.' }) reason!: string;
  @Field(() => String, { description: 'Why, in a sentence.' }) because!: string;
  @Field(() => GraphQLISODateTime, { description: 'By when.' }) dueAt!: Date;
  @Field(() => Boolean, { description: 'Whether that is now or was before.' }) isOverdue!: boolean;
}

@InputType('AttendeeInput', { description: 'Somebody who was there.' })
export class AttendeeInput {
  @Field(() => String, { description: 'Name or address.' }) name!: string;
  @Field(() => String, { description: 'The team they spoke for.' }) team!: string;
}

@InputType('ReviewDecisionInput', { description: 'What was decided.' })
export class ReviewDecisionInput {
  @Field(() => String, { description: 'In a sentence.' }) text!: string;
  @Field(() => String, { description: 'Who sees to it: a role, or a person.' }) owner!: string;
  @Field(() => GraphQLLocalDate, { description: 'By when.' }) dueOn!: string;
  @Field(() => String, { nullable: true, description: 'Key of the workflow that it is about.' })
  workflow?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Branch of the proposal that carries it out, as proposeWorkflowChange gave it.',
  })
  proposal?: string | null;
}

@InputType('DecisionOutcomeInput', { description: 'What became of a decision of an earlier review.' })
export class DecisionOutcomeInput {
  @Field(() => String, { description: 'Quarter whose review decided it.' }) quarter!: string;
  @Field(() => Int, { description: 'Its number there.' }) decision!: number;
  @Field(() => DecisionOutcomeEnum, { description: 'What became of it.' })
  outcome!: DecisionOutcome['outcome'];
  @Field(() => String, { nullable: true, description: 'What there is to say of it.' }) note?: string | null;
}

@InputType('CompleteReviewInput', { description: 'The review of a quarter that is over.' })
export class CompleteReviewInput {
  @Field(() => String, { description: 'For example 2026-Q3.' }) quarter!: string;
  @Field(() => [AttendeeInput], { description: 'Who was there, of two teams at least.' })
  attendees!: AttendeeInput[];
  @Field(() => [ReviewDecisionInput], { defaultValue: [], description: 'What was decided.' })
  decisions!: ReviewDecisionInput[];
  @Field(() => [DecisionOutcomeInput], {
    defaultValue: [],
    description: 'What became of decisions of earlier reviews.',
  })
  outcomes!: DecisionOutcomeInput[];
}

@ObjectType('CompleteReviewPayload', { description: 'The review, or why nothing was done.' })
export class CompleteReviewPayload {
  @Field(() => QuarterlyReviewType, { nullable: true, description: 'As it is now.' }) review!: object | null;
  @Field(() => [RefusalInterface], { description: 'Why nothing was done; empty when it was.' })
  refusals!: readonly object[];
}
