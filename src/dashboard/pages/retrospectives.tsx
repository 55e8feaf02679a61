import { Link, useSearchParams } from 'react-router';
import { RetrospectivesDocument, type RetrospectivesQuery } from '../api/operations.ts';
import { useData } from '../api/use-data.ts';
import { Choice } from '../ui/choice.tsx';
import { day, number } from '../ui/format.ts';
import { Older } from '../ui/older.tsx';
import { Badge, Empty, Loaded, Page } from '../ui/parts.tsx';
import { type Column, Table } from '../ui/table.tsx';

type Row = RetrospectivesQuery['retrospectives']['nodes'][number];

const A_PAGE = 25;
const EVERY_SECONDS = 30;
const YES_OR_NO = [
  ['', 'any'],
  ['yes', 'yes'],
  ['no', 'no'],
] as const;

const asked = (value: string): boolean | null => (value === '' ? null : value === 'yes');

/** What campaigns that have ended teach: which wait for answers, and whose actions are not done. */
export default function Retrospectives() {
  const [search, setSearch] = useSearchParams();
  const one = (name: string) => search.get(name) ?? '';
  const set = (name: string, value: string) => {
    setSearch((before) => {
      before.delete('after');
      if (value === '') before.delete(name);
      else before.set(name, value);
      return before;
    });
  };
  const filter = {
    answered: asked(one('answered')),
    hasOpenActions: asked(one('open')),
    workflow: one('workflow') === '' ? null : [one('workflow')],
  };
  const list = useData(
    RetrospectivesDocument,
    { first: A_PAGE, after: one('after') || null, filter },
    { everySeconds: EVERY_SECONDS },
  );
  return (
    <Page title="Retrospectives">
      <form role="search" onSubmit={(event) => event.preventDefault()}>
        <Choice
          label="Answered"
          value={one('answered')}
          options={YES_OR_NO}
          onChange={(value) => set('answered', value)}
        />
        <Choice
          label="Open actions"
          value={one('open')}
          options={YES_OR_NO}
          onChange={(value) => set('open', value)}
        />
        <Choice
          label="Workflow"
          value={one('workflow')}
          options={[
            ['', 'every'],
            ...(list.data?.workflows.nodes ?? []).map(({ key, name }) => [key, name] as const),
          ]}
          onChange={(value) => set('workflow', value)}
        />
      </form>
      <Loaded of={list}>
        {({ retrospectives: { nodes, totalCount, pageInfo } }) =>
          nodes.length === 0 ? (
            <Empty>
              {Object.values(filter).every((each) => each === null)
                ? 'There is none yet.'
                : 'No retrospective is like that.'}{' '}
              One opens when a campaign ends.
            </Empty>
          ) : (
            <>
              <Table label="Retrospectives" columns={COLUMNS} rows={nodes} keyOf={({ id }) => id} />
              <Older
                total={totalCount}
                after={one('after') || null}
                page={pageInfo}
                onGo={(after) => set('after', after ?? '')}
              />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const COLUMNS: readonly Column<Row>[] = [
  {
    title: 'Campaign',
    cell: ({ campaign: { key, name } }) => (
      <Link to={`/retrospectives/${encodeURIComponent(key)}`}>{name}</Link>
    ),
  },
  {
    title: 'Workflow',
    cell: ({ workflowVersion: { number: version, workflow } }) => (
      <>
        <Link to={`/workflows/${encodeURIComponent(workflow.key)}`}>{workflow.name}</Link>{' '}
        <span className="muted">v{version}</span>
      </>
    ),
  },
  { title: 'Opened', cell: ({ createdAt }) => day(createdAt) },
  { title: 'State', cell: (row) => <State row={row} /> },
  { title: 'Actions', cell: ({ actions }) => <Actions actions={actions} /> },
];

function State({ row: { completedAt, answers } }: { row: Row }) {
  if (completedAt !== null) return <Badge tone="good">completed</Badge>;
  const answered = answers.filter(({ given }) => given.length > 0).length;
  if (answered === 0) return <Badge tone="warn">not answered</Badge>;
  return (
    <Badge tone="busy">
      {number(answered)} of {number(answers.length)} answered
    </Badge>
  );
}

function Actions({ actions }: { actions: Row['actions'] }) {
  if (actions.length === 0) return '–';
  const overdue = actions.filter(({ state }) => state === 'OVERDUE').length;
  const open = actions.filter(({ state }) => state === 'OPEN').length;
  const done = actions.length - overdue - open;
  return (
    <>
      {overdue > 0 && <Badge tone="bad">{overdue} overdue</Badge>}{' '}
      {open > 0 && <Badge tone="busy">{open} open</Badge>}{' '}
      {done > 0 && <Badge tone="good">{done} done</Badge>}
    </>
  );
}
