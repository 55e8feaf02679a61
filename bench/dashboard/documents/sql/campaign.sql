SELECT json_build_object('campaign', json_build_object('key', c.key, 'name', c.name, 'status', c.status, 'risk', c.risk, 'createdAt', c.created_at,
  'plannedLaunchAt', c.planned_launch_at, 'launchedAt', c.launched_at, 'endedAt', c.ended_at,
  'channels', (SELECT coalesce(json_agg(json_build_object('channel', channel, 'status', status, 'plannedAt', planned_at, 'launchedAt', launched_at)), '[]')
                 FROM campaign_channel WHERE campaign_id = c.id),
  'steps', (SELECT coalesce(json_agg(json_build_object('key', key, 'status', status, 'round', round, 'startedAt', started_at, 'finishedAt', finished_at)), '[]')
              FROM campaign_step WHERE campaign_id = c.id),
  'gates', (SELECT coalesce(json_agg(json_build_object('key', key, 'status', status, 'evaluatedAt', evaluated_at)), '[]') FROM campaign_gate WHERE campaign_id = c.id),
  'handoffs', (SELECT coalesce(json_agg(json_build_object('key', key, 'acceptedAt', accepted_at, 'acceptedBy', accepted_by)), '[]')
                 FROM campaign_handoff WHERE campaign_id = c.id),
  'approvals', (SELECT coalesce(json_agg(json_build_object('step', step, 'decision', decision, 'role', role, 'actor', actor, 'decidedAt', decided_at) ORDER BY id), '[]')
                  FROM campaign_approval WHERE campaign_id = c.id)))::text AS answer
  FROM campaign c WHERE c.key = $1
