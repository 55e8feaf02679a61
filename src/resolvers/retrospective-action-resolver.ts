import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { REVIEWED_METRICS } from '../application/quarterly-review.js';
import type { ChangeRecord } from '../application/reads.js';
import type { CampaignRecord } from '../application/records.js';
import type { MetricEffect } from '../domain/learning/metric-effect.js';
import { actionState, effectInWords, type RetrospectiveAction } from '../domain/learning/retrospective.js';
import { CampaignType } from '../schema/campaign-types.js';
import { CommitType } from '../schema/definition-types.js';
import { MetricEffectType } from '../schema/effect-types.js';
import { RetrospectiveActionStateEnum } from '../schema/learning-enums.js';
import { ActionType } from '../schema/retrospective-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import type { Context } from './context.js';
import { divideAt, measuredEffects, showEffect } from './effect-resolver.js';

/** An action, with the workflow that it is about. */
export interface ActionOf extends RetrospectiveAction {
  readonly workflow: string;
}

const MOST_CAMPAIGNS = 50;

/** What became of an action: its commit, the campaigns since, and what they show (R91). */
@Resolver(() => ActionType)
export class RetrospectiveActionResolver {
  @semanticNonNull
  @FieldResolver(() => RetrospectiveActionStateEnum, { nullable: true, description: 'How far it is.' })
  async state(@Root() action: ActionOf, @Ctx() context: Context) {
    const sha = await commitOf(action, context);
    return actionState(action, sha !== null, context.ports.clock.now());
  }
  @FieldResolver(() => CommitType, {
    nullable: true,
    description: 'The commit by which its proposal came to the branch that is served.',
  })
  async commit(@Root() action: ActionOf, @Ctx() context: Context) {
    const sha = await commitOf(action, context);
    return sha === null ? null : context.load.commit.load(sha);
  }
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'What the campaigns since show, in words; null before there is a commit that changes the workflow.',
  })
  async effect(@Root() action: ActionOf, @Ctx() context: Context): Promise<string | null> {
    const change = await changeBy(action, context);
    if (!change) return null;
    const since = await campaignsSince(change, context);
    return effectInWords(await effectsOf(change, context), since.length);
  }
  @semanticNonNull
  @FieldResolver(() => [MetricEffectType], {
    nullable: true,
    description:
      'The same in figures: campaigns on the version after the commit against those on the one before.',
  })
  async effects(@Root() action: ActionOf, @Ctx() context: Context): Promise<MetricEffectType[]> {
    const change = await changeBy(action, context);
    return change ? (await effectsOf(change, context)).map(showEffect) : [];
  }
  @semanticNonNull
  @FieldResolver(() => [CampaignType], {
    nullable: true,
    description: 'Campaigns created on the version after the commit, newest first; at most 50.',
  })
  async nextCampaigns(@Root() action: ActionOf, @Ctx() context: Context): Promise<CampaignRecord[]> {
    const change = await changeBy(action, context);
    return change ? campaignsSince(change, context) : [];
  }
}

async function commitOf({ proposal }: ActionOf, { load, reads }: Context): Promise<string | null> {
  if (proposal === null) return null;
  return load.together('landed', proposal, [], async (branches) => {
    const landed = await reads.landedProposals(branches);
    return branches.map((branch) => landed.find((each) => each.branch === branch)?.commitSha ?? null);
  });
}

/** What its commit did to its workflow. */
async function changeBy(action: ActionOf, context: Context): Promise<ChangeRecord | null> {
  const sha = await commitOf(action, context);
  if (sha === null) return null;
  const changes = await context.load.together('changesByCommit', sha, [], (shas) =>
    context.reads.changesByCommit(shas),
  );
  return changes.find(({ workflowKey }) => workflowKey === action.workflow) ?? null;
}

async function effectsOf(change: ChangeRecord, context: Context): Promise<MetricEffect[]> {
  const divide = await divideAt(change, context);
  return divide ? measuredEffects(change.definitionId, REVIEWED_METRICS, divide, context) : [];
}

async function campaignsSince({ toVersionId, commitSha }: ChangeRecord, { load, reads }: Context) {
  if (toVersionId === null) return [];
  const [campaigns, commit] = await Promise.all([
    load.together('campaignsOn', toVersionId, [], (ids) => reads.campaignsOn(ids, MOST_CAMPAIGNS)),
    load.commit.load(commitSha),
  ]);
  return campaigns.filter(({ createdAt }) => commit === null || createdAt >= commit.committedAt);
}
