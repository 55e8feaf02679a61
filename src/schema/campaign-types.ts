import { GraphQLJSON, GraphQLJSONObject } from 'graphql-scalars';
import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import {
  CampaignStatusEnum,
  ChannelStatusEnum,
  DecisionEnum,
  GateStatusEnum,
  HandoffStatusEnum,
  RefusalCodeEnum,
  RiskEnum,
  StepKindEnum,
  StepStatusEnum,
} from './enums.js';
import { NodeInterface } from './node.js';

@ObjectType('CampaignChannel', { description: 'A channel of a campaign.' })
export class CampaignChannelType {
  @Field() channel!: string;
  @Field(() => ChannelStatusEnum) status!: string;
  @Field(() => GraphQLISODateTime, { nullable: true }) plannedAt!: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) launchedAt!: Date | null;
}
@ObjectType('CampaignStep', { description: 'A step of the pinned version, and where it stands.' })
export class CampaignStepType {
  @Field() key!: string;
  @Field() name!: string;
  @Field(() => StepKindEnum) kind!: string;
  @Field() section!: string;
  @Field(() => String, { nullable: true }) lane!: string | null;
  @Field(() => String, { nullable: true, description: 'The channel that a launch step opens.' }) channel!:
    string | null;
  @Field(() => StepStatusEnum) status!: string;
  @Field(() => Int, { description: 'How often it was returned for rework.' }) round!: number;
  @Field(() => [String], { description: 'What it waits for.' }) missing!: readonly string[];
  @Field(() => [String]) responsible!: readonly string[];
  @Field() accountable!: string;
  @Field(() => GraphQLISODateTime, { nullable: true }) startedAt!: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) finishedAt!: Date | null;
}
@ObjectType('CheckResult', { description: 'How one check of a gate came out.' })
export class CheckResultType {
  @Field() metric!: string;
  @Field({ description: '`at-least` or `at-most`.' }) bound!: string;
  @Field(() => GraphQLJSON) limit!: unknown;
  @Field(() => GraphQLJSON, { nullable: true, description: 'Null when there were no data.' }) value!: unknown;
  @Field() passed!: boolean;
}
@ObjectType('CampaignGate', { description: 'A gate of the pinned version, and where it stands.' })
export class CampaignGateType {
  @Field() key!: string;
  @Field({ description: '`midpoint` or `endpoint`.' }) at!: string;
  @Field(() => GateStatusEnum) status!: string;
  @Field({ description: 'What a failed check does.' }) onFail!: string;
  @Field(() => [String], { description: 'What it waits for.' }) missing!: readonly string[];
  @Field(() => [String], { description: 'Roles that evaluate it.' }) approvers!: readonly string[];
  @Field(() => [CheckResultType]) results!: readonly object[];
  @Field(() => GraphQLISODateTime, { nullable: true }) evaluatedAt!: Date | null;
}
@ObjectType('CampaignHandoff', { description: 'A hand-off of the pinned version, and where it stands.' })
export class CampaignHandoffType {
  @Field() key!: string;
  @Field() from!: string;
  @Field() to!: string;
  @Field(() => [String]) payload!: readonly string[];
  @Field(() => HandoffStatusEnum) status!: string;
  @Field(() => [String], { description: 'What it waits for.' }) missing!: readonly string[];
  @Field(() => GraphQLISODateTime, { nullable: true }) acceptedAt!: Date | null;
}
@ObjectType('Approval', { description: 'A decision of an approver.' })
export class ApprovalType {
  @Field() step!: string;
  @Field(() => DecisionEnum) decision!: string;
  @Field({ description: 'The role it was given in.' }) role!: string;
  @Field() actor!: string;
  @Field(() => String, { nullable: true }) comment!: string | null;
  @Field(() => GraphQLISODateTime) decidedAt!: Date;
}
@ObjectType('Campaign', {
  implements: NodeInterface,
  description: 'A campaign, pinned to one version of its workflow.',
})
export class CampaignType extends NodeInterface {
  @Field() key!: string;
  @Field() name!: string;
  @Field(() => CampaignStatusEnum) status!: string;
  @Field() type!: string;
  @Field(() => RiskEnum) risk!: string;
  @Field(() => Float) budget!: number;
  @Field(() => [String]) labels!: readonly string[];
  @Field(() => [String]) flags!: readonly string[];
  @Field(() => GraphQLJSONObject) brief!: object;
  @Field(() => GraphQLISODateTime, { nullable: true }) plannedLaunchAt!: Date | null;
  @Field(() => GraphQLISODateTime) createdAt!: Date;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When its first channel went live.' })
  launchedAt!: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) endedAt!: Date | null;
}
@ObjectType('LaunchDelay', { description: 'How late a channel went live.' })
export class LaunchDelayType {
  @Field() channel!: string;
  @Field(() => Float, { description: 'Actual minus planned time.' }) delayHours!: number;
}
@ObjectType('RetrospectiveEvidence', { description: 'What was measured when the campaign ended.' })
export class EvidenceType {
  @Field(() => Float, { nullable: true, description: 'From creation to the first channel that went live.' })
  leadTimeHours!: number | null;
  @Field(() => Float) durationHours!: number;
  @Field(() => Int) reworkRounds!: number;
  @Field(() => Int) gatesPassed!: number;
  @Field(() => Int) gatesFailed!: number;
  @Field(() => [LaunchDelayType]) launchDelays!: readonly LaunchDelayType[];
}
@ObjectType('RetrospectiveAnswer', { description: 'One of the three questions, and its answer.' })
export class AnswerType {
  @Field() question!: string;
  @Field(() => String, { nullable: true }) answer!: string | null;
}
@ObjectType('RetrospectiveAction', { description: 'What is to change after a campaign.' })
export class ActionType {
  @Field() text!: string;
  @Field() owner!: string;
  @Field(() => String, { nullable: true, description: 'Branch or pull request that proposes it.' })
  proposal!: string | null;
  @Field(() => String, { nullable: true, description: 'Commit that made it so.' }) commit!: string | null;
  @Field(() => String, { nullable: true, description: 'What it did, where enough campaigns show it.' })
  effect!: string | null;
}
@ObjectType('Retrospective', {
  implements: NodeInterface,
  description: 'What a campaign teaches about its workflow.',
})
export class RetrospectiveType extends NodeInterface {
  @Field(() => GraphQLISODateTime) createdAt!: Date;
}
@ObjectType('AuditRecord', { implements: NodeInterface, description: 'One state change. It never changes.' })
export class AuditRecordType extends NodeInterface {
  @Field(() => GraphQLISODateTime) happenedAt!: Date;
  @Field() actor!: string;
  @Field(() => [String]) roles!: readonly string[];
  @Field({ description: 'For example `step.complete`.' }) action!: string;
  @Field({ description: 'What was acted on.' }) subject!: string;
  @Field(() => String, { nullable: true }) commitSha!: string | null;
  @Field(() => GraphQLJSON, { nullable: true }) before!: unknown;
  @Field(() => GraphQLJSON, { nullable: true }) after!: unknown;
}
@ObjectType('Refusal', { description: 'Why an action was not carried out, and who can help.' })
export class RefusalType {
  @Field(() => RefusalCodeEnum) code!: string;
  @Field({ description: 'A sentence for people.' }) message!: string;
  @Field(() => String, { nullable: true, description: 'The rule, gate or hand-off that says so.' }) rule!:
    string | null;
  @Field(() => [String], { description: 'What has to happen first.' }) missing!: readonly string[];
  @Field(() => [String], { description: 'Roles that can provide it.' }) askRole!: readonly string[];
}
@ObjectType('CampaignPayload', { description: 'The campaign after the action, or why nothing was done.' })
export class CampaignPayload {
  @Field(() => [RefusalType]) refusals!: readonly RefusalType[];
  @Field(() => [CheckResultType], { description: 'How the checks came out, where a gate was evaluated.' })
  results!: readonly object[];
}
@ObjectType('Viewer', { description: 'Who is asking.' })
export class ViewerType {
  @Field() name!: string;
  @Field(() => [String]) permissions!: readonly string[];
  @Field(() => [String], { nullable: true, description: 'Roles of the Team; null for every role.' }) roles!:
    readonly string[] | null;
}
export const CampaignConnection = connectionOf(CampaignType, 'Campaign');
export const RetrospectiveConnection = connectionOf(RetrospectiveType, 'Retrospective');
export const AuditRecordConnection = connectionOf(AuditRecordType, 'AuditRecord');
