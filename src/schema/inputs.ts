import { Field, Float, GraphQLISODateTime, InputType, Int } from 'type-graphql';
import { GraphQLDuration } from 'graphql-scalars';
import type { SignatureMeaning } from '../domain/campaign/approvals/signature.js';
import type { AuditAction } from '../domain/campaign/audit.js';
import type { Risk } from '../domain/workflow/workflow.js';
import {
  AuditActionEnum,
  CampaignOrderFieldEnum,
  CampaignStatusEnum,
  ChangeKindEnum,
  ClassificationEnum,
  ModelEnum,
  OrderDirectionEnum,
  PatternEnum,
  RiskEnum,
  SignatureMeaningEnum,
  SyncOutcomeEnum,
  SyncTriggerEnum,
  TimeOrderFieldEnum,
  WorkflowOrderFieldEnum,
  WorkflowStatusEnum,
} from './enums.js';
import { BriefFieldInput, DateTimeRangeInput, ONLY_SAYS } from './values.js';

@InputType('VersionRefInput', { description: 'One version of a workflow; give exactly one of the fields.' })
export class VersionRefInput {
  @Field(() => Int, { nullable: true, description: 'Its number.' }) number?: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'What was served after this commit; a hash, whole or at least its first seven digits.',
  })
  commit?: string | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'What was served at this time.' })
  asOf?: Date | null;
}

export const ANY = 'Any of these.';

@InputType('WorkflowFilterInput', { description: 'Which workflows; every condition given must hold.' })
export class WorkflowFilterInput {
  @Field(() => [PatternEnum], { nullable: true, description: ANY }) pattern?: string[] | null;
  @Field(() => [ModelEnum], { nullable: true, description: ANY }) model?: string[] | null;
  @Field(() => [WorkflowStatusEnum], { nullable: true, description: ANY }) status?: string[] | null;
  @Field(() => String, { nullable: true, description: 'Role that looks after it.' }) steward?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only removed ones, or only those that are not.' })
  retired?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Text in key or name, in either case.' })
  search?: string | null;
}
@InputType('WorkflowOrderInput', { description: 'The order of a list of workflows.' })
export class WorkflowOrderInput {
  @Field(() => WorkflowOrderFieldEnum, { description: 'By what.' }) field!: 'key' | 'name';
  @Field(() => OrderDirectionEnum, { defaultValue: 'asc', description: 'Which end first.' })
  direction!: 'asc' | 'desc';
}
@InputType('WorkflowVersionFilterInput', { description: 'Which versions; every condition given must hold.' })
export class WorkflowVersionFilterInput {
  @Field(() => String, { nullable: true, description: "The author's address." }) author?: string | null;
  @Field(() => DateTimeRangeInput, { nullable: true, description: 'When they came into force first.' })
  committedAt?: DateTimeRangeInput | null;
}
@InputType('CampaignFilterInput', { description: 'Which campaigns; every condition given must hold.' })
export class CampaignFilterInput {
  @Field(() => [String], { nullable: true, description: 'Keys of workflows; any of these.' })
  workflow?: string[] | null;
  @Field(() => [Int], { nullable: true, description: 'Numbers of versions; any of these.' })
  version?: number[] | null;
  @Field(() => [CampaignStatusEnum], { nullable: true, description: ANY }) status?: string[] | null;
  @Field(() => [RiskEnum], { nullable: true, description: ANY }) risk?: string[] | null;
  @Field(() => [String], { nullable: true, description: ANY }) type?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Has every one of these labels.' })
  label?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Has none of these labels, such as `imported`.' })
  withoutLabel?: string[] | null;
  @Field(() => [String], { nullable: true, description: 'Has any of these channels.' })
  channel?: string[] | null;
  @Field(() => DateTimeRangeInput, { nullable: true, description: 'When it was created.' })
  createdAt?: DateTimeRangeInput | null;
  @Field(() => DateTimeRangeInput, { nullable: true, description: 'When it is to launch.' })
  plannedLaunchAt?: DateTimeRangeInput | null;
  @Field(() => DateTimeRangeInput, { nullable: true, description: 'When its first channel went live.' })
  launchedAt?: DateTimeRangeInput | null;
  @Field(() => DateTimeRangeInput, { nullable: true, description: 'When it ended.' })
  endedAt?: DateTimeRangeInput | null;
  @Field(() => String, { nullable: true, description: 'Text in key or name, in either case.' })
  search?: string | null;
}
@InputType('CampaignOrderInput', { description: 'The order of a list of campaigns.' })
export class CampaignOrderInput {
  @Field(() => CampaignOrderFieldEnum, { description: 'By what.' }) field!:
    'created-at' | 'planned-launch-at' | 'launched-at' | 'ended-at' | 'key' | 'name';
  @Field(() => OrderDirectionEnum, { defaultValue: 'asc', description: 'Which end first.' })
  direction!: 'asc' | 'desc';
}
@InputType('TimeOrderInput', { description: 'The order of a list of events.' })
export class TimeOrderInput {
  @Field(() => TimeOrderFieldEnum, { defaultValue: 'time', description: 'By what.' }) field!: 'time';
  @Field(() => OrderDirectionEnum, { defaultValue: 'desc', description: 'Which end first.' })
  direction!: 'asc' | 'desc';
}
@InputType('RetrospectiveFilterInput', {
  description: 'Which retrospectives; every condition given must hold.',
})
export class RetrospectiveFilterInput {
  @Field(() => [String], { nullable: true, description: 'Keys of workflows; any of these.' })
  workflow?: string[] | null;
  @Field(() => DateTimeRangeInput, { nullable: true, description: 'When it was opened.' })
  createdAt?: DateTimeRangeInput | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those with all three answers, or only the others.',
  })
  answered?: boolean | null;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Only those with an action that is open or overdue, or only the others.',
  })
  hasOpenActions?: boolean | null;
}
@InputType('WorkflowChangeFilterInput', { description: 'Which changes; every condition given must hold.' })
export class WorkflowChangeFilterInput {
  @Field(() => [String], { nullable: true, description: 'Keys of workflows; any of these.' })
  workflow?: string[] | null;
  @Field(() => [ChangeKindEnum], { nullable: true, description: ANY }) kind?: string[] | null;
  @Field(() => [ClassificationEnum], { nullable: true, description: ANY }) classification?: string[] | null;
  @Field(() => String, { nullable: true, description: "The author's address." }) author?: string | null;
  @Field(() => Int, { nullable: true, description: 'Number of the pull request.' })
  pullRequest?: number | null;
  @Field(() => DateTimeRangeInput, { nullable: true, description: 'When they came into force.' })
  committedAt?: DateTimeRangeInput | null;
}
@InputType('SyncRunFilterInput', { description: 'Which syncs; every condition given must hold.' })
export class SyncRunFilterInput {
  @Field(() => [SyncOutcomeEnum], { nullable: true, description: ANY }) outcome?: string[] | null;
  @Field(() => [SyncTriggerEnum], { nullable: true, description: ANY }) trigger?: string[] | null;
  @Field(() => DateTimeRangeInput, { nullable: true, description: 'When they began.' })
  startedAt?: DateTimeRangeInput | null;
}
@InputType('AuditFilterInput', { description: 'Which records; every condition given must hold.' })
export class AuditFilterInput {
  @Field(() => String, { nullable: true, description: 'Key of a campaign.' }) campaign?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Key of a workflow: what made its versions, and what was done in campaigns on them.',
  })
  workflow?: string | null;
  @Field(() => Int, {
    nullable: true,
    description: 'Number of a version; of `workflow`, where that is given.',
  })
  version?: number | null;
  @Field(() => [AuditActionEnum], { nullable: true, description: ANY }) action?: AuditAction[] | null;
  @Field(() => String, { nullable: true, description: 'Who did it.' }) actor?: string | null;
  @Field(() => String, { nullable: true, description: 'What it was done to.' }) subject?: string | null;
  @Field(() => DateTimeRangeInput, { nullable: true, description: 'When it happened.' })
  happenedAt?: DateTimeRangeInput | null;
}

@InputType('CapacityInput', { description: 'Another number of people.' })
export class CapacityInput {
  @Field(() => String, { description: 'Key of a role of the Team.' }) role!: string;
  @Field(() => Int, { description: 'How many there would be; at least one.' }) units!: number;
}
@InputType('EffortInput', { description: 'Another effort of a step: fixed, or a three-point estimate.' })
export class EffortInput {
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
  @Field(() => GraphQLDuration, { description: 'The likely effort.' }) likely!: string;
  @Field(() => GraphQLDuration, { nullable: true, description: 'If all goes well; without it, as likely.' })
  optimistic?: string | null;
  @Field(() => GraphQLDuration, { nullable: true, description: 'If all goes badly; without it, as likely.' })
  pessimistic?: string | null;
}
@InputType('SlipInput', { description: 'A delay of one step.' })
export class SlipInput {
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
  @Field(() => GraphQLDuration, { description: 'By how much later it begins, in its working time.' })
  by!: string;
}
@InputType('SuppositionInput', {
  description: 'One thing that could be otherwise; give exactly one of the fields.',
})
export class SuppositionInput {
  @Field(() => String, { nullable: true, description: 'Without this step.' }) without?: string | null;
  @Field(() => [String], {
    nullable: true,
    description: 'These steps, which follow each other in one lane, side by side.',
  })
  parallel?: string[] | null;
  @Field(() => CapacityInput, { nullable: true, description: 'With more people, or fewer.' })
  capacity?: CapacityInput | null;
  @Field(() => EffortInput, { nullable: true, description: 'With another effort.' })
  effort?: EffortInput | null;
  @Field(() => SlipInput, { nullable: true, description: 'If a step begins later.' })
  slip?: SlipInput | null;
}
@InputType('PlannedCampaignInput', { description: 'A campaign that is not there yet.' })
export class PlannedCampaignInput {
  @Field(() => String, { description: 'What to call it in the answer; of no running campaign.' })
  key!: string;
  @Field(() => String, { description: 'Key of the workflow it would run on, as served now.' })
  workflow!: string;
  @Field(() => GraphQLISODateTime, {
    description: 'When it would begin; not in the past, and within five years.',
  })
  startAt!: Date;
}

@InputType('PlannedChannelInput', { description: 'When one channel is to be opened.' })
export class PlannedChannelInput {
  @Field(() => String, { description: 'A channel of the workflow.' }) channel!: string;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Without it, the planned launch.' })
  plannedAt?: Date | null;
}
@InputType('CreateCampaignInput', { description: 'A campaign to create.' })
export class CreateCampaignInputType {
  @Field(() => String, { description: 'Short name that stays the same for ever.' }) key!: string;
  @Field(() => String, { description: 'What people call it; at most 200 characters.' }) name!: string;
  @Field(() => String, {
    description: 'Key of the workflow; the campaign is pinned to the version served now.',
  })
  workflow!: string;
  @Field(() => String, { nullable: true, description: "Without it, the workflow's first campaign type." })
  type?: string | null;
  @Field(() => RiskEnum, { defaultValue: 'medium', description: 'How much can go wrong.' }) risk!: Risk;
  @Field(() => Float, { defaultValue: 0, description: 'Planned spending; not negative.' }) budget!: number;
  @Field(() => [String], { defaultValue: [], description: 'Words to find it by; at most 20.' })
  labels!: string[];
  @Field(() => [String], {
    defaultValue: [],
    description: 'What the content contains, for example price-claim.',
  })
  flags!: string[];
  @Field(() => [BriefFieldInput], { defaultValue: [], description: 'Fields of the brief.' })
  brief!: BriefFieldInput[];
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it is to launch.' })
  plannedLaunchAt?: Date | null;
  @Field(() => [PlannedChannelInput], {
    defaultValue: [],
    description: 'Planned times of single channels; the others take the planned launch.',
  })
  channels!: PlannedChannelInput[];
}

const CAMPAIGN = 'Key of the campaign.';

@InputType('StepInput', { description: 'A step to move.' })
export class StepInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
}
const SIGNS = 'Signs the decision, and says what that means; a regulated workflow demands it.';
@InputType('ApproveInput', { description: 'A step to approve.' })
export class ApproveInput extends StepInput {
  @Field(() => String, { nullable: true, description: 'What the approver has to say.' })
  comment?: string | null;
  @Field(() => String, {
    nullable: true,
    description:
      '`contentHash` of the step as it was looked at; where it is another by now, nothing is approved.',
  })
  contentHash?: string | null;
  @Field(() => SignatureMeaningEnum, { nullable: true, description: SIGNS })
  meaning?: SignatureMeaning | null;
}
@InputType('RejectInput', { description: 'A step whose work is returned.' })
export class RejectInput extends StepInput {
  @Field(() => String, { description: 'What has to be mended.' }) comment!: string;
  @Field(() => SignatureMeaningEnum, { nullable: true, description: SIGNS })
  meaning?: SignatureMeaning | null;
}
@InputType('MeasurementInput', { description: 'A measured value; give a number or a duration.' })
export class MeasurementInput {
  @Field(() => String, { description: 'Name of the metric, for example message-consistency.' })
  metric!: string;
  @Field(() => Float, { nullable: true, description: 'A number, for example a share from 0 to 1.' })
  number?: number | null;
  @Field(() => GraphQLDuration, { nullable: true, description: 'A length of time, in ISO 8601.' })
  duration?: string | null;
}
@InputType('EvaluateGateInput', { description: 'A gate to evaluate.' })
export class EvaluateGateInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'Key of the gate.' }) gate!: string;
  @Field(() => [MeasurementInput], {
    defaultValue: [],
    description: 'Values of what could not be measured; what was measured counts instead.',
  })
  measurements!: MeasurementInput[];
}
@InputType('AcceptHandoffInput', { description: 'A hand-off to accept.' })
export class AcceptHandoffInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'Key of the hand-off, for example `sign-off-to-creative`.' })
  handoff!: string;
  @Field(() => String, {
    nullable: true,
    description:
      '`contentHash` of the hand-off as it was looked at; where it is another by now, nothing is accepted.',
  })
  contentHash?: string | null;
}
@InputType('LaunchChannelInput', { description: 'A channel to open.' })
export class LaunchChannelInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'The channel.' }) channel!: string;
}
@InputType('LaunchPermitInput', { description: 'What is about to be sent, and where.' })
export class LaunchPermitInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'The channel.' }) channel!: string;
  @Field(() => String, {
    nullable: true,
    description:
      'Hash of what is about to be sent, as `LaunchPermit.contentHash`; without it nothing is compared.',
  })
  contentHash?: string | null;
}
@InputType('DeviateInput', {
  description: 'What to go past, why, and who is told. Name exactly one of gate, rule and step.',
})
export class DeviateInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { nullable: true, description: 'Key of a gate.' }) gate?: string | null;
  @Field(() => String, { nullable: true, description: 'Key of a rule.' }) rule?: string | null;
  @Field(() => String, { nullable: true, description: 'Key of a step that is not optional.' }) step?:
    string | null;
  @Field(() => String, { description: 'Why, for whoever finds it later.' }) rationale!: string;
  @Field(() => [String], { description: 'Roles that are told; at least one.' }) told!: string[];
}
@InputType('CancelCampaignInput', { description: 'A campaign to call off.' })
export class CancelCampaignInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'Why, for whoever worked on it.' }) reason!: string;
}
@InputType('AddAssetInput', {
  description:
    'What a channel publishes; another asset of this key is replaced, also where it is on another channel.',
})
export class AddAssetInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => String, { description: 'Its name within the campaign, for example launch-mail.' })
  key!: string;
  @Field(() => String, { description: 'Where it is published; a channel of the campaign.' }) channel!: string;
  @Field(() => String, { description: 'What readers see; may hold HTML and placeholders.' }) text!: string;
  @Field(() => String, { nullable: true, description: 'Code of the offer that it makes.' })
  offer?: string | null;
  @Field(() => [String], { defaultValue: [], description: 'For whom it is.' }) segments!: string[];
  @Field(() => [String], { defaultValue: [], description: 'Where it leads.' }) links!: string[];
  @Field(() => String, {
    nullable: true,
    description: 'What it is about; without it, what the campaign is about.',
  })
  theme?: string | null;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it is published; not in the past, unless it was planned so before.',
  })
  plannedAt?: Date | null;
  @Field(() => String, { nullable: true, description: 'Key of the asset that it was made from.' })
  derivedFrom?: string | null;
  @Field(() => [String], {
    nullable: true,
    description:
      'What it contains, for example price-claim; the Policy may demand approvals for it. Without it, what it was said to contain; to say less takes a steward.',
  })
  flags?: string[] | null;
  @Field(() => Boolean, { defaultValue: false, description: ONLY_SAYS }) dryRun!: boolean;
}
@InputType('MigrateCampaignInput', { description: 'A campaign to move to another version of its workflow.' })
export class MigrateCampaignInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
  @Field(() => VersionRefInput, {
    nullable: true,
    description: 'To which version; without it, to the one served now.',
  })
  to?: VersionRefInput | null;
  @Field(() => Boolean, { defaultValue: false, description: 'Only says what would happen.' })
  dryRun!: boolean;
}
@InputType('UndoMigrationInput', { description: 'A campaign to put back to where it was moved from.' })
export class UndoMigrationInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
}
@InputType('EndCampaignInput', { description: 'A campaign to end.' })
export class EndCampaignInput {
  @Field(() => String, { description: CAMPAIGN }) campaign!: string;
}
