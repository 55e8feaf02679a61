import type { EntityManager } from 'typeorm';
import type { MeetingStore, RunningMeetings } from '../../application/ports.js';
import type { Workflow } from '../../domain/workflow/workflow.js';

export class SqlMeetingStore implements MeetingStore {
  constructor(private readonly manager: EntityManager) {}

  async running(): Promise<RunningMeetings> {
    const campaigns = await this.manager.query<RunningMeetings['campaigns'][number][]>(
      `SELECT c.key, c.created_at AS "createdAt", c.version_id AS "versionId", p.meaning->>'timezone' AS timezone
         FROM campaign c LEFT JOIN definition_version p ON p.id = c.policy_version_id
        WHERE c.status = 'running' ORDER BY c.id`,
    );
    const ids = [...new Set(campaigns.map(({ versionId }) => versionId))];
    const versions = await this.manager.query<{ id: string; meaning: Workflow }[]>(
      'SELECT id, meaning FROM definition_version WHERE id = ANY($1)',
      [ids],
    );
    return { campaigns, workflows: new Map(versions.map(({ id, meaning }) => [id, meaning])) };
  }
}
