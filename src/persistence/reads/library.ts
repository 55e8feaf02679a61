import type { ReadSource } from '../read-source.js';
import type { TypeUse } from '../../domain/learning/library.js';
import type { Library } from '../../domain/workflow/document.js';

export async function servedLibraries(source: ReadSource): Promise<Library[]> {
  const rows = await source.query<{ meaning: Library }[]>(
    `SELECT v.meaning FROM definition d JOIN definition_version v ON v.id = d.served_version_id
      WHERE d.kind = 'Library' AND d.retired_at IS NULL ORDER BY d.id`,
  );
  return rows.map(({ meaning }) => meaning);
}

const HOURS = 'extract(epoch FROM c.launched_at - c.created_at) / 3600';
const percentile = (share: number): string =>
  `(percentile_cont(${share}) WITHIN GROUP (ORDER BY ${HOURS}) FILTER (WHERE c.launched_at IS NOT NULL))::float8`;

/** How campaigns of each type fared on each workflow. */
export const typeUse = (source: ReadSource): Promise<TypeUse[]> =>
  source.query(
    `SELECT c.type AS "campaignType", d.key AS workflow, count(*)::int AS campaigns,
            (count(*) FILTER (WHERE c.status = 'running'))::int AS running,
            (count(*) FILTER (WHERE c.launched_at IS NOT NULL))::int AS launched,
            ${percentile(0.25)} AS "leadTimeHoursP25", ${percentile(0.5)} AS "leadTimeHoursP50",
            ${percentile(0.75)} AS "leadTimeHoursP75"
       FROM campaign c JOIN definition_version v ON v.id = c.version_id JOIN definition d ON d.id = v.definition_id
      WHERE c.status <> 'cancelled' GROUP BY c.type, d.key ORDER BY c.type, d.key`,
  );
