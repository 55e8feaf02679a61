import { type Actor, lacking, recordedActor } from '../domain/campaign/actor.js';
import { type Refusal, refusal } from '../domain/campaign/refusal.js';
import { DELIVER } from './deliver-notifications.js';
import type { Ports } from './ports.js';

export interface Replayed {
  /** Id of the notification; null where there is none. */
  readonly notification: string | null;
  readonly refusals: readonly Refusal[];
}

/** Has a dead letter sent again, to the targets that did not get it, under the id that it had. */
export async function replayNotification(
  { inTransaction, clock }: Ports,
  actor: Actor,
  id: string | null,
): Promise<Replayed> {
  const refuse = (first: Refusal, notification: string | null = null) => ({
    notification,
    refusals: [first],
  });
  const denied = lacking(actor, 'steward');
  if (denied) return refuse(denied);
  return inTransaction(async ({ notifications, jobs, audit }) => {
    const now = clock.now();
    const targets = id === null ? null : await notifications.replay(id, now);
    if (!targets) return refuse(refusal('UNKNOWN_NOTIFICATION', 'there is no such notification'));
    if (targets.length === 0)
      return refuse(refusal('NOTHING_TO_REPLAY', 'the notification is delivered, or still on its way'), id);
    for (const target of targets) await jobs.ask(DELIVER, { target }, { key: `notifications ${target}` });
    await audit.add({
      ...{ happenedAt: now, ...recordedActor(actor) },
      ...{ action: 'notification.replay', subject: `${id}` },
      ...{ campaignId: null, versionId: null, commitSha: null },
      ...{ before: null, after: { targets } },
    });
    return { notification: id, refusals: [] };
  });
}
