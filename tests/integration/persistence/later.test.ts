import { createDataSource } from '../../../src/persistence/data-source.js';
import { later } from '../../../src/persistence/later.js';
import { createTestDatabase } from '../../support/database.js';

describe('writes that are kept for later', () => {
  let data: ReturnType<typeof createDataSource>;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await createTestDatabase();
    data = await createDataSource(database.url).initialize();
    drop = async () => {
      await data.destroy();
      await database.drop();
    };
    await data.query('CREATE TABLE noted (id int PRIMARY KEY, text text NOT NULL)');
  }, 60_000);
  afterAll(() => drop());
  afterEach(() => data.query('TRUNCATE noted'));

  const note = (id: number, text: string | null) => ({
    writes: {
      noted_row: 'INSERT INTO noted VALUES ($1, $2) ON CONFLICT (id) DO UPDATE SET text = noted.text || $2',
    },
    values: [id, text],
  });
  const noted = (manager: { query(sql: string): Promise<unknown> } = data) =>
    manager.query('SELECT id, text FROM noted ORDER BY id');

  it('are seen by whatever is asked after them in their transaction, and stay', async () => {
    await data.transaction(async (manager) => {
      await later(manager, null, note(1, 'a'));
      await later(manager, null, note(2, 'b'));
      expect(await noted(manager)).toEqual([
        { id: 1, text: 'a' },
        { id: 2, text: 'b' },
      ]);
      await later(manager, null, note(3, 'c'));
    });
    expect(await noted()).toHaveLength(3);
  });

  it('happen one after the other where they write to the same row', async () => {
    await data.transaction(async (manager) => {
      for (const text of ['a', 'b', 'c']) await later(manager, 'row 1', note(1, text));
    });
    expect(await noted()).toEqual([{ id: 1, text: 'abc' }]);
  });

  it('can call functions, and read each other', async () => {
    await data.query('CREATE SEQUENCE IF NOT EXISTS calls');
    await data.transaction(async (manager) => {
      await later(manager, null, note(1, 'a'));
      await later(manager, null, {
        writes: {
          one_row: 'INSERT INTO noted VALUES ($1, $2) RETURNING id',
          next_row: 'INSERT INTO noted SELECT id + 1, $2 FROM one_row',
        },
        call: `(SELECT sum(nextval('calls')) FROM one_row)`,
        values: [7, 'x'],
      });
    });
    expect(await noted()).toEqual([
      { id: 1, text: 'a' },
      { id: 7, text: 'x' },
      { id: 8, text: 'x' },
    ]);
    expect(await data.query(`SELECT last_value::int AS calls FROM calls`)).toEqual([{ calls: 1 }]);
  });

  it('fail their transaction, at the next statement or at its end, and leave nothing', async () => {
    const failing = (asks: boolean) =>
      data.transaction(async (manager) => {
        await later(manager, null, note(1, 'a'));
        await later(manager, null, note(2, null));
        if (asks) await noted(manager);
      });
    for (const asks of [true, false]) await expect(failing(asks)).rejects.toThrow('not-null');
    const thrown = data.transaction(async (manager) => {
      await later(manager, null, note(1, 'a'));
      throw new Error('changed my mind');
    });
    await expect(thrown).rejects.toThrow('changed my mind');
    expect(await noted()).toEqual([]);
  });
});
