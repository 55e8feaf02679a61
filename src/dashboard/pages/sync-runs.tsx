import { useState } from 'react';
import {
  type SyncOutcome,
  SyncRunsDocument,
  type SyncRunsQuery,
  type SyncTrigger,
} from '../api/operations.ts';
import { useData } from '../api/use-data.ts';
import { Choice } from '../ui/choice.tsx';
import { Findings } from '../ui/findings.tsx';
import { moment, number, seconds, words } from '../ui/format.ts';
import { Older } from '../ui/older.tsx';
import { Badge, Empty, Loaded, Section, type Tone } from '../ui/parts.tsx';
import { type Column, Table } from '../ui/table.tsx';

type Run = SyncRunsQuery['syncRuns']['nodes'][number];

/** Not every run is told of: one that changes nothing is not. */
export const EVERY_SECONDS = 15;
const A_PAGE = 20;

const TONES: Readonly<Record<SyncOutcome, Tone>> = {
  SYNCED: 'good',
  UNCHANGED: 'quiet',
  HELD_BACK: 'warn',
  FAILED: 'bad',
};
const OUTCOMES = ['SYNCED', 'HELD_BACK', 'FAILED', 'UNCHANGED'] as const;
const TRIGGERS = ['WEBHOOK', 'POLL', 'API', 'CLI', 'START'] as const;

/** Attempts to take over the branch, and what became of each. */
export function Runs() {
  const [after, setAfter] = useState<string | null>(null);
  const [outcome, setOutcome] = useState('');
  const [trigger, setTrigger] = useState('');
  const runs = useData(
    SyncRunsDocument,
    {
      first: A_PAGE,
      after,
      filter: {
        outcome: outcome === '' ? null : [outcome as SyncOutcome],
        trigger: trigger === '' ? null : [trigger as SyncTrigger],
      },
    },
    { everySeconds: EVERY_SECONDS },
  );
  const chosen = (set: (value: string) => void) => (value: string) => {
    setAfter(null);
    set(value);
  };
  return (
    <Section title="Runs" note="Attempts that found something new or wrong, newest first.">
      <form onSubmit={(event) => event.preventDefault()}>
        <Choice label="Outcome" value={outcome} options={everyOr(OUTCOMES)} onChange={chosen(setOutcome)} />
        <Choice
          label="Started by"
          value={trigger}
          options={everyOr(TRIGGERS)}
          onChange={chosen(setTrigger)}
        />
      </form>
      <Loaded of={runs}>
        {({ syncRuns: { nodes, totalCount, pageInfo } }) =>
          nodes.length === 0 ? (
            <Empty>{outcome === '' && trigger === '' ? 'There was none yet.' : 'No run is like that.'}</Empty>
          ) : (
            <>
              <Table label="Runs" columns={COLUMNS} rows={nodes} keyOf={({ id }) => id} />
              <Older total={totalCount} after={after} page={pageInfo} onGo={setAfter} />
            </>
          )
        }
      </Loaded>
    </Section>
  );
}

const everyOr = (names: readonly string[]) => [
  ['', 'every'] as const,
  ...names.map((name) => [name, name === 'API' || name === 'CLI' ? name : words(name)] as const),
];

const COLUMNS: readonly Column<Run>[] = [
  { title: 'Began', cell: ({ startedAt }) => moment(startedAt) },
  { title: 'Outcome', cell: ({ outcome }) => <Badge tone={TONES[outcome]}>{words(outcome)}</Badge> },
  { title: 'Started by', cell: ({ trigger }) => words(trigger) },
  { title: 'Took', isNumber: true, cell: ({ startedAt, finishedAt }) => took(startedAt, finishedAt) },
  { title: 'Commits', isNumber: true, cell: ({ commits }) => number(commits) },
  { title: 'New versions', isNumber: true, cell: ({ versions }) => number(versions) },
  {
    title: 'From, to',
    cell: ({ fromSha, toSha }) => (
      <code>
        {fromSha?.slice(0, 8) ?? '–'} → {toSha?.slice(0, 8) ?? '–'}
      </code>
    ),
  },
  { title: 'What there is to say', cell: (run) => <Said run={run} /> },
];

const took = (from: string, to: string): string => seconds((Date.parse(to) - Date.parse(from)) / 1_000);

function Said({ run: { error, note, problems } }: { run: Run }) {
  if (error === null && note === null && problems.length === 0) return '–';
  return (
    <>
      {error} {note}
      {problems.length > 0 && (
        <details>
          <summary>{problems.length} findings</summary>
          <Findings of={problems} />
        </details>
      )}
    </>
  );
}
