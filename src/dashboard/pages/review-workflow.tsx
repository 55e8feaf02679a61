import { Link } from 'react-router';
import type { ReviewedWorkflowFragment } from '../api/operations.ts';
import { Changes, Class } from '../ui/changes.tsx';
import { counted, Effects } from '../ui/effects.tsx';
import { day, hours, number, percent } from '../ui/format.ts';
import { Badge, Section } from '../ui/parts.tsx';
import { Plot } from '../ui/plot.tsx';
import { Table } from '../ui/table.tsx';
import { Incidents } from './review-incidents.tsx';

type Reviewed = ReviewedWorkflowFragment;

/** How far the campaigns that have ended on a version followed it. */
export interface AdherenceShown {
  readonly cases: number;
  readonly fitting: number;
  readonly fitnessAverage: number;
}

export interface WorkflowProps {
  readonly of: Reviewed;
  readonly titles: ReadonlyMap<string, string>;
  /** Nothing while it is not known. */
  readonly adherence: AdherenceShown | null;
}

/** Of a workflow that changed in the quarter: what and why, and how its campaigns fared. */
export function ChangedWorkflow({ of, titles, adherence }: WorkflowProps) {
  const { workflow, from, to, changes, history, classification } = of;
  const isDifferent = from !== null && to !== null && from.number !== to.number;
  return (
    <Section title={workflow.name} note={<Versions of={of} />} wide>
      <h3>What changed {changes.length > 0 && <Class of={classification} />}</h3>
      {changes.length === 0 ? (
        <p className="muted">{withoutChanges(from, to)}</p>
      ) : (
        <Changes of={changes} isFolded />
      )}
      {isDifferent && (
        <p>
          <Link
            to={`/workflows/${encodeURIComponent(workflow.key)}/diff?from=${from.number}&to=${to.number}`}
          >
            Compare version {from.number} with version {to.number}
          </Link>
        </p>
      )}
      <h3>Why</h3>
      <ul className="list">{history.filter(isFirstOf).map(toCommit)}</ul>
      <Figures of={of} titles={titles} adherence={adherence} />
    </Section>
  );
}

/** Of one that stayed the same. */
export const UnchangedWorkflow = ({ of, titles, adherence }: WorkflowProps) => (
  <Section title={of.workflow.name} note="Unchanged." wide>
    <Figures of={of} titles={titles} adherence={adherence} />
  </Section>
);

function Versions({ of: { workflow, from, to, history } }: { of: Reviewed }) {
  const made = history.filter(({ isRewind }) => !isRewind);
  const who = [...new Set(made.map(({ author }) => author.name))].join(', ');
  const commits = new Set(made.map(({ commit }) => commit.sha)).size;
  return (
    <>
      <Link to={`/workflows/${encodeURIComponent(workflow.key)}`}>{workflow.key}</Link>: {spanOf(from, to)}
      {commits > 0 && `, ${counted(commits, 'commit')} by ${who}`}
      {made.length < history.length && ', the history of the branch was rewritten'}
    </>
  );
}

/** What happened to a workflow of which nothing can be compared, or is the same as before. */
function withoutChanges(from: Reviewed['from'], to: Reviewed['to']): string {
  if (from !== null && to !== null)
    return 'What changed was changed back: nothing differs between both ends.';
  return to === null ? 'It was retired.' : 'It is new.';
}

function spanOf(from: Reviewed['from'], to: Reviewed['to']): string {
  if (!from && !to) return 'came and went within the quarter';
  if (from && from.number === to?.number) return `version ${from.number} at both ends`;
  return `${from ? `version ${from.number}` : 'not there'} → ${to ? `version ${to.number}` : 'retired'}`;
}

type Change = Reviewed['history'][number];

/** A commit can have changed a workflow in several ways, and is told of once. */
const isFirstOf = ({ commit, isRewind }: Change, at: number, all: readonly Change[]): boolean =>
  all.findIndex((each) => each.commit.sha === commit.sha && each.isRewind === isRewind) === at;

function toCommit({ id, commit, isRewind, author, pullRequest, authoredAt }: Change) {
  const [title = '', ...body] = commit.message.trim().split('\n');
  const why = body.join('\n').trim();
  return (
    <li key={id}>
      <code>{commit.sha.slice(0, 8)}</code> {title}
      {isRewind ? (
        ': gone back to, as the history of the branch was rewritten'
      ) : (
        <>
          {pullRequest !== null && !title.includes(`#${pullRequest}`) && ` (#${pullRequest})`}
          <span className="muted">
            , {author.name}, {day(authoredAt)}
          </span>
          {why !== '' && <p className="why">{why}</p>}
        </>
      )}
    </li>
  );
}

function Figures({ of, titles, adherence }: WorkflowProps) {
  const { pin, use, effects, incidents, advice } = of;
  return (
    <>
      {pin && (
        <p>
          <Badge tone="warn">pinned</Badge> New campaigns took version {pin.version}: {pin.pinnedBy} has
          pinned it since {day(pin.pinnedAt)} ({pin.reason}).
        </p>
      )}
      <h3>Use</h3>
      {use.length === 0 ? <p className="muted">Not used.</p> : <Use use={use} name={of.workflow.name} />}
      <LeadTimes of={of} />
      {effects.length > 0 && (
        <>
          <h3>Effects</h3>
          <p className="muted">
            Campaigns after the change against those before it. They were not drawn by lot: what else changed
            at the same time is in the difference, too.
          </p>
          <Effects effects={effects} titles={titles} />
        </>
      )}
      <Incidents incidents={incidents} />
      {adherence !== null && adherence.cases > 0 && (
        <>
          <h3>Adherence</h3>
          <p>
            Of {counted(adherence.cases, 'campaign')} that have ended on version {of.to?.number} so far,{' '}
            {number(adherence.fitting)} followed it in every step; the mean fitness is{' '}
            {percent(adherence.fitnessAverage)}.
          </p>
        </>
      )}
      {advice.length > 0 && (
        <>
          <h3>Advice</h3>
          <ul className="list">
            {advice.map(({ text, because, query }) => (
              <li key={text}>
                {text.charAt(0).toUpperCase() + text.slice(1)}: {because}
                <details>
                  <summary>The query for more of it</summary>
                  <pre tabIndex={0} role="region" aria-label={`Query: ${text}`}>
                    {query}
                  </pre>
                </details>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const Use = ({ use, name }: { use: Reviewed['use']; name: string }) => (
  <Table
    label={`Campaigns on ${name}`}
    rows={use}
    keyOf={({ version }) => String(version)}
    columns={[
      { title: 'Version', cell: ({ version }) => version },
      { title: 'Created', isNumber: true, cell: ({ created }) => number(created) },
      { title: 'Launched', isNumber: true, cell: ({ launched }) => number(launched) },
      { title: 'Ended', isNumber: true, cell: ({ ended }) => number(ended) },
      { title: 'Called off', isNumber: true, cell: ({ cancelled }) => number(cancelled) },
      { title: 'Not ended yet', isNumber: true, cell: ({ running }) => number(running) },
    ]}
  />
);

const inDays = (value: number): number => value / 24;

/** What each version had led to expect, and what happened. */
function LeadTimes({ of: { leadTimes, predictions, workflow } }: { of: Reviewed }) {
  if (leadTimes.length === 0) return null;
  const forecast = (version: number) => predictions.find((each) => each.version === version);
  const band = (version: number) => {
    const { p50Hours, p80Hours } = forecast(version) ?? {};
    return p50Hours == null || p80Hours == null ? null : ([inDays(p50Hours), inDays(p80Hours)] as const);
  };
  return (
    <>
      <h3>Lead times and predictions</h3>
      <Plot
        rows={leadTimes.map(({ version, medianHours, campaigns }) => ({
          name: `version ${version}`,
          dots: campaigns.map(({ leadTimeHours }) => inDays(leadTimeHours)),
          mark: inDays(medianHours),
          band: band(version),
        }))}
        tick={(days) => (days === 0 ? '0' : hours(24 * days))}
        caption="Time from creation to the first launch: a dot a campaign, a line at the median, an area from P50 to P80 of the forecast. The table says the same."
      />
      <Table
        label={`Predictions of ${workflow.name}`}
        rows={leadTimes}
        keyOf={({ version }) => String(version)}
        columns={[
          { title: 'Version', cell: ({ version }) => version },
          {
            title: 'Forecast P50',
            isNumber: true,
            cell: ({ version }) => hours(forecast(version)?.p50Hours),
          },
          {
            title: 'Forecast P80',
            isNumber: true,
            cell: ({ version }) => hours(forecast(version)?.p80Hours),
          },
          { title: 'Launched after (median)', isNumber: true, cell: ({ medianHours }) => hours(medianHours) },
          {
            title: 'Within P50',
            isNumber: true,
            cell: ({ version }) => within(forecast(version), 'withinP50'),
          },
          {
            title: 'Within P80',
            isNumber: true,
            cell: ({ version }) => within(forecast(version), 'withinP80'),
          },
          { title: 'Campaigns', cell: ({ campaigns }) => <Campaigns of={campaigns} /> },
        ]}
      />
    </>
  );
}

const within = (
  prediction: Reviewed['predictions'][number] | undefined,
  bound: 'withinP50' | 'withinP80',
): string => {
  const held = prediction?.[bound];
  return prediction === undefined || held == null ? '–' : `${number(held)} of ${number(prediction.launched)}`;
};

const Campaigns = ({ of }: { of: Reviewed['leadTimes'][number]['campaigns'] }) =>
  of.map(({ key, leadTimeHours }, at) => (
    <span key={key}>
      {at > 0 && ', '}
      <Link to={`/campaigns/${encodeURIComponent(key)}`}>{key}</Link> {hours(leadTimeHours)}
    </span>
  ));
