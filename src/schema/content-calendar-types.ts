import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { CalendarRuleEnum } from './enums.js';

@ObjectType('ContentItem', {
  description: 'Something that appears on a channel: an asset, something that the definition plans, or both.',
})
export class ContentItemType {
  @Field(() => String, { description: 'Key of the asset, and of the item in the definition.' }) key!: string;
  @Field(() => String, { description: 'Where it appears.' }) channel!: string;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it appears; null where it is not planned.',
  })
  at!: Date | null;
  @Field(() => String, { nullable: true, description: 'What it is about; null where nobody said.' })
  theme!: string | null;
  @Field(() => [String], { description: 'Keys of items that it leads to.' }) links!: readonly string[];
  @Field(() => [String], { description: 'Keys of items that lead to it.' }) linkedFrom!: readonly string[];
  @Field(() => Boolean, { description: 'Whether there is an asset of this key.' }) isMade!: boolean;
  @Field(() => Boolean, { description: 'Whether the definition plans it.' }) isPlanned!: boolean;
  @Field(() => [String], {
    description: "The brief's keywords that it lacks; empty where it has all, or is not made.",
  })
  missingKeywords!: readonly string[];
}
@ObjectType('MessageWindow', { description: 'Between which times one channel has to follow another.' })
export class MessageWindowType {
  @Field(() => String, { description: 'Key of the step that follows.' }) step!: string;
  @Field(() => String, { description: 'Key of the step that it follows.' }) after!: string;
  @Field(() => String, { description: 'The channel that follows.' }) channel!: string;
  @Field(() => String, { description: 'The channel that it follows.' }) afterChannel!: string;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the channel says something first.' })
  at!: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When the other one does.' })
  afterAt!: Date | null;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Not before; null where the other has no time.',
  })
  earliest!: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Not after; null where it may be later.' })
  latest!: Date | null;
  @Field(() => Boolean, { nullable: true, description: 'Null where a time is missing.' }) isKept!:
    boolean | null;
}
@ObjectType('CalendarViolation', { description: 'Something in a content calendar that does not fit.' })
export class CalendarViolationType {
  @Field(() => CalendarRuleEnum, { description: 'What it goes against.' }) rule!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Key of the item, or of the step; null for the brief.',
  })
  item!: string | null;
  @Field(() => String, { nullable: true, description: 'Its channel.' }) channel!: string | null;
  @Field(() => String, { description: 'In a sentence.' }) message!: string;
  @Field(() => String, { description: 'What would mend it.' }) mend!: string;
}
@ObjectType('ContentCalendar', {
  description: 'What is published when and where, and what of it does not fit.',
})
export class ContentCalendarType {
  @Field(() => String, { nullable: true, description: 'What the campaign is about; null where nobody said.' })
  theme!: string | null;
  @Field(() => Int, { description: 'How many other items have to link to each.' }) minLinks!: number;
  @Field(() => [String], { description: 'Those of the brief.' }) keywords!: readonly string[];
  @Field(() => [ContentItemType], { description: 'In the order of time, those without one last.' })
  items!: readonly ContentItemType[];
  @Field(() => [MessageWindowType], { description: 'Which channel follows which, and when.' })
  windows!: readonly MessageWindowType[];
  @Field(() => [CalendarViolationType], { description: 'In the order of the items.' })
  violations!: readonly CalendarViolationType[];
}
