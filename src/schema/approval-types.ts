import { Field, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { InvalidatedPartEnum, RequestRuleEnum } from './enums.js';

@ObjectType('RoutingEntry', {
  description: 'That an answer was asked of somebody: one line of the routing log.',
})
export class RoutingEntryType {
  @Field(() => String, { description: 'The role whose answer it is.' }) role!: string;
  @Field(() => String, { description: 'Who was asked: a role, or the address of a person.' }) asked!: string;
  @Field(() => RequestRuleEnum, { description: 'Why it was they.' }) rule!: string;
  @Field(() => String, { description: 'The same in words.' }) because!: string;
  @Field(() => GraphQLISODateTime, { description: 'When.' }) askedAt!: Date;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description:
      'By when an answer was wanted, in working hours of whoever was asked; null where nothing says.',
  })
  dueAt!: Date | null;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When somebody else was asked instead; null where nobody was.',
  })
  passedAt!: Date | null;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When the answer came, or was not wanted any more; null while it is waited for.',
  })
  answeredAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Who answered, or made it unnecessary.' })
  answeredBy!: string | null;
  @Field(() => Boolean, { description: 'Whether the time was over before there was an answer.' })
  isLate!: boolean;
}

@ObjectType('Delegation', { description: 'A role that was handed to another one, or to a person.' })
export class DelegationType {
  @Field(() => String, { description: 'The role.' }) role!: string;
  @Field(() => String, { nullable: true, description: 'Key of the step; null for the whole campaign.' })
  step!: string | null;
  @Field(() => String, { nullable: true, description: 'The role that stands in; null where a person does.' })
  toRole!: string | null;
  @Field(() => String, { nullable: true, description: 'The person who stands in; null where a role does.' })
  toPerson!: string | null;
  @Field(() => String, { description: 'Why.' }) reason!: string;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Until when; null where it has no end.' })
  until!: Date | null;
  @Field(() => String, { description: 'Who handed it over.' }) by!: string;
  @Field(() => GraphQLISODateTime, { description: 'When.' }) at!: Date;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it was taken back, or handed to somebody else; null where it was not.',
  })
  endedAt!: Date | null;
}

@ObjectType('Invalidation', {
  description:
    'Approvals of a step that hold no more, a gate that has to be evaluated again, or a hand-off that has to be accepted again.',
})
export class InvalidationType {
  @Field(() => InvalidatedPartEnum, { description: 'What it is.' }) kind!: string;
  @Field(() => String, { description: 'Its key.' }) key!: string;
  @Field(() => [String], { description: 'Who has to approve, evaluate or accept again.' })
  roles!: readonly string[];
  @Field(() => [String], {
    description: 'Who had approved or accepted; of a hand-off empty where nobody noted it.',
  })
  actors!: readonly string[];
  @Field(() => String, { description: 'What changes.' }) because!: string;
}
