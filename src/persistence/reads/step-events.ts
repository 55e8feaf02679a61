import type { StepEvent } from '../../application/records.js';
import type { Renamed } from '../../domain/campaign/state.js';
import type { Asked } from './asked.js';

/** When steps began and came to an end, oldest first, by the names of the version that the campaign is on. */
export async function stepEvents(asked: Asked, campaignIds: readonly string[]): Promise<StepEvent[]> {
  const events = await asked.query<StepEvent[]>(
    `SELECT a.campaign_id AS "campaignId", change->>'key' AS step, a.happened_at AS at,
              change->'state'->>'status' <> 'started' AS "hasEnded",
              a.after->'changes' @> jsonb_build_array(jsonb_build_object(
                'type', 'invalidation', 'kind', 'step', 'key', change->>'key')) AS "hasLapsed"
        FROM audit_record a CROSS JOIN LATERAL jsonb_array_elements(a.after->'changes') AS change
        WHERE a.campaign_id = ANY($1) AND jsonb_typeof(a.after->'changes') = 'array' AND change->>'type' = 'step'
          AND change->'state'->>'status' IN ('started', 'done', 'rejected', 'escalated')
        ORDER BY a.id`,
    [campaignIds],
  );
  const moves = await asked.query<{ campaignId: string; renamed: readonly Renamed[]; movedAt: Date }[]>(
    `SELECT campaign_id AS "campaignId", renamed, moved_at AS "movedAt" FROM campaign_migration
        WHERE campaign_id = ANY($1) AND undone_at IS NULL AND renamed <> '[]' ORDER BY id`,
    [campaignIds],
  );
  if (moves.length === 0) return events;
  // The record never changes, so it has the names of its time; the campaign's version has others.
  const called = ({ campaignId, at, step }: StepEvent): string =>
    moves.reduce((name, move) => {
      if (move.campaignId !== campaignId || move.movedAt < at) return name;
      return move.renamed.find(({ kind, from }) => kind === 'step' && from === name)?.to ?? name;
    }, step);
  return events.map((event) => ({ ...event, step: called(event) }));
}
