import type { EntityManager } from 'typeorm';
import type { CampaignTask, NewDecision, Suppression, TriggerStore } from '../../application/ports.js';

export class SqlTriggerStore implements TriggerStore {
  constructor(private readonly manager: EntityManager) {}

  async lastFired(campaignId: string): Promise<ReadonlyMap<string, Date>> {
    const rows = await this.manager.query<{ trigger: string; at: Date }[]>(
      `SELECT trigger, max(decided_at) AS at FROM trigger_decision
        WHERE campaign_id = $1 AND outcome = 'fired' GROUP BY trigger`,
      [campaignId],
    );
    return new Map(rows.map(({ trigger, at }) => [trigger, at]));
  }

  async add({ campaignId, trigger, signal, at, outcome, seen, actions }: NewDecision): Promise<void> {
    await this.manager.query(
      `INSERT INTO trigger_decision (campaign_id, trigger, signal, decided_at, outcome, seen, actions)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [campaignId, trigger, signal, at, outcome, JSON.stringify(seen), JSON.stringify(actions)],
    );
  }

  suppressions(campaignId: string): Promise<Suppression[]> {
    return this.manager.query(
      `SELECT trigger, outcome, seen_at AS "seenAt", since FROM trigger_suppression WHERE campaign_id = $1 AND until IS NULL`,
      [campaignId],
    );
  }

  async suppress(campaignId: string, { trigger, outcome, seenAt, since }: Suppression): Promise<void> {
    await this.manager.query(
      'INSERT INTO trigger_suppression (campaign_id, trigger, outcome, seen_at, since) VALUES ($1, $2, $3, $4, $5)',
      [campaignId, trigger, outcome, seenAt, since],
    );
  }

  async release(campaignId: string, trigger: string, at: Date): Promise<void> {
    await this.manager.query(
      'UPDATE trigger_suppression SET until = $3 WHERE campaign_id = $1 AND trigger = $2 AND until IS NULL',
      [campaignId, trigger, at],
    );
  }

  tasks(campaignId: string): Promise<CampaignTask[]> {
    return this.manager.query(
      `SELECT ${TASK_COLUMNS} FROM campaign_task WHERE campaign_id = $1 ORDER BY id`,
      [campaignId],
    );
  }
}

/** Columns as the records call them. */
export const TASK_COLUMNS = `campaign_id AS "campaignId", key, name, responsible, trigger, created_at AS "createdAt",
  done_at IS NOT NULL AS "isDone", done_at AS "doneAt", done_by AS "doneBy"`;
