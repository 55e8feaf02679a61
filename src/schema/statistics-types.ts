import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { CampaignGroupEnum, CampaignMetricEnum, TimeBucketEnum } from './enums.js';

@ObjectType('GroupKey', { description: 'What the campaigns of a group have in common.' })
export class GroupKeyType {
  @Field(() => CampaignGroupEnum, { description: 'What was grouped by.' }) field!: string;
  @Field(() => String, {
    description: 'The common value; of a status or a risk, the name of the enum value.',
  })
  value!: string;
}
@ObjectType('CampaignStats', { description: 'Figures over the campaigns of one group.' })
export class CampaignStatsType {
  @Field(() => [GroupKeyType], { description: 'In the order asked for; empty where nothing was grouped by.' })
  group!: readonly GroupKeyType[];
  @Field(() => Int, { description: 'Campaigns in the group.' }) campaigns!: number;
  @Field(() => Int, { description: 'Of these, under way.' }) running!: number;
  @Field(() => Int, { description: 'Of these, over.' }) ended!: number;
  @Field(() => Int, { description: 'Of these, given up.' }) cancelled!: number;
  @Field(() => Int, { description: 'Of these, with a channel that went live: the sample of the lead times.' })
  launched!: number;
  @Field(() => Int, { description: 'Of these, under way, not launched, and past their planned launch.' })
  overdue!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Mean from creation to the first live channel; null without any.',
  })
  leadTimeHoursMean!: number | null;
  @Field(() => Float, { nullable: true, description: 'Median of the same.' }) leadTimeHoursP50!:
    number | null;
  @Field(() => Float, { nullable: true, description: 'Four of five took no longer.' })
  leadTimeHoursP80!: number | null;
  @Field(() => Float, { description: 'Sum of their budgets.' }) budget!: number;
}

@ObjectType('MetricPoint', { description: 'One stretch of time of a series.' })
export class MetricPointType {
  @Field(() => GraphQLISODateTime, { description: 'Its first moment.' }) start!: Date;
  @Field(() => GraphQLISODateTime, { description: 'First moment of the next.' }) end!: Date;
  @Field(() => Int, { description: 'Campaigns it rests on.' }) campaigns!: number;
  @Field(() => Float, {
    nullable: true,
    description:
      'The count, for a metric that counts; else the median. Null where there is no campaign to measure.',
  })
  value!: number | null;
  @Field(() => Float, { nullable: true, description: 'Mean; null for a metric that counts.' }) mean!:
    number | null;
  @Field(() => Float, {
    nullable: true,
    description: 'Four of five are no larger; null for a metric that counts.',
  })
  p80!: number | null;
}
@ObjectType('MetricLine', { description: 'The points of one group, without a gap.' })
export class MetricLineType {
  @Field(() => String, {
    nullable: true,
    description: 'What its campaigns have in common; null for all campaigns.',
  })
  group!: string | null;
  @Field(() => [MetricPointType], { description: 'Oldest first.' }) points!: readonly MetricPointType[];
}
@ObjectType('MetricSeries', { description: 'A metric over time, ready for a chart.' })
export class MetricSeriesType {
  @Field(() => CampaignMetricEnum, { description: 'What it shows.' }) metric!: string;
  @Field(() => String, { description: 'Unit of the values: campaigns, hours, rounds or gates.' })
  unit!: string;
  @Field(() => TimeBucketEnum, { description: 'How long one point is.' }) bucket!: string;
  @Field(() => [MetricLineType], { description: 'One line a group, by name.' })
  lines!: readonly MetricLineType[];
}
