import { type Actor, lacking, recordedActor } from '../domain/campaign/actor.js';
import { type Refusal, refusal, unknownWorkflow } from '../domain/campaign/refusal.js';
import type { Ports, VersionRef } from './ports.js';

export interface PinRequest {
  readonly workflow: string;
  /** Null lets the pin go. */
  readonly version: VersionRef | null;
  readonly reason: string;
}

/**
 * Serves an older version of a workflow, whatever the branch says, until the pin is let go: without git, in one transaction.
 * New campaigns take it; those that run keep the version that they have.
 */
export async function pinWorkflow(
  { inTransaction, clock }: Ports,
  actor: Actor,
  { workflow, version: ref, reason }: PinRequest,
): Promise<readonly Refusal[]> {
  const denied = lacking(actor, 'steward');
  if (denied) return [denied];
  if (reason.trim() === '')
    return [refusal('REASON_MISSING', 'a pin needs a reason, for whoever finds it later')];
  return inTransaction(async (stores) => {
    const [found] = await stores.definitions.served([{ kind: 'Workflow', key: workflow }]);
    if (!found) return [unknownWorkflow(workflow, await stores.definitions.activeWorkflows())];
    const version = ref && (await stores.definitions.version(found.id, ref));
    if (ref && !version) return [refusal('UNKNOWN_VERSION', `workflow '${workflow}' has no such version`)];
    if (version && found.retiredAt !== null)
      return [refusal('WORKFLOW_RETIRED', `workflow '${workflow}' is retired: it takes no new campaigns`)];
    const before = await stores.pins.version(workflow);
    const now = clock.now();
    if (version) {
      const pin = {
        definitionId: found.id,
        versionId: version.id,
        pinnedBy: actor.name,
        reason,
        pinnedAt: now,
      };
      await stores.pins.set(pin);
    } else await stores.pins.remove(found.id);
    await stores.audit.add({
      happenedAt: now,
      ...recordedActor(actor),
      action: version ? 'workflow.pin' : 'workflow.unpin',
      subject: `Workflow ${workflow}`,
      campaignId: null,
      versionId: (version ?? found.version)?.id ?? null,
      commitSha: null,
      before: before ? { version: before.number } : null,
      after: { version: version?.number ?? null, reason },
    });
    return [];
  });
}
