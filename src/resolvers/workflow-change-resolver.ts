import { GraphQLJSONObject } from 'graphql-scalars';
import {
  Arg,
  Args,
  Ctx,
  FieldResolver,
  GraphQLISODateTime,
  ID,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import type { ChangeRecord } from '../application/reads.js';
import { differenceOf } from '../application/compiled-versions.js';
import { MeaningChangeInterface, toChange } from '../schema/change-types.js';
import { PageArguments, toConnection } from '../schema/connection.js';
import {
  CommitType,
  PersonType,
  WorkflowChangeConnection,
  WorkflowChangeType,
  WorkflowDiffType,
  WorkflowObject,
  WorkflowVersionType,
} from '../schema/definition-types.js';
import { TimeOrderInput, VersionRefInput, WorkflowChangeFilterInput } from '../schema/inputs.js';
import { globalId } from '../schema/node.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { badInput, toPageRequest, toVersionRef } from './arguments.js';
import type { Context } from './context.js';
import { Filter, NEWEST_FIRST, OrderBy } from './list-arguments.js';

@Resolver(() => WorkflowChangeType)
export class WorkflowChangeResolver {
  @semanticNonNull
  @Query(() => WorkflowChangeConnection, {
    nullable: true,
    description: 'The audit history of workflow changes, newest first.',
  })
  async workflowHistory(
    @Args(() => PageArguments) page: PageArguments,
    @Arg('workflow', () => String, { nullable: true, description: 'Key of one workflow.' })
    workflow: string | null,
    @Filter(() => WorkflowChangeFilterInput) filter: WorkflowChangeFilterInput | null,
    @OrderBy(() => TimeOrderInput) order: TimeOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    const conditions = { ...filter };
    if (workflow != null)
      conditions.workflow = (filter?.workflow ?? [workflow]).filter((each) => each === workflow);
    return toConnection(await reads.changes(toPageRequest(page), conditions, order ?? NEWEST_FIRST));
  }

  @Query(() => WorkflowDiffType, {
    nullable: true,
    description: 'What differs in meaning between two versions.',
  })
  async workflowDiff(
    @Arg('workflow', () => String, { description: 'Key of the workflow.' }) key: string,
    @Arg('from', () => VersionRefInput, { description: 'The version before.' }) from: VersionRefInput,
    @Arg('to', () => VersionRefInput, { description: 'The version after.' }) to: VersionRefInput,
    @Ctx() { reads }: Context,
  ) {
    const refs = [toVersionRef(from), toVersionRef(to)] as const;
    const workflow = await reads.workflow(key);
    if (!workflow) throw badInput(`there is no workflow '${key}'`);
    const [before, after] = await Promise.all([
      reads.version(workflow.id, refs[0]),
      reads.version(workflow.id, refs[1]),
    ]);
    if (!before) throw badInput(`workflow '${key}' had no version at 'from'`);
    if (!after) throw badInput(`workflow '${key}' had no version at 'to'`);
    const { classification, changes } = differenceOf(before, after);
    return { from: before, to: after, classification, changes: changes.map(toChange) };
  }

  @FieldResolver(() => ID, { description: 'Opaque; the same for ever.' })
  id(@Root() change: ChangeRecord): string {
    return globalId('WorkflowChange', change.id);
  }
  @semanticNonNull
  @FieldResolver(() => WorkflowObject, { nullable: true, description: 'The workflow that changed.' })
  workflow(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return load.workflow.load(change.definitionId);
  }
  @semanticNonNull
  @FieldResolver(() => [MeaningChangeInterface], {
    nullable: true,
    description: 'Every difference in meaning.',
  })
  async changes(@Root() change: ChangeRecord, @Ctx() { load }: Context): Promise<object[]> {
    return (await load.meaningOfChange.load(change.id)).map(toChange);
  }
  @semanticNonNull
  @FieldResolver(() => CommitType, { nullable: true, description: 'The commit that made it.' })
  commit(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return load.commit.load(change.commitSha);
  }
  @semanticNonNull
  @FieldResolver(() => PersonType, {
    nullable: true,
    description: 'Who wrote it: of a merge, the last of the commits that it brought.',
  })
  async author(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    const commit = await load.commit.load(change.commitSha);
    return commit?.mergedAuthor ?? commit?.author;
  }
  @semanticNonNull
  @FieldResolver(() => GraphQLISODateTime, { nullable: true, description: 'When the commit was written.' })
  async authoredAt(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return (await load.commit.load(change.commitSha))?.authoredAt;
  }
  @FieldResolver(() => Int, { nullable: true, description: 'Number of the pull request.' })
  async pullRequest(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return (await load.commit.load(change.commitSha))?.pullRequest;
  }
  @FieldResolver(() => WorkflowVersionType, {
    nullable: true,
    description: 'The version before; null where the workflow is new.',
  })
  fromVersion(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return change.fromVersionId === null ? null : load.version.load(change.fromVersionId);
  }
  @FieldResolver(() => WorkflowVersionType, {
    nullable: true,
    description: 'The version after; null where the workflow was retired.',
  })
  toVersion(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return change.toVersionId === null ? null : load.version.load(change.toVersionId);
  }
  @FieldResolver(() => GraphQLJSONObject, { nullable: true, description: 'The whole raw definition before.' })
  async before(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return change.fromVersionId === null ? null : (await load.version.load(change.fromVersionId))?.meaning;
  }
  @FieldResolver(() => GraphQLJSONObject, { nullable: true, description: 'The whole raw definition after.' })
  async after(@Root() change: ChangeRecord, @Ctx() { load }: Context) {
    return change.toVersionId === null ? null : (await load.version.load(change.toVersionId))?.meaning;
  }
}
