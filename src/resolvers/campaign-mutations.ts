import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import * as actions from '../application/campaign-actions.js';
import { createCampaign } from '../application/create-campaign.js';
import type { Outcome } from '../application/run-campaign.js';
import { CampaignPayload, CampaignType } from '../schema/campaign-types.js';
import {
  AcceptHandoffInput,
  ApproveInput,
  CreateCampaignInputType,
  EndCampaignInput,
  EvaluateGateInput,
  LaunchChannelInput,
  RejectInput,
  StepInput,
  UpdateBriefInput,
} from '../schema/inputs.js';
import type { Context } from './context.js';

/** Every mutation hands over to its use case; what it may not do comes back as refusals. */
@Resolver(() => CampaignPayload)
export class CampaignMutations {
  @FieldResolver(() => CampaignType, { nullable: true, description: 'Null where there is no such campaign.' })
  campaign(@Root() outcome: Outcome, @Ctx() { reads }: Context) {
    return outcome.campaign === null ? null : reads.campaign(outcome.campaign);
  }

  @Mutation(() => CampaignPayload, { description: 'Creates a campaign, pinned to the version served now.' })
  createCampaign(
    @Arg('input', () => CreateCampaignInputType) input: CreateCampaignInputType,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    const channels = input.channels.map(({ channel, plannedAt }) => ({
      channel,
      plannedAt: plannedAt ?? null,
    }));
    const { type = null, plannedLaunchAt = null, brief } = input;
    return createCampaign(ports, actor, { ...input, type, plannedLaunchAt, brief: brief ?? {}, channels });
  }
  @Mutation(() => CampaignPayload, { description: 'Sets fields of the brief.' })
  updateBrief(
    @Arg('input', () => UpdateBriefInput) input: UpdateBriefInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.updateBrief(ports, actor, input);
  }
  @Mutation(() => CampaignPayload, { description: 'Begins a step whose predecessors are done.' })
  startStep(
    @Arg('input', () => StepInput) input: StepInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.startStep(ports, actor, input);
  }
  @Mutation(() => CampaignPayload, { description: 'Ends a step that was started.' })
  completeStep(
    @Arg('input', () => StepInput) input: StepInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.completeStep(ports, actor, input);
  }
  @Mutation(() => CampaignPayload, { description: 'Leaves out an optional step.' })
  skipStep(
    @Arg('input', () => StepInput) input: StepInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.skipStep(ports, actor, input);
  }
  @Mutation(() => CampaignPayload, {
    description: 'Approves an approval or review step, in a role responsible for it.',
  })
  approve(
    @Arg('input', () => ApproveInput) input: ApproveInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.approve(ports, actor, { ...input, comment: input.comment ?? null });
  }
  @Mutation(() => CampaignPayload, { description: 'Returns work for rework; past the limit it escalates.' })
  reject(
    @Arg('input', () => RejectInput) input: RejectInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.reject(ports, actor, input);
  }
  @Mutation(() => CampaignPayload, { description: "Evaluates a gate's checks." })
  evaluateGate(
    @Arg('input', () => EvaluateGateInput) input: EvaluateGateInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.evaluateGate(ports, actor, { ...input, measurements: input.measurements ?? {} });
  }
  @Mutation(() => CampaignPayload, { description: 'Accepts a hand-off on behalf of the receiving side.' })
  acceptHandoff(
    @Arg('input', () => AcceptHandoffInput) input: AcceptHandoffInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.acceptHandoff(ports, actor, input);
  }
  @Mutation(() => CampaignPayload, { description: 'Opens a channel, if every rule and gate allows it.' })
  launchChannel(
    @Arg('input', () => LaunchChannelInput) input: LaunchChannelInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.launchChannel(ports, actor, input);
  }
  @Mutation(() => CampaignPayload, {
    description: 'Ends a campaign in which nothing is open, and opens its retrospective.',
  })
  endCampaign(
    @Arg('input', () => EndCampaignInput) input: EndCampaignInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.endCampaign(ports, actor, input);
  }
}
