import { ask } from './ask.js';
import {
  ChartsDocument,
  LaunchDocument,
  PortfolioDocument,
  type PortfolioQuery,
} from './generated/graphql.js';

const url = process.env['WEIR'] ?? 'http://127.0.0.1:4000';

/** Running campaigns, soonest launch first, with what each of them waits for. */
async function printPortfolio(): Promise<void> {
  let after: string | null | undefined;
  do {
    const variables = { first: 20, after, filter: { status: ['RUNNING' as const] } };
    const { campaigns }: PortfolioQuery = await ask(url, PortfolioDocument, variables);
    for (const { key, plannedLaunchAt, steps } of campaigns?.nodes ?? []) {
      const ready = steps?.filter(({ status }) => status === 'READY' || status === 'STARTED') ?? [];
      const names = ready.map(({ name }) => name).join(', ');
      console.log(`${key}, launch ${plannedLaunchAt?.slice(0, 10) ?? 'not planned'}: ${names}`);
    }
    after = campaigns?.pageInfo.hasNextPage ? campaigns.pageInfo.endCursor : null;
  } while (after);
}

/** The median lead time of each workflow by month; a month without a launch is left out. */
async function printLeadTimes(): Promise<void> {
  const to = new Date();
  const from = new Date(to.getTime() - 365 * 86_400_000);
  const { metricSeries } = await ask(url, ChartsDocument, { from: from.toISOString(), to: to.toISOString() });
  for (const { group, points } of metricSeries?.lines ?? []) {
    const months = points.flatMap(({ start, value }) =>
      value == null ? [] : [`${start.slice(0, 7)} ${Math.round(value)}`],
    );
    console.log(`${group ?? 'all'} (${metricSeries?.unit ?? ''}): ${months.join(', ')}`);
  }
}

/** Tries to launch; a refusal is an answer that says whom to ask. */
async function launch(campaign: string, channel: string): Promise<void> {
  const { launchChannel } = await ask(url, LaunchDocument, { campaign, channel });
  for (const { code, message, askRole } of launchChannel?.refusals ?? []) {
    console.log(`${code}: ${message}${askRole.length > 0 ? ` (ask ${askRole.join(', ')})` : ''}`);
  }
}

await printPortfolio();
await printLeadTimes();
const [campaign, channel] = process.argv.slice(2);
if (campaign !== undefined && channel !== undefined) await launch(campaign, channel);
