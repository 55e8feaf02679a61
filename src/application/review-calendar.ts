import { REVIEW_REASONS, type ReviewReason, type TriggerReason } from '../domain/learning/review-triggers.js';
import { lasting } from '../domain/notification/wording.js';
import type { StoredVersion } from './ports.js';
import type { Reads } from './reads.js';
import { Present } from './present.js';
import { careOf, reviewPeriod } from './quarterly-review.js';

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
  const [{ reviews }, found, alerts] = await Promise.all([
    reviewPeriod(reads, null, new Present(now)),
    reads.reviewedWorkflows(now, now),
    reads.alerts(OPEN, { kind: ['review-due'], isOpen: true }, { field: 'time', direction: 'asc' }),
  ]);
  const versions = await reads.versionsById(found.flatMap(({ toVersionId }) => toVersionId ?? []));
  const due = (entry: Omit<DueReview, 'isOverdue'>): DueReview => ({
    ...entry,
    isOverdue: entry.dueAt <= now,
  });
  const regular = found.flatMap((each): DueReview[] => {
    const { key: workflow, toVersionId } = each;
    const version =
      (versions.find(({ id }) => id === toVersionId) as StoredVersion<'Workflow'> | undefined) ?? null;
    const { standing, reviewDueAt: dueAt } = careOf(each, version, reviews, now, new Present(now));
    const every = version?.meaning.reviewEvery ?? '';
    if (dueAt)
      return [
        due({ reason: 'interval', workflow, because: `it is to be reviewed every ${lasting(every)}`, dueAt }),
      ];
    const because = 'it is used, and nobody has changed or reviewed it for 180 days';
    return standing === 'stale' ? [due({ reason: 'stale', workflow, because, dueAt: now })] : [];
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
