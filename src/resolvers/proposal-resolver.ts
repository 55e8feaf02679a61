import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { Edit, PlainValue } from '../application/edit.js';
import { impactOf } from '../application/impact.js';
import type { Plan } from '../application/plan.js';
import { forUnknownCampaign, proposeForAction } from '../application/propose-for-action.js';
import { type ProposalOutcome, proposeWorkflowChange } from '../application/propose-workflow-change.js';
import { MeaningChangeInterface, toChange } from '../schema/change-types.js';
import { PlanType } from '../schema/plan-types.js';
import {
  ProposeWorkflowChangeInput,
  ProposeWorkflowChangePayload,
  type WorkflowEditInput,
  WorkflowProposalType,
} from '../schema/proposal-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { badInput, refuseBadProposal } from './arguments.js';
import type { Context } from './context.js';
import { evidenceOf } from './retrospective-resolver.js';

type Proposed = NonNullable<ProposalOutcome['proposal']>;

@Resolver(() => WorkflowProposalType)
export class ProposalResolver {
  @semanticNonNull
  @Mutation(() => ProposeWorkflowChangePayload, {
    nullable: true,
    description:
      'Writes a change of a workflow as a branch, and opens a pull request where a host is configured. Nothing is served otherwise before that is merged. Takes a contributor.',
  })
  async proposeWorkflowChange(
    @Arg('input', () => ProposeWorkflowChangeInput, { description: 'What should change, and why.' })
    input: ProposeWorkflowChangeInput,
    @Ctx() context: Context,
  ): Promise<ProposalOutcome> {
    const { ports, proposing, actor, reads, load } = context;
    const { workflow, title, rationale, edits, text, branch, action } = input;
    const wanted = {
      ...{ workflow, title, rationale, text: text ?? null, branch: branch ?? null },
      edits: edits?.map(toEdit) ?? null,
    };
    if (!action) return proposeWorkflowChange(ports, proposing, actor, wanted);
    const campaign = await reads.campaign(action.campaign);
    if (!campaign) return forUnknownCampaign(action.campaign);
    const [[retrospective = null], { key }, evidence] = await Promise.all([
      load.retrospectives.load(campaign.id),
      load.workflowVersion(campaign.versionId),
      evidenceOf(campaign.id, context),
    ]);
    const about = { number: action.number, campaign, workflow: key, retrospective, evidence };
    return proposeForAction(ports, proposing, actor, wanted, about);
  }

  @FieldResolver(() => [MeaningChangeInterface], { description: 'Every change of meaning.' })
  diff(@Root() { changes }: Proposed): object[] {
    return changes.map(toChange);
  }
  @semanticNonNull
  @FieldResolver(() => PlanType, {
    nullable: true,
    description: 'What merging it would do, with the campaigns that run now.',
  })
  plan(@Root() { base, commit }: Proposed, @Ctx() { proposals, reads, ports }: Context): Promise<Plan> {
    return proposals
      .merge(base, commit, (proposed) => impactOf(reads, proposed, ports.clock.now()))
      .catch(refuseBadProposal);
  }
}

function toEdit({ set, remove, insert }: WorkflowEditInput): Edit {
  if ([set, remove, insert].filter((each) => each != null).length !== 1)
    throw badInput('an edit is exactly one of set, remove and insert');
  if (remove) return { type: 'remove', path: remove.path };
  if (set) return { type: 'set', path: set.path, value: (set.value ?? null) as PlainValue };
  const { path = '', value, before, after } = insert ?? {};
  return { type: 'insert', path, value: value as PlainValue, before: before ?? null, after: after ?? null };
}
