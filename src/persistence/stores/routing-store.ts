import { later } from '../later.js';
import type { EntityManager } from 'typeorm';
import type { RoutingStore } from '../../application/ports.js';
import type { Routed } from '../../domain/campaign/approvals/routing.js';

export class SqlRoutingStore implements RoutingStore {
  constructor(private readonly manager: EntityManager) {}

  async due(now: Date, limit: number): Promise<string[]> {
    const rows = await this.manager.query<{ key: string }[]>(
      `SELECT c.key FROM campaign c WHERE c.status = 'running' AND c.id IN (
         SELECT campaign_id FROM campaign_request
          WHERE answered_at IS NULL AND passed_at IS NULL AND least(due_at, until) <= $1
          ORDER BY least(due_at, until) LIMIT $2)
        ORDER BY c.id`,
      [now, limit],
    );
    return rows.map(({ key }) => key);
  }

  async save(campaignId: string, { asked, answered, passed }: Routed, by: string, now: Date): Promise<void> {
    await later(this.manager, `requests ${campaignId}`, {
      writes: {
        answered: `UPDATE campaign_request SET answered_at = $2, answered_by = $3 WHERE id = ANY($4::bigint[])`,
        passed_on: `UPDATE campaign_request SET passed_at = $2 WHERE id = ANY($5::bigint[])`,
        asked_now: `INSERT INTO campaign_request (campaign_id, step, handoff, is_returned, role, asked, rule, because, asked_at, due_at, until)
       SELECT $1, step, handoff, "isReturned", role, asked, rule, because, $2, "dueAt", until
         FROM jsonb_to_recordset($6) AS given (step text, handoff text, "isReturned" boolean, role text, asked text, rule text, because text,
           "dueAt" timestamptz, until timestamptz)`,
      },
      values: [
        campaignId,
        now,
        by,
        answered.map(({ id }) => id),
        passed.map(({ request }) => request.id),
        JSON.stringify(asked),
      ],
    });
  }
}
