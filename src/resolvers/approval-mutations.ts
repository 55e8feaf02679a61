import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import * as actions from '../application/campaign-actions.js';
import type { Outcome } from '../application/run-campaign.js';
import {
  AssessCampaignInput,
  DelegateInput,
  EndDelegationInput,
  OfferHandoffInput,
  ReturnHandoffInput,
} from '../schema/approval-inputs.js';
import { CampaignPayload } from '../schema/campaign-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import type { Context } from './context.js';

const INPUT = 'What to do, and to what.';

@Resolver()
export class ApprovalMutations {
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Hands a role that approves or accepts to another one, or to a person, as the Team allows.',
  })
  delegate(
    @Arg('input', () => DelegateInput, { description: INPUT }) input: DelegateInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    const { campaign, role, reason, step = null, toRole = null, toPerson = null, until = null } = input;
    const delegation = { role, step, toRole, toPerson, reason, until };
    return actions.delegate(ports, actor, { campaign, delegation });
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Takes a role back that was handed over; nothing where it was not.',
  })
  endDelegation(
    @Arg('input', () => EndDelegationInput, { description: INPUT }) input: EndDelegationInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.endDelegation(ports, actor, { ...input, step: input.step ?? null });
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Sends a hand-off back on behalf of the receiving side, with what is to be mended.',
  })
  returnHandoff(
    @Arg('input', () => ReturnHandoffInput, { description: INPUT }) input: ReturnHandoffInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.returnHandoff(ports, actor, input);
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Offers a hand-off again that was sent back.',
  })
  offerHandoff(
    @Arg('input', () => OfferHandoffInput, { description: INPUT }) input: OfferHandoffInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.offerHandoff(ports, actor, input);
  }
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description:
      'Says how much can go wrong and what the content contains; where that is more than before, approvals have to be given again.',
  })
  assessCampaign(
    @Arg('input', () => AssessCampaignInput, { description: INPUT }) input: AssessCampaignInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return actions.assessCampaign(ports, actor, {
      ...input,
      risk: input.risk ?? null,
      flags: input.flags ?? null,
    });
  }
}
