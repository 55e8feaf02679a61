/** What a metric is computed from; it is measured again when one of these has changed. */
export const METRIC_INPUTS = [
  'assets',
  'brief',
  'channels',
  'audiences',
  'steps',
  'gates',
  'handoffs',
] as const;
export type MetricInput = (typeof METRIC_INPUTS)[number];

/** Everything that gates check, KPIs name, charts show and reviews compare. */
export interface MetricDefinition {
  readonly title: string;
  /** A ratio is from 0 to 1. */
  readonly unit:
    | 'ratio'
    | 'return'
    | 'points'
    | 'hours'
    | 'entries'
    | 'rounds'
    | 'gates'
    | 'handoffs'
    | 'campaigns'
    | 'incidents';
  readonly formula: string;
  /** The paper, rule or requirement that it follows. */
  readonly source: string;
  /** Of one campaign, from these; empty: counted over campaigns. */
  readonly inputs: readonly MetricInput[];
  /** What it takes, and what is said where that is missing. */
  readonly needs: string;
  /** When a campaign counts in a chart over time. */
  readonly counts: string;
  /** Whether less of it is better, or more; absent where neither is. */
  readonly better?: 'less' | 'more';
}

/** Fewer answers would tell who gave which (R80). */
export const LEAST_ANSWERS = 5;

const define = <Name extends string>(
  metrics: Readonly<Record<Name, MetricDefinition>>,
): Readonly<Record<Name, MetricDefinition>> => metrics;

const LAST_MEASURED = 'when it was last measured';

/** The one catalogue of metrics; `docs/metrics.md` shows it. */
export const METRICS = define({
  'message-consistency': {
    title: 'Message consistency',
    unit: 'ratio',
    formula:
      'mean, over the pairs of assets (the brief is one more) that state the same kind of fact, of the share of those facts that agree; a tone, formal or casual, counts as one',
    source: 'R72, R74, R118',
    inputs: ['assets', 'brief', 'channels'],
    needs: 'two texts that state the same kind of fact',
    counts: LAST_MEASURED,
    better: 'more',
  },
  'brief-drift': {
    title: 'Drift from the brief',
    unit: 'entries',
    formula: 'fields of the brief that an asset or a channel contradicts, each asset or channel counted',
    source: 'R52',
    inputs: ['assets', 'brief', 'channels'],
    needs: 'a brief and an asset',
    counts: LAST_MEASURED,
    better: 'less',
  },
  'tone-consistency': {
    title: 'Tone consistency',
    unit: 'ratio',
    formula: "assets in the brief's tone / assets whose tone (formal or casual) can be told",
    source: 'R73',
    inputs: ['assets', 'brief'],
    needs: "the brief's `tone`, and an asset whose tone can be told",
    counts: LAST_MEASURED,
    better: 'more',
  },
  'keyword-coverage': {
    title: 'Keyword coverage',
    unit: 'ratio',
    formula: "the lowest share, over the assets, of the brief's keywords that an asset has, by their stems",
    source: 'R22',
    inputs: ['assets', 'brief'],
    needs: "the brief's `keywords`, and an asset in their language",
    counts: LAST_MEASURED,
    better: 'more',
  },
  'key-message-coverage': {
    title: 'Key message coverage',
    unit: 'ratio',
    formula:
      "the lowest share, over the assets, of the brief's key messages that an asset says: half of a message's stems or more",
    source: 'R53',
    inputs: ['assets', 'brief'],
    needs: "the brief's `keyMessages`, and an asset in their language",
    counts: LAST_MEASURED,
    better: 'more',
  },
  'timing-spread': {
    title: 'Timing spread',
    unit: 'hours',
    formula:
      'latest − earliest opening of the channels that launch, planned before the launch and actual after',
    source: 'R75',
    inputs: ['channels'],
    needs: 'a time for every channel that launches',
    counts: LAST_MEASURED,
    better: 'less',
  },
  'audience-overlap': {
    title: 'Audience overlap',
    unit: 'ratio',
    formula: '|A ∩ B| / min(|A|, |B|) of the pair of channels that has the lowest',
    source: 'R76; Simpson 1943',
    inputs: ['audiences'],
    needs: 'audiences of two channels, neither of them empty',
    counts: LAST_MEASURED,
    better: 'more',
  },
  'time-to-launch': {
    title: 'Time to launch',
    unit: 'hours',
    formula: 'first channel that went live − creation',
    source: 'R78',
    inputs: ['channels'],
    needs: 'a channel that is live',
    counts: 'when it launched',
    better: 'less',
  },
  'launch-delay': {
    title: 'Launch delay',
    unit: 'hours',
    formula: 'actual − planned opening of the first channel that went live',
    source: 'R75',
    inputs: ['channels'],
    needs: 'a channel with a planned time that is live',
    counts: 'when it launched',
    better: 'less',
  },
  'rework-rounds': {
    title: 'Rework',
    unit: 'rounds',
    formula: 'the most returns that one step took',
    source: 'R17',
    inputs: ['steps'],
    needs: 'nothing',
    counts: 'when it ended',
    better: 'less',
  },
  'gates-failed': {
    title: 'Failed gates',
    unit: 'gates',
    formula: 'gates whose last evaluation failed',
    source: 'R35',
    inputs: ['gates'],
    needs: 'nothing',
    counts: 'when it ended',
    better: 'less',
  },
  'late-handoffs': {
    title: 'Late hand-offs',
    unit: 'handoffs',
    formula:
      'hand-offs accepted after more than `respondWithin` working hours of the receiving role, counted from the end of the last step of the section before, or from when it was opened again last',
    source: 'R11',
    inputs: ['handoffs'],
    needs: 'an accepted hand-off with `respondWithin`',
    counts: LAST_MEASURED,
    better: 'less',
  },
  duration: {
    title: 'Duration',
    unit: 'hours',
    formula: 'end − creation',
    source: 'R78',
    inputs: [],
    needs: 'a campaign that has ended',
    counts: 'when it ended',
    better: 'less',
  },
  roi: {
    title: 'Return on investment',
    unit: 'return',
    formula:
      'readings of the signal `roi` in the last hour that has one: (revenue − cost) / cost, as their source states it; their mean where there are several',
    source: 'R78, R86',
    inputs: [],
    needs: 'a reading of the signal `roi`',
    counts: 'when it launched',
    better: 'more',
  },
  satisfaction: {
    title: 'Team satisfaction',
    unit: 'points',
    formula: `mean score of the survey after the campaign, from 1 to 5; where fewer than ${LEAST_ANSWERS} people have answered, mean of the readings of the signal \`satisfaction\`, suppressed where they are of fewer than ${LEAST_ANSWERS} answers (\`samples\`)`,
    source: 'R78, R80',
    inputs: [],
    needs: `${LEAST_ANSWERS} answers to \`answerSurvey\`, or in readings of the signal \`satisfaction\``,
    counts: 'when it ended',
    better: 'more',
  },
  incidents: {
    title: 'Alignment incidents',
    unit: 'incidents',
    formula:
      'how many the record of the campaign showed when it ended (missed deadlines, messaging conflicts, late hand-offs, budget waste, uncommunicated milestones, slow reactions), and how many people have reported',
    source: 'R78, R79',
    inputs: [],
    needs: 'a campaign that has ended',
    counts: 'when it ended',
    better: 'less',
  },
  'campaigns-created': counted('Campaigns created', 'when it was created'),
  'campaigns-launched': counted('Campaigns launched', 'when its first channel went live'),
  'campaigns-ended': counted('Campaigns ended', 'when it ended'),
});

function counted(title: string, counts: string): MetricDefinition {
  return {
    ...{ title, unit: 'campaigns', formula: 'how many', source: 'R78' },
    ...{ inputs: [], needs: 'nothing', counts },
  };
}

export type MetricName = keyof typeof METRICS;
/** Those that have a value of one campaign, and so can be compared before and after a change. */
export const COMPARABLE_METRICS: readonly MetricName[] = (Object.keys(METRICS) as MetricName[]).filter(
  (name) => METRICS[name].unit !== 'campaigns',
);
/** Those that are measured of one campaign, and so can be checked by a gate. */
export const MEASURED_METRICS: readonly MetricName[] = (Object.keys(METRICS) as MetricName[]).filter(
  (name) => METRICS[name].inputs.length > 0,
);

export const isMetric = (name: string): name is MetricName => Object.hasOwn(METRICS, name);
