import { CannotCalculate } from '../domain/cannot-calculate.js';
import { type IncidentRegister, registerOf } from '../domain/learning/incident-register.js';
import { adviceOf, type ReviewAdvice } from '../domain/learning/review-advice.js';
import {
  type DecisionFate,
  fatesOf,
  type CompletedReview,
  namedReviews,
} from '../domain/learning/decisions.js';
import { groupsBy } from '../domain/groups.js';
import { MOST_CAMPAIGNS } from '../domain/learning/effect.js';
import { type MetricEffect, metricEffect } from '../domain/learning/metric-effect.js';
import { type Serving, servedSince, servedUntil } from '../domain/learning/servings.js';
import {
  lastQuarter,
  type FiscalYear,
  type Quarter,
  quarterNamed,
  type QuarterState,
} from '../domain/learning/quarter.js';
import { reviewDueAt, type Standing, standingOf } from '../domain/learning/standing.js';
import type { MetricName } from '../domain/metrics/catalogue.js';
import { DEFAULT_POLICY } from '../domain/workflow/document.js';
import type { Classification, MeaningChange } from '../domain/workflow/diff/change.js';
import { differenceOf } from './compiled-versions.js';
import { forecastOfVersion, type GroundSource, withoutPast } from './forecasts.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import type { StoredAlert, StoredVersion } from './ports.js';
import type { Present } from './present.js';
import { quickWin } from './quick-win.js';
import type {
  CommitRecord,
  ChangeRecord,
  EndedIncidents,
  LeadTimeRecord,
  MetricValue,
  PastPin,
  Reads,
  ReviewedWorkflow,
  VersionUse,
} from './reads.js';

/** What a review compares where the version has changed (R78). */
export const REVIEWED_METRICS = [
  'time-to-launch',
  'roi',
  'incidents',
  'satisfaction',
] as const satisfies readonly MetricName[];

/** What the definition had led to expect of campaigns, and what came of those that launched in the quarter. */
export interface Prediction {
  readonly version: number;
  /** From creation to the first launch, forecast from the definition and the Teams of today; null where it cannot be. */
  readonly p50Hours: number | null;
  readonly p80Hours: number | null;
  readonly launched: number;
  readonly medianHours: number;
  readonly withinP50: number | null;
  readonly withinP80: number | null;
}

/** One workflow's quarter: the versions at both ends, what differs between them, and how campaigns fared on each. */
export interface WorkflowReview {
  /** Of the workflow. */
  readonly id: string;
  readonly workflow: string;
  readonly name: string;
  readonly from: StoredVersion<'Workflow'> | null;
  readonly to: StoredVersion<'Workflow'> | null;
  readonly classification: Classification;
  readonly changes: readonly MeaningChange[];
  readonly history: readonly ChangeRecord[];
  readonly commits: () => Promise<readonly CommitRecord[]>;
  readonly authors: () => Promise<readonly string[]>;
  readonly leadTimes: readonly Omit<LeadTimeRecord, 'versionId'>[];
  readonly use: readonly VersionUse[];
  /** Between the versions at both ends; none where they are the same, or one is missing. Read when they are asked for. */
  readonly effects: () => Promise<readonly MetricEffect[]>;
  /** Simulated when they are asked for, since that takes its time. */
  readonly predictions: () => Promise<readonly Prediction[]>;
  /** Of the campaigns that ended in the quarter, as it was noted then. */
  readonly incidents: () => Promise<IncidentRegister>;
  readonly advice: () => Promise<readonly ReviewAdvice[]>;
  readonly standing: Standing;
  /** Null where it states no interval between reviews, or is retired. */
  readonly reviewDueAt: Date | null;
  readonly isReviewDue: boolean;
  /** What new campaigns took at the end of the quarter instead of `to`; null where they took that. */
  readonly pin: PastPin | null;
}

export interface QuarterlyReview {
  readonly quarter: string;
  readonly start: Date;
  readonly end: Date;
  /** In which its days begin. */
  readonly timezone: string;
  readonly state: QuarterState;
  readonly workflows: readonly WorkflowReview[];
  /** What called for a look before the quarter was over, and what came of it (R94); oldest first. */
  readonly triggers: readonly StoredAlert[];
  /** When the history of the branch was rewritten; oldest first. */
  readonly rewrites: readonly StoredAlert[];
  /** Of earlier reviews, as far as they were open when this quarter began or are still. */
  readonly decisions: readonly DecisionFate[];
  /** What it has decided itself, and what became of that; empty until it is completed. */
  readonly decided: readonly DecisionFate[];
  /** Null until it is completed. */
  readonly completed: CompletedReview | null;
}

/** More than anybody reads; the newest are left out. */
const MOST_CHANGES = 5_000;
const ALERTS = { first: 200, after: null, last: null, before: null };

/** Which quarter is meant, and what was reviewed before. */
export interface ReviewPeriod {
  readonly fiscal: FiscalYear;
  readonly quarter: Quarter;
  /** In the order in which they were completed. */
  readonly reviews: readonly CompletedReview[];
  /** That of the quarter; null until it is completed. */
  readonly completed: CompletedReview | null;
}

/** @param name for example `2026-Q3`; null: the last one that is over @throws UnknownQuarter */
export async function reviewPeriod(
  reads: Reads,
  name: string | null,
  present: Present,
): Promise<ReviewPeriod> {
  const [policy, kept] = await Promise.all([reads.policy(), reads.completedReviews()]);
  const fiscal = policy ?? DEFAULT_POLICY;
  const quarter = name === null ? lastQuarter(present.now(), fiscal) : quarterNamed(name, fiscal);
  const reviews = namedReviews(kept, fiscal);
  return {
    fiscal,
    quarter,
    reviews,
    completed: reviews.find((each) => each.quarter === quarter.name) ?? null,
  };
}

/**
 * Compares every workflow that was served in the quarter at its two ends (R93), as it is known now. It takes the same number of
 * questions, however many workflows there are.
 */
export async function quarterlyReview(
  reads: Reads,
  { fiscal, quarter, reviews, completed }: ReviewPeriod,
  present: Present,
): Promise<QuarterlyReview> {
  const state = present.hasCome(quarter.end)
    ? 'over'
    : present.hasCome(quarter.start)
      ? 'under-way'
      : 'ahead';
  // This moment included.
  const until = state === 'under-way' ? new Date(present.now().getTime() + 1) : quarter.end;
  const branches = reviews.flatMap(({ decisions }) => decisions.flatMap(({ proposal }) => proposal ?? []));
  const during = {
    kind: ['review-due', 'history-rewritten'],
    raisedAt: { since: quarter.start, until: quarter.end },
  };
  const [landed, alerts, workflows] = await Promise.all([
    branches.length === 0 ? [] : reads.landedProposals(branches),
    reads.alerts(ALERTS, during, { field: 'time', direction: 'asc' }),
    state === 'ahead' ? [] : workflowsOf(reads, { ...quarter, end: until }, reviews, present),
  ]);
  const raised = alerts.edges.map(({ node }) => node);
  const fates = fatesOf(reviews, landed, present.today());
  return {
    ...{ quarter: quarter.name, start: quarter.start, end: quarter.end, timezone: fiscal.timezone },
    ...{ state, workflows, completed },
    decisions: fates.filter((fate) => concerns(fate, quarter, reviews)),
    decided: fates.filter((fate) => fate.quarter === quarter.name),
    triggers: raised.filter(({ kind }) => kind === 'review-due'),
    rewrites: raised.filter(({ kind }) => kind === 'history-rewritten'),
  };
}

/** Decisions of earlier quarters that no review had settled before this quarter. */
function concerns(fate: DecisionFate, quarter: Quarter, reviews: readonly CompletedReview[]): boolean {
  if (fate.quarter >= quarter.name) return false;
  return !reviews.some(
    (review) =>
      review.quarter < quarter.name &&
      review.outcomes.some(
        ({ quarter: of, decision, outcome }) =>
          of === fate.quarter && decision === fate.number && outcome !== 'carried-on',
      ),
  );
}

async function workflowsOf(
  reads: Reads,
  { start, end }: Quarter,
  reviews: readonly CompletedReview[],
  present: Present,
): Promise<WorkflowReview[]> {
  const found = await reads.reviewedWorkflows(start, end);
  const [versions, changes, leadTimes, use, teams, pins] = await Promise.all([
    reads.versionsById([
      ...new Set(found.flatMap((each) => [each.fromVersionId ?? [], each.toVersionId ?? []].flat())),
    ]),
    reads.changesDuring(start, end, MOST_CHANGES),
    reads.leadTimes(start, end),
    reads.versionUse(start, end),
    reads.teams(),
    reads.pinsAt(end),
  ]);
  const commits = once(async () => {
    const found = await reads.commits([...new Set(changes.map(({ commitSha }) => commitSha))]);
    return new Map(found.map((commit) => [commit.sha, commit]));
  });
  const ended = once(async () =>
    groupsBy(await reads.endedIncidents(start, end), ({ workflow }) => workflow),
  );
  const moved = found.filter(isMoved).map(({ id }) => id);
  const measured = once(async () => {
    const [served, values] = await Promise.all([
      reads.servings(moved),
      reads.metricValues(REVIEWED_METRICS, moved, 4 * MOST_CAMPAIGNS, end),
    ]);
    return new Map(
      moved.map((id, at) => [id, effectsOf(served[at] ?? [], { start, end }, values[at] ?? [])]),
    );
  });
  const launchedOn = once(() => reads.versionsById(leadTimes.map(({ versionId }) => versionId)));
  const ground = withoutPast(teams);
  const versionById = new Map(versions.map((version) => [version.id, version as StoredVersion<'Workflow'>]));
  const of = {
    changes: groupsBy(changes, ({ definitionId }) => definitionId),
    leadTimes: groupsBy(leadTimes, ({ workflow }) => workflow),
    use: groupsBy(use, ({ workflow }) => workflow),
    pins: groupsBy(pins, ({ workflow }) => workflow),
  };
  const commitsOf = async (made: readonly ChangeRecord[]) => {
    const bySha = await commits();
    return [...new Set(made.map(({ commitSha }) => commitSha))].flatMap((sha) => bySha.get(sha) ?? []);
  };
  return found.map((each) => {
    const from = versionById.get(each.fromVersionId ?? '') ?? null;
    const to = versionById.get(each.toVersionId ?? '') ?? null;
    const history = of.changes.get(each.id) ?? [];
    const launched = of.leadTimes.get(each.key) ?? [];
    const campaigns = async () => (await ended()).get(each.key) ?? [];
    return {
      ...{ id: each.id, workflow: each.key },
      name: (to ?? from)?.meaning.name ?? each.key,
      ...{ from, to, history, commits: () => commitsOf(history) },
      leadTimes: launched.map(({ versionId: _, ...record }) => record),
      ...(from && to ? differenceOf(from, to) : { classification: 'none' as const, changes: [] }),
      // Going back is nobody's change.
      authors: async () => {
        const written = await commitsOf(history.filter(({ isRewind }) => !isRewind));
        return [...new Set(written.map(({ author, mergedAuthor }) => (mergedAuthor ?? author).email))];
      },
      use: of.use.get(each.key) ?? [],
      effects: async () => (isMoved(each) ? ((await measured()).get(each.id) ?? []) : []),
      predictions: async () => {
        const on = await launchedOn();
        return (await Promise.all(launched.map((record) => predictionOf(record, on, ground)))).flat();
      },
      incidents: async () => registerOf(await campaigns()),
      advice: async () => (to ? adviceFor(to.meaning, await campaigns()) : []),
      ...careOf(each, to, reviews, end, present),
      pin: of.pins.get(each.key)?.find(({ version }) => version !== to?.number) ?? null,
    };
  });
}

/** The same each time, made when it is first asked for. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

const adviceFor = (workflow: Workflow, campaigns: readonly EndedIncidents[]): ReviewAdvice[] =>
  adviceOf({ workflow, campaigns, register: registerOf(campaigns), quickWin: quickWinOf(workflow) });

function quickWinOf(workflow: Workflow): string | null {
  const found = quickWin(workflow);
  return 'edit' in found ? found.summary : null;
}

/** Whether campaigns on one version can be compared with those on another. */
const isMoved = ({ fromVersionId, toVersionId }: ReviewedWorkflow): boolean =>
  fromVersionId !== null && toVersionId !== null && fromVersionId !== toVersionId;

/** None of a workflow that stayed as it was: nothing is asked about it. */
function effectsOf(
  servings: readonly Serving[],
  { start, end }: Pick<Quarter, 'start' | 'end'>,
  values: readonly (readonly MetricValue[])[],
): MetricEffect[] {
  const [before, after] = [servedUntil(servings, start), servedSince(servings, start, end)];
  if (!before || !after) return [];
  return REVIEWED_METRICS.map((metric, at) =>
    metricEffect(metric, values[at] ?? [], { type: 'versions', before, after }),
  );
}

/**
 * How a workflow is looked after. A review counts as far as it saw it: what was changed after the end of its quarter was not there.
 * @param to what is served at the end; null where nothing is
 * @param reviews in the order of completion
 */
export function careOf(
  { changedAt, usedAt }: Pick<ReviewedWorkflow, 'changedAt' | 'usedAt'>,
  to: StoredVersion<'Workflow'> | null,
  reviews: readonly CompletedReview[],
  end: Date,
  present: Present,
): Pick<WorkflowReview, 'standing' | 'reviewDueAt' | 'isReviewDue'> {
  const seen = reviews.filter((review) => review.end > changedAt);
  const reviewedAt = seen.at(-1)?.completedAt ?? null;
  const isServed = to !== null && to.meaning.status !== 'retired';
  const care = { changedAt, usedAt, reviewedAt, reviewEvery: to?.meaning.reviewEvery ?? null };
  const due = isServed ? reviewDueAt(care) : null;
  return {
    standing: isServed ? standingOf(care, end) : 'current',
    reviewDueAt: due,
    isReviewDue: due !== null && present.hasCome(due),
  };
}

async function predictionOf(
  { versionId, version: number, medianHours, campaigns }: LeadTimeRecord,
  versions: readonly StoredVersion[],
  ground: GroundSource,
): Promise<Prediction[]> {
  const version = versions.find(({ id }) => id === versionId);
  if (!version) return [];
  const launch = await launchForecast(version, ground);
  const within = (hours: number | undefined): number | null =>
    hours === undefined ? null : campaigns.filter(({ leadTimeHours }) => leadTimeHours <= hours).length;
  return [
    {
      ...{ version: number, medianHours, launched: campaigns.length },
      ...{ p50Hours: launch?.p50Hours ?? null, p80Hours: launch?.p80Hours ?? null },
      ...{ withinP50: within(launch?.p50Hours), withinP80: within(launch?.p80Hours) },
    },
  ];
}

async function launchForecast(version: StoredVersion, ground: GroundSource) {
  try {
    const question = { start: null, withinHours: null };
    return (await forecastOfVersion(version, ground, question)).launch;
  } catch (error) {
    if (error instanceof CannotCalculate) return null;
    throw error;
  }
}
