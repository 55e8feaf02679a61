import { code, plain, wholeCode } from './markdown.js';
import type { ShownReview, WorkflowFigures } from './review-figures.js';
import {
  adviceSentence,
  commitsOf,
  figuresIn,
  headlineOf,
  periodOf,
  storyOf,
  versionsOf,
} from './review-wording.js';

/** A decision, or what is said of it, is read to its end. */
const LONGEST = 5_000;

/** The review as Markdown: what changed most first, what stayed the same in a line each. */
export function renderReview(shown: ShownReview): string {
  const { figures } = shown;
  const { changed, unchanged, decisions, triggers, rewrites, care, reviewed } = storyOf(shown);
  return [
    `# Quarterly review ${figures.quarter}`,
    '',
    `${periodOf(figures)}. ${headlineOf(figures)}`,
    ...list('Decisions of earlier reviews', decisions.map(item)),
    ...list('What called for a review', triggers.map(item)),
    ...list('History that was rewritten', rewrites.map(item)),
    ...changed.flatMap(renderWorkflow),
    ...list('Unchanged', unchanged.flatMap(renderUnchanged)),
    ...list('To look after', care.map(item)),
    ...list('Reviewed', reviewed.map(item)),
    ...list(
      'Where the figures come from',
      Object.entries(figures.queries).map(([name, query]) => `- ${name}: ${wholeCode(query)}`),
    ),
    '',
  ].join('\n');
}

const item = (text: string): string => `- ${plain(text, LONGEST)}`;
const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', `## ${title}`, '', ...lines];

const renderWorkflow = (each: WorkflowFigures): string[] => [
  '',
  `## ${plain(each.name)}`,
  '',
  plain(versionsOf(each)),
  '',
  ...each.changes.map((change) => `- ${plain(change.summary)} · *${change.classification}*`),
  ...(each.changes.length > 0 ? [''] : []),
  ...figuresIn(each).map(item),
  ...advice(each, ''),
  ...commitsOf(each).map(({ sha, text }) => `- Commit ${code(sha)} ${plain(text)}`),
];

const renderUnchanged = (each: WorkflowFigures): string[] => [
  `- ${plain(each.name)}: ${
    figuresIn(each)
      .map((text) => plain(text))
      .join(' ') || 'not used'
  }`,
  ...advice(each, '  '),
];

const advice = ({ advice: given }: WorkflowFigures, indent: string): string[] =>
  given.map((each) => `${indent}- *Advice:* ${plain(adviceSentence(each))} (\`${each.query}\`)`);
