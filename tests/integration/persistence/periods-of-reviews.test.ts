import type { DataSource } from 'typeorm';
import { createDataSource } from '../../../src/persistence/data-source.js';
import { SqlReads } from '../../../src/persistence/reads/sql-reads.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

const MIGRATION = 'QuartersAsTheyWere1700000000025';

/** Quarters of a fiscal year that began with April, as an older release kept their reviews. */
const OLD = [
  { quarter: '2026-Q1', start: '2026-03-31T22:00:00.000Z', end: '2026-06-30T22:00:00.000Z', outcomes: [] },
  {
    ...{ quarter: '2026-Q2', start: '2026-06-30T22:00:00.000Z', end: '2026-09-30T22:00:00.000Z' },
    outcomes: [{ quarter: '2026-Q1', decision: 1, outcome: 'done', note: null }],
  },
];

describe('reviews that an older release has kept', () => {
  let database: TestDatabase;
  let data: DataSource;
  beforeAll(async () => {
    database = await createTestDatabase();
    data = await createDataSource(database.url).initialize();
  }, 60_000);
  afterAll(async () => {
    await data.destroy();
    await database.drop();
  });

  const outcomes = async () =>
    (
      await data.query<{ outcomes: object[] }[]>('SELECT outcomes FROM quarterly_review ORDER BY quarter')
    ).map((row) => row.outcomes);

  it('are reviews of their periods from then on, and go back with the release', async () => {
    while (
      (await data.query<object[]>('SELECT 1 FROM weir_migration WHERE name = $1', [MIGRATION])).length > 0
    )
      await data.undoLastMigration();
    for (const { quarter, start, end, outcomes: told } of OLD)
      await data.query(
        `INSERT INTO quarterly_review (quarter, completed_at, actor, attendees, decisions, outcomes, snapshot, snapshot_hash)
         VALUES ($1, $2, 'ops', '[]', '[]', $3, $4, '')`,
        [quarter, end, JSON.stringify(told), JSON.stringify({ quarter, start, end })],
      );
    await data.runMigrations();
    const reads = new SqlReads(data.manager);
    const kept = await reads.completedReviews();
    expect(kept.map(({ start, end }) => [start.toISOString(), end.toISOString()])).toEqual(
      OLD.map(({ start, end }) => [start, end]),
    );
    expect(await outcomes()).toEqual([
      [],
      [{ start: OLD[0]?.start, decision: 1, outcome: 'done', note: null }],
    ]);
    expect(await reads.reviewSnapshot(new Date(OLD[1]?.start ?? ''))).toMatchObject({ quarter: '2026-Q2' });
    await expect(data.query(`UPDATE quarterly_review SET actor = 'x'`)).rejects.toThrow('append-only');
    while (
      (await data.query<object[]>('SELECT 1 FROM weir_migration WHERE name = $1', [MIGRATION])).length > 0
    )
      await data.undoLastMigration();
    expect(await outcomes()).toEqual(OLD.map((each) => each.outcomes));
  });
});
