import { ago, moment } from '../../ui/format.ts';
import { Badge, Empty, Section } from '../../ui/parts.tsx';
import { Table } from '../../ui/table.tsx';
import type { Found } from './found.ts';

interface Request {
  readonly what: string;
  readonly who: readonly string[];
  readonly since: string;
  readonly dueAt: string | null;
}

/** Who is asked for what, since when, and by when an answer is wanted. */
export function Asked({ campaign: { steps, handoffs, status } }: { campaign: Found }) {
  const requests: Request[] = [
    ...steps.map(({ name, ...asked }) => ({ what: name, ...asked })),
    ...handoffs.map(({ from, to, ...asked }) => ({ what: `hand-off from ${from} to ${to}`, ...asked })),
  ]
    .filter(({ askedOf, askedSince }) => status === 'RUNNING' && askedOf.length > 0 && askedSince !== null)
    .map(({ what, askedOf, askedSince, dueAt }) => ({ what, who: askedOf, since: askedSince ?? '', dueAt }))
    .sort((one, other) => one.since.localeCompare(other.since));
  return (
    <Section title="Who is asked">
      {requests.length === 0 ? (
        <Empty>No approval and no hand-off waits for an answer.</Empty>
      ) : (
        <Table
          label="Who is asked"
          rows={requests}
          keyOf={({ what }) => what}
          columns={[
            { title: 'For', cell: ({ what }) => what },
            { title: 'Who', cell: ({ who }) => who.join(', ') },
            { title: 'Since', cell: ({ since }) => <span title={moment(since)}>{ago(since)}</span> },
            { title: 'Answer by', cell: ({ dueAt }) => <Due at={dueAt} /> },
          ]}
        />
      )}
    </Section>
  );
}

const Due = ({ at }: { at: string | null }) =>
  at === null ? (
    '–'
  ) : new Date(at).getTime() < Date.now() ? (
    <Badge tone="bad">{moment(at)}</Badge>
  ) : (
    moment(at)
  );
