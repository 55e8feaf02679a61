import { type MetricName, METRICS } from '../metrics/catalogue.js';
import { type Effect, effectOf, MOST_CAMPAIGNS } from './effect.js';
import type { Served } from './servings.js';

/** What divides campaigns into those before a change and those after it. */
export type Divide =
  /** On exactly these versions, while they were served. */
  | { readonly type: 'versions'; readonly before: Served; readonly after: Served }
  /** Created before the time, or at it and after. */
  | { readonly type: 'time'; readonly at: Date };

/** `unclear` also where it cannot be told from chance, or where less is neither better nor worse than more. */
export type Verdict = 'better' | 'worse' | 'unclear';

/** What a change did to one metric. */
export interface MetricEffect extends Effect {
  readonly metric: MetricName;
  readonly verdict: Verdict;
}

export interface DatedValue {
  readonly versionId: string;
  readonly createdAt: Date;
  readonly value: number;
}

/** @param values of campaigns, newest first */
export function metricEffect(
  metric: MetricName,
  values: readonly DatedValue[],
  divide: Divide,
): MetricEffect {
  const side = (counts: (value: DatedValue) => boolean): number[] =>
    values
      .filter(counts)
      .slice(0, MOST_CAMPAIGNS)
      .map(({ value }) => value);
  const effect =
    divide.type === 'time'
      ? effectOf(
          side(({ createdAt }) => createdAt < divide.at),
          side(({ createdAt }) => createdAt >= divide.at),
        )
      : effectOf(
          side((value) => isOn(value, divide.before)),
          side((value) => isOn(value, divide.after)),
        );
  return { metric, verdict: verdictOn(metric, effect), ...effect };
}

const isOn = ({ versionId, createdAt }: DatedValue, served: Served): boolean =>
  versionId === served.versionId &&
  (served.since === null || createdAt >= served.since) &&
  (served.until === null || createdAt < served.until);

function verdictOn(metric: MetricName, { interval }: Effect): Verdict {
  const { better } = METRICS[metric];
  if (!interval || better === undefined || (interval.low <= 0 && interval.high >= 0)) return 'unclear';
  return interval.high < 0 === (better === 'less') ? 'better' : 'worse';
}
