import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { MeaningChangeType, WorkflowChangeType, WorkflowVersionType } from './definition-types.js';
import { ClassificationEnum } from './enums.js';

@ObjectType('CampaignLeadTime', { description: 'How long one campaign took to its first launch.' })
export class CampaignLeadTimeType {
  @Field({ description: 'Key of the campaign.' }) key!: string;
  @Field(() => Float) leadTimeHours!: number;
}

@ObjectType('VersionLeadTime', {
  description: 'How long campaigns on one version took to their first launch.',
})
export class VersionLeadTimeType {
  @Field(() => Int, { description: 'Number of the version.' }) version!: number;
  @Field(() => [CampaignLeadTimeType], { description: 'The campaigns that the median is of.' })
  campaigns!: readonly CampaignLeadTimeType[];
  @Field(() => Float) medianHours!: number;
}

@ObjectType('WorkflowReview', { description: "One workflow's quarter." })
export class WorkflowReviewType {
  @Field(() => WorkflowVersionType, { nullable: true, description: 'Served when the quarter began.' })
  from!: object | null;
  @Field(() => WorkflowVersionType, { nullable: true, description: 'Served when it ended.' })
  to!: object | null;
  @Field(() => ClassificationEnum) classification!: string;
  @Field(() => [MeaningChangeType], { description: 'What differs between the two.' })
  changes!: readonly MeaningChangeType[];
  @Field(() => [WorkflowChangeType], { description: 'The commits in between.' }) history!: readonly object[];
  @Field(() => [String], { description: 'Who wrote them.' }) authors!: readonly string[];
  @Field(() => [VersionLeadTimeType], { description: 'Of campaigns that launched in the quarter.' })
  leadTimes!: readonly VersionLeadTimeType[];
}

@ObjectType('QuarterlyReview', { description: 'What a quarter did to the workflows.' })
export class QuarterlyReviewType {
  @Field({ description: 'For example 2026-Q3.' }) quarter!: string;
  @Field(() => GraphQLISODateTime) start!: Date;
  @Field(() => GraphQLISODateTime, { description: 'First moment of the next quarter.' }) end!: Date;
  @Field(() => [WorkflowReviewType]) workflows!: readonly object[];
}
