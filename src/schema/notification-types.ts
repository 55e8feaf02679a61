import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { DeliveryStateEnum, NotificationKindEnum, RecipientTypeEnum } from './enums.js';
import { ANY } from './inputs.js';
import { NodeInterface } from './node.js';
import { RefusalInterface } from './refusal-types.js';
import { DateTimeRangeInput } from './values.js';

@ObjectType('NotificationDelivery', { description: 'What became of a notification at one target.' })
export class NotificationDeliveryType {
  @Field(() => String, { description: 'Kind and host of the target.' }) target!: string;
  @Field(() => DeliveryStateEnum, { description: 'How far it got.' }) state!: string;
  @Field(() => Int, { description: 'How often it was tried.' }) attempts!: number;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it is tried next; null where it is not.',
  })
  nextAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Why the last try failed; null where none did.' })
  lastError!: string | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was delivered or given up.' })
  endedAt!: Date | null;
}

@ObjectType('NotificationPart', { description: 'One thing that a notification tells of.' })
export class NotificationPartType {
  @Field(() => NotificationKindEnum, { description: 'What it is about.' }) kind!: string;
  @Field(() => String, { description: 'Key of the step, gate or other part.' }) subject!: string;
  @Field(() => String, { description: 'What it is about, in a few words.' }) title!: string;
  @Field(() => String, { description: 'What happened.' }) happened!: string;
  @Field(() => String, { nullable: true, description: 'What is to be done; null where nothing is.' })
  asked!: string | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'By when; null where nobody said.' })
  due!: Date | null;
}

@ObjectType('Notification', {
  implements: NodeInterface,
  description:
    'A message to one person, or to a role without people, about one change: all that one action brought.',
})
export class NotificationType extends NodeInterface {
  @Field(() => NotificationKindEnum, { description: 'What it is about; of several things, the first.' })
  kind!: string;
  @Field(() => String, { description: 'Key of the step, gate or other part; of several, the first.' })
  subject!: string;
  @Field(() => String, { nullable: true, description: 'Key of the campaign; null where it is about none.' })
  campaignKey!: string | null;
  @Field(() => RecipientTypeEnum, { description: 'What the recipient is.' }) recipientType!: string;
  @Field(() => String, { description: 'The person or role; empty for everyone.' }) recipient!: string;
  @Field(() => [String], { description: 'The roles for which it is told.' }) roles!: readonly string[];
  @Field(() => String, { description: 'What it is about, in a few words.' }) title!: string;
  @Field(() => String, { description: 'What happened.' }) happened!: string;
  @Field(() => String, { nullable: true, description: 'What is to be done; null where nothing is.' })
  asked!: string | null;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'By when, at the earliest; null where nobody said.',
  })
  due!: Date | null;
  @Field(() => [NotificationPartType], {
    description: 'Each thing, where it tells of several; empty where it tells of one.',
  })
  parts!: readonly NotificationPartType[];
  @Field(() => GraphQLISODateTime, { description: 'When it was written.' }) createdAt!: Date;
}
export const NotificationConnection = connectionOf(NotificationType, 'Notification');

@InputType('NotificationFilterInput', {
  description: 'Which notifications; every condition given must hold.',
})
export class NotificationFilterInput {
  @Field(() => [DeliveryStateEnum], { nullable: true, description: `How far they got at any target. ${ANY}` })
  state?: string[] | null;
  @Field(() => [NotificationKindEnum], { nullable: true, description: ANY }) kind?: string[] | null;
  @Field(() => String, { nullable: true, description: 'Key of the campaign.' }) campaign?: string | null;
  @Field(() => String, { nullable: true, description: 'The person or role.' }) recipient?: string | null;
  @Field(() => DateTimeRangeInput, { nullable: true, description: 'When they were written.' })
  createdAt?: DateTimeRangeInput | null;
}

@InputType('ReplayNotificationInput', { description: 'Which dead letter is sent again.' })
export class ReplayNotificationInput {
  @Field(() => ID, { description: 'Its id.' }) notification!: string;
}
@ObjectType('ReplayNotificationPayload', { description: 'The notification, or why nothing was done.' })
export class ReplayNotificationPayload {
  @Field(() => [RefusalInterface], { description: 'Why nothing was done; empty when it was.' })
  refusals!: readonly object[];
}
