import type { ReadSource } from '../read-source.js';
import { IMPORTED_LABEL } from '../../application/ports.js';
import type { LeadTimeRecord, PastPin, ReviewedWorkflow, VersionUse } from '../../application/reads.js';
import { groupsBy } from '../../domain/groups.js';
import { isOnVersion } from './campaign-conditions.js';
import { COMMITS_OF_PROPOSAL } from './retrospectives.js';
import type { Serving } from '../../domain/learning/servings.js';
import type { KeptReview, Landed } from '../../domain/learning/decisions.js';

/** The version that was in force before a moment. */
const versionBefore = (moment: string): string => `LATERAL (
  SELECT h.to_version_id AS id FROM definition_change h WHERE h.definition_id = d.id AND h.committed_at < ${moment}
   ORDER BY h.id DESC LIMIT 1)`;

/** More workflows than anybody reviews at once. */
const MOST_WORKFLOWS = 2_000;

/** That a campaign `c` was not imported. */
export const RAN_HERE = `NOT c.labels @> ARRAY['${IMPORTED_LABEL}']`;

/** Every workflow that was there, came or went in the period, by key. */
export const reviewedWorkflows = (source: ReadSource, start: Date, end: Date): Promise<ReviewedWorkflow[]> =>
  source.query(
    `SELECT d.id, d.key, f.id AS "fromVersionId", t.id AS "toVersionId",
            (SELECT max(committed_at) FROM definition_change h WHERE h.definition_id = d.id AND h.committed_at < $2
                AND h.from_version_id IS DISTINCT FROM h.to_version_id) AS "changedAt",
            (SELECT CASE WHEN bool_or(c.ended_at IS NULL OR c.ended_at >= $2) THEN $2 ELSE max(greatest(c.created_at, c.ended_at)) END
               FROM campaign c WHERE ${isOnVersion('WHERE v.definition_id = d.id')} AND c.created_at < $2) AS "usedAt"
       FROM definition d LEFT JOIN ${versionBefore('$1')} f ON true LEFT JOIN ${versionBefore('$2')} t ON true
      WHERE d.kind = 'Workflow' AND (f.id IS NOT NULL OR t.id IS NOT NULL OR EXISTS (
              SELECT FROM definition_change h WHERE h.definition_id = d.id AND h.committed_at >= $1 AND h.committed_at < $2))
      ORDER BY d.key LIMIT ${MOST_WORKFLOWS}`,
    [start, end],
  );

/** Every change of the meaning of each workflow, in that order, oldest first. */
export async function servings(source: ReadSource, definitionIds: readonly string[]): Promise<Serving[][]> {
  const rows = await source.query<(Serving & { definitionId: string })[]>(
    `SELECT id, definition_id AS "definitionId", committed_at AS at, from_version_id AS "fromVersionId", to_version_id AS "toVersionId"
       FROM definition_change WHERE definition_id = ANY($1) AND from_version_id IS DISTINCT FROM to_version_id ORDER BY id`,
    [definitionIds],
  );
  const groups = groupsBy(rows, ({ definitionId }) => definitionId);
  return definitionIds.map((id) => (groups.get(id) ?? []).map(({ definitionId: _, ...row }) => row));
}

/** The version that campaign `c` was on at a moment; later it may have been moved to another. */
const versionOn = (moment: string): string => `coalesce(
  (SELECT (m.moved_from->>'versionId')::bigint FROM campaign_migration m
    WHERE m.campaign_id = c.id AND m.moved_at >= ${moment} ORDER BY m.id LIMIT 1), c.version_id)`;

/** What ran here on which version at the end of the period; what was imported ran elsewhere. */
export const versionUse = (source: ReadSource, start: Date, end: Date): Promise<VersionUse[]> =>
  source.query(
    `SELECT d.key AS workflow, v.number AS version, created, launched, ended, cancelled, running
       FROM (SELECT ${versionOn('$2')} AS "versionId",
                    (count(*) FILTER (WHERE c.created_at >= $1))::int AS created,
                    (count(*) FILTER (WHERE c.launched_at >= $1 AND c.launched_at < $2))::int AS launched,
                    (count(*) FILTER (WHERE c.status = 'ended' AND c.ended_at < $2))::int AS ended,
                    (count(*) FILTER (WHERE c.status = 'cancelled' AND c.ended_at < $2))::int AS cancelled,
                    (count(*) FILTER (WHERE c.ended_at IS NULL OR c.ended_at >= $2))::int AS running
               FROM campaign c
              WHERE c.created_at < $2 AND coalesce(c.ended_at, 'infinity') >= $1 AND ${RAN_HERE} GROUP BY 1) used
       -- A few versions of many: with the limit each is looked up, without it the whole table is read.
       CROSS JOIN LATERAL (SELECT number, definition_id FROM definition_version WHERE id = "versionId" LIMIT 1) v
       JOIN definition d ON d.id = v.definition_id
      ORDER BY d.key, v.number`,
    [start, end],
  );

/** How long the campaigns that launched in the period took to it, by the version that they launched on. */
export const leadTimes = (source: ReadSource, start: Date, end: Date): Promise<LeadTimeRecord[]> =>
  source.query(
    `SELECT workflow, version, "versionId",
            percentile_cont(0.5) WITHIN GROUP (ORDER BY hours)::float8 AS "medianHours",
            json_agg(json_build_object('key', key, 'leadTimeHours', round(hours, 1)) ORDER BY created_at) AS campaigns
       FROM (SELECT d.key AS workflow, v.number AS version, v.id AS "versionId", c.key, c.created_at,
                    extract(epoch FROM c.launched_at - c.created_at) / 3600 AS hours
               FROM campaign c JOIN definition_version v ON v.id = ${versionOn('c.launched_at')}
               JOIN definition d ON d.id = v.definition_id
              WHERE coalesce(c.launched_at, 'infinity') >= $1 AND coalesce(c.launched_at, 'infinity') < $2 AND ${RAN_HERE}) launched
      GROUP BY workflow, version, "versionId" ORDER BY workflow, version`,
    [start, end],
  );

/** Which workflows were pinned at a moment, and who had pinned them. */
export const pinsAt = (source: ReadSource, moment: Date): Promise<PastPin[]> =>
  source.query(
    `SELECT * FROM (
       SELECT DISTINCT ON (subject) split_part(subject, ' ', 2) AS workflow, (after->>'version')::int AS version, actor AS "pinnedBy",
              after->>'reason' AS reason, happened_at AS "pinnedAt"
         FROM audit_record WHERE action IN ('workflow.pin', 'workflow.unpin') AND happened_at < $1 ORDER BY subject, id DESC) last
      WHERE version IS NOT NULL`,
    [moment],
  );

/** Reviews that were completed, in the order in which they were. */
export const completedReviews = (source: ReadSource): Promise<KeptReview[]> =>
  source.query(
    `SELECT start_at AS start, end_at AS "end", completed_at AS "completedAt", actor, attendees, decisions, outcomes, snapshot_hash AS "snapshotHash"
       FROM quarterly_review ORDER BY completed_at`,
  );

export async function reviewSnapshot(source: ReadSource, start: Date): Promise<object | null> {
  const [row] = await source.query<{ snapshot: object }[]>(
    'SELECT snapshot FROM quarterly_review WHERE start_at = $1',
    [start],
  );
  return row?.snapshot ?? null;
}

/** Proposals that have come to the branch that is served, with the first commit that brought them. */
export const landedProposals = (source: ReadSource, branches: readonly string[]): Promise<Landed[]> =>
  source.query(
    `SELECT p.branch, g.sha AS "commitSha", g.committed_at AS "committedAt"
       FROM proposal p JOIN LATERAL (${COMMITS_OF_PROPOSAL} ORDER BY committed_at LIMIT 1) g ON true
      WHERE p.branch = ANY($1) ORDER BY p.branch, g.committed_at`,
    [branches],
  );
