import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { CampaignType } from './campaign-types.js';
import { WorkflowObject } from './definition-types.js';

@ObjectType('PortfolioEntry', { description: 'One campaign in the plan for all of them.' })
export class PortfolioEntryType {
  @Field(() => String, { description: 'Its key.' }) key!: string;
  @Field(() => CampaignType, { nullable: true, description: 'The campaign; null where it is only planned.' })
  campaign!: object | null;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it launched first, or will in the plan; null where nothing is launched.',
  })
  launchAt!: Date | null;
  @Field(() => GraphQLISODateTime, { description: 'When its last step ends in the plan.' }) endAt!: Date;
  @Field(() => Float, {
    nullable: true,
    description: 'Hours by which it launches after the planned time; null when in time.',
  })
  lateHours!: number | null;
}
@ObjectType('PortfolioStep', { description: 'A step of a campaign.' })
export class PortfolioStepType {
  @Field(() => String, { description: 'Key of the campaign.' }) campaign!: string;
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
}
@ObjectType('CapacityConflict', {
  description:
    'A time in which more people of a role would be needed than there are, if every campaign went on as soon as it can.',
})
export class CapacityConflictType {
  @Field(() => String, { description: 'Key of the role.' }) role!: string;
  @Field(() => GraphQLISODateTime, { description: 'Beginning.' }) from!: Date;
  @Field(() => GraphQLISODateTime, { description: 'End.' }) to!: Date;
  @Field(() => Int, { description: 'Most that are needed at once.' }) needed!: number;
  @Field(() => Int, { description: 'How many there are.' }) capacity!: number;
  @Field(() => [PortfolioStepType], { description: 'The steps that need them.' })
  steps!: readonly PortfolioStepType[];
}
@ObjectType('WorkflowOverhead', { description: 'What one more campaign costs people besides its work.' })
export class WorkflowOverheadType {
  @Field(() => WorkflowObject, { description: 'The workflow that the campaigns run on.' }) workflow!: object;
  @Field(() => Int, { description: 'Campaigns that run on it now.' }) campaigns!: number;
  @Field(() => Float, { description: 'Actions that people have recorded so far, on average of these.' })
  touches!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'The same of the newest 300 that have ended; null where there are none.',
  })
  endedTouches!: number | null;
  @Field(() => Float, { description: 'Hours that people sit in its meetings, a week and campaign.' })
  meetingHoursPerWeek!: number;
}
@ObjectType('Portfolio', {
  description:
    'All running and planned campaigns under the people there are: one plan for all of them, and where they get in each other’s way.',
})
export class PortfolioType {
  @Field(() => [PortfolioEntryType], {
    description: 'The campaigns: the newest 100 of those that run, then the planned ones.',
  })
  entries!: readonly PortfolioEntryType[];
  @Field(() => [CapacityConflictType], { description: 'Conflicts, the next one first.' })
  conflicts!: readonly CapacityConflictType[];
  @Field(() => [WorkflowOverheadType], { description: 'What campaigns cost besides, workflow by workflow.' })
  overhead!: readonly WorkflowOverheadType[];
}
