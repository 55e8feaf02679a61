import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { type LookBack, lookBackOn } from '../application/incidents.js';
import { recordIncident } from '../application/record-incident.js';
import type { CampaignRecord } from '../application/records.js';
import type { Outcome } from '../application/run-campaign.js';
import { type IncidentRegister, registerOf } from '../domain/learning/incident-register.js';
import type { Incident } from '../domain/learning/incidents.js';
import { CampaignPayload, CampaignType } from '../schema/campaign-types.js';
import { IncidentRegisterType, IncidentType, RecordIncidentInput } from '../schema/incident-types.js';
import { CampaignFilterInput } from '../schema/inputs.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { compiledOf } from '../application/compiled-versions.js';
import type { Context } from './context.js';
import { Filter, NEWEST_CAMPAIGN_FIRST } from './list-arguments.js';

/** Older ones say little of how work is done today. */
const NEWEST = { first: 300, after: null, last: null, before: null };
/** More than anybody reads at once. */
const MOST_ENTRIES = 500;

@Resolver(() => CampaignType)
export class IncidentResolver {
  @semanticNonNull
  @FieldResolver(() => [IncidentType], {
    nullable: true,
    description:
      'What went wrong: recognised from its record, each with its cause and the evidence, and what people have reported.',
  })
  incidents(@Root() campaign: CampaignRecord, @Ctx() context: Context): Promise<Incident[]> {
    return incidentsOf(campaign, context);
  }
}

@Resolver()
export class IncidentRegisterResolver {
  @semanticNonNull
  @Query(() => IncidentRegisterType, {
    nullable: true,
    description: 'What goes wrong in campaigns, how often, and by what cause.',
  })
  async incidents(
    @Filter(() => CampaignFilterInput) filter: CampaignFilterInput | null,
    @Ctx() context: Context,
  ): Promise<IncidentRegister & { entries: { campaign: CampaignRecord; incident: Incident }[] }> {
    const { edges } = await context.reads.campaigns(NEWEST, filter ?? {}, NEWEST_CAMPAIGN_FIRST);
    const campaigns = edges.map(({ node }) => node);
    const late = new Set(await context.reads.lateFixes(campaigns.map(({ id }) => id)));
    const found = await Promise.all(
      campaigns.map(async (campaign) => ({
        campaign,
        incidents: await incidentsOf(campaign, context),
        hasLateFix: late.has(campaign.id),
        isLaunched: campaign.launchedAt !== null,
      })),
    );
    const entries = found.flatMap(({ campaign, incidents }) =>
      incidents.map((incident) => ({ campaign, incident })),
    );
    return { ...registerOf(found), entries: entries.slice(0, MOST_ENTRIES) };
  }

  @semanticNonNull
  @Mutation(() => CampaignPayload, {
    nullable: true,
    description: 'Reports what went wrong and the record does not show, also after the campaign has ended.',
  })
  recordIncident(
    @Arg('input', () => RecordIncidentInput, { description: 'What to do, and to what.' })
    { happenedAt = null, ...report }: RecordIncidentInput,
    @Ctx() { ports, actor }: Context,
  ): Promise<Outcome> {
    return recordIncident(ports, actor, { ...report, happenedAt });
  }
}

export async function incidentsOf(campaign: CampaignRecord, context: Context): Promise<Incident[]> {
  const [{ incidents }, reported] = await Promise.all([
    lookedBackOn(campaign, context),
    context.load.incidents.load(campaign.id),
  ]);
  return [
    ...incidents,
    ...reported.map(({ kind, subject, cause, description, actor }) => ({
      ...{ kind, subject, cause, failurePoint: null, delay: null },
      ...{ evidence: [description], reportedBy: actor },
    })),
  ];
}

/** What the record of a campaign shows; once it has ended, what it showed then (R77). */
export async function lookedBackOn(campaign: CampaignRecord, { load, ports }: Context): Promise<LookBack> {
  const [retrospective] = await load.retrospectives.load(campaign.id);
  if (retrospective?.evidence.words) {
    const { incidents, words } = retrospective.evidence;
    return { incidents, words: () => words };
  }
  const [version, parts, teams, events, assets, metrics, suppressions] = await Promise.all([
    load.workflowVersion(campaign.versionId),
    load.parts(campaign),
    load.teams(),
    load.stepEvents.load(campaign.id),
    load.assets.load(campaign.id),
    load.metrics.load(campaign.id),
    load.suppressions.load(campaign.id),
  ]);
  const { channels, steps, gates, handoffs, approvals, returns } = parts;
  const roles = teams.flatMap((team) => team.roles);
  const history = { steps, events, gates, handoffs, approvals, returns, assets, metrics, suppressions };
  const of = { workflow: version.meaning, compiled: compiledOf(version) };
  return lookBackOn(campaign, of, { ...history, channels, roles }, ports.clock.now());
}
