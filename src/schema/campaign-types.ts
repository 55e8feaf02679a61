import { GraphQLDuration, GraphQLJSON } from 'graphql-scalars';
import { Field, Float, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import {
  AuditActionEnum,
  BoundEnum,
  CampaignStatusEnum,
  ChannelStatusEnum,
  DecisionEnum,
  OriginKindEnum,
  SignatureMeaningEnum,
  GatePlaceEnum,
  GateStatusEnum,
  HandoffModeEnum,
  HandoffStatusEnum,
  OnFailEnum,
  PermissionEnum,
  RiskEnum,
  StepKindEnum,
  StepStatusEnum,
  DeviatedPartEnum,
  ModelEnum,
  SectionStatusEnum,
} from './enums.js';
import { NodeInterface } from './node.js';
import { RefusalInterface } from './refusal-types.js';
import { QuantityType } from './values.js';

@ObjectType('CampaignChannel', { description: 'A channel of a campaign.' })
export class CampaignChannelType {
  @Field(() => String, { description: 'Its name, for example email.' }) channel!: string;
  @Field(() => ChannelStatusEnum, { description: 'Whether it is open.' }) status!: string;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it is to be opened.' })
  plannedAt!: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was opened.' })
  launchedAt!: Date | null;
  @Field(() => Float, {
    nullable: true,
    description: 'What may be spent on it, to the cent; null where nobody said.',
  })
  budget!: number | null;
  @Field(() => String, { nullable: true, description: 'Who paused it: a person, or `trigger …`.' })
  pausedBy!: string | null;
  @Field(() => String, { nullable: true, description: 'Why it is paused.' }) pausedReason!: string | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Since when it is paused.' })
  pausedAt!: Date | null;
  @Field(() => String, {
    nullable: true,
    description: 'Key of the asset that a trigger has put in front; null for the first one.',
  })
  creative!: string | null;
}
@ObjectType('CampaignSection', { description: 'A section of the pinned version, and where it stands.' })
export class CampaignSectionType {
  @Field(() => String, { description: 'The id in the file.' }) key!: string;
  @Field(() => ModelEnum, { description: 'How its steps run.' }) model!: string;
  @Field(() => SectionStatusEnum, { description: 'Where it stands.' }) status!: string;
}
@ObjectType('CampaignStep', { description: 'A step of the pinned version, and where it stands.' })
export class CampaignStepType {
  @Field(() => String, { description: 'The id in the file.' }) key!: string;
  @Field(() => String, { description: 'What people call it.' }) name!: string;
  @Field(() => StepKindEnum, { description: 'What sort of work it is.' }) kind!: string;
  @Field(() => String, { description: 'Key of its section.' }) section!: string;
  @Field(() => String, { nullable: true, description: 'Key of its lane or spoke, or `hub`.' })
  lane!: string | null;
  @Field(() => String, { nullable: true, description: 'The channel that a launch step opens.' })
  channel!: string | null;
  @Field(() => StepStatusEnum, { description: 'Where it stands.' }) status!: string;
  @Field(() => Int, { description: 'How often it was returned for rework.' }) round!: number;
  @Field(() => [String], {
    description:
      'What it waits for; of a launch whose least gap is not over, the time from which on it is allowed; of one that is done, what has to be approved again before anything after it.',
  })
  missing!: readonly string[];
  @Field(() => [String], { description: 'Roles that do it.' }) responsible!: readonly string[];
  @Field(() => String, { description: 'The role that answers for it.' }) accountable!: string;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was begun first.' })
  startedAt!: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was finished or skipped last.' })
  finishedAt!: Date | null;
}
@ObjectType('CheckResult', { description: 'How one check of a gate came out.' })
export class CheckResultType {
  @Field(() => String, { description: 'Name of the metric.' }) metric!: string;
  @Field(() => BoundEnum, { description: 'On which side of the limit it must be.' }) bound!: string;
  @Field(() => QuantityType, { description: 'The limit.' }) limit!: QuantityType;
  @Field(() => QuantityType, {
    nullable: true,
    description: 'What was measured; null when there were no data.',
  })
  value!: QuantityType | null;
  @Field(() => Boolean, { description: 'Whether it held.' }) passed!: boolean;
  @Field(() => Boolean, {
    description: 'Said by whoever evaluated the gate, since it could not be measured.',
  })
  isStated!: boolean;
}
@ObjectType('CampaignGate', { description: 'A gate of the pinned version, and where it stands.' })
export class CampaignGateType {
  @Field(() => String, { description: 'The id in the file.' }) key!: string;
  @Field(() => GatePlaceEnum, { description: 'When it is reached.' }) at!: string;
  @Field(() => GateStatusEnum, { description: 'Where it stands.' }) status!: string;
  @Field(() => OnFailEnum, { description: 'What a failed check does.' }) onFail!: string;
  @Field(() => [String], { description: 'What it waits for.' }) missing!: readonly string[];
  @Field(() => [String], { description: 'Roles that evaluate it.' }) approvers!: readonly string[];
  @Field(() => [CheckResultType], { description: 'How its checks came out last.' })
  results!: readonly object[];
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was evaluated last.' })
  evaluatedAt!: Date | null;
}
@ObjectType('HandoffReopening', {
  description: 'That an accepted hand-off was opened again, since what it took over is not what it was.',
})
export class HandoffReopeningType {
  @Field(() => String, { description: 'What has changed.' }) because!: string;
  @Field(() => String, { description: 'Who changed it.' }) by!: string;
  @Field(() => GraphQLISODateTime, { description: 'When.' }) at!: Date;
  @Field(() => GraphQLISODateTime, { description: 'When it had been accepted.' }) acceptedAt!: Date;
  @Field(() => String, { nullable: true, description: 'By whom; null where nobody noted it.' })
  acceptedBy!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of what had been accepted; null where nobody noted it.',
  })
  contentHash!: string | null;
}
@ObjectType('CampaignHandoff', { description: 'A hand-off of the pinned version, and where it stands.' })
export class CampaignHandoffType {
  @Field(() => String, { description: 'Its key, for example `sign-off-to-creative`.' }) key!: string;
  @Field(() => String, { description: 'Key of the section that hands over.' }) from!: string;
  @Field(() => String, { description: 'Key of the section that receives.' }) to!: string;
  @Field(() => [String], { description: 'Artefacts and brief fields that pass.' })
  payload!: readonly string[];
  @Field(() => HandoffStatusEnum, { description: 'Where it stands.' }) status!: string;
  @Field(() => [String], {
    description:
      'What it waits for; once it is reached, what it lacks of its payload and of what it verifies.',
  })
  missing!: readonly string[];
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it was accepted; null where it is not, or is open again.',
  })
  acceptedAt!: Date | null;
  @Field(() => String, {
    nullable: true,
    description: 'Who accepted it; null where it is not accepted, or nobody noted it.',
  })
  acceptedBy!: string | null;
  @Field(() => [HandoffReopeningType], {
    description: 'When it was accepted and then opened again, oldest first.',
  })
  reopenings!: readonly HandoffReopeningType[];
  @Field(() => HandoffModeEnum, { description: 'Whether both sides meet.' }) mode!: string;
  @Field(() => String, { nullable: true, description: 'Where they meet.' }) meeting!: string | null;
  @Field(() => GraphQLDuration, {
    nullable: true,
    description: 'How soon it is answered, in working time of the receiving role.',
  })
  respondWithin!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why it was sent back; null where it was not, or was offered again.',
  })
  returnedBecause!: string | null;
}
@ObjectType('Signature', {
  description:
    'Who has signed a decision, when, and what they say with it. It is bound to what was decided on.',
})
export class SignatureType {
  @Field(() => String, { description: 'Who has signed, as the record knows them.' }) name!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Their name in print; null where only the name for the record is known.',
  })
  fullName!: string | null;
  @Field(() => SignatureMeaningEnum, { description: 'What they say with it.' }) meaning!: string;
  @Field(() => OriginKindEnum, { description: 'How it was known who they are.' }) by!: string;
  @Field(() => GraphQLISODateTime, { description: 'When they signed.' }) signedAt!: Date;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When they proved who they are; null where nobody had to.',
  })
  authenticatedAt!: Date | null;
  @Field(() => String, { description: 'SHA-256 of what they looked at.' }) contentHash!: string;
}
@ObjectType('Approval', { description: 'A decision of an approver.' })
export class ApprovalType {
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
  @Field(() => DecisionEnum, { description: 'What was decided.' }) decision!: string;
  @Field(() => String, { description: 'The role it was given in.' }) role!: string;
  @Field(() => String, { description: 'Who decided.' }) actor!: string;
  @Field(() => String, { nullable: true, description: 'What the approver said.' }) comment!: string | null;
  @Field(() => GraphQLISODateTime, { description: 'When.' }) decidedAt!: Date;
  @Field(() => String, { description: 'The role whose approval it is; another one where somebody stood in.' })
  forRole!: string;
  @Field(() => Int, { description: 'How often the work had been returned before.' }) round!: number;
  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of what was approved; null where nobody noted it, or it was rejected.',
  })
  contentHash!: string | null;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it ceased to hold, since what was approved changed; null where it did not.',
  })
  invalidatedAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Who changed it.' }) invalidatedBy!: string | null;
  @Field(() => String, { nullable: true, description: 'What changed.' }) invalidatedBecause!: string | null;
}
@ObjectType('CampaignDeviation', { description: 'Something that a campaign has gone past, and why.' })
export class CampaignDeviationType {
  @Field(() => DeviatedPartEnum, { description: 'What it was.' }) kind!: string;
  @Field(() => String, { description: 'Its key.' }) key!: string;
  @Field(() => String, { description: 'Why.' }) rationale!: string;
  @Field(() => [String], { description: 'Roles that are told.' }) told!: readonly string[];
  @Field(() => String, { description: 'Who decided it.' }) actor!: string;
  @Field(() => GraphQLISODateTime, { description: 'When.' }) decidedAt!: Date;
}
@ObjectType('Campaign', {
  implements: NodeInterface,
  description: 'A campaign, pinned to one version of its workflow.',
})
export class CampaignType extends NodeInterface {
  @Field(() => String, { description: 'Short name that stays the same for ever.' }) key!: string;
  @Field(() => String, { description: 'What people call it.' }) name!: string;
  @Field(() => CampaignStatusEnum, { description: 'Whether it runs.' }) status!: string;
  @Field(() => String, { nullable: true, description: 'Why it was called off; null where it was not.' })
  cancelledBecause!: string | null;
  @Field(() => String, { description: 'Type of campaign, for example product-launch.' }) type!: string;
  @Field(() => RiskEnum, { description: 'How much can go wrong.' }) risk!: string;
  @Field(() => Float, { description: 'Planned spending, in the currency of the organisation.' })
  budget!: number;
  @Field(() => [String], { description: 'Words to find it by.' }) labels!: readonly string[];
  @Field(() => [String], { description: 'What the content contains, for example price-claim.' })
  flags!: readonly string[];
  @Field(() => Int, {
    description:
      'Number of the present version of its brief; 0 in campaigns of other tools, which have none.',
  })
  briefVersion!: number;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it is to launch.' })
  plannedLaunchAt!: Date | null;
  @Field(() => GraphQLISODateTime, { description: 'When it was created.' }) createdAt!: Date;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When its first channel went live.' })
  launchedAt!: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it ended or was cancelled.' })
  endedAt!: Date | null;
}
@ObjectType('FormerStep', {
  description:
    'A step that was worked on under an earlier version and is not in the present one. It never runs again.',
})
export class FormerStepType {
  @Field(() => String, { description: 'Its key at the time.' }) key!: string;
  @Field(() => StepStatusEnum, { description: 'How it stood.' }) status!: string;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was begun first.' })
  startedAt!: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was finished last.' })
  finishedAt!: Date | null;
}
@ObjectType('AuditOrigin', { description: 'How it was known who acted, and from where.' })
export class AuditOriginType {
  @Field(() => OriginKindEnum, { description: 'How it was known.' }) by!: string;
  @Field(() => String, { nullable: true, description: 'Id of the token that was used; null where none was.' })
  token!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Address in the network; null where nobody asked over it.',
  })
  address!: string | null;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When they proved who they are; null where that is not known.',
  })
  authenticatedAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Their name in print, where it is known.' })
  fullName!: string | null;
}
@ObjectType('AuditRecord', { implements: NodeInterface, description: 'One state change. It never changes.' })
export class AuditRecordType extends NodeInterface {
  @Field(() => GraphQLISODateTime, { description: 'When it happened.' }) happenedAt!: Date;
  @Field(() => String, { description: 'Who did it.' }) actor!: string;
  @Field(() => [String], { description: 'As what: permissions and roles held at the time.' })
  roles!: readonly string[];
  @Field(() => AuditActionEnum, { description: 'What was done.' }) action!: string;
  @Field(() => String, { description: 'What it was done to, for example the key of a step.' })
  subject!: string;
  @Field(() => String, { nullable: true, description: 'Hash of the commit, where one did it.' })
  commitSha!: string | null;
  @Field(() => GraphQLJSON, { nullable: true, description: 'The raw state before.' }) before!: unknown;
  @Field(() => GraphQLJSON, { nullable: true, description: 'The raw state after.' }) after!: unknown;
  @Field(() => Float, {
    nullable: true,
    description:
      'Where it is in the chain, which counts from 1; null until it is sealed, a second or so later.',
  })
  position!: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the chain up to this record; null until it is sealed.',
  })
  hash!: string | null;
}
@ObjectType('AuditCheckpoint', { description: 'A signed statement of what the chain of audit records is.' })
export class AuditCheckpointType {
  @Field(() => Float, { description: 'Position of the last record that it covers.' }) position!: number;
  @Field(() => String, { description: 'Hash of that record, which covers all before it.' }) hash!: string;
  @Field(() => GraphQLISODateTime, { description: 'When it was signed.' }) signedAt!: Date;
  @Field(() => String, { description: 'Id of the key in `/.well-known/jwks.json` that signed it.' })
  keyId!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Hash of the commit that it was published with; null where it was not.',
  })
  commitSha!: string | null;
}
@ObjectType('CampaignPayload', { description: 'The campaign after the action, or why nothing was done.' })
export class CampaignPayload {
  @Field(() => [RefusalInterface], { description: 'Why nothing was done; empty when it was.' })
  refusals!: readonly object[];
}
@ObjectType('Viewer', { description: 'Who is asking.' })
export class ViewerType {
  @Field(() => String, { description: 'The name that records show.' }) name!: string;
  @Field(() => [PermissionEnum], { description: 'What they may do.' }) permissions!: readonly string[];
  @Field(() => [String], { nullable: true, description: 'Roles of the Team they hold; null for every role.' })
  roles!: readonly string[] | null;
}
export const CampaignConnection = connectionOf(CampaignType, 'Campaign');
export const AuditRecordConnection = connectionOf(AuditRecordType, 'AuditRecord');
