import { Ctx, Query, Resolver } from 'type-graphql';
import { type Portfolio, portfolioOf } from '../application/portfolio.js';
import { PortfolioType } from '../schema/portfolio-types.js';
import { semanticNonNull } from '../schema/semantic-non-null.js';
import { compiledOf, type Context } from './context.js';
import { NEWEST_CAMPAIGN_FIRST } from './list-arguments.js';

/** More campaigns at once are not planned by one table. */
const MOST_RUNNING = 100;

@Resolver()
export class PortfolioResolver {
  @semanticNonNull
  @Query(() => PortfolioType, {
    nullable: true,
    description: 'All running campaigns together: when each would end, and who would be needed twice.',
  })
  async portfolio(@Ctx() { reads, load, ports }: Context): Promise<Portfolio> {
    const page = { first: MOST_RUNNING, after: null, last: null, before: null };
    const { edges } = await reads.campaigns(page, { status: ['running'] }, NEWEST_CAMPAIGN_FIRST);
    const running = await Promise.all(
      edges.map(async ({ node: campaign }) => {
        const [version, situation, steps] = await Promise.all([
          load.workflowVersion(campaign.versionId),
          load.situation(campaign),
          load.steps.load(campaign.id),
        ]);
        const holds = (condition: string) => situation.holdsFor('step', condition);
        return { campaign, compiled: compiledOf(version), steps, holds };
      }),
    );
    return portfolioOf(running, await reads.teams(), ports.clock.now());
  }
}
