import type { ReadSource } from '../read-source.js';
import type { EndedIncidents, IncidentRecord, SuppressionRecord } from '../../application/reads.js';
import type { Asked } from './asked.js';

/** Incidents that people have reported, by campaign, oldest first. */
export const reportedIncidents = (asked: Asked, campaignIds: readonly string[]): Promise<IncidentRecord[]> =>
  asked.query(
    `SELECT campaign_id AS "campaignId", kind, subject, cause, description, happened_at AS "happenedAt", actor,
            recorded_at AS "recordedAt"
       FROM incident WHERE campaign_id = ANY($1) ORDER BY id`,
    [campaignIds],
  );

/** Times in which triggers were kept back, by campaign, oldest first. */
export const suppressions = (asked: Asked, campaignIds: readonly string[]): Promise<SuppressionRecord[]> =>
  asked.query(
    `SELECT campaign_id AS "campaignId", trigger, outcome, since, until
       FROM trigger_suppression WHERE campaign_id = ANY($1) ORDER BY since, trigger`,
    [campaignIds],
  );

/** How long before a launch a change is a last-minute fix. */
const LATE_HOURS = 48;

/** Those campaigns in which an asset that had been given was given anew shortly before its channel went live (R81). */
export async function lateFixes(source: ReadSource, campaignIds: readonly string[]): Promise<string[]> {
  const rows = await source.query<{ id: string }[]>(
    `SELECT id FROM unnest($1::bigint[]) AS each (id) WHERE ${hasLateFix('each.id')}`,
    [campaignIds],
  );
  return rows.map(({ id }) => id);
}

const hasLateFix = (campaign: string): string => `EXISTS (
  SELECT 1 FROM audit_record a
    JOIN campaign_asset s ON s.campaign_id = a.campaign_id AND s.key = a.subject
    JOIN campaign_channel c ON c.campaign_id = a.campaign_id AND c.channel = s.channel
   WHERE a.campaign_id = ${campaign} AND a.action = 'asset.add'
     AND a.happened_at > c.launched_at - interval '${LATE_HOURS} hours' AND a.happened_at <= c.launched_at
     AND EXISTS (SELECT 1 FROM audit_record b WHERE b.campaign_id = a.campaign_id AND b.action = 'asset.add'
                    AND b.subject = a.subject AND b.id < a.id))`;

/** More campaigns than end in a quarter. */
const MOST_ENDED = 20_000;

/** What was called off has no retrospective: it counts where somebody has reported something of it. */
export const endedIncidents = (source: ReadSource, from: Date, to: Date): Promise<EndedIncidents[]> =>
  source.query(
    `SELECT d.key AS workflow, k.key AS campaign, k.launched_at IS NOT NULL AS "isLaunched",
            ${hasLateFix('k.id')} AS "hasLateFix",
            coalesce(r.evidence->'incidents', '[]') || coalesce(
              (SELECT jsonb_agg(jsonb_build_object('kind', i.kind, 'subject', i.subject, 'cause', i.cause, 'delay', NULL) ORDER BY i.id)
                 FROM incident i WHERE i.campaign_id = k.id), '[]') AS incidents
       FROM campaign k LEFT JOIN retrospective r ON r.campaign_id = k.id JOIN definition_version v ON v.id = k.version_id
       JOIN definition d ON d.id = v.definition_id
      WHERE coalesce(k.ended_at, 'infinity') >= $1 AND coalesce(k.ended_at, 'infinity') < $2
        AND (jsonb_exists(r.evidence, 'incidents')
             OR k.status = 'cancelled' AND EXISTS (SELECT 1 FROM incident i WHERE i.campaign_id = k.id))
      ORDER BY coalesce(k.ended_at, 'infinity'), k.id LIMIT ${MOST_ENDED}`,
    [from, to],
  );
