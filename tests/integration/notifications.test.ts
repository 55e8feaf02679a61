import { type CloudEvent, HTTP } from 'cloudevents';
import { Webhook } from 'standardwebhooks';
import {
  deliverTo,
  MAX_TRIES,
  takeOver,
  tidyNotifications,
} from '../../src/application/deliver-notifications.js';
import { post } from '../support/http.js';
import { type NotifyWorld, SECRETS, startNotifyWorld } from '../support/notify-world.js';
import { type Received, type Receiver, startReceiver } from '../support/receiver.js';
import { until } from '../support/until.js';

const DAY_MS = 86_400_000;
const dataOf = ({ body }: Received) => (JSON.parse(body) as { data: Record<string, unknown> }).data;
const idOf = ({ headers }: Received) => headers['webhook-id'] ?? '';

describe('notifications', () => {
  let receiver: Receiver;
  let other: Receiver;
  let world: NotifyWorld | null = null;
  beforeEach(async () => {
    [receiver, other] = [await startReceiver(), await startReceiver()];
  });
  afterEach(async () => {
    await receiver.close();
    await other.close();
    await world?.close();
    world = null;
  });
  const hook = (at: Receiver = receiver) => ({ kind: 'webhook', url: `${at.url}/hooks/hidden` }) as const;
  const start = async (...given: Parameters<typeof startNotifyWorld>) =>
    (world = await startNotifyWorld(...given));

  it('reach each person once, signed with both secrets, as a webhook, on Slack and as an event', async () => {
    const { create, targets } = await start([
      hook(),
      { kind: 'slack', url: `${receiver.url}/slack/hidden` },
      { kind: 'cloudevents', url: `${receiver.url}/events` },
    ]);
    await create('spring');
    const all = await until(() => Promise.resolve(receiver.received.length === 6 ? receiver.received : null));
    const at = (path: string) => all.filter((each) => each.path === path);

    const hooks = at('/hooks/hidden');
    // Who has two of the roles is told once, for both.
    expect(hooks.map(dataOf)).toMatchObject([
      { recipient: { type: 'person', name: 'ops@example.com' }, roles: ['ops'] },
      { recipient: { type: 'person', name: 'both@example.com' }, roles: ['ops', 'writer'] },
    ]);
    const now = Date.now;
    Date.now = () => new Date('2027-03-01T09:00:30Z').getTime();
    try {
      for (const { headers, body } of [...hooks, ...at('/events')])
        for (const secret of Object.values(SECRETS)) new Webhook(secret).verify(body, { ...headers });
      const [{ headers, body }] = hooks as [Received];
      expect(() => new Webhook(SECRETS.new).verify(body.replace('Say', 'Do'), { ...headers })).toThrow();
    } finally {
      Date.now = now;
    }

    const events = at('/events').map(
      ({ headers, body }) => HTTP.toEvent({ headers, body }) as CloudEvent<unknown>,
    );
    for (const event of events) expect(event.validate()).toBe(true);
    expect(events).toMatchObject([
      {
        type: 'weir.notification.step-ready',
        source: '/weir/campaigns/spring',
        subject: 'brief',
        id: hooks.map(idOf)[0],
      },
      {},
    ]);
    const [slack] = at('/slack/hidden');
    expect(JSON.parse(slack?.body ?? '')).toMatchObject({
      text: expect.stringContaining('*Note spring: “Say &lt;what&gt; &amp; why” can begin*') as string,
    });
    expect(slack?.headers).not.toHaveProperty('webhook-signature');
    expect(targets.map(({ name }) => name).join()).not.toContain('hidden');
  });

  it('tell one person once of all that an action has brought, and of each thing by itself', async () => {
    const { create, ask } = await start([hook()]);
    await create('spring');
    const act = async (mutation: string, headers = {}) => {
      const { payload } = await ask<{ payload: object }>(
        `mutation { payload: ${mutation} { refusals { message } } }`,
        {},
        headers,
      );
      expect(payload).toEqual({ refusals: [] });
    };
    await act('startStep(input: { campaign: "spring", step: "brief" })');
    await act('completeStep(input: { campaign: "spring", step: "brief" })');
    await act('approve(input: { campaign: "spring", step: "legal" })', {
      ...{ 'weir-actor': 'legal@example.com', 'weir-roles': 'approver,legal' },
    });
    await act('launchChannel(input: { campaign: "spring", channel: "email" })');
    const { notifications } = await ask<{ notifications: { nodes: object[] } }>(
      `{ notifications(filter: { kind: CAMPAIGN_LAUNCHED, recipient: "both@example.com" }) {
        nodes { kind subject roles title parts { kind subject asked due } } } }`,
    );
    expect(notifications.nodes).toEqual([
      {
        ...{ kind: 'STEP_READY', subject: 'retrospective', roles: ['ops', 'writer'] },
        title: '“Retrospective” can begin; The campaign has launched',
        parts: [
          {
            ...{ kind: 'STEP_READY', subject: 'retrospective', due: null },
            asked: 'Start “Retrospective” (expected to take 1 hour).',
          },
          { kind: 'CAMPAIGN_LAUNCHED', subject: 'spring', asked: null, due: null },
        ],
      },
    ]);
    const sent = await until(() =>
      Promise.resolve(receiver.received.map(dataOf).find(({ parts }) => (parts as object[]).length > 0)),
    );
    expect(sent['text']).toContain('The campaign has launched.\nIts first channel, email, is live.');
  });

  it('are tried again later under the same id, and delivered once', async () => {
    receiver.behave({ status: 500 }, { status: 500 }, 'drop', { status: 200 });
    const { create, later, standing, targets } = await start([hook()]);
    await create('spring');
    await until(() => Promise.resolve(receiver.received.length === 2));
    // Not due yet: nothing is sent before its time.
    await later(4_000);
    expect(receiver.received).toHaveLength(2);
    await later(1_500);
    await until(() => Promise.resolve(receiver.received.length === 3));
    // The connection was dropped: the target rests, and the other message was not tried.
    await later(40_000);
    await until(async () => (await standing())[`${targets[0]?.name} delivered`] === 2);
    const ids = receiver.received.map(idOf);
    expect(new Set(ids).size).toBe(2);
    expect(ids.slice(0, 2).sort()).toEqual([...new Set(ids)].sort());
  });

  it('wait as long as a target asks for, within a limit', async () => {
    receiver.behave(
      { status: 429, headers: { 'retry-after': '600' } },
      { status: 429, headers: { 'retry-after': '999999' } },
      { status: 200 },
    );
    const world = await start([hook()]);
    const { create, later, query } = world;
    // An answer is seen before it is noted, with the time of then.
    const rests = (milliseconds: number) =>
      until(async () => {
        const [row] = await query<{ until: Date }>('SELECT rests_until AS until FROM notification_target');
        return row !== undefined && row.until.getTime() - world.now.getTime() >= milliseconds;
      });
    await create('spring');
    await until(() => Promise.resolve(receiver.received.length === 1));
    await rests(600_000);
    await later(590_000);
    await create('summer');
    await later(0);
    expect(receiver.received).toHaveLength(1);
    await later(15_000);
    await until(() => Promise.resolve(receiver.received.length === 2));
    await rests(3_600_000);
    await later(3_500_000);
    expect(receiver.received).toHaveLength(2);
    await later(200_000);
    await until(() => Promise.resolve(receiver.received.length === 6));
  });

  it('are not held up at one target by another that hangs, nor are other jobs', async () => {
    receiver.behave('hang');
    const { create, ask, replica, standing, query, targets } = await start([hook(), hook(other)], {
      timeLimitMs: 60_000,
    });
    for (const key of ['one', 'two', 'three', 'four', 'five']) await create(key);
    await until(() => Promise.resolve(other.received.length === 10), 8_000);
    const until60 = await ask<{ syncRepository: { run: { outcome: string } } }>(
      'mutation { syncRepository { run { outcome } } }',
    );
    expect(until60.syncRepository.run.outcome).toBe('UNCHANGED');
    await replica.ports.inTransaction(({ jobs }) => jobs.ask('keep-signals', {}, { key: 'keep' }));
    const isDone = async () =>
      (await query("SELECT 1 FROM graphile_worker.jobs WHERE key = 'keep'")).length === 0;
    await until(isDone, 8_000);
    // The one that hangs has been asked once; nothing of it is lost.
    expect(receiver.received).toHaveLength(1);
    expect(await standing()).toMatchObject({ [`${targets[0]?.name} pending`]: 10 });
    // Whoever stops does not wait for it for a minute.
    await receiver.close();
  }, 30_000);

  it('come again with the same id where the process died before it could note them', async () => {
    let isDying = true;
    let isDead = false;
    const { create, later, standing } = await start([hook()], {
      onSend: (target) => ({
        ...target,
        send: async (...given) => {
          const sent = await target.send(...given);
          isDead = isDying;
          if (isDead) throw new Error('the process died');
          return sent;
        },
      }),
    });
    await create('spring');
    await until(() => Promise.resolve(isDead));
    isDying = false;
    // Nobody else takes what is taken, until it is clear that it will not be noted any more.
    await later(60_000);
    expect(receiver.received).toHaveLength(1);
    await later(3 * 60_000);
    await until(() => Promise.resolve(receiver.received.length === 3));
    const [first, ...again] = receiver.received.map(idOf);
    expect(again).toContain(first);
    expect(new Set(again).size).toBe(2);
    await until(async () => Object.keys(await standing()).every((name) => name.endsWith('delivered')));
  });

  it('are delivered by one of two servers each', async () => {
    const { create, another, targets, replica, standing } = await start([hook()]);
    const { ports } = await another();
    const keys = Array.from({ length: 20 }, (_, position) => `c${position}`);
    await Promise.all([
      ...keys.map(create),
      // Whoever takes what is due at the same moment gets something else.
      ...targets.flatMap((target) => [deliverTo(ports, target), deliverTo(replica.ports, target)]),
    ]);
    await until(() => Promise.resolve(receiver.received.length >= 40));
    await until(async () => Object.keys(await standing()).every((name) => name.endsWith('delivered')));
    expect(receiver.received).toHaveLength(40);
    expect(new Set(receiver.received.map(idOf)).size).toBe(40);
  }, 30_000);

  it('are not tried again at a target that is gone for good', async () => {
    receiver.behave({ status: 410 });
    const { create, ask } = await start([hook(), hook(other)]);
    await create('spring');
    const LIST = `{ notifications(filter: { state: DEAD, campaign: "spring" }) { edges { node { deliveries { state attempts lastError } } } } }`;
    const edges = await until(async () => {
      const { notifications } = await ask<{ notifications: { edges: object[] } }>(LIST);
      return notifications.edges.length === 2 ? notifications.edges : null;
    });
    const gone = { state: 'DEAD', attempts: 1, lastError: 'it answered 410: it is gone for good' };
    expect(edges).toMatchObject(
      [1, 2].map(() => ({ node: { deliveries: expect.arrayContaining([gone]) as object } })),
    );
  }, 30_000);

  it('are dead letters after so many tries: seen, told elsewhere, sent again by a steward, and over', async () => {
    receiver.behave({ status: 404 });
    const world = await start([hook(), hook(other)]);
    const { create, later, ask, query, replica, targets } = world;
    await create('spring');
    // An answer is seen before it is noted, with the time of then; what is taken and not noted is taken for three minutes.
    const noted = async () => {
      const taken = new Date(world.now.getTime() + 3 * 60_000);
      return (
        (await query("SELECT 1 FROM notification_delivery WHERE state = 'pending' AND next_at = $1", [taken]))
          .length === 0
      );
    };
    for (let tries = 1; tries < MAX_TRIES; tries++) {
      await until(async () => receiver.received.length === 2 * tries && (await noted()));
      await later(13 * 3_600_000);
    }
    const name = targets[0]?.name;
    const LIST = `query ($state: [DeliveryState!]) { notifications(filter: { state: $state, campaign: "spring" }) { totalCount
      nodes: edges { node { id messageId recipient kind deliveries { target state attempts lastError } } } } }`;
    type List = {
      notifications: {
        totalCount: number;
        nodes: { node: { id: string; messageId: string; deliveries: object[] } }[];
      };
    };
    const dead = await until(async () => {
      const { notifications } = await ask<List>(LIST, { state: ['DEAD'] });
      return notifications.totalCount === 2 ? notifications.nodes : null;
    });
    expect(dead[0]?.node.deliveries).toContainEqual({
      target: name,
      state: 'DEAD',
      attempts: MAX_TRIES,
      lastError: 'it answered 404',
    });
    const OPEN = '{ alerts(filter: { isOpen: true }) { edges { node { kind subject message } } } }';
    const { alerts } = await ask<{ alerts: { edges: { node: object }[] } }>(OPEN);
    expect(alerts.edges).toMatchObject([{ node: { kind: 'NOTIFICATIONS_UNDELIVERED', subject: name } }]);
    expect(JSON.stringify([alerts, dead])).not.toContain('hidden');
    await until(() => Promise.resolve(other.received.map(dataOf).some(({ kind }) => kind === 'alert')));
    const metrics = await (await fetch(`${replica.url}/metrics`)).text();
    expect(metrics).toMatch(/^weir_notifications_dead 2$/m);

    receiver.behave({ status: 200 });
    const REPLAY = `mutation ($input: ReplayNotificationInput!) { replayNotification(input: $input) {
      notification { deliveries { state } } refusals { code } } }`;
    const viewer = { 'weir-actor': 'viewer@example.com', 'weir-roles': 'viewer' };
    const replay = (id: string, headers = {}) =>
      ask<{ replayNotification: object }>(REPLAY, { input: { notification: id } }, headers);
    const ids = dead.map(({ node }) => node.id);
    expect(await replay(ids[0] ?? '', viewer)).toMatchObject({
      replayNotification: { refusals: [{ code: 'ROLE_MISSING' }] },
    });
    const refused = await post(replica.url, { query: LIST }, viewer);
    expect(refused.errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    const hidden = await ask('query ($id: ID!) { node(id: $id) { id } }', { id: ids[0] }, viewer);
    expect(hidden).toEqual({ node: null });

    const seen = receiver.received.length;
    for (const id of ids) expect(await replay(id)).toMatchObject({ replayNotification: { refusals: [] } });
    // The alert of it is a third one on its way, as everything else goes there again.
    await until(
      async () => (await ask<List>(LIST, { state: ['DEAD', 'PENDING'] })).notifications.totalCount === 0,
    );
    await until(async () => (await ask<{ alerts: { edges: object[] } }>(OPEN)).alerts.edges.length === 0);
    const again = receiver.received.slice(seen).map(idOf);
    expect(again).toEqual(expect.arrayContaining(dead.map(({ node }) => node.messageId)));
    expect(await replay(ids[0] ?? '')).toMatchObject({
      replayNotification: { refusals: [{ code: 'NOTHING_TO_REPLAY' }] },
    });
    expect(await replay('none')).toMatchObject({
      replayNotification: { refusals: [{ code: 'UNKNOWN_NOTIFICATION' }] },
    });
  }, 60_000);

  it('are written with what they tell of or not at all, and tell of every alert that is raised', async () => {
    const { replica, query, now } = await start([hook()]);
    const raise = (message: string) =>
      replica.ports.inTransaction(async ({ alerts }) => {
        await alerts.raise(
          {
            kind: 'trigger-fired',
            subject: 'spring low',
            message,
            campaign: 'spring',
            roles: ['writer', 'legal'],
          },
          now,
        );
        if (message === 'undone') throw new Error('rolled back');
      });
    await expect(raise('undone')).rejects.toThrow('rolled back');
    expect(await query('SELECT 1 FROM notification')).toEqual([]);
    await raise('email.open_rate is 0.1');
    await raise('email.open_rate is 0.09');
    const told = await until(() =>
      Promise.resolve(receiver.received.length >= 2 ? receiver.received.map(dataOf) : null),
    );
    expect(told).toMatchObject([
      { kind: 'alert', campaign: { key: 'spring' }, recipient: { type: 'person', name: 'both@example.com' } },
      { kind: 'alert', recipient: { type: 'role', name: 'legal' } },
    ]);
    expect(await query('SELECT campaign, roles FROM alert')).toEqual([
      { campaign: 'spring', roles: ['writer', 'legal'] },
    ]);
  });

  it('are taken over from what a target was called before, unless that may have been another of its host', async () => {
    receiver.behave({ status: 500 });
    const here = await start([hook()]);
    const { create, later, query, replica, standing, targets } = here;
    const [target] = targets;
    await create('spring');
    await until(() => Promise.resolve(receiver.received.length === 2));
    await until(
      async () => (await query("SELECT 1 FROM notification_delivery WHERE last_error <> ''")).length === 2,
    );
    const former = `webhook ${new URL(receiver.url).host}`;
    await query('UPDATE notification_delivery SET target = $1', [former]);
    await query(
      `INSERT INTO notification_delivery (notification_id, target, state, next_at)
       SELECT min(notification_id), $1, 'pending', $2 FROM notification_delivery`,
      [`${former} #2`, here.now],
    );
    if (target) await takeOver(replica.ports, target);
    expect(await standing()).toEqual({
      [`${target?.name} pending`]: 1,
      [`${former} pending`]: 1,
      [`${former} #2 pending`]: 1,
    });
    receiver.behave({ status: 200 });
    await later(6_000);
    await until(async () => (await standing())[`${target?.name} delivered`] === 1);
  });

  it('are forgotten a month after they were delivered; dead ones stay, also of targets that are gone', async () => {
    const here = await start([hook(), hook(other)]);
    const { create, query, replica, standing, targets } = here;
    other.behave({ status: 500 });
    await create('spring');
    await until(() => Promise.resolve(receiver.received.length === 2 && other.received.length === 2));
    await until(async () => (await standing())[`${targets[0]?.name} delivered`] === 2);
    const tidy = async (days: number) => {
      here.now = new Date(here.now.getTime() + days * DAY_MS);
      await tidyNotifications(replica.ports, [targets[0]?.name ?? '']);
    };
    await tidy(0.5);
    expect(await standing()).toMatchObject({ [`${targets[1]?.name} pending`]: 2 });
    await tidy(1);
    expect(await standing()).toMatchObject({ [`${targets[1]?.name} dead`]: 2 });
    await tidy(40);
    expect(await query("SELECT 1 FROM notification WHERE kind <> 'alert'")).toHaveLength(2);
    await query("UPDATE notification_delivery SET state = 'delivered', ended_at = $1", [here.now]);
    await tidy(29);
    expect(await query("SELECT 1 FROM notification WHERE kind <> 'alert'")).toHaveLength(2);
    await tidy(2);
    expect(await query("SELECT 1 FROM notification WHERE kind <> 'alert'")).toHaveLength(0);
  });
});
