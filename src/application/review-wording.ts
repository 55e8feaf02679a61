import type { CompletedReview } from '../domain/learning/decisions.js';
import { dayOf } from '../domain/learning/quarter.js';
import { METRICS } from '../domain/metrics/catalogue.js';
import type { ReviewFigures, ShownReview, WorkflowFigures } from './review-figures.js';

type Use = WorkflowFigures['use'][number];
type Prediction = WorkflowFigures['predictions'][number];
type MetricEffect = WorkflowFigures['effects'][number];
type Unit = (typeof METRICS)[keyof typeof METRICS]['unit'];

/** What a review says, in sentences for people who run campaigns. */
export const headlineOf = ({ workflows, state, start, timezone }: ReviewFigures): string => {
  if (state === 'ahead') return `It begins on ${dayOf(start, timezone)}: there is nothing to review yet.`;
  if (workflows.length === 0) return 'Nothing is known of it: no workflow was served in this quarter.';
  const changed = workflows.filter(isChanged).length;
  const ran = workflows.flatMap(({ use }) => use);
  const sum = (of: (use: Use) => number) => ran.reduce((total, each) => total + of(each), 0);
  const so = state === 'under-way' ? ' so far' : '';
  return `${changed} of ${count(workflows.length, 'workflow')} changed${so}; ${count(
    sum(({ launched }) => launched),
    'campaign',
  )} launched, ${sum(({ ended }) => ended)} ended, ${sum(({ cancelled }) => cancelled)} were called off.`;
};

/** What a review tells of all workflows: what changed most first. */
export function storyOf({ quarter, figures, completed }: ShownReview) {
  const { workflows, timezone } = figures;
  const changed = workflows.filter(isChanged);
  return {
    changed: [...changed].sort((one, other) => other.changes.length - one.changes.length),
    unchanged: workflows.filter((each) => !isChanged(each)),
    decisions: figures.decisions.map(decisionSentence),
    triggers: figures.triggers.map((each) => triggerSentence(each, timezone)),
    rewrites: figures.rewrites.map(({ message, raisedAt }) => `${dayOf(raisedAt, timezone)}: ${message}`),
    care: workflows.flatMap((each) => {
      const care = careSentence(each, timezone);
      return care === null ? [] : [`${each.name}: ${care}`];
    }),
    reviewed: completed ? reviewedSentences(completed, figures, quarter) : [],
  };
}

function reviewedSentences(
  { actor, completedAt, attendees, decisions }: CompletedReview,
  figures: ReviewFigures,
  quarter: string,
): string[] {
  const who = attendees.map(({ name, team }) => `${name} (${team})`).join(', ');
  const named =
    figures.quarter === quarter
      ? ''
      : ` The fiscal year has begun with another month then: the quarter is called ${quarter} now.`;
  return [
    `Completed by ${actor} on ${dayOf(completedAt.toISOString(), figures.timezone)} with ${who}. The figures are those of that day.${named}`,
    ...decisions.map(({ text, owner, dueOn }) => `${text} (${owner}, by ${dueOn})`),
  ];
}

/** What ran on a workflow and how it fared, a sentence each. */
export const figuresIn = (each: WorkflowFigures): string[] => [
  ...pinSentence(each),
  ...each.use.map(useOf),
  ...each.predictions.map(predictionSentence),
  ...each.effects.flatMap((effect) => effectSentence(effect) ?? []),
  ...incidentSentences(each.incidents),
];

function pinSentence({ pin }: WorkflowFigures): string[] {
  if (!pin) return [];
  const { version, pinnedBy, pinnedAt, reason } = pin;
  return [
    `New campaigns took version ${version}: ${pinnedBy} has pinned it since ${pinnedAt.slice(0, 10)} (${reason}).`,
  ];
}

function incidentSentences({
  campaigns,
  count: found,
  kinds,
  launched,
  lateFixShare,
}: WorkflowFigures['incidents']): string[] {
  if (campaigns === 0) return [];
  const named = kinds
    .filter((each) => each.count > 0)
    .map((each) => `${each.count} ${each.kind.replaceAll('-', ' ')}`);
  const incidents = found === 0 ? 'no incident' : `${count(found, 'incident')} (${named.join(', ')})`;
  const fixes = lateFixShare
    ? `; last-minute fixes in ${Math.round(launched * lateFixShare)} of the ${launched} of these that had launched`
    : '';
  return [`${sentence(incidents)} in ${count(campaigns, 'campaign')} that came to an end${fixes}.`];
}

/** A suggestion with what it rests on; the query that gives more stands beside it. */
export const adviceSentence = ({ text, because }: WorkflowFigures['advice'][number]): string =>
  `${sentence(text)}: ${because}`;
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function triggerSentence(
  { message, raisedAt, acknowledgedBy, note }: ReviewFigures['triggers'][number],
  zone: string,
): string {
  const came =
    acknowledgedBy === null
      ? 'nobody has looked yet'
      : `${acknowledgedBy} has looked${note === null ? '' : `: ${note}`}`;
  return `${dayOf(raisedAt, zone)}: ${message}; ${came}`;
}

/** Whether something of it was committed in the quarter. */
const isChanged = ({ history }: WorkflowFigures): boolean => history.length > 0;

export const periodOf = ({ start, end, timezone }: ReviewFigures): string =>
  `${dayOf(start, timezone)} to ${dayOf(new Date(Date.parse(end) - 1).toISOString(), timezone)}`;

/** A commit, and what there is to say of it. */
export interface CommitSentence {
  readonly sha: string;
  readonly text: string;
}

/** What was committed to a workflow in its quarter, each commit once. */
export const commitsOf = ({ history }: WorkflowFigures): CommitSentence[] =>
  history
    .filter(({ commitSha, isRewind }, at) => {
      const first = history.findIndex((each) => each.commitSha === commitSha && each.isRewind === isRewind);
      return first === at;
    })
    .map(({ commitSha, isRewind, subject, author, pullRequest }) => {
      const sha = commitSha.slice(0, 8);
      const said = subject ?? '';
      if (isRewind) return { sha, text: `${said}: gone back to, as the history of the branch was rewritten` };
      const request = pullRequest === null || said.includes(`#${pullRequest}`) ? '' : ` (#${pullRequest})`;
      return { sha, text: `${said}${request}, ${author?.name ?? 'nobody known'}` };
    });

export const versionsOf = ({ from, to, history }: WorkflowFigures): string => {
  const made = history.filter(({ isRewind }) => !isRewind);
  const who = [...new Set(made.flatMap(({ author }) => author?.name ?? []))].join(', ');
  const commits = new Set(made.map(({ commitSha }) => commitSha)).size;
  const told = [
    spanOf(from, to),
    commits > 0 && `${count(commits, 'commit')} by ${who}`,
    made.length < history.length && 'the history of the branch was rewritten',
  ];
  return told.filter((each) => each !== false).join(', ');
};

function spanOf(from: WorkflowFigures['from'], to: WorkflowFigures['to']): string {
  if (!from && !to) return 'came and went within the quarter';
  if (from && from.number === to?.number) return `version ${from.number} at both ends`;
  const name = (version: WorkflowFigures['from'], none: string) =>
    version ? `version ${version.number}` : none;
  return `${name(from, 'not there')} → ${name(to, 'retired')}`;
}

function useOf({ version, created, launched, ended, cancelled, running }: Use): string {
  const told = [
    created > 0 && `${created} created`,
    launched > 0 && `${launched} launched`,
    ended > 0 && `${ended} ended`,
    cancelled > 0 && `${cancelled} called off`,
    running > 0 && `${running} had not ended`,
  ];
  return `Version ${version}: ${told.filter((each) => each !== false).join(', ')}.`;
}

/** Null where nothing was measured on either side. */
function effectSentence(effect: MetricEffect): string | null {
  const { metric, before, after, differenceMean, differencePercent, interval, verdict, note } = effect;
  if (before.campaigns + after.campaigns === 0) return null;
  const { title, unit } = METRICS[metric];
  // One unit for all that is compared.
  const amount = amountsIn(unit, [before.mean, after.mean, differenceMean, interval?.low, interval?.high]);
  const mean = (side: MetricEffect['before']) =>
    side.mean === null ? 'no campaign' : `${amount(side.mean)} (${count(side.campaigns, 'campaign')})`;
  const figures = `${title}: ${mean(before)} before, ${mean(after)} after`;
  if (differenceMean === null) return `${figures}.`;
  const percent =
    differencePercent === null ? '' : `, ${signed(differencePercent, (value) => `${value.toFixed(0)} %`)}`;
  const difference = `${figures}: ${signed(differenceMean, amount)}${percent}`;
  if (interval === null) return `${difference}. Not enough data: ${note ?? 'too few campaigns'}.`;
  const range = `between ${signed(interval.low, amount)} and ${signed(interval.high, amount)} at 95 %`;
  const told = { better: 'better', worse: 'worse', unclear: 'not to be told from chance' }[verdict];
  return `${difference}, ${range}: ${told}.`;
}

function predictionSentence(prediction: Prediction): string {
  const { version, p50Hours, p80Hours, launched, medianHours, withinP80 } = prediction;
  const amount = amountsIn('hours', [medianHours, p50Hours, p80Hours]);
  const actual = `${count(launched, 'campaign')} launched after ${amount(medianHours)} (median)`;
  if (p50Hours === null || p80Hours === null) return `Version ${version}: ${actual}.`;
  // Efforts that are fixed have no spread.
  const spread = p80Hours > p50Hours ? `, eight of ten within ${amount(p80Hours)}` : '';
  const forecast = `forecast ${amount(p50Hours)}${spread}`;
  return `Version ${version}: ${forecast}; ${actual}, ${withinP80 ?? 0} of them within that.`;
}

const decisionSentence = ({
  quarter,
  text,
  owner,
  dueOn,
  state,
  commitSha,
  note,
}: ReviewFigures['decisions'][number]): string =>
  `${quarter}: ${text} (${owner}, by ${dueOn}): ${state}${commitSha === null ? '' : `, by commit ${commitSha.slice(0, 8)}`}${note === null ? '' : `; ${note}`}`;

/** What somebody has to look after: null where nothing. */
function careSentence(
  { standing, isReviewDue, reviewDueAt }: WorkflowFigures,
  timezone: string,
): string | null {
  const told = [
    standing === 'stale' && 'nobody has changed or reviewed it for 180 days, and it is used',
    standing === 'orphaned' && 'no campaign has run on it for 180 days',
    isReviewDue && reviewDueAt && `its review was due on ${dayOf(reviewDueAt, timezone)}`,
  ].filter((each) => typeof each === 'string');
  return told.length === 0 ? null : told.join('; ');
}

const count = (number: number, thing: string): string => `${number} ${thing}${number === 1 ? '' : 's'}`;
const signed = (value: number, text: (value: number) => string): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${text(Math.abs(value))}`;

const DIGITS: Readonly<Partial<Record<Unit, number>>> = { ratio: 2, return: 2, points: 2 };

/** How amounts that stand side by side are written: hours as days where one of them is two days or more, as people plan in them. */
export function amountsIn(
  unit: Unit,
  all: readonly (number | null | undefined)[],
): (value: number) => string {
  if (unit !== 'hours') return (value) => value.toFixed(DIGITS[unit] ?? 1);
  const most = Math.max(...all.map((value) => Math.abs(value ?? 0)));
  return most >= 48 ? (value) => `${(value / 24).toFixed(1)} days` : (value) => `${value.toFixed(1)} hours`;
}
