import type { ReadSource } from '../read-source.js';
import type { SurveyResult } from '../../application/reads.js';
import { LEAST_ANSWERS } from '../../domain/metrics/catalogue.js';

/**
 * Commits by which a proposal `p` has come to the branch that is served: its own, those of its pull request, and those since after which
 * the workflow means what was proposed, as a merge, a squash or a rebase leaves it that does not name the pull request.
 */
export const COMMITS_OF_PROPOSAL = `
  SELECT g.sha, g.committed_at FROM git_commit g
   WHERE g.sha = p.commit_sha OR (p.pull_request IS NOT NULL AND g.pull_request = p.pull_request)
  UNION ALL
  SELECT h.commit_sha, h.committed_at
    FROM definition d JOIN definition_change h ON h.definition_id = d.id JOIN definition_version v ON v.id = h.to_version_id
   WHERE d.kind = 'Workflow' AND d.key = p.workflow AND h.committed_at >= date_trunc('second', p.proposed_at)
     AND v.hash = p.meaning_hash`;

/** Whether a retrospective `r` has an action that nobody says is done and whose proposal has not come to the branch. */
export const HAS_OPEN_ACTIONS = `EXISTS (
  SELECT 1 FROM jsonb_to_recordset(r.actions) AS action ("doneAt" text, proposal text)
   WHERE action."doneAt" IS NULL AND NOT EXISTS (
     SELECT 1 FROM proposal p, LATERAL (${COMMITS_OF_PROPOSAL}) g WHERE p.branch = action.proposal))`;

/** Results of surveys, in the order of the campaigns; what fewer people say than make anybody unknown stays here (R80). */
export async function surveys(source: ReadSource, campaignIds: readonly string[]): Promise<SurveyResult[]> {
  const rows = await source.query<(SurveyResult & { campaignId: string })[]>(
    `SELECT campaign_id AS "campaignId", count(*)::int AS answers,
            CASE WHEN count(*) >= ${LEAST_ANSWERS} THEN avg(score)::float8 END AS "meanScore",
            CASE WHEN count(*) >= ${LEAST_ANSWERS}
              THEN coalesce(array_agg(pain_points ORDER BY pain_points) FILTER (WHERE pain_points IS NOT NULL), '{}')
              ELSE '{}' END AS "painPoints"
       FROM survey_answer WHERE campaign_id = ANY($1) GROUP BY campaign_id`,
    [campaignIds],
  );
  const found = new Map(rows.map(({ campaignId, ...result }) => [campaignId, result]));
  return campaignIds.map((id) => found.get(id) ?? { answers: 0, meanScore: null, painPoints: [] });
}
