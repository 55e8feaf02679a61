import { type ClassType, Ctx, FieldResolver, GraphQLISODateTime, Resolver, Root } from 'type-graphql';
import type { ApprovalRecord, CampaignRecord, RequestRecord } from '../application/records.js';
import { contentHashOfHandoff, contentHashOfStep } from '../application/people.js';
import { DelegationType, RoutingEntryType } from '../schema/approval-types.js';
import {
  ApprovalType,
  CampaignHandoffType,
  CampaignStepType,
  CampaignType,
} from '../schema/campaign-types.js';
import { WorkflowVersionType } from '../schema/definition-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import type { Context } from './context.js';

/** A part of a campaign of which an answer may be wanted. */
export interface PartOfCampaign {
  readonly key: string;
  readonly campaign: CampaignRecord;
}

/** The lines of the routing log about a part, oldest first. */
async function logOf(
  { key, campaign }: PartOfCampaign,
  kind: 'step' | 'handoff',
  { load }: Context,
): Promise<RequestRecord[]> {
  const log = await load.requests.load(campaign.id);
  return log.filter((each) => each[kind] === key);
}

/** Whom an answer is waited for of: of every role the one who was asked last. */
function askedNow(log: readonly RequestRecord[]): RequestRecord[] {
  const open = log.filter(({ answeredAt }) => answeredAt === null);
  return [...new Map(open.map((each) => [each.role, each])).values()];
}

const earliest = (times: readonly (Date | null)[]): Date | null =>
  times.reduce((first, time) => (first === null || (time !== null && time < first) ? time : first), null);

const isLate = ({ dueAt, passedAt, answeredAt }: RequestRecord, now: Date): boolean =>
  dueAt !== null && (answeredAt ?? passedAt ?? now) >= dueAt;

function answersOf(type: ClassType, kind: 'step' | 'handoff'): ClassType {
  @Resolver(() => type)
  class AnswersResolver {
    @semanticNonNull
    @FieldResolver(() => [String], {
      nullable: true,
      description: 'Who is asked for it now: roles, or addresses of people.',
    })
    async askedOf(@Root() part: PartOfCampaign, @Ctx() context: Context): Promise<string[]> {
      return askedNow(await logOf(part, kind, context)).map(({ asked }) => asked);
    }
    @FieldResolver(() => GraphQLISODateTime, { nullable: true, description: 'Since when they are asked.' })
    async askedSince(@Root() part: PartOfCampaign, @Ctx() context: Context): Promise<Date | null> {
      return earliest(askedNow(await logOf(part, kind, context)).map(({ askedAt }) => askedAt));
    }
    @FieldResolver(() => GraphQLISODateTime, {
      nullable: true,
      description: 'By when an answer is wanted; null where nobody is asked, or nothing says how soon.',
    })
    async dueAt(@Root() part: PartOfCampaign, @Ctx() context: Context): Promise<Date | null> {
      return earliest(
        askedNow(await logOf(part, kind, context)).flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt])),
      );
    }
    @semanticNonNull
    @FieldResolver(() => [RoutingEntryType], {
      nullable: true,
      description: 'Who was asked, when and why, oldest first.',
    })
    async routing(@Root() part: PartOfCampaign, @Ctx() context: Context): Promise<object[]> {
      const now = context.ports.clock.now();
      return (await logOf(part, kind, context)).map((each) => ({ ...each, isLate: isLate(each, now) }));
    }
  }
  return AnswersResolver;
}
export const StepAnswersResolver = answersOf(CampaignStepType, 'step');
export const HandoffAnswersResolver = answersOf(CampaignHandoffType, 'handoff');

@Resolver(() => CampaignStepType)
export class StepContentResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Of an approval, a review or a launch: SHA-256 of what its approver looks at; give it to `approve`, so that nothing else is approved.',
  })
  async contentHash(
    @Root() { key, campaign }: PartOfCampaign,
    @Ctx() { load }: Context,
  ): Promise<string | null> {
    const [situation, assets] = await Promise.all([load.situation(campaign), load.assets.load(campaign.id)]);
    const step = situation.progress.steps.get(key)?.part;
    const isJudged = step?.kind === 'approval' || step?.kind === 'review' || step?.kind === 'launch';
    return step && isJudged ? contentHashOfStep(situation, step, assets) : null;
  }
}

@Resolver(() => CampaignHandoffType)
export class HandoffContentResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'SHA-256 of what it hands over; give it to `acceptHandoff`, so that nothing else is accepted.',
  })
  async contentHash(
    @Root() { key, campaign }: PartOfCampaign,
    @Ctx() { load }: Context,
  ): Promise<string | null> {
    const [situation, assets] = await Promise.all([load.situation(campaign), load.assets.load(campaign.id)]);
    const handoff = situation.progress.handoffs.get(key)?.part;
    return handoff ? contentHashOfHandoff(situation, handoff, assets) : null;
  }
}

@Resolver(() => ApprovalType)
export class ApprovalResolver {
  @FieldResolver(() => WorkflowVersionType, {
    nullable: true,
    description: 'The version that the campaign was pinned to then; null where nobody noted it.',
  })
  workflowVersion(@Root() { versionId }: ApprovalRecord, @Ctx() { load }: Context) {
    return versionId === null ? null : load.workflowVersion(versionId);
  }
}

@Resolver(() => CampaignType)
export class CampaignDelegationResolver {
  @semanticNonNull
  @FieldResolver(() => [DelegationType], {
    nullable: true,
    description: 'Roles that were handed over, oldest first.',
  })
  delegations(@Root() { id }: CampaignRecord, @Ctx() { load }: Context) {
    return load.delegations.load(id);
  }
}
