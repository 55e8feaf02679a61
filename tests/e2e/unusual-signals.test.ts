import { randomLcg, randomNormal } from 'd3-random';
import { cancelCampaign } from '../../src/application/campaign-actions.js';
import type { Ports } from '../../src/application/ports.js';
import type { Outcome } from '../../src/application/run-campaign.js';
import { watchSignals } from '../../src/application/watch-signals.js';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { FALSE_ALARM_RATE } from '../../src/domain/triggers/unusual.js';
import { type SignalWorld, startSignalWorld } from '../support/signal-world.js';
import { until } from '../support/until.js';

const NOW = new Date('2026-11-28T09:00:00Z');
const SIGNALS = ['email.open_rate', 'social.click_rate'];
const STEWARD = { 'weir-actor': 'steward@example.com', 'weir-roles': 'steward' };

interface Alert {
  subject: string;
  message: string;
  resolvedAt: string | null;
  campaign: string;
  roles: string[];
}

describe('unusual values of a signal (R62)', () => {
  let world: SignalWorld;
  beforeAll(async () => {
    world = await startSignalWorld(NOW);
  }, 60_000);
  afterAll(() => world.close());

  const create = async (key: string) => {
    const made = await world.act('createCampaign', { key, name: key, workflow: 'sale' });
    expect(made.refusals).toEqual([]);
  };
  /** Values that scatter by 0.02 about 0.5. */
  const noise = (seed: number, count: number): number[] =>
    Array.from({ length: count }, randomNormal.source(randomLcg(seed))(0.5, 0.02));
  const reading = (value: number | null, minute: number, signal = SIGNALS[0], more: object = {}) => ({
    ...{ signal, key: `${minute}`, at: new Date(NOW.getTime() - (600 - minute) * 60_000), value },
    ...more,
  });
  const send = async (campaign: string, values: readonly object[]) => {
    const lines = values.map((each) => JSON.stringify({ campaign, ...each })).join('\n');
    expect((await world.send(lines)).body.rejected).toEqual([]);
    await watched();
  };
  const watched = () =>
    until(async () => {
      const [row] = await world.replica.data.query<{ open: number }[]>(
        'SELECT count(*)::int AS open FROM signal_batch WHERE watched_at IS NULL',
      );
      return row?.open === 0;
    });
  const alerts = async (campaign: string, kind = 'SIGNAL_UNUSUAL'): Promise<Alert[]> => {
    const found = await world.ask<{ alerts: { nodes: Alert[] } }>(
      `{ alerts(first: 200, filter: { kind: [${kind}] }, orderBy: { field: TIME, direction: ASC }) {
           nodes { subject message resolvedAt campaign: campaignKey roles } } }`,
    );
    return found.alerts.nodes.filter((each) => each.campaign.startsWith(campaign));
  };

  it('are one alert where a value four deviations away was put in, and none where it was not', async () => {
    for (const campaign of ['with', 'without']) await create(campaign);
    const values = noise(4, 120);
    const put = (value: number) =>
      [...values.slice(0, 110), value, ...values.slice(110)].map((each, at) => reading(each, at));
    await send('without', put(0.5));
    await send('with', put(0.5 + 4 * 0.02));
    expect(await alerts('without')).toEqual([]);
    const [alert, ...others] = await alerts('with');
    expect(others).toEqual([]);
    expect(alert).toMatchObject({ subject: 'with email.open_rate', campaign: 'with', roles: ['ops'] });
    expect(alert?.message).toMatch(
      /^email.open_rate of campaign 'with' was 0.58 at 2026-11-28T00:50:00.000Z; after the 100 values before it, 0\.4\d+ to 0\.5\d+ was to be expected$/,
    );
    // It was usual again, and sent again nothing happens again.
    expect(alert?.resolvedAt).not.toBeNull();
    await send('with', put(0.5 + 4 * 0.02));
    expect(await alerts('with')).toEqual([alert]);
  });

  it('are not more of noise than is stated, whatever the batches', async () => {
    const campaigns = Array.from({ length: 12 }, (_, at) => `noise-${at}`);
    for (const campaign of campaigns) await create(campaign);
    const lines = campaigns.flatMap((campaign, at) =>
      SIGNALS.flatMap((signal, which) =>
        noise(100 + at * 2 + which, 520).map((value, minute) =>
          JSON.stringify({ campaign, ...reading(value, minute, signal) }),
        ),
      ),
    );
    for (let at = 0; at < lines.length; at += 3_000) {
      const sent = await world.send(lines.slice(at, at + 3_000).join('\n'));
      expect(sent.body.rejectedCount).toBe(0);
    }
    await watched();
    const most = 12 * 2 * 500 * FALSE_ALARM_RATE;
    expect((await alerts('noise-')).length).toBeLessThanOrEqual(most + 3 * Math.sqrt(most));
  }, 60_000);

  it('are told once until they are usual again, by channel, and late ones not at all', async () => {
    await create('run');
    const record = async (signals: readonly object[]) => {
      const { refusals } = await world.act('recordSignals', { campaign: 'run', signals });
      expect(refusals).toEqual([]);
      await watched();
    };
    const onEmail = { channel: 'email' };
    await record(noise(9, 60).map((value, at) => reading(value, at, SIGNALS[0], onEmail)));
    await record(noise(9, 60).map((value, at) => reading(value + 0.3, at, SIGNALS[0], social(at))));
    expect(await alerts('run')).toEqual([]);
    await record([reading(0.8, 60, SIGNALS[0], onEmail)]);
    // Usual for the other channel; a missing value says nothing; and one that was measured before the last is over.
    await record([reading(0.8, 61, SIGNALS[0], social(61)), reading(null, 62, SIGNALS[0], onEmail)]);
    await record([reading(0.1, 30, SIGNALS[0], { ...onEmail, key: 'late' })]);
    await record([reading(0.9, 63, SIGNALS[0], onEmail)]);
    const open = await alerts('run');
    expect(open).toHaveLength(1);
    expect(open[0]).toMatchObject({ subject: 'run email.open_rate email', resolvedAt: null });
    expect(open[0]?.message).toContain("on email of campaign 'run' was 0.9 at");
    for (const [at, value] of [0.5, 0.51].entries())
      await record([reading(value, 64 + at, SIGNALS[0], onEmail)]);
    expect(await alerts('run')).toEqual(open);
    await record([reading(0.49, 66, SIGNALS[0], onEmail)]);
    expect((await alerts('run')).map(({ resolvedAt }) => resolvedAt)).toEqual([NOW.toISOString()]);
  });
  const social = (at: number) => ({ channel: 'social', key: `social-${at}` });

  it('are over when the campaign is, as what else is told of it while it runs', async () => {
    const values = [...noise(4, 60), 0.9].map((value, at) => reading(value, at));
    for (const campaign of ['cancelled', 'ended']) {
      await create(campaign);
      await send(campaign, values);
      await world.replica.ports.inTransaction(async (stores) => {
        for (const kind of ['channel-paused', 'signal-unfit', 'trigger-fired'] as const)
          await stores.alerts.raise({ kind, subject: `${campaign} x`, message: 'x', campaign }, NOW);
      });
    }
    const openOf = async (campaign: string) => {
      const kinds = ['SIGNAL_UNUSUAL', 'CHANNEL_PAUSED', 'SIGNAL_UNFIT', 'TRIGGER_FIRED'];
      const all = await Promise.all(kinds.map((kind) => alerts(campaign, kind)));
      return all.map((each) => each.filter(({ resolvedAt }) => resolvedAt === null).length);
    };
    expect(await openOf('cancelled')).toEqual([1, 1, 1, 1]);
    const cancelled = await world.act(
      'cancelCampaign',
      { campaign: 'cancelled', reason: 'no stock' },
      '',
      STEWARD,
    );
    expect(cancelled.refusals).toEqual([]);
    // What has happened has happened: somebody takes notice of it.
    expect(await openOf('cancelled')).toEqual([0, 0, 0, 1]);
    const move = (mutation: string, step: string) =>
      world.ask(
        `mutation { ${mutation}(input: { campaign: "ended", step: "${step}" }) { refusals { code } } }`,
      );
    await move('startStep', 'brief');
    await move('completeStep', 'brief');
    for (const channel of ['email', 'social'])
      await world.act('launchChannel', { campaign: 'ended', channel });
    await move('startStep', 'retrospective');
    await move('completeStep', 'retrospective');
    expect((await world.act('endCampaign', { campaign: 'ended' }, '', STEWARD)).refusals).toEqual([]);
    expect(await openOf('ended')).toEqual([0, 0, 0, 1]);
  });

  it('do not wait for whoever calls the campaign off, while they wait for it', async () => {
    await create('crossing');
    const [usual, other] = [noise(7, 120), noise(8, 120)];
    const of = (signal: number, values: readonly number[], from: number) =>
      values.map((value, at) =>
        reading(value, from + at, SIGNALS[signal], { key: `${signal} ${from + at}` }),
      );
    // The first signal is usual again in the batch in which the second one is unusual.
    await send('crossing', [...of(0, [...usual.slice(0, 110), 0.9], 0), ...of(1, other.slice(0, 110), 0)]);
    await send('crossing', [...of(0, usual.slice(110), 111), ...of(1, [0.9], 110)]);
    const { data, ports } = world.replica;
    await data.query(
      `UPDATE signal_batch SET watched_at = NULL WHERE id = (SELECT max(id) FROM signal_batch)`,
    );
    await data.query(
      `UPDATE alert SET resolved_at = NULL
        WHERE id = (SELECT max(id) FROM alert WHERE subject = 'crossing email.open_rate')`,
    );
    const cancelled: Promise<Outcome>[] = [];
    const crossed: Ports['inTransaction'] = (work) =>
      ports.inTransaction((stores) => {
        const resolve: typeof stores.alerts.resolve = async (...given) => {
          await stores.alerts.resolve(...given);
          const on = { campaign: 'crossing', reason: 'no stock' };
          if (cancelled.length === 0) cancelled.push(cancelCampaign(ports, LOCAL_ACTOR, on));
          await until(async () => {
            const waiting = await data.query<object[]>(
              `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
            );
            return waiting.length > 0;
          });
        };
        return work({
          ...stores,
          alerts: Object.assign(Object.create(stores.alerts) as object, { resolve }) as never,
        });
      });
    await watchSignals({ ...ports, inTransaction: crossed });
    expect(await Promise.all(cancelled)).toMatchObject([{ refusals: [] }]);
    expect((await alerts('crossing')).filter(({ resolvedAt }) => resolvedAt === null)).toEqual([]);
  });
});
