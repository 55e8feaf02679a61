/** How many parts; a distributed PostgreSQL would put each of them on a node. */
export const PARTS = 4;

/** These have an order or a partition of their own. */
const APART = ['audit_record', 'audience', 'signal'];

/**
 * Lays every table of campaigns out by `campaign_id`, as a distributed PostgreSQL would: its key widened by that column where it lacks it,
 * and the rows in parts by its hash. @returns the names of the tables, and of those whose key had to be widened
 */
export async function layOutByCampaign(server) {
  const tables = await server.query(`SELECT c.relname AS name, EXISTS (
      SELECT 1 FROM pg_index x JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'campaign_id'
       WHERE x.indrelid = c.oid AND x.indisprimary AND NOT a.attnum = ANY (x.indkey::int2[])) AS "isWidened"
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'campaign_id'
   WHERE c.relkind = 'r' AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace
     AND c.relname <> ALL ('{${APART.join(',')}}') ORDER BY 1`);
  for (const { name } of tables) await server.query((await layOut(server, name)).join(';\n'));
  const names = (found) => found.map(({ name }) => name);
  return { tables: names(tables), widened: names(tables.filter(({ isWidened }) => isWidened)) };
}

async function layOut(server, name) {
  const former = `${name}_former`;
  const list = async (sql) => (await server.query(sql)).map(({ it }) => it);
  const columns = await list(`SELECT attname AS it FROM pg_attribute WHERE attrelid = '${name}'::regclass
    AND attnum > 0 AND NOT attisdropped AND attgenerated = '' ORDER BY attnum`);
  const indexes =
    await list(`SELECT pg_get_indexdef(indexrelid) AS it FROM pg_index WHERE indrelid = '${name}'::regclass
    AND NOT indisprimary`);
  const keys =
    await list(`SELECT a.attname AS it FROM pg_index x JOIN pg_attribute a ON a.attrelid = x.indrelid
    AND a.attnum = ANY (x.indkey::int2[]) WHERE x.indrelid = '${name}'::regclass AND x.indisprimary`);
  const others = await list(`SELECT pg_get_constraintdef(oid) AS it FROM pg_constraint
    WHERE conrelid = '${name}'::regclass AND contype = 'f'`);
  const triggers = await list(`SELECT pg_get_triggerdef(oid) AS it FROM pg_trigger
    WHERE tgrelid = '${name}'::regclass AND NOT tgisinternal`);
  const identities = await list(
    `SELECT attname AS it FROM pg_attribute WHERE attrelid = '${name}'::regclass AND attidentity <> ''`,
  );
  return [
    `ALTER TABLE ${name} RENAME TO ${former}`,
    `CREATE TABLE ${name} (LIKE ${former} INCLUDING DEFAULTS INCLUDING IDENTITY INCLUDING GENERATED INCLUDING CONSTRAINTS)
       PARTITION BY HASH (campaign_id)`,
    ...Array.from(
      { length: PARTS },
      (_, part) =>
        `CREATE TABLE ${name}_${part} PARTITION OF ${name} FOR VALUES WITH (MODULUS ${PARTS}, REMAINDER ${part})`,
    ),
    `INSERT INTO ${name} (${columns.join(', ')}) OVERRIDING SYSTEM VALUE SELECT ${columns.join(', ')} FROM ${former}`,
    `DROP TABLE ${former}`,
    ...(keys.length > 0
      ? [`ALTER TABLE ${name} ADD PRIMARY KEY (${[...new Set(['campaign_id', ...keys])].join(', ')})`]
      : []),
    ...indexes,
    ...others.map((each) => `ALTER TABLE ${name} ADD ${each}`),
    ...triggers,
    ...identities.map(
      (column) =>
        `SELECT setval(pg_get_serial_sequence('${name}', '${column}'), (SELECT coalesce(max(${column}), 1) FROM ${name}))`,
    ),
  ];
}
