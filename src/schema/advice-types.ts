import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { AlignmentGap } from '../domain/learning/first-step.js';
import type { Capability } from '../domain/learning/readiness.js';
import type { DataInfrastructure, Level } from '../domain/learning/recommend.js';
import { ModelEnum, PatternEnum } from './enums.js';
import {
  AlignmentGapEnum,
  CapabilityEnum,
  CriterionEnum,
  DataInfrastructureEnum,
  LevelEnum,
  PatternOverheadEnum,
  PatternSpeedEnum,
  ReadinessEnum,
  TeamSizeEnum,
} from './learning-enums.js';

@ObjectType('PatternTraits', { description: 'What a pattern costs and what it is good for.' })
export class PatternTraitsType {
  @Field(() => ID, { description: 'Its name, for example sequential.' }) id!: string;
  @Field(() => PatternEnum, { description: 'The pattern.' }) pattern!: string;
  @Field(() => PatternSpeedEnum, { description: 'How soon campaigns come together.' }) speed!: string;
  @Field(() => PatternOverheadEnum, { description: 'What coordination takes.' }) overhead!: string;
  @Field(() => String, { description: 'Campaigns that it suits.' }) bestFor!: string;
}

@InputType('RecommendPatternInput', { description: 'What a choice of pattern rests on.' })
export class RecommendPatternInput {
  @Field(() => LevelEnum, {
    nullable: true,
    description: 'Complexity of the campaigns; without it, that of `workflow`.',
  })
  complexity?: Level | null;
  @Field(() => String, {
    nullable: true,
    description: 'Key of a workflow whose complexity is derived from its definition.',
  })
  workflow?: string | null;
  @Field(() => LevelEnum, { description: 'How well the team coordinates itself.' }) maturity!: Level;
  @Field(() => DataInfrastructureEnum, { description: 'Whether decisions can rest on data.' })
  dataInfrastructure!: DataInfrastructure;
  @Field(() => LevelEnum, { description: 'How soon campaigns have to be out.' }) speed!: Level;
  @Field(() => LevelEnum, { defaultValue: 'low', description: 'How much has to be signed off by law.' })
  regulation!: Level;
  @Field(() => TeamSizeEnum, { nullable: true, description: 'How many people take part.' })
  teamSize?: 'small' | 'large' | null;
  @Field(() => [AlignmentGapEnum], {
    defaultValue: [],
    description: 'What goes wrong today, the worst first.',
  })
  gaps!: AlignmentGap[];
}

@ObjectType('PatternVote', { description: 'What one criterion speaks for.' })
export class PatternVoteType {
  @Field(() => CriterionEnum, { description: 'The criterion.' }) criterion!: string;
  @Field(() => String, { description: 'What was given for it.' }) value!: string;
  @Field(() => [PatternEnum], { description: 'Patterns that it speaks for.' }) patterns!: readonly string[];
}
@ObjectType('Complexity', { description: 'How hard a workflow is to coordinate, from its definition.' })
export class ComplexityType {
  @Field(() => LevelEnum, { description: 'The lower of the bands of channels and of roles.' }) band!: string;
  @Field(() => Int, { description: 'Channels it launches on.' }) channels!: number;
  @Field(() => Int, { description: 'Roles that are responsible or accountable.' }) roles!: number;
  @Field(() => Int, { description: 'Convergence gates.' }) gates!: number;
  @Field(() => Int, { description: 'Channels from which on it is medium.' }) channelsMedium!: number;
  @Field(() => Int, { description: 'Channels from which on it is high.' }) channelsHigh!: number;
  @Field(() => Int, { description: 'Roles from which on it is medium.' }) rolesMedium!: number;
  @Field(() => Int, { description: 'Roles from which on it is high.' }) rolesHigh!: number;
}
@ObjectType('ModelChoice', { description: 'A workflow model, and why.' })
export class ModelChoiceType {
  @Field(() => ModelEnum, { description: 'The model.' }) model!: string;
  @Field(() => String, { description: 'What speaks for it.' }) because!: string;
}
@ObjectType('FirstStep', { description: 'Where to begin.' })
export class FirstStepType {
  @Field(() => PatternEnum, { description: 'The simplest pattern that addresses all that goes wrong.' })
  pattern!: string;
  @Field(() => String, { description: 'What to introduce first, for the worst of it.' }) element!: string;
}
@ObjectType('PatternRecommendation', { description: 'Which pattern fits, and how that was found.' })
export class PatternRecommendationType {
  @Field(() => Int, { description: 'Version of the rules that it follows.' }) rules!: number;
  @Field(() => PatternEnum, { description: 'The pattern that fits.' }) pattern!: string;
  @Field(() => [PatternVoteType], { description: 'How each criterion voted.' })
  votes!: readonly PatternVoteType[];
  @Field(() => Boolean, { description: 'Whether all criteria agree.' }) isUnanimous!: boolean;
  @Field(() => [String], { description: 'What speaks for another pattern.' }) conflicts!: readonly string[];
  @Field(() => String, { description: 'Why, in one sentence.' }) explanation!: string;
}
@ObjectType('PatternAdvice', { description: 'Pattern, model and first step for what was given.' })
export class PatternAdviceType extends PatternRecommendationType {
  @Field(() => ModelChoiceType, { description: 'The model that fits.' }) model!: ModelChoiceType;
  @Field(() => ComplexityType, {
    nullable: true,
    description: 'Where the complexity was derived, the numbers behind it.',
  })
  complexity!: ComplexityType | null;
  @Field(() => FirstStepType, { nullable: true, description: 'Null without anything that goes wrong.' })
  firstStep!: FirstStepType | null;
}
@ObjectType('CampaignTypePattern', { description: 'The pattern for a type of campaign.' })
export class PatternForTypeType {
  @Field(() => PatternEnum, { nullable: true, description: 'Null where nothing is known of the type.' })
  pattern!: string | null;
  @Field(() => String, { description: 'Where it comes from.' }) because!: string;
}

@ObjectType('DecisionInput', { description: 'One thing that a choice was based on.' })
export class DecisionInputType {
  @Field(() => String, { description: 'As the file has it.' }) name!: string;
  @Field(() => String, { description: 'What it was.' }) value!: string;
}
@ObjectType('PatternDecision', {
  description: 'Why a version has its pattern; who decided and when stands with its commit.',
})
export class PatternDecisionType {
  @Field(() => [DecisionInputType], { description: 'What the choice was based on.' })
  inputs!: readonly DecisionInputType[];
  @Field(() => PatternRecommendationType, {
    nullable: true,
    description: 'What the checklist says to these inputs; null where one is missing.',
  })
  recommendation!: PatternRecommendationType | null;
  @Field(() => PatternEnum, { description: 'The pattern that was chosen.' }) chosen!: string;
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether that is the recommended one; null where nothing is recommended.',
  })
  isRecommended!: boolean | null;
  @Field(() => String, { description: 'Why.' }) rationale!: string;
}

@InputType('AssessmentInput', { description: 'How well an organisation can do one thing.' })
export class AssessmentInput {
  @Field(() => CapabilityEnum, { description: 'What it can do.' }) capability!: Capability;
  @Field(() => Int, { description: 'From 0 to 5; three is enough.' }) score!: number;
  @Field(() => String, { nullable: true, description: 'What the score rests on.' }) evidence?: string | null;
}
@InputType('ReadinessInput', { description: 'What is known of an organisation.' })
export class ReadinessInput {
  @Field(() => [AssessmentInput], { description: 'Each capability once at most.' })
  assessments!: AssessmentInput[];
}
@ObjectType('Assessment', { description: 'How well an organisation can do one thing.' })
export class AssessmentType {
  @Field(() => CapabilityEnum, { description: 'What it can do.' }) capability!: string;
  @Field(() => Int, { description: 'From 0 to 5.' }) score!: number;
  @Field(() => String, { nullable: true, description: 'What the score rests on.' }) evidence!: string | null;
}
@ObjectType('PatternReadiness', { description: 'Whether an organisation has what a pattern takes.' })
export class PatternReadinessType {
  @Field(() => PatternEnum, { description: 'The pattern.' }) pattern!: string;
  @Field(() => ReadinessEnum, { description: 'Whether it can be used.' }) status!: string;
  @Field(() => [CapabilityEnum], { description: 'What is too low.' }) gaps!: readonly string[];
  @Field(() => [CapabilityEnum], { description: 'What was not assessed.' }) unknown!: readonly string[];
  @Field(() => [AssessmentType], { description: 'What was, as far as the pattern takes it.' })
  scores!: readonly AssessmentType[];
}

@ObjectType('SetValue', { description: 'Gives what is at a path another value, or gives it one.' })
export class SetValueType {
  @Field(() => String, { description: 'From the root of the definition.' }) path!: string;
  @Field(() => GraphQLJSON, { nullable: true, description: 'The value as it would stand in the file.' })
  value!: unknown;
}
@ObjectType('InsertEntry', { description: 'Puts an entry into a list.' })
export class InsertEntryType extends SetValueType {
  @Field(() => String, { nullable: true, description: 'Id of the entry that it comes before.' })
  before!: string | null;
  @Field(() => String, { nullable: true, description: 'Id of the entry that it comes behind.' })
  after!: string | null;
}
@ObjectType('WorkflowEdit', {
  description: 'A change of the text of a definition, in the form in which `proposeWorkflowChange` takes it.',
})
export class WorkflowEditType {
  @Field(() => SetValueType, { nullable: true, description: 'A value to set.' }) set!: SetValueType | null;
  @Field(() => InsertEntryType, { nullable: true, description: 'An entry to put in.' })
  insert!: InsertEntryType | null;
}
@ObjectType('AdvisedChange', { description: 'One change of a workflow, ready to be proposed.' })
export class AdvisedChangeType {
  @Field(() => String, { description: 'What it does.' }) summary!: string;
  @Field(() => String, { description: 'Why.' }) rationale!: string;
  @Field(() => WorkflowEditType, {
    nullable: true,
    description:
      'Null where there is none, or somebody has to decide something first; then `summary` says so.',
  })
  edit!: WorkflowEditType | null;
}

@InputType('FirstTriggerInput', { description: 'What a first trigger would look at.' })
export class FirstTriggerInput {
  @Field(() => String, { description: 'A signal of the Taxonomy.' }) signal!: string;
  @Field(() => String, { description: 'CEL condition on `value`.' }) when!: string;
}
@InputType('ChannelRoleInput', { description: 'Who works for a channel.' })
export class ChannelRoleInput {
  @Field(() => String, { description: 'The channel.' }) channel!: string;
  @Field(() => String, { description: 'The role.' }) role!: string;
}
@InputType('MinimalWorkflowInput', { description: 'What a first workflow has to know.' })
export class MinimalWorkflowInput {
  @Field(() => String, { description: 'Its id in the file.' }) key!: string;
  @Field(() => String, { description: 'What people call it.' }) name!: string;
  @Field(() => String, { description: 'Role that looks after the definition.' }) steward!: string;
  @Field(() => String, { description: 'Role that leads campaigns.' }) lead!: string;
  @Field(() => String, { description: 'Role that approves what goes out.' }) approver!: string;
  @Field(() => [ChannelRoleInput], { description: 'From one to 20 channels, each once.' })
  channels!: ChannelRoleInput[];
}
