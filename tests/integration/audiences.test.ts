import { Readable } from 'node:stream';
import type { DataSource } from 'typeorm';
import { createDataSource } from '../../src/persistence/data-source.js';
import { SqlAudienceStore } from '../../src/persistence/stores/audience-store.js';
import { createTestDatabase } from '../support/database.js';

describe('audiences in the database', () => {
  let source: DataSource;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    const database = await createTestDatabase();
    drop = () => database.drop();
    source = await createDataSource(database.url).initialize();
    await source.query(`INSERT INTO git_commit (sha, author_name, author_email, authored_at, committed_at, message, signature)
      VALUES ('a', '', '', now(), now(), '', '{}')`);
    await source.query(`INSERT INTO definition (kind, key, file) VALUES ('Workflow', 'w', 'w.yaml')`);
    await source.query(`INSERT INTO definition_version (definition_id, number, hash, meaning, source, file, commit_sha)
      VALUES (1, 1, '', '{}', '', '', 'a')`);
    await source.query(`INSERT INTO campaign (key, name, version_id, status, type, risk, budget, labels, flags, brief, created_at)
      VALUES ('c', 'c', 1, 'running', '', 'low', 0, '{}', '{}', '{}', now())`);
  }, 60_000);
  afterAll(async () => {
    await source.destroy();
    await drop();
  });

  /** Numbers as hashes; the store makes its own of them, so that those of neighbours are far apart. */
  const put = (channel: string, from: number, to: number, countedUpTo?: number) =>
    source.transaction(async (manager) => {
      const store = new SqlAudienceStore(manager, countedUpTo);
      const lines = Array.from({ length: to - from }, (_, at) => `${String(from + at).padStart(32, '0')}\n`);
      await store.replace('1', channel, await store.load(Readable.from(lines)), new Date());
    });
  const overlap = async () =>
    (
      await source.query<{ shared: number; error: number | null }[]>(
        'SELECT shared, jaccard_error AS error FROM audience_overlap',
      )
    )[0];

  it('are counted up to a size, and estimated within four standard errors above', async () => {
    await put('email', 0, 60_000);
    await put('social', 30_000, 90_000);
    expect(await overlap()).toEqual({ shared: 30_000, error: null });
    await put('social', 30_000, 90_000, 1_000);
    const estimate = await overlap();
    const jaccard = (estimate?.shared ?? 0) / (120_000 - (estimate?.shared ?? 0));
    expect(estimate?.error).toBeGreaterThan(0);
    expect(Math.abs(jaccard - 1 / 3)).toBeLessThan(4 * (estimate?.error ?? 0));
    await put('social', 0, 60_000, 1_000);
    expect((await overlap())?.shared).toBe(60_000);
    await put('social', 100_000, 160_000, 1_000);
    expect((await overlap())?.shared).toBe(0);
  });
});
