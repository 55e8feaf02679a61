import { Field, Float, GraphQLISODateTime, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { SignalRejectionEnum, TriggerActionEnum, TriggerOutcomeEnum } from './enums.js';
import { ANY } from './inputs.js';
import { NodeInterface } from './node.js';
import { RefusalInterface } from './refusal-types.js';
import { DateTimeRangeInput } from './values.js';

const CAMPAIGN = 'Key of the campaign.';

@InputType('SignalInput', { description: 'One value of a signal.' })
export class SignalInput {
  @Field(() => String, {
    description: 'Chosen by the sender: a second value of this key has no effect. At most 200 characters.',
  })
  key!: string;
  @Field(() => String, { description: 'A signal of the Taxonomy that the campaign is pinned to.' })
  signal!: string;
  @Field(() => GraphQLISODateTime, { description: 'When it was measured.' }) at!: Date;
  @Field(() => Float, { nullable: true, description: 'Null where a value was expected and is not there.' })
  value?: number | null;
  @Field(() => Int, { nullable: true, description: 'On how many observations the value rests.' })
  samples?: number | null;
  @Field(() => String, { nullable: true, description: 'The channel that it is about.' })
  channel?: string | null;
}
@InputType('RecordSignalsInput', { description: 'Values of signals of one campaign.' })
export class RecordSignalsInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => [SignalInput], { description: 'At most 5,000; `POST /signals` takes any number.' })
  signals!: SignalInput[];
}
@ObjectType('RejectedSignal', { description: 'A value that was not taken.' })
export class RejectedSignalType {
  @Field(() => Int, { description: 'Its place in the list, from 0 on.' }) index!: number;
  @Field(() => SignalRejectionEnum, { description: 'Stable: made for programs.' }) code!: string;
  @Field(() => String, { description: 'A sentence for people.' }) message!: string;
}
@ObjectType('RecordSignalsPayload', { description: 'What became of the values.' })
export class RecordSignalsPayload {
  @Field(() => Int, { description: 'Stored now.' }) accepted!: number;
  @Field(() => Int, { description: 'Of a key that is known already; they have no effect.' })
  duplicates!: number;
  @Field(() => Int, { description: 'How many were not taken.' }) rejectedCount!: number;
  @Field(() => [RefusalInterface], { description: 'Why nothing was done; empty when it was.' })
  refusals!: readonly object[];
}

@ObjectType('SignalHour', { description: 'Values of a signal in one hour, summed up. These stay.' })
export class SignalHourType {
  @Field(() => GraphQLISODateTime, { description: 'When the hour begins.' }) hour!: Date;
  @Field(() => Int, { description: 'Values, missing ones included.' }) count!: number;
  @Field(() => Int, { description: 'Values that were expected and are not there.' }) missing!: number;
  @Field(() => Float, { description: 'The sum.' }) sum!: number;
  @Field(() => Float, { nullable: true, description: 'The smallest; null where all are missing.' })
  min!: number | null;
  @Field(() => Float, { nullable: true, description: 'The largest; null where all are missing.' })
  max!: number | null;
  @Field(() => Float, { description: 'Observations that they rest on, as far as senders said.' })
  samples!: number;
}

@ObjectType('TriggerEvidence', { description: 'The numbers that a trigger saw.' })
export class TriggerEvidenceType {
  @Field(() => Float, { description: 'The last value.' }) value!: number;
  @Field(() => Float, { nullable: true, description: 'The value before it.' }) previous!: number | null;
  @Field(() => Int, { nullable: true, description: 'On how many observations the last value rests.' })
  samples!: number | null;
  @Field(() => GraphQLISODateTime, { description: 'When the last value was measured.' }) at!: Date;
  @Field(() => Float, { description: 'How old it was.' }) ageSeconds!: number;
  @Field(() => Float, { description: 'For how long the condition had held at least.' }) heldSeconds!: number;
  @Field(() => Int, { description: 'Values in the window, missing ones included.' }) readings!: number;
  @Field(() => Int, { description: 'How many of them are missing.' }) missing!: number;
  @Field(() => Int, { description: 'How many of them are outside of `range`.' }) faults!: number;
  @Field(() => Float, { description: 'Share of them that are there.' }) completeness!: number;
}
@ObjectType('TriggerActionTaken', { description: 'One action of a trigger that fired.' })
export class ActionTakenType {
  @Field(() => TriggerActionEnum, { description: 'What was to be done.' }) type!: string;
  @Field(() => Boolean, { description: 'Whether anything came of it.' }) isDone!: boolean;
  @Field(() => String, { description: 'What came of it, or why nothing did.' }) text!: string;
}
@ObjectType('TriggerDecision', {
  implements: NodeInterface,
  description: 'That a trigger acted, or did not although its condition held. It never changes.',
})
export class TriggerDecisionType extends NodeInterface {
  @Field(() => String, { description: 'Key of the trigger.' }) trigger!: string;
  @Field(() => String, { description: 'The signal that it listens to.' }) signal!: string;
  @Field(() => GraphQLISODateTime, { description: 'When it decided.' }) at!: Date;
  @Field(() => TriggerOutcomeEnum, { description: 'What it decided.' }) outcome!: string;
  @Field(() => [ActionTakenType], { description: 'What it did; empty where it did not fire.' })
  actions!: readonly ActionTakenType[];
}
export const TriggerDecisionConnection = connectionOf(TriggerDecisionType, 'TriggerDecision');

@InputType('TriggerDecisionFilterInput', { description: 'Which decisions; every condition given must hold.' })
export class TriggerDecisionFilterInput {
  @Field(() => [String], { nullable: true, description: 'Keys of triggers.' }) trigger?: string[] | null;
  @Field(() => [TriggerOutcomeEnum], { nullable: true, description: ANY }) outcome?: string[] | null;
  @Field(() => DateTimeRangeInput, { nullable: true, description: 'When they were made.' })
  decidedAt?: DateTimeRangeInput | null;
}

@ObjectType('PreviewedDecision', { description: 'What a trigger would have decided.' })
export class PreviewedDecisionType {
  @Field(() => GraphQLISODateTime, { description: 'When.' }) at!: Date;
  @Field(() => TriggerOutcomeEnum, { description: 'What.' }) outcome!: string;
  @Field(() => TriggerEvidenceType, { description: 'The numbers that it would have seen.' })
  seen!: TriggerEvidenceType;
  @Field(() => [ActionTakenType], {
    description: 'What it would have done, from the budgets, tasks and channels that there are now.',
  })
  actions!: readonly ActionTakenType[];
}
@ObjectType('TriggerPreview', { description: 'What a trigger would have done on past values of its signal.' })
export class TriggerPreviewType {
  @Field(() => String, { description: 'The signal that it listens to.' }) signal!: string;
  @Field(() => Int, { description: 'How many values were looked at.' }) readings!: number;
  @Field(() => Boolean, { description: 'Whether there are more; ask for a shorter time.' }) isCut!: boolean;
  @Field(() => [PreviewedDecisionType], { description: 'In the order of time.' })
  decisions!: readonly PreviewedDecisionType[];
}

@ObjectType('CampaignTask', {
  description: 'Work that a trigger has asked for. It is not in the definition, and nothing waits for it.',
})
export class CampaignTaskType {
  @Field(() => String, { description: 'The id in the file.' }) key!: string;
  @Field(() => String, { description: 'What people call it.' }) name!: string;
  @Field(() => String, { description: 'The role that does it.' }) responsible!: string;
  @Field(() => String, { description: 'Key of the trigger that asked for it.' }) trigger!: string;
  @Field(() => GraphQLISODateTime, { description: 'When it was asked for.' }) createdAt!: Date;
  @Field(() => Boolean, { description: 'Whether it is done.' }) isDone!: boolean;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was done.' }) doneAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Who did it.' }) doneBy!: string | null;
}

@InputType('ChannelBudgetInput', { description: 'What may be spent on one channel.' })
export class ChannelBudgetInput {
  @Field(() => String, { description: 'The channel.' }) channel!: string;
  @Field(() => Float, { description: 'In the currency of the organisation; at most two decimals.' })
  amount!: number;
}
@InputType('SetBudgetInput', {
  description: 'Budgets of channels to set; together they are not more than the budget of the campaign.',
})
export class SetBudgetInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => [ChannelBudgetInput], { description: 'The channels; those not named keep what they have.' })
  channels!: ChannelBudgetInput[];
}
@InputType('PauseChannelInput', { description: 'A channel to hold for now.' })
export class PauseChannelInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'The channel.' }) channel!: string;
  @Field(() => String, { description: 'Why, for whoever is to resume it.' }) reason!: string;
}
@InputType('ResumeChannelInput', { description: 'A paused channel to let go on.' })
export class ResumeChannelInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'The channel.' }) channel!: string;
}
@InputType('CompleteTaskInput', { description: 'A task that is done.' })
export class CompleteTaskInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'Key of the task.' }) task!: string;
}
