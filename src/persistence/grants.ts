import pg from 'pg';

/** What the service only ever adds to. */
const APPEND_ONLY = ['audit_record', 'audit_seal', 'audit_checkpoint', 'audit_publication'];

/**
 * Lets a role run the service that cannot change the audit record: it owns the rest, since the service makes partitions and jobs,
 * and may read and add to the record. Safe to run again, which is needed after each migration.
 * @param databaseUrl of the role that owns the schema
 */
export async function grantService(databaseUrl: string, role: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const name = client.escapeIdentifier(role);
    const { rows } = await client.query<{ relation: string; kind: string }>(
      `SELECT c.oid::regclass::text AS relation, c.relkind AS kind FROM pg_class c
        WHERE c.relnamespace IN ('public'::regnamespace, 'graphile_worker'::regnamespace) AND c.relkind IN ('r', 'p', 'v')
          AND NOT c.relname = ANY($1)`,
      [APPEND_ONLY],
    );
    await client.query(
      [
        'BEGIN',
        // Who owns the schema goes on to migrate what the role owns.
        `GRANT ${name} TO CURRENT_USER`,
        `GRANT USAGE, CREATE ON SCHEMA public, graphile_worker TO ${name}`,
        ...rows.map(
          ({ relation, kind }) => `ALTER ${kind === 'v' ? 'VIEW' : 'TABLE'} ${relation} OWNER TO ${name}`,
        ),
        `REVOKE ALL ON ${APPEND_ONLY.join(', ')} FROM ${name}`,
        `GRANT SELECT, INSERT ON ${APPEND_ONLY.join(', ')} TO ${name}`,
        'COMMIT',
      ].join(';\n'),
    );
  } finally {
    await client.end();
  }
}
