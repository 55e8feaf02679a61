import { GraphQLJSON } from 'graphql-scalars';
import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { MeaningChangeInterface } from './change-types.js';
import { ProblemType } from './definition-types.js';
import { ClassificationEnum } from './enums.js';
import { RefusalInterface } from './refusal-types.js';

const PATH =
  'From the root of the definition by keys and, in lists, by ids or positions, for example `sections.creative.spokes.email.steps.email-copy.effort`; or as a difference names it, for example `step email-copy / effort`.';

@InputType('SetValueInput', { description: 'Gives what is at a path another value, or gives it one.' })
export class SetValueInput {
  @Field(() => String, { description: PATH }) path!: string;
  @Field(() => GraphQLJSON, { nullable: true, description: 'The value as it would stand in the file.' })
  value?: unknown;
}
@InputType('RemoveEntryInput', { description: 'Takes out a key or an entry of a list.' })
export class RemoveEntryInput {
  @Field(() => String, { description: PATH }) path!: string;
}
@InputType('InsertEntryInput', { description: 'Puts an entry into a list.' })
export class InsertEntryInput {
  @Field(() => String, { description: `The list. ${PATH}` }) path!: string;
  @Field(() => GraphQLJSON, { description: 'The entry as it would stand in the file.' }) value!: unknown;
  @Field(() => String, { nullable: true, description: 'Id of the entry that it comes before.' })
  before?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Id of the entry that it comes behind; without either it comes last.',
  })
  after?: string | null;
}
@InputType('WorkflowEditInput', {
  description: 'A change of the text of a definition; give exactly one of its fields.',
})
export class WorkflowEditInput {
  @Field(() => SetValueInput, { nullable: true, description: 'A value to set.' }) set?: SetValueInput | null;
  @Field(() => RemoveEntryInput, { nullable: true, description: 'Something to take out.' })
  remove?: RemoveEntryInput | null;
  @Field(() => InsertEntryInput, { nullable: true, description: 'An entry to put in.' })
  insert?: InsertEntryInput | null;
}
@InputType('ActionRefInput', { description: 'An action of a retrospective.' })
export class ActionRefInput {
  @Field(() => String, { description: 'Key of the campaign.' }) campaign!: string;
  @Field(() => Int, { description: 'Number of the action there.' }) number!: number;
}
@InputType('ProposeWorkflowChangeInput', { description: 'What a workflow should be, and why.' })
export class ProposeWorkflowChangeInput {
  @Field(() => String, { description: 'Key of the workflow.' }) workflow!: string;
  @Field(() => [WorkflowEditInput], {
    nullable: true,
    description: 'Edits of its text, one after the other; everything else of the file stays as it is.',
  })
  edits?: WorkflowEditInput[] | null;
  @Field(() => String, {
    nullable: true,
    description:
      'The whole new text of its file, instead of edits; what else is in that file has to stay as it is.',
  })
  text?: string | null;
  @Field(() => String, { description: 'What it does, in one line.' }) title!: string;
  @Field(() => String, { description: 'Why, for whoever reviews it.' }) rationale!: string;
  @Field(() => String, {
    nullable: true,
    description: 'Name of the branch; without it, one made from the workflow, the title and the content.',
  })
  branch?: string | null;
  @Field(() => ActionRefInput, {
    nullable: true,
    description:
      'The action of a retrospective that it carries out: its evidence goes into the commit and the pull request, and the action names the branch.',
  })
  action?: ActionRefInput | null;
}

@ObjectType('PullRequestLink', { description: 'A pull request at its host (GitLab: merge request).' })
export class PullRequestLinkType {
  @Field(() => Int, { description: 'Its number.' }) number!: number;
  @Field(() => String, { description: 'Where people look at it.' }) url!: string;
}
@ObjectType('WorkflowProposal', { description: 'A change of a definition on a branch of its own.' })
export class WorkflowProposalType {
  @Field(() => String, { description: 'Name of the branch.' }) branch!: string;
  @Field(() => String, { description: 'Hash of the commit.' }) commit!: string;
  @Field(() => String, { description: 'Hash of the commit that it starts from.' }) base!: string;
  @Field(() => String, { description: 'The one file that it changes.' }) file!: string;
  @Field(() => ClassificationEnum, { description: 'What it means for a campaign that already runs.' })
  classification!: string;
  @Field(() => [MeaningChangeInterface], { description: 'Every change of meaning.' })
  diff!: readonly object[];
  @Field(() => PullRequestLinkType, {
    nullable: true,
    description: 'Null where no host is configured, or the host did not open one.',
  })
  pullRequest!: PullRequestLinkType | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why the host did not open a pull request; the same proposal again tries once more.',
  })
  pullRequestProblem!: string | null;
}
@ObjectType('ProposeWorkflowChangePayload', { description: 'The proposal, or why there is none.' })
export class ProposeWorkflowChangePayload {
  @Field(() => WorkflowProposalType, { nullable: true, description: 'Null where it was refused.' })
  proposal!: object | null;
  @Field(() => [ProblemType], { description: 'What is wrong with the definition as proposed, errors first.' })
  problems!: readonly object[];
  @Field(() => [RefusalInterface], { description: 'Why nothing was done; empty when it was.' })
  refusals!: readonly object[];
}
