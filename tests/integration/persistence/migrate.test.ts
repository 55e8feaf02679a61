import pg from 'pg';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../../src/persistence/data-source.js';
import { migrate } from '../../../src/persistence/migrate.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { until } from '../../support/until.js';

/** The migration that begins the chain, which changes a table that is in use, and those after it. */
const SINCE_CHAIN = 7;
async function undoChain(source: DataSource): Promise<void> {
  for (let each = 0; each < SINCE_CHAIN; each++) await source.undoLastMigration();
}

describe('a migration of a database in use', () => {
  let database: TestDatabase;
  const clients: pg.Client[] = [];
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client(database.url);
    await client.connect();
    clients.push(client);
    return client;
  };
  const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
                      AND wait_event <> 'advisory'`;

  beforeAll(async () => {
    database = await createTestDatabase();
    const source = await createDataSource(database.url).initialize();
    await undoChain(source);
    await source.destroy();
  }, 60_000);
  afterAll(async () => {
    for (const client of clients) await client.end();
    await database.drop();
  });

  it('waits for who works on a table, in turns with those who come after, and is done once', async () => {
    const [worker, other, watcher] = [await connect(), await connect(), await connect()];
    await worker.query('BEGIN');
    await worker.query('SELECT count(*) FROM audit_record');
    const [one, another] = [migrate(database.url), migrate(database.url)];
    // It stands in the way of everybody who comes now, but not for long, however often it tries.
    for (let each = 0; each < 2; each++) {
      await until(async () => (await watcher.query<{ n: number }>(waiting)).rows[0]?.n === 1);
      await other.query(`SET statement_timeout = '2s'`);
      await other.query('SELECT count(*) FROM audit_record');
    }
    await worker.query('COMMIT');
    const applied = await Promise.all([one, another]);
    expect(applied.map(({ length }) => length).sort()).toEqual([0, SINCE_CHAIN]);
    expect(await migrate(database.url)).toEqual([]);
  }, 60_000);
});

describe('audit records of the version before the chain', () => {
  const insert = `INSERT INTO audit_record (actor, roles, action, subject, happened_at) VALUES ('a', '{}', 'sync', 's', now()) RETURNING id`;
  const world = async (work: (url: string, query: (sql: string) => Promise<unknown[]>) => Promise<void>) => {
    const database = await createTestDatabase();
    const source = await createDataSource(database.url).initialize();
    try {
      await undoChain(source);
      await work(database.url, (sql) => source.query<unknown[]>(sql));
    } finally {
      await source.destroy();
      await database.drop();
    }
  };
  const WAITING = 'SELECT count(*)::int AS n FROM audit_unsealed';

  it(
    'wait for the chain, also where it is written while the replicas are replaced',
    () =>
      world(async (url, query) => {
        await query(insert);
        await migrate(url);
        await query(insert);
        expect(await query(WAITING)).toEqual([{ n: 2 }]);
        // As this version writes: in the same statement.
        await query(
          `WITH audited AS (${insert}) INSERT INTO audit_unsealed (record_id) SELECT id FROM audited`,
        );
        expect(await query(WAITING)).toEqual([{ n: 3 }]);
      }),
    60_000,
  );

  it(
    "are nobody's where no replica of that version has written",
    () =>
      world(async (url, query) => {
        await migrate(url);
        await query(insert);
        expect(await query(WAITING)).toEqual([{ n: 0 }]);
      }),
    60_000,
  );
});
