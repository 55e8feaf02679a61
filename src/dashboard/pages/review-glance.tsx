import { Link } from 'react-router';
import type { ReviewedWorkflowFragment } from '../api/operations.ts';
import { Class } from '../ui/changes.tsx';
import { hours, number } from '../ui/format.ts';
import { Section } from '../ui/parts.tsx';
import { Table } from '../ui/table.tsx';

type Reviewed = ReviewedWorkflowFragment;

/** The quarter in one table: a line for each workflow. */
export const Glance = ({ workflows }: { workflows: readonly Reviewed[] }) => (
  <Section title="At a glance" wide>
    <Table
      label="Workflows in this quarter"
      rows={workflows}
      keyOf={({ workflow }) => workflow.key}
      columns={[
        {
          title: 'Workflow',
          cell: ({ workflow }) => (
            <Link to={`/workflows/${encodeURIComponent(workflow.key)}`}>{workflow.name}</Link>
          ),
        },
        { title: 'Version', cell: versionsOf },
        {
          title: 'Changes',
          cell: ({ changes, classification }) =>
            changes.length === 0 ? (
              '–'
            ) : (
              <>
                {number(changes.length)} <Class of={classification} />
              </>
            ),
        },
        { title: 'Launched', isNumber: true, cell: ({ use }) => number(sum(use.map((of) => of.launched))) },
        { title: 'Lead time (median)', cell: leadTimesOf },
        { title: 'Incidents', isNumber: true, cell: ({ incidents }) => number(incidents.count) },
      ]}
    />
  </Section>
);

const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);

function versionsOf({ from, to }: Reviewed): string {
  const numbers = new Set([from, to].flatMap((each) => (each ? [`v${each.number}`] : [])));
  return [...numbers].join(' → ') || '–';
}

/** On the oldest version that was launched on in the quarter, and on the newest. */
function leadTimesOf({ leadTimes }: Reviewed): string {
  const ends = [leadTimes.at(0), leadTimes.length > 1 ? leadTimes.at(-1) : undefined];
  return (
    ends.flatMap((each) => (each ? [`${hours(each.medianHours)} (v${each.version})`] : [])).join(' → ') || '–'
  );
}
