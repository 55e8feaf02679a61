import { Link } from 'react-router';
import { CampaignHappeningsDocument, type CampaignHappeningsQuery } from '../../api/operations.ts';
import { useData } from '../../api/use-data.ts';
import { hours, moment, number, percent, words } from '../../ui/format.ts';
import { Badge, Empty, Loaded, Section } from '../../ui/parts.tsx';
import { Table } from '../../ui/table.tsx';

type Found = NonNullable<CampaignHappeningsQuery['campaign']>;

/** What signals made happen, what went wrong, who went past what, who decided, and the latest of the audit record. */
export function Happenings({ campaign: key }: { campaign: string }) {
  const found = useData(CampaignHappeningsDocument, { key });
  return (
    <Loaded of={found}>
      {({ campaign, auditLog }) =>
        campaign && (
          <div className="columns">
            <Triggers decisions={campaign.triggerDecisions} />
            <Decisions campaign={campaign} />
            <Trouble campaign={campaign} />
            <Section title="Activity">
              <ul className="list">
                {auditLog.nodes.map(({ id, action, actor, roles, subject, happenedAt }) => (
                  <li key={id}>
                    {words(action)}: {subject}{' '}
                    <span className="muted">
                      {actor}
                      {roles.length > 0 && ` as ${roles.join(', ')}`}, {moment(happenedAt)}
                    </span>
                  </li>
                ))}
              </ul>
              <p>
                <Link to={`/audit?campaign=${encodeURIComponent(key)}`}>
                  All {number(auditLog.totalCount)} records
                </Link>
              </p>
            </Section>
          </div>
        )
      }
    </Loaded>
  );
}

const Triggers = ({ decisions: { nodes, totalCount } }: { decisions: Found['triggerDecisions'] }) => (
  <Section
    title="Signals and triggers"
    note={nodes.length < totalCount ? `The latest of ${totalCount}.` : undefined}
  >
    {nodes.length === 0 ? (
      <Empty>No trigger has decided anything yet.</Empty>
    ) : (
      <Table
        label="Decisions of triggers"
        rows={nodes}
        keyOf={({ id }) => id}
        columns={[
          { title: 'Trigger', cell: ({ trigger }) => trigger },
          {
            title: 'Outcome',
            cell: ({ outcome }) => (
              <Badge tone={outcome === 'FIRED' ? 'busy' : 'quiet'}>{words(outcome)}</Badge>
            ),
          },
          {
            title: 'Saw',
            cell: ({ signal, seen: { value, previous, completeness } }) =>
              `${signal} ${number(value, 2)}${previous === null ? '' : `, before ${number(previous, 2)}`}, ${percent(completeness)} complete`,
          },
          {
            title: 'Did',
            cell: ({ actions }) =>
              actions.map(({ text, isDone }) => `${text}${isDone ? '' : ' (not done)'}`).join('; ') || '–',
          },
          { title: 'When', cell: ({ at }) => moment(at) },
        ]}
      />
    )}
  </Section>
);

const Decisions = ({ campaign: { approvals, delegations } }: { campaign: Found }) => (
  <Section title="Approvals">
    {approvals.length === 0 ? (
      <Empty>Nobody has decided anything yet.</Empty>
    ) : (
      <Table
        label="Approvals"
        rows={approvals}
        keyOf={({ step, decidedAt, role }) => `${step} ${decidedAt} ${role}`}
        columns={[
          { title: 'Step', cell: ({ step }) => step },
          {
            title: 'Decision',
            cell: ({ decision, invalidatedAt, invalidatedBecause }) => (
              <>
                <Badge tone={decision === 'APPROVED' ? 'good' : 'bad'}>{words(decision)}</Badge>
                {invalidatedAt !== null && <div className="muted">no longer: {invalidatedBecause}</div>}
              </>
            ),
          },
          {
            title: 'By',
            cell: ({ actor, role, forRole }) =>
              `${actor} as ${role}${forRole === role ? '' : ` for ${forRole}`}`,
          },
          { title: 'When', cell: ({ decidedAt }) => moment(decidedAt) },
          {
            title: 'Comment',
            cell: ({ comment, signature }) => (
              <>
                {comment ?? ''}
                {signature && (
                  <div className="muted">
                    signed by {signature.fullName ?? signature.name}, {words(signature.meaning)},{' '}
                    {moment(signature.signedAt)}
                  </div>
                )}
              </>
            ),
          },
        ]}
      />
    )}
    <ul className="list">
      {delegations.map(({ role, toRole, toPerson, by, reason, until, endedAt }, at) => (
        <li key={at}>
          {role} delegated to {toRole ?? toPerson} by {by}: {reason}{' '}
          <span className="muted">
            {endedAt === null ? `until ${moment(until)}` : `ended ${moment(endedAt)}`}
          </span>
        </li>
      ))}
    </ul>
  </Section>
);

const Trouble = ({ campaign: { incidents, deviations } }: { campaign: Found }) => (
  <Section title="Incidents and deviations">
    {incidents.length === 0 && deviations.length === 0 && (
      <Empty>Nothing went wrong, and nobody went past anything.</Empty>
    )}
    <ul className="list">
      {incidents.map(({ kind, cause, subject, delay, evidence, reportedBy }, at) => (
        <li key={at}>
          <Badge tone="bad">{words(kind)}</Badge> {subject}
          <span className="muted">
            {cause !== 'OTHER' && `, ${words(cause)}`}
            {delay !== null && `, ${hours(delay.hours)} lost`}
            {reportedBy !== null && `, reported by ${reportedBy}`}
          </span>
          {evidence.map((text) => (
            <div key={text} className="muted">
              {text}
            </div>
          ))}
        </li>
      ))}
      {deviations.map(({ key, kind, rationale, actor, decidedAt, told }) => (
        <li key={`${kind} ${key}`}>
          <Badge tone="warn">went past {words(kind)}</Badge> {key}: {rationale}
          <span className="muted">
            {' '}
            {actor}, {moment(decidedAt)}; told: {told.join(', ') || 'nobody'}
          </span>
        </li>
      ))}
    </ul>
  </Section>
);
