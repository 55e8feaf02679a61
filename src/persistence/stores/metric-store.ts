import type { EntityManager } from 'typeorm';
import type { AudienceOverlap, MetricStore, StoredAsset, Times } from '../../application/ports.js';
import { WHOLE_LIST } from '../../domain/alignment/audience.js';
import type { Turn } from '../../domain/alignment/convergence.js';
import type { MetricName } from '../../domain/metrics/catalogue.js';
import type { Evidence, Measurement } from '../../domain/metrics/measure.js';
import { later } from '../later.js';
import { ASSET_COLUMNS, OVERLAPS } from '../rows/metric-columns.js';

export class SqlMetricStore implements MetricStore {
  constructor(private readonly manager: EntityManager) {}

  assets(campaignId: string): Promise<StoredAsset[]> {
    return this.manager.query<StoredAsset[]>(
      `SELECT ${ASSET_COLUMNS} FROM campaign_asset WHERE campaign_id = $1 ORDER BY key`,
      [campaignId],
    );
  }

  overlaps(campaignId: string): Promise<AudienceOverlap[]> {
    return this.manager.query<AudienceOverlap[]>(
      `${OVERLAPS} WHERE one.campaign_id = $1 AND one.channel <> '${WHOLE_LIST}' ORDER BY one.channel, other.channel`,
      [campaignId],
    );
  }

  async values(campaignId: string): Promise<ReadonlyMap<MetricName, number | null>> {
    const rows = await this.manager.query<{ metric: MetricName; value: number | null }[]>(
      'SELECT metric, value FROM campaign_metric WHERE campaign_id = $1',
      [campaignId],
    );
    return new Map(rows.map(({ metric, value }) => [metric, value]));
  }

  async evidence(campaignId: string, metric: MetricName): Promise<readonly Evidence[]> {
    const [row] = await this.manager.query<{ evidence: Evidence[] }[]>(
      'SELECT evidence FROM campaign_metric WHERE campaign_id = $1 AND metric = $2',
      [campaignId, metric],
    );
    return row?.evidence ?? [];
  }

  async save(campaignId: string, measurements: readonly Measurement[], now: Date): Promise<void> {
    if (measurements.length === 0) return;
    await later(this.manager, `metrics ${campaignId}`, {
      writes: {
        measured: `INSERT INTO campaign_metric (campaign_id, metric, value, parts, evidence, notes, measured_at)
       SELECT $1, metric, value, parts, evidence, notes, $3
         FROM jsonb_to_recordset($2) AS given (metric text, value float8, parts jsonb, evidence jsonb, notes jsonb)
       ON CONFLICT (campaign_id, metric) DO UPDATE
         SET value = excluded.value, parts = excluded.parts, evidence = excluded.evidence, notes = excluded.notes,
             measured_at = excluded.measured_at`,
      },
      values: [campaignId, JSON.stringify(measurements), now],
    });
  }

  async times(campaignId: string): Promise<Times> {
    const rows = await this.manager.query<{ what: keyof Times; key: string; at: Date }[]>(
      `SELECT 'steps' AS what, key, finished_at AS at FROM campaign_step WHERE campaign_id = $1 AND finished_at IS NOT NULL
       UNION ALL SELECT 'handoffs', key, accepted_at FROM campaign_handoff WHERE campaign_id = $1
       UNION ALL SELECT 'reopenings', handoff, max(reopened_at) FROM campaign_reopening WHERE campaign_id = $1 GROUP BY handoff`,
      [campaignId],
    );
    const of = (wanted: keyof Times) =>
      new Map(rows.flatMap(({ what, key, at }) => (what === wanted ? [[key, at] as const] : [])));
    return { steps: of('steps'), handoffs: of('handoffs'), reopenings: of('reopenings') };
  }

  async addTurns(campaignId: string, turns: readonly Turn[]): Promise<void> {
    for (const { at, dimension, agrees } of turns)
      await later(this.manager, null, {
        writes: {
          turned: 'INSERT INTO campaign_turn (campaign_id, dimension, agrees, at) VALUES ($1, $2, $3, $4)',
        },
        values: [campaignId, dimension, agrees, at],
      });
  }
}
