import { plain } from './markdown.js';
import type { QuarterlyReview, WorkflowReview } from './quarterly-review.js';
import {
  careSentence,
  decisionSentence,
  effectSentence,
  headlineOf,
  isChanged,
  periodOf,
  predictionSentence,
  useOf,
  versionsOf,
} from './review-wording.js';

/** The review as Markdown: what changed most first, what stayed the same in one line. */
export function renderReview(review: QuarterlyReview): string {
  const changed = review.workflows.filter(isChanged);
  const steady = review.workflows.filter((each) => !isChanged(each));
  const cared = review.workflows.flatMap((each) => {
    const care = careSentence(each, review.timezone);
    return care === null ? [] : [`- ${plain(each.name)}: ${care}`];
  });
  return [
    `# Quarterly review ${review.quarter}`,
    '',
    `${periodOf(review)}. ${headlineOf(review)}`,
    ...list(
      'Decisions of earlier reviews',
      review.decisions.map((each) => `- ${plain(decisionSentence(each))}`),
    ),
    ...[...changed].sort((a, b) => b.changes.length - a.changes.length).flatMap(renderWorkflow),
    ...list(
      'Unchanged',
      steady.map(
        (each) =>
          `- ${plain(each.name)}${each.use.length === 0 ? ': not used' : ''}${each.predictions.map((one) => ` · ${predictionSentence(one)}`).join('')}`,
      ),
    ),
    ...list('To look after', cared),
    ...list(
      'Reviewed',
      review.completed
        ? [
            `- Completed by ${plain(review.completed.actor)} with ${plain(review.completed.attendees.map(({ name, team }) => `${name} (${team})`).join(', '))}`,
            ...review.completed.decisions.map(
              ({ text, owner, dueOn }) => `- ${plain(`${text} (${owner}, by ${dueOn})`)}`,
            ),
          ]
        : [],
    ),
    '',
  ].join('\n');
}

const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];

function renderWorkflow(each: WorkflowReview): string[] {
  const effects = each.effects.flatMap((effect) => effectSentence(effect) ?? []);
  return [
    '',
    `## ${plain(each.name)}`,
    '',
    plain(versionsOf(each)),
    '',
    ...each.changes.map((change) => `- ${plain(change.summary)} · *${change.classification}*`),
    ...(each.changes.length > 0 ? [''] : []),
    ...[...each.use.map(useOf), ...each.predictions.map(predictionSentence), ...effects].map(
      (text) => `- ${plain(text)}`,
    ),
  ];
}
