import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import * as actions from '../application/campaign-actions.js';
import { type Recorded, recordSignals } from '../application/record-signals.js';
import type { Outcome } from '../application/run-campaign.js';
import { CampaignPayload, CampaignType } from '../schema/campaign-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import {
  CompleteTaskInput,
  PauseChannelInput,
  RecordSignalsInput,
  RecordSignalsPayload,
  RejectedSignalType,
  ResumeChannelInput,
  SetBudgetInput,
} from '../schema/signal-types.js';
import type { Context } from './context.js';

const INPUT = 'What to do, and to what.';

@Resolver(() => RecordSignalsPayload)
export class RecordSignalsMutation {
  @semanticNonNull
  @Mutation(() => RecordSignalsPayload, {
    nullable: true,
    description: 'Stores values of signals. Triggers that listen to them decide within a second.',
  })
  async recordSignals(
    @Arg('input', () => RecordSignalsInput, { description: INPUT }) { campaign, signals }: RecordSignalsInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Recorded & { of: string }> {
    const given = signals.map(({ key, signal, at, value = null, samples = null, channel = null }) => ({
      ...{ key, signal, at, value, samples, channel },
    }));
    return { ...(await recordSignals(ports, actor, campaign, given)), of: campaign };
  }
  @FieldResolver(() => CampaignType, { nullable: true, description: 'Null where there is no such campaign.' })
  campaign(@Root() { of }: { of: string }, @Ctx() { reads }: Context) {
    return reads.campaign(of);
  }
  @FieldResolver(() => [RejectedSignalType], { description: 'The first 1,000 that were not taken.' })
  rejected(@Root() { rejected }: Recorded): RejectedSignalType[] {
    return rejected.map(({ place: index, code, message }) => ({ index, code, message }));
  }
}

/** What people do by hand that triggers do too. */
@Resolver()
export class ChannelMutations {
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Sets what may be spent on channels. Triggers move it between them.',
  })
  setBudget(
    @Arg('input', () => SetBudgetInput, { description: INPUT }) input: SetBudgetInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.setBudget(ports, actor, input);
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Holds a channel for now: nothing is launched on it until it is resumed.',
  })
  pauseChannel(
    @Arg('input', () => PauseChannelInput, { description: INPUT }) input: PauseChannelInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.pauseChannel(ports, actor, input);
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Lets a paused channel go on; that takes an approver or a steward.',
  })
  resumeChannel(
    @Arg('input', () => ResumeChannelInput, { description: INPUT }) input: ResumeChannelInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.resumeChannel(ports, actor, input);
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Finishes a task that a trigger has asked for.',
  })
  completeTask(
    @Arg('input', () => CompleteTaskInput, { description: INPUT }) input: CompleteTaskInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.completeTask(ports, actor, input);
  }
}
