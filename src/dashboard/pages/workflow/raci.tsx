import type { WorkflowPageQuery } from '../../api/operations.ts';
import { Section } from '../../ui/parts.tsx';
import { type Column, Table } from '../../ui/table.tsx';

type Found = NonNullable<WorkflowPageQuery['workflow']>;
type Row = Found['currentVersion']['raci'][number];

export const listed = (roles: readonly string[]): string => (roles.length === 0 ? '–' : roles.join(', '));

/** Who does what, step by step. */
export function Raci({ workflow: { currentVersion } }: { workflow: Found }) {
  const names = new Map(currentVersion.steps.map(({ key, name }) => [key, name]));
  const columns: readonly Column<Row>[] = [
    { title: 'Step', cell: ({ step }) => names.get(step) ?? step },
    { title: 'Responsible', cell: ({ responsible }) => listed(responsible) },
    { title: 'Accountable', cell: ({ accountable }) => accountable },
    { title: 'Consulted', cell: ({ consulted }) => listed(consulted) },
    { title: 'Informed', cell: ({ informed }) => listed(informed) },
  ];
  return (
    <Section title="RACI" note="Who does each step, who answers for it, who is asked and who is told.">
      <Table label="RACI" columns={columns} rows={currentVersion.raci} keyOf={({ step }) => step} />
    </Section>
  );
}
