import {
  WorkflowForecastDocument,
  type WorkflowForecastQuery,
  type WorkflowPageQuery,
} from '../../api/operations.ts';
import { useData } from '../../api/use-data.ts';
import { count, hours, number, percent } from '../../ui/format.ts';
import { Empty, Loaded, Section } from '../../ui/parts.tsx';
import { type Column, Table } from '../../ui/table.tsx';

type Found = NonNullable<WorkflowPageQuery['workflow']>;
type Version = NonNullable<WorkflowForecastQuery['workflow']>['currentVersion'];
type Forecast = Version['forecast'];
type Adherence = Version['adherence'];
type NameOf = (step: string) => string;

/** How many steps are listed of those where time is lost. */
const WAITING = 8;

export function ForecastOfCurrent({ workflow: { key, currentVersion } }: { workflow: Found }) {
  const answer = useData(WorkflowForecastDocument, { key });
  const nameOf: NameOf = (step) => currentVersion.steps.find((each) => each.key === step)?.name ?? step;
  return (
    <>
      <Section
        title="Forecast"
        note={`How long a campaign takes that begins on v${currentVersion.number}, in elapsed time.`}
      >
        <Loaded of={answer}>
          {({ workflow }) => workflow && <Expected of={workflow.currentVersion.forecast} nameOf={nameOf} />}
        </Loaded>
      </Section>
      <Section
        title="Adherence"
        note={`How far campaigns that ended on v${currentVersion.number} followed it.`}
      >
        <Loaded of={answer}>
          {({ workflow }) => workflow && <Followed of={workflow.currentVersion.adherence} nameOf={nameOf} />}
        </Loaded>
      </Section>
    </>
  );
}

const Figure = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt>{name}</dt>
    <dd>{value}</dd>
  </div>
);

const ROLES: readonly Column<Forecast['roles'][number]>[] = [
  { title: 'Role', cell: ({ role }) => role },
  { title: 'At work', isNumber: true, cell: ({ busyHours }) => `${number(busyHours)} h` },
  { title: 'Waited for', isNumber: true, cell: ({ waitHours }) => hours(waitHours) },
  {
    title: 'Share of its time',
    isNumber: true,
    cell: ({ utilisation }) => (utilisation === null ? 'not limited' : percent(utilisation)),
  },
];

function Expected({ of, nameOf }: { of: Forecast; nameOf: NameOf }) {
  // Then no queue is simulated, and of no role it is known how much of its time is taken.
  const isLearnt = of.campaigns > 0 && of.roles.every(({ utilisation }) => utilisation === null);
  const indexOf = (step: string) => of.criticality.find((each) => each.step === step)?.index;
  return (
    <>
      <dl className="figures">
        <Figure name="half take no longer (P50)" value={hours(of.p50Hours)} />
        <Figure name="four of five (P80)" value={hours(of.p80Hours)} />
        <Figure name="nineteen of twenty (P95)" value={hours(of.p95Hours)} />
        <Figure name="first launch, P50" value={hours(of.launchP50Hours)} />
        <Figure name="first launch, P80" value={hours(of.launchP80Hours)} />
      </dl>
      <p className="muted">
        {count(of.runs, 'simulated campaign')}, learnt from {count(of.campaigns, 'ended campaign')}
        {of.campaigns === 0 && ': all is taken from the definition'}. Mean {hours(of.meanHours)}.
      </p>
      <h3>Critical path</h3>
      <p className="muted">
        The chain of steps without slack, {hours(of.criticalPathHours)} with expected efforts; behind each, in
        how many of the simulated campaigns the end depended on it.
      </p>
      <ol className="chain">
        {of.criticalPath.map((step) => (
          <li key={step}>
            {nameOf(step)} <span className="muted">{percent(indexOf(step))}</span>
          </li>
        ))}
      </ol>
      <h3>Load per role, one campaign</h3>
      {isLearnt && (
        <p className="muted">
          How long steps wait for a role is part of the waiting that was learnt from ended campaigns.
        </p>
      )}
      <Table
        label="Load per role"
        columns={isLearnt ? ROLES.slice(0, 2) : ROLES}
        rows={of.roles}
        keyOf={({ role }) => role}
      />
      {of.assumptions.length > 0 && (
        <>
          <h3>Taken as said</h3>
          <ul className="list">
            {of.assumptions.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Followed({ of, nameOf }: { of: Adherence; nameOf: NameOf }) {
  if (of.cases === 0) return <Empty>No campaign has ended on this version yet.</Empty>;
  const columns: readonly Column<Adherence['waiting'][number]>[] = [
    { title: 'Step', cell: ({ step }) => nameOf(step) },
    { title: 'Median wait', isNumber: true, cell: ({ medianHours }) => hours(medianHours) },
    { title: 'P90', isNumber: true, cell: ({ p90Hours }) => hours(p90Hours) },
    { title: 'Share of all waiting', isNumber: true, cell: ({ share }) => percent(share) },
    { title: 'Campaigns', isNumber: true, cell: ({ cases }) => number(cases) },
  ];
  return (
    <>
      <p>
        {number(of.fitting)} of {count(of.cases, 'campaign')} followed it without any deviation; mean fitness{' '}
        {number(of.fitnessAverage, 2)} of 1.
      </p>
      {of.waiting.length > 0 && (
        <>
          <h3>Where time is lost</h3>
          <Table
            label="Where time is lost"
            columns={columns}
            rows={of.waiting.slice(0, WAITING)}
            keyOf={({ step }) => step}
          />
        </>
      )}
      {of.redundantApprovals.length > 0 && (
        <>
          <h3>Approvals that may not be needed</h3>
          <ul className="list">
            {of.redundantApprovals.map(({ step, cases, reason }) => (
              <li key={step}>
                <strong>{nameOf(step)}</strong>: {reason}{' '}
                <span className="muted">({count(cases, 'campaign')})</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
