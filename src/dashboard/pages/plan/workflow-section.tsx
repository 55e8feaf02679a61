import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { RolesOfStepFragment, WorkflowInPlanFragment } from '../../api/operations.ts';
import { ChangedDiagram } from '../../ui/changed-diagram.tsx';
import { Changes, Class, ClassNote } from '../../ui/changes.tsx';
import { Diagram } from '../../ui/diagram.tsx';
import { hours, moreHours, words } from '../../ui/format.ts';
import { Alert, Badge, Section } from '../../ui/parts.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { Impacts, PastCampaigns } from './impact.tsx';

type Planned = WorkflowInPlanFragment;

/** What a merge would do to one workflow. */
export function WorkflowSection({ workflow }: { workflow: Planned }) {
  const { key, change, classification, waits, diagram, changes, touchedBy, approvals, raci, impact, past } =
    workflow;
  return (
    <Section title={`${key}: ${change === 'INVALID' ? 'held back' : words(change)}`}>
      <p>
        For running campaigns: <Class of={classification} />
        {change !== 'ADDED' && (
          <>
            {' · '}
            <Link to={`/workflows/${encodeURIComponent(key)}`}>{key} as it is now</Link>
          </>
        )}
      </p>
      {waits !== null && (
        <Alert tone="warn">
          <p>{waits}</p>
        </Alert>
      )}
      <Part title="What changes in meaning" of={changes}>
        <ClassNote />
        <Changes of={changes} />
      </Part>
      {diagram !== null && (
        <>
          <h3>{change === 'ADDED' ? 'The drawing' : 'On the drawing'}</h3>
          {change === 'ADDED' ? <Diagram svg={diagram} /> : <ChangedDiagram svg={diagram} />}
        </>
      )}
      <Part title="Touched by other definitions" of={touchedBy}>
        <ul className="list">
          {touchedBy.map(({ kind, key: id, summary }) => (
            <li key={`${kind} ${id} ${summary}`}>
              {words(kind)} <code>{id}</code>: {summary}
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Approvals" of={approvals}>
        <ul className="list">
          {approvals.map(({ kind, key: id, summary }) => (
            <li key={`${kind} ${id}`}>
              <Badge>{words(kind)}</Badge> {summary}
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Roles" of={raci}>
        <Table label={`Roles that differ in ${key}`} columns={ROLES} rows={raci} keyOf={({ step }) => step} />
      </Part>
      <LeadTime workflow={workflow} />
      <h3>Running campaigns</h3>
      <Impacts of={impact} />
      <Part title="Campaigns of the last two quarters that would have gone otherwise" of={past ?? []}>
        <PastCampaigns of={past ?? []} />
      </Part>
    </Section>
  );
}

/** Not there where there is nothing to say. */
const Part = ({ title, of, children }: { title: string; of: readonly unknown[]; children: ReactNode }) =>
  of.length > 0 && (
    <>
      <h3>{title}</h3>
      {children}
    </>
  );

const SAID = [
  ['responsible', ({ responsible }: RolesOfStepFragment) => responsible.join(', ')],
  ['accountable', ({ accountable }: RolesOfStepFragment) => accountable],
  ['consulted', ({ consulted }: RolesOfStepFragment) => consulted.join(', ')],
  ['informed', ({ informed }: RolesOfStepFragment) => informed.join(', ')],
] as const;

/** All roles of a step that is new or gone; else only those that differ. */
function rolesOf(side: RolesOfStepFragment | null, other: RolesOfStepFragment | null): ReactNode {
  if (side === null) return '–';
  return SAID.filter(([, say]) => other === null || say(side) !== say(other)).map(([name, say]) => (
    <div key={name}>
      <span className="muted">{name}:</span> {say(side) === '' ? 'nobody' : say(side)}
    </div>
  ));
}

const ROLES: readonly Column<Planned['raci'][number]>[] = [
  { title: 'Step', cell: ({ step }) => step },
  { title: 'Before', cell: ({ before, after }) => rolesOf(before, after) },
  { title: 'After', cell: ({ before, after }) => rolesOf(after, before) },
];

interface Row {
  readonly name: string;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

const QUANTILES: readonly Column<Row>[] = [
  { title: 'Lead time', cell: ({ name }) => name },
  { title: 'Before', isNumber: true, cell: ({ before }) => hours(before) },
  { title: 'After', isNumber: true, cell: ({ after }) => hours(after) },
  {
    title: 'Difference',
    isNumber: true,
    cell: ({ before, after }) =>
      before === undefined || after === undefined ? '–' : moreHours(after - before),
  },
];

function LeadTime({ workflow: { key, forecast } }: { workflow: Planned }) {
  const { before, after } = forecast;
  if (before === null && after === null) return null;
  const row = (name: string, field: 'p50Hours' | 'p80Hours' | 'p95Hours'): Row => ({
    ...{ name, before: before?.[field], after: after?.[field] },
  });
  const rows = [
    row('P50: half take no longer', 'p50Hours'),
    row('P80: four of five', 'p80Hours'),
    row('P95: nineteen of twenty', 'p95Hours'),
  ];
  return (
    <>
      <h3>Lead time</h3>
      <Table label={`Lead time of ${key}`} columns={QUANTILES} rows={rows} keyOf={({ name }) => name} />
    </>
  );
}
