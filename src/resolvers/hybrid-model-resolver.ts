import { Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { WorkflowRecord } from '../application/reads.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import { CampaignConnection } from '../schema/campaign-types.js';
import { PageArguments, toConnection } from '../schema/connection.js';
import {
  BoundaryType,
  HybridModelConnection,
  HybridModelType,
  SectionType,
  WorkflowObject,
  WorkflowVersionConnection,
} from '../schema/definition-types.js';
import {
  CampaignFilterInput,
  CampaignOrderInput,
  TimeOrderInput,
  WorkflowFilterInput,
  WorkflowOrderInput,
  WorkflowVersionFilterInput,
} from '../schema/inputs.js';
import { globalId } from '../schema/node.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { toPageRequest } from './arguments.js';
import type { Context } from './context.js';
import { Filter, OrderBy } from './list-arguments.js';
import { campaignsOf, versionsOf } from './workflow-lists.js';
import { showSections } from './workflow-version-resolver.js';

@Resolver(() => HybridModelType)
export class HybridModelResolver {
  @semanticNonNull
  @Query(() => HybridModelConnection, {
    nullable: true,
    description: 'Workflows in use whose sections are run by different models; by key.',
  })
  async hybridModels(
    @Args(() => PageArguments) page: PageArguments,
    @Filter(() => WorkflowFilterInput) filter: WorkflowFilterInput | null,
    @OrderBy(() => WorkflowOrderInput) order: WorkflowOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    const conditions = { retired: false, ...filter, model: ['hybrid'] };
    const byKey = { field: 'key', direction: 'asc' } as const;
    return toConnection(await reads.workflows(toPageRequest(page), conditions, order ?? byKey));
  }

  @FieldResolver(() => ID, { description: 'Opaque; the same for ever.' })
  id(@Root() workflow: WorkflowRecord): string {
    return globalId('HybridModel', workflow.id);
  }
  @FieldResolver(() => WorkflowObject, { description: 'The workflow itself.' })
  workflow(@Root() workflow: WorkflowRecord): WorkflowRecord {
    return workflow;
  }
  @FieldResolver(() => [SectionType], { description: 'Its sections, each with its model.' })
  sections(@Root() { version }: WorkflowRecord) {
    return showSections(version.meaning);
  }
  @FieldResolver(() => [BoundaryType], { description: 'Where work passes between them.' })
  boundaries(@Root() { version: { meaning } }: WorkflowRecord): BoundaryType[] {
    return meaning.sections.flatMap(({ key: to, after }) =>
      after.map((from) => ({
        from,
        to,
        handoff: meaning.handoffs.find((each) => each.from === from && each.to === to)?.key ?? null,
        gate: endpointGateOf(meaning, from),
      })),
    );
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
  @semanticNonNull
  @FieldResolver(() => CampaignConnection, { nullable: true, description: 'Its campaigns, newest first.' })
  campaigns(
    @Root() workflow: WorkflowRecord,
    @Args(() => PageArguments) page: PageArguments,
    @Filter(() => CampaignFilterInput) filter: CampaignFilterInput | null,
    @OrderBy(() => CampaignOrderInput) order: CampaignOrderInput | null,
    @Ctx() context: Context,
  ) {
    return campaignsOf(workflow, page, filter, order, context);
  }
}

const endpointGateOf = ({ sections }: Workflow, key: string): string | null =>
  sections.find((section) => section.key === key)?.gates.find((gate) => gate.at === 'endpoint')?.key ?? null;
