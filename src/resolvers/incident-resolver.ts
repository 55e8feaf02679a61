import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { incidentsIn } from '../application/incidents.js';
import type { CampaignRecord } from '../application/records.js';
import type { Incident } from '../domain/learning/incidents.js';
import { CampaignType } from '../schema/campaign-types.js';
import { IncidentType } from '../schema/incident-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { compiledOf, type Context } from './context.js';

/** More decisions than a campaign's triggers make in a season. */
const DECISIONS = { first: 200, after: null, last: null, before: null };
const OLDEST_FIRST = { field: 'time', direction: 'asc' } as const;

@Resolver(() => CampaignType)
export class IncidentResolver {
  @semanticNonNull
  @FieldResolver(() => [IncidentType], {
    nullable: true,
    description: 'What went wrong, recognised from its record, each with its cause and the evidence.',
  })
  async incidents(
    @Root() campaign: CampaignRecord,
    @Ctx() { load, reads, ports }: Context,
  ): Promise<Incident[]> {
    const [version, steps, channels, metrics, teams, decisions] = await Promise.all([
      load.workflowVersion(campaign.versionId),
      load.steps.load(campaign.id),
      load.channels.load(campaign.id),
      load.metrics.load(campaign.id),
      load.together('teams', '', [], async () => [await reads.teams()]),
      load.together('oldestDecisions', campaign.id, [], (ids) =>
        reads.decisions(ids, DECISIONS, {}, OLDEST_FIRST),
      ),
    ]);
    const parts = { steps, channels, metrics, teams, decisions: decisions.edges.map(({ node }) => node) };
    const of = { workflow: version.meaning, compiled: compiledOf(version) };
    return incidentsIn(campaign, of, parts, ports.clock.now());
  }
}
