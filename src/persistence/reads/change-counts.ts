import { getMetadataArgsStorage } from 'typeorm';
import type { ChangeCounts } from '../../application/reads.js';
import type { ReadSource } from '../read-source.js';

/** A database that was started anew may have been restored to an earlier moment, and then counts the same for something else. */
const QUESTION = `SELECT pg_postmaster_start_time()::text AS since, json_object_agg(topic, total ORDER BY topic) AS totals
  FROM (SELECT topic, sum(value)::text AS total FROM change_count GROUP BY topic) each`;

/** What each table has been changed by so far: two equal counts are of the same content. */
export async function changeCounts(source: ReadSource): Promise<ChangeCounts> {
  const [row] = await source.query<{ since: string; totals: Record<string, string> | null }[]>(QUESTION);
  const { since = '', totals } = row ?? {};
  return { since, tables: Object.keys(totals ?? {}), of: (table) => totals?.[table] ?? '' };
}

/** The same source, which tells what tables it is asked about. */
export function noting(
  source: ReadSource,
  tables: readonly string[],
  note: (table: string) => void,
): ReadSource {
  const known = new Set(tables);
  return {
    query: (sql, values) => {
      for (const table of tablesIn(sql, known)) note(table);
      return source.query(sql, values);
    },
    find: (row, options) => {
      const table = getMetadataArgsStorage().tables.find(({ target }) => target === row)?.name;
      if (table === undefined) throw new Error('only what has a table can be looked for');
      note(table);
      return source.find(row, options);
    },
  };
}

/** Whatever is named as a table is; one too many does no harm. */
const tablesIn = (sql: string, known: ReadonlySet<string>): string[] =>
  (sql.match(/\b[a-z_]+\b/g) ?? []).filter((word) => known.has(word));
