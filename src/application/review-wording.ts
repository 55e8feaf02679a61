import { DateTime } from 'luxon';
import type { DecisionFate } from '../domain/learning/decisions.js';
import type { IncidentRegister } from '../domain/learning/incident-register.js';
import type { ReviewAdvice } from '../domain/learning/review-advice.js';
import type { MetricEffect } from '../domain/learning/metric-effect.js';
import { METRICS } from '../domain/metrics/catalogue.js';
import type { Prediction, QuarterlyReview, WorkflowReview } from './quarterly-review.js';
import type { StoredAlert } from './ports.js';
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

/** What a review tells of all workflows: what changed most first. */
export function storyOf(review: QuarterlyReview) {
  const changed = review.workflows.filter(isChanged);
  const { completed } = review;
  return {
    changed: [...changed].sort((one, other) => other.changes.length - one.changes.length),
    unchanged: review.workflows.filter((each) => !isChanged(each)),
    decisions: review.decisions.map(decisionSentence),
    triggers: review.triggers.map((each) => triggerSentence(each, review.timezone)),
    care: review.workflows.flatMap((each) => {
      const care = careSentence(each, review.timezone);
      return care === null ? [] : [`${each.name}: ${care}`];
    }),
    reviewed: completed
      ? [
          `Completed by ${completed.actor} with ${completed.attendees.map(({ name, team }) => `${name} (${team})`).join(', ')}`,
          ...completed.decisions.map(({ text, owner, dueOn }) => `${text} (${owner}, by ${dueOn})`),
        ]
      : [],
  };
}

/** What ran on a workflow and how it fared, a sentence each. */
export const figuresIn = (each: WorkflowReview): string[] => [
  ...each.use.map(useOf),
  ...each.predictions().map(predictionSentence),
  ...each.effects.flatMap((effect) => effectSentence(effect) ?? []),
  ...incidentSentences(each.incidents),
];

function incidentSentences({ campaigns, count: found, kinds, lateFixShare }: IncidentRegister): string[] {
  if (campaigns === 0) return [];
  const named = kinds
    .filter((each) => each.count > 0)
    .map((each) => `${each.count} ${each.kind.replaceAll('-', ' ')}`);
  const incidents = found === 0 ? 'no incident' : `${count(found, 'incident')} (${named.join(', ')})`;
  const fixes = lateFixShare
    ? `; last-minute fixes in ${Math.round(100 * lateFixShare)} % of those that launched`
    : '';
  return [`${count(campaigns, 'campaign')} ended with ${incidents}${fixes}.`];
}

/** A suggestion with what it rests on; the query that gives more stands beside it. */
export const adviceSentence = ({ text, because }: ReviewAdvice): string => `${sentence(text)}: ${because}`;
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function triggerSentence({ message, raisedAt, acknowledgedBy, note }: StoredAlert, zone: string): string {
  const came =
    acknowledgedBy === null
      ? 'nobody has looked yet'
      : `${acknowledgedBy} has looked${note === null ? '' : `: ${note}`}`;
  return `${dayOf(raisedAt, zone)}: ${message}; ${came}`;
}

/** Whether something of it was committed in the quarter. */
const isChanged = ({ history }: WorkflowReview): boolean => history.length > 0;

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

function useOf({ version, created, launched, ended, cancelled, running }: VersionUse): string {
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
function effectSentence(effect: MetricEffect): string | null {
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

function predictionSentence(prediction: Prediction): string {
  const { version, p50Hours, p80Hours, launched, medianHours, withinP80 } = prediction;
  const actual = `${count(launched, 'campaign')} launched after ${amount(medianHours, 'hours')} (median)`;
  if (p50Hours === null || p80Hours === null) return `Version ${version}: ${actual}.`;
  const forecast = `forecast ${amount(p50Hours, 'hours')}, eight of ten within ${amount(p80Hours, 'hours')}`;
  return `Version ${version}: ${forecast}; ${actual}, ${withinP80 ?? 0} of them within that.`;
}

const decisionSentence = ({ quarter, text, owner, dueOn, state, commitSha, note }: DecisionFate): string =>
  `${quarter}: ${text} (${owner}, by ${dueOn}): ${state}${commitSha === null ? '' : `, by commit ${commitSha.slice(0, 8)}`}${note === null ? '' : `; ${note}`}`;

/** What somebody has to look after: null where nothing. */
function careSentence(
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
