import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { planLaunch } from '../application/brief.js';
import type { CampaignRecord } from '../application/records.js';
import type { Outcome } from '../application/run-campaign.js';
import { checkpointsOf } from '../domain/calendar/checkpoints.js';
import { CampaignPayload, CampaignType } from '../schema/campaign-types.js';
import { CampaignCheckpointType, PlanLaunchInput } from '../schema/launch-plan-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import type { Context } from './context.js';

@Resolver(() => CampaignType)
export class LaunchPlanResolver {
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Moves the launch, and what goes with it: checkpoints, the date in the brief, channels.',
  })
  planLaunch(
    @Arg('input', () => PlanLaunchInput, { description: 'What to do, and to what.' }) input: PlanLaunchInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    const { campaign, plannedLaunchAt: launchAt = null } = input;
    const channels = input.channels.map(({ channel, plannedAt = null }) => ({ channel, plannedAt }));
    return planLaunch(ports, actor, { campaign, plan: { launchAt, channels } });
  }
  @semanticNonNull
  @FieldResolver(() => [CampaignCheckpointType], {
    nullable: true,
    description: 'Dates relative to the launch, in file order.',
  })
  async checkpoints(
    @Root() campaign: CampaignRecord,
    @Ctx() { load, ports }: Context,
  ): Promise<CampaignCheckpointType[]> {
    const { meaning } = await load.workflowVersion(campaign.versionId);
    const now = ports.clock.now();
    return checkpointsOf(meaning, campaign).map((each) => ({
      ...each,
      isPast: each.at !== null && each.at <= now,
    }));
  }
}
