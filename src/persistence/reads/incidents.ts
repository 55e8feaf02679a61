import type { DataSource } from 'typeorm';
import type { IncidentRecord } from '../../application/reads.js';

/** Incidents that people have reported, by campaign, oldest first. */
export const reportedIncidents = (
  source: DataSource,
  campaignIds: readonly string[],
): Promise<IncidentRecord[]> =>
  source.query(
    `SELECT campaign_id AS "campaignId", kind, subject, cause, description, happened_at AS "happenedAt", actor,
            recorded_at AS "recordedAt"
       FROM incident WHERE campaign_id = ANY($1) ORDER BY id`,
    [campaignIds],
  );

/** How long before a launch a change is a last-minute fix. */
const LATE_HOURS = 48;

/** Those campaigns in which an asset that had been given was given anew shortly before its channel went live (R81). */
export async function lateFixes(source: DataSource, campaignIds: readonly string[]): Promise<string[]> {
  const rows = await source.query<{ id: string }[]>(
    `SELECT DISTINCT a.campaign_id AS id
       FROM audit_record a
       JOIN campaign_asset s ON s.campaign_id = a.campaign_id AND s.key = a.subject
       JOIN campaign_channel c ON c.campaign_id = a.campaign_id AND c.channel = s.channel
      WHERE a.campaign_id = ANY($1) AND a.action = 'asset.add'
        AND a.happened_at > c.launched_at - interval '${LATE_HOURS} hours' AND a.happened_at <= c.launched_at
        AND EXISTS (SELECT 1 FROM audit_record b WHERE b.campaign_id = a.campaign_id AND b.action = 'asset.add'
                       AND b.subject = a.subject AND b.id < a.id)`,
    [campaignIds],
  );
  return rows.map(({ id }) => id);
}
