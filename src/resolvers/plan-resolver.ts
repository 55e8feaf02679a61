import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { type DiagramFormat, TooLargeToDraw } from '../application/draw-diagram.js';
import { impactOf } from '../application/impact.js';
import { type Impacts, type Plan, type ProposedWorkflow, type WorkflowPlan } from '../application/plan.js';
import { summarisePlan } from '../application/summarise-plan.js';
import { DEFAULT_POLICY } from '../domain/workflow/document.js';
import type { TouchingChange } from '../domain/workflow/touching.js';
import { MeaningChangeInterface, toChange } from '../schema/change-types.js';
import { DiagramFormatEnum } from '../schema/enums.js';
import {
  CampaignImpactType,
  PastImpactType,
  PlannedDocumentType,
  PlannedWorkflowType,
  PlanType,
  TouchingChangeType,
  WorkflowImpactType,
} from '../schema/plan-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { refuseBadProposal } from './arguments.js';
import type { Context } from './context.js';

@Resolver(() => PlannedWorkflowType)
export class PlanResolver {
  @semanticNonNull
  @Query(() => PlanType, {
    nullable: true,
    description:
      'What merging `head` into `base` would do: branches, tags or commits of the repository that is synced.',
  })
  plan(
    @Arg('base', () => String, { description: 'What is merged into.' }) base: string,
    @Arg('head', () => String, { description: 'What is merged.' }) head: string,
    @Ctx() { proposals, reads, ports }: Context,
  ): Promise<Plan> {
    return proposals
      .merge(base, head, (proposed) => impactOf(reads, proposed, ports.clock.now()))
      .catch(refuseBadProposal);
  }

  @semanticNonNull
  @Query(() => [WorkflowImpactType], {
    nullable: true,
    description:
      'What workflows that nobody has pushed yet would mean for campaigns. What the documents define wrongly is left out.',
  })
  async impactOfProposal(
    @Arg('documents', () => [String], {
      description:
        'YAML of the workflows, of what they extend, and of the Policy; at most 200, and 512 KiB of text.',
    })
    documents: readonly string[],
    @Arg('workflows', () => [String], { description: 'Keys of the workflows that are asked about.' })
    workflows: readonly string[],
    @Arg('retired', () => [String], {
      defaultValue: [],
      description: 'Keys of workflows that would be retired.',
    })
    retired: readonly string[],
    @Ctx() { proposals, reads, ports }: Context,
  ): Promise<WorkflowImpactType[]> {
    const asked = new Set(workflows);
    const proposed = readProposed(proposals, documents).filter(({ key }) => asked.has(key));
    const gone = retired.map((key) => ({ key, workflow: null, policy: DEFAULT_POLICY }));
    const found: Impacts = await impactOf(reads, [...proposed, ...gone], ports.clock.now());
    return [...found].map(([workflow, { impact, past, pilots }]) => ({
      ...{ workflow, impact, past },
      pilots: pilots.map(({ key: campaign, measured }) => ({ campaign, measured })),
    }));
  }

  @FieldResolver(() => String, { description: 'Its `id` in the file.' })
  key(@Root() { id }: WorkflowPlan): string {
    return id;
  }
  @FieldResolver(() => [MeaningChangeInterface], { description: 'Every difference in meaning.' })
  changes(@Root() { changes }: WorkflowPlan): object[] {
    return changes.map(toChange);
  }
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The swimlanes as they would be, with what comes, goes and changes; null where nothing does, or there is too much for a picture.',
  })
  diagram(
    @Root() { draw }: WorkflowPlan,
    @Arg('as', () => DiagramFormatEnum, { defaultValue: 'mermaid', description: 'How it is written.' })
    format: DiagramFormat,
  ): Promise<string | null> | null {
    return draw?.(format).catch(unlessTooLarge) ?? null;
  }
  @FieldResolver(() => [CampaignImpactType], {
    nullable: true,
    description: 'Every campaign that runs on it; null where nothing changes for any.',
  })
  impact(@Root() { impact }: WorkflowPlan): WorkflowPlan['impact'] | null {
    return impact ?? null;
  }
  @FieldResolver(() => [PastImpactType], {
    nullable: true,
    description:
      'Campaigns that ended in the last two quarters and would have gone otherwise; null where nothing changes.',
  })
  past(@Root() { past }: WorkflowPlan): WorkflowPlan['past'] | null {
    return past ?? null;
  }
}

@Resolver(() => PlanType)
export class PlanSummaryResolver {
  @FieldResolver(() => String, {
    description: 'What it comes to, in a few words, as the comment on a pull request begins.',
  })
  verdict(@Root() plan: Plan): string {
    return summarisePlan(plan).verdict;
  }
  @FieldResolver(() => String, {
    description: 'How many workflows come, change and go, and what becomes of running campaigns.',
  })
  counts(@Root() plan: Plan): string {
    return summarisePlan(plan).counts;
  }
}

@Resolver(() => TouchingChangeType)
export class TouchingChangeResolver {
  @FieldResolver(() => String, { description: 'Its `id` in the file.' })
  key(@Root() { id }: TouchingChange): string {
    return id;
  }
}

@Resolver(() => PlannedDocumentType)
export class PlannedDocumentResolver {
  @FieldResolver(() => String, { description: 'Its `id` in the file.' })
  key(@Root() { id }: Plan['documents'][number]): string {
    return id;
  }
}

/** One large workflow does not keep the rest of the plan back. */
function unlessTooLarge(error: unknown): null {
  if (error instanceof TooLargeToDraw) return null;
  throw error;
}

function readProposed(proposals: Context['proposals'], documents: readonly string[]): ProposedWorkflow[] {
  try {
    return proposals.read(documents);
  } catch (error) {
    return refuseBadProposal(error);
  }
}
