import { createCampaign } from '../../src/application/create-campaign.js';
import { rebuildDefinitions } from '../../src/application/rebuild-definitions.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { withScratchSchema } from '../../src/persistence/scratch.js';
import { transactionsOn } from '../../src/persistence/transaction.js';
import { simpleWorkflow } from '../support/definitions.js';
import { startSyncWorld, type SyncWorld } from '../support/sync-world.js';

const KPIS = 'kpis: [time-to-launch, timing-spread]\n';
const pilot = (id: string) =>
  `${simpleWorkflow(id).replace(/^status: .*\n/m, '')}\nstatus: pilot\npilotCampaigns: [try-${id}]\n${KPIS}`;
const active = (id: string) => `${simpleWorkflow(id).replace(/^status: .*\n/m, '')}\nstatus: active\n${KPIS}`;

describe('a pilot that is opened to everybody (R99)', () => {
  let world: SyncWorld;
  beforeEach(async () => {
    world = await startSyncWorld();
  }, 60_000);
  afterEach(() => world.close());

  const take = async (files: Readonly<Record<string, string>>) => {
    await world.commit(files, 'Change');
    await world.push();
    return world.sync();
  };
  const statusOf = async (key: string) => (await world.reads.workflow(key))?.version.meaning.status;
  const held = async () =>
    (await world.reads.heldBack()).map(({ key, reason, because }) => [key, reason, because?.split(',')[0]]);
  /** A campaign on the pilot that ends with a value of some metrics, as the measuring leaves them. */
  const end = async (workflow: string, ...metrics: readonly string[]) => {
    const key = `try-${workflow}`;
    world.now = new Date('2026-03-01T00:00:00Z');
    const { refusals } = await createCampaign(world.ports, LOCAL_ACTOR, {
      ...{ key, name: key, workflow, type: null, risk: 'low', budget: 0, labels: [], flags: [], brief: {} },
      ...{ plannedLaunchAt: null, channels: [] },
    });
    expect(refusals).toEqual([]);
    await world.data.query("UPDATE campaign SET status = 'ended', ended_at = now() WHERE key = $1", [key]);
    await measure(key, ...metrics);
  };
  const measure = (campaign: string, ...metrics: readonly string[]) =>
    world.data.query(
      `INSERT INTO campaign_metric (campaign_id, metric, value, parts, evidence, notes, measured_at)
       SELECT id, unnest($2::text[]), 0.5, '{}', '[]', '[]', now() FROM campaign WHERE key = $1
       ON CONFLICT (campaign_id, metric) DO UPDATE SET value = 0.5`,
      [campaign, metrics],
    );

  it('waits until a campaign of it has ended with all KPIs measured', async () => {
    world.now = new Date('2026-01-02T00:00:00Z');
    expect(await take({ 'a.yaml': pilot('a') })).toMatchObject({ outcome: 'synced' });
    expect(await take({ 'a.yaml': active('a') })).toMatchObject({ outcome: 'held-back', versions: 0 });
    expect(await held()).toEqual([['a', 'pilot', 'no campaign of the pilot has ended']]);
    await end('a', 'time-to-launch');
    await take({ 'b.yaml': simpleWorkflow('b', { effort: 'P2D' }) });
    expect(await held()).toEqual([
      ['a', 'pilot', "of the pilot's campaigns none has all of its KPIs: try-a lacks timing-spread"],
    ]);
    expect([await statusOf('a'), await world.sync()]).toMatchObject(['pilot', { outcome: 'held-back' }]);
    await measure('try-a', 'timing-spread');
    // Without another commit.
    expect(await world.sync()).toMatchObject({ outcome: 'synced', versions: 1 });
    expect([await statusOf('a'), await held()]).toEqual(['active', []]);
  });

  it('is let go by a steward, which a rebuild knows of', async () => {
    world.now = new Date('2026-01-02T00:00:00Z');
    await take({ 'a.yaml': pilot('a'), 'b.yaml': pilot('b') });
    await take({ 'a.yaml': active('a'), 'b.yaml': active('b') });
    expect(await world.sync({ released: ['a'] })).toMatchObject({ outcome: 'held-back', versions: 1 });
    expect([await statusOf('a'), await statusOf('b')]).toEqual(['active', 'pilot']);
    const report = await withScratchSchema(world.databaseUrl, (scratch) =>
      rebuildDefinitions(world.ports.inTransaction, transactionsOn(scratch), {
        ...{ source: world.open(), clock: world.ports.clock, progress: () => undefined },
      }),
    );
    expect(report.differences).toEqual([]);
  });

  it('waits for nothing where that was before Weir was there', async () => {
    await world.commit({ 'a.yaml': pilot('a') }, 'Try');
    expect(await take({ 'a.yaml': active('a') })).toMatchObject({ outcome: 'synced' });
    expect(await statusOf('a')).toBe('active');
  });
});
