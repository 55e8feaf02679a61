/** Columns as the records call them. */
export const ASSET_COLUMNS = `campaign_id AS "campaignId", key, channel, text, offer, segments, links,
  theme, planned_at AS "plannedAt", derived_from AS "derivedFrom", derived_revision AS "derivedRevision", revision,
  updated_at AS "updatedAt", flags, written_by AS "writtenBy"`;
export const AUDIENCE_COLUMNS = `id, campaign_id AS "campaignId", channel, size, updated_at AS "updatedAt"`;

const audience = (name: string): string =>
  `json_build_object('id', ${name}.id::text, 'channel', ${name}.channel, 'size', ${name}.size) AS ${name}`;
/** Every two audiences of a campaign that have both been given. */
export const OVERLAPS = `SELECT one.campaign_id AS "campaignId", o.shared, o.jaccard_error AS "jaccardError",
    ${audience('one')}, ${audience('other')}
  FROM audience_overlap o JOIN audience one ON one.id = o.one_id JOIN audience other ON other.id = o.other_id`;
