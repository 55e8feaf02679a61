import { Field, GraphQLISODateTime, Int, ObjectType } from 'type-graphql';
import { connectionOf } from './connection.js';
import { ProblemType } from './definition-types.js';
import { DefinitionKindEnum, HoldReasonEnum, SyncOutcomeEnum, SyncTriggerEnum } from './enums.js';
import { NodeInterface } from './node.js';
import { RefusalInterface } from './refusal-types.js';

@ObjectType('Repository', { description: 'What is served, what was attempted last, and why they differ.' })
export class RepositoryType {
  @Field(() => String, { description: 'Folder or URL of the repository.' }) location!: string;
  @Field(() => String, { description: 'The branch that is followed.' }) branch!: string;
  @Field(() => String, { description: 'The folder that definitions are read from.' }) folder!: string;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When the newest commit that touches the folder was read.',
  })
  attemptedAt!: Date | null;
  @Field(() => String, { nullable: true, description: 'Head of the branch when it was looked at last.' })
  headSha!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'Why the repository cannot be read; null where it can.',
  })
  failure!: string | null;
  @Field(() => GraphQLISODateTime, { nullable: true, description: 'Since when it cannot be read.' })
  failingSince!: Date | null;
  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'Since when what is served is other than what the branch says; null where it is not.',
  })
  behindSince!: Date | null;
}

@ObjectType('HeldDefinition', {
  description: 'A definition that is served otherwise than its file says, because something holds that back.',
})
export class HeldDefinitionType {
  @Field(() => DefinitionKindEnum, { description: 'What it is.' }) kind!: string;
  @Field(() => String, { description: 'The `id` of the file.' }) key!: string;
  @Field(() => String, { description: 'Where it stands, or stood.' }) file!: string;
  @Field(() => HoldReasonEnum, { description: 'What holds it back.' }) reason!: string;
  @Field(() => String, {
    nullable: true,
    description: 'The same for people, such as which file is at fault.',
  })
  because!: string | null;
}

@ObjectType('SyncRun', {
  implements: NodeInterface,
  description: 'One attempt to bring the database up to the head of the branch.',
})
export class SyncRunType extends NodeInterface {
  @Field(() => SyncTriggerEnum, { description: 'What started it.' }) trigger!: string;
  @Field(() => GraphQLISODateTime, { description: 'When it began.' }) startedAt!: Date;
  @Field(() => GraphQLISODateTime, { description: 'When it was over.' }) finishedAt!: Date;
  @Field(() => SyncOutcomeEnum, { description: 'How it ended.' }) outcome!: string;
  @Field(() => String, { nullable: true, description: 'Hash of the commit served before.' })
  fromSha!: string | null;
  @Field(() => String, { nullable: true, description: 'Hash of the head it found.' }) toSha!: string | null;
  @Field(() => Int, { description: 'Commits it read.' }) commits!: number;
  @Field(() => Int, { description: 'New versions it made.' }) versions!: number;
  @Field(() => [ProblemType], { description: 'What was wrong in the files.' }) problems!: readonly object[];
  @Field(() => String, { nullable: true, description: 'Why the repository could not be read.' })
  error!: string | null;
  @Field(() => String, {
    nullable: true,
    description: 'What else there is to say of it, such as that the history of the branch was rewritten.',
  })
  note!: string | null;
}
export const SyncRunConnection = connectionOf(SyncRunType, 'SyncRun');

@ObjectType('SyncRepositoryPayload', { description: 'The sync that was run, or why none was.' })
export class SyncPayload {
  @Field(() => [RefusalInterface], {
    description: 'Why it was not run, or what of it was not done; empty when all of it was.',
  })
  refusals!: readonly object[];
}
