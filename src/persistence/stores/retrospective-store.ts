import type { EntityManager } from 'typeorm';
import type { RetrospectiveStore, StoredRetrospective } from '../../application/ports.js';

export class SqlRetrospectiveStore implements RetrospectiveStore {
  constructor(private readonly manager: EntityManager) {}

  async of(campaignId: string): Promise<StoredRetrospective | null> {
    const [row] = await this.manager.query<StoredRetrospective[]>(
      `SELECT answers, actions, completed_at AS "completedAt", completed_by AS "completedBy"
         FROM retrospective WHERE campaign_id = $1`,
      [campaignId],
    );
    return row ?? null;
  }

  /** With the key of its survey nobody can tell any more whose answer an answer is. */
  async save(campaignId: string, retrospective: StoredRetrospective): Promise<void> {
    const { answers, actions, completedAt, completedBy } = retrospective;
    await this.manager.query(
      `UPDATE retrospective SET answers = $2, actions = $3, completed_at = $4, completed_by = $5,
              survey_key = CASE WHEN $4::timestamptz IS NULL THEN survey_key END
        WHERE campaign_id = $1`,
      [campaignId, JSON.stringify(answers), JSON.stringify(actions), completedAt, completedBy],
    );
    if (completedAt)
      await this.manager.query(
        `UPDATE survey_answer SET person = gen_random_uuid()::text WHERE campaign_id = $1`,
        [campaignId],
      );
  }

  async isProposal(branch: string): Promise<boolean> {
    const rows = await this.manager.query<object[]>('SELECT 1 FROM proposal WHERE branch = $1 LIMIT 1', [
      branch,
    ]);
    return rows.length > 0;
  }

  async surveyKey(campaignId: string, fresh: string): Promise<string> {
    const [row] = await this.manager.query<{ key: string }[]>(
      `WITH drawn AS (UPDATE retrospective SET survey_key = coalesce(survey_key, $2) WHERE campaign_id = $1 RETURNING survey_key)
       SELECT survey_key AS key FROM drawn`,
      [campaignId, fresh],
    );
    if (!row) throw new Error(`campaign ${campaignId} has no retrospective`);
    return row.key;
  }

  async answerSurvey(campaignId: string, person: string, score: number, painPoints: string | null) {
    await this.manager.query(
      `INSERT INTO survey_answer (campaign_id, person, score, pain_points) VALUES ($1, $2, $3, $4)
       ON CONFLICT (campaign_id, person) DO UPDATE SET score = $3, pain_points = $4`,
      [campaignId, person, score, painPoints],
    );
  }
}
