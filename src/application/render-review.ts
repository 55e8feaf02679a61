import type { QuarterlyReview, WorkflowReview } from './quarterly-review.js';

/** The review as Markdown: what changed most first, what stayed the same in one line. */
export function renderReview(review: QuarterlyReview): string {
  const changed = review.workflows.filter((each) => each.history.length > 0);
  const steady = review.workflows.filter((each) => each.history.length === 0);
  return [
    `# Quarterly review ${review.quarter}`,
    '',
    `${changed.length} of ${review.workflows.length} workflows changed.`,
    ...[...changed].sort((a, b) => b.changes.length - a.changes.length).flatMap(renderWorkflow),
    ...(steady.length > 0
      ? ['', '## Unchanged', '', ...steady.map((each) => `- ${each.name}${renderLeadTimes(each)}`)]
      : []),
    '',
  ].join('\n');
}

function renderWorkflow(each: WorkflowReview): string[] {
  const version = (of: WorkflowReview['from']) => (of ? `version ${of.number}` : 'not there');
  return [
    '',
    `## ${each.name}`,
    '',
    `${version(each.from)} → ${version(each.to)} · ${each.history.length} commit${each.history.length === 1 ? '' : 's'} by ${each.authors.join(', ')}${renderLeadTimes(each)}`,
    '',
    ...each.changes.map((change) => `- ${change.summary} · *${change.classification}*`),
  ];
}

const renderLeadTimes = ({ leadTimes }: WorkflowReview): string =>
  leadTimes.length === 0
    ? ''
    : ` · lead time ${leadTimes.map((each) => `v${each.version}: ${(each.medianHours / 24).toFixed(1)} d (median of ${each.campaigns.length})`).join(', ')}`;
