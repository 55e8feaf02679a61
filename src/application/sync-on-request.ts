import { type Actor, lacking } from '../domain/campaign/actor.js';
import { type Refusal, refusal, unknownWorkflow } from '../domain/campaign/refusal.js';
import type { InTransaction, ServedDefinition } from './ports.js';
import type { RepositorySync, SyncOptions, SyncReport } from './sync-repository.js';

/** Whoever asks over the API waits no longer than this for the host, or for a sync that is under way; in milliseconds. */
export const PATIENCE_MS = 15_000;

export interface SyncRequest extends Omit<SyncOptions, 'released'> {
  readonly trigger: 'api' | 'cli';
  /** Workflows whose retirement waits, and may now happen. */
  readonly release: readonly string[];
}
export interface SyncOutcome {
  /** Null where it was refused. */
  readonly run: SyncReport | null;
  readonly refusals: readonly Refusal[];
}

/** Syncs because somebody asks for it. What was to be let go and did not wait is refused by name; the rest is done. */
export async function syncOnRequest(
  inTransaction: InTransaction,
  sync: RepositorySync,
  actor: Actor,
  { trigger, release, ...options }: SyncRequest,
): Promise<SyncOutcome> {
  const denied = lacking(actor, 'steward');
  if (denied) return { run: null, refusals: [denied] };
  const look = () =>
    inTransaction(async ({ definitions }) => ({
      active: await definitions.activeWorkflows(),
      found: byKey(await definitions.served(release.map((key) => ({ kind: 'Workflow', key })))),
    }));
  const before = await look();
  const unknown = release.filter((key) => !before.found.has(key));
  if (unknown.length > 0)
    return { run: null, refusals: unknown.map((key) => unknownWorkflow(key, before.active)) };
  const run = await sync.run(trigger, actor, { ...options, released: release });
  if (run.outcome === 'failed' || release.length === 0) return { run, refusals: [] };
  const after = await look();
  const isRetired = ({ found }: typeof before, key: string) => (found.get(key)?.retiredAt ?? null) !== null;
  const idle = release.filter((key) => isRetired(before, key) || !isRetired(after, key));
  return { run, refusals: idle.map(notWaiting) };
}

const byKey = (served: readonly ServedDefinition[]): ReadonlyMap<string, ServedDefinition> =>
  new Map(served.map((each) => [each.key, each]));

const notWaiting = (key: string): Refusal =>
  refusal('NOT_WAITING', `workflow '${key}' does not wait to be retired, so there is nothing to let go`);
