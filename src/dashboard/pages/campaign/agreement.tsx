import { CampaignAgreementDocument, type CampaignAgreementQuery } from '../../api/operations.ts';
import { useData } from '../../api/use-data.ts';
import { day, measured, number, words } from '../../ui/format.ts';
import { Badge, Empty, Loaded, Section } from '../../ui/parts.tsx';
import { Table } from '../../ui/table.tsx';

type Found = NonNullable<CampaignAgreementQuery['campaign']>;

/** Whether all who work on the campaign say and do the same: convergence, metrics, contradictions, audiences. */
export function Agreement({ campaign: key }: { campaign: string }) {
  const found = useData(CampaignAgreementDocument, { key });
  return (
    <Loaded of={found}>
      {({ campaign }) =>
        campaign && (
          <div className="columns">
            <ConvergenceSection convergence={campaign.convergence} />
            <Contradictions contradictions={campaign.contradictions} />
            <Section title="Alignment metrics" wide>
              <Table
                label="Alignment metrics"
                rows={campaign.metrics}
                keyOf={({ metric }) => metric}
                columns={[
                  { title: 'Metric', cell: ({ title }) => title },
                  { title: 'Value', isNumber: true, cell: ({ value, unit }) => measured(value, unit) },
                  {
                    title: 'Why',
                    cell: ({ evidence, notes }) => (
                      <Reasons texts={[...evidence.map(({ message }) => message), ...notes]} />
                    ),
                  },
                ]}
              />
            </Section>
            <Audiences campaign={campaign} />
          </div>
        )
      }
    </Loaded>
  );
}

const SHOWN = 3;

/** The first few at once, the others on demand. */
function Reasons({ texts }: { texts: readonly string[] }) {
  const list = (shown: readonly string[]) => shown.map((text, at) => <div key={at}>{text}</div>);
  return (
    <>
      {list(texts.slice(0, SHOWN))}
      {texts.length > SHOWN && (
        <details>
          <summary>{texts.length - SHOWN} more</summary>
          {list(texts.slice(SHOWN))}
        </details>
      )}
    </>
  );
}

function ConvergenceSection({ convergence }: { convergence: Found['convergence'] }) {
  const { isConverged, convergedAt, dimensions, lost } = convergence;
  const agreed = new Set(lost.map(({ dimension }) => dimension));
  return (
    <Section
      title="Convergence"
      note={isConverged ? `All four agree, first on ${day(convergedAt)}.` : 'Not all four agree now.'}
    >
      <ul className="list">
        {dimensions.map(({ dimension, agrees, since }) => (
          <li key={dimension}>
            <Badge tone={agrees ? 'good' : 'warn'}>
              {agrees ? 'agrees' : agreed.has(dimension) ? 'no longer' : 'not yet'}
            </Badge>{' '}
            {words(dimension)}
            {since !== null && <span className="muted"> since {day(since)}</span>}
          </li>
        ))}
      </ul>
      {lost.length > 0 && (
        <p className="muted">
          Lost before:{' '}
          {lost.map(({ dimension, from, to }) => `${words(dimension)} ${day(from)} – ${day(to)}`).join('; ')}
        </p>
      )}
    </Section>
  );
}

/** What the texts say differently, each side beside the other. */
const Contradictions = ({ contradictions }: { contradictions: Found['contradictions'] }) => (
  <Section title="Contradictions">
    {contradictions.length === 0 && <Empty>No text says anything else than another.</Empty>}
    {contradictions.map(({ message, sides }) => (
      <div key={message} className="contradiction">
        <p>{message}</p>
        <div className="sides">
          {sides.map(({ value, places }) => (
            <div key={value}>
              <strong>{value}</strong>
              <ul className="list">
                {places.map(({ asset, channel, text }, at) => (
                  <li key={at}>
                    {asset === null ? 'brief' : `${asset} (${channel})`}: “{text}”
                  </li>
                ))}
              </ul>
            </div>
          ))}
        </div>
      </div>
    ))}
  </Section>
);

const Audiences = ({ campaign: { audienceList, audiences, metrics } }: { campaign: Found }) => {
  const overlaps = metrics.find(({ metric }) => metric === 'AUDIENCE_OVERLAP')?.evidence ?? [];
  return (
    <Section title="Audiences">
      {audiences.length === 0 ? (
        <Empty>No audience was sent in.</Empty>
      ) : (
        <Table
          label="Audiences"
          rows={audiences}
          keyOf={({ channel }) => channel}
          columns={[
            { title: 'Channel', cell: ({ channel }) => channel },
            { title: 'People', isNumber: true, cell: ({ size }) => number(size, 0) },
            { title: 'Not on the list', isNumber: true, cell: ({ outsideList }) => number(outsideList, 0) },
          ]}
        />
      )}
      {audienceList !== null && <p className="muted">{number(audienceList.size, 0)} people on the list.</p>}
      <ul className="list">
        {overlaps.map(({ message }) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </Section>
  );
};
