import type { EffectFiguresFragment } from '../api/operations.ts';
import { measured, number } from './format.ts';
import { Badge, type Tone } from './parts.tsx';
import { Plot, type PlotRow } from './plot.tsx';

export interface EffectsProps {
  readonly effects: readonly EffectFiguresFragment[];
  /** What metrics are called. */
  readonly titles: ReadonlyMap<string, string>;
}

/** What a change did to each metric, in words; and, where it can be told from chance, how sure that is. */
export function Effects({ effects, titles }: EffectsProps) {
  const found = effects.filter(({ before, after }) => before.campaigns + after.campaigns > 0);
  const title = (metric: string) => titles.get(metric) ?? metric;
  const rows = found.flatMap((effect) => rowOf(effect, title(effect.metric)));
  return (
    <>
      <ul className="list">
        {found.map((effect) => (
          <li key={effect.metric}>
            {sentenceOf(effect, title(effect.metric))} <Verdict effect={effect} />
          </li>
        ))}
      </ul>
      {rows.length > 0 && (
        <Plot
          rows={rows}
          tick={inPercent}
          caption="Difference in percent of the mean before: a dot for what was found, a line for what it may be in truth (95 % interval). Where the line crosses zero, it may be chance. The same stands above in words."
        />
      )}
    </>
  );
}

const VERDICTS: Readonly<Record<EffectFiguresFragment['verdict'], readonly [Tone, string]>> = {
  BETTER: ['good', 'better'],
  WORSE: ['bad', 'worse'],
  UNCLEAR: ['quiet', 'not to be told from chance'],
};

function Verdict({ effect: { outcome, verdict } }: { effect: EffectFiguresFragment }) {
  if (outcome !== 'ESTIMATED') return <Badge>not enough data</Badge>;
  const [tone, text] = VERDICTS[verdict];
  return <Badge tone={tone}>{text}</Badge>;
}

type Side = EffectFiguresFragment['before'];

/** What was found, how far it may be off, and what it was found in. */
function sentenceOf(effect: EffectFiguresFragment, title: string): string {
  const { before, after, unit, differenceMean, differencePercent, note, pValue } = effect;
  const side = ({ mean, campaigns }: Side) =>
    mean === null ? 'no campaign' : `${measured(mean, unit)} (${counted(campaigns, 'campaign')})`;
  const figures = `${title}: ${side(before)} before, ${side(after)} after`;
  if (differenceMean === null) return `${figures}${note === null ? '' : `; ${note}`}.`;
  const percent = differencePercent === null ? '' : ` (${inPercent(differencePercent)})`;
  const difference = `${figures}: ${signed(differenceMean, unit)}${percent}`;
  const { differenceMeanLow: low, differenceMeanHigh: high } = effect;
  if (low === null || high === null) return `${difference}; ${note ?? 'too few campaigns'}.`;
  const chance = pValue === null ? '' : `; chance alone shows as much in ${inShare(pValue)} of cases`;
  return `${difference}, at 95 % between ${signed(low, unit)} and ${signed(high, unit)}${chance}.`;
}

function rowOf(effect: EffectFiguresFragment, name: string): PlotRow[] {
  const { before, differencePercent, differenceMeanLow: low, differenceMeanHigh: high } = effect;
  if (differencePercent === null || low === null || high === null || !before.mean) return [];
  const share = (value: number) => (100 * value) / Math.abs(before.mean ?? 1);
  return [{ name, dots: [differencePercent], interval: [share(low), share(high)] }];
}

const sign = (value: number): string => (value > 0 ? '+' : value < 0 ? '−' : '±');
const signed = (value: number, unit: string): string => `${sign(value)}${measured(Math.abs(value), unit)}`;
const inPercent = (value: number): string => `${sign(value)}${number(Math.abs(value), 0)} %`;
const inShare = (share: number): string => (share < 0.01 ? 'less than 1 %' : `${number(100 * share, 0)} %`);

/** `1 campaign`, `2 campaigns`. */
export const counted = (count: number, thing: string): string =>
  `${number(count, 0)} ${thing}${count === 1 ? '' : 's'}`;
