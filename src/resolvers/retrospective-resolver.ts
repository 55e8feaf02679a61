import { Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { Words } from '../application/incidents.js';
import type { RetrospectiveRecord, SurveyResult } from '../application/reads.js';
import type { CampaignRecord } from '../application/records.js';
import { QUESTION_KEYS, QUESTIONS } from '../domain/learning/retrospective.js';
import { CampaignType } from '../schema/campaign-types.js';
import { PageArguments, toConnection } from '../schema/connection.js';
import { WorkflowVersionType } from '../schema/definition-types.js';
import { RetrospectiveFilterInput, TimeOrderInput } from '../schema/inputs.js';
import { globalId } from '../schema/node.js';
import {
  ActionType,
  AnswerType,
  EvidenceType,
  RetrospectiveConnection,
  RetrospectiveType,
  SurveyResultType,
} from '../schema/retrospective-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { toPageRequest } from './arguments.js';
import type { Context } from './context.js';
import { lookedBackOn } from './incident-resolver.js';
import { Filter, NEWEST_FIRST, OrderBy } from './list-arguments.js';
import type { ActionOf } from './retrospective-action-resolver.js';

@Resolver(() => CampaignType)
export class CampaignRetrospectiveResolver {
  @FieldResolver(() => RetrospectiveType, {
    nullable: true,
    description: 'There once the campaign has ended.',
  })
  async retrospective(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    return (await load.retrospectives.load(campaign.id))[0] ?? null;
  }
}

@Resolver(() => RetrospectiveType)
export class RetrospectiveResolver {
  @semanticNonNull
  @Query(() => RetrospectiveConnection, { nullable: true, description: 'Retrospectives, newest first.' })
  async retrospectives(
    @Args(() => PageArguments) page: PageArguments,
    @Filter(() => RetrospectiveFilterInput) filter: RetrospectiveFilterInput | null,
    @OrderBy(() => TimeOrderInput) order: TimeOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    return toConnection(await reads.retrospectives(toPageRequest(page), filter ?? {}, order ?? NEWEST_FIRST));
  }

  @FieldResolver(() => ID, { description: 'Opaque; the same for ever.' })
  id(@Root() retrospective: RetrospectiveRecord): string {
    return globalId('Retrospective', retrospective.id);
  }
  @semanticNonNull
  @FieldResolver(() => CampaignType, { nullable: true, description: 'The campaign it looks back on.' })
  campaign(@Root() retrospective: RetrospectiveRecord, @Ctx() { load }: Context) {
    return load.campaign.load(retrospective.campaignId);
  }
  @semanticNonNull
  @FieldResolver(() => WorkflowVersionType, {
    nullable: true,
    description: 'The version that the campaign ran on.',
  })
  async workflowVersion(@Root() retrospective: RetrospectiveRecord, @Ctx() { load }: Context) {
    const campaign = await load.campaign.load(retrospective.campaignId);
    return campaign && load.workflowVersion(campaign.versionId);
  }
  @FieldResolver(() => EvidenceType, { description: 'What was measured.' })
  evidence(@Root() { evidence }: RetrospectiveRecord): EvidenceType {
    const launchDelays = Object.entries(evidence.launchDelayHours).map(([channel, delayHours]) => ({
      channel,
      delayHours,
    }));
    return { ...evidence, deviations: evidence.deviations ?? 0, launchDelays };
  }
  @semanticNonNull
  @FieldResolver(() => [AnswerType], {
    nullable: true,
    description: 'The three questions, what the record says to each, and the answers.',
  })
  async answers(
    @Root() { campaignId, answers }: RetrospectiveRecord,
    @Ctx() context: Context,
  ): Promise<AnswerType[]> {
    const evidence = await evidenceOf(campaignId, context);
    return QUESTION_KEYS.map((key) => {
      const given = (answers[key] ?? []).map((each) => ({ ...each, at: new Date(each.at) }));
      const answer = given.length === 0 ? null : given.map(({ text }) => text).join('\n\n');
      return { question: QUESTIONS[key], evidence: evidence[key], answer, given };
    });
  }
  @semanticNonNull
  @FieldResolver(() => [ActionType], { nullable: true, description: 'What is to change.' })
  async actions(@Root() retrospective: RetrospectiveRecord, @Ctx() { load }: Context): Promise<ActionOf[]> {
    const { campaignId, actions } = retrospective;
    const campaign = await load.campaign.load(campaignId);
    if (!campaign) throw new Error(`campaign ${campaignId} is referred to but missing`);
    const { key } = await load.workflowVersion(campaign.versionId);
    return actions.map((action) => ({ ...action, workflow: action.workflow ?? key }));
  }
  @semanticNonNull
  @FieldResolver(() => SurveyResultType, { nullable: true, description: 'What the team says of it.' })
  survey(
    @Root() { campaignId }: RetrospectiveRecord,
    @Ctx() { load, reads }: Context,
  ): Promise<SurveyResult> {
    return load.together('surveys', campaignId, [], (ids) => reads.surveys(ids));
  }
}

/** What the record of a campaign says to each of the three questions, in words. */
export async function evidenceOf(campaignId: string, context: Context): Promise<Words> {
  const campaign = await context.load.campaign.load(campaignId);
  if (!campaign) throw new Error(`campaign ${campaignId} is referred to but missing`);
  return (await lookedBackOn(campaign, context)).words();
}
