import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import * as actions from '../application/campaign-actions.js';
import { createCampaign } from '../application/create-campaign.js';
import type { Outcome } from '../application/run-campaign.js';
import { CampaignPayload, CampaignType, CheckResultType } from '../schema/campaign-types.js';
import {
  AcceptHandoffInput,
  AddAssetInput,
  ApproveInput,
  CancelCampaignInput,
  CreateCampaignInputType,
  DeviateInput,
  EndCampaignInput,
  EvaluateGateInput,
  LaunchChannelInput,
  RejectInput,
  StepInput,
} from '../schema/inputs.js';
import type { Invalidation } from '../domain/campaign/state.js';
import { InvalidationType } from '../schema/approval-types.js';
import { DEVIATION_KINDS } from '../domain/workflow/document.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { toCheckResult } from './campaign-resolver.js';
import { badInput, toGivenFields } from './arguments.js';
import type { Context } from './context.js';

const INPUT = 'What to do, and to what.';

/** Every mutation hands over to its use case; what it may not do comes back as refusals. */
@Resolver(() => CampaignPayload)
export class CampaignMutations {
  @FieldResolver(() => CampaignType, { nullable: true, description: 'Null where there is no such campaign.' })
  campaign(@Root() outcome: Outcome, @Ctx() { reads }: Context) {
    return outcome.campaign === null ? null : reads.campaign(outcome.campaign);
  }
  @FieldResolver(() => [CheckResultType], {
    description: 'How the checks came out, where a gate was evaluated.',
  })
  results(@Root() { results }: Outcome): CheckResultType[] {
    return results.map(toCheckResult);
  }

  @FieldResolver(() => [InvalidationType], {
    description:
      'Approvals and hand-offs that hold no more because of it; of a dry run, that would hold no more.',
  })
  invalidates(@Root() { invalidates = [] }: Outcome): readonly Invalidation[] {
    return invalidates;
  }

  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Creates a campaign, pinned to the version served now.',
  })
  createCampaign(
    @Arg('input', () => CreateCampaignInputType, { description: INPUT }) input: CreateCampaignInputType,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    const channels = input.channels.map(({ channel, plannedAt }) => ({
      channel,
      plannedAt: plannedAt ?? null,
    }));
    const { type = null, plannedLaunchAt = null } = input;
    const brief = Object.fromEntries(
      Object.entries(toGivenFields(input.brief)).flatMap(([name, value]) =>
        value === null ? [] : [[name, value]],
      ),
    );
    return createCampaign(ports, actor, { ...input, type, plannedLaunchAt, brief, channels });
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description:
      'Adds what a channel publishes, or puts another in its place; what it contradicts is measured at once.',
  })
  addAsset(
    @Arg('input', () => AddAssetInput, { description: INPUT }) input: AddAssetInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    const {
      campaign,
      dryRun,
      offer = null,
      theme = null,
      plannedAt = null,
      derivedFrom = null,
      flags = null,
      ...rest
    } = input;
    const asset = { ...rest, offer, theme, flags, plannedAt, derivedFrom };
    return actions.addAsset(ports, actor, { campaign, asset, dryRun });
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Begins a step whose predecessors are done.',
  })
  startStep(
    @Arg('input', () => StepInput, { description: INPUT }) input: StepInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.startStep(ports, actor, input);
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, { nullable: true, description: 'Ends a step that was started.' })
  completeStep(
    @Arg('input', () => StepInput, { description: INPUT }) input: StepInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.completeStep(ports, actor, input);
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, { nullable: true, description: 'Leaves out an optional step.' })
  skipStep(
    @Arg('input', () => StepInput, { description: INPUT }) input: StepInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.skipStep(ports, actor, input);
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Approves an approval or review step, in a role responsible for it.',
  })
  approve(
    @Arg('input', () => ApproveInput, { description: INPUT }) input: ApproveInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    const { comment = null, contentHash = null, meaning = null } = input;
    return actions.approve(ports, actor, { ...input, comment, contentHash, meaning });
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Returns work for rework; past the limit it escalates.',
  })
  reject(
    @Arg('input', () => RejectInput, { description: INPUT }) input: RejectInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.reject(ports, actor, { ...input, meaning: input.meaning ?? null });
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, { nullable: true, description: "Evaluates a gate's checks." })
  evaluateGate(
    @Arg('input', () => EvaluateGateInput, { description: INPUT }) input: EvaluateGateInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    const given = input.measurements.map(({ metric, number, duration }) => {
      const value = number ?? duration ?? null;
      if (value === null) throw badInput(`the measurement of '${metric}' has no value`);
      return [metric, value] as const;
    });
    return actions.evaluateGate(ports, actor, { ...input, measurements: Object.fromEntries(given) });
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Accepts a hand-off on behalf of the receiving side.',
  })
  acceptHandoff(
    @Arg('input', () => AcceptHandoffInput, { description: INPUT }) input: AcceptHandoffInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.acceptHandoff(ports, actor, { ...input, contentHash: input.contentHash ?? null });
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Opens a channel, if every rule and gate allows it.',
  })
  launchChannel(
    @Arg('input', () => LaunchChannelInput, { description: INPUT }) input: LaunchChannelInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.launchChannel(ports, actor, input);
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Ends a campaign in which nothing is open, and opens its retrospective.',
  })
  endCampaign(
    @Arg('input', () => EndCampaignInput, { description: INPUT }) input: EndCampaignInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.endCampaign(ports, actor, input);
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description:
      'Goes past a gate, a rule or a mandatory step, where the Policy lets whoever asks decide it.',
  })
  deviate(
    @Arg('input', () => DeviateInput, { description: INPUT }) input: DeviateInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    const { campaign, rationale, told } = input;
    const [only, ...others] = DEVIATION_KINDS.flatMap((kind) => {
      const key = input[kind] ?? null;
      return key === null ? [] : [{ kind, key, rationale, told }];
    });
    if (!only || others.length > 0) throw badInput('name exactly one of gate, rule and step');
    return actions.deviate(ports, actor, { campaign, deviation: only });
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Calls a campaign off: what is open stays undone, and nothing can be sent any more.',
  })
  cancelCampaign(
    @Arg('input', () => CancelCampaignInput, { description: INPUT }) input: CancelCampaignInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.cancelCampaign(ports, actor, input);
  }
}
