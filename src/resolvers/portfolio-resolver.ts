import { Arg, Ctx, Query, Resolver } from 'type-graphql';
import {
  overheadOf,
  type Planned,
  type Portfolio,
  portfolioOf,
  type Running,
} from '../application/portfolio.js';
import type { StoredVersion } from '../application/ports.js';
import type { CampaignRecord } from '../application/records.js';
import { PlannedCampaignInput } from '../schema/inputs.js';
import { PortfolioType, type WorkflowOverheadType } from '../schema/portfolio-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { badInput } from './arguments.js';
import { compiledOf } from '../application/compiled-versions.js';
import { type Context, MOST_PAST } from './context.js';
import { NEWEST_CAMPAIGN_FIRST } from './list-arguments.js';

/** More campaigns at once are not planned by one table. */
const MOST_RUNNING = 100;
const MOST_PLANNED = 20;
/** Nobody knows the people of later years. */
const MOST_YEARS_AHEAD = 5;

interface RunningOn extends Running {
  readonly version: StoredVersion<'Workflow'>;
}

@Resolver()
export class PortfolioResolver {
  @semanticNonNull
  @Query(() => PortfolioType, {
    nullable: true,
    description:
      'All running and planned campaigns together: when each would end, and who would be needed twice.',
  })
  async portfolio(
    @Arg('planned', () => [PlannedCampaignInput], {
      defaultValue: [],
      description: 'Campaigns that are thought of, to see whether there are people for them; at most 20.',
    })
    planned: PlannedCampaignInput[],
    @Ctx() context: Context,
  ): Promise<Portfolio & { overhead: WorkflowOverheadType[] }> {
    const running = await runningIn(context);
    const { reads, ports } = context;
    const now = ports.clock.now();
    const thought = await thoughtOf(planned, new Set(running.map(({ campaign }) => campaign.key)), context);
    return {
      ...portfolioOf(running, thought, await reads.teams(), now),
      overhead: await overheads(running, context),
    };
  }
}

async function runningIn({ reads, load }: Context): Promise<RunningOn[]> {
  const page = { first: MOST_RUNNING, after: null, last: null, before: null };
  const { edges } = await reads.campaigns(page, { status: ['running'] }, NEWEST_CAMPAIGN_FIRST);
  return Promise.all(
    edges.map(async ({ node: campaign }) => {
      const [version, situation, { steps }] = await Promise.all([
        load.workflowVersion(campaign.versionId),
        load.situation(campaign),
        load.parts(campaign),
      ]);
      const holds = (condition: string) => situation.holdsFor('step', condition);
      return { campaign, version, compiled: compiledOf(version), steps, holds };
    }),
  );
}

async function thoughtOf(
  planned: readonly PlannedCampaignInput[],
  taken: Set<string>,
  { reads, ports }: Context,
): Promise<Planned[]> {
  if (planned.length > MOST_PLANNED)
    throw badInput(`at most ${MOST_PLANNED} campaigns can be planned at once, not ${planned.length}`);
  const now = ports.clock.now();
  const horizon = new Date(now);
  horizon.setUTCFullYear(now.getUTCFullYear() + MOST_YEARS_AHEAD);
  return Promise.all(
    planned.map(async ({ key, workflow, startAt }) => {
      if (taken.has(key)) throw badInput(`there is a campaign '${key}' already`);
      taken.add(key);
      if (startAt < now) throw badInput(`'${key}' cannot begin in the past`);
      if (startAt > horizon)
        throw badInput(`'${key}' cannot begin more than ${MOST_YEARS_AHEAD} years from now`);
      const found = await reads.workflow(workflow);
      if (found?.retiredAt !== null) throw badInput(`there is no workflow '${workflow}'`);
      return { key, compiled: compiledOf(found.version), startAt };
    }),
  );
}

/** By workflow, in the order of their keys; meetings are those of the newest version that runs. */
async function overheads(
  running: readonly RunningOn[],
  { reads, load }: Context,
): Promise<WorkflowOverheadType[]> {
  const touchesOf = (campaigns: readonly CampaignRecord[]) =>
    Promise.all(
      campaigns.map(({ id }) =>
        load.together('touches', id, [], (campaignIds) => reads.touches(campaignIds)),
      ),
    );
  const ids = [...new Set(running.map(({ version }) => version.definitionId))];
  const made = await Promise.all(
    ids.map(async (id) => {
      const own = running.filter(({ version }) => version.definitionId === id);
      const [workflow, ended] = await Promise.all([
        load.workflow.load(id),
        load.together('ended', id, [], (definitionIds) => reads.endedCampaigns(definitionIds, MOST_PAST)),
      ]);
      const touches = await touchesOf(own.map(({ campaign }) => campaign));
      const [newest] = own.map(({ version }) => version).sort((one, other) => other.number - one.number);
      if (!workflow || !newest) return [];
      return [{ workflow, ...overheadOf(newest.meaning, touches, await touchesOf(ended)) }];
    }),
  );
  return made.flat().sort((one, other) => (one.workflow.key < other.workflow.key ? -1 : 1));
}
