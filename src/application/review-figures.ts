import type { CompletedReview } from '../domain/learning/decisions.js';
import type { StoredVersion } from './ports.js';
import {
  type QuarterlyReview,
  quarterlyReview,
  reviewPeriod,
  type WorkflowReview,
} from './quarterly-review.js';
import { Present } from './present.js';
import type { CommitRecord, Reads } from './reads.js';
import { queriesOf } from './review-queries.js';

/** A value as JSON has it: moments in ISO 8601. */
type Plain<T> = T extends Date
  ? string
  : T extends readonly (infer Each)[]
    ? readonly Plain<Each>[]
    : T extends object
      ? { readonly [Key in keyof T]: Plain<T[Key]> }
      : T;

/** The figures of a review, without the definitions themselves: what is printed, shown as a page, and kept of a review. */
export type ReviewFigures = Plain<Awaited<ReturnType<typeof gathered>>>;
export type WorkflowFigures = ReviewFigures['workflows'][number];

/** The form of the figures; kept ones of another form are not shown, though they are kept. The dashboard's `review-kept.ts` reads this one. */
const FORMAT = 2;

export const figuresOf = async (review: QuarterlyReview): Promise<ReviewFigures> =>
  JSON.parse(JSON.stringify(await gathered(review))) as ReviewFigures;

/** What there is to show of a quarter: the figures as they were when its review was completed, or else as they are now. */
export interface ShownReview {
  /** What the quarter is called now. */
  readonly quarter: string;
  readonly figures: ReviewFigures;
  readonly completed: CompletedReview | null;
}

/** @param name for example `2026-Q3`; null: the last one that is over @throws UnknownQuarter */
export async function shownReview(reads: Reads, name: string | null, now: Date): Promise<ShownReview> {
  const present = new Present(now);
  const period = await reviewPeriod(reads, name, present);
  const { completed } = period;
  const { name: quarter } = period.quarter;
  const kept = completed && ((await reads.reviewSnapshot(completed.start)) as ReviewFigures | null);
  if (kept?.format === FORMAT) return { quarter, figures: kept, completed };
  return { quarter, figures: await figuresOf(await quarterlyReview(reads, period, present)), completed };
}

const gathered = async ({
  completed: _,
  decided: __,
  workflows,
  triggers,
  rewrites,
  ...review
}: QuarterlyReview) => ({
  format: FORMAT,
  ...review,
  triggers: triggers.map(({ message, raisedAt, acknowledgedBy, note }) => ({
    ...{ message, raisedAt, acknowledgedBy, note },
  })),
  rewrites: rewrites.map(({ message, raisedAt }) => ({ message, raisedAt })),
  workflows: await Promise.all(workflows.map(workflowFigures)),
  queries: queriesOf(review),
});

async function workflowFigures({
  id: _,
  from,
  to,
  history,
  commits,
  authors,
  effects,
  predictions,
  incidents,
  advice,
  ...review
}: WorkflowReview) {
  const written = await commits();
  return {
    ...review,
    authors: await authors(),
    effects: await effects(),
    predictions: await predictions(),
    incidents: await incidents(),
    advice: await advice(),
    from: from && versionFigures(from),
    to: to && versionFigures(to),
    history: history.map(({ commitSha, summary, kind, classification, isRewind }) => ({
      ...{ kind, summary, classification, commitSha, isRewind },
      ...commitFigures(
        written.find(({ sha }) => sha === commitSha),
        isRewind,
      ),
    })),
  };
}

const versionFigures = ({ number, hash, commitSha }: StoredVersion) => ({ number, hash, commitSha });

/** Nobody made what a rewritten branch goes back to when it did. */
const commitFigures = (commit: CommitRecord | undefined, isRewind: boolean) => ({
  subject: commit?.message.split('\n')[0] ?? null,
  committedAt: commit?.committedAt ?? null,
  author: commit && !isRewind ? (commit.mergedAuthor ?? commit.author) : null,
  pullRequest: commit?.pullRequest ?? null,
});
