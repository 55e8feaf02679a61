import { CampaignBriefDocument, type CampaignBriefQuery } from '../../api/operations.ts';
import { useData } from '../../api/use-data.ts';
import { day, moment, words } from '../../ui/format.ts';
import { Badge, Empty, Loaded, Section } from '../../ui/parts.tsx';
import { Table } from '../../ui/table.tsx';

type Found = NonNullable<CampaignBriefQuery['campaign']>;

/** What was agreed on, what became of it in the channels, and what is said when. */
export function Brief({ campaign: key }: { campaign: string }) {
  const found = useData(CampaignBriefDocument, { key });
  return (
    <Loaded of={found}>
      {({ campaign }) =>
        campaign && (
          <div className="columns">
            <Section title="Brief" note={`Version ${campaign.briefVersion}`}>
              {campaign.brief.length === 0 && <Empty>Nothing is written yet.</Empty>}
              <dl className="fields">
                {campaign.brief.map(({ name, text }) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{text}</dd>
                  </div>
                ))}
              </dl>
            </Section>
            <Drift spokes={campaign.spokes} />
            <Content campaign={campaign} />
          </div>
        )
      }
    </Loaded>
  );
}

const Drift = ({ spokes }: { spokes: Found['spokes'] }) => (
  <Section title="Drift from the brief">
    {spokes.length === 0 && <Empty>No channel works from a copy of the brief.</Empty>}
    {spokes.map(({ key, channels, pulledVersion, pulledAt, isOutOfDate, drift }) => (
      <div key={key}>
        <h3>
          {key}{' '}
          {pulledVersion === null ? (
            <Badge>never pulled</Badge>
          ) : isOutOfDate ? (
            <Badge tone="warn">out of date</Badge>
          ) : (
            <Badge tone="good">up to date</Badge>
          )}
        </h3>
        <p className="muted">
          {[
            ...channels.filter((channel) => channel !== key),
            ...(pulledVersion === null ? [] : [`pulled version ${pulledVersion}, ${moment(pulledAt)}`]),
          ].join(' · ')}
        </p>
        <ul className="list">
          {drift.map(({ message, since }) => (
            <li key={message}>
              {message} <span className="muted">since {day(since)}</span>
            </li>
          ))}
        </ul>
      </div>
    ))}
  </Section>
);

const Content = ({ campaign: { contentCalendar, checkpoints, assets } }: { campaign: Found }) => (
  <Section title="Content and checkpoints" wide>
    {contentCalendar.violations.map(({ rule, message, mend }) => (
      <p key={message}>
        <Badge tone="warn">{words(rule)}</Badge> {message} <span className="muted">{mend}</span>
      </p>
    ))}
    {assets.length === 0 ? (
      <Empty>There is no content yet.</Empty>
    ) : (
      <Table
        label="Content"
        rows={assets}
        keyOf={({ key }) => key}
        columns={[
          { title: 'Asset', cell: ({ key }) => key },
          { title: 'Channel', cell: ({ channel }) => channel },
          { title: 'Revision', isNumber: true, cell: ({ revision }) => revision },
          { title: 'Changed', cell: ({ updatedAt }) => moment(updatedAt) },
          {
            title: 'Source',
            cell: ({ staleSource }) =>
              staleSource === null ? '–' : <Badge tone="warn">{staleSource} changed since</Badge>,
          },
        ]}
      />
    )}
    {contentCalendar.windows.length > 0 && (
      <>
        <h3>Message windows</h3>
        <ul className="list">
          {contentCalendar.windows.map(({ afterChannel, channel, earliest, latest, isKept }) => (
            <li key={`${afterChannel} ${channel} ${earliest ?? ''}`}>
              {channel} after {afterChannel}
              {earliest === null && latest === null
                ? ', which has no time yet'
                : `: ${moment(earliest)} – ${moment(latest)}`}{' '}
              {isKept !== null && <Badge tone={isKept ? 'good' : 'bad'}>{isKept ? 'kept' : 'missed'}</Badge>}
            </li>
          ))}
        </ul>
      </>
    )}
    {checkpoints.length > 0 && (
      <>
        <h3>Checkpoints</h3>
        <ul className="list">
          {checkpoints.map(({ key, at, isPast }) => (
            <li key={key}>
              {key}: {moment(at)} {isPast && <span className="muted">past</span>}
            </li>
          ))}
        </ul>
      </>
    )}
  </Section>
);
