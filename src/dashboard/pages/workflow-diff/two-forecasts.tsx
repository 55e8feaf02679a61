import { type ComparedForecastFragment, ForecastsOfVersionsDocument } from '../../api/operations.ts';
import { useData } from '../../api/use-data.ts';
import { count, hours, moreHours } from '../../ui/format.ts';
import { Empty, Loaded, Section } from '../../ui/parts.tsx';
import { type Column, Table } from '../../ui/table.tsx';

interface Row {
  readonly name: string;
  readonly before: number | null;
  readonly after: number | null;
}

const FIGURES = [
  ['P50: half take no longer', 'p50Hours'],
  ['P80: four of five', 'p80Hours'],
  ['P95: nineteen of twenty', 'p95Hours'],
  ['Mean', 'meanHours'],
  ['First launch, P50', 'launchP50Hours'],
  ['First launch, P80', 'launchP80Hours'],
] as const;

export interface TwoForecastsProps {
  readonly workflow: string;
  readonly from: number;
  readonly to: number;
}

/** What is expected of two versions, side by side. */
export function TwoForecasts({ workflow, from, to }: TwoForecastsProps) {
  const answer = useData(ForecastsOfVersionsDocument, {
    ...{ key: workflow, from: { number: from }, to: { number: to } },
  });
  return (
    <Section title="Forecast" note="How long a campaign takes that begins on each, in elapsed time.">
      <Loaded of={answer}>
        {({ workflow: found }) =>
          !found?.before || !found.after ? (
            <Empty>There is no forecast of both.</Empty>
          ) : (
            <SideBySide
              before={found.before.forecast}
              after={found.after.forecast}
              names={
                new Map([...found.before.steps, ...found.after.steps].map(({ key, name }) => [key, name]))
              }
              from={from}
              to={to}
            />
          )
        }
      </Loaded>
    </Section>
  );
}

interface SideBySideProps {
  readonly before: ComparedForecastFragment;
  readonly after: ComparedForecastFragment;
  /** Of steps, by their keys. */
  readonly names: ReadonlyMap<string, string>;
  readonly from: number;
  readonly to: number;
}

function SideBySide({ before, after, names, from, to }: SideBySideProps) {
  const columns: readonly Column<Row>[] = [
    { title: 'Lead time', cell: ({ name }) => name },
    { title: `v${from}`, isNumber: true, cell: (row) => hours(row.before) },
    { title: `v${to}`, isNumber: true, cell: (row) => hours(row.after) },
    {
      title: 'Difference',
      isNumber: true,
      cell: (row) => (row.before === null || row.after === null ? '–' : moreHours(row.after - row.before)),
    },
  ];
  const rows = FIGURES.map(([name, field]) => ({ name, before: before[field], after: after[field] }));
  return (
    <>
      <Table label="Forecasts compared" columns={columns} rows={rows} keyOf={({ name }) => name} />
      <p className="muted">
        v{from} learns from {count(before.campaigns, 'ended campaign')}, v{to} from{' '}
        {count(after.campaigns, 'ended campaign')}; {count(after.runs, 'simulated campaign')} each.
      </p>
      <div className="two-chains">
        <Chain
          names={names}
          version={from}
          steps={before.criticalPath}
          others={after.criticalPath}
          otherVersion={to}
        />
        <Chain
          names={names}
          version={to}
          steps={after.criticalPath}
          others={before.criticalPath}
          otherVersion={from}
        />
      </div>
    </>
  );
}

interface ChainProps {
  readonly names: ReadonlyMap<string, string>;
  readonly version: number;
  readonly steps: readonly string[];
  readonly others: readonly string[];
  readonly otherVersion: number;
}

const Chain = ({ names, version, steps, others, otherVersion }: ChainProps) => (
  <div>
    <h3>Critical path of v{version}</h3>
    <ol className="list">
      {steps.map((step) => (
        <li key={step}>
          {names.get(step) ?? step}
          {!others.includes(step) && <span className="muted"> (not on that of v{otherVersion})</span>}
        </li>
      ))}
    </ol>
  </div>
);
