import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { stateHash } from '../application/audit-text.js';
import { statedIn } from '../application/checkpoint-audit.js';
import type { StoredAuditRecord } from '../application/reads.js';
import type {
  ApprovalRecord,
  CampaignRecord,
  GateRecord,
  HandoffRecord,
  ReopeningRecord,
  StepRecord,
} from '../application/records.js';
import { lacking, storedOrigin } from '../domain/campaign/actor.js';
import { signatureIn, storedSignature } from '../domain/campaign/approvals/signature.js';
import { awaitedGaps } from '../domain/campaign/launch-gaps.js';
import { amountOf } from '../domain/campaign/money.js';
import { lackedBy } from '../domain/campaign/handoffs.js';
import { describeMissing, type Missing } from '../domain/campaign/progress.js';
import type { CheckResult } from '../domain/campaign/state.js';
import type { Situation } from '../domain/campaign/situation.js';
import { sectionStatuses } from '../domain/campaign/sections.js';
import { placedSteps, stepsOf } from '../domain/workflow/steps.js';
import {
  ApprovalType,
  AuditOriginType,
  AuditCheckpointType,
  AuditRecordConnection,
  AuditRecordType,
  CampaignChannelType,
  CampaignConnection,
  CampaignGateType,
  CampaignHandoffType,
  CampaignSectionType,
  CampaignStepType,
  FormerStepType,
  CampaignType,
  type CheckResultType,
  CampaignDeviationType,
  SignatureType,
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
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { BriefFieldType, toBriefFields, toQuantity } from '../schema/values.js';
import { toPageRequest } from './arguments.js';
import type { Context } from './context.js';
import { Filter, NEWEST_CAMPAIGN_FIRST, NEWEST_FIRST, OrderBy } from './list-arguments.js';

const names = (missing: readonly Missing[]): string[] => missing.map(describeMissing);

export const toCheckResult = ({ limit, value, ...result }: CheckResult): CheckResultType => ({
  ...result,
  // Results of before gates told the two apart.
  isStated: (result as Partial<CheckResult>).isStated ?? false,
  limit: toQuantity(limit),
  value: value === null ? null : toQuantity(value),
});

/** What follows from a situation, worked out once. */
function follows<T>(known: WeakMap<Situation, T>, situation: Situation, make: () => T): T {
  const found = known.get(situation) ?? make();
  known.set(situation, found);
  return found;
}
const shownSteps = new WeakMap<Situation, ReturnType<typeof stepsOfCampaign>>();
const shownGates = new WeakMap<Situation, ReturnType<typeof gatesOfCampaign>>();
const shownHandoffs = new WeakMap<Situation, ReturnType<typeof handoffsOfCampaign>>();

function stepsOfCampaign(campaign: CampaignRecord, situation: Situation, recorded: readonly StepRecord[]) {
  const { progress, workflow } = situation;
  return placedSteps(workflow).map(({ step, section, lane }) => {
    const standing = progress.steps.get(step.key);
    const record = recorded.find((each) => each.key === step.key);
    return {
      ...step,
      ...{ campaign, section, lane },
      status: standing?.status ?? 'waiting',
      missing: names(standing?.missing ?? []),
      round: record?.round ?? 0,
      startedAt: record?.startedAt ?? null,
      finishedAt: record?.finishedAt ?? null,
    };
  });
}

function gatesOfCampaign(situation: Situation, recorded: readonly GateRecord[]) {
  return [...situation.progress.gates.values()].map(({ part, status, missing }) => {
    const record = recorded.find((each) => each.key === part.key);
    const approvers = situation.gateRoles(part.key);
    return {
      ...part,
      status,
      missing: names(missing),
      approvers,
      results: (record?.results ?? []).map(toCheckResult),
      evaluatedAt: record?.evaluatedAt ?? null,
    };
  });
}

function handoffsOfCampaign(
  campaign: CampaignRecord,
  situation: Situation,
  recorded: readonly HandoffRecord[],
  opened: readonly ReopeningRecord[],
) {
  const { progress, state } = situation;
  return [...progress.handoffs.values()].map(({ part, status, missing: before }) => {
    const isReached = status === 'open' || status === 'returned';
    const missing = isReached ? lackedBy(situation, part) : names(before);
    const record = recorded.find((each) => each.key === part.key);
    const returnedBecause = state.returned?.get(part.key) ?? null;
    const { acceptedAt = null, acceptedBy = null } = record ?? {};
    const reopenings = opened.filter((each) => each.handoff === part.key);
    const accepted = { acceptedAt, acceptedBy, reopenings };
    return { ...part, campaign, status, missing, ...accepted, returnedBecause };
  });
}

@Resolver(() => CampaignType)
export class CampaignResolver {
  @Query(() => CampaignType, { nullable: true, description: 'The campaign of this key.' })
  campaign(
    @Arg('key', () => String, { description: 'Its key.' }) key: string,
    @Ctx() { reads }: Context,
  ): Promise<CampaignRecord | null> {
    return reads.campaign(key);
  }

  @semanticNonNull
  @Query(() => CampaignConnection, { nullable: true, description: 'Campaigns, newest first.' })
  async campaigns(
    @Args(() => PageArguments) page: PageArguments,
    @Filter(() => CampaignFilterInput) filter: CampaignFilterInput | null,
    @OrderBy(() => CampaignOrderInput) order: CampaignOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    return toConnection(
      await reads.campaigns(toPageRequest(page), filter ?? {}, order ?? NEWEST_CAMPAIGN_FIRST),
    );
  }

  @FieldResolver(() => ID, { description: 'Opaque; the same for ever.' })
  id(@Root() campaign: CampaignRecord): string {
    return globalId('Campaign', campaign.id);
  }
  @semanticNonNull
  @FieldResolver(() => String, {
    nullable: true,
    description: 'Another one after every change; `campaignChanged(after:)` goes on from it.',
  })
  cursor(@Root() campaign: CampaignRecord, @Ctx() { load }: Context): Promise<string | null> {
    return load.cursor.load(campaign.id);
  }
  @FieldResolver(() => [BriefFieldType], { description: 'What it says, to whom and when.' })
  brief(@Root() campaign: CampaignRecord): BriefFieldType[] {
    return toBriefFields(campaign.brief);
  }
  @semanticNonNull
  @FieldResolver(() => WorkflowVersionType, { nullable: true, description: 'The version it is pinned to.' })
  workflowVersion(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    return load.workflowVersion(campaign.versionId);
  }
  @semanticNonNull
  @FieldResolver(() => [CampaignChannelType], { nullable: true, description: 'Where it is published.' })
  async channels(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    const { channels } = await load.parts(campaign);
    return channels.map(({ budget, ...channel }) => ({
      ...channel,
      budget: budget === null ? null : amountOf(budget),
    }));
  }
  @semanticNonNull
  @FieldResolver(() => [CampaignSectionType], {
    nullable: true,
    description: 'Every section of its workflow.',
  })
  async sections(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    const situation = await load.situation(campaign);
    const statuses = sectionStatuses(situation);
    return situation.workflow.sections.map(({ key, model }) => ({ key, model, status: statuses.get(key) }));
  }
  @semanticNonNull
  @FieldResolver(() => [CampaignStepType], {
    nullable: true,
    description: 'Every step of its workflow, in file order.',
  })
  async steps(@Root() campaign: CampaignRecord, @Ctx() { load, present }: Context) {
    const [situation, { steps: recorded }] = await Promise.all([
      load.situation(campaign),
      load.parts(campaign),
    ]);
    const shown = follows(shownSteps, situation, () => stepsOfCampaign(campaign, situation, recorded));
    // Few launches wait for anything, and then until a moment.
    return shown.map((step) => {
      const end = awaitedGaps(situation, step.key);
      const isHeld = end !== null && !present.hasCome(end);
      return isHeld ? { ...step, missing: [...step.missing, end.toISOString()] } : step;
    });
  }
  @semanticNonNull
  @FieldResolver(() => [FormerStepType], {
    nullable: true,
    description: 'Steps of earlier versions that it was moved on from, as history.',
  })
  async formerSteps(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    const [version, { steps: recorded }] = await Promise.all([
      load.workflowVersion(campaign.versionId),
      load.parts(campaign),
    ]);
    const present = new Set(stepsOf(version.meaning).map((step) => step.key));
    return recorded
      .filter(({ key }) => !present.has(key))
      .map((step) => ({ ...step, status: step.status === 'pending' ? 'waiting' : step.status }));
  }
  @semanticNonNull
  @FieldResolver(() => [CampaignGateType], { nullable: true, description: 'Every gate of its workflow.' })
  async gates(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    const [situation, { gates: recorded }] = await Promise.all([
      load.situation(campaign),
      load.parts(campaign),
    ]);
    return follows(shownGates, situation, () => gatesOfCampaign(situation, recorded));
  }
  @semanticNonNull
  @FieldResolver(() => [CampaignHandoffType], {
    nullable: true,
    description: 'Every hand-off of its workflow.',
  })
  async handoffs(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    const [situation, { handoffs: recorded, reopenings: opened }] = await Promise.all([
      load.situation(campaign),
      load.parts(campaign),
    ]);
    return follows(shownHandoffs, situation, () => handoffsOfCampaign(campaign, situation, recorded, opened));
  }
  @semanticNonNull
  @FieldResolver(() => [ApprovalType], { nullable: true, description: 'Every decision, oldest first.' })
  async approvals(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    return (await load.parts(campaign)).approvals;
  }
  @semanticNonNull
  @FieldResolver(() => [CampaignDeviationType], {
    nullable: true,
    description: 'What was gone past, in the order of time.',
  })
  deviations(@Root() campaign: CampaignRecord, @Ctx() { load }: Context) {
    return load.deviations.load(campaign.id);
  }
}

@Resolver(() => AuditRecordType)
export class AuditResolver {
  @semanticNonNull
  @Query(() => AuditRecordConnection, { nullable: true, description: 'Every state change, newest first.' })
  async auditLog(
    @Args(() => PageArguments) page: PageArguments,
    @Filter(() => AuditFilterInput) filter: AuditFilterInput | null,
    @OrderBy(() => TimeOrderInput) order: TimeOrderInput | null,
    @Ctx() { reads }: Context,
  ) {
    return toConnection(await reads.auditLog(toPageRequest(page), filter ?? {}, order ?? NEWEST_FIRST));
  }

  @Query(() => AuditCheckpointType, {
    nullable: true,
    description: 'The newest checkpoint of the audit record; null before the first.',
  })
  async auditCheckpoint(@Ctx() { reads }: Context): Promise<AuditCheckpointType | null> {
    const checkpoint = await reads.lastCheckpoint();
    return checkpoint && statedIn(checkpoint);
  }

  @FieldResolver(() => ID, { description: 'Opaque; the same for ever.' })
  id(@Root() record: StoredAuditRecord): string {
    return globalId('AuditRecord', record.id);
  }
  @FieldResolver(() => CampaignType, {
    nullable: true,
    description: 'The campaign, where one was changed.',
  })
  campaign(@Root() record: StoredAuditRecord, @Ctx() { load }: Context) {
    return record.campaignId === null ? null : load.campaign.load(record.campaignId);
  }
  @FieldResolver(() => WorkflowVersionType, {
    nullable: true,
    description: 'The version of a workflow that was made, or that the campaign was on at the time.',
  })
  async workflowVersion(@Root() { versionId }: StoredAuditRecord, @Ctx() { load }: Context) {
    const version = versionId === null ? null : await load.version.load(versionId);
    return version?.kind === 'Workflow' ? version : null;
  }
  @FieldResolver(() => AuditOriginType, {
    nullable: true,
    description:
      'How it was known who they are, and from where; null in records of before that was kept. Address and token are told to stewards.',
  })
  origin(@Root() { origin }: StoredAuditRecord, @Ctx() { actor }: Context) {
    if (origin === null) return null;
    const known = storedOrigin(origin);
    return lacking(actor, 'steward') ? { ...known, address: null, token: null } : known;
  }
  @FieldResolver(() => SignatureType, {
    nullable: true,
    description: 'What it was signed with; null where nothing was signed.',
  })
  signature(@Root() { after }: StoredAuditRecord) {
    return signatureIn(after);
  }
  @FieldResolver(() => String, { nullable: true, description: 'SHA-256 of `before`, as of RFC 8785.' })
  beforeHash(@Root() { before }: StoredAuditRecord) {
    return stateHash(before);
  }
  @FieldResolver(() => String, { nullable: true, description: 'SHA-256 of `after`, as of RFC 8785.' })
  afterHash(@Root() { after }: StoredAuditRecord) {
    return stateHash(after);
  }
}

@Resolver(() => ApprovalType)
export class ApprovalSignatureResolver {
  @FieldResolver(() => SignatureType, { nullable: true, description: 'Null where nothing was signed.' })
  signature(@Root() { signature }: ApprovalRecord) {
    return signature && storedSignature(signature);
  }
}
