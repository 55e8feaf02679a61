import { Arg, Args, Ctx, FieldResolver, GraphQLISODateTime, ID, Query, Resolver, Root } from 'type-graphql';
import { previewTrigger, type TriggerPreview } from '../application/preview-trigger.js';
import type { DecisionRecord, SignalHour } from '../application/reads.js';
import type { CampaignRecord } from '../application/records.js';
import { didYouMean } from '../domain/campaign/refusal.js';
import { CampaignType } from '../schema/campaign-types.js';
import { PageArguments, toConnection } from '../schema/connection.js';
import { TimeOrderInput } from '../schema/inputs.js';
import { globalId } from '../schema/node.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import {
  CampaignTaskType,
  SignalHourType,
  TriggerDecisionConnection,
  TriggerDecisionFilterInput,
  TriggerDecisionType,
  TriggerEvidenceType,
  TriggerPreviewType,
} from '../schema/signal-types.js';
import { badInput, toPageRequest } from './arguments.js';
import type { Context } from './context.js';
import { Filter, NEWEST_FIRST, OrderBy } from './list-arguments.js';

const DAY_MS = 86_400_000;
/** As many hours as a line on a screen can show. */
const MAX_HOURS_DAYS = 31;

@Resolver(() => CampaignType)
export class CampaignSignalResolver {
  @semanticNonNull
  @FieldResolver(() => [CampaignTaskType], {
    nullable: true,
    description: 'What triggers have asked for, in that order.',
  })
  tasks(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    return load.tasks.load(campaign.id);
  }
  @semanticNonNull
  @FieldResolver(() => TriggerDecisionConnection, {
    nullable: true,
    description: 'What its triggers decided, newest first.',
  })
  async triggerDecisions(
    @Root() campaign: CampaignRecord,
    @Args(() => PageArguments) page: PageArguments,
    @Filter(() => TriggerDecisionFilterInput) filter: TriggerDecisionFilterInput | null,
    @OrderBy(() => TimeOrderInput) order: TimeOrderInput | null,
    @Ctx() { reads, load }: Context,
  ) {
    const asked = [toPageRequest(page), filter ?? {}, order ?? NEWEST_FIRST] as const;
    return toConnection(
      await load.together('decisions', campaign.id, asked, (ids) => reads.decisions(ids, ...asked)),
    );
  }
  @semanticNonNull
  @FieldResolver(() => [SignalHourType], {
    nullable: true,
    description: `A signal hour by hour; at most ${MAX_HOURS_DAYS} days at once. Hours without values are left out.`,
  })
  signalHours(
    @Root() campaign: CampaignRecord,
    @Arg('signal', () => String, { description: 'Its id in the Taxonomy.' }) signal: string,
    @Arg('from', () => GraphQLISODateTime, { description: 'From this moment on.' }) from: Date,
    @Arg('to', () => GraphQLISODateTime, { description: 'Up to this moment, itself not included.' }) to: Date,
    @Ctx() { reads }: Context,
  ): Promise<SignalHour[]> {
    if (!(from < to) || to.getTime() - from.getTime() > MAX_HOURS_DAYS * DAY_MS)
      throw badInput(`'from' is before 'to', and at most ${MAX_HOURS_DAYS} days`);
    return reads.signalHours(campaign.id, signal, from, to);
  }
}

@Resolver(() => TriggerDecisionType)
export class TriggerDecisionResolver {
  @FieldResolver(() => ID, { description: 'Opaque; the same for ever.' })
  id(@Root() decision: DecisionRecord): string {
    return globalId('TriggerDecision', decision.id);
  }
  @FieldResolver(() => TriggerEvidenceType, { description: 'The numbers that it saw.' })
  seen(@Root() { seen }: DecisionRecord): TriggerEvidenceType {
    return { ...seen, at: new Date(seen.at) };
  }
  @semanticNonNull
  @FieldResolver(() => CampaignType, { nullable: true, description: 'The campaign whose workflow has it.' })
  campaign(@Root() decision: DecisionRecord, @Ctx() { load }: Context) {
    return load.campaign.load(decision.campaignId);
  }
}

@Resolver()
export class TriggerPreviewResolver {
  @Query(() => TriggerPreviewType, {
    nullable: true,
    description:
      'What a trigger would have done, had each past value come when it was measured; nothing is changed. Null where there is no such campaign.',
  })
  async triggerPreview(
    @Arg('campaign', () => String, { description: 'Key of the campaign.' }) key: string,
    @Arg('trigger', () => String, { description: 'Key of a trigger of the version that it is pinned to.' })
    name: string,
    @Arg('from', () => GraphQLISODateTime, { description: 'From this moment on.' }) from: Date,
    @Arg('to', () => GraphQLISODateTime, { description: 'Up to this moment, itself not included.' }) to: Date,
    @Ctx() { reads, load }: Context,
  ): Promise<TriggerPreview | null> {
    const campaign = await reads.campaign(key);
    if (!campaign) return null;
    const { triggers } = (await load.workflowVersion(campaign.versionId)).meaning;
    const trigger = triggers.find((each) => each.key === name);
    const names = triggers.map((each) => each.key);
    if (!trigger) throw badInput(`there is no trigger '${name}'${didYouMean(name, names)}`);
    if (!(from < to)) throw badInput("'from' must be before 'to'");
    return previewTrigger(reads, campaign.id, trigger, { from, to });
  }
}
