import type { ReadSource } from '../read-source.js';
import type {
  CampaignFilter,
  CampaignStats,
  MetricLine,
  MetricPoint,
  SeriesRequest,
} from '../../application/reads.js';
import { groupsBy } from '../../domain/groups.js';
import type { CampaignGroupField } from '../../domain/campaign/statistics.js';
import { LEAST_ANSWERS, type MetricName } from '../../domain/metrics/catalogue.js';
import { campaignConditions } from './campaign-conditions.js';

/** Campaigns with the version and the definition they are pinned to. */
const CAMPAIGNS = `campaign c JOIN definition_version v ON v.id = c.version_id
  JOIN definition d ON d.id = v.definition_id`;

/** Groups of one answer; the largest are kept. A chart with more lines cannot be read. */
const MAX_GROUPS = 50;

/** What the campaigns of a group share, and what has to be joined to tell. */
const GROUPS: Readonly<Record<CampaignGroupField, { expression: string; join?: string }>> = {
  workflow: { expression: 'd.key' },
  'workflow-version': { expression: "d.key || ' v' || v.number" },
  status: { expression: 'upper(c.status)' },
  risk: { expression: 'upper(c.risk)' },
  type: { expression: 'c.type' },
  label: { expression: 'label.name', join: 'CROSS JOIN LATERAL unnest(c.labels) AS label(name)' },
  channel: {
    expression: 'channel.channel',
    join: 'JOIN campaign_channel channel ON channel.campaign_id = c.id',
  },
};

const hours = (from: string, to: string): string => `extract(epoch FROM ${to} - ${from})::float8 / 3600`;
const LEAD_TIME_HOURS = hours('c.created_at', 'c.launched_at');

export async function campaignStats(
  source: ReadSource,
  groupBy: readonly CampaignGroupField[],
  filter: CampaignFilter,
  now: Date,
): Promise<CampaignStats[]> {
  const groups = groupBy.map((field) => GROUPS[field]);
  const keys = groups.map((group) => group.expression);
  const where = campaignConditions(filter, now);
  return source.query<CampaignStats[]>(
    `SELECT ARRAY[${keys.join(', ')}]::text[] AS values,
            count(*)::int AS campaigns,
            (count(*) FILTER (WHERE c.status = 'running'))::int AS running,
            (count(*) FILTER (WHERE c.status = 'ended'))::int AS ended,
            (count(*) FILTER (WHERE c.status = 'cancelled'))::int AS cancelled,
            count(c.launched_at)::int AS launched,
            (count(*) FILTER (WHERE c.status = 'running' AND c.launched_at IS NULL AND c.planned_launch_at < $1))::int
              AS overdue,
            avg(${LEAD_TIME_HOURS}) AS "leadTimeHoursMean",
            percentile_cont(0.5) WITHIN GROUP (ORDER BY ${LEAD_TIME_HOURS}) AS "leadTimeHoursP50",
            percentile_cont(0.8) WITHIN GROUP (ORDER BY ${LEAD_TIME_HOURS}) AS "leadTimeHoursP80",
            sum(c.budget)::float8 AS budget
       FROM ${CAMPAIGNS} ${groups.map((group) => group.join ?? '').join(' ')}
      WHERE ${where.toString()}
      GROUP BY ${keys.length === 0 ? '()' : keys.join(', ')}
      ORDER BY count(*) DESC, 1
      LIMIT ${MAX_GROUPS}`,
    where.values,
  );
}

/** When a campaign counts for a metric, and what it counts for; a metric without a value counts campaigns. */
export const METRICS: Readonly<Record<MetricName, { at: string; value?: string; join?: string }>> = {
  'campaigns-created': { at: 'c.created_at' },
  'campaigns-launched': { at: 'c.launched_at' },
  'campaigns-ended': { at: "CASE c.status WHEN 'ended' THEN c.ended_at END" },
  'time-to-launch': { at: 'c.launched_at', value: LEAD_TIME_HOURS },
  duration: {
    at: "CASE c.status WHEN 'ended' THEN c.ended_at END",
    value: `CASE c.status WHEN 'ended' THEN ${hours('c.created_at', 'c.ended_at')} END`,
  },
  'launch-delay': {
    at: 'c.launched_at',
    value: `(SELECT ${hours('first.planned_at', 'first.launched_at')} FROM campaign_channel first
      WHERE first.campaign_id = c.id AND first.launched_at IS NOT NULL ORDER BY first.launched_at, first.channel LIMIT 1)`,
  },
  'rework-rounds': ofRetrospective('reworkRounds'),
  'gates-failed': ofRetrospective('gatesFailed'),
  incidents: {
    ...ofRetrospective('incidents'),
    value: `jsonb_array_length(r.evidence->'incidents') + (SELECT count(*) FROM incident i WHERE i.campaign_id = c.id)`,
  },
  'message-consistency': measured('message-consistency'),
  'brief-drift': measured('brief-drift'),
  'tone-consistency': measured('tone-consistency'),
  'keyword-coverage': measured('keyword-coverage'),
  'key-message-coverage': measured('key-message-coverage'),
  'timing-spread': measured('timing-spread'),
  'audience-overlap': measured('audience-overlap'),
  'late-handoffs': measured('late-handoffs'),
  // Of the hours: readings themselves are dropped after some months.
  roi: {
    at: 'c.launched_at',
    value: `(SELECT s.sum / (s.count - s.missing) FROM signal_hour s
      WHERE s.campaign_id = c.id AND s.signal = 'roi' AND s.count > s.missing ORDER BY s.hour DESC LIMIT 1)`,
  },
  satisfaction: {
    at: 'c.ended_at',
    value: `coalesce(
      (SELECT avg(a.score)::float8 FROM survey_answer a WHERE a.campaign_id = c.id HAVING count(*) >= ${LEAST_ANSWERS}),
      (SELECT sum(s.sum) / sum(s.count - s.missing) FROM signal_hour s
        WHERE s.campaign_id = c.id AND s.signal = 'satisfaction' AND s.count > s.missing
        HAVING sum(s.samples) >= ${LEAST_ANSWERS}))`,
  },
};

function ofRetrospective(name: string): { at: string; value: string; join: string } {
  return {
    at: 'r.created_at',
    value: `(r.evidence->>'${name}')::float8`,
    join: 'JOIN retrospective r ON r.campaign_id = c.id',
  };
}

function measured(name: MetricName): { at: string; value: string; join: string } {
  return {
    at: 'm.measured_at',
    value: 'm.value',
    join: `JOIN campaign_metric m ON m.campaign_id = c.id AND m.metric = '${name}'`,
  };
}

/** A metric over time: every bucket of the period for each group, those without campaigns too. */
export async function metricSeries(source: ReadSource, request: SeriesRequest): Promise<MetricLine[]> {
  const { bucket, timezone, from, to, groupBy, filter } = request;
  const metric = METRICS[request.metric];
  const group = groupBy === null ? { expression: 'NULL' } : GROUPS[groupBy];
  const where = campaignConditions(filter, from, to, bucket, timezone);
  const measured =
    metric.value === undefined
      ? `count(event.at)::float8 AS value, NULL::float8 AS mean, NULL::float8 AS p80`
      : `percentile_cont(0.5) WITHIN GROUP (ORDER BY event.value) AS value, avg(event.value) AS mean,
         percentile_cont(0.8) WITHIN GROUP (ORDER BY event.value) AS p80`;
  const rows = await source.query<(MetricPoint & { line: string | null })[]>(
    `WITH event AS (
       SELECT (${group.expression})::text AS line, ${metric.at} AS at, ${metric.value ?? '0'} AS value
         FROM ${CAMPAIGNS} ${group.join ?? ''} ${metric.join ?? ''}
        WHERE ${where.toString()} AND ${metric.at} >= $1 AND ${metric.at} < $2
          AND ${metric.value ?? '0'} IS NOT NULL
     ), line AS (
       SELECT line, count(*) FROM event GROUP BY line ORDER BY count(*) DESC, line LIMIT ${MAX_GROUPS}
     ), bucket AS (
       SELECT start AT TIME ZONE $4 AS start, (start + step) AT TIME ZONE $4 AS end
         FROM (SELECT CASE $3 WHEN 'quarter' THEN interval '3 months' ELSE ('1 ' || $3)::interval END AS step) length,
              generate_series(date_trunc($3, $1::timestamptz AT TIME ZONE $4),
                              ($2::timestamptz AT TIME ZONE $4) - interval '1 microsecond', step) AS start
     )
     SELECT line.line, bucket.start, bucket.end, count(event.at)::int AS campaigns, ${measured}
       FROM ${groupBy === null ? '(SELECT NULL::text AS line) line' : 'line'} CROSS JOIN bucket
       LEFT JOIN event ON event.line IS NOT DISTINCT FROM line.line
                      AND event.at >= bucket.start AND event.at < bucket.end
      GROUP BY line.line, bucket.start, bucket.end
      ORDER BY line.line, bucket.start`,
    where.values,
  );
  return [...groupsBy(rows, ({ line }) => line)].map(([group, points]) => ({ group, points }));
}
