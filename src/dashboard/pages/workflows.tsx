import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import {
  RunningPerWorkflowDocument,
  WorkflowListDocument,
  type WorkflowListQuery,
  type WorkflowStatus,
} from '../api/operations.ts';
import { useData } from '../api/use-data.ts';
import { Choice, known } from '../ui/choice.tsx';
import { count, day, number, words } from '../ui/format.ts';
import { More } from '../ui/more.tsx';
import { Badge, Empty, Loaded, Page, Section, type Tone } from '../ui/parts.tsx';
import { type Column, Table } from '../ui/table.tsx';

type Row = WorkflowListQuery['workflows']['nodes'][number];

const A_PAGE = 50;
const TONES: Record<WorkflowStatus, Tone> = {
  ACTIVE: 'good',
  PILOT: 'busy',
  DRAFT: 'quiet',
  RETIRED: 'quiet',
};

/** All workflows, those that are retired apart. */
export default function Workflows() {
  const [search, setSearch] = useSearchParams();
  const one = (name: string) => search.get(name) ?? '';
  const set = (name: string, value: string) =>
    setSearch(
      (before) => {
        if (value === '') before.delete(name);
        else before.set(name, value);
        return before;
      },
      { replace: true },
    );
  const text = one('search') === '' ? null : one('search');
  const status = known(Object.keys(TONES) as WorkflowStatus[], one('status')) ?? '';
  const isRetired = status === 'RETIRED';
  return (
    <Page title="Workflows">
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
          label="Status"
          value={status}
          options={[
            ['', 'every'],
            ['ACTIVE', 'active'],
            ['PILOT', 'pilot'],
            ['DRAFT', 'draft'],
            ['RETIRED', 'retired'],
          ]}
          onChange={(value) => set('status', value)}
        />
      </form>
      {!isRetired && (
        <Section title="In use">
          <List
            filter={{
              retired: false,
              search: text,
              status: status === '' ? null : [status],
            }}
            label="Workflows in use"
            nothing={
              text === null && status === ''
                ? 'No workflow is served yet. A commit to the repository brings the first.'
                : 'No workflow is like that.'
            }
          />
        </Section>
      )}
      {(isRetired || status === '') && (
        <Section title="Retired" note="They take no new campaigns; those that run on them go on.">
          <List
            filter={{ retired: true, search: text }}
            label="Retired workflows"
            nothing={text === null ? 'None is retired.' : 'No retired workflow is like that.'}
          />
        </Section>
      )}
    </Page>
  );
}

interface ListProps {
  readonly filter: { retired: boolean; search: string | null; status?: WorkflowStatus[] | null };
  readonly label: string;
  readonly nothing: string;
}

function List({ filter, label, nothing }: ListProps) {
  const [first, setFirst] = useState(A_PAGE);
  const workflows = useData(WorkflowListDocument, { first, filter });
  const running = useData(RunningPerWorkflowDocument, {});
  const stats = running.data?.campaignStats;
  const columns = columnsOf(filter.retired, (key) =>
    stats === undefined ? null : (stats.find(({ group }) => group[0]?.value === key)?.campaigns ?? 0),
  );
  return (
    <Loaded of={workflows}>
      {({ workflows: { nodes, totalCount, pageInfo } }) =>
        nodes.length === 0 ? (
          <Empty>{nothing}</Empty>
        ) : (
          <>
            <Table label={label} columns={columns} rows={nodes} keyOf={({ key }) => key} />
            <More
              shown={nodes.length}
              total={totalCount}
              hasMore={pageInfo.hasNextPage}
              onMore={() => setFirst((before) => before + A_PAGE)}
            />
          </>
        )
      }
    </Loaded>
  );
}

const columnsOf = (isRetired: boolean, runningOf: (key: string) => number | null): Column<Row>[] => [
  {
    title: 'Workflow',
    cell: ({ key, name }) => (
      <>
        <Link to={`/workflows/${encodeURIComponent(key)}`}>{name}</Link>
        <div className="muted">{key}</div>
      </>
    ),
  },
  { title: 'Model', cell: ({ model }) => words(model) },
  { title: 'Pattern', cell: ({ pattern }) => words(pattern) },
  {
    title: 'Status',
    cell: ({ status, pin }) => (
      <>
        <Badge tone={TONES[status]}>{words(status)}</Badge>
        {pin !== null && <span className="muted"> pinned: {pin.reason}</span>}
      </>
    ),
  },
  ...(isRetired ? [{ title: 'Retired', cell: ({ retiredAt }: Row) => day(retiredAt) }] : []),
  { title: 'Steward', cell: ({ steward }) => steward },
  { title: 'Version', isNumber: true, cell: ({ currentVersion }) => `v${currentVersion.number}` },
  {
    title: 'Running campaigns',
    isNumber: true,
    cell: ({ key }) => {
      const many = runningOf(key);
      return many === null || many === 0 ? (
        number(many)
      ) : (
        <Link to={`/?workflow=${encodeURIComponent(key)}`} aria-label={`${many} running campaigns of ${key}`}>
          {number(many)}
        </Link>
      );
    },
  },
  { title: 'Findings', cell: ({ problems }) => <Problems of={problems} /> },
];

function Problems({ of }: { of: Row['problems'] }) {
  const many = (severity: string) => of.filter((each) => each.severity === severity).length;
  const [errors, warnings, notes] = [many('ERROR'), many('WARNING'), many('INFO')];
  if (of.length === 0) return <span className="muted">none</span>;
  return (
    <>
      {errors > 0 && <Badge tone="bad">{count(errors, 'error')}</Badge>}{' '}
      {warnings > 0 && <Badge tone="warn">{count(warnings, 'warning')}</Badge>}{' '}
      {notes > 0 && <Badge>{count(notes, 'note')}</Badge>}
    </>
  );
}
