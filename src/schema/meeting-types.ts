import { Field, Float, GraphQLISODateTime, ObjectType } from 'type-graphql';

@ObjectType('CampaignMeetings', { description: 'Meetings of one campaign that somebody sits in.' })
export class CampaignMeetingsType {
  @Field(() => String, { description: 'Key of the campaign.' }) campaign!: string;
  @Field(() => Float, { description: 'Hours in the week.' }) hours!: number;
}
@ObjectType('PersonMeetings', { description: 'How long somebody sits in meetings in a week.' })
export class PersonMeetingsType {
  @Field(() => String, { description: 'A person of the Team; the role, where it names nobody.' })
  who!: string;
  @Field(() => [String], { description: 'The roles that are asked to come.' }) roles!: readonly string[];
  @Field(() => Float, { description: 'Hours in the week, over all campaigns.' }) hours!: number;
  @Field(() => Boolean, { description: 'Whether that is more than the budget.' }) isOver!: boolean;
  @Field(() => [CampaignMeetingsType], { description: 'Campaign by campaign, the most hours first.' })
  campaigns!: readonly CampaignMeetingsType[];
}
@ObjectType('MeetingLoad', {
  description: 'How long people sit in the regular meetings of all running campaigns in a week.',
})
export class MeetingLoadType {
  @Field(() => GraphQLISODateTime, { description: 'Beginning of the week.' }) from!: Date;
  @Field(() => GraphQLISODateTime, { description: 'Its end, seven days later; not in it any more.' })
  to!: Date;
  @Field(() => Float, {
    description: 'Hours a week and person: the limit `hoursPerWeek` of `W_OVER_MEETING` in the Policy.',
  })
  budgetHours!: number;
  @Field(() => [PersonMeetingsType], { description: 'The most hours first; at most 200.' })
  people!: readonly PersonMeetingsType[];
}
