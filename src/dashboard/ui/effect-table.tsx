import { type ReactNode, useState } from 'react';
import type { CampaignMetric, EffectVerdict, MeasuredEffectFragment } from '../api/operations.ts';
import { measured, number, percent, words } from './format.ts';
import { Badge, Empty, type Tone } from './parts.tsx';
import { type Column, Table } from './table.tsx';

/** What a change of a workflow is judged by; each has one value of a campaign. */
export const JUDGED_BY: CampaignMetric[] = [
  'TIME_TO_LAUNCH',
  'DURATION',
  'REWORK_ROUNDS',
  'LATE_HANDOFFS',
  'INCIDENTS',
  'MESSAGE_CONSISTENCY',
  'ROI',
  'SATISFACTION',
];

const TONES: Record<EffectVerdict, Tone> = { BETTER: 'good', UNCLEAR: 'quiet', WORSE: 'bad' };

type Effect = MeasuredEffectFragment;

const sample = ({ campaigns, mean }: Effect['before'], unit: string) => (
  <>
    {measured(mean, unit)} <span className="muted">of {campaigns}</span>
  </>
);

/** The mean difference with its 95% interval, where there is enough to tell. */
function difference({ differenceMean, differenceMeanLow, differenceMeanHigh, unit, ...rest }: Effect) {
  if (differenceMean === null) return '–';
  const sign = differenceMean > 0 ? '+' : '';
  const share = rest.differencePercent === null ? '' : ` (${sign}${percent(rest.differencePercent / 100)})`;
  return (
    <>
      {sign}
      {measured(differenceMean, unit)}
      {share}
      {differenceMeanLow !== null && differenceMeanHigh !== null && (
        <div className="muted">
          95%: {measured(differenceMeanLow, unit)} to {measured(differenceMeanHigh, unit)}
        </div>
      )}
    </>
  );
}

const COLUMNS: readonly Column<Effect>[] = [
  { title: 'Metric', cell: ({ metric }) => words(metric) },
  {
    title: 'Verdict',
    cell: ({ verdict }) => <Badge tone={TONES[verdict]}>{words(verdict)}</Badge>,
  },
  { title: 'Mean before', isNumber: true, cell: ({ before, unit }) => sample(before, unit) },
  { title: 'Mean after', isNumber: true, cell: ({ after, unit }) => sample(after, unit) },
  { title: 'Difference', isNumber: true, cell: difference },
  { title: 'p', isNumber: true, cell: ({ pValue }) => number(pValue, 3) },
  { title: 'Note', cell: ({ note }) => note ?? '' },
];

/** How campaigns fared before and after a change. What was measured on neither side is only named. */
export function EffectTable({ of, label }: { of: readonly Effect[]; label: string }) {
  const isMeasured = ({ before, after }: Effect) => before.campaigns > 0 || after.campaigns > 0;
  const rows = of.filter(isMeasured);
  const others = of.filter((each) => !isMeasured(each)).map(({ metric }) => words(metric));
  return (
    <>
      {rows.length === 0 ? (
        <Empty>Nothing was measured, neither before nor after.</Empty>
      ) : (
        <Table label={label} columns={COLUMNS} rows={rows} keyOf={({ metric }) => metric} />
      )}
      {rows.length > 0 && others.length > 0 && (
        <p className="muted">Measured on neither side: {others.join(', ')}.</p>
      )}
    </>
  );
}

/** Shows what costs the server some work only once somebody wants to see it. */
export function OnDemand({ name, about, children }: { name: string; about?: string; children: ReactNode }) {
  const [isWanted, setWanted] = useState(false);
  if (isWanted) return children;
  return (
    <button
      type="button"
      aria-label={about === undefined ? undefined : `${name}: ${about}`}
      onClick={() => setWanted(true)}
    >
      {name}
    </button>
  );
}
