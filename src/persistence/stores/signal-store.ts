import type { EntityManager } from 'typeorm';
import type {
  AddedReadings,
  ChannelValue,
  PlacedReading,
  SignalBatch,
  SignalListener,
  SignalStore,
  UnwatchedBatch,
  Window,
} from '../../application/ports.js';
import type { Reading } from '../../domain/triggers/reading.js';
import { dropMonths, ensureMonths, monthsAhead } from './signal-partitions.js';

/** More than a signal of a campaign has in any window that people think of; more are judged by the newest of them. */
const MOST_READINGS = 20_000;
/** Of values before a batch: a hundred for each of some channels that a signal has values of, whatever turns they take. */
const VALUES_BEFORE = 500;

export class SqlSignalStore implements SignalStore {
  constructor(private readonly manager: EntityManager) {}

  async listeners(campaigns: readonly string[]): Promise<ReadonlyMap<string, SignalListener>> {
    const rows = await this.manager.query<(SignalListener & { key: string })[]>(
      `SELECT c.id, c.key, c.status, t.meaning->'signals' AS signals,
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
    readings: readonly PlacedReading[],
    { sentBy, now }: { readonly sentBy: string; readonly now: Date },
  ): Promise<AddedReadings[]> {
    await ensureMonths(
      this.manager,
      readings.map(({ at }) => at),
    );
    const campaigns = [...new Set(readings.map(({ campaignId }) => campaignId))];
    // Signals of one campaign are stored by one process at a time, so that batches are seen in the order of their numbers.
    await this.manager.query(
      `SELECT pg_advisory_xact_lock(hashtextextended('signals', id)) FROM (SELECT unnest($1::bigint[]) AS id ORDER BY 1) each`,
      [campaigns],
    );
    const [numbered] = await this.manager.query<{ batch: string }[]>(
      `SELECT nextval('signal_batch_id') AS batch`,
    );
    const batch = numbered?.batch ?? '';
    await this.manager.query(LOOK_UP_BY_INDEX);
    const { series, places } = seriesOf(readings);
    const added = await this.manager.query<Omit<AddedReadings, 'batch'>[]>(ADD, [
      series.map((each) => each.campaignId),
      series.map((each) => each.signal),
      series.map((each) => each.channel),
      numbers(places),
      texts(readings.map((each) => each.key)),
      numbers(readings.map((each) => each.at.getTime())),
      numbers(readings.map((each) => each.value)),
      numbers(readings.map((each) => each.samples)),
      batch,
      now,
      sentBy,
    ]);
    await this.manager.query(LOOK_UP_BY_INDEX.replaceAll('off', 'on'));
    return added.map((each) => ({ ...each, batch }));
  }

  async evaluated(campaignId: string, batches: readonly string[], now: Date): Promise<void> {
    await this.manager.query(
      'UPDATE signal_batch SET evaluated_at = $3 WHERE campaign_id = $1 AND id = ANY($2)',
      [campaignId, batches, now],
    );
  }

  waiting(campaignId: string, limit: number): Promise<SignalBatch[]> {
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
    await this.manager.query('DELETE FROM signal_batch WHERE received_at < $1', [before]);
    return dropMonths(this.manager, before);
  }
}

/** Campaign, signal and channel are the same again and again: each once, and which of them every reading has, from 1 on. */
function seriesOf(readings: readonly PlacedReading[]): { series: PlacedReading[]; places: number[] } {
  const series: PlacedReading[] = [];
  const known = new Map<string, number>();
  const places = readings.map((reading) => {
    const name = `${reading.campaignId}\u001f${reading.signal}\u001f${reading.channel ?? ''}`;
    const place = known.get(name) ?? series.push(reading);
    known.set(name, place);
    return place;
  });
  return { series, places };
}

/** Arrays as PostgreSQL reads them; the driver takes a fifth of the whole time to write them. */
const numbers = (values: readonly (number | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;
const texts = (values: readonly string[]): string =>
  `{${values.map((value) => `"${value.replaceAll(/["\\]/g, String.raw`\$&`)}"`).join(',')}}`;

/** Every key is looked for in the index of every month. What the planner knows of a month that has just begun is nothing. */
const LOOK_UP_BY_INDEX = ['hashjoin', 'mergejoin', 'seqscan']
  .map((way) => `SET LOCAL enable_${way} = off`)
  .join('; ');

/** The newest values come from the end of an index; of a month that has just begun the planner thinks that it is as well read whole. */
const NEWEST_BY_INDEX = 'SET LOCAL enable_sort = off';

/**
 * Adds what is not there, in the order of its index, sums it up by hour, and notes the batch of each campaign. No name has the
 * character 31 in it.
 */
const ADD = `WITH series AS (
    SELECT *, concat_ws(chr(31), campaign_id, signal, '') AS name
      FROM unnest($1::bigint[], $2::text[], $3::text[]) WITH ORDINALITY AS each (campaign_id, signal, channel, number)
  ), given AS (
    SELECT DISTINCT ON (id) * FROM (
      SELECT md5(s.name || key)::uuid AS id, campaign_id, signal, channel, key, to_timestamp(at / 1000) AS at, value, samples, place
        FROM unnest($4::int[], $5::text[], $6::float8[], $7::float8[], $8::int[])
          WITH ORDINALITY AS each (series, key, at, value, samples, place) JOIN series s ON s.number = each.series) each
     ORDER BY id, place
  ), added AS (
    INSERT INTO signal (id, campaign_id, signal, key, at, value, samples, channel, batch_id, received_at)
    SELECT id, campaign_id, signal, key, at, value, samples, channel, $9::bigint, $10::timestamptz FROM given
     WHERE NOT EXISTS (SELECT 1 FROM signal s WHERE s.id = given.id)
    RETURNING campaign_id, signal, at, value, samples
  ), hours AS (
    INSERT INTO signal_hour AS h (campaign_id, signal, hour, count, missing, sum, min, max, samples)
    SELECT campaign_id, signal, date_trunc('hour', at, 'UTC'), count(*), count(*) - count(value), coalesce(sum(value), 0),
           min(value), max(value), coalesce(sum(samples), 0)
      FROM added GROUP BY 1, 2, 3
    ON CONFLICT (campaign_id, signal, hour) DO UPDATE
      SET count = h.count + excluded.count, missing = h.missing + excluded.missing, sum = h.sum + excluded.sum,
          min = least(h.min, excluded.min), max = greatest(h.max, excluded.max), samples = h.samples + excluded.samples
  ), batch AS (
    INSERT INTO signal_batch (campaign_id, id, received_at, sent_by, signals, count)
    SELECT campaign_id, $9::bigint, $10::timestamptz, $11, array_agg(DISTINCT signal), count(*) FROM added GROUP BY campaign_id
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
