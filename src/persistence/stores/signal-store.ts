import { hash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import type {
  AddedReadings,
  ChannelValue,
  SignalBatch,
  SignalListener,
  SignalStore,
  UnwatchedBatch,
  Window,
} from '../../application/ports.js';
import type { GivenReading, Reading } from '../../domain/triggers/reading.js';
import { dropMonths, ensureMonths, monthsAhead } from './signal-partitions.js';

/** More than a signal of a campaign has in any window that people think of; more are judged by the newest of them. */
const MOST_READINGS = 20_000;
/** Of values before a batch: a hundred for each of some channels that a signal has values of, whatever turns they take. */
const VALUES_BEFORE = 500;

export class SqlSignalStore implements SignalStore {
  constructor(private readonly manager: EntityManager) {}

  async listeners(campaigns: readonly string[]): Promise<ReadonlyMap<string, SignalListener>> {
    const rows = await this.manager.query<(SignalListener & { key: string })[]>(
      `SELECT c.id, c.key, c.status, c.ended_at AS "endedAt", t.meaning->'signals' AS signals,
              (SELECT coalesce(array_agg(channel), '{}') FROM campaign_channel WHERE campaign_id = c.id) AS channels,
              ARRAY(SELECT each->>'signal' FROM jsonb_array_elements(v.meaning->'triggers') each) AS "listensTo"
         FROM campaign c JOIN definition_version v ON v.id = c.version_id
         LEFT JOIN definition_version t ON t.id = c.taxonomy_version_id
        WHERE c.key = ANY($1)`,
      [campaigns],
    );
    return new Map(rows.map(({ key, ...listener }) => [key, listener]));
  }

  async add(
    readings: readonly GivenReading[],
    { campaigns, sentBy, now }: Parameters<SignalStore['add']>[1],
  ): Promise<AddedReadings[]> {
    const idOf = (campaign: string): string => campaigns.get(campaign)?.id ?? '';
    const given = new Map<string, GivenReading>();
    const [hours, named] = [new Set<number>(), new Set<string>()];
    for (const reading of readings) {
      const id = keyOf(idOf(reading.campaign), reading);
      if (!given.has(id)) given.set(id, reading);
      hours.add(hourOf(reading.at));
      named.add(reading.campaign);
    }
    // The tables of months first: who makes one waits for everybody who has read the others.
    await ensureMonths(this.manager, hours);
    const slots = new Set([...named].map((campaign) => BigInt(idOf(campaign)) % LOCKS));
    // Signals of one campaign are stored by one process at a time, so that batches are seen in the order of their numbers.
    await this.manager.query(LOCK, [[...slots]]);
    const [found] = await this.manager.query<{ batch: string; known: string[] }[]>(NUMBER_AND_KNOWN, [
      list([...given.keys()]),
    ]);
    if (!found) throw new Error('a batch of signals has no number');
    const { batch, known } = found;
    for (const id of known) given.delete(id.replaceAll('-', ''));
    if (given.size === 0) return [];
    const copied = this.copy(rowsOf(given, idOf, `\t${batch}\t${now.toISOString()}\n`));
    const sums = sumUp(given.values());
    await copied;
    const added = await this.manager.query<Omit<AddedReadings, 'batch'>[]>(NOTE, [
      sums.map((each) => idOf(each.campaign)),
      sums.map((each) => each.signal),
      sums.map((each) => each.hour),
      list(sums.map((each) => each.count)),
      list(sums.map((each) => each.missing)),
      list(sums.map((each) => each.sum)),
      list(sums.map((each) => each.min)),
      list(sums.map((each) => each.max)),
      list(sums.map((each) => each.samples)),
      batch,
      now,
      sentBy,
    ]);
    return added.map((each) => ({ ...each, batch }));
  }

  private async copy(rows: Iterable<Buffer>): Promise<void> {
    const client = (await this.manager.queryRunner?.connect()) as PoolClient;
    await pipeline(Readable.from(rows), client.query(copyFrom(COPY)));
  }

  async evaluated(campaignId: string, batches: readonly string[], now: Date): Promise<void> {
    await this.manager.query(
      'UPDATE signal_batch SET evaluated_at = $3 WHERE campaign_id = $1 AND id = ANY($2)',
      [campaignId, batches, now],
    );
  }

  async waiting(campaignId: string, limit: number): Promise<SignalBatch[]> {
    await this.manager.query(NEWEST_BY_INDEX);
    return this.manager.query(
      `SELECT id, signals FROM signal_batch WHERE campaign_id = $1 AND evaluated_at IS NULL ORDER BY id LIMIT $2`,
      [campaignId, limit],
    );
  }

  async window(
    campaignId: string,
    signal: string,
    { upTo, lookbackMs }: { readonly upTo: string; readonly lookbackMs: number },
  ): Promise<Window> {
    const rows = await this.manager.query<(Reading & { inWindow: boolean })[]>(WINDOW, [
      campaignId,
      signal,
      upTo,
      lookbackMs / 1_000,
      MOST_READINGS + 1,
    ]);
    const isCut = rows.filter(({ inWindow }) => inWindow).length > MOST_READINGS;
    return { readings: (isCut ? rows.slice(0, MOST_READINGS) : rows).reverse(), isCut };
  }

  async unwatched(limit: number): Promise<UnwatchedBatch[]> {
    await this.manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('signal watch', 0))`);
    await this.manager.query(NEWEST_BY_INDEX);
    return this.manager.query(
      `SELECT b.id, b.signals, b.count, b.campaign_id AS "campaignId", c.key AS campaign
         FROM signal_batch b JOIN campaign c ON c.id = b.campaign_id
        WHERE b.watched_at IS NULL ORDER BY b.id LIMIT $1`,
      [limit],
    );
  }

  async watched(batches: readonly UnwatchedBatch[], now: Date): Promise<void> {
    await this.manager.query(
      `UPDATE signal_batch b SET watched_at = $3 FROM unnest($1::bigint[], $2::bigint[]) AS each (campaign_id, id)
        WHERE b.campaign_id = each.campaign_id AND b.id = each.id`,
      [batches.map(({ campaignId }) => campaignId), batches.map(({ id }) => id), now],
    );
  }

  async valuesUpTo({ campaignId, id, count }: UnwatchedBatch, signal: string): Promise<ChannelValue[]> {
    const rows = await this.manager.query<ChannelValue[]>(
      `SELECT channel, at, value, batch_id = $3 AS "isNew" FROM signal
        WHERE campaign_id = $1 AND signal = $2 AND batch_id <= $3 AND value IS NOT NULL
        ORDER BY at DESC, key DESC LIMIT $4`,
      [campaignId, signal, id, count + VALUES_BEFORE],
    );
    return rows.reverse();
  }

  async prepare(now: Date): Promise<void> {
    await ensureMonths(this.manager, monthsAhead(now));
  }

  async forget(before: Date): Promise<readonly string[]> {
    // Whoever notes something of a batch has read signals before: in the other order the two could wait for each other.
    const months = await dropMonths(this.manager, before);
    await this.manager.query('DELETE FROM signal_batch WHERE received_at < $1', [before]);
    return months;
  }
}

/** What a key is found again by: a hash of campaign, signal and key, none of which has the character 31 in it. */
const keyOf = (campaignId: string, { signal, key }: GivenReading): string =>
  hash('md5', `${campaignId}\u001f${signal}\u001f${key}`, 'hex');

const HOUR_MS = 3_600_000;
const hourOf = (at: Date): number => Math.floor(at.getTime() / HOUR_MS) * HOUR_MS;

/** So many rows are written while the database stores those before. */
const ROWS_AT_ONCE = 500;

/**
 * As COPY reads them, in the order of the index of ids, which then reads and writes each of its pages once.
 * @param end what all of them end with
 */
function* rowsOf(
  given: ReadonlyMap<string, GivenReading>,
  idOf: (campaign: string) => string,
  end: string,
): Generator<Buffer> {
  const ids = [...given.keys()].sort();
  for (let from = 0; from < ids.length; from += ROWS_AT_ONCE) {
    let rows = '';
    for (const id of ids.slice(from, from + ROWS_AT_ONCE)) {
      const reading = given.get(id);
      if (reading) rows += `${id}\t${idOf(reading.campaign)}${rowOf(reading)}${end}`;
    }
    yield Buffer.from(rows);
  }
}

/** What a row has of its reading; no text has a tab or a line end in it. */
function rowOf({ at, value, samples, signal, key, channel }: GivenReading): string {
  const given = `${signal}\t${key}\t${channel ?? ''}`;
  const names = given.includes('\\') ? given.replaceAll('\\', '\\\\') : given;
  return `\t${at.toISOString()}\t${value ?? NULL}\t${samples ?? NULL}\t${names}${channel === null ? NULL : ''}`;
}
const NULL = String.raw`\N`;
const COPY =
  'COPY signal (id, campaign_id, at, value, samples, signal, key, channel, batch_id, received_at) FROM STDIN';

/** What the readings of one campaign and signal come to within an hour. */
interface HourSum {
  readonly campaign: string;
  readonly signal: string;
  readonly hour: Date;
  count: number;
  missing: number;
  sum: number;
  min: number | null;
  max: number | null;
  samples: number;
}

function sumUp(readings: Iterable<GivenReading>): HourSum[] {
  const sums = new Map<string, HourSum>();
  for (const { campaign, signal, at, value, samples } of readings) {
    const hour = hourOf(at);
    const name = `${campaign}\u001f${signal}\u001f${hour}`;
    let of = sums.get(name);
    if (!of) {
      of = {
        campaign,
        signal,
        hour: new Date(hour),
        count: 0,
        missing: 0,
        sum: 0,
        min: null,
        max: null,
        samples: 0,
      };
      sums.set(name, of);
    }
    of.count++;
    of.samples += samples ?? 0;
    if (value === null) of.missing++;
    else {
      of.sum += value;
      of.min = Math.min(of.min ?? value, value);
      of.max = Math.max(of.max ?? value, value);
    }
  }
  return [...sums.values()];
}

/** An array as PostgreSQL reads it, of what needs no quotes; the driver takes far longer to write one. */
const list = (values: readonly (number | string | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;

/** Locks are in shared memory, which ten thousand campaigns of one batch would use up. Campaigns that share one wait for each other. */
const LOCKS = 256n;

/** From here on ids are looked for in the index of every month: what the planner knows of a month that has just begun is nothing. */
const LOCK = `SELECT pg_advisory_xact_lock(hashtextextended('signals', slot)), set_config('enable_seqscan', 'off', true)
    FROM (SELECT unnest($1::bigint[]) AS slot ORDER BY 1) each`;

/** The number of the batch, and those ids that are there. That they are many the planner need not look at one by one. */
const NUMBER_AND_KNOWN = `SELECT nextval('signal_batch_id') AS batch,
    ARRAY(SELECT id FROM signal WHERE id = ANY((SELECT $1::uuid[])::uuid[])) AS known`;

/** The newest values come from the end of an index; of a month that has just begun the planner thinks that it is as well read whole. */
const NEWEST_BY_INDEX = 'SET LOCAL enable_sort = off';

/** Adds sums by hour to those that are there, and notes the batch of each campaign. */
const NOTE = `WITH added AS (
    SELECT * FROM unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::int[], $5::int[], $6::float8[], $7::float8[], $8::float8[],
      $9::bigint[]) AS each (campaign_id, signal, hour, count, missing, sum, min, max, samples)
  ), hours AS (
    INSERT INTO signal_hour AS h (campaign_id, signal, hour, count, missing, sum, min, max, samples)
    SELECT * FROM added
    ON CONFLICT (campaign_id, signal, hour) DO UPDATE
      SET count = h.count + excluded.count, missing = h.missing + excluded.missing, sum = h.sum + excluded.sum,
          min = least(h.min, excluded.min), max = greatest(h.max, excluded.max), samples = h.samples + excluded.samples
  ), batch AS (
    INSERT INTO signal_batch (campaign_id, id, received_at, sent_by, signals, count)
    SELECT campaign_id, $10::bigint, $11::timestamptz, $12, array_agg(DISTINCT signal), sum(count) FROM added GROUP BY campaign_id
    RETURNING campaign_id, signals, count
  )
  SELECT campaign_id AS "campaignId", signals, count FROM batch`;

/** Newest first: from its last value back as far as was asked for, and the one value before that. */
const WINDOW = `WITH seen AS NOT MATERIALIZED (
    SELECT at, value, samples, key FROM signal WHERE campaign_id = $1 AND signal = $2 AND batch_id <= $3
  ), since AS (
    SELECT at - make_interval(secs => $4) AS at FROM seen WHERE value IS NOT NULL ORDER BY at DESC LIMIT 1
  )
  SELECT at, value, samples, "inWindow" FROM (
    (SELECT *, true AS "inWindow" FROM seen WHERE at >= (SELECT at FROM since) ORDER BY at DESC, key DESC LIMIT $5)
    UNION ALL
    (SELECT *, false FROM seen WHERE at < (SELECT at FROM since) AND value IS NOT NULL ORDER BY at DESC, key DESC LIMIT 1)
  ) found ORDER BY at DESC, key DESC`;
