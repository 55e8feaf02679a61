import type { EntityManager } from 'typeorm';
import type { BriefStore, PresentBrief } from '../../application/ports.js';
import type { BriefVersion } from '../../domain/campaign/brief.js';
import type { BriefPull } from '../../domain/campaign/spokes.js';
import { BRIEF_VERSION_COLUMNS } from '../rows/brief-columns.js';

export class SqlBriefStore implements BriefStore {
  constructor(private readonly manager: EntityManager) {}

  async present(campaign: string): Promise<PresentBrief | null> {
    const [row] = await this.manager.query<PresentBrief[]>(
      `SELECT c.id AS "campaignId", c.brief, c.brief_version AS version, v.meaning AS workflow,
              ARRAY(SELECT channel FROM campaign_channel h WHERE h.campaign_id = c.id ORDER BY channel) AS channels
         FROM campaign c JOIN definition_version v ON v.id = c.version_id WHERE c.key = $1`,
      [campaign],
    );
    return row ?? null;
  }

  since(campaignId: string, number: number): Promise<BriefVersion[]> {
    return this.manager.query<BriefVersion[]>(
      `SELECT ${BRIEF_VERSION_COLUMNS} FROM brief_version WHERE campaign_id = $1 AND number >= $2 ORDER BY number`,
      [campaignId, number],
    );
  }

  async notePull(
    campaignId: string,
    { spoke, version, actor, lastAt }: Omit<BriefPull, 'firstAt'>,
  ): Promise<boolean> {
    const [row] = await this.manager.query<{ isFirst: boolean }[]>(
      `INSERT INTO brief_pull (campaign_id, spoke, version, actor, first_at, last_at) VALUES ($1, $2, $3, $4, $5, $5)
       ON CONFLICT (campaign_id, spoke, version, actor) DO UPDATE SET last_at = excluded.last_at
       RETURNING xmax = 0 AS "isFirst"`,
      [campaignId, spoke, version, actor, lastAt],
    );
    return row?.isFirst === true;
  }
}
