import { rebuildDefinitions, type RebuildReport } from '../../src/application/rebuild-definitions.js';
import { withScratchSchema } from '../../src/persistence/scratch.js';
import { transactionsOn } from '../../src/persistence/transaction.js';
import { simpleWorkflow } from '../support/definitions.js';
import { git } from '../support/repository.js';
import { startSyncWorld, type SyncWorld } from '../support/sync-world.js';

describe('what is made of a repository', () => {
  let world: SyncWorld;
  let { commit, data, push, sync } = {} as SyncWorld;
  beforeEach(async () => {
    world = await startSyncWorld();
    ({ commit, data, push, sync } = world);
  }, 60_000);
  afterEach(() => world.close());

  const rebuild = (): Promise<RebuildReport> =>
    withScratchSchema(world.databaseUrl, (scratch) =>
      rebuildDefinitions(world.ports.inTransaction, transactionsOn(scratch), {
        ...{ source: world.open(), clock: world.ports.clock, progress: () => undefined },
      }),
    );

  it('can be built anew from git alone, row for row', async () => {
    await commit({ 'a.yaml': null }, 'Retire one');
    await commit({ 'b.yaml': null, 'c.yaml': null }, 'Remove two of three');
    await commit({ 'moved/b.yaml': simpleWorkflow('b', { effort: 'P3D' }) }, 'No, keep and move one');
    await push();
    await sync();
    await sync({ released: ['c'] });
    const { rows, differences } = await rebuild();
    expect([rows > 15, differences]).toEqual([true, []]);
    await data.query("UPDATE definition SET file = 'elsewhere.yaml' WHERE key = 'd'");
    expect((await rebuild()).differences).toMatchObject([{ table: 'definition', name: 'Workflow d' }]);
    const schemas = await data.query<unknown[]>(
      "SELECT 1 FROM pg_namespace WHERE nspname LIKE 'weir_rebuild%'",
    );
    expect(schemas).toEqual([]);
  });

  it('keeps what was rewritten away, and is not taken for a difference because of it', async () => {
    const first = await git(world.work, 'rev-parse', 'HEAD');
    await sync();
    // All that can happen to a definition, on a line that is given up.
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P7D' }), 'e.yaml': simpleWorkflow('e') }, 'Lost');
    await commit({ 'b.yaml': null }, 'Lost retirement');
    await commit({ 'c.yaml': null, 'moved/c.yaml': simpleWorkflow('c') }, 'Lost move');
    await push();
    await sync();
    await git(world.work, 'reset', '--quiet', '--hard', first);
    await commit({ 'd.yaml': simpleWorkflow('d', { effort: 'P2D' }) }, 'Of another');
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P9D' }) }, 'Nine days');
    await commit({ 'a.yaml': simpleWorkflow('a', { effort: 'P7D' }) }, 'Seven days after all');
    await push();
    expect(await sync()).toMatchObject({ outcome: 'synced' });
    expect(await rebuild()).toMatchObject({ differences: [], rewritten: { length: 3 } });
    await data.query("UPDATE definition SET file = 'elsewhere.yaml' WHERE key IN ('a', 'd')");
    expect((await rebuild()).differences.map(({ name }) => name).sort()).toEqual([
      'Workflow a',
      'Workflow d',
    ]);
    await data.query("UPDATE definition SET file = 'workflows/' || key || '.yaml' WHERE key IN ('a', 'd')");
    await data.query("UPDATE definition SET retired_at = NULL WHERE key = 'e'");
    expect((await rebuild()).differences).toMatchObject([{ name: 'Workflow e', rebuilt: null }]);
  });
});
