import type { EntityManager } from 'typeorm';
import type { ReviewStore } from '../../application/learning-ports.js';
import type { KeptReview } from '../../domain/learning/decisions.js';

export class SqlReviewStore implements ReviewStore {
  constructor(private readonly manager: EntityManager) {}

  async add(quarter: string, review: KeptReview, snapshot: object): Promise<boolean> {
    const { start, end, completedAt, actor, attendees, decisions, outcomes, snapshotHash } = review;
    const rows = await this.manager.query<object[]>(
      `INSERT INTO quarterly_review (quarter, start_at, end_at, completed_at, actor, attendees, decisions, outcomes, snapshot, snapshot_hash)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (start_at) DO NOTHING RETURNING quarter`,
      [
        ...[quarter, start, end, completedAt, actor],
        ...[attendees, decisions, outcomes, snapshot].map((each) => JSON.stringify(each)),
        snapshotHash,
      ],
    );
    return rows.length > 0;
  }
}
