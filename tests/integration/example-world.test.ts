import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type DataSource } from 'typeorm';
import { RepositorySync } from '../../src/application/sync-repository.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { buildExampleRepository } from '../../src/example/history.js';
import { playExample } from '../../src/example/play.js';
import { GitSource } from '../../src/gitops/git-source.js';
import { createDataSource } from '../../src/persistence/data-source.js';
import { allOrNothing, transactionsOn } from '../../src/persistence/transaction.js';
import { createTestDatabase } from '../support/database.js';

const TABLES = [
  'campaign',
  'campaign_step',
  'campaign_gate',
  'campaign_approval',
  'retrospective',
  'quarterly_review',
  'audit_record',
];

/** The world as it is played on a day, as text: every row of every table that campaigns leave. */
async function playedOn(today: Date): Promise<Record<string, unknown>> {
  const database = await createTestDatabase();
  const directory = await mkdtemp(path.join(os.tmpdir(), 'weir-world-'));
  const data: DataSource = await createDataSource(database.url).initialize();
  try {
    await buildExampleRepository(path.join(directory, 'example'), today);
    const location = path.join(directory, 'example');
    const source = new GitSource({
      location,
      branch: null,
      folder: 'workflows',
      token: null,
      cacheDirectory: directory,
    });
    const ports = { clock: { now: () => today }, inTransaction: transactionsOn(data) };
    await new RepositorySync(ports, source).run('cli', LOCAL_ACTOR);
    await allOrNothing(data, (inTransaction, reads) => playExample({ inTransaction, reads }, today));
    const dump: Record<string, unknown> = {};
    for (const table of TABLES) dump[table] = await data.query(`SELECT * FROM ${table} ORDER BY 1, 2, 3`);
    return dump;
  } finally {
    await data.destroy();
    await database.drop();
    await rm(directory, { recursive: true, force: true });
  }
}

describe('the example world', () => {
  it('is the same on the same day, down to each row', async () => {
    const one = await playedOn(new Date('2026-11-23T08:00:00Z'));
    const two = await playedOn(new Date('2026-11-23T22:30:00Z'));
    expect((one['campaign'] as unknown[]).length).toBeGreaterThanOrEqual(24);
    expect(two).toEqual(one);
  }, 90_000);
});
