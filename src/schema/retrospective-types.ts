import { GraphQLLocalDate } from 'graphql-scalars';
import { Field, Float, GraphQLISODateTime, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { NodeInterface } from './node.js';

@ObjectType('LaunchDelay', { description: 'How late a channel went live.' })
export class LaunchDelayType {
  @Field(() => String, { description: 'The channel.' }) channel!: string;
  @Field(() => Float, { description: 'Actual minus planned time; negative where it was early.' })
  delayHours!: number;
}
@ObjectType('RetrospectiveEvidence', { description: 'What was measured when the campaign ended.' })
export class EvidenceType {
  @Field(() => Float, {
    nullable: true,
    description: 'From creation to the first channel that went live; null when none did.',
  })
  leadTimeHours!: number | null;
  @Field(() => Float, { description: 'From creation to the end.' }) durationHours!: number;
  @Field(() => Int, { description: 'The most returns that one step took.' }) reworkRounds!: number;
  @Field(() => Int, { description: 'Gates whose last evaluation passed.' }) gatesPassed!: number;
  @Field(() => Int, { description: 'Gates whose last evaluation failed.' }) gatesFailed!: number;
  @Field(() => Int, { description: 'Gates, rules and mandatory steps that were gone past.' })
  deviations!: number;
  @Field(() => [LaunchDelayType], { description: 'Of every channel that was planned and went live.' })
  launchDelays!: readonly LaunchDelayType[];
}
@ObjectType('GivenAnswer', { description: 'What one person says to a question.' })
export class GivenAnswerType {
  @Field(() => String, { description: 'The answer.' }) text!: string;
  @Field(() => String, { description: 'Who gave it.' }) by!: string;
  @Field(() => GraphQLISODateTime, { description: 'When.' }) at!: Date;
}
@ObjectType('RetrospectiveAnswer', { description: 'One of the three questions, and its answers.' })
export class AnswerType {
  @Field(() => String, { description: 'What is asked.' }) question!: string;
  @Field(() => [String], { description: 'What the record says to it, in words.' })
  evidence!: readonly string[];
  @Field(() => String, {
    nullable: true,
    description: 'What everybody says, one after the other; null until someone answers.',
  })
  answer!: string | null;
  @Field(() => [GivenAnswerType], { description: 'The same, with who said it and when; oldest first.' })
  given!: readonly GivenAnswerType[];
}
@ObjectType('RetrospectiveAction', { description: 'What is to change after a campaign.' })
export class ActionType {
  @Field(() => Int, { description: 'Its number in the retrospective, which stays the same.' })
  number!: number;
  @Field(() => String, { description: 'What is to be done.' }) text!: string;
  @Field(() => String, { description: 'The role that sees to it.' }) owner!: string;
  @Field(() => GraphQLLocalDate, { description: 'By when.' }) dueOn!: string;
  @Field(() => String, { description: 'Key of the workflow to change.' }) workflow!: string;
  @Field(() => String, { nullable: true, description: 'Branch of the proposal that carries it out.' })
  proposal!: string | null;
}
@ObjectType('SurveyResult', {
  description: 'What a team says of a campaign. Who has answered is not known to anybody.',
})
export class SurveyResultType {
  @Field(() => Int, { description: 'How many have answered.' }) answers!: number;
  @Field(() => Float, {
    nullable: true,
    description: 'Mean of their scores, from 1 to 5; null below five answers.',
  })
  meanScore!: number | null;
  @Field(() => [String], { description: 'What they name, in alphabetical order; none below five answers.' })
  painPoints!: readonly string[];
}
@ObjectType('Retrospective', {
  implements: NodeInterface,
  description: 'What a campaign teaches about its workflow.',
})
export class RetrospectiveType extends NodeInterface {
  @Field(() => GraphQLISODateTime, { description: 'When it was opened.' }) createdAt!: Date;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it was completed; null while it is open.',
  })
  completedAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Who has completed it.' }) completedBy!: string | null;
}
export const RetrospectiveConnection = connectionOf(RetrospectiveType, 'Retrospective');

@InputType('RetrospectiveAnswersInput', {
  description: "Answers to the questions; each takes the place of one's own.",
})
export class RetrospectiveAnswersInput {
  @Field(() => String, { nullable: true, description: 'Did the workflow support convergence as intended?' })
  convergence?: string | null;
  @Field(() => String, { nullable: true, description: 'Were there bottlenecks?' }) bottlenecks?:
    string | null;
  @Field(() => String, { nullable: true, description: 'Did channels drift out of alignment?' })
  drift?: string | null;
}
@InputType('RetrospectiveActionInput', {
  description: 'A new action; or with `number` what is new of one, and what is left out stays as it is.',
})
export class RetrospectiveActionInput {
  @Field(() => Int, { nullable: true, description: 'Number of an action that there is.' }) number?:
    number | null;
  @Field(() => String, { nullable: true, description: 'What is to be done. A new action takes it.' })
  text?: string | null;
  @Field(() => String, { nullable: true, description: 'The role that sees to it. A new action takes it.' })
  owner?: string | null;
  @Field(() => GraphQLLocalDate, { nullable: true, description: 'By when. A new action takes it.' })
  dueOn?: string | null;
  @Field(() => String, {
    nullable: true,
    description: "Key of the workflow to change; without it, the campaign's.",
  })
  workflow?: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Branch of a proposal, as `proposeWorkflowChange` has returned it.',
  })
  proposal?: string | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether it is done, where no proposal shows it.' })
  done?: boolean | null;
}
@InputType('AnswerRetrospectiveInput', { description: 'What is to be noted in a retrospective.' })
export class AnswerRetrospectiveInput {
  @Field(() => String, { description: 'Key of the campaign, which has ended.' }) campaign!: string;
  @Field(() => RetrospectiveAnswersInput, { nullable: true, description: 'Answers to the questions.' })
  answers?: RetrospectiveAnswersInput | null;
  @Field(() => [RetrospectiveActionInput], { defaultValue: [], description: 'Actions, new or known.' })
  actions!: RetrospectiveActionInput[];
  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether it is completed with this; takes a steward and an answer to each question.',
  })
  complete!: boolean;
}
@InputType('AnswerSurveyInput', { description: 'How somebody found the work on a campaign.' })
export class AnswerSurveyInput {
  @Field(() => String, { description: 'Key of the campaign, which has ended.' }) campaign!: string;
  @Field(() => Int, { description: 'From 1, bad, to 5, good.' }) score!: number;
  @Field(() => String, { nullable: true, description: 'What was hard; shown as it is written.' })
  painPoints?: string | null;
}
