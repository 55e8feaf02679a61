import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { RetrospectiveRecord, StoredAuditRecord } from '../application/reads.js';
import type { CampaignRecord } from '../application/records.js';
import { describeMissing, type Missing } from '../domain/campaign/progress.js';
import { placedSteps } from '../domain/workflow/steps.js';
import {
  ActionType,
  AnswerType,
  ApprovalType,
  AuditRecordConnection,
  AuditRecordType,
  CampaignChannelType,
  CampaignConnection,
  CampaignGateType,
  CampaignHandoffType,
  CampaignStepType,
  CampaignType,
  EvidenceType,
  RetrospectiveConnection,
  RetrospectiveType,
} from '../schema/campaign-types.js';
import { WorkflowVersionType } from '../schema/definition-types.js';
import { PageArguments, toConnection } from '../schema/connection.js';
import {
  AuditFilterInput,
  CampaignFilterInput,
  CampaignOrderInput,
  TimeOrderInput,
} from '../schema/inputs.js';
import { globalId } from '../schema/node.js';
import { toPageRequest } from './arguments.js';
import type { Context } from './context.js';

const NEWEST_FIRST = { field: 'time', direction: 'desc' } as const;
const names = (missing: readonly Missing[]): string[] => missing.map(describeMissing);

@Resolver(() => CampaignType)
export class CampaignResolver {
  @Query(() => CampaignType, { nullable: true, description: 'The campaign of this key.' })
  campaign(@Arg('key', () => String) key: string, @Ctx() { reads }: Context): Promise<CampaignRecord | null> {
    return reads.campaign(key);
  }

  @Query(() => CampaignConnection, { description: 'All campaigns, newest first.' })
  async campaigns(
    @Args(() => PageArguments) page: PageArguments,
    @Arg('filter', () => CampaignFilterInput, { nullable: true }) filter: CampaignFilterInput | null,
    @Arg('orderBy', () => CampaignOrderInput, { nullable: true }) order: CampaignOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    const newest = { field: 'created-at', direction: 'desc' } as const;
    return toConnection(await reads.campaigns(toPageRequest(page), filter ?? {}, order ?? newest));
  }

  @FieldResolver(() => ID)
  id(@Root() campaign: CampaignRecord): string {
    return globalId('Campaign', campaign.id);
  }
  @FieldResolver(() => WorkflowVersionType, { description: 'The version it is pinned to.' })
  workflowVersion(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    return load.workflowVersion(campaign.versionId);
  }
  @FieldResolver(() => [CampaignChannelType])
  channels(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    return load.channels.load(campaign.id);
  }
  @FieldResolver(() => [CampaignStepType], { description: 'Every step of its workflow, in file order.' })
  async steps(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    const [{ progress, workflow }, recorded] = await Promise.all([
      load.situation(campaign),
      load.steps.load(campaign.id),
    ]);
    return placedSteps(workflow).map(({ step, section, lane }) => {
      const standing = progress.steps.get(step.key);
      const record = recorded.find((each) => each.key === step.key);
      return {
        ...step,
        section,
        lane,
        status: standing?.status ?? 'waiting',
        missing: names(standing?.missing ?? []),
        round: record?.round ?? 0,
        startedAt: record?.startedAt ?? null,
        finishedAt: record?.finishedAt ?? null,
      };
    });
  }
  @FieldResolver(() => [CampaignGateType])
  async gates(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    const [situation, recorded] = await Promise.all([load.situation(campaign), load.gates.load(campaign.id)]);
    return [...situation.progress.gates.values()].map(({ part, status, missing }) => {
      const record = recorded.find((each) => each.key === part.key);
      const approvers = situation.gateRoles(part.key);
      return {
        ...part,
        status,
        missing: names(missing),
        approvers,
        results: record?.results ?? [],
        evaluatedAt: record?.evaluatedAt ?? null,
      };
    });
  }
  @FieldResolver(() => [CampaignHandoffType])
  async handoffs(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    const [{ progress }, recorded] = await Promise.all([
      load.situation(campaign),
      load.handoffs.load(campaign.id),
    ]);
    return [...progress.handoffs.values()].map(({ part, status, missing }) => {
      const record = recorded.find((each) => each.key === part.key);
      return { ...part, status, missing: names(missing), acceptedAt: record?.acceptedAt ?? null };
    });
  }
  @FieldResolver(() => [ApprovalType])
  approvals(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    return load.approvals.load(campaign.id);
  }
  @FieldResolver(() => RetrospectiveType, {
    nullable: true,
    description: 'There once the campaign has ended.',
  })
  async retrospective(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    return (await load.retrospectives.load(campaign.id))[0] ?? null;
  }
}

const QUESTIONS = [
  ['convergence', 'Did the workflow support convergence as intended?'],
  ['bottlenecks', 'Were there bottlenecks?'],
  ['drift', 'Did channels drift out of alignment?'],
] as const;

@Resolver(() => RetrospectiveType)
export class RetrospectiveResolver {
  @Query(() => RetrospectiveConnection, { description: 'Retrospectives, newest first.' })
  async retrospectives(
    @Args(() => PageArguments) page: PageArguments,
    @Arg('orderBy', () => TimeOrderInput, { nullable: true }) order: TimeOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    return toConnection(await reads.retrospectives(toPageRequest(page), order ?? NEWEST_FIRST));
  }

  @FieldResolver(() => ID)
  id(@Root() retrospective: RetrospectiveRecord): string {
    return globalId('Retrospective', retrospective.id);
  }
  @FieldResolver(() => CampaignType)
  campaign(@Root() retrospective: RetrospectiveRecord, @Ctx() { load }: Context) {
    return load.campaign.load(retrospective.campaignId);
  }
  @FieldResolver(() => WorkflowVersionType)
  async workflowVersion(@Root() retrospective: RetrospectiveRecord, @Ctx() { load }: Context) {
    const campaign = await load.campaign.load(retrospective.campaignId);
    return campaign && load.workflowVersion(campaign.versionId);
  }
  @FieldResolver(() => EvidenceType)
  evidence(@Root() { evidence }: RetrospectiveRecord): EvidenceType {
    const launchDelays = Object.entries(evidence.launchDelayHours).map(([channel, delayHours]) => ({
      channel,
      delayHours,
    }));
    return { ...evidence, launchDelays };
  }
  @FieldResolver(() => [AnswerType], {
    description: 'The three questions; an answer is null until someone gives it.',
  })
  answers(@Root() { answers }: RetrospectiveRecord): AnswerType[] {
    return QUESTIONS.map(([key, question]) => ({ question, answer: answers[key] ?? null }));
  }
  @FieldResolver(() => [ActionType])
  actions(@Root() { actions }: RetrospectiveRecord): readonly ActionType[] {
    return actions;
  }
}

@Resolver(() => AuditRecordType)
export class AuditResolver {
  @Query(() => AuditRecordConnection, { description: 'Every state change, newest first.' })
  async auditLog(
    @Args(() => PageArguments) page: PageArguments,
    @Arg('filter', () => AuditFilterInput, { nullable: true }) filter: AuditFilterInput | null,
    @Arg('orderBy', () => TimeOrderInput, { nullable: true }) order: TimeOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    return toConnection(await reads.auditLog(toPageRequest(page), filter ?? {}, order ?? NEWEST_FIRST));
  }

  @FieldResolver(() => ID)
  id(@Root() record: StoredAuditRecord): string {
    return globalId('AuditRecord', record.id);
  }
  @FieldResolver(() => CampaignType, { nullable: true })
  campaign(@Root() record: StoredAuditRecord, @Ctx() { load }: Context) {
    return record.campaignId === null ? null : load.campaign.load(record.campaignId);
  }
}
