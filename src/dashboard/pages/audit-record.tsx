import { Link } from 'react-router';
import { Facts } from '../ui/facts.tsx';
import { moment, number, words } from '../ui/format.ts';
import { Badge } from '../ui/parts.tsx';
import type { RecordShown } from './record-shown.ts';

interface RecordProps {
  readonly record: RecordShown;
  /** Shows only what has this, too. */
  readonly onFollow: (values: Readonly<Record<string, string>>) => void;
}

const ORIGINS: Readonly<Record<NonNullable<RecordShown['origin']>['by'], string>> = {
  LOCAL: 'local, without signing in',
  OIDC: 'signed in',
  TOKEN: 'API token',
  WEIR: 'Weir itself',
};

/** One record: a line of what was done, and the rest folded below. */
export function Record({ record, onFollow }: RecordProps) {
  const { happenedAt, actor, roles, action, subject, campaign, commitSha, signature, position } = record;
  const version = record.workflowVersion;
  const label = `${words(action)} ${subject}`;
  return (
    <li>
      <p>
        <span className="muted">{moment(happenedAt)}</span> <Badge>{words(action)}</Badge>{' '}
        <Follow name="subject" value={subject} onFollow={onFollow} />
        {campaign && (
          <>
            {' of '}
            <Link to={`/campaigns/${encodeURIComponent(campaign.key)}`}>{campaign.name}</Link>{' '}
            <button type="button" className="link" onClick={() => onFollow({ campaign: campaign.key })}>
              only this campaign<span className="hidden">: {campaign.name}</span>
            </button>
          </>
        )}
        {version && (
          <>
            {' on '}
            <button
              type="button"
              className="link"
              onClick={() => onFollow({ workflow: version.workflow.key, version: String(version.number) })}
            >
              {version.workflow.key} v{version.number}
            </button>
          </>
        )}
        {' by '}
        <Follow name="actor" value={actor} onFollow={onFollow} />
        {signature && (
          <>
            {' '}
            <Badge tone="good">signed: {words(signature.meaning)}</Badge>
          </>
        )}
      </p>
      <details>
        <summary>
          Details<span className="hidden"> of {label}</span>
        </summary>
        <Facts
          of={[
            ['As', roles.length === 0 ? '–' : roles.join(', ')],
            ['Origin', record.origin ? originOf(record.origin) : 'not kept at the time'],
            ['Commit', commitSha === null ? null : <code>{commitSha}</code>],
            ['Signature', signature && signatureOf(signature)],
            ['Signed content', signature && <code>{signature.contentHash}</code>],
            ['Position', position === null ? 'not sealed yet' : number(position)],
            ['Hash of the chain', record.hash === null ? null : <code>{record.hash}</code>],
          ]}
        />
        <div className="columns">
          <State name={`Before ${label}`} title="Before" state={record.before} hash={record.beforeHash} />
          <State name={`After ${label}`} title="After" state={record.after} hash={record.afterHash} />
        </div>
      </details>
    </li>
  );
}

function Follow({ name, value, onFollow }: Pick<RecordProps, 'onFollow'> & { name: string; value: string }) {
  return (
    <button
      type="button"
      className="link"
      title={`Only records of this ${name}`}
      onClick={() => onFollow({ [name]: value })}
    >
      {value}
    </button>
  );
}

function originOf({
  by,
  token,
  address,
  authenticatedAt,
  fullName,
}: NonNullable<RecordShown['origin']>): string {
  return [
    ORIGINS[by],
    fullName,
    token === null ? null : `token ${token}`,
    address === null ? null : `from ${address}`,
    authenticatedAt === null ? null : `proved ${moment(authenticatedAt)}`,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

const signatureOf = ({
  name,
  fullName,
  meaning,
  signedAt,
  authenticatedAt,
  by,
}: NonNullable<RecordShown['signature']>) =>
  [
    fullName === null ? name : `${fullName} (${name})`,
    `meaning ${words(meaning)}`,
    moment(signedAt),
    authenticatedAt === null ? ORIGINS[by] : `${ORIGINS[by]}, proved ${moment(authenticatedAt)}`,
  ].join(', ');

function State({
  name,
  title,
  state,
  hash,
}: {
  name: string;
  title: string;
  state: unknown;
  hash: string | null;
}) {
  return (
    <div className="state">
      <h3>{title}</h3>
      {state === null ? (
        <p className="muted">Nothing is kept.</p>
      ) : (
        <pre tabIndex={0} role="region" aria-label={name}>
          {readable(state as Json)}
        </pre>
      )}
      {hash !== null && (
        <p className="muted">
          SHA-256 <code>{hash}</code>
        </p>
      )}
    </div>
  );
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** JSON without quotes and braces, which people need not read: a name and a value a line, indented. */
function readable(state: Json, indent = ''): string {
  if (state === null) return 'nothing';
  if (typeof state !== 'object') return String(state).replaceAll('\n', `\n${indent}`);
  const entries = Object.entries(state);
  if (entries.length === 0) return Array.isArray(state) ? 'none' : 'nothing';
  return entries
    .map(([name, value]) => {
      const label = Array.isArray(state) ? `${indent}-` : `${indent}${name}:`;
      const isNested = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
      return isNested
        ? `${label}\n${readable(value, `${indent}  `)}`
        : `${label} ${readable(value, `${indent}  `)}`;
    })
    .join('\n');
}
