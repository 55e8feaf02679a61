import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type DataSource } from 'typeorm';
import { RepositorySync } from '../../src/application/sync-repository.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { buildExampleRepository } from '../../src/example/history.js';
import { playExample } from '../../src/example/play.js';
import { GitSource } from '../../src/gitops/git-source.js';
import { PastSource } from '../../src/gitops/past-source.js';
import { GitProposalWriter } from '../../src/gitops/propose.js';
import { SqlReads } from '../../src/persistence/reads/sql-reads.js';
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

/** What retrospectives have proposed: the first came to the branch that is served, the second waits. */
const BRANCHES = ['social-before-email', 'finance-approves-offers'];

/** The world as it is played on a day, as text: every row of every table that campaigns leave. */
async function playedOn(today: Date): Promise<Record<string, unknown>> {
  const database = await createTestDatabase();
  const directory = await mkdtemp(path.join(os.tmpdir(), 'weir-world-'));
  const data: DataSource = await createDataSource(database.url).initialize();
  try {
    await buildExampleRepository(path.join(directory, 'example'), today);
    const location = path.join(directory, 'example');
    const options = { location, branch: null, folder: 'workflows', token: null, cacheDirectory: directory };
    const source = new GitSource(options);
    const proposing = (now: () => Date) => {
      const past = new PastSource(options, now);
      const writer = new GitProposalWriter(past, () => now().toISOString().slice(0, 10));
      return { source: past, writer, host: null };
    };
    const ports = { clock: { now: () => today }, inTransaction: transactionsOn(data) };
    await new RepositorySync(ports, source).run('cli', LOCAL_ACTOR);
    await allOrNothing(data, (inTransaction, reads) =>
      playExample({ inTransaction, reads, proposing }, today),
    );
    const dump: Record<string, unknown> = {};
    for (const table of TABLES) dump[table] = await data.query(`SELECT * FROM ${table} ORDER BY 1, 2, 3`);
    dump['landed'] = await new SqlReads(data.manager).landedProposals(BRANCHES);
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
    expect(one['quarterly_review']).toHaveLength(2);
    expect(one['landed']).toMatchObject([{ branch: 'social-before-email' }]);
    const answered = (one['retrospective'] as { completed_at: Date | null; actions: object[] }[]).filter(
      ({ completed_at: completedAt }) => completedAt !== null,
    );
    expect(answered.flatMap(({ actions }) => actions)).toMatchObject([
      { proposal: 'social-before-email', doneAt: null },
      { proposal: null, doneAt: null },
      { proposal: null, doneAt: expect.stringMatching(/^2026-09/) as string },
      { proposal: 'finance-approves-offers', doneAt: null },
    ]);
  }, 120_000);
});
