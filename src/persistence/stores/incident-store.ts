import type { EntityManager } from 'typeorm';
import type { IncidentStore, ReportedIncident } from '../../application/learning-ports.js';
import { reportedIncidents } from '../reads/incidents.js';

export class SqlIncidentStore implements IncidentStore {
  constructor(private readonly manager: EntityManager) {}

  reported(campaignId: string): Promise<ReportedIncident[]> {
    return reportedIncidents(this.manager, [campaignId]);
  }

  async add(campaignId: string, incident: ReportedIncident, most: number): Promise<boolean> {
    const { kind, subject, cause, description, happenedAt, actor, recordedAt } = incident;
    const rows = await this.manager.query<object[]>(
      `INSERT INTO incident (campaign_id, kind, subject, cause, description, happened_at, actor, recorded_at)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8 WHERE (SELECT count(*) FROM incident WHERE campaign_id = $1) < $9 RETURNING id`,
      [campaignId, kind, subject, cause, description, happenedAt, actor, recordedAt, most],
    );
    return rows.length > 0;
  }
}
