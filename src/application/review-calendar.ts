import { reviewDueAt, standingOf } from '../domain/learning/standing.js';
import { REVIEW_REASONS, type ReviewReason, type TriggerReason } from '../domain/learning/review-triggers.js';
import { quarterNamed } from '../domain/learning/quarter.js';
import { DEFAULT_POLICY } from '../domain/workflow/document.js';
import type { StoredVersion } from './ports.js';
import type { Reads } from './reads.js';
import { reviewedAtOf } from './quarterly-review.js';

export interface DueReview {
  readonly reason: ReviewReason;
  /** Key of the workflow; null where it is about all. */
  readonly workflow: string | null;
  readonly because: string;
  readonly dueAt: Date;
  readonly isOverdue: boolean;
}

/** A new channel, other tools or other roles are looked at within a day; trouble that stays, at once (R94). */
const WITHIN_HOURS: Readonly<Record<TriggerReason, number>> = {
  'new-channel': 24,
  'new-tool': 24,
  'team-change': 24,
  'persistent-issue': 0,
};
/** More than anybody has open. */
const OPEN = { first: 500, after: null, last: null, before: null };

/** What is to be reviewed, and when; what is due first comes first. */
export async function reviewCalendar(reads: Reads, now: Date): Promise<DueReview[]> {
  const [policy, reviews, found, alerts] = await Promise.all([
    reads.policy(),
    reads.completedReviews(),
    reads.reviewedWorkflows(now, now),
    reads.alerts(OPEN, { kind: ['review-due'], isOpen: true }, { field: 'time', direction: 'asc' }),
  ]);
  const fiscal = policy ?? DEFAULT_POLICY;
  const covering = reviews.map((each) => ({ ...each, end: quarterNamed(each.quarter, fiscal).end }));
  const versions = await reads.versionsById(found.flatMap(({ toVersionId }) => toVersionId ?? []));
  const due = (entry: Omit<DueReview, 'isOverdue'>): DueReview => ({
    ...entry,
    isOverdue: entry.dueAt <= now,
  });
  const regular = found.flatMap((each): DueReview[] => {
    const version = versions.find(({ id }) => id === each.toVersionId) as
      StoredVersion<'Workflow'> | undefined;
    if (!version || version.meaning.status === 'retired') return [];
    const { reviewEvery } = version.meaning;
    const care = { ...each, reviewedAt: reviewedAtOf(covering, each.changedAt, now), reviewEvery };
    const at = reviewDueAt(care);
    const { key: workflow } = each;
    if (at)
      return [
        due({
          reason: 'interval',
          workflow,
          because: `it is reviewed every ${reviewEvery ?? ''}`,
          dueAt: at,
        }),
      ];
    const because = 'it is used, and nobody has changed or reviewed it for 180 days';
    return standingOf(care, now) === 'stale' ? [due({ reason: 'stale', workflow, because, dueAt: now })] : [];
  });
  const called = alerts.edges.flatMap(({ node: { subject, message: because, raisedAt } }): DueReview[] => {
    const [reason = '', key = ''] = subject.split(' ');
    if (!isTrigger(reason)) return [];
    const dueAt = new Date(raisedAt.getTime() + WITHIN_HOURS[reason] * 3_600_000);
    return [due({ reason, workflow: reason === 'persistent-issue' ? key : null, because, dueAt })];
  });
  return [...regular, ...called].sort((one, other) => one.dueAt.getTime() - other.dueAt.getTime());
}

const isTrigger = (name: string): name is TriggerReason => Object.hasOwn(REVIEW_REASONS, name);
