import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import {
  AcknowledgeAlertDocument,
  type CampaignOrderField,
  PortfolioDocument,
  PortfolioOverviewDocument,
  type PortfolioOverviewQuery,
  type PortfolioQuery,
} from '../api/operations.ts';
import { useAct, useData } from '../api/use-data.ts';
import { Choice, known } from '../ui/choice.tsx';
import { day, moment, number, words } from '../ui/format.ts';
import { More } from '../ui/more.tsx';
import { Badge, Empty, Loaded, Page, Refusals, Section } from '../ui/parts.tsx';
import { PermittedButton, Permissions } from '../ui/permitted.tsx';
import { type Column, Table } from '../ui/table.tsx';
import { Health, launchAt } from './campaign-health.tsx';

type Row = PortfolioQuery['campaigns']['nodes'][number];

/** Forecasts are calculated for each, so that a page is small. */
const A_PAGE = 25;
const EVERY_SECONDS = 15;
/** Alerts are told of when they come; the rest is a simulation of everything that runs. */
const OVERVIEW_SECONDS = 60;

const STATES = ['RUNNING', 'ENDED', 'CANCELLED', 'EVERY'] as const;
const RISKS = ['HIGH', 'MEDIUM', 'LOW'] as const;
const SORTED_BY = ['NAME', 'PLANNED_LAUNCH_AT', 'LAUNCHED_AT'] as const;

/** All campaigns: which need somebody, and when they will launch. */
export function Portfolio() {
  const [search, setSearch] = useSearchParams();
  const [first, setFirst] = useState(A_PAGE);
  const one = (name: string) => search.get(name) ?? '';
  const set = (name: string, value: string) => {
    setFirst(A_PAGE);
    setSearch((before) => {
      if (value === '') before.delete(name);
      else before.set(name, value);
      return before;
    });
  };
  const status = known(STATES, one('status')) ?? 'RUNNING';
  const risk = known(RISKS, one('risk')) ?? '';
  // What launches next is of most interest while it runs; afterwards what was last.
  const byItself = status === 'RUNNING' ? 'ASC' : 'DESC';
  const sorting = {
    field: known(SORTED_BY, one('by')) ?? 'PLANNED_LAUNCH_AT',
    direction: known(['ASC', 'DESC'] as const, one('order')) ?? byItself,
  } as const;
  const isFiltered = risk !== '' || one('workflow') !== '' || one('search') !== '';
  const campaigns = useData(
    PortfolioDocument,
    {
      first,
      after: null,
      filter: {
        status: status === 'EVERY' ? null : [status],
        risk: risk === '' ? null : [risk],
        workflow: one('workflow') === '' ? null : [one('workflow')],
        search: one('search') === '' ? null : one('search'),
      },
      orderBy: sorting,
    },
    { everySeconds: EVERY_SECONDS },
  );
  const overview = useData(PortfolioOverviewDocument, {}, { everySeconds: OVERVIEW_SECONDS });
  return (
    <Page title="Campaigns">
      <Loaded of={overview}>{(data) => <Overview data={data} />}</Loaded>
      <form role="search" onSubmit={(event) => event.preventDefault()}>
        <label>
          Search{' '}
          <input
            type="search"
            value={one('search')}
            onChange={(event) => set('search', event.target.value)}
          />
        </label>
        <Choice
          label="State"
          value={status}
          options={[
            ['RUNNING', 'running'],
            ['ENDED', 'ended'],
            ['CANCELLED', 'cancelled'],
            ['EVERY', 'every'],
          ]}
          onChange={(value) => set('status', value === 'RUNNING' ? '' : value)}
        />
        <Choice
          label="Workflow"
          value={one('workflow')}
          options={[
            ['', 'every'],
            ...(overview.data?.workflows.nodes ?? []).map(({ key, name }) => [key, name] as const),
          ]}
          onChange={(value) => set('workflow', value)}
        />
        <Choice
          label="Risk"
          value={risk}
          options={[
            ['', 'every'],
            ['HIGH', 'high'],
            ['MEDIUM', 'medium'],
            ['LOW', 'low'],
          ]}
          onChange={(value) => set('risk', value)}
        />
      </form>
      <Loaded of={campaigns}>
        {({ campaigns: { nodes, totalCount, pageInfo } }) =>
          nodes.length === 0 ? (
            <Empty>
              {status === 'RUNNING' && !isFiltered
                ? 'No campaign is running. One is created over the API, on a workflow that is served.'
                : 'No campaign is like that.'}
            </Empty>
          ) : (
            <>
              <Table
                label="Campaigns"
                columns={COLUMNS}
                rows={nodes}
                keyOf={({ key }) => key}
                sorting={sorting}
                onSort={({ field, direction }) => {
                  set('by', field);
                  set('order', direction);
                }}
              />
              <More
                shown={nodes.length}
                total={totalCount}
                hasMore={pageInfo.hasNextPage}
                onMore={() => setFirst((count) => count + A_PAGE)}
              />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const COLUMNS: readonly Column<Row, CampaignOrderField>[] = [
  {
    title: 'Campaign',
    sort: 'NAME',
    cell: ({ key, name }) => <Link to={`/campaigns/${encodeURIComponent(key)}`}>{name}</Link>,
  },
  { title: 'Health', cell: (row) => <Health of={row} /> },
  {
    title: 'Workflow',
    cell: ({ workflowVersion: { number: version, workflow } }) => (
      <>
        <Link to={`/workflows/${encodeURIComponent(workflow.key)}`}>{workflow.name}</Link>{' '}
        <span className="muted">v{version}</span>
      </>
    ),
  },
  { title: 'At work', cell: ({ steps }) => atWork(steps) },
  {
    title: 'Next gate',
    cell: ({ gates }) => {
      const next = gates.find(({ status }) => status !== 'PASSED' && status !== 'DEVIATED');
      return next === undefined ? '–' : `${next.key}: ${words(next.status)}`;
    },
  },
  { title: 'Planned launch', sort: 'PLANNED_LAUNCH_AT', cell: ({ plannedLaunchAt }) => day(plannedLaunchAt) },
  { title: 'Forecast (P50 to P80)', cell: (row) => forecastOf(row) },
  { title: 'Launched', sort: 'LAUNCHED_AT', cell: ({ launchedAt }) => day(launchedAt) },
  { title: 'Risk', cell: ({ risk }) => words(risk) },
];

const AT_WORK = ['STARTED', 'READY', 'REJECTED', 'ESCALATED'];

function atWork(steps: Row['steps']): string {
  const [first, ...others] = steps.filter(({ status }) => AT_WORK.includes(status));
  if (first === undefined) return '–';
  return others.length === 0 ? first.name : `${first.name}, and ${others.length} more`;
}

function forecastOf(row: Row): string {
  const { launchP50Hours: half, launchP80Hours: most } = row.forecast ?? {};
  if (row.launchedAt !== null || half == null || most == null) return '–';
  const [from, to] = [day(launchAt(row, half)), day(launchAt(row, most))];
  return from === to ? from : `${from} – ${to}`;
}

function Overview({ data: { campaignStats, alerts, portfolio } }: { data: PortfolioOverviewQuery }) {
  const acting = useAct();
  const running = campaignStats.find(({ group }) => group[0]?.value === 'RUNNING');
  const launched = campaignStats.reduce((sum, each) => sum + each.launched, 0);
  return (
    <>
      <dl className="figures">
        <Figure name="running" value={number(running?.campaigns ?? 0)} />
        <Figure name="overdue" value={number(running?.overdue ?? 0)} />
        <Figure name="launched in all" value={number(launched)} />
        <Figure name="open alerts" value={number(alerts.totalCount)} />
        <Figure name="capacity conflicts" value={number(portfolio.conflicts.length)} />
      </dl>
      <div className="columns">
        <Section title="Alerts">
          <Refusals of={acting} />
          {alerts.nodes.length === 0 ? (
            <Empty>Nothing needs attention.</Empty>
          ) : (
            <Permissions>
              <ul className="list">
                {alerts.nodes.map(({ id, kind, message, campaignKey, raisedAt }) => (
                  <li key={id}>
                    <Badge tone="warn">{words(kind)}</Badge> {message}{' '}
                    <span className="muted">{moment(raisedAt)}</span>{' '}
                    {campaignKey !== null && (
                      <Link to={`/campaigns/${encodeURIComponent(campaignKey)}`}>{campaignKey}</Link>
                    )}{' '}
                    <PermittedButton
                      {...{ asked: 'acknowledgeAlert', acting, name: 'Acknowledge' }}
                      label={`Acknowledge: ${message}`}
                      onClick={() => void acting.act(AcknowledgeAlertDocument, { input: { alert: id } })}
                    />
                  </li>
                ))}
              </ul>
            </Permissions>
          )}
        </Section>
        <Section title="Capacity conflicts">
          {portfolio.conflicts.length === 0 ? (
            <Empty>Nobody is needed more often than there are people.</Empty>
          ) : (
            <ul className="list">
              {portfolio.conflicts.map(({ role, capacity, needed, from, to, steps }) => (
                <li key={`${role} ${from}`}>
                  <strong>{role}</strong>: {needed} needed, {capacity} there, {moment(from)} – {moment(to)}
                  <span className="muted">
                    {' '}
                    ({[...new Set(steps.map(({ campaign }) => campaign))].join(', ')})
                  </span>
                </li>
              ))}
            </ul>
          )}
        </Section>
      </div>
    </>
  );
}

const Figure = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);
