import { GraphQLDuration } from 'graphql-scalars';
import { Field, GraphQLISODateTime, InputType, ObjectType } from 'type-graphql';
import { PlannedChannelInput } from './inputs.js';

@InputType('PlanLaunchInput', { description: 'When a campaign launches, and when its channels open.' })
export class PlanLaunchInput {
  @Field(() => String, { description: 'Key of the campaign.' }) campaign!: string;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'When it is to launch; without it, as before. Channels that were to open with it move along.',
  })
  plannedLaunchAt?: Date | null;
  @Field(() => [PlannedChannelInput], {
    defaultValue: [],
    description: 'Single channels; the others stay as they are.',
  })
  channels!: PlannedChannelInput[];
}
@ObjectType('CampaignCheckpoint', {
  description: 'A date relative to the launch. It moves with it, until it has come.',
})
export class CampaignCheckpointType {
  @Field(() => String, { description: 'The id in the file.' }) key!: string;
  @Field(() => String, { description: 'Key of its section.' }) section!: string;
  @Field(() => GraphQLDuration, { description: 'From the launch, for example -P7D.' }) offset!: string;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Null while no launch is planned.' })
  at!: Date | null;
  @Field(() => Boolean, { description: 'Whether it has come; then it stays where it is.' }) isPast!: boolean;
}
