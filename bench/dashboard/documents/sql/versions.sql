SELECT json_build_object('workflow', json_build_object('key', d.key, 'versions', (
  SELECT json_agg(json_build_object('number', v.number, 'commit', json_build_object('sha', g.sha, 'message', g.message, 'authoredAt', g.authored_at,
           'authorName', g.author_name, 'pullRequest', g.pull_request)) ORDER BY v.id DESC)
    FROM (SELECT * FROM definition_version WHERE definition_id = d.id ORDER BY id DESC LIMIT 20) v JOIN git_commit g ON g.sha = v.commit_sha)))::text AS answer
  FROM definition d WHERE d.kind = 'Workflow' AND d.key = $1
