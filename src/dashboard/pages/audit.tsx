import { useSearchParams } from 'react-router';
import { type AuditAction, AuditChainDocument, AuditLogDocument } from '../api/operations.ts';
import { useData } from '../api/use-data.ts';
import { Choice } from '../ui/choice.tsx';
import { words } from '../ui/format.ts';
import { Older } from '../ui/older.tsx';
import { Empty, Loaded, Page, Section } from '../ui/parts.tsx';
import { Save } from '../ui/save.tsx';
import { ACTIONS } from './audit-actions.ts';
import { Chain } from './audit-chain.tsx';
import { Record } from './audit-record.tsx';
import './audit.css';

const A_PAGE = 50;
const EVERY_SECONDS = 15;
const TEXTS = [
  ['campaign', 'Campaign (key)'],
  ['workflow', 'Workflow (key)'],
  ['version', 'Version'],
  ['actor', 'Who'],
  ['subject', 'Subject'],
] as const;

/** Who changed what, when, and as what; and whether the record is what it was. */
export default function Audit() {
  const [search, setSearch] = useSearchParams();
  const one = (name: string) => search.get(name) ?? '';
  const change = (values: Readonly<Record<string, string>>) => {
    setSearch((before) => {
      for (const [name, value] of Object.entries({ after: '', ...values }))
        if (value === '') before.delete(name);
        else before.set(name, value);
      return before;
    });
  };
  const [since, until] = [startOf(one('since')), endOf(one('until'))];
  const chosen = {
    campaign: one('campaign') || null,
    workflow: one('workflow') || null,
    version: /^\d{1,9}$/.test(one('version')) ? Number(one('version')) : null,
    actor: one('actor') || null,
    subject: one('subject') || null,
  };
  const action = one('action') === '' ? null : ([one('action')] as [AuditAction]);
  const happenedAt = since === null && until === null ? null : { since, until };
  const log = useData(
    AuditLogDocument,
    { first: A_PAGE, after: one('after') || null, filter: { ...chosen, action, happenedAt } },
    { everySeconds: EVERY_SECONDS },
  );
  const chain = useData(AuditChainDocument, {}, { everySeconds: EVERY_SECONDS });
  return (
    <Page title="Audit">
      <Loaded of={chain}>{(data) => <Chain data={data} />}</Loaded>
      <Section title="Records" note="Newest first. What was refused leaves none.">
        <form role="search" onSubmit={(event) => event.preventDefault()}>
          {TEXTS.map(([name, label]) => (
            <Text
              key={name}
              label={label}
              value={one(name)}
              onChange={(value) => change({ [name]: value })}
            />
          ))}
          <Choice
            label="Action"
            value={one('action')}
            options={[['', 'every'], ...Object.keys(ACTIONS).map((name) => [name, words(name)] as const)]}
            onChange={(value) => change({ action: value })}
          />
          <Day label="From" value={one('since')} onChange={(value) => change({ since: value })} />
          <Day label="To" value={one('until')} onChange={(value) => change({ until: value })} />
          {search.size > 0 && (
            <button type="button" onClick={() => setSearch({})}>
              Show all
            </button>
          )}
        </form>
        <p>
          <Save
            path={exportOf({
              ...chosen,
              action: action === null ? null : ACTIONS[action[0]],
              since,
              until,
            })}
            name="audit.ndjson"
          >
            Save these records (NDJSON)
          </Save>
        </p>
        <Loaded of={log}>
          {({ auditLog: { nodes, totalCount, pageInfo } }) =>
            nodes.length === 0 ? (
              <Empty>No record is like that. Who, campaign and subject are compared letter by letter.</Empty>
            ) : (
              <>
                <ol className="records">
                  {nodes.map((record) => (
                    <Record key={record.id} record={record} onFollow={change} />
                  ))}
                </ol>
                <Older
                  total={totalCount}
                  after={one('after') || null}
                  page={pageInfo}
                  onGo={(after) => change({ after: after ?? '' })}
                />
              </>
            )
          }
        </Loaded>
      </Section>
    </Page>
  );
}

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Taken over when one leaves it or presses Enter: half a word is no name of anything. */
function Text({ label, value, onChange }: FieldProps) {
  return (
    <label>
      {label}{' '}
      <input
        key={value}
        defaultValue={value}
        onBlur={(event) => event.target.value !== value && onChange(event.target.value.trim())}
        onKeyDown={(event) => event.key === 'Enter' && onChange(event.currentTarget.value.trim())}
      />
    </label>
  );
}

const Day = ({ label, value, onChange }: FieldProps) => (
  <label>
    {label} <input type="date" value={value} onChange={(event) => onChange(event.target.value)} />
  </label>
);

const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text);
/** The first moment of a day where the reader is. */
const startOf = (text: string): string | null =>
  isDay(text) ? new Date(`${text}T00:00`).toISOString() : null;
/** The last. */
const endOf = (text: string): string | null =>
  isDay(text) ? new Date(`${text}T23:59:59.999`).toISOString() : null;

function exportOf(question: Readonly<Record<string, string | number | null>>): string {
  const given = Object.entries(question).flatMap(([name, value]) =>
    value === null ? [] : [[name, String(value)]],
  );
  const asked = new URLSearchParams(given).toString();
  return asked === '' ? '/audit.ndjson' : `/audit.ndjson?${asked}`;
}
