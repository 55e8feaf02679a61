import type { CampaignParts } from '../../application/records.js';
import type { ReadSource } from '../read-source.js';

/** By part: what is read of each row, which of that are moments, and the order. */
const PARTS: Readonly<Record<keyof Omit<CampaignParts, 'campaignId' | 'revision'>, Part>> = {
  steps: {
    from: 'campaign_step',
    fields: { key: 'key', status: 'status', round: 'round' },
    moments: { startedAt: 'started_at', finishedAt: 'finished_at' },
    order: 'key',
  },
  gates: {
    from: 'campaign_gate',
    fields: { key: 'key', status: 'status', results: 'results' },
    moments: { evaluatedAt: 'evaluated_at' },
    order: 'key',
  },
  handoffs: {
    from: 'campaign_handoff',
    fields: { key: 'key', acceptedBy: 'accepted_by', contentHash: 'content_hash' },
    moments: { acceptedAt: 'accepted_at' },
    order: 'key',
  },
  channels: {
    from: 'campaign_channel',
    fields: {
      ...{ channel: 'channel', status: 'status', budget: 'budget_cents', creative: 'creative' },
      ...{ pausedBy: 'paused_by', pausedReason: 'paused_reason' },
    },
    moments: { plannedAt: 'planned_at', launchedAt: 'launched_at', pausedAt: 'paused_at' },
    order: 'channel',
  },
  approvals: {
    from: 'campaign_approval',
    fields: {
      ...{
        id: 'id::text',
        step: 'step',
        decision: 'decision',
        role: 'role',
        actor: 'actor',
        comment: 'comment',
      },
      ...{ forRole: 'for_role', round: 'round', contentHash: 'content_hash', versionId: 'version_id::text' },
      ...{
        invalidatedBy: 'invalidated_by',
        invalidatedBecause: 'invalidated_because',
        signature: 'signature',
      },
    },
    moments: { decidedAt: 'decided_at', invalidatedAt: 'invalidated_at' },
    order: 'id',
  },
  returns: {
    from: 'campaign_return',
    fields: { id: 'id::text', handoff: 'handoff', reason: 'reason', actor: 'actor', offeredBy: 'offered_by' },
    moments: { returnedAt: 'returned_at', offeredAt: 'offered_at' },
    order: 'id',
  },
  reopenings: {
    from: 'campaign_reopening',
    fields: {
      ...{ id: 'id::text', handoff: 'handoff', because: 'because', by: 'actor' },
      ...{ acceptedBy: 'accepted_by', contentHash: 'content_hash' },
    },
    moments: { at: 'reopened_at', acceptedAt: 'accepted_at' },
    order: 'id',
  },
  metrics: {
    from: 'campaign_metric',
    fields: { metric: 'metric', value: 'value' },
    moments: { measuredAt: 'measured_at' },
    order: 'metric',
  },
};

interface Part {
  readonly from: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly moments: Readonly<Record<string, string>>;
  readonly order: string;
}

const columnsOf = ({ fields, moments }: Part): string =>
  Object.entries({ ...fields, ...moments })
    .map(([name, column]) => `'${name}', ${column}`)
    .join(', ');

const QUESTION = `SELECT c.id AS "campaignId", c.revision, ${Object.entries(PARTS)
  .map(
    ([
      name,
      part,
    ]) => `(SELECT coalesce(json_agg(json_build_object(${columnsOf(part)}) ORDER BY ${part.order}), '[]')
      FROM ${part.from} WHERE campaign_id = c.id) AS ${name}`,
  )
  .join(', ')} FROM campaign c WHERE c.id = ANY($1)`;

/** A moment that is kept, and written again in every answer. */
class KeptMoment extends Date {
  #iso: string | undefined;
  override toISOString(): string {
    return (this.#iso ??= super.toISOString());
  }
}

type Entry = Record<string, unknown>;
type Row = { readonly campaignId: string; readonly revision: string } & Record<keyof typeof PARTS, Entry[]>;

/** All parts of these campaigns, and of which revision they are: both are of the same moment. */
export async function campaignParts(source: ReadSource, ids: readonly string[]): Promise<CampaignParts[]> {
  const rows = await source.query<Row[]>(QUESTION, [ids]);
  for (const row of rows)
    for (const [name, { moments }] of Object.entries(PARTS))
      for (const entry of row[name as keyof typeof PARTS]) {
        entry['campaignId'] = row.campaignId;
        // Times are texts in JSON.
        for (const moment of Object.keys(moments))
          if (entry[moment] !== null) entry[moment] = new KeptMoment(entry[moment] as string);
      }
  return rows as unknown as CampaignParts[];
}
