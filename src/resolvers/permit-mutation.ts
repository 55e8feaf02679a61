import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { launchPermit, type PermitOutcome } from '../application/launch-permit.js';
import { CampaignType } from '../schema/campaign-types.js';
import { LaunchPermitInput } from '../schema/inputs.js';
import { LaunchPermitPayload } from '../schema/permit-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import type { Context } from './context.js';

@Resolver(() => LaunchPermitPayload)
export class PermitMutation {
  @semanticNonNull
  @Mutation(() => LaunchPermitPayload, {
    nullable: true,
    description:
      'Asks whether a tool may send on a channel now; the permit is a token that it can verify offline.',
  })
  launchPermit(
    @Arg('input', () => LaunchPermitInput, { description: 'What is to be sent, and where.' })
    input: LaunchPermitInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<PermitOutcome> {
    return launchPermit(ports, actor, { ...input, contentHash: input.contentHash ?? null });
  }
  @FieldResolver(() => CampaignType, { nullable: true, description: 'Null where there is no such campaign.' })
  campaign(@Root() { campaign }: PermitOutcome, @Ctx() { reads }: Context) {
    return campaign === null ? null : reads.campaign(campaign);
  }
}
