-- Multiplies what the example has played: its workflows to copies of 20 versions each, its campaigns to as many as are wanted.
-- Everything keeps its shape and its order in time. Given before, as temporary tables:
--   size (campaigns, copies, copies_an_era, signals, former)
--   variant (definition_id, n, base_id, meaning, classification, changes, summary): 20 versions for each workflow
-- An era is so long ago as its number says; what was served then is retired, and its campaigns have ended.

CREATE TEMP TABLE moment AS SELECT date_trunc('hour', now()) AS now, interval '245 days' AS era_length;

CREATE TEMP TABLE original AS
SELECT d.*, row_number() OVER (ORDER BY d.id) - 1 AS place, count(*) OVER () AS originals
  FROM definition d WHERE d.kind = 'Workflow';

-- Versions of one definition come into force evenly between the commits that their originals came from.
CREATE TEMP TABLE variant_at AS
SELECT v.*, b.number AS base_number,
       date_trunc('second', b.at + (b.until - b.at) * (row_number() OVER same - 1) / count(*) OVER (PARTITION BY v.base_id)) AS at,
       b.at AS base_at
  FROM variant v
  JOIN (SELECT o.id, o.number, g.committed_at AS at,
               coalesce(lead(g.committed_at) OVER (PARTITION BY o.definition_id ORDER BY o.number),
                        d.retired_at - interval '1 day', (SELECT now FROM moment) - interval '10 days') AS until
          FROM definition_version o JOIN definition d ON d.id = o.definition_id
          JOIN git_commit g ON g.sha = o.commit_sha) b ON b.id = v.base_id
WINDOW same AS (PARTITION BY v.base_id ORDER BY v.n);

CREATE TEMP TABLE copy AS
SELECT i, (SELECT max(id) FROM definition) + i AS id, o.id AS of, era,
       o.key || '-' || lpad(i::text, 3, '0') AS key, regexp_replace(o.file, '\.yaml$', '-' || lpad(i::text, 3, '0') || '.yaml') AS file,
       o.meaning_name || ' ' || i AS name, era * moment.era_length AS earlier,
       CASE WHEN o.retired_at IS NOT NULL OR era > 0
         THEN coalesce(o.retired_at, moment.now - interval '1 day') - era * moment.era_length END AS retired_at
  FROM size, moment, generate_series(1, size.copies) i,
       LATERAL (SELECT (i - 1) / size.copies_an_era AS era) e,
       LATERAL (SELECT o.*, (SELECT v.meaning->>'name' FROM definition_version v WHERE v.id = o.served_version_id) AS meaning_name
                  FROM original o WHERE o.place = (i - 1) % o.originals) o;

CREATE TEMP TABLE copy_version AS
SELECT row_number() OVER (ORDER BY v.at - c.earlier, c.i, v.n) AS place, c.i, c.id AS definition_id, c.of, c.era, c.key, c.file, v.n,
       v.base_id, v.base_number, v.at - c.earlier AS at, v.classification, v.changes, v.summary,
       jsonb_set(jsonb_set(v.meaning, '{key}', to_jsonb(c.key)), '{name}', to_jsonb(c.name)) AS meaning
  FROM copy c JOIN variant_at v ON v.definition_id = c.of;
ALTER TABLE copy_version ADD COLUMN id bigint, ADD COLUMN sha text;
UPDATE copy_version SET id = (SELECT max(id) FROM definition_version) + place,
  sha = left(encode(sha256(convert_to(key || '@' || n, 'UTF8')), 'hex'), 40);
CREATE INDEX ON copy_version (of, base_id, era);

INSERT INTO git_commit (sha, position, author_name, author_email, authored_at, committed_at, message, pull_request, signature, merged_author)
OVERRIDING SYSTEM VALUE
SELECT c.sha, (SELECT max(position) FROM git_commit) + c.place, g.author_name, g.author_email, c.at, c.at,
       CASE WHEN c.n = 1 THEN 'Write down ' || c.key ELSE 'Change ' || c.key || E'\n\n' || c.summary END,
       CASE WHEN c.place % 3 = 0 THEN c.place END, g.signature, g.merged_author
  FROM copy_version c JOIN definition_version b ON b.id = c.base_id JOIN git_commit g ON g.sha = b.commit_sha ORDER BY c.place;

INSERT INTO definition (id, kind, key, file, retired_at) OVERRIDING SYSTEM VALUE
SELECT id, 'Workflow', key, file, retired_at FROM copy ORDER BY id;

INSERT INTO definition_version (id, definition_id, number, hash, meaning, source, file, commit_sha) OVERRIDING SYSTEM VALUE
SELECT c.id, c.definition_id, c.n, encode(sha256(convert_to(c.meaning::text, 'UTF8')), 'hex'), c.meaning, b.source, c.file, c.sha
  FROM copy_version c JOIN definition_version b ON b.id = c.base_id ORDER BY c.id;

UPDATE definition d SET served_version_id = c.id FROM copy_version c WHERE c.definition_id = d.id AND c.n = 20;

CREATE TEMP TABLE copy_change AS
SELECT c.at, c.definition_id, CASE WHEN c.n = 1 THEN 'added' ELSE 'modified' END AS kind,
       CASE WHEN c.n > 1 THEN p.id END AS from_version_id, c.id AS to_version_id, c.file, c.sha, c.key, c.n,
       CASE WHEN c.n = 1 THEN 'none' ELSE c.classification END AS classification,
       CASE WHEN c.n = 1 THEN 'Workflow ''' || c.key || ''' added' ELSE c.summary END AS summary,
       CASE WHEN c.n = 1 THEN '[]'::jsonb ELSE c.changes END AS changes
  FROM copy_version c LEFT JOIN copy_version p ON p.i = c.i AND p.n = c.n - 1
UNION ALL
SELECT c.retired_at, c.id, 'retired', v.id, NULL, c.file, v.sha, c.key, 20, 'compatible', 'Workflow ''' || c.key || ''' retired', '[]'
  FROM copy c JOIN copy_version v ON v.i = c.i AND v.n = 20 WHERE c.retired_at IS NOT NULL;

INSERT INTO definition_change (definition_id, kind, from_version_id, to_version_id, file, commit_sha, committed_at, classification, summary, changes)
SELECT definition_id, kind, from_version_id, to_version_id, file, sha, at, classification, summary, changes
  FROM copy_change ORDER BY at, definition_id, n;

-- Campaigns that have ended come a few days later than their originals, so that they spread; those that run began a little earlier.
CREATE TEMP TABLE template AS
SELECT c.*, v.definition_id, row_number() OVER (ORDER BY c.id) - 1 AS place, count(*) OVER () AS templates
  FROM campaign c JOIN definition_version v ON v.id = c.version_id;
CREATE TEMP TABLE ended_template AS
SELECT t.*, row_number() OVER (ORDER BY t.id) - 1 AS ended_place, count(*) OVER () AS ended_templates FROM template t WHERE t.status <> 'running';

CREATE TEMP TABLE clone AS
SELECT j, (SELECT max(id) FROM campaign) + j AS id, t.id AS of, t.version_id AS of_version, t.definition_id, e.era,
       t.key || '-' || lpad(j::text, 5, '0') AS key, t.name || ' ' || j AS name, t.created_at, t.status,
       e.era * moment.era_length + CASE WHEN t.status = 'running' THEN make_interval(mins => j % 60, secs => j % 1000) ELSE make_interval(days => -(j % 5), secs => -(j % 1000)) END AS earlier
  FROM size, moment, generate_series(1, size.campaigns) j,
       LATERAL (SELECT (j - 1) / 1000 AS era) e,
       LATERAL (SELECT t.id, t.version_id, t.definition_id, t.key, t.name, t.created_at, t.status FROM template t
                 WHERE e.era = 0 AND t.place = (j - 1) % t.templates
                UNION ALL SELECT t.id, t.version_id, t.definition_id, t.key, t.name, t.created_at, t.status FROM ended_template t
                 WHERE e.era > 0 AND t.ended_place = (j - 1) % t.ended_templates) t;
CREATE TEMP TABLE era_copy AS
SELECT of, era, array_agg(i ORDER BY i) AS copies FROM copy GROUP BY of, era;
ALTER TABLE clone ADD COLUMN version_id bigint, ADD COLUMN workflow text, ADD COLUMN number int;
UPDATE clone c SET version_id = v.id, workflow = v.key, number = v.n
  FROM (SELECT DISTINCT ON (c.j) c.j, v.id, v.key, v.n
          FROM clone c JOIN era_copy e ON e.of = c.definition_id AND e.era = c.era
          JOIN copy_version v ON v.i = e.copies[1 + c.j % cardinality(e.copies)] AND v.base_id = c.of_version
         ORDER BY c.j, v.at > c.created_at - c.earlier, CASE WHEN v.at > c.created_at - c.earlier THEN -v.n ELSE v.n END DESC) v
 WHERE v.j = c.j;
CREATE INDEX ON clone (of);

INSERT INTO campaign (id, key, name, version_id, policy_version_id, taxonomy_version_id, status, type, risk, budget, labels, flags, brief,
  planned_launch_at, created_at, launched_at, ended_at, cancelled_because, waived, brief_authors, brief_version, former_launches)
OVERRIDING SYSTEM VALUE
SELECT c.id, c.key, c.name, c.version_id, t.policy_version_id, t.taxonomy_version_id, t.status, t.type, t.risk, t.budget, t.labels, t.flags,
       t.brief, t.planned_launch_at - c.earlier, t.created_at - c.earlier, t.launched_at - c.earlier, t.ended_at - c.earlier,
       t.cancelled_because, t.waived, t.brief_authors, t.brief_version, t.former_launches
  FROM clone c JOIN template t ON t.id = c.of ORDER BY t.created_at - c.earlier, c.id;

-- The parts of campaigns: each column as it is, but for the campaign, the version and the time.
DO $$
DECLARE part record;
BEGIN
  FOR part IN
    SELECT table_name AS name,
           string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns,
           string_agg(CASE WHEN column_name = 'campaign_id' THEN 'c.id'
                           WHEN column_name = 'version_id' THEN 'CASE WHEN p.version_id IS NOT NULL THEN c.version_id END'
                           WHEN data_type = 'timestamp with time zone' THEN 'p.' || quote_ident(column_name) || ' - c.earlier'
                           ELSE 'p.' || quote_ident(column_name) END, ', ' ORDER BY ordinal_position) AS given,
           bool_or(is_identity = 'YES') AS numbered
      FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name IN ('brief_version', 'campaign_approval', 'campaign_asset', 'campaign_channel',
             'campaign_gate', 'campaign_handoff', 'campaign_metric', 'campaign_request', 'campaign_step', 'campaign_turn', 'retrospective')
       AND is_identity = 'NO'
     GROUP BY table_name
  LOOP
    EXECUTE format('INSERT INTO %I (%s) SELECT %s FROM clone c JOIN %I p ON p.campaign_id = c.of ORDER BY c.id',
                   part.name, part.columns, part.given, part.name);
  END LOOP;
END $$;

-- Steps of versions that campaigns of older eras were once moved on from.
INSERT INTO campaign_step (campaign_id, key, status, round, started_at, finished_at, finished_by)
SELECT c.id, 'former-' || k, 'done', 0, c.created_at - c.earlier, c.created_at - c.earlier + interval '1 hour', 'marketing-ops@example.com'
  FROM size, clone c, generate_series(1, size.former) k WHERE c.era > 0 ORDER BY c.id, k;

-- What somebody had to be told of, and what has been dealt with since.
INSERT INTO alert (kind, subject, message, campaign, raised_at, resolved_at)
SELECT kind, c.key || ' ' || kind, 'Nobody has answered in time', c.key, c.created_at - c.earlier + interval '2 days', c.created_at - c.earlier + interval '3 days'
  FROM clone c, unnest(ARRAY['answer-overdue', 'signal-unusual', 'trigger-fired']) kind ORDER BY c.created_at - c.earlier, c.id, kind;

INSERT INTO audit_record (happened_at, actor, roles, action, subject, campaign_id, version_id, commit_sha, before, after, origin)
SELECT * FROM (
  SELECT a.happened_at - c.earlier AS at, a.actor, a.roles, a.action, CASE WHEN a.subject = t.key THEN c.key ELSE a.subject END,
         c.id, CASE WHEN a.version_id IS NOT NULL THEN c.version_id END, a.commit_sha, a.before,
         CASE WHEN a.action = 'campaign.create' THEN a.after || jsonb_build_object('workflow', c.workflow, 'version', c.number) ELSE a.after END,
         a.origin
    FROM clone c JOIN template t ON t.id = c.of JOIN audit_record a ON a.campaign_id = c.of
  UNION ALL
  SELECT h.at, 'marketing-ops@example.com', '{local}', 'definition.' || h.kind, 'Workflow ' || h.key, NULL, coalesce(h.to_version_id, h.from_version_id),
         h.sha, NULL, jsonb_build_object('version', h.n), NULL
    FROM copy_change h) a
 ORDER BY a.at;

SELECT setval(pg_get_serial_sequence('campaign', 'id'), max(id)) FROM campaign;
SELECT setval(pg_get_serial_sequence('definition', 'id'), max(id)) FROM definition;
SELECT setval(pg_get_serial_sequence('definition_version', 'id'), max(id)) FROM definition_version;
SELECT setval(pg_get_serial_sequence('git_commit', 'position'), max(position)) FROM git_commit;
