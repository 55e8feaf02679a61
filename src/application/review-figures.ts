import type { StoredVersion } from './ports.js';
import type { QuarterlyReview, WorkflowReview } from './quarterly-review.js';

/** The figures of a review, without the definitions themselves: what `weir review --format json` prints, and what is kept of a review. */
export const figuresOf = ({ completed: _, workflows, triggers, ...review }: QuarterlyReview) => ({
  ...review,
  triggers: triggers.map(({ message, raisedAt, acknowledgedBy, note }) => ({
    ...{ message, raisedAt, acknowledgedBy, note },
  })),
  workflows: workflows.map(workflowFigures),
  queries: QUERIES,
});

/** Which query of the API gives which figures; $start and $end are those of the quarter, $from and $to the versions at both. */
export const QUERIES = {
  'from, to, changes':
    'workflowDiff(workflow: $workflow, from: { asOf: $start }, to: { asOf: $end }) { from { number } to { number } changes { summary } }',
  history:
    'workflowHistory(workflow: $workflow, filter: { committedAt: { since: $start, until: $end } }) { nodes { summary commit { sha } author { name } pullRequest } }',
  use: 'campaigns(filter: { workflow: [$workflow], createdAt: { since: $start, until: $end } }) { totalCount nodes { workflowVersion { number } } }',
  leadTimes:
    'metricSeries(metric: TIME_TO_LAUNCH, from: $start, to: $end, bucket: QUARTER, groupBy: WORKFLOW_VERSION) { lines { points { value campaigns } } }',
  effects:
    'workflow(key: $workflow) { effects(divide: { from: { number: $from }, to: { number: $to } }) { metric differenceMean } }',
  predictions:
    'workflow(key: $workflow) { versionAt(ref: { number: $to }) { forecast { launchP50Hours launchP80Hours } } }',
  incidents:
    'campaigns(filter: { workflow: [$workflow], endedAt: { since: $start, until: $end } }) { nodes { incidents { kind cause } } }',
  triggers:
    'alerts(filter: { kind: [REVIEW_DUE], raisedAt: { since: $start, until: $end } }) { nodes { message note } }',
} as const;

function workflowFigures({ id: _, from, to, history, commits, predictions, ...review }: WorkflowReview) {
  return {
    ...review,
    predictions: predictions(),
    from: from && versionFigures(from),
    to: to && versionFigures(to),
    history: history.map(({ commitSha, summary, kind, classification }) => {
      const commit = commits.find(({ sha }) => sha === commitSha);
      return {
        ...{ kind, summary, classification, commitSha, committedAt: commit?.committedAt ?? null },
        ...{ author: commit?.author ?? null, pullRequest: commit?.pullRequest ?? null },
      };
    }),
  };
}

const versionFigures = ({ number, hash, commitSha }: StoredVersion) => ({ number, hash, commitSha });
