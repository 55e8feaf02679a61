import { once } from 'node:events';
import net from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import Fastify, { type FastifyInstance } from 'fastify';
import { LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { registerSignals } from '../../src/http/signals.js';
import { createLogger } from '../../src/observability/logger.js';
import { type SignalWorld, startSignalWorld } from '../support/signal-world.js';
import type { SignalStore } from '../../src/application/ports.js';
import { until } from '../support/until.js';

/** A million takes two minutes: `WEIR_SIGNALS=1000000 npm run jest -- tests/e2e/signals-bulk`. */
const COUNT = Number(process.env['WEIR_SIGNALS'] ?? 50_000);
const NOW = new Date('2026-11-28T09:00:00Z');
/** A few batches of readings with their text; a million readings take several times as much. */
const MOST_MEMORY = 100_000_000;

/** What is in use, once what is not has been tidied up. */
function memory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage().heapUsed;
}

/** A server of which everybody is the local admin. */
function openServer(): FastifyInstance {
  const app = Fastify();
  app.addHook('onRequest', (request, _reply, next) => {
    request.actor = LOCAL_ACTOR;
    next();
  });
  return app;
}

describe('many signals', () => {
  let world: SignalWorld;
  beforeAll(async () => {
    world = await startSignalWorld(NOW);
  }, 60_000);
  afterAll(() => world.close());

  const create = (key: string) => world.act('createCampaign', { key, name: key, workflow: 'sale' });
  /** One a second up to now; every tenth is wrong where that is asked for. */
  const line = (campaign: string, at: number, count: number, isWrong = false): string =>
    `${JSON.stringify({
      campaign,
      ...{ signal: 'email.open_rate', key: `k${at}`, at: new Date(NOW.getTime() - (count - at) * 1_000) },
      ...{ value: isWrong ? 2 : 0.5, samples: 500 },
    })}\n`;
  const stream = (
    campaign: string,
    count: number,
    wrongEvery = 0,
    atEachTenth: () => void = () => undefined,
  ): ReadableStream<Uint8Array> => {
    let at = 0;
    return new ReadableStream({
      pull: (controller) => {
        const lines = Array.from({ length: Math.min(1_000, count - at) }, () =>
          line(campaign, ++at, count, wrongEvery > 0 && at % wrongEvery === 0),
        );
        controller.enqueue(new TextEncoder().encode(lines.join('')));
        if (at % (count / 10) === 0) atEachTenth();
        if (at >= count) controller.close();
      },
    });
  };
  const stored = async (campaign: string) => {
    const [row] = await world.replica.data.query<{ rows: number; hours: number; batches: number }[]>(
      `SELECT (SELECT count(*)::int FROM signal WHERE campaign_id = c.id) AS rows,
              (SELECT coalesce(sum(count), 0)::int FROM signal_hour WHERE campaign_id = c.id) AS hours,
              (SELECT coalesce(sum(count), 0)::int FROM signal_batch WHERE campaign_id = c.id) AS batches
         FROM campaign c WHERE c.key = $1`,
      [campaign],
    );
    return row;
  };

  it(
    'are taken in one request, in bounded memory, and counted once however often they are sent',
    async () => {
      await create('bulk');
      let most = 0;
      const before = memory();
      const first = await world.send(stream('bulk', COUNT, 10, () => (most = Math.max(most, memory()))));
      const wrong = COUNT / 10;
      expect(first).toMatchObject({
        status: 200,
        body: { accepted: COUNT - wrong, duplicates: 0, rejectedCount: wrong },
      });
      expect(first.body.rejected).toHaveLength(1_000);
      expect(first.body.rejected[0]).toMatchObject({ line: 10, code: 'OUT_OF_RANGE' });
      expect(most - before).toBeLessThan(MOST_MEMORY);
      const kept = COUNT - wrong;
      expect(await stored('bulk')).toEqual({ rows: kept, hours: kept, batches: kept });
      const second = await world.send(stream('bulk', COUNT, 10));
      expect(second.body).toMatchObject({ accepted: 0, duplicates: kept, rejectedCount: wrong });
      expect(await stored('bulk')).toEqual({ rows: kept, hours: kept, batches: kept });
    },
    60_000 + COUNT / 2,
  );

  it('are whole however a sender is cut off, once it has sent them again', async () => {
    await create('cut');
    const { port } = new URL(world.replica.url);
    const socket = net.connect(Number(port), '127.0.0.1');
    const all = Array.from({ length: 60_000 }, (_, at) => line('cut', at, 60_000)).join('');
    socket.write(
      `POST /signals HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\ncontent-length: ${all.length}\r\n\r\n`,
    );
    socket.write(all.slice(0, (all.length * 2) / 3));
    // Two batches are complete; the third never is.
    await until(async () => (await stored('cut'))?.rows === 40_000);
    socket.destroy();
    const again = await world.send(all);
    expect(again.body).toMatchObject({ accepted: 20_000, duplicates: 40_000 });
    expect(await stored('cut')).toEqual({ rows: 60_000, hours: 60_000, batches: 60_000 });
  }, 60_000);

  it('sent by several at the same time are stored once', async () => {
    await create('race-one');
    await create('race-two');
    const both = (order: readonly string[]) =>
      order
        .flatMap((campaign) => Array.from({ length: 3_000 }, (_, at) => line(campaign, at, 3_000)))
        .join('');
    const answers = await Promise.all(
      [
        ['race-one', 'race-two'],
        ['race-two', 'race-one'],
        ['race-one', 'race-two'],
      ].map((order) => world.send(both(order))),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(answers.reduce((sum, { body }) => sum + body.accepted, 0)).toBe(6_000);
    expect(answers.reduce((sum, { body }) => sum + body.duplicates, 0)).toBe(12_000);
    expect(await stored('race-one')).toEqual({ rows: 3_000, hours: 3_000, batches: 3_000 });
    expect(await stored('race-two')).toEqual({ rows: 3_000, hours: 3_000, batches: 3_000 });
  }, 60_000);

  it('do not wait for a campaign that somebody acts on', async () => {
    await create('acted-on');
    const sent = await world.replica.ports.inTransaction(async ({ campaigns }) => {
      await campaigns.lock('acted-on');
      return world.send(line('acted-on', 1, 1));
    });
    expect(sent).toMatchObject({ status: 200, body: { accepted: 1 } });
  }, 30_000);

  it('are no fault of the sender where the service fails in the middle of them', async () => {
    await create('fault');
    const { data } = world.replica;
    await data.query(`CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF new.key = 'k25000' THEN RAISE EXCEPTION 'the disk is full'; END IF; RETURN new; END $$`);
    await data.query('CREATE TRIGGER fail BEFORE INSERT ON signal FOR EACH ROW EXECUTE FUNCTION fail()');
    try {
      const { status, body } = await world.send(stream('fault', 60_000));
      expect([status, JSON.stringify(body)]).toEqual([500, expect.stringContaining('INTERNAL_SERVER_ERROR')]);
      expect(JSON.stringify(body)).not.toContain('disk');
    } finally {
      await data.query('DROP TRIGGER fail ON signal');
      await data.query('DROP FUNCTION fail');
    }
    expect(await stored('fault')).toEqual({ rows: 20_000, hours: 20_000, batches: 20_000 });
    const again = await world.send(stream('fault', 60_000));
    expect(again.body).toMatchObject({ accepted: 40_000, duplicates: 20_000 });
  }, 60_000);

  it('of however many campaigns take few locks, of which a server has only some thousands', async () => {
    await create('many');
    const { data, ports } = world.replica;
    const made = await data.query<{ id: string }[]>(
      `INSERT INTO campaign (key, name, version_id, status, type, risk, budget, labels, flags, brief, created_at)
       SELECT 'many-' || n, 'c', version_id, 'running', '', 'low', 0, '{}', '{}', '{}', now()
         FROM campaign, generate_series(1, 1000) n WHERE key = 'many' RETURNING id`,
    );
    const [of, by] = [
      { signal: 'email.open_rate', key: 'k', at: NOW },
      { campaigns: new Map(made.map(({ id }) => [id, { id }])), sentBy: 'test', now: NOW },
    ];
    const reading = { ...of, value: 0.5, samples: null, channel: null };
    const locks = await ports.inTransaction(async ({ signals }) => {
      const added = await signals.add(
        made.map(({ id }) => ({ ...reading, campaign: id })),
        by,
      );
      expect(added).toHaveLength(1_000);
      const [held] = await data.query<{ count: number }[]>(
        `SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory'
            AND pid = (SELECT pid FROM pg_locks WHERE relation = 'signal_batch'::regclass AND mode = 'RowExclusiveLock')`,
      );
      return held?.count;
    });
    expect(locks).toBeGreaterThan(0);
    expect(locks).toBeLessThanOrEqual(256);
    expect(await stored('many-1000')).toEqual({ rows: 1, hours: 1, batches: 1 });
  }, 60_000);

  it('beyond what one request may hold are answered with what was stored', async () => {
    await create('huge');
    const app = openServer();
    registerSignals(app, world.replica.ports, createLogger('silent'), { maxBytes: 4_000_000 });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const response = await fetch(`${url}/signals`, {
      ...{ method: 'POST', duplex: 'half', body: stream('huge', 60_000) },
      headers: { 'content-type': 'application/x-ndjson' },
    }).then(
      async (answer) => ({ status: answer.status, body: (await answer.json()) as { accepted: number } }),
      // The connection ends while the sender still sends, and not every sender reads the answer then.
      () => null,
    );
    await app.close();
    const rows = (await stored('huge'))?.rows ?? 0;
    expect(rows).toBeGreaterThanOrEqual(20_000);
    expect(rows).toBeLessThan(60_000);
    if (response) expect(response).toMatchObject({ status: 413, body: { accepted: rows } });
  }, 60_000);

  /** Adds one signal, received at the moment that it is of. */
  async function oneOf(campaign: string, at: Date) {
    await create(campaign);
    const [row] = await world.replica.data.query<{ id: string }[]>('SELECT id FROM campaign WHERE key = $1', [
      campaign,
    ]);
    const reading = { campaign, signal: 'email.open_rate', key: 'k', at, value: 0.5 };
    const campaigns = new Map([[campaign, { id: row?.id ?? '' }]]);
    return (signals: SignalStore) =>
      signals.add([{ ...reading, samples: null, channel: null }], { campaigns, sentBy: 'test', now: at });
  }

  it('make room for their month without holding up who reads', async () => {
    const { data, ports } = world.replica;
    const add = await oneOf('early', new Date('2026-09-15T10:00:00Z'));
    await ports.inTransaction(async ({ signals }) => {
      await add(signals);
      await data.transaction(async (reader) => {
        await reader.query(`SET LOCAL lock_timeout = '5s'`);
        await reader.query('SELECT count(*) FROM signal');
      });
    });
    expect(await stored('early')).toEqual({ rows: 1, hours: 1, batches: 1 });
  });

  it('are cut off where they stall, and not where the server makes their sender wait', async () => {
    await create('slow');
    const { data, ports } = world.replica;
    const app = openServer();
    registerSignals(app, ports, createLogger('silent'), { idleMs: 200 });
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    const all = Array.from({ length: 60_000 }, (_, at) => line('slow', at, 60_000)).join('');
    const stall = async () => {
      const socket = net.connect(Number(new URL(url).port), '127.0.0.1');
      socket.write('POST /signals HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-ndjson\r\n');
      socket.write(`content-length: ${all.length}\r\n\r\n${line('slow', 0, 60_000)}`);
      socket.resume();
      await once(socket, 'close', { signal: AbortSignal.timeout(20_000) }).finally(() => socket.destroy());
    };
    const sent = await data.transaction(async (other) => {
      await other.query(`SELECT pg_advisory_xact_lock(hashtextextended('signals', id % 256)) FROM campaign`);
      const answer = fetch(`${url}/signals`, {
        ...{ method: 'POST', body: all, headers: { 'content-type': 'application/x-ndjson' } },
      });
      answer.catch(() => undefined);
      await until(async () => {
        const rows = await data.query<object[]>(
          `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted`,
        );
        return rows.length === 1;
      });
      // The one waits for the lock for longer than others may be silent.
      await stall();
      await stall();
      return { answer };
    });
    const response = await sent.answer;
    expect([response.status, await response.json()]).toMatchObject([200, { accepted: 60_000 }]);
    await app.close();
  }, 60_000);

  it('are dropped while somebody notes what came of them, and neither waits for the other', async () => {
    const { data, ports } = world.replica;
    const add = await oneOf('noted', new Date('2026-08-15T10:00:00Z'));
    await ports.inTransaction(({ signals }) => add(signals));
    const { months } = await data.transaction(async (noting) => {
      await noting.query('SELECT count(*) FROM signal');
      const dropped = ports.inTransaction(({ signals }) => signals.forget(new Date('2026-09-01T00:00:00Z')));
      dropped.catch(() => undefined);
      await until(async () => {
        const rows = await data.query<object[]>(`SELECT FROM pg_locks WHERE NOT granted`);
        return rows.length > 0;
      });
      await noting.query(`UPDATE signal_batch SET evaluated_at = now() WHERE received_at < '2026-09-01'`);
      return { months: dropped };
    });
    expect(await months).toEqual(['signal_2026_08']);
    expect(await stored('noted')).toEqual({ rows: 0, hours: 1, batches: 0 });
  });

  it('are dropped by the month when they are older than a quarter, and stay by the hour', async () => {
    await create('old');
    expect((await world.send(line('old', 0, 1))).body.accepted).toBe(1);
    const months = await world.replica.ports.inTransaction(async ({ signals }) => {
      await signals.prepare(NOW);
      return signals.forget(new Date('2026-12-02T00:00:00Z'));
    });
    expect(months).toContain('signal_2026_11');
    expect(months).not.toContain('signal_2026_12');
    expect(await stored('old')).toEqual({ rows: 0, hours: 1, batches: 0 });
  });
});
