import type { DataSource } from 'typeorm';
import { createDataSource } from '../../../src/persistence/data-source.js';
import { DatabaseClock } from '../../../src/persistence/database-clock.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

describe('the clock of the database', () => {
  let database: TestDatabase;
  let data: DataSource;
  let clock: DatabaseClock;
  beforeAll(async () => {
    database = await createTestDatabase();
    data = await createDataSource(database.url).initialize();
    clock = await new DatabaseClock(data).start();
  });
  afterAll(async () => {
    clock.stop();
    await data.destroy();
    await database.drop();
  });

  /** By how much it is off, as the database sees it. */
  const offMs = async (): Promise<number> => {
    const [row] = await data.query<{ ms: number }[]>(
      'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
    );
    return Math.abs(clock.now().getTime() - (row?.ms ?? 0));
  };

  it('is not put forward by an answer that had to wait for a connection', async () => {
    expect(await offMs()).toBeLessThan(500);
    const busy = Array.from({ length: 20 }, () => data.query('SELECT pg_sleep(3)'));
    await clock.measure();
    await Promise.all(busy);
    expect(await offMs()).toBeLessThan(500);
  });

  it('runs on, and not backwards', async () => {
    const times = [clock.now()];
    for (let each = 0; each < 50; each++) {
      await clock.measure();
      times.push(clock.now());
    }
    expect(times.map(Number)).toEqual(times.map(Number).toSorted((one, other) => one - other));
  });
});
