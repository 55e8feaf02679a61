import type { EntityManager } from 'typeorm';
import type { CampaignHistory } from '../../application/incidents.js';
import type { RetrospectiveStore, StoredRetrospective } from '../../application/learning-ports.js';
import type { Incident } from '../../domain/learning/incidents.js';
import type { EndedCampaign } from '../../domain/learning/review-triggers.js';
import { suppressions } from '../reads/incidents.js';
import { stepEvents } from '../reads/step-events.js';
import { RetrospectiveRow } from '../rows/campaign-rows.js';

export class SqlRetrospectiveStore implements RetrospectiveStore {
  constructor(private readonly manager: EntityManager) {}

  async historyOf(campaignId: string): Promise<CampaignHistory> {
    const of = <T>(sql: string): Promise<T[]> => this.manager.query(sql, [campaignId]);
    return {
      steps: await of(
        `SELECT key, started_at AS "startedAt", finished_at AS "finishedAt" FROM campaign_step WHERE campaign_id = $1`,
      ),
      events: await stepEvents(this.manager, [campaignId]),
      gates: await of(
        `SELECT key, status, evaluated_at AS "evaluatedAt" FROM campaign_gate WHERE campaign_id = $1 ORDER BY key`,
      ),
      handoffs: await of(
        `SELECT key, accepted_at AS "acceptedAt" FROM campaign_handoff WHERE campaign_id = $1`,
      ),
      approvals: await of('SELECT step, decision FROM campaign_approval WHERE campaign_id = $1 ORDER BY id'),
      returns: await of('SELECT handoff FROM campaign_return WHERE campaign_id = $1 ORDER BY id'),
      assets: await of('SELECT key, channel FROM campaign_asset WHERE campaign_id = $1'),
      metrics: await of('SELECT evidence FROM campaign_metric WHERE campaign_id = $1 ORDER BY metric'),
      suppressions: await suppressions(this.manager, [campaignId]),
    };
  }

  async open(campaignId: string, evidence: object, now: Date): Promise<void> {
    await this.manager.insert(RetrospectiveRow, {
      ...{ campaignId, evidence, answers: {}, actions: [] },
      ...{ createdAt: now, completedAt: null, completedBy: null },
    });
  }

  async foundAtEnd(campaignId: string): Promise<readonly Incident[] | null> {
    const [row] = await this.manager.query<{ incidents: readonly Incident[] }[]>(
      `SELECT evidence->'incidents' AS incidents FROM retrospective WHERE campaign_id = $1 AND jsonb_exists(evidence, 'words')`,
      [campaignId],
    );
    return row?.incidents ?? null;
  }

  ended(definitionId: string, limit: number): Promise<EndedCampaign[]> {
    return this.manager.query(
      `SELECT c.key, coalesce(r.evidence->'incidents', '[]') AS incidents, coalesce(r.evidence->'unmetGates', '[]') AS "unmetGates"
         FROM retrospective r JOIN campaign c ON c.id = r.campaign_id JOIN definition_version v ON v.id = c.version_id
        WHERE v.definition_id = $1 ORDER BY r.created_at DESC, r.id DESC LIMIT $2`,
      [definitionId, limit],
    );
  }

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
