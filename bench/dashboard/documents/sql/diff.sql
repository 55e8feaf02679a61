-- What differs between a version and the next is written down when it is taken over.
SELECT json_build_object('workflowDiff', json_build_object('classification', h.classification, 'changes', (
  SELECT json_agg(json_build_object('path', change->'path', 'summary', change->'summary', 'classification', change->'classification') ORDER BY place)
    FROM jsonb_array_elements(h.changes) WITH ORDINALITY AS c (change, place))))::text AS answer
  FROM definition d JOIN definition_version v ON v.definition_id = d.id AND v.number = $2
  JOIN definition_change h ON h.definition_id = d.id AND h.to_version_id = v.id AND h.kind = 'modified'
 WHERE d.kind = 'Workflow' AND d.key = $1
