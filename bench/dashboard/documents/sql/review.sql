-- Without what is calculated of it: effects, predictions, and how a workflow stands.
WITH used AS (
  SELECT d.id AS definition_id, v.number AS version, count(*) FILTER (WHERE c.created_at >= $1) AS created,
         count(*) FILTER (WHERE c.launched_at >= $1 AND c.launched_at < $2) AS launched,
         count(*) FILTER (WHERE c.status = 'ended' AND c.ended_at < $2) AS ended,
         count(*) FILTER (WHERE c.status = 'cancelled' AND c.ended_at < $2) AS cancelled,
         count(*) FILTER (WHERE c.ended_at IS NULL OR c.ended_at >= $2) AS running
    FROM campaign c JOIN definition_version v ON v.id = c.version_id JOIN definition d ON d.id = v.definition_id
   WHERE c.created_at < $2 AND (c.ended_at IS NULL OR c.ended_at >= $1) AND NOT c.labels @> ARRAY['imported'] GROUP BY d.id, v.number),
launched AS (
  SELECT v.definition_id, v.number AS version, c.key, c.created_at, extract(epoch FROM c.launched_at - c.created_at) / 3600 AS hours
    FROM campaign c JOIN definition_version v ON v.id = c.version_id
   WHERE c.launched_at >= $1 AND c.launched_at < $2 AND NOT c.labels @> ARRAY['imported']),
led AS (
  SELECT definition_id, version, percentile_cont(0.5) WITHIN GROUP (ORDER BY hours)::float8 AS median_hours,
         json_agg(json_build_object('key', key, 'leadTimeHours', round(hours, 1)) ORDER BY created_at) AS campaigns
    FROM launched GROUP BY definition_id, version),
reviewed AS (
  SELECT d.id, d.key, f.number AS from_number, t.number AS to_number, f.id AS from_id, t.id AS to_id
    FROM definition d
    LEFT JOIN LATERAL (SELECT v.id, v.number FROM definition_change h LEFT JOIN definition_version v ON v.id = h.to_version_id
                        WHERE h.definition_id = d.id AND h.committed_at < $1 ORDER BY h.id DESC LIMIT 1) f ON true
    LEFT JOIN LATERAL (SELECT v.id, v.number FROM definition_change h LEFT JOIN definition_version v ON v.id = h.to_version_id
                        WHERE h.definition_id = d.id AND h.committed_at < $2 ORDER BY h.id DESC LIMIT 1) t ON true
   WHERE d.kind = 'Workflow' AND (f.id IS NOT NULL OR t.id IS NOT NULL OR EXISTS (
     SELECT FROM definition_change h WHERE h.definition_id = d.id AND h.committed_at >= $1 AND h.committed_at < $2)))
SELECT json_build_object('review', json_build_object('workflows', json_agg(json_build_object('workflow', json_build_object('key', r.key),
  'from', CASE WHEN r.from_id IS NOT NULL THEN json_build_object('number', r.from_number) END,
  'to', CASE WHEN r.to_id IS NOT NULL THEN json_build_object('number', r.to_number) END,
  'use', coalesce((SELECT json_agg(json_build_object('version', version, 'created', created, 'launched', launched, 'ended', ended,
            'cancelled', cancelled, 'running', running) ORDER BY version) FROM used WHERE definition_id = r.id), '[]'),
  'leadTimes', coalesce((SELECT json_agg(json_build_object('version', version, 'medianHours', median_hours, 'campaigns', campaigns) ORDER BY version)
            FROM led WHERE definition_id = r.id), '[]')) ORDER BY r.key)))::text AS answer
  FROM reviewed r
