import pg from 'pg';

/** The record, its chain and where it was published; and the count of what was written. */
const RECORD = [
  ...['audit_record', 'audit_unsealed', 'audit_seal', 'audit_checkpoint', 'audit_publication', 'migrations'],
  'change_count',
];

/** What changes without a record, and why; docs/audit.md tells of it. */
const UNRECORDED = [
  // A log of its own; what a run brings has a record each.
  'INSERT sync_run',
  // How the branch of a proposal fares on the host; that it was proposed or turned down has a record.
  'UPDATE proposal',
  // When somebody last asked.
  ...['UPDATE brief_pull', 'UPDATE api_token'],
  // Drawn up from what has a record, to tell people of it.
  ...['INSERT alert', 'UPDATE alert', 'INSERT notification', 'INSERT notification_delivery'],
  // That it was sent, or what became of it; that somebody sent it again has a record.
  ...['UPDATE notification_delivery', 'INSERT notification_target', 'UPDATE notification_target'],
  // Made when it is first needed.
  'INSERT signing_key',
];

/** Nobody is to be known by them. */
const SURVEYS = ['INSERT survey_answer', 'UPDATE survey_answer'];

const INSTALL = `
  CREATE SCHEMA witness;
  CREATE UNLOGGED TABLE witness.write (xid xid8, happening text, PRIMARY KEY (xid, happening));
  CREATE UNLOGGED TABLE witness.record (xid xid8, action text, subject text);
  CREATE FUNCTION witness.see() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      IF current_setting('application_name') = 'weir' AND EXISTS (SELECT FROM rows) THEN
        INSERT INTO witness.write VALUES (pg_current_xact_id(), TG_OP || ' ' || TG_TABLE_NAME) ON CONFLICT DO NOTHING;
      END IF;
      RETURN NULL;
    END $$;
  CREATE FUNCTION witness.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      INSERT INTO witness.record SELECT pg_current_xact_id(), NEW.action, NEW.subject;
      RETURN NULL;
    END $$;
  CREATE TRIGGER witness AFTER INSERT ON audit_record FOR EACH ROW EXECUTE FUNCTION witness.note();`;

/** Has the database notice which transactions of the service change something, and which of them leave an audit record. */
export async function installWitness(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT relname AS name FROM pg_class
      WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> ALL($1)`,
    [RECORD],
  );
  const triggers = rows.flatMap(({ name }) =>
    (['INSERT', 'UPDATE', 'DELETE'] as const).map(
      (event) =>
        `CREATE TRIGGER witness_${event} AFTER ${event} ON "${name}"
           REFERENCING ${event === 'DELETE' ? 'OLD' : 'NEW'} TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION witness.see()`,
    ),
  );
  await client.query([INSTALL, ...triggers].join(';\n'));
  await client.end();
}

/** What changed without an audit record in the same transaction, and what was recorded twice in one. */
export async function unaccounted(
  query: (sql: string, values: unknown[]) => Promise<unknown[]>,
): Promise<string[]> {
  const found = (await query(
    `SELECT 'without an audit record: ' || string_agg(happening, ', ' ORDER BY happening) AS what FROM witness.write w
      WHERE NOT EXISTS (SELECT FROM witness.record r WHERE r.xid = w.xid)
      GROUP BY xid HAVING NOT bool_and(happening = ANY($1)) AND NOT bool_or(happening = ANY($2))
     UNION
     SELECT 'recorded ' || count(*) || ' times: ' || action || ' ' || subject FROM witness.record
      GROUP BY xid, action, subject HAVING count(*) > 1`,
    [UNRECORDED, SURVEYS],
  )) as { what: string }[];
  return found.map(({ what }) => what);
}
