import { Link } from 'react-router';
import {
  type SyncCommitFragment,
  SyncNowDocument,
  SyncStateDocument,
  type SyncStateQuery,
} from '../api/operations.ts';
import { type Act, useAct, useData } from '../api/use-data.ts';
import { Facts } from '../ui/facts.tsx';
import { ago, moment, number, words } from '../ui/format.ts';
import { type Host, hostOf } from '../ui/host.ts';
import { Badge, Empty, Loaded, Page, Refusals, Section } from '../ui/parts.tsx';
import { PermittedButton, Permissions } from '../ui/permitted.tsx';
import { Findings } from '../ui/findings.tsx';
import { EVERY_SECONDS, Runs } from './sync-runs.tsx';

type Repository = NonNullable<SyncStateQuery['repository']>;
type Held = Repository['heldBack'][number];

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
            <Permissions>
              <p>
                <PermittedButton
                  {...{ asked: 'syncRepository', acting, name: 'Sync now' }}
                  onClick={() => void sync([])}
                />{' '}
                {acting.isPending && <span role="status">Syncing …</span>}
              </p>
            </Permissions>
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
              ['Newest change read', repository.attemptedAt === null ? '–' : whenOf(repository.attemptedAt)],
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
  if (attempted === null)
    return (
      <p>
        <Badge tone="warn">nothing served</Badge> No commit of the branch has anything in the folder yet.
      </p>
    );
  return (
    <p>
      <Badge tone="good">up to date</Badge> What is served is what the branch says
      {headSha === attempted.sha ? '.' : '; commits since then leave the folder alone.'}
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
  const props = { asked: 'syncRepository', acting, name: 'Release' } as const;
  return (
    <Section title="Held back" note="What is served otherwise than the branch says, and why.">
      <Permissions>
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
                  <PermittedButton {...props} onClick={() => void onRelease([key])}>
                    Release {key}
                  </PermittedButton>
                )}
              </li>
            ))}
          </ul>
        )}
        {releasable.length > 1 && (
          <PermittedButton {...props} onClick={() => void onRelease(releasable)}>
            Release all {number(releasable.length)}
          </PermittedButton>
        )}
      </Permissions>
    </Section>
  );
}
