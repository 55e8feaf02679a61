import { Field, Float, GraphQLISODateTime, ObjectType } from 'type-graphql';
import { MeaningChangeInterface } from './change-types.js';
import { ProblemType } from './definition-types.js';
import {
  ApprovalKindEnum,
  ClassificationEnum,
  DefinitionKindEnum,
  MigrationEffectEnum,
  PlannedDocumentChangeEnum,
  PlannedWorkflowChangeEnum,
  ShiftedDateEnum,
} from './enums.js';
import { StepMappingType } from './migration-types.js';

@ObjectType('PlanRef', { description: 'One side of a plan.' })
export class PlanRefType {
  @Field(() => String, { description: 'As it was asked for.' }) ref!: string;
  @Field(() => String, { description: 'Hash of the commit that it stands for.' }) sha!: string;
}
@ObjectType('PlannedDocument', { description: 'A Team, Taxonomy, Policy or Library that would change.' })
export class PlannedDocumentType {
  @Field(() => DefinitionKindEnum, { description: 'What it is.' }) kind!: string;
  @Field(() => PlannedDocumentChangeEnum, { description: 'What would happen to it.' }) change!: string;
  @Field(() => String, { description: 'What it would say otherwise.' }) summary!: string;
}
@ObjectType('TouchingChange', { description: 'A change of another definition that touches a workflow.' })
export class TouchingChangeType {
  @Field(() => DefinitionKindEnum, { description: 'What it is.' }) kind!: string;
  @Field(() => String, { description: 'What of it touches the workflow.' }) summary!: string;
}
@ObjectType('Raci', { description: 'Who does a step, answers for it, is asked and is told.' })
export class RaciType {
  @Field(() => [String], { description: 'Roles that do it.' }) responsible!: readonly string[];
  @Field(() => String, { description: 'The role that answers for it.' }) accountable!: string;
  @Field(() => [String], { description: 'Roles that are asked.' }) consulted!: readonly string[];
  @Field(() => [String], { description: 'Roles that are told.' }) informed!: readonly string[];
}
@ObjectType('RaciChange', { description: 'A step of which the roles differ.' })
export class RaciChangeType {
  @Field(() => String, { description: 'Its key, after the change where it was renamed.' }) step!: string;
  @Field(() => RaciType, { nullable: true, description: 'Null where the step is new.' })
  before!: RaciType | null;
  @Field(() => RaciType, { nullable: true, description: 'Null where the step is gone.' })
  after!: RaciType | null;
}
@ObjectType('ApprovalChange', { description: 'An approval that comes, goes, or is of somebody else.' })
export class ApprovalChangeType {
  @Field(() => ApprovalKindEnum, { description: 'What asks for it.' }) kind!: string;
  @Field(() => String, { description: "Key of the step or gate; the condition of the Policy's demand." })
  key!: string;
  @Field(() => [String], {
    nullable: true,
    description:
      'Roles that may approve; the sentence says how many of them it takes. Of a Policy, all have to. Null where it was not there.',
  })
  before!: readonly string[] | null;
  @Field(() => [String], { nullable: true, description: 'The same afterwards; null where it is gone.' })
  after!: readonly string[] | null;
  @Field(() => String, { description: 'The difference as a sentence.' }) summary!: string;
}
@ObjectType('PlannedLeadTime', { description: 'Lead times of a forecast, in hours.' })
export class PlannedLeadTimeType {
  @Field(() => Float, { description: 'Half of the campaigns take no longer.' }) p50Hours!: number;
  @Field(() => Float, { description: 'Four of five campaigns take no longer.' }) p80Hours!: number;
  @Field(() => Float, { description: 'Nineteen of twenty campaigns take no longer.' }) p95Hours!: number;
}
@ObjectType('PlannedForecast', {
  description: 'The forecast before and after; null where there is none, or nothing changes it.',
})
export class PlannedForecastType {
  @Field(() => PlannedLeadTimeType, { nullable: true, description: 'Before the change.' })
  before!: PlannedLeadTimeType | null;
  @Field(() => PlannedLeadTimeType, { nullable: true, description: 'After the change.' })
  after!: PlannedLeadTimeType | null;
}
@ObjectType('CampaignImpact', { description: 'What a change means for one running campaign.' })
export class CampaignImpactType {
  @Field(() => String, { description: 'Key of the campaign.' }) campaign!: string;
  @Field(() => MigrationEffectEnum, { description: 'Whether it could move over.' }) effect!: string;
  @Field(() => String, { description: 'Why, as a sentence.' }) detail!: string;
  @Field(() => [StepMappingType], {
    nullable: true,
    description:
      'Steps that are renamed, gone or new, or of which something is to be said; null where it is unaffected.',
  })
  mapping?: readonly StepMappingType[] | null;
  @Field(() => [String], { nullable: true, description: 'How it would get stuck; null where it would not.' })
  trace?: readonly string[] | null;
}
@ObjectType('DateShift', { description: 'A date that would have been another.' })
export class DateShiftType {
  @Field(() => ShiftedDateEnum, { description: 'Which date.' }) what!: string;
  @Field(() => GraphQLISODateTime, { description: 'When it was.' }) before!: Date;
  @Field(() => GraphQLISODateTime, { description: 'When it would have been.' }) after!: Date;
  @Field(() => Float, { description: 'Elapsed hours between the two; negative where earlier.' })
  hours!: number;
}
@ObjectType('PastImpact', { description: 'What a change would have altered in a campaign that has ended.' })
export class PastImpactType {
  @Field(() => String, { description: 'Key of the campaign.' }) campaign!: string;
  @Field(() => String, { description: 'The most of it, as a sentence.' }) detail!: string;
  @Field(() => [String], { description: 'Gates that would have been there, or not, or come out otherwise.' })
  gates!: readonly string[];
  @Field(() => [String], {
    description: 'Approvals that would have been needed, or not, or of somebody else.',
  })
  approvers!: readonly string[];
  @Field(() => [DateShiftType], { description: 'Dates, with the work taking as long as it took.' })
  dates!: readonly DateShiftType[];
}
@ObjectType('PilotCampaign', { description: 'A campaign that has ended on a pilot.' })
export class PilotCampaignType {
  @Field(() => String, { description: 'Key of the campaign.' }) campaign!: string;
  @Field(() => [String], { description: 'Metrics that have a value.' }) measured!: readonly string[];
}
@ObjectType('WorkflowImpact', { description: 'What a proposed workflow means for campaigns.' })
export class WorkflowImpactType {
  @Field(() => String, { description: 'Key of the workflow.' }) workflow!: string;
  @Field(() => [CampaignImpactType], { description: 'Every campaign that runs on one of its versions.' })
  impact!: readonly CampaignImpactType[];
  @Field(() => [PastImpactType], {
    description: 'Campaigns that ended in the last two quarters and would have gone otherwise.',
  })
  past!: readonly PastImpactType[];
  @Field(() => [PilotCampaignType], {
    description: 'Campaigns that have ended on it while it was a pilot; asked for where it would be active.',
  })
  pilots!: readonly PilotCampaignType[];
}
@ObjectType('PlannedWorkflow', { description: 'What a merge would do to one workflow.' })
export class PlannedWorkflowType {
  @Field(() => PlannedWorkflowChangeEnum, { description: 'What would happen to it.' }) change!: string;
  @Field(() => ClassificationEnum, { description: 'What that means for a campaign that already runs.' })
  classification!: string;
  @Field(() => String, {
    nullable: true,
    description:
      'Why the sync would not retire it, or open a pilot to everybody, before a steward lets it go; null where nothing waits.',
  })
  waits!: string | null;
  @Field(() => [MeaningChangeInterface], { description: 'Every difference in meaning.' })
  changes!: readonly object[];
  @Field(() => PlannedForecastType, { description: 'How long campaigns would take.' })
  forecast!: PlannedForecastType;
  @Field(() => [TouchingChangeType], { description: 'Changes of other definitions that touch it.' })
  touchedBy!: readonly object[];
  @Field(() => [RaciChangeType], { description: 'Steps of which the roles differ.' })
  raci!: readonly RaciChangeType[];
  @Field(() => [ApprovalChangeType], { description: 'Approvals that come, go, or are of somebody else.' })
  approvals!: readonly ApprovalChangeType[];
}
@ObjectType('Plan', { description: 'What merging one commit into another would do.' })
export class PlanType {
  @Field(() => PlanRefType, { description: 'What is merged into.' }) base!: PlanRefType;
  @Field(() => PlanRefType, { description: 'What is merged.' }) head!: PlanRefType;
  @Field(() => Boolean, {
    description:
      'Whether what is proposed would be served: nothing new is wrong, and nothing that changes is held back.',
  })
  ok!: boolean;
  @Field(() => [ProblemType], { description: 'What is wrong in the merged files.' })
  problems!: readonly object[];
  @Field(() => [PlannedWorkflowType], { description: 'Every workflow of either side.' })
  workflows!: readonly object[];
  @Field(() => [PlannedDocumentType], { description: 'Other definitions that would change.' })
  documents!: readonly object[];
}
