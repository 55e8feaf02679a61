import { DateTime } from 'luxon';
import type { DecisionFate } from '../domain/learning/decisions.js';
import type { MetricEffect } from '../domain/learning/metric-effect.js';
import { METRICS } from '../domain/metrics/catalogue.js';
import type { Prediction, QuarterlyReview, WorkflowReview } from './quarterly-review.js';
import type { VersionUse } from './reads.js';

/** What a review says, in sentences for people who run campaigns. */
export const headlineOf = ({ workflows, state, start, timezone }: QuarterlyReview): string => {
  if (state === 'ahead') return `It begins on ${dayOf(start, timezone)}: there is nothing to review yet.`;
  const changed = workflows.filter(isChanged).length;
  const ran = workflows.flatMap(({ use }) => use);
  const sum = (of: (use: VersionUse) => number) => ran.reduce((total, each) => total + of(each), 0);
  const so = state === 'under-way' ? ' so far' : '';
  return `${changed} of ${count(workflows.length, 'workflow')} changed${so}; ${count(
    sum(({ launched }) => launched),
    'campaign',
  )} launched, ${sum(({ ended }) => ended)} ended, ${sum(({ cancelled }) => cancelled)} were called off.`;
};

/** Whether something of it was committed in the quarter. */
export const isChanged = ({ history }: WorkflowReview): boolean => history.length > 0;

export const periodOf = ({ start, end, timezone }: QuarterlyReview): string =>
  `${dayOf(start, timezone)} to ${dayOf(new Date(end.getTime() - 1), timezone)}`;

export const versionsOf = ({ from, to, commits }: WorkflowReview): string => {
  const name = (version: WorkflowReview['from'], none: string) =>
    version ? `version ${version.number}` : none;
  const who = [...new Set(commits.map(({ author }) => author.name))].join(', ');
  const span =
    from && from.id === to?.id
      ? `version ${from.number} at both ends`
      : `${name(from, 'not there')} → ${name(to, 'retired')}`;
  return commits.length === 0 ? span : `${span}, ${count(commits.length, 'commit')} by ${who}`;
};

export function useOf({ version, created, launched, ended, cancelled, running }: VersionUse): string {
  const told = [
    created > 0 && `${created} created`,
    launched > 0 && `${launched} launched`,
    ended > 0 && `${ended} ended`,
    cancelled > 0 && `${cancelled} called off`,
    running > 0 && `${running} under way at the end`,
  ];
  return `Version ${version}: ${told.filter((each) => each !== false).join(', ')}.`;
}

/** Null where nothing was measured on either side. */
export function effectSentence(effect: MetricEffect): string | null {
  const { metric, before, after, differenceMean, differencePercent, interval, verdict, note } = effect;
  if (before.campaigns + after.campaigns === 0) return null;
  const { title, unit } = METRICS[metric];
  const mean = (side: MetricEffect['before']) =>
    side.mean === null ? 'no campaign' : `${amount(side.mean, unit)} (${count(side.campaigns, 'campaign')})`;
  const figures = `${title}: ${mean(before)} before, ${mean(after)} after`;
  if (differenceMean === null) return `${figures}.`;
  const percent =
    differencePercent === null ? '' : `, ${signed(differencePercent, (value) => `${value.toFixed(0)} %`)}`;
  const difference = `${figures}: ${signed(differenceMean, (value) => amount(value, unit))}${percent}`;
  if (interval === null) return `${difference}. Not enough data: ${note ?? 'too few campaigns'}.`;
  const range = `between ${amount(interval.low, unit)} and ${amount(interval.high, unit)} at 95 %`;
  const told = { better: 'better', worse: 'worse', unclear: 'not to be told from chance' }[verdict];
  return `${difference}, ${range}: ${told}.`;
}

export function predictionSentence(prediction: Prediction): string {
  const { version, p50Hours, p80Hours, launched, medianHours, withinP80 } = prediction;
  const actual = `${count(launched, 'campaign')} launched after ${amount(medianHours, 'hours')} (median)`;
  if (p50Hours === null || p80Hours === null) return `Version ${version}: ${actual}.`;
  const forecast = `forecast ${amount(p50Hours, 'hours')}, eight of ten within ${amount(p80Hours, 'hours')}`;
  return `Version ${version}: ${forecast}; ${actual}, ${withinP80 ?? 0} of them within that.`;
}

export const decisionSentence = ({
  quarter,
  text,
  owner,
  dueOn,
  state,
  commitSha,
  note,
}: DecisionFate): string =>
  `${quarter}: ${text} (${owner}, by ${dueOn}): ${state}${commitSha === null ? '' : `, by commit ${commitSha.slice(0, 8)}`}${note === null ? '' : `; ${note}`}`;

/** What somebody has to look after: null where nothing. */
export function careSentence(
  { standing, isReviewDue, reviewDueAt }: WorkflowReview,
  timezone: string,
): string | null {
  const told = [
    standing === 'stale' && 'nobody has changed or reviewed it for 180 days, and it is used',
    standing === 'orphaned' && 'no campaign has run on it for 180 days',
    isReviewDue && reviewDueAt && `its review was due on ${dayOf(reviewDueAt, timezone)}`,
  ].filter((each) => typeof each === 'string');
  return told.length === 0 ? null : told.join('; ');
}

const dayOf = (moment: Date, zone: string): string => DateTime.fromJSDate(moment, { zone }).toISODate() ?? '';

const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;
const signed = (value: number, text: (value: number) => string): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${text(Math.abs(value))}`;

/** Hours as days from two days on, as people plan in them. */
function amount(value: number, unit: (typeof METRICS)[keyof typeof METRICS]['unit']): string {
  if (unit === 'hours')
    return Math.abs(value) >= 48 ? `${(value / 24).toFixed(1)} days` : `${value.toFixed(1)} hours`;
  return unit === 'ratio' || unit === 'return' || unit === 'points' ? value.toFixed(2) : value.toFixed(1);
}
