import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { EntityManager } from 'typeorm';
import type { Audience, AudienceStore, LoadedAudience, Outside } from '../../application/ports.js';
import { estimateShared, SKETCH_SIZE, WHOLE_LIST } from '../../domain/alignment/audience.js';
import { AUDIENCE_COLUMNS } from '../rows/metric-columns.js';

/** Where both are larger, counting two audiences against each other takes longer than an upload should. */
const COUNTED_UP_TO = 5_000_000;
/** So many are told; who mends these sees the rest. */
const OUTSIDE_SHOWN = 100;
/** Of a whole upload; it ends by itself where the sender is gone. */
const TIMEOUT = '20min';

/** Audiences as sorted hashes: two are compared by merging them, large ones by their smallest hashes. */
export class SqlAudienceStore implements AudienceStore {
  constructor(
    private readonly manager: EntityManager,
    private readonly countedUpTo = COUNTED_UP_TO,
  ) {}

  async load(lines: Readable): Promise<LoadedAudience> {
    await this.manager.query(`SET LOCAL statement_timeout = '${TIMEOUT}'`);
    await this.manager.query('CREATE TEMPORARY TABLE IF NOT EXISTS given (member text) ON COMMIT DROP');
    await this.manager.query('TRUNCATE given');
    const client = (await this.manager.queryRunner?.connect()) as PoolClient;
    await pipeline(lines, client.query(copyFrom('COPY given FROM STDIN')));
    const [row] = await this.manager.query<{ id: string; lines: number; size: number }[]>(
      `WITH number AS (SELECT nextval(pg_get_serial_sequence('audience', 'id')) AS id),
            added AS (INSERT INTO audience_member (audience_id, member)
                      SELECT id, member FROM number, (SELECT DISTINCT md5(member)::uuid AS member FROM given) known
                       ORDER BY member RETURNING 1)
       SELECT id, (SELECT count(*)::int FROM given) AS lines, (SELECT count(*)::int FROM added) AS size FROM number`,
    );
    if (!row) throw new Error('the audience was not counted');
    return row;
  }

  async replace(campaignId: string, channel: string, { id, size }: LoadedAudience, now: Date): Promise<void> {
    await this.remove(campaignId, channel);
    await this.manager.query(
      `INSERT INTO audience (id, campaign_id, channel, size, updated_at) OVERRIDING SYSTEM VALUE VALUES ($1, $2, $3, $4, $5)`,
      [id, campaignId, channel, size, now],
    );
    const others = await this.manager.query<Audience[]>(
      `SELECT ${AUDIENCE_COLUMNS} FROM audience WHERE campaign_id = $1 AND id <> $2`,
      [campaignId, id],
    );
    const own = { id, size };
    for (const other of others) {
      // In the order of the channels, so that each pair stands once.
      const [first, second] = channel < other.channel ? [own, other] : [other, own];
      const { shared, jaccardError } =
        Math.min(size, other.size) <= this.countedUpTo
          ? await this.count(first, second)
          : await this.estimate(first, second);
      await this.manager.query(
        'INSERT INTO audience_overlap (one_id, other_id, shared, jaccard_error) VALUES ($1, $2, $3, $4)',
        [first.id, second.id, shared, jaccardError],
      );
    }
  }

  async outside(campaignId: string, audienceId: string): Promise<Outside | null> {
    const [found] = await this.manager.query<{ listId: string; count: number }[]>(
      `SELECT l.id AS "listId", a.size - o.shared AS count
         FROM audience l JOIN audience_overlap o ON o.one_id = l.id JOIN audience a ON a.id = o.other_id
        WHERE l.campaign_id = $1 AND l.channel = $2 AND a.id = $3`,
      [campaignId, WHOLE_LIST, audienceId],
    );
    if (!found) return null;
    if (found.count === 0) return { count: 0, members: [] };
    const members = await this.manager.query<{ member: string }[]>(
      `SELECT DISTINCT member FROM given g WHERE NOT EXISTS (
         SELECT 1 FROM audience_member m WHERE m.audience_id = $1 AND m.member = md5(g.member)::uuid) ORDER BY member LIMIT $2`,
      [found.listId, OUTSIDE_SHOWN],
    );
    return { count: found.count, members: members.map(({ member }) => member) };
  }

  async remove(campaignId: string, channel: string): Promise<boolean> {
    const [gone] = await this.manager.query<[{ id: string }[], number]>(
      'DELETE FROM audience WHERE campaign_id = $1 AND channel = $2 RETURNING id',
      [campaignId, channel],
    );
    const id = gone[0]?.id;
    if (id === undefined) return false;
    await this.manager.query('DELETE FROM audience_member WHERE audience_id = $1', [id]);
    return true;
  }

  private async count(one: Sized, other: Sized): Promise<Found> {
    // Two parts of one index, both in order: merging them takes half as long as hashing the whole table, and no more memory.
    await this.plan('off');
    const [row] = await this.manager.query<{ shared: number }[]>(SHARED, [one.id, other.id]);
    await this.plan('on');
    return { shared: row?.shared ?? 0, jaccardError: null };
  }

  private plan(hashing: 'on' | 'off'): Promise<unknown> {
    return this.manager.query(
      `SET LOCAL enable_hashjoin = ${hashing}; SET LOCAL enable_seqscan = ${hashing}`,
    );
  }

  private async estimate(one: Sized, other: Sized): Promise<Found> {
    const [row] = await this.manager.query<{ sampled: number; inBoth: number }[]>(SAMPLED, [
      one.id,
      other.id,
      SKETCH_SIZE,
    ]);
    const { both, jaccardError } = estimateShared(
      { one: one.size, other: other.size },
      row ?? { sampled: 0, inBoth: 0 },
    );
    return { shared: both, jaccardError };
  }
}

type Sized = Pick<Audience, 'id' | 'size'>;
interface Found {
  readonly shared: number;
  readonly jaccardError: number | null;
}

const SHARED = `SELECT count(*)::int AS shared
  FROM audience_member one JOIN audience_member other USING (member)
 WHERE one.audience_id = $1 AND other.audience_id = $2`;
/** The k smallest hashes of both together: each index gives its k smallest, and of these the k smallest count. */
const SAMPLED = `WITH smallest AS (
    (SELECT member FROM audience_member WHERE audience_id = $1 ORDER BY member LIMIT $3)
    UNION ALL (SELECT member FROM audience_member WHERE audience_id = $2 ORDER BY member LIMIT $3)
  ), sample AS (SELECT count(*) AS audiences FROM smallest GROUP BY member ORDER BY member LIMIT $3)
  SELECT count(*)::int AS sampled, (count(*) FILTER (WHERE audiences = 2))::int AS "inBoth" FROM sample`;
