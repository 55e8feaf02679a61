SELECT json_build_object('campaigns', json_agg(campaign))::text AS answer FROM (
  SELECT json_build_object('key', c.key, 'name', c.name, 'status', c.status, 'risk', c.risk, 'plannedLaunchAt', c.planned_launch_at,
    'workflowVersion', json_build_object('number', v.number, 'workflow', json_build_object('key', d.key)),
    'steps', (SELECT coalesce(json_agg(json_build_object('key', key, 'status', status, 'round', round, 'startedAt', started_at, 'finishedAt', finished_at)), '[]')
                FROM campaign_step WHERE campaign_id = c.id),
    'gates', (SELECT coalesce(json_agg(json_build_object('key', key, 'status', status, 'evaluatedAt', evaluated_at)), '[]') FROM campaign_gate WHERE campaign_id = c.id),
    'metrics', (SELECT coalesce(json_agg(json_build_object('name', metric, 'value', value, 'measuredAt', measured_at)), '[]') FROM campaign_metric WHERE campaign_id = c.id)
  ) AS campaign
    FROM (SELECT * FROM campaign ORDER BY coalesce(planned_launch_at, 'infinity') DESC, id DESC LIMIT $1) c
    JOIN definition_version v ON v.id = c.version_id JOIN definition d ON d.id = v.definition_id
   ORDER BY coalesce(c.planned_launch_at, 'infinity') DESC, c.id DESC) page
