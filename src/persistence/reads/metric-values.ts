import type { ReadSource } from '../read-source.js';
import type { MetricValue } from '../../application/reads.js';
import type { MetricName } from '../../domain/metrics/catalogue.js';
import { groupsBy } from '../../domain/groups.js';
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
  const rows = await source.query<(MetricValue & { metric: MetricName; definitionId: string })[]>(
    metrics.map(valuesOf).join(' UNION ALL '),
    [definitionIds, limit, until],
  );
  const groups = groupsBy(rows, ({ metric, definitionId }) => `${metric} ${definitionId}`);
  return definitionIds.map((id) =>
    metrics.map((name) =>
      (groups.get(`${name} ${id}`) ?? []).map(({ metric: _, definitionId: _of, ...row }) => row),
    ),
  );
}

/** Its value is worked out once for each campaign. */
function valuesOf(metric: MetricName): string {
  const { value, at, join } = METRICS[metric];
  if (value === undefined) throw new Error(`'${metric}' counts campaigns, and has no value of one`);
  return `SELECT '${metric}' AS metric, parent.id AS "definitionId", found.* FROM unnest($1::bigint[]) AS parent (id)
    CROSS JOIN LATERAL (
      SELECT c.key AS campaign, c.version_id AS "versionId", c.created_at AS "createdAt", m.value
        FROM campaign c JOIN definition_version v ON v.id = c.version_id ${join ?? ''}
        CROSS JOIN LATERAL (SELECT (${value})::float8 AS value OFFSET 0) m
       WHERE ${isOnVersion('WHERE v.definition_id = parent.id')} AND (c.status <> 'cancelled' OR c.launched_at IS NOT NULL)
         AND m.value IS NOT NULL
         AND (${RAN_HERE} OR v.number = 1 OR c.created_at >=
               (SELECT min(h.committed_at) FROM definition_change h WHERE h.to_version_id = v.id))
         AND ($3::timestamptz IS NULL OR c.created_at < $3 AND coalesce(${at}, c.created_at) < $3)
       ORDER BY c.created_at DESC, c.id DESC LIMIT $2
    ) found`;
}
