import type { ReadSource } from '../read-source.js';
import type { MetricValue } from '../../application/reads.js';
import type { MetricName } from '../../domain/metrics/catalogue.js';
import { isOnVersion } from './campaign-conditions.js';
import { METRICS } from './campaign-statistics.js';
import { RAN_HERE } from './review.js';

/**
 * What metrics were in the newest campaigns on any version of each workflow, in that order. What was called off before its
 * launch counts for nothing, nor does what was imported and is older than its version, but for the first: it is what was there before.
 * @param until only campaigns that were created, and had their value, before it
 * @returns by workflow and metric, in the order given
 */
export async function metricValues(
  source: ReadSource,
  metrics: readonly MetricName[],
  definitionIds: readonly string[],
  limit: number,
  until: Date | null,
): Promise<MetricValue[][][]> {
  const rows = await source.query<{ metric: MetricName; definitionId: string; found: readonly Packed[] }[]>(
    metrics.map(valuesOf).join(' UNION ALL '),
    [definitionIds, limit, until],
  );
  const values = new Map(
    rows.map(({ metric, definitionId, found }) => [`${metric} ${definitionId}`, found.map(unpack)]),
  );
  return definitionIds.map((id) => metrics.map((name) => values.get(`${name} ${id}`) ?? []));
}

/** There are many: read as rows, they took a quarter of a review. */
type Packed = readonly [campaign: string, versionId: string, createdAtMs: number, value: number];

const unpack = ([campaign, versionId, createdAtMs, value]: Packed): MetricValue => ({
  ...{ campaign, versionId, value },
  createdAt: new Date(createdAtMs),
});

/** Its value is worked out once for each campaign. */
function valuesOf(metric: MetricName): string {
  const { value, at, join } = METRICS[metric];
  if (value === undefined) throw new Error(`'${metric}' counts campaigns, and has no value of one`);
  return `SELECT '${metric}' AS metric, parent.id AS "definitionId", (
    SELECT coalesce(json_agg(json_build_array(key, version_id::text, extract(epoch FROM created_at) * 1000, value)), '[]') FROM (
      SELECT c.key, c.version_id, c.created_at, m.value
        FROM campaign c JOIN definition_version v ON v.id = c.version_id ${join ?? ''}
        CROSS JOIN LATERAL (SELECT (${value})::float8 AS value OFFSET 0) m
       WHERE ${isOnVersion('WHERE v.definition_id = parent.id')} AND (c.status <> 'cancelled' OR c.launched_at IS NOT NULL)
         AND m.value IS NOT NULL
         AND (${RAN_HERE} OR v.number = 1 OR c.created_at >=
               (SELECT min(h.committed_at) FROM definition_change h WHERE h.to_version_id = v.id))
         AND ($3::timestamptz IS NULL OR c.created_at < $3 AND coalesce(${at}, c.created_at) < $3)
       ORDER BY c.created_at DESC, c.id DESC LIMIT $2) newest) AS found
    FROM unnest($1::bigint[]) AS parent (id)`;
}
