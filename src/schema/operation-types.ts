import { Field, GraphQLISODateTime, ID, InputType, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { AlertKindEnum } from './enums.js';
import { ANY, VersionRefInput } from './inputs.js';
import { NodeInterface } from './node.js';
import { RefusalInterface } from './refusal-types.js';
import { DateTimeRangeInput } from './values.js';

@ObjectType('Alert', {
  implements: NodeInterface,
  description: 'What somebody has to be told of. The same trouble raises one alert, as long as it lasts.',
})
export class AlertType extends NodeInterface {
  @Field(() => AlertKindEnum, { description: 'What it is about.' }) kind!: string;
  @Field(() => String, { description: 'What has the trouble.' }) subject!: string;
  @Field(() => String, { description: 'For people.' }) message!: string;
  @Field(() => [String], { description: 'Roles that are told; empty where whoever looks after Weir is.' })
  roles!: readonly string[];
  @Field(() => GraphQLISODateTime, { description: 'When it was noticed.' }) raisedAt!: Date;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it had passed; null while it lasts.',
  })
  resolvedAt!: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When somebody took notice.' })
  acknowledgedAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Who took notice.' }) acknowledgedBy!: string | null;
  @Field(() => String, { nullable: true, description: 'What they said to it.' }) note!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why it was ended, where its cause did not just pass.',
  })
  resolution!: string | null;
}
export const AlertConnection = connectionOf(AlertType, 'Alert');

@InputType('AlertFilterInput', { description: 'Which alerts; every condition given must hold.' })
export class AlertFilterInput {
  @Field(() => [AlertKindEnum], { nullable: true, description: ANY }) kind?: string[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the trouble lasts.' }) isOpen?:
    boolean | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether somebody took notice.' })
  isAcknowledged?: boolean | null;
  @Field(() => DateTimeRangeInput, { nullable: true, description: 'When they were raised.' })
  raisedAt?: DateTimeRangeInput | null;
}

@InputType('AcknowledgeAlertInput', { description: 'That somebody has taken notice of an alert.' })
export class AcknowledgeAlertInput {
  @Field(() => ID, { description: 'Its id.' }) alert!: string;
  @Field(() => String, { nullable: true, description: 'What you have to say to it.' }) note?: string | null;
}
@ObjectType('AcknowledgeAlertPayload', { description: 'The alert, or why nothing was done.' })
export class AcknowledgeAlertPayload {
  @Field(() => AlertType, { nullable: true, description: 'As it is now.' }) alert!: object | null;
  @Field(() => [RefusalInterface], { description: 'Why nothing was done; empty when it was.' })
  refusals!: readonly object[];
}

@ObjectType('WorkflowPin', {
  description: 'That an older version is served, whatever the branch says, until the pin is let go.',
})
export class PinType {
  @Field(() => String, { description: 'Who pinned it.' }) pinnedBy!: string;
  @Field(() => String, { description: 'Why.' }) reason!: string;
  @Field(() => GraphQLISODateTime, { description: 'Since when.' }) pinnedAt!: Date;
}
@InputType('PinWorkflowInput', { description: 'Which version of a workflow new campaigns take.' })
export class PinWorkflowInput {
  @Field(() => String, { description: 'Key of the workflow.' }) workflow!: string;
  @Field(() => VersionRefInput, {
    nullable: true,
    description:
      'The version to serve; without it the pin is let go, and what the branch says is served again.',
  })
  version?: VersionRefInput | null;
  @Field(() => String, { description: 'Why, for whoever finds it later.' }) reason!: string;
}
@ObjectType('PinWorkflowPayload', { description: 'The workflow, or why nothing was done.' })
export class PinWorkflowPayload {
  @Field(() => [RefusalInterface], { description: 'Why nothing was done; empty when it was.' })
  refusals!: readonly object[];
}
