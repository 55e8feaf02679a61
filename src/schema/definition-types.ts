import { GraphQLJSON } from 'graphql-scalars';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import {
  ChangeKindEnum,
  ClassificationEnum,
  ModelEnum,
  SeverityEnum,
  StepKindEnum,
  SyncOutcomeEnum,
} from './enums.js';
import { NodeInterface } from './node.js';

@ObjectType('Person', { description: 'Who wrote a commit.' })
export class PersonType {
  @Field() name!: string;
  @Field() email!: string;
}

@ObjectType('Commit', { description: 'A commit of the branch that definitions are read from.' })
export class CommitType {
  @Field() sha!: string;
  @Field(() => PersonType) author!: PersonType;
  @Field(() => GraphQLISODateTime) authoredAt!: Date;
  @Field(() => GraphQLISODateTime, { description: 'From when its definitions were in force.' })
  committedAt!: Date;
  @Field() message!: string;
  @Field(() => Int, { nullable: true, description: 'Number of the pull request it merged.' }) pullRequest!:
    number | null;
  @Field({ description: '`none`, or `present` where the commit is signed; who signed is not verified.' })
  signature!: string;
}

@ObjectType('Problem', { description: 'Something wrong in a file of the repository.' })
export class ProblemType {
  @Field() code!: string;
  @Field(() => SeverityEnum) severity!: string;
  @Field() message!: string;
  @Field() file!: string;
  @Field(() => Int) line!: number;
  @Field(() => Int) column!: number;
  @Field(() => Int) endLine!: number;
  @Field(() => Int) endColumn!: number;
  @Field(() => String, { nullable: true, description: 'How to mend it.' }) hint?: string | null;
}

@ObjectType('Section', { description: 'A part of a workflow that is run by one model.' })
export class SectionType {
  @Field() key!: string;
  @Field(() => ModelEnum) model!: string;
  @Field(() => [String], { description: 'Keys of the sections it runs after.' }) after!: readonly string[];
  @Field(() => [String], { description: 'Keys of its lanes or spokes.' }) lanes!: readonly string[];
  @Field(() => [StepType]) steps!: readonly StepType[];
}
@ObjectType('Effort', {
  description: 'Three-point estimate in ISO 8601 durations; a fixed effort has three equal points.',
})
export class EffortType {
  @Field() optimistic!: string;
  @Field() likely!: string;
  @Field() pessimistic!: string;
}
@ObjectType('Step', { description: 'A step as the definition has it.' })
export class StepType {
  @Field() key!: string;
  @Field() name!: string;
  @Field(() => StepKindEnum) kind!: string;
  @Field() section!: string;
  @Field(() => String, { nullable: true }) lane!: string | null;
  @Field(() => [String]) responsible!: readonly string[];
  @Field() accountable!: string;
  @Field(() => [String]) consulted!: readonly string[];
  @Field(() => [String]) informed!: readonly string[];
  @Field(() => EffortType, { nullable: true }) effort!: EffortType | null;
  @Field(() => [String]) produces!: readonly string[];
  @Field(() => [String]) approves!: readonly string[];
  @Field(() => [String]) needs!: readonly string[];
  @Field(() => String, { nullable: true }) channel!: string | null;
  @Field(() => String, { nullable: true, description: 'CEL condition.' }) when!: string | null;
  @Field() optional!: boolean;
}
@ObjectType('GateCheck', { description: 'A metric and its limit.' })
export class GateCheckType {
  @Field() metric!: string;
  @Field({ description: '`at-least` or `at-most`.' }) bound!: string;
  @Field({ description: 'A number, or an ISO 8601 duration.' }) limit!: string;
}
@ObjectType('Gate', { description: 'A convergence gate as the definition has it.' })
export class GateType {
  @Field() key!: string;
  @Field() section!: string;
  @Field({ description: '`midpoint` or `endpoint`.' }) at!: string;
  @Field({ description: 'What a failed check does: `block`, `alert` or `pause-channel`.' }) onFail!: string;
  @Field(() => [String]) approvers!: readonly string[];
  @Field(() => [GateCheckType]) checks!: readonly GateCheckType[];
}
@ObjectType('RaciRow', { description: 'Who does what in one step.' })
export class RaciRowType {
  @Field() step!: string;
  @Field(() => [String]) responsible!: readonly string[];
  @Field() accountable!: string;
  @Field(() => [String]) consulted!: readonly string[];
  @Field(() => [String]) informed!: readonly string[];
}
@ObjectType('Forecast', {
  description:
    'How long a campaign takes by the definition alone: efforts, choices and rework, without waiting for busy people and without calendars.',
})
export class ForecastType {
  @Field(() => Int) runs!: number;
  @Field() meanHours!: number;
  @Field() p50Hours!: number;
  @Field() p80Hours!: number;
  @Field() p95Hours!: number;
}

@ObjectType('WorkflowVersion', {
  implements: NodeInterface,
  description: 'One meaning that a workflow has had. It never changes.',
})
export class WorkflowVersionType extends NodeInterface {
  @Field(() => Int) number!: number;
  @Field({ description: 'SHA-256 of the meaning.' }) hash!: string;
  @Field({ description: 'Path of the file it was read from.' }) file!: string;
  @Field({ description: 'The YAML as it was written.' }) source!: string;
}
@ObjectType('Workflow', {
  implements: NodeInterface,
  description: 'How a type of campaign is run; as served now.',
})
export class WorkflowObject extends NodeInterface {
  @Field({ description: 'The id in the file.' }) key!: string;
  @Field({ description: 'Path of the file.' }) file!: string;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Since when it takes no new campaigns.' })
  retiredAt!: Date | null;
}
@ObjectType('MeaningChange', { description: 'One difference in meaning.' })
export class MeaningChangeType {
  @Field({ description: 'For example `step-added`.' }) kind!: string;
  @Field({ description: 'Which part of the workflow.' }) path!: string;
  @Field(() => GraphQLJSON, { nullable: true }) before!: unknown;
  @Field(() => GraphQLJSON, { nullable: true }) after!: unknown;
  @Field(() => ClassificationEnum) classification!: string;
  @Field({ description: 'The difference as a sentence.' }) summary!: string;
}
@ObjectType('WorkflowDiff', { description: 'What differs in meaning between two versions.' })
export class WorkflowDiffType {
  @Field(() => WorkflowVersionType) from!: object;
  @Field(() => WorkflowVersionType) to!: object;
  @Field(() => ClassificationEnum) classification!: string;
  @Field(() => [MeaningChangeType]) changes!: readonly MeaningChangeType[];
}
@ObjectType('WorkflowChange', {
  implements: NodeInterface,
  description: 'What one commit did to one workflow.',
})
export class WorkflowChangeType extends NodeInterface {
  @Field(() => ChangeKindEnum) kind!: string;
  @Field() summary!: string;
  @Field(() => ClassificationEnum) classification!: string;
  @Field({ description: 'Path of the file after the commit.' }) file!: string;
  @Field(() => [MeaningChangeType]) changes!: readonly MeaningChangeType[];
}
@ObjectType('HybridBoundary', { description: 'Where work passes from one section to another.' })
export class BoundaryType {
  @Field() from!: string;
  @Field() to!: string;
  @Field(() => String, { nullable: true, description: 'Key of the hand-off.' }) handoff!: string | null;
  @Field(() => String, { nullable: true, description: 'Key of the endpoint gate before it.' }) gate!:
    string | null;
}
@ObjectType('HybridModel', { description: 'A workflow whose sections are run by different models.' })
export class HybridModelType {
  @Field(() => [SectionType]) sections!: readonly object[];
  @Field(() => [BoundaryType]) boundaries!: readonly BoundaryType[];
}
@ObjectType('Repository', { description: 'What is served, what was attempted last, and why they differ.' })
export class RepositoryType {
  @Field() location!: string;
  @Field() branch!: string;
  @Field() folder!: string;
  @Field(() => GraphQLISODateTime, { nullable: true }) attemptedAt!: Date | null;
  @Field(() => [ProblemType], { description: 'Problems of the commit attempted last.' })
  problems!: readonly object[];
}
@ObjectType('SyncRun', {
  implements: NodeInterface,
  description: 'One attempt to bring the database up to the head of the branch.',
})
export class SyncRunType extends NodeInterface {
  @Field({ description: 'What started it.' }) trigger!: string;
  @Field(() => GraphQLISODateTime) startedAt!: Date;
  @Field(() => GraphQLISODateTime) finishedAt!: Date;
  @Field(() => SyncOutcomeEnum) outcome!: string;
  @Field(() => String, { nullable: true }) fromSha!: string | null;
  @Field(() => String, { nullable: true }) toSha!: string | null;
  @Field(() => Int) commits!: number;
  @Field(() => Int, { description: 'New versions it made.' }) versions!: number;
  @Field(() => [ProblemType]) problems!: readonly object[];
  @Field(() => String, { nullable: true }) error!: string | null;
}

export const WorkflowConnection = connectionOf(WorkflowObject, 'Workflow');
export const WorkflowVersionConnection = connectionOf(WorkflowVersionType, 'WorkflowVersion');
export const WorkflowChangeConnection = connectionOf(WorkflowChangeType, 'WorkflowChange');
export const HybridModelConnection = connectionOf(HybridModelType, 'HybridModel');
export const SyncRunConnection = connectionOf(SyncRunType, 'SyncRun');
