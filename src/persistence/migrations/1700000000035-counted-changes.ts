import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lets readers tell what has changed without reading it: a campaign has another `revision` after every change of it or of its parts,
 * and a table another sum in `change_count` after every transaction that changed it.
 *
 * The sum is of the ids of those transactions. Each adds a row of its own, so that nobody who writes waits for another one, and both
 * become visible with what the transaction has written, at the same moment.
 */
export class CountedChanges1700000000035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of UP) await runner.query(statement);
    for (const table of await tablesOf(runner)) {
      await runner.query(noteChanges(table));
      await runner.query('INSERT INTO change_count VALUES ($1, 0, 0)', [table]);
    }
    for (const part of PARTS) await runner.query(afterEach(`campaign_${part}`, 'note_part'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION note_change, note_rows, note_part, next_revision CASCADE');
    await runner.query('DROP TABLE change_count');
    await runner.query('ALTER TABLE campaign DROP COLUMN revision');
  }
}

/** What a campaign is shown with. */
const PARTS = ['step', 'gate', 'handoff', 'channel', 'return', 'approval', 'reopening'];
/** No question of the API reads them. */
const UNREAD = [
  'weir_migration',
  'change_count',
  'audit_unsealed',
  'webhook_delivery',
  'notification_target',
];
/** So many rows come to these that none is looked at: every statement counts. */
const BULK = ['signal', 'signal_hour', 'audience_member'];

const UP = [
  'ALTER TABLE campaign ADD COLUMN revision bigint NOT NULL DEFAULT 0',
  // Those that have ended are added up in the row of transaction 0, which every table that is counted has.
  'CREATE TABLE change_count (topic text, xid bigint, value numeric NOT NULL, PRIMARY KEY (topic, xid))',
  `CREATE FUNCTION next_revision() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      NEW.revision := OLD.revision + 1;
      RETURN NEW;
    END $$`,
  'CREATE TRIGGER next_revision BEFORE UPDATE ON campaign FOR EACH ROW EXECUTE FUNCTION next_revision()',
  `CREATE FUNCTION note_change() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    DECLARE
      xid bigint := pg_current_xact_id()::text;
    BEGIN
      INSERT INTO change_count VALUES (TG_TABLE_NAME, xid, xid) ON CONFLICT DO NOTHING;
      RETURN NULL;
    END $$`,
  // A statement that has found no row has changed nothing.
  `CREATE FUNCTION note_rows() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    DECLARE
      xid bigint;
    BEGIN
      IF EXISTS (SELECT FROM rows) THEN
        xid := pg_current_xact_id()::text;
        INSERT INTO change_count VALUES (TG_TABLE_NAME, xid, xid) ON CONFLICT DO NOTHING;
      END IF;
      RETURN NULL;
    END $$`,
  `CREATE FUNCTION note_part() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
    BEGIN
      UPDATE campaign SET revision = revision WHERE id IN (SELECT campaign_id FROM rows);
      RETURN NULL;
    END $$`,
];

const noteChanges = (table: string): string =>
  BULK.includes(table)
    ? `CREATE TRIGGER note_change AFTER INSERT OR UPDATE OR DELETE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION note_change()`
    : afterEach(table, 'note_rows');

const afterEach = (table: string, call: string): string =>
  (['INSERT', 'UPDATE', 'DELETE'] as const)
    .map(
      (event) => `CREATE TRIGGER ${call}_of_${event.toLowerCase()} AFTER ${event} ON ${table}
        REFERENCING ${event === 'DELETE' ? 'OLD' : 'NEW'} TABLE AS rows FOR EACH STATEMENT EXECUTE FUNCTION ${call}()`,
    )
    .join(';');

async function tablesOf(runner: QueryRunner): Promise<string[]> {
  const rows = (await runner.query(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace
        AND relkind IN ('r', 'p') AND NOT relispartition AND relname <> ALL($1) ORDER BY relname`,
    [UNREAD],
  )) as { name: string }[];
  return rows.map(({ name }) => name);
}
