import { GraphQLJSONObject } from 'graphql-scalars';
import { Field, Float, GraphQLISODateTime, InputType, Int } from 'type-graphql';
import type { Measurements } from '../domain/campaign/convergence.js';
import type { Risk } from '../domain/workflow/document.js';
import {
  CampaignOrderFieldEnum,
  CampaignStatusEnum,
  ChangeKindEnum,
  ClassificationEnum,
  OrderDirectionEnum,
  PatternEnum,
  RiskEnum,
  TimeOrderFieldEnum,
  WorkflowOrderFieldEnum,
} from './enums.js';

@InputType({ description: 'One version of a workflow; give exactly one of the fields.' })
export class VersionRefInput {
  @Field(() => Int, { nullable: true, description: 'Its number.' }) number?: number | null;
  @Field(() => String, {
    nullable: true,
    description: 'What was served after this commit; a hash, whole or short.',
  })
  commit?: string | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'What was served at this time.' })
  asOf?: Date | null;
}

@InputType()
export class WorkflowFilterInput {
  @Field(() => PatternEnum, { nullable: true }) pattern?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Only retired ones, or only those that are not.' })
  retired?: boolean | null;
  @Field(() => String, { nullable: true, description: 'Text in key or name.' }) search?: string | null;
}
@InputType()
export class WorkflowOrderInput {
  @Field(() => WorkflowOrderFieldEnum) field!: 'key' | 'name';
  @Field(() => OrderDirectionEnum, { defaultValue: 'asc' }) direction!: 'asc' | 'desc';
}
@InputType()
export class CampaignFilterInput {
  @Field(() => String, { nullable: true, description: 'Key of a workflow.' }) workflow?: string | null;
  @Field(() => CampaignStatusEnum, { nullable: true }) status?: string | null;
  @Field(() => RiskEnum, { nullable: true }) risk?: string | null;
  @Field(() => String, { nullable: true }) label?: string | null;
  @Field(() => String, { nullable: true, description: 'Text in key or name.' }) search?: string | null;
}
@InputType()
export class CampaignOrderInput {
  @Field(() => CampaignOrderFieldEnum) field!: 'created-at' | 'planned-launch-at' | 'key';
  @Field(() => OrderDirectionEnum, { defaultValue: 'asc' }) direction!: 'asc' | 'desc';
}
@InputType()
export class TimeOrderInput {
  @Field(() => TimeOrderFieldEnum, { defaultValue: 'time' }) field!: 'time';
  @Field(() => OrderDirectionEnum, { defaultValue: 'desc' }) direction!: 'asc' | 'desc';
}
@InputType()
export class WorkflowChangeFilterInput {
  @Field(() => String, { nullable: true, description: 'Key of a workflow.' }) workflow?: string | null;
  @Field(() => ChangeKindEnum, { nullable: true }) kind?: string | null;
  @Field(() => ClassificationEnum, { nullable: true }) classification?: string | null;
  @Field(() => String, { nullable: true, description: "The author's address." }) author?: string | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) since?: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) until?: Date | null;
}
@InputType()
export class AuditFilterInput {
  @Field(() => String, { nullable: true, description: 'Key of a campaign.' }) campaign?: string | null;
  @Field(() => String, { nullable: true, description: 'For example `step.complete`.' }) action?:
    string | null;
  @Field(() => String, { nullable: true }) actor?: string | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) since?: Date | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) until?: Date | null;
}

@InputType()
export class PlannedChannelInput {
  @Field() channel!: string;
  @Field(() => GraphQLISODateTime, { nullable: true }) plannedAt?: Date | null;
}
@InputType('CreateCampaignInput', { description: 'A campaign to create.' })
export class CreateCampaignInputType {
  @Field({ description: 'Short name that stays the same for ever.' }) key!: string;
  @Field() name!: string;
  @Field({ description: 'Key of the workflow; the campaign is pinned to the version served now.' })
  workflow!: string;
  @Field(() => String, { nullable: true, description: "Without it, the workflow's first campaign type." })
  type?: string | null;
  @Field(() => RiskEnum, { defaultValue: 'medium' }) risk!: Risk;
  @Field(() => Float, { defaultValue: 0 }) budget!: number;
  @Field(() => [String], { defaultValue: [] }) labels!: string[];
  @Field(() => [String], {
    defaultValue: [],
    description: 'What the content contains, for example price-claim.',
  })
  flags!: string[];
  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'Fields of the brief, for example offerCode.',
  })
  brief?: Record<string, unknown> | null;
  @Field(() => GraphQLISODateTime, { nullable: true }) plannedLaunchAt?: Date | null;
  @Field(() => [PlannedChannelInput], { defaultValue: [] }) channels!: PlannedChannelInput[];
}
@InputType()
export class StepInput {
  @Field({ description: 'Key of the campaign.' }) campaign!: string;
  @Field({ description: 'Key of the step.' }) step!: string;
}
@InputType()
export class ApproveInput extends StepInput {
  @Field(() => String, { nullable: true }) comment?: string | null;
}
@InputType()
export class RejectInput extends StepInput {
  @Field({ description: 'What has to be mended.' }) comment!: string;
}
@InputType()
export class EvaluateGateInput {
  @Field({ description: 'Key of the campaign.' }) campaign!: string;
  @Field({ description: 'Key of the gate.' }) gate!: string;
  @Field(() => GraphQLJSONObject, {
    nullable: true,
    description: 'Measured values by metric: numbers, or ISO 8601 durations. `timing-spread` is computed.',
  })
  measurements?: Measurements | null;
}
@InputType()
export class AcceptHandoffInput {
  @Field({ description: 'Key of the campaign.' }) campaign!: string;
  @Field({ description: 'Key of the hand-off, for example `sign-off-to-creative`.' }) handoff!: string;
}
@InputType()
export class LaunchChannelInput {
  @Field({ description: 'Key of the campaign.' }) campaign!: string;
  @Field() channel!: string;
}
@InputType()
export class UpdateBriefInput {
  @Field({ description: 'Key of the campaign.' }) campaign!: string;
  @Field(() => GraphQLJSONObject, { description: 'Fields to set; null empties one.' }) fields!: Record<
    string,
    unknown
  >;
}
@InputType()
export class EndCampaignInput {
  @Field({ description: 'Key of the campaign.' }) campaign!: string;
}
