import type { DataSource } from 'typeorm';
import { comparePlaces, type Problem } from '../../../src/domain/problem.js';
import { createDataSource } from '../../../src/persistence/data-source.js';
import { SqlDefinitionStore } from '../../../src/persistence/stores/definition-store.js';
import { worstProblems } from '../../../src/persistence/stores/sync-store.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

const FILES = 60;
const ORDER = ['error', 'warning', 'info'] as const;
/** Which severities a file has; several of each, in any order. */
const severities = (file: number) => ORDER.filter((_, at) => (file * 5 + at * 3) % 7 < 2 + at);

describe('the worst problems of all files', () => {
  let database: TestDatabase;
  let data: DataSource;
  const files = Array.from({ length: FILES }, (_, file) => {
    const path = `workflows/${String((file * 37) % FILES).padStart(2, '0')}.yaml`;
    const problems = severities(file).map((severity, at): Problem => ({
      ...{ code: 'E_RANGE', severity, message: `${path} ${at}` },
      ...{ file: path, line: 9 - at, column: 1, endLine: 9 - at, endColumn: 2 },
    }));
    return { path, blob: 'a', claims: [], lost: [], problems, held: [] };
  });
  beforeAll(async () => {
    database = await createTestDatabase();
    data = await createDataSource(database.url).initialize();
    await new SqlDefinitionStore(data.manager).saveFiles(files, []);
  });
  afterAll(async () => {
    await data.destroy();
    await database.drop();
  });

  it('are those that stand first when all are sorted, however few are asked for', async () => {
    const rank = ({ severity }: Problem) => ORDER.indexOf(severity);
    const all = files
      .flatMap(({ problems }) => problems)
      .sort((one, other) => rank(one) - rank(other) || (one.file < other.file ? -1 : 1));
    expect(new Set(all.map(({ severity }) => severity)).size).toBe(3);
    for (let limit = 1; limit <= all.length; limit++) {
      const expected = all.slice(0, limit).sort(comparePlaces);
      expect(await worstProblems(data.manager, limit)).toEqual(expected);
    }
  });

  it('are found in an index, so that the time does not grow with the files', async () => {
    await data.query('ANALYZE definition_file');
    const plan = await data.transaction(async (manager) => {
      await manager.query('SET LOCAL enable_seqscan = off');
      return manager.query<{ 'QUERY PLAN': string }[]>(
        'EXPLAIN SELECT path FROM definition_file WHERE worst IS NOT NULL ORDER BY worst, path LIMIT 5',
      );
    });
    expect(JSON.stringify(plan)).toContain('definition_file_by_worst');
    expect(JSON.stringify(plan)).not.toContain('Sort');
  });
});
