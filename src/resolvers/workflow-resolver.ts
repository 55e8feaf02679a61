import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { type DiagramFormat, drawDiagram } from '../application/draw-diagram.js';
import type { StoredVersion } from '../application/ports.js';
import type { WorkflowRecord } from '../application/reads.js';
import { modelOf } from '../domain/workflow/steps.js';
import { PageArguments, toConnection } from '../schema/connection.js';
import { DiagramFormatEnum, ModelEnum, PatternEnum, WorkflowStatusEnum } from '../schema/enums.js';
import { CampaignConnection } from '../schema/campaign-types.js';
import {
  ProblemType,
  WorkflowConnection,
  WorkflowObject,
  WorkflowVersionConnection,
  WorkflowVersionType,
} from '../schema/definition-types.js';
import {
  CampaignFilterInput,
  CampaignOrderInput,
  TimeOrderInput,
  VersionRefInput,
  WorkflowFilterInput,
  WorkflowOrderInput,
  WorkflowVersionFilterInput,
} from '../schema/inputs.js';
import { globalId } from '../schema/node.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { toPageRequest, toVersionRef } from './arguments.js';
import type { Context } from './context.js';
import { Filter, OrderBy } from './list-arguments.js';
import { campaignsOf, versionsOf } from './workflow-lists.js';

@Resolver(() => WorkflowObject)
export class WorkflowResolver {
  @Query(() => WorkflowObject, { nullable: true, description: 'The workflow of this key.' })
  workflow(
    @Arg('key', () => String, { description: 'The id in the file.' }) key: string,
    @Ctx() { reads }: Context,
  ): Promise<WorkflowRecord | null> {
    return reads.workflow(key);
  }

  @semanticNonNull
  @Query(() => WorkflowConnection, { nullable: true, description: 'Workflows, removed ones too; by key.' })
  async workflows(
    @Args(() => PageArguments) page: PageArguments,
    @Filter(() => WorkflowFilterInput) filter: WorkflowFilterInput | null,
    @OrderBy(() => WorkflowOrderInput) order: WorkflowOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    const byKey = { field: 'key', direction: 'asc' } as const;
    return toConnection(await reads.workflows(toPageRequest(page), filter ?? {}, order ?? byKey));
  }

  @FieldResolver(() => ID, { description: 'Opaque; the same for ever.' })
  id(@Root() workflow: WorkflowRecord): string {
    return globalId('Workflow', workflow.id);
  }
  @FieldResolver(() => String, { description: 'What people call it.' })
  name(@Root() workflow: WorkflowRecord): string {
    return workflow.version.meaning.name;
  }
  @FieldResolver(() => ModelEnum, { description: 'The model that all sections share, or HYBRID.' })
  model(@Root() workflow: WorkflowRecord): string {
    return modelOf(workflow.version.meaning);
  }
  @FieldResolver(() => PatternEnum, { description: 'How it reaches convergence.' })
  pattern(@Root() workflow: WorkflowRecord): string {
    return workflow.version.meaning.pattern;
  }
  @FieldResolver(() => String, { description: 'Role that looks after the definition.' })
  steward(@Root() workflow: WorkflowRecord): string {
    return workflow.version.meaning.steward;
  }
  @FieldResolver(() => WorkflowStatusEnum, { description: 'RETIRED also where the file is gone.' })
  status(@Root() workflow: WorkflowRecord): string {
    return workflow.retiredAt === null ? workflow.version.meaning.status : 'retired';
  }
  @FieldResolver(() => WorkflowVersionType, { description: 'The version served now, or last.' })
  currentVersion(@Root() workflow: WorkflowRecord): StoredVersion {
    return workflow.version;
  }
  @semanticNonNull
  @FieldResolver(() => WorkflowVersionConnection, {
    nullable: true,
    description: 'Its versions, newest first.',
  })
  versions(
    @Root() workflow: WorkflowRecord,
    @Args(() => PageArguments) page: PageArguments,
    @Filter(() => WorkflowVersionFilterInput) filter: WorkflowVersionFilterInput | null,
    @OrderBy(() => TimeOrderInput) order: TimeOrderInput | null,
    @Ctx() context: Context,
  ) {
    return versionsOf(workflow, page, filter, order, context);
  }
  @FieldResolver(() => WorkflowVersionType, { nullable: true, description: 'Null where there was none.' })
  versionAt(
    @Root() workflow: WorkflowRecord,
    @Arg('ref', () => VersionRefInput, { description: 'Which one.' }) ref: VersionRefInput,
    @Ctx() { reads, load }: Context,
  ) {
    const asked = toVersionRef(ref);
    return load.together('version', workflow.id, [asked], (ids) => reads.versionsAt(ids, asked));
  }
  @semanticNonNull
  @FieldResolver(() => CampaignConnection, {
    nullable: true,
    description: 'Campaigns on any version of it, newest first.',
  })
  campaigns(
    @Root() workflow: WorkflowRecord,
    @Args(() => PageArguments) page: PageArguments,
    @Filter(() => CampaignFilterInput) filter: CampaignFilterInput | null,
    @OrderBy(() => CampaignOrderInput) order: CampaignOrderInput | null,
    @Ctx() context: Context,
  ) {
    return campaignsOf(workflow, page, filter, order, context);
  }
  @semanticNonNull
  @FieldResolver(() => [ProblemType], {
    nullable: true,
    description: 'Problems of its file in the commit attempted last.',
  })
  problems(@Root() workflow: WorkflowRecord, @Ctx() { reads, load }: Context) {
    return load.together('problems', workflow.file, [], (files) => reads.problemsOf(files));
  }
  @FieldResolver(() => String, { description: 'The swimlanes as text or SVG.' })
  diagram(
    @Root() workflow: WorkflowRecord,
    @Arg('as', () => DiagramFormatEnum, { defaultValue: 'mermaid', description: 'How it is written.' })
    format: DiagramFormat,
  ) {
    return drawDiagram(workflow.version.meaning, format);
  }
}
