import { Field, GraphQLISODateTime, InputType, Int, ObjectType } from 'type-graphql';
import { BriefDriftType } from './alignment-types.js';
import { RefusalInterface } from './refusal-types.js';
import { BriefFieldInput, BriefFieldType, ONLY_SAYS } from './values.js';

@ObjectType('BriefChange', { description: 'A field of a brief that differs between two of its versions.' })
export class BriefChangeType {
  @Field(() => String, { description: 'Its name, for example offerCode.' }) field!: string;
  @Field(() => BriefFieldType, { nullable: true, description: 'As it was; null where it was not set.' })
  before!: BriefFieldType | null;
  @Field(() => BriefFieldType, { nullable: true, description: 'As it is then; null where it was emptied.' })
  after!: BriefFieldType | null;
}
@ObjectType('BriefVersion', { description: 'What a brief said at one time. It never changes.' })
export class BriefVersionType {
  @Field(() => Int, { description: 'From 1; one more with each change.' }) number!: number;
  @Field(() => [BriefFieldType], { description: 'All that it said.' }) brief!: readonly BriefFieldType[];
  @Field(() => [BriefChangeType], { description: 'What differs from the version before.' })
  changes!: readonly BriefChangeType[];
  @Field(() => String, { description: 'Who made it.' }) actor!: string;
  @Field(() => GraphQLISODateTime, { description: 'When it was made.' }) createdAt!: Date;
}
@ObjectType('Spoke', {
  description:
    'A lane, a spoke, or a channel that is in none: who works side by side with others from one brief.',
})
export class SpokeType {
  @Field(() => String, { description: 'Its key, for example email.' }) key!: string;
  @Field(() => [String], { description: 'Channels that it fills.' }) channels!: readonly string[];
  @Field(() => [String], { description: 'Roles that work in it or answer for it.' })
  roles!: readonly string[];
  @Field(() => Int, {
    nullable: true,
    description: 'The version of the brief that it has pulled last; null where it never has.',
  })
  pulledVersion!: number | null;
  @Field(() => String, { nullable: true, description: 'Who pulled it.' }) pulledBy!: string | null;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it pulled last, or asked whether that is still the present version.',
  })
  pulledAt!: Date | null;
  @Field(() => Boolean, { description: 'Whether it works from an older version than the present one.' })
  isOutOfDate!: boolean;
  @Field(() => [BriefChangeType], {
    description: 'What has changed since it pulled; empty where it never has.',
  })
  changes!: readonly BriefChangeType[];
  @Field(() => [BriefDriftType], { description: 'Where what it makes or plans differs from the brief.' })
  drift!: readonly object[];
}
@InputType('UpdateBriefInput', { description: 'Fields of a brief to set.' })
export class UpdateBriefInput {
  @Field(() => String, { description: 'Key of the campaign.' }) campaign!: string;
  @Field(() => [BriefFieldInput], { description: 'The fields; those not named stay as they are.' })
  fields!: BriefFieldInput[];
  @Field(() => Int, {
    nullable: true,
    description:
      'The version that you have seen: refused where it is another by now. Without it, whatever it is.',
  })
  basedOn?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: ONLY_SAYS }) dryRun!: boolean;
}
@InputType('PullBriefInput', { description: 'The brief to take, and for whom.' })
export class PullBriefInput {
  @Field(() => String, { description: 'Key of the campaign.' }) campaign!: string;
  @Field(() => String, { description: 'Key of the lane, spoke or channel that works from it.' })
  spoke!: string;
  @Field(() => String, {
    nullable: true,
    description:
      'Tag of the version that you have; as long as it is the present one, the brief is not given again.',
  })
  tag?: string | null;
}
@ObjectType('PullBriefPayload', { description: 'The brief, or why it was not given.' })
export class PullBriefPayload {
  @Field(() => [RefusalInterface], { description: 'Why it was not given; empty when it was.' })
  refusals!: readonly object[];
  @Field(() => Int, { nullable: true, description: 'The present version; null where it was refused.' })
  version!: number | null;
  @Field(() => String, { nullable: true, description: 'What to ask with the next time.' }) tag!:
    string | null;
  @Field(() => Boolean, { description: 'Whether it is another than that of the tag that was given.' })
  isModified!: boolean;
  @Field(() => [BriefFieldType], { nullable: true, description: 'The brief; null where it is not modified.' })
  brief!: readonly BriefFieldType[] | null;
}
