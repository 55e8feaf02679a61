import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { pullBrief, type PulledBrief, updateBrief } from '../application/brief.js';
import type { CampaignRecord } from '../application/records.js';
import type { Outcome } from '../application/run-campaign.js';
import { type BriefChange, withChanges } from '../domain/campaign/brief.js';
import { spokesOf, standingsOf } from '../domain/campaign/spokes.js';
import {
  type BriefChangeType,
  BriefVersionType,
  PullBriefInput,
  PullBriefPayload,
  SpokeType,
  UpdateBriefInput,
} from '../schema/brief-types.js';
import { CampaignPayload, CampaignType } from '../schema/campaign-types.js';
import { MAX_PAGE } from '../schema/limits.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { toBriefFields } from '../schema/values.js';
import { toEvidence } from './alignment-resolver.js';
import { badInput, toGivenFields } from './arguments.js';
import type { Context } from './context.js';

const INPUT = 'What to do, and to what.';
/** How many versions are shown when nobody says. */
const SHOWN = 20;

@Resolver()
export class BriefMutations {
  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description:
      'Sets fields of the brief, which makes its next version. What the hub owns, spokes may not set.',
  })
  updateBrief(
    @Arg('input', () => UpdateBriefInput, { description: INPUT }) input: UpdateBriefInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    const { campaign, basedOn = null, dryRun } = input;
    return updateBrief(ports, actor, { campaign, fields: toGivenFields(input.fields), basedOn, dryRun });
  }
}

@Resolver(() => PullBriefPayload)
export class PullBriefMutation {
  @semanticNonNull
  @Mutation(() => PullBriefPayload, {
    nullable: true,
    description: 'Takes the brief for a spoke, and notes which version it works from.',
  })
  async pullBrief(
    @Arg('input', () => PullBriefInput, { description: INPUT })
    { campaign: key, spoke, tag: known = null }: PullBriefInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<PullBriefPayload & Pick<PulledBrief, 'campaign'>> {
    const { campaign, refusals, pulled } = await pullBrief(ports, actor, {
      campaign: key,
      spoke,
      tag: known,
    });
    const { version = null, tag = null, brief = null } = pulled ?? {};
    return {
      campaign,
      refusals,
      version,
      tag,
      isModified: brief !== null,
      brief: brief && toBriefFields(brief),
    };
  }
  @FieldResolver(() => CampaignType, { nullable: true, description: 'Null where there is no such campaign.' })
  campaign(@Root() { campaign }: PulledBrief, @Ctx() { reads }: Context) {
    return campaign === null ? null : reads.campaign(campaign);
  }
}

@Resolver(() => CampaignType)
export class BriefResolver {
  @semanticNonNull
  @FieldResolver(() => [BriefVersionType], {
    nullable: true,
    description: 'What the brief said before and says now, newest first.',
  })
  async briefVersions(
    @Root() { id }: CampaignRecord,
    @Arg('first', () => Int, { defaultValue: SHOWN, description: 'How many at most.' }) first: number,
    @Ctx() { load, reads }: Context,
  ): Promise<BriefVersionType[]> {
    if (first < 0 || first > MAX_PAGE) throw badInput(`'first' is from 0 to ${MAX_PAGE}, not ${first}`);
    // One more, since each is told with what differs from the one before.
    const versions = await load.together('briefVersions', id, [first], (ids) =>
      reads.briefVersions(ids, first + 1),
    );
    return withChanges(versions)
      .reverse()
      .slice(0, first)
      .map(({ brief, changes, ...version }) => ({
        ...version,
        brief: toBriefFields(brief),
        changes: changes.map(toChange),
      }));
  }
  @semanticNonNull
  @FieldResolver(() => [SpokeType], {
    nullable: true,
    description: 'Who works side by side from the brief, and from which version.',
  })
  async spokes(@Root() campaign: CampaignRecord, @Ctx() context: Context): Promise<SpokeType[]> {
    const { id, versionId } = campaign;
    const { load, present } = context;
    const [version, { channels }, pulls, versions, metrics] = await Promise.all([
      load.workflowVersion(versionId),
      load.parts(campaign),
      load.briefPulls.load(id),
      load.pulledBriefs.load(id),
      load.metrics.load(id),
    ]);
    const drift = metrics.find(({ metric }) => metric === 'brief-drift')?.evidence ?? [];
    const names = channels.map(({ channel }) => channel).sort();
    return standingsOf(spokesOf(version.meaning, names), pulls, versions).map(
      ({ pull, changes, ...spoke }) => ({
        ...spoke,
        ...{
          pulledVersion: pull?.version ?? null,
          pulledBy: pull?.actor ?? null,
          pulledAt: pull?.lastAt ?? null,
        },
        changes: changes.map(toChange),
        drift: drift
          .filter((each) => each.type === 'drift' && spoke.channels.includes(each.channel))
          .map((each) => toEvidence(each, present)),
      }),
    );
  }
  @semanticNonNull
  @FieldResolver(() => [SpokeType], {
    nullable: true,
    description: 'Those whose last pull is older than the present version of the brief (R50).',
  })
  async spokesOutOfDate(@Root() campaign: CampaignRecord, @Ctx() context: Context): Promise<SpokeType[]> {
    return (await this.spokes(campaign, context)).filter(({ isOutOfDate }) => isOutOfDate);
  }
}

function toChange({ field, before, after }: BriefChange): BriefChangeType {
  const shown = (value: BriefChange['before']) =>
    value === null ? null : (toBriefFields({ [field]: value })[0] ?? null);
  return { field, before: shown(before), after: shown(after) };
}
