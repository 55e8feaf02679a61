SELECT json_build_object('history', json_agg(json_build_object('kind', h.kind, 'summary', h.summary, 'classification', h.classification,
  'commit', json_build_object('sha', g.sha, 'authoredAt', g.authored_at, 'authorName', g.author_name, 'pullRequest', g.pull_request),
  'workflow', json_build_object('key', d.key), 'fromVersion', json_build_object('number', f.number), 'toVersion', json_build_object('number', t.number))
  ORDER BY h.id DESC))::text AS answer
  FROM (SELECT h.* FROM definition_change h JOIN definition d ON d.id = h.definition_id
         WHERE d.kind = 'Workflow' AND h.kind = $2 AND h.classification = $3 ORDER BY h.id DESC LIMIT $1) h
  JOIN definition d ON d.id = h.definition_id JOIN git_commit g ON g.sha = h.commit_sha
  LEFT JOIN definition_version f ON f.id = h.from_version_id LEFT JOIN definition_version t ON t.id = h.to_version_id
