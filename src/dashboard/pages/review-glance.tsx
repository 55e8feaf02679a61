import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Class } from '../ui/changes.tsx';
import { day, hours, number } from '../ui/format.ts';
import { Section } from '../ui/parts.tsx';
import { Table } from '../ui/table.tsx';
import { type Figures, keptFigures } from './review-kept.ts';
import type { ReviewShown } from './review-shown.ts';

type Reviewed = ReviewShown['workflows'][number];

interface GlanceProps {
  /** As they are known today, in the order in which they are shown. */
  readonly workflows: readonly Reviewed[];
  readonly completed: ReviewShown['completed'];
}

/** A line of the table: a workflow as it was kept, where the review is completed, and as it is known today. */
interface Row {
  readonly shown: Figures;
  readonly today: Figures | null;
}

/** The quarter in one table. Of a completed review it says what was kept, and beside it what is known otherwise since. */
export function Glance({ workflows, completed }: GlanceProps) {
  const today = workflows.map(figuresOf);
  const kept = completed && keptFigures(completed.snapshot);
  if (!kept) return <Lines title="At a glance" rows={today.map((shown) => ({ shown, today: shown }))} />;
  const rows = rowsOf(kept, today);
  const added = today.filter(({ key }) => !kept.some((each) => each.key === key));
  const isSame = added.length === 0 && rows.every(({ shown, today: now }) => now && isAlike(shown, now));
  return (
    <Lines
      title={`At a glance, as it was completed on ${day(completed.completedAt)}`}
      rows={rows}
      note={
        isSame
          ? 'These figures were kept and do not change. Today they would be the same.'
          : 'These figures were kept and do not change. What is known otherwise today stands in brackets.'
      }
    >
      {added.length > 0 && (
        <p className="muted">Known only since then: {added.map(({ name }) => name).join(', ')}.</p>
      )}
    </Lines>
  );
}

/** In the order of today; what is not there any more comes last. */
function rowsOf(kept: readonly Figures[], today: readonly Figures[]): Row[] {
  const known = today.flatMap((now) => {
    const shown = kept.find(({ key }) => key === now.key);
    return shown ? [{ shown, today: now }] : [];
  });
  const gone = kept.filter(({ key }) => !today.some((now) => now.key === key));
  return [...known, ...gone.map((shown) => ({ shown, today: null }))];
}

interface LinesProps {
  readonly title: string;
  readonly note?: string;
  readonly rows: readonly Row[];
  readonly children?: ReactNode;
}

const Lines = ({ title, note, rows, children }: LinesProps) => (
  <Section title={title} note={note} wide>
    <Table
      label="Workflows in this quarter"
      rows={rows}
      keyOf={({ shown }) => shown.key}
      columns={[
        {
          title: 'Workflow',
          cell: ({ shown: { key, name } }) => (
            <Link to={`/workflows/${encodeURIComponent(key)}`}>{name}</Link>
          ),
        },
        { title: 'Version', cell: (row) => both(row, versionsOf) },
        {
          title: 'Changes',
          cell: (row) => (
            <>
              {both(row, changesOf)} {row.shown.changes > 0 && <Class of={row.shown.classification} />}
            </>
          ),
        },
        { title: 'Launched', isNumber: true, cell: (row) => both(row, ({ launched }) => number(launched)) },
        { title: 'Lead time (median)', cell: (row) => both(row, leadTimesOf) },
        {
          title: 'Incidents',
          isNumber: true,
          cell: (row) => both(row, ({ incidents }) => number(incidents)),
        },
      ]}
    />
    {children}
  </Section>
);

/** What is shown, and in brackets what it would be today. */
function both({ shown, today }: Row, say: (figures: Figures) => string): ReactNode {
  const now = today === null ? 'nothing' : say(today);
  if (now === say(shown)) return now;
  return (
    <>
      {say(shown)} <span className="muted">(today {now})</span>
    </>
  );
}

const isAlike = (one: Figures, other: Figures): boolean =>
  [versionsOf, leadTimesOf].every((say) => say(one) === say(other)) &&
  (['changes', 'launched', 'incidents'] as const).every((name) => one[name] === other[name]);

const figuresOf = ({ workflow, from, to, changes, classification, ...rest }: Reviewed): Figures => ({
  ...{ key: workflow.key, name: workflow.name, from: from?.number ?? null, to: to?.number ?? null },
  ...{ changes: changes.length, classification, leadTimes: rest.leadTimes },
  launched: rest.use.reduce((all, { launched }) => all + launched, 0),
  incidents: rest.incidents.count,
});

function changesOf({ changes, from, to }: Figures): string {
  if (changes > 0) return number(changes);
  if (from === null && to !== null) return 'new';
  return from !== null && to === null ? 'retired' : '–';
}

function versionsOf({ from, to }: Figures): string {
  const numbers = new Set([from, to].flatMap((each) => (each === null ? [] : [`v${each}`])));
  return [...numbers].join(' → ') || '–';
}

/** On the oldest version that was launched on in the quarter, and on the newest. */
function leadTimesOf({ leadTimes }: Figures): string {
  const ends = [leadTimes.at(0), leadTimes.length > 1 ? leadTimes.at(-1) : undefined];
  return (
    ends.flatMap((each) => (each ? [`${hours(each.medianHours)} (v${each.version})`] : [])).join(' → ') || '–'
  );
}
