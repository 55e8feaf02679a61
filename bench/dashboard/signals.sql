-- Readings every five minutes of four signals, for each campaign of the newest era, with the sums of their hours and their batches.
CREATE TEMP TABLE measured AS
SELECT c.id AS campaign_id, s.name, s.place, date_trunc('hour', coalesce(t.launched_at, (SELECT now FROM moment) - interval '40 days')) AS since,
       size.signals / least(size.campaigns, 1000) / 4 AS readings
  FROM size, clone c JOIN campaign t ON t.id = c.id,
       unnest(ARRAY['email.open_rate', 'search.click_rate', 'search.cost_per_lead', 'web.conversion_rate']) WITH ORDINALITY AS s (name, place)
 WHERE c.era = 0;

DO $$
DECLARE month timestamptz; name text;
BEGIN
  FOR month IN SELECT generate_series(date_trunc('month', min(since)), max(since + make_interval(mins => 5 * readings)), '1 month') FROM measured LOOP
    name := to_char(month AT TIME ZONE 'UTC', '"signal_"YYYY_MM');
    IF to_regclass(name) IS NULL THEN
      EXECUTE format('CREATE TABLE %I (LIKE signal)', name);
    ELSE
      EXECUTE format('ALTER TABLE signal DETACH PARTITION %I', name);
      EXECUTE (SELECT coalesce(string_agg(format('DROP INDEX %s', indexrelid::regclass), '; '), 'SELECT') FROM pg_index WHERE indrelid = name::regclass);
    END IF;
    EXECUTE format($insert$
      INSERT INTO %I SELECT md5(m.campaign_id || m.name || k)::uuid, m.campaign_id, 1 + (m.campaign_id * 4 + m.place) * 1000 + k / 100,
        m.since + make_interval(mins => 5 * k), 0.2 + 0.1 * sin(k / 50.0 + m.place), 1000, m.since + make_interval(mins => 5 * (k / 100 + 1) * 100),
        m.name, 'r' || k, NULL
        FROM measured m, generate_series(0, m.readings - 1) k
       WHERE m.since < $2 AND m.since + make_interval(mins => 5 * m.readings) >= $1
         AND m.since + make_interval(mins => 5 * k) >= $1 AND m.since + make_interval(mins => 5 * k) < $2$insert$, name)
      USING month, month + interval '1 month';
    EXECUTE format('ALTER TABLE signal ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, month, month + interval '1 month');
    EXECUTE format('CREATE UNIQUE INDEX %I ON %I (id)', name || '_id', name);
  END LOOP;
END $$;

INSERT INTO signal_hour
SELECT m.campaign_id, m.name, m.since + make_interval(hours => k / 12), count(*), 0, sum(v), min(v), max(v), 1000 * count(*)
  FROM measured m, generate_series(0, m.readings - 1) k, LATERAL (SELECT 0.2 + 0.1 * sin(k / 50.0 + m.place) AS v) r
 GROUP BY m.campaign_id, m.name, m.since, k / 12;

INSERT INTO signal_batch (campaign_id, id, received_at, sent_by, signals, count, evaluated_at, watched_at)
SELECT m.campaign_id, 1 + (m.campaign_id * 4 + m.place) * 1000 + b, at, 'analytics@example.com', ARRAY[m.name],
       least(100, m.readings - 100 * b), at, at
  FROM measured m, generate_series(0, (m.readings - 1) / 100) b,
       LATERAL (SELECT m.since + make_interval(mins => 5 * (b + 1) * 100) AS at) t;
SELECT setval('signal_batch_id', max(id)) FROM signal_batch;
