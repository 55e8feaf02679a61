import { plain } from './markdown.js';
import type { QuarterlyReview, WorkflowReview } from './quarterly-review.js';
import { adviceSentence, figuresIn, headlineOf, periodOf, storyOf, versionsOf } from './review-wording.js';

/** The review as Markdown: what changed most first, what stayed the same in a line each. */
export function renderReview(review: QuarterlyReview): string {
  const { changed, unchanged, decisions, triggers, care, reviewed } = storyOf(review);
  return [
    `# Quarterly review ${review.quarter}`,
    '',
    `${periodOf(review)}. ${headlineOf(review)}`,
    ...list('Decisions of earlier reviews', decisions.map(item)),
    ...list('What called for a review', triggers.map(item)),
    ...changed.flatMap(renderWorkflow),
    ...list('Unchanged', unchanged.flatMap(renderUnchanged)),
    ...list('To look after', care.map(item)),
    ...list('Reviewed', reviewed.map(item)),
    '',
  ].join('\n');
}

const item = (text: string): string => `- ${plain(text)}`;
const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];

const renderWorkflow = (each: WorkflowReview): string[] => [
  '',
  `## ${plain(each.name)}`,
  '',
  plain(versionsOf(each)),
  '',
  ...each.changes.map((change) => `- ${plain(change.summary)} · *${change.classification}*`),
  ...(each.changes.length > 0 ? [''] : []),
  ...figuresIn(each).map(item),
  ...advice(each, ''),
];

const renderUnchanged = (each: WorkflowReview): string[] => [
  `- ${plain(each.name)}: ${
    figuresIn(each)
      .map((text) => plain(text))
      .join(' ') || 'not used'
  }`,
  ...advice(each, '  '),
];

const advice = ({ advice: given }: WorkflowReview, indent: string): string[] =>
  given.map((each) => `${indent}- *Advice:* ${plain(adviceSentence(each))} (\`${each.query}\`)`);
