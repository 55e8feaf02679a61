import { Link } from 'react-router';
import type { MigrationEffect, WorkflowInPlanFragment } from '../../api/operations.ts';
import { count, moment, moreHours, words } from '../../ui/format.ts';
import { Badge, Empty, type Tone } from '../../ui/parts.tsx';
import { type Column, Table } from '../../ui/table.tsx';

type Impact = NonNullable<WorkflowInPlanFragment['impact']>[number];
type Past = NonNullable<WorkflowInPlanFragment['past']>[number];

const TONES: Record<MigrationEffect, Tone> = { STUCK: 'bad', MOVABLE: 'good', UNAFFECTED: 'quiet' };
const GRAVEST_FIRST: readonly MigrationEffect[] = ['STUCK', 'MOVABLE', 'UNAFFECTED'];

const CampaignLink = ({ of }: { of: string }) => (
  <Link to={`/campaigns/${encodeURIComponent(of)}`}>{of}</Link>
);

const MAPPING: readonly Column<NonNullable<Impact['mapping']>[number]>[] = [
  { title: 'Step now', cell: ({ from }) => from ?? '–' },
  { title: 'Step then', cell: ({ to }) => to ?? '–' },
  { title: 'State', cell: ({ status }) => words(status) },
  { title: 'What becomes of it', cell: ({ detail }) => detail },
];

/** What becomes of one running campaign, with how it would get stuck and which steps change. */
export function Effect({ of: { campaign, effect, detail, trace, mapping } }: { of: Impact }) {
  return (
    <li>
      <Badge tone={TONES[effect]}>{words(effect)}</Badge> <CampaignLink of={campaign} />: {detail}
      {trace !== null && trace.length > 0 && (
        <details>
          <summary>How {campaign} would get stuck</summary>
          <ol className="list">
            {trace.map((line, at) => (
              <li key={at}>{line}</li>
            ))}
          </ol>
        </details>
      )}
      {mapping != null && mapping.length > 0 && (
        <details>
          <summary>{`${count(mapping.length, 'step')} of ${campaign} mapped`}</summary>
          <Table
            label={`Steps of ${campaign}`}
            columns={MAPPING}
            rows={mapping}
            keyOf={({ from, to }) => `${from} ${to}`}
          />
        </details>
      )}
    </li>
  );
}

/** All running campaigns of a workflow, the stuck ones first. */
export function Impacts({ of }: { of: readonly Impact[] | null }) {
  if (of === null) return <Empty>Nothing changes for any running campaign.</Empty>;
  if (of.length === 0) return <Empty>No campaign runs on it.</Empty>;
  const sorted = [...of].sort(
    (one, other) => GRAVEST_FIRST.indexOf(one.effect) - GRAVEST_FIRST.indexOf(other.effect),
  );
  return (
    <ul className="list impact">
      {sorted.map((each) => (
        <Effect key={each.campaign} of={each} />
      ))}
    </ul>
  );
}

/** Campaigns that have ended and would have gone otherwise. */
export function PastCampaigns({ of }: { of: readonly Past[] }) {
  return (
    <ul className="list impact">
      {of.map(({ campaign, detail, gates, approvers, dates }) => (
        <li key={campaign}>
          <CampaignLink of={campaign} />: {detail}
          {gates.length + approvers.length + dates.length > 0 && (
            <details>
              <summary>{campaign} in full</summary>
              <ul className="list">
                {[...gates, ...approvers].map((line) => (
                  <li key={line}>{line}</li>
                ))}
                {dates.map(({ what, before, after, hours: by }) => (
                  <li key={what}>
                    {words(what)}: {moment(before)} would have been {moment(after)} ({moreHours(by)})
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
