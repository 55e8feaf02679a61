import { useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { ReviewAdherenceDocument, ReviewDocument } from '../api/operations.ts';
import type { ReviewShown } from './review-shown.ts';
import { useData } from '../api/use-data.ts';
import { counted } from '../ui/effects.tsx';
import { day, dayIn, moment, number } from '../ui/format.ts';
import { Badge, Loaded, Page, Section } from '../ui/parts.tsx';
import { Save } from '../ui/save.tsx';
import { CompleteReview } from './review-complete.tsx';
import { Decisions } from './review-decisions.tsx';
import { Due } from './review-due.tsx';
import { Glance } from './review-glance.tsx';
import { keptFigures } from './review-kept.ts';
import { ChangedWorkflow, UnchangedWorkflow, type WorkflowProps } from './review-workflow.tsx';
import './reviews.css';

type Reviewed = ReviewShown['workflows'][number];

/** The review of a quarter; without one, of the last that is over, below what is due. */
export default function Reviews() {
  const { quarter = null } = useParams();
  const review = useData(ReviewDocument, { quarter });
  const adherence = useData(ReviewAdherenceDocument, { quarter });
  const name = review.data?.quarterlyReview.quarter ?? quarter;
  useOpenInPrint();
  const followed = new Map(
    adherence.data?.quarterlyReview.workflows.map(({ workflow, to }) => [
      workflow.key,
      to?.adherence ?? null,
    ]),
  );
  return (
    <Page
      title={name === null ? 'Quarterly review' : `Quarterly review ${name}`}
      above={quarter === null ? undefined : <Link to="/reviews">What is due, and the last quarter</Link>}
    >
      {quarter === null && <Due />}
      <Loaded of={review}>
        {({ quarterlyReview, metrics, viewer }) => (
          <Story
            review={quarterlyReview}
            titles={new Map(metrics.map(({ metric, title }) => [metric, title]))}
            adherence={followed}
            mayComplete={viewer.permissions.includes('STEWARD')}
          />
        )}
      </Loaded>
    </Page>
  );
}

/** What is folded on the screen is not missing on paper. */
function useOpenInPrint() {
  useEffect(() => {
    let opened: HTMLDetailsElement[] = [];
    const open = () => {
      opened = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')];
      for (const each of opened) each.open = true;
    };
    const close = () => {
      for (const each of opened) each.open = false;
    };
    addEventListener('beforeprint', open);
    addEventListener('afterprint', close);
    return () => {
      removeEventListener('beforeprint', open);
      removeEventListener('afterprint', close);
    };
  }, []);
}

interface StoryProps {
  readonly review: ReviewShown;
  readonly titles: ReadonlyMap<string, string>;
  readonly adherence: ReadonlyMap<string, WorkflowProps['adherence']>;
  readonly mayComplete: boolean;
}

/** What changed most first, and what stayed the same after it. */
function Story({ review, titles, adherence, mayComplete }: StoryProps) {
  const { quarter, workflows, decisions, triggers, rewrites, completed, queries } = review;
  const isChanged = ({ history }: Reviewed) => history.length > 0;
  const changed = workflows.filter(isChanged).sort((one, other) => other.changes.length - one.changes.length);
  const same = workflows.filter((each) => !isChanged(each));
  const propsOf = (of: Reviewed) => ({
    ...{ of, titles },
    adherence: adherence.get(of.workflow.key) ?? null,
  });
  return (
    <>
      <Head review={review} />
      {workflows.length > 0 && <Glance workflows={[...changed, ...same]} completed={completed} />}
      <Decisions title="Decisions of earlier reviews" decisions={decisions} />
      <Alerts
        title="What called for a review"
        lines={triggers.map(({ message, raisedAt, acknowledgedBy, note }) => {
          const looked = `${acknowledgedBy} has looked${note === null ? '' : `: ${note}`}`;
          return `${day(raisedAt)}: ${message}; ${acknowledgedBy === null ? 'nobody has looked yet' : looked}`;
        })}
      />
      <Alerts
        title="History that was rewritten"
        lines={rewrites.map(({ message, raisedAt }) => `${day(raisedAt)}: ${message}`)}
      />
      {changed.map((each) => (
        <ChangedWorkflow key={each.workflow.key} {...propsOf(each)} />
      ))}
      {same.map((each) => (
        <UnchangedWorkflow key={each.workflow.key} {...propsOf(each)} />
      ))}
      <Alerts title="To look after" lines={workflows.flatMap(careOf)} />
      {completed ? (
        <Completed review={review} />
      ) : (
        <CompleteReview key={quarter} review={review} mayComplete={mayComplete} />
      )}
      <Section title="Where the figures come from">
        <details>
          <summary>Queries that give the same figures</summary>
          <dl className="queries">
            {queries.map(({ name, query }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>
                  <code>{query}</code>
                </dd>
              </div>
            ))}
          </dl>
        </details>
      </Section>
    </>
  );
}

function Head({ review }: { review: ReviewShown }) {
  const { quarter, start, end, timezone, completed } = review;
  const last = new Date(Date.parse(end) - 1).toISOString();
  return (
    <>
      <p className="lead">
        {dayIn(timezone, start)} to {dayIn(timezone, last)} ({timezone}). {headlineOf(review)}{' '}
        {completed ? <Badge tone="good">completed</Badge> : <Badge tone="busy">not completed</Badge>}
      </p>
      <nav aria-label="Quarters" className="saves">
        <Link to={`/reviews/${beside(quarter, -1)}`}>← {beside(quarter, -1)}</Link>
        {review.state !== 'AHEAD' && (
          <Link to={`/reviews/${beside(quarter, 1)}`}>{beside(quarter, 1)} →</Link>
        )}
      </nav>
      <p className="saves">
        <button type="button" onClick={() => print()}>
          Print, or save as PDF
        </button>
        <Save path={`/reviews/${encodeURIComponent(quarter)}`} name={`review-${quarter}.html`}>
          {completed ? 'Save as it was completed (HTML)' : 'Save as one file (HTML)'}
        </Save>
      </p>
      {completed && (
        <p className="muted">
          {keptFigures(completed.snapshot) &&
            `The table says what was kept on ${day(completed.completedAt)}. `}
          What else stands here is as it is known today; as it was on {day(completed.completedAt)}, it stands
          in the saved file.
        </p>
      )}
    </>
  );
}

/** `2026-Q4` and 1 is `2027-Q1`. */
function beside(quarter: string, by: number): string {
  const [year = 0, part = 1] = quarter.split('-Q').map(Number);
  const at = year * 4 + part - 1 + by;
  return `${Math.floor(at / 4)}-Q${(at % 4) + 1}`;
}

function headlineOf({ workflows, state, start, timezone }: ReviewShown): string {
  if (state === 'AHEAD') return `It begins on ${dayIn(timezone, start)}: there is nothing to review yet.`;
  if (workflows.length === 0) return 'Nothing is known of it: no workflow was served in this quarter.';
  const use = workflows.flatMap((each) => each.use);
  const sum = (name: 'launched' | 'ended' | 'cancelled') => use.reduce((all, each) => all + each[name], 0);
  const changed = workflows.filter(({ history }) => history.length > 0).length;
  const soFar = state === 'UNDER_WAY' ? ' so far' : '';
  return `${number(changed)} of ${counted(workflows.length, 'workflow')} changed${soFar}; ${counted(sum('launched'), 'campaign')} launched, ${number(sum('ended'))} ended, ${number(sum('cancelled'))} were called off.`;
}

function careOf({ workflow, standing, isReviewDue, reviewDueAt }: Reviewed): string[] {
  const told = [
    standing === 'STALE' ? 'nobody has changed or reviewed it for 180 days, and it is used' : null,
    standing === 'ORPHANED' ? 'no campaign has run on it for 180 days' : null,
    isReviewDue && reviewDueAt !== null ? `its review was due on ${day(reviewDueAt)}` : null,
  ].filter((each) => each !== null);
  return told.length === 0 ? [] : [`${workflow.name}: ${told.join('; ')}`];
}

const Alerts = ({ title, lines }: { title: string; lines: readonly string[] }) =>
  lines.length === 0 ? null : (
    <Section title={title}>
      <ul className="list">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Section>
  );

function Completed({ review: { completed, decided } }: { review: ReviewShown }) {
  if (!completed) return null;
  const { actor, completedAt, attendees, snapshotHash } = completed;
  return (
    <>
      <Section title="Reviewed">
        <p>
          Completed by {actor} on {moment(completedAt)} with{' '}
          {attendees.map(({ name, team }) => `${name} (${team})`).join(', ')}.
        </p>
        <p className="muted">
          SHA-256 of the figures of that day: <code>{snapshotHash}</code>
        </p>
      </Section>
      <Decisions title="Decided" decisions={decided} none="Nothing was decided." />
    </>
  );
}
