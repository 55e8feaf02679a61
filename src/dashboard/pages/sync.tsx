import { useState } from 'react';
import { Link } from 'react-router';
import {
  type SyncCommitFragment,
  SyncNowDocument,
  type SyncOutcome,
  SyncRunsDocument,
  type SyncRunsQuery,
  SyncStateDocument,
  type SyncStateQuery,
  type SyncTrigger,
} from '../api/operations.ts';
import { type Act, useAct, useData } from '../api/use-data.ts';
import { Choice } from '../ui/choice.tsx';
import { Facts } from '../ui/facts.tsx';
import { ago, moment, number, seconds, words } from '../ui/format.ts';
import { type Host, hostOf } from '../ui/host.ts';
import { Older } from '../ui/older.tsx';
import { Badge, Empty, Loaded, Page, Refusals, Section, type Tone } from '../ui/parts.tsx';
import { Findings } from '../ui/findings.tsx';
import { type Column, Table } from '../ui/table.tsx';

type Repository = NonNullable<SyncStateQuery['repository']>;
type Held = Repository['heldBack'][number];
type Run = SyncRunsQuery['syncRuns']['nodes'][number];

/** Not every run is told of: one that changes nothing is not. */
const EVERY_SECONDS = 15;
const A_PAGE = 20;
/** What a steward may let go although it was held back. */
const RELEASABLE = ['RETIREMENT', 'PILOT'];

/** Whether what is served is what the branch says, and why not. */
export default function Sync() {
  const state = useData(SyncStateDocument, {}, { everySeconds: EVERY_SECONDS });
  const acting = useAct();
  const sync = (release: readonly string[]) => acting.act(SyncNowDocument, { release: [...release] });
  return (
    <Page title="Sync">
      <Loaded of={state}>
        {({ repository }) => (
          <>
            <p>
              <button type="button" disabled={acting.isPending} onClick={() => void sync([])}>
                Sync now
              </button>{' '}
              {acting.isPending && <span role="status">Syncing …</span>}
            </p>
            <Refusals of={acting} />
            {repository ? (
              <Now repository={repository} acting={acting} onRelease={sync} />
            ) : (
              <Empty>Nothing was synced yet.</Empty>
            )}
          </>
        )}
      </Loaded>
      <Runs />
    </Page>
  );
}

interface NowProps {
  readonly repository: Repository;
  readonly acting: Act;
  readonly onRelease: (keys: readonly string[]) => Promise<boolean>;
}

function Now({ repository, acting, onRelease }: NowProps) {
  const { served, attempted, heldBack, problems } = repository;
  const host = hostOf(repository.location);
  return (
    <>
      <div className="columns">
        <Section title="What is served">
          <Standing repository={repository} />
          <Facts
            of={[
              ['Repository', host ? <a href={host.web}>{repository.location}</a> : repository.location],
              ['Branch', repository.branch],
              ['Folder', repository.folder === '' ? null : repository.folder],
              ['Head of the branch', <Sha sha={repository.headSha} host={host} />],
              ['Looked at last', repository.attemptedAt === null ? '–' : whenOf(repository.attemptedAt)],
            ]}
          />
        </Section>
        <Section title="Served commit">
          <CommitOf commit={served} host={host} none="No commit was taken over whole yet." />
          {attempted?.sha !== served?.sha && (
            <>
              <h3>Attempted commit</h3>
              <CommitOf commit={attempted} host={host} none="No commit was looked at yet." />
            </>
          )}
        </Section>
      </div>
      <HeldBack held={heldBack} acting={acting} onRelease={onRelease} />
      <Section title="Findings" note="In the files of the commit attempted last, the worst first.">
        {problems.length === 0 && <Empty>Nothing is wrong.</Empty>}
        <Findings
          of={problems}
          fileAddress={host && ((file, line) => host.file(attempted?.sha ?? '', file, line))}
        />
      </Section>
    </>
  );
}

function Standing({
  repository: { failingSince, failure, behindSince, headSha, attempted },
}: {
  repository: Repository;
}) {
  if (failingSince !== null)
    return (
      <p>
        <Badge tone="bad">cannot be read</Badge> Since {moment(failingSince)}: {failure}
      </p>
    );
  if (behindSince !== null)
    return (
      <p>
        <Badge tone="warn">behind</Badge> Since {moment(behindSince)} ({ago(behindSince)}) what is served is
        other than what the branch says.
      </p>
    );
  return (
    <p>
      <Badge tone="good">up to date</Badge>{' '}
      {headSha === attempted?.sha
        ? 'What is served is what the branch says.'
        : 'The branch has moved on since.'}
    </p>
  );
}

const whenOf = (iso: string): string => `${moment(iso)} (${ago(iso)})`;

/** The first line of a message; the number of the pull request, unless it stands there. */
function titleOf(message: string, pullRequest: number | null): string {
  const [title = ''] = message.split('\n');
  return pullRequest === null || title.includes(`#${pullRequest}`) ? title : `${title} (#${pullRequest})`;
}

const Sha = ({ sha, host }: { sha: string | null; host: Host | null }) => {
  if (sha === null) return '–';
  const short = <code>{sha.slice(0, 8)}</code>;
  return host ? <a href={host.commit(sha)}>{short}</a> : short;
};

function CommitOf({
  commit,
  host,
  none,
}: {
  commit: SyncCommitFragment | null;
  host: Host | null;
  none: string;
}) {
  if (!commit) return <Empty>{none}</Empty>;
  const { sha, message, author, committedAt, pullRequest, signature, signedBy } = commit;
  return (
    <Facts
      of={[
        [
          'Commit',
          <>
            <Sha sha={sha} host={host} /> {titleOf(message, pullRequest)}
          </>,
        ],
        ['Author', `${author.name}, ${moment(committedAt)}`],
        ['Signature', signedBy === null ? words(signature) : `${words(signature)}, ${signedBy}`],
      ]}
    />
  );
}

interface HeldProps {
  readonly held: readonly Held[];
  readonly acting: Act;
  readonly onRelease: (keys: readonly string[]) => Promise<boolean>;
}

const REASONS: Readonly<Record<Held['reason'], string>> = {
  COMMIT: 'something else of its commit is wrong, and the Policy holds back whole commits',
  PILOT: 'none of its campaigns has ended with all KPIs measured: a steward has to let it go',
  PROBLEMS: 'something is wrong in its file',
  RETIREMENT: 'its file is gone, and a steward has to let it retire',
};

function HeldBack({ held, acting, onRelease }: HeldProps) {
  const releasable = held.filter(({ reason }) => RELEASABLE.includes(reason)).map(({ key }) => key);
  return (
    <Section title="Held back" note="What is served otherwise than the branch says, and why.">
      {held.length === 0 ? (
        <Empty>Nothing is held back.</Empty>
      ) : (
        <ul className="list">
          {held.map(({ kind, key, file, reason, because }) => (
            <li key={`${kind} ${key}`}>
              {kind === 'WORKFLOW' ? <Link to={`/workflows/${encodeURIComponent(key)}`}>{key}</Link> : key}{' '}
              <Badge tone={reason === 'PROBLEMS' ? 'bad' : 'warn'}>{words(reason)}</Badge>{' '}
              {because ?? REASONS[reason]} <span className="muted">{file}</span>{' '}
              {RELEASABLE.includes(reason) && (
                <button type="button" disabled={acting.isPending} onClick={() => void onRelease([key])}>
                  Release {key}
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
      {releasable.length > 1 && (
        <button type="button" disabled={acting.isPending} onClick={() => void onRelease(releasable)}>
          Release all {number(releasable.length)}
        </button>
      )}
    </Section>
  );
}

const TONES: Readonly<Record<SyncOutcome, Tone>> = {
  SYNCED: 'good',
  UNCHANGED: 'quiet',
  HELD_BACK: 'warn',
  FAILED: 'bad',
};
const OUTCOMES = ['SYNCED', 'HELD_BACK', 'FAILED', 'UNCHANGED'] as const;
const TRIGGERS = ['WEBHOOK', 'POLL', 'API', 'CLI', 'START'] as const;

function Runs() {
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
            <Empty>No run is like that.</Empty>
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
