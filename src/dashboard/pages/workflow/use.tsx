import { useState } from 'react';
import { Link } from 'react-router';
import { WorkflowUseDocument, type WorkflowUseQuery } from '../../api/operations.ts';
import { useData } from '../../api/use-data.ts';
import { day, words } from '../../ui/format.ts';
import { More } from '../../ui/more.tsx';
import { Badge, Empty, Loaded, Section } from '../../ui/parts.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { VersionTable } from '../../ui/versions.tsx';

type Used = NonNullable<WorkflowUseQuery['workflow']>;

const A_PAGE = 10;

const CAMPAIGNS: readonly Column<Used['campaigns']['nodes'][number]>[] = [
  {
    title: 'Campaign',
    cell: ({ key, name }) => <Link to={`/campaigns/${encodeURIComponent(key)}`}>{name}</Link>,
  },
  { title: 'Version', isNumber: true, cell: ({ workflowVersion }) => `v${workflowVersion.number}` },
  {
    title: 'State',
    cell: ({ status }) => <Badge tone={status === 'RUNNING' ? 'busy' : 'quiet'}>{words(status)}</Badge>,
  },
  { title: 'Begun', cell: ({ createdAt }) => day(createdAt) },
  { title: 'Launched', cell: ({ launchedAt }) => day(launchedAt) },
  { title: 'Ended', cell: ({ endedAt }) => day(endedAt) },
];

/** The versions of a workflow, and the campaigns on them. */
export function Use({ workflow: key }: { workflow: string }) {
  const [first, setFirst] = useState(A_PAGE);
  const answer = useData(WorkflowUseDocument, { key, first, campaignFilter: { workflow: [key] } });
  return (
    <>
      <Section title="Versions" note="Lead time: from the creation of a campaign to its first launch.">
        <Loaded of={answer}>
          {({ workflow, campaignStats }) =>
            workflow && (
              <VersionTable
                workflow={key}
                stats={campaignStats}
                hasDiffs
                versions={workflow.versions.nodes.map(({ number, commit }) => ({
                  ...{ number, since: commit.committedAt, author: commit.author.name },
                }))}
              />
            )
          }
        </Loaded>
      </Section>
      <Section title="Campaigns">
        <Loaded of={answer}>
          {({ workflow }) => {
            if (workflow === null || workflow.campaigns.totalCount === 0)
              return <Empty>No campaign has been run on it.</Empty>;
            const { nodes, totalCount, pageInfo } = workflow.campaigns;
            return (
              <>
                <Table label="Campaigns" columns={CAMPAIGNS} rows={nodes} keyOf={(each) => each.key} />
                <More
                  shown={nodes.length}
                  total={totalCount}
                  hasMore={pageInfo.hasNextPage}
                  onMore={() => setFirst((before) => before + A_PAGE)}
                />
              </>
            );
          }}
        </Loaded>
      </Section>
    </>
  );
}
