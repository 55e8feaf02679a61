/** Columns as the records call them. */
export const BRIEF_VERSION_COLUMNS =
  'campaign_id AS "campaignId", number, brief, actor, created_at AS "createdAt"';
export const BRIEF_PULL_COLUMNS =
  'campaign_id AS "campaignId", spoke, version, actor, first_at AS "firstAt", last_at AS "lastAt"';
