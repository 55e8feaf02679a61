import type { PilotCampaign } from '../../domain/workflow/promotion.js';
import type { Asked } from './asked.js';

/** Campaigns that have ended on versions of the workflows that were pilots, with the metrics that have a value. */
export const pilotCampaigns = (asked: Asked, workflows: readonly string[]): Promise<PilotCampaign[]> =>
  asked.query(
    `SELECT d.key AS workflow, c.key,
            ARRAY(SELECT m.metric FROM campaign_metric m WHERE m.campaign_id = c.id AND m.value IS NOT NULL) AS measured
       FROM definition d
       JOIN definition_version v ON v.definition_id = d.id AND v.meaning->>'status' = 'pilot'
       JOIN campaign c ON c.version_id = v.id AND c.status = 'ended'
      WHERE d.kind = 'Workflow' AND d.key = ANY($1) ORDER BY c.id`,
    [workflows],
  );
