import { Client } from 'pg';
import { JobPool } from '../../../src/persistence/job-pool.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { type Relay, startRelay } from '../../support/relay.js';

describe('connections for the queue', () => {
  let database: TestDatabase;
  let relay: Relay;
  let pool: JobPool;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  beforeEach(async () => {
    const url = new URL(database.url);
    relay = await startRelay({ host: url.hostname, port: Number(url.port) });
    url.port = String(relay.port);
    pool = new JobPool({ connectionString: url.href, max: 2 });
  });
  afterEach(async () => {
    await pool.end();
    await relay.close();
  });
  afterAll(() => database.drop());

  it('wait for a database that is away, as a timetable does that is asked at a full minute', async () => {
    relay.set('away');
    const [asked, taken] = [pool.query<{ one: number }>('SELECT 1 AS one'), pool.connect()];
    relay.set('open');
    expect((await asked).rows).toEqual([{ one: 1 }]);
    (await taken).release();
  });

  it('ask again on another where one breaks, so that the end of a job is noted', async () => {
    const client = await pool.connect();
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const operator = new Client(database.url);
    await operator.connect();
    await operator.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
    await operator.end();
    expect((await client.query<{ one: number }>('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
    client.release();
  });

  it('tell what is wrong with a question at once, and give up when they are told to', async () => {
    await expect(pool.query('SELECT nothing')).rejects.toMatchObject({ code: '42703' });
    relay.set('away');
    const asked = pool.query('SELECT 1');
    pool.giveUp();
    await expect(asked).rejects.toThrow();
  });
});
