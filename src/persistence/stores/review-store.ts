import type { EntityManager } from 'typeorm';
import type { ReviewStore } from '../../application/learning-ports.js';
import type { CompletedReview } from '../../domain/learning/decisions.js';

export class SqlReviewStore implements ReviewStore {
  constructor(private readonly manager: EntityManager) {}

  async add(review: CompletedReview, snapshot: object): Promise<boolean> {
    const { quarter, completedAt, actor, attendees, decisions, outcomes, snapshotHash } = review;
    const rows = await this.manager.query<object[]>(
      `INSERT INTO quarterly_review (quarter, completed_at, actor, attendees, decisions, outcomes, snapshot, snapshot_hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (quarter) DO NOTHING RETURNING quarter`,
      [
        ...[quarter, completedAt, actor],
        ...[attendees, decisions, outcomes, snapshot].map((each) => JSON.stringify(each)),
        snapshotHash,
      ],
    );
    return rows.length > 0;
  }
}
