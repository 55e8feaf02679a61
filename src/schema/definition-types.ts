import { GraphQLDuration } from 'graphql-scalars';
import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { MeaningChangeInterface } from './change-types.js';
import { connectionOf } from './connection.js';
import {
  BoundEnum,
  ChangeKindEnum,
  ClassificationEnum,
  GatePlaceEnum,
  ModelEnum,
  OnFailEnum,
  SeverityEnum,
  StepKindEnum,
} from './enums.js';
import { NodeInterface } from './node.js';
import { QuantityType } from './values.js';

@ObjectType('Person', { description: 'Who wrote a commit.' })
export class PersonType {
  @Field(() => String, { description: 'As git has it.' }) name!: string;
  @Field(() => String, { description: 'As git has it; not checked.' }) email!: string;
}

@ObjectType('Commit', { description: 'A commit of the branch that definitions are read from.' })
export class CommitType {
  @Field(() => String, { description: 'Its hash, whole.' }) sha!: string;
  @Field(() => PersonType, { description: 'Who wrote it; of a merge, who merged.' }) author!: PersonType;
  @Field(() => PersonType, {
    nullable: true,
    description: 'Who wrote the last of the commits that a merge brought; null where it is no merge.',
  })
  mergedAuthor!: PersonType | null;
  @Field(() => GraphQLISODateTime, { description: 'When it was written.' }) authoredAt!: Date;
  @Field(() => GraphQLISODateTime, { description: 'From when its definitions were in force.' })
  committedAt!: Date;
  @Field(() => String, { description: 'Its message, whole.' }) message!: string;
  @Field(() => Int, { nullable: true, description: 'Number of the pull request it merged.' })
  pullRequest!: number | null;
}

@ObjectType('Problem', { description: 'Something wrong in a file of the repository.' })
export class ProblemType {
  @Field(() => String, { description: 'What is wrong, for programs, for example `E_REFERENCE`.' })
  code!: string;
  @Field(() => SeverityEnum, { description: 'How much it weighs.' }) severity!: string;
  @Field(() => String, { description: 'What is wrong, for people.' }) message!: string;
  @Field(() => String, { description: 'Path of the file.' }) file!: string;
  @Field(() => Int, { description: 'Line of its first character, from 1.' }) line!: number;
  @Field(() => Int, { description: 'Column of its first character, from 1.' }) column!: number;
  @Field(() => Int, { description: 'Line after its last character, from 1.' }) endLine!: number;
  @Field(() => Int, { description: 'Column after its last character, from 1.' }) endColumn!: number;
  @Field(() => String, { nullable: true, description: 'How to mend it.' }) hint?: string | null;
  @Field(() => Boolean, {
    nullable: true,
    description:
      'In a plan: true where the base has it already, so that it does not count against the proposal.',
  })
  existing?: boolean | null;
}

@ObjectType('Section', { description: 'A part of a workflow that is run by one model.' })
export class SectionType {
  @Field(() => String, { description: 'The id in the file.' }) key!: string;
  @Field(() => ModelEnum, { description: 'How it is run.' }) model!: string;
  @Field(() => [String], { description: 'Keys of the sections it runs after.' }) after!: readonly string[];
  @Field(() => [String], { description: 'Keys of its lanes or spokes.' }) lanes!: readonly string[];
  @Field(() => [StepType], { description: 'Its steps, in file order.' }) steps!: readonly StepType[];
}
@ObjectType('Effort', {
  description: 'A three-point estimate of working time; a fixed effort has three equal points.',
})
export class EffortType {
  @Field(() => GraphQLDuration, { description: 'When all goes well.' }) optimistic!: string;
  @Field(() => GraphQLDuration, { description: 'Most often.' }) likely!: string;
  @Field(() => GraphQLDuration, { description: 'When much goes wrong.' }) pessimistic!: string;
}
@ObjectType('Step', { description: 'A step as the definition has it.' })
export class StepType {
  @Field(() => String, { description: 'The id in the file.' }) key!: string;
  @Field(() => String, { description: 'What people call it.' }) name!: string;
  @Field(() => StepKindEnum, { description: 'What sort of work it is.' }) kind!: string;
  @Field(() => String, { description: 'Key of its section.' }) section!: string;
  @Field(() => String, { nullable: true, description: 'Key of its lane or spoke, or `hub`.' })
  lane!: string | null;
  @Field(() => [String], { description: 'Roles that do it.' }) responsible!: readonly string[];
  @Field(() => String, { description: 'The role that answers for it.' }) accountable!: string;
  @Field(() => [String], { description: 'Roles that are asked.' }) consulted!: readonly string[];
  @Field(() => [String], { description: 'Roles that are told.' }) informed!: readonly string[];
  @Field(() => EffortType, { nullable: true, description: 'How much working time it takes.' })
  effort!: EffortType | null;
  @Field(() => [String], { description: 'Artefacts that exist once it is done.' })
  produces!: readonly string[];
  @Field(() => [String], { description: 'Artefacts that it approves.' }) approves!: readonly string[];
  @Field(() => [String], { description: 'Keys of steps that come first, beyond the order of the file.' })
  needs!: readonly string[];
  @Field(() => String, { nullable: true, description: 'The channel that a launch step opens.' })
  channel!: string | null;
  @Field(() => String, { nullable: true, description: 'Only where this CEL condition holds.' })
  when!: string | null;
  @Field(() => Boolean, { description: 'Whether it may be skipped.' }) optional!: boolean;
}
@ObjectType('GateCheck', { description: 'A metric and its limit.' })
export class GateCheckType {
  @Field(() => String, { description: 'Name of the metric, for example message-consistency.' })
  metric!: string;
  @Field(() => BoundEnum, { description: 'On which side of the limit it must be.' }) bound!: string;
  @Field(() => QuantityType, { description: 'The limit.' }) limit!: QuantityType;
}
@ObjectType('Gate', { description: 'A convergence gate as the definition has it.' })
export class GateType {
  @Field(() => String, { description: 'The id in the file.' }) key!: string;
  @Field(() => String, { description: 'Key of its section.' }) section!: string;
  @Field(() => GatePlaceEnum, { description: 'When it is reached.' }) at!: string;
  @Field(() => OnFailEnum, { description: 'What a failed check does.' }) onFail!: string;
  @Field(() => [String], { description: 'Roles that evaluate it.' }) approvers!: readonly string[];
  @Field(() => [GateCheckType], { description: 'What has to hold.' }) checks!: readonly GateCheckType[];
}
@ObjectType('RaciRow', { description: 'Who does what in one step.' })
export class RaciRowType {
  @Field(() => String, { description: 'Key of the step.' }) step!: string;
  @Field(() => [String], { description: 'Roles that do it.' }) responsible!: readonly string[];
  @Field(() => String, { description: 'The role that answers for it.' }) accountable!: string;
  @Field(() => [String], { description: 'Roles that are asked.' }) consulted!: readonly string[];
  @Field(() => [String], { description: 'Roles that are told.' }) informed!: readonly string[];
}
@ObjectType('WorkflowVersion', {
  implements: NodeInterface,
  description: 'One meaning that a workflow has had. It never changes.',
})
export class WorkflowVersionType extends NodeInterface {
  @Field(() => Int, { description: 'Counts up from 1 within the workflow.' }) number!: number;
  @Field(() => String, { description: 'SHA-256 of the meaning.' }) hash!: string;
  @Field(() => String, { description: 'Path of the file it was read from.' }) file!: string;
  @Field(() => String, { description: 'The YAML as it was written.' }) source!: string;
}
@ObjectType('Workflow', {
  implements: NodeInterface,
  description: 'How a type of campaign is run; as served now.',
})
export class WorkflowObject extends NodeInterface {
  @Field(() => String, { description: 'The id in the file.' }) key!: string;
  @Field(() => String, { description: 'Path of the file.' }) file!: string;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Since when it takes no new campaigns.' })
  retiredAt!: Date | null;
}
@ObjectType('WorkflowDiff', { description: 'What differs in meaning between two versions.' })
export class WorkflowDiffType {
  @Field(() => WorkflowVersionType, { description: 'The version before.' }) from!: object;
  @Field(() => WorkflowVersionType, { description: 'The version after.' }) to!: object;
  @Field(() => ClassificationEnum, { description: 'The gravest of the changes.' }) classification!: string;
  @Field(() => [MeaningChangeInterface], { description: 'Every difference.' }) changes!: readonly object[];
}
@ObjectType('WorkflowChange', {
  implements: NodeInterface,
  description: 'What one commit did to one workflow.',
})
export class WorkflowChangeType extends NodeInterface {
  @Field(() => ChangeKindEnum, { description: 'What was done.' }) kind!: string;
  @Field(() => String, { description: 'The change as a sentence.' }) summary!: string;
  @Field(() => ClassificationEnum, { description: 'The gravest of the changes.' }) classification!: string;
  @Field(() => String, { description: 'Path of the file after the commit.' }) file!: string;
  @Field(() => Boolean, {
    description:
      'Whether the history of the branch was rewritten, and it went back to the commit. Nobody knows who did so: the author of the commit did not.',
  })
  isRewind!: boolean;
}
@ObjectType('HybridBoundary', { description: 'Where work passes from one section to another.' })
export class BoundaryType {
  @Field(() => String, { description: 'Key of the section before.' }) from!: string;
  @Field(() => String, { description: 'Key of the section after.' }) to!: string;
  @Field(() => String, { nullable: true, description: 'Key of the hand-off.' }) handoff!: string | null;
  @Field(() => String, { nullable: true, description: 'Key of the endpoint gate before it.' })
  gate!: string | null;
}
@ObjectType('HybridModel', {
  implements: NodeInterface,
  description: 'A workflow whose sections are run by different models.',
})
export class HybridModelType extends NodeInterface {
  @Field(() => [SectionType], { description: 'Its sections, each with its model.' })
  sections!: readonly object[];
  @Field(() => [BoundaryType], { description: 'Where work passes between them.' })
  boundaries!: readonly BoundaryType[];
}

export const WorkflowConnection = connectionOf(WorkflowObject, 'Workflow');
export const WorkflowVersionConnection = connectionOf(WorkflowVersionType, 'WorkflowVersion');
export const WorkflowChangeConnection = connectionOf(WorkflowChangeType, 'WorkflowChange');
export const HybridModelConnection = connectionOf(HybridModelType, 'HybridModel');
