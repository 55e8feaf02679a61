import { type Actor, lacking, recordedActor } from '../domain/campaign/actor.js';
import { type Refusal, refusal } from '../domain/campaign/refusal.js';
import type { Ports, StoredAlert } from './ports.js';

export interface Acknowledged {
  readonly alert: StoredAlert | null;
  readonly refusals: readonly Refusal[];
}

/** Notes that somebody has taken notice of an alert; the first to do so counts. */
export async function acknowledgeAlert(
  { inTransaction, clock }: Ports,
  actor: Actor,
  { alert: id, note }: { readonly alert: string | null; readonly note: string | null },
): Promise<Acknowledged> {
  const denied = lacking(actor, 'contributor');
  if (denied) return { alert: null, refusals: [denied] };
  return inTransaction(async (stores) => {
    const now = clock.now();
    const alert = id === null ? null : await stores.alerts.acknowledge(id, actor.name, note, now);
    if (!alert) return { alert, refusals: [refusal('UNKNOWN_ALERT', 'there is no such alert')] };
    if (alert.acknowledgedAt?.getTime() === now.getTime() && alert.acknowledgedBy === actor.name)
      await stores.audit.add({
        happenedAt: now,
        ...recordedActor(actor),
        action: 'alert.acknowledge',
        subject: `${alert.kind} ${alert.subject}`,
        campaignId: null,
        versionId: null,
        commitSha: null,
        before: null,
        after: { note },
      });
    return { alert, refusals: [] };
  });
}
