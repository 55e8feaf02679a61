import type { StoredVersion } from './ports.js';
import type { QuarterlyReview, WorkflowReview } from './quarterly-review.js';

/** The figures of a review, without the definitions themselves: what `weir review --format json` prints, and what is kept of a review. */
export const figuresOf = ({ completed: _, workflows, ...review }: QuarterlyReview) => ({
  ...review,
  workflows: workflows.map(workflowFigures),
  queries: QUERIES,
});

/** Which query of the API gives which figures. */
export const QUERIES = {
  'from, to, changes, history': 'workflowDiff(workflow, from, to) and workflowHistory(filter)',
  use: 'campaigns(filter: { workflow, createdAt, … })',
  leadTimes: 'metricSeries(metric: TIME_TO_LAUNCH, from, to, bucket: QUARTER, groupBy: WORKFLOW_VERSION)',
  effects: 'workflow(key) { effects(divide: { from, to }) }',
  predictions: 'workflow(key) { versionAt(ref) { forecast { launch } } }',
} as const;

function workflowFigures({ id: _, from, to, history, commits, ...review }: WorkflowReview) {
  return {
    ...review,
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
