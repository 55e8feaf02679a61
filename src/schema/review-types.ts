import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { WorkflowVersionType, WorkflowChangeType } from './definition-types.js';
import { ClassificationEnum } from './enums.js';

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

@ObjectType('WorkflowReview', { description: "One workflow's quarter." })
export class WorkflowReviewType {
  @Field(() => WorkflowVersionType, { nullable: true, description: 'Served when the quarter began.' })
  from!: object | null;
  @Field(() => WorkflowVersionType, { nullable: true, description: 'Served when it ended.' })
  to!: object | null;
  @Field(() => ClassificationEnum, { description: 'The gravest of the changes.' }) classification!: string;
  @Field(() => [WorkflowChangeType], { description: 'The commits in between, oldest first.' })
  history!: readonly object[];
  @Field(() => [String], { description: 'Addresses of those who wrote them.' }) authors!: readonly string[];
  @Field(() => [VersionLeadTimeType], { description: 'Of campaigns that launched in the quarter.' })
  leadTimes!: readonly VersionLeadTimeType[];
}

@ObjectType('QuarterlyReview', { description: 'What a quarter did to the workflows.' })
export class QuarterlyReviewType {
  @Field(() => String, { description: 'For example 2026-Q3.' }) quarter!: string;
  @Field(() => GraphQLISODateTime, { description: 'Its first moment.' }) start!: Date;
  @Field(() => GraphQLISODateTime, { description: 'First moment of the next quarter.' }) end!: Date;
  @Field(() => [WorkflowReviewType], { description: 'Every workflow that was served in it.' })
  workflows!: readonly object[];
}
