import { type Actor, lacking } from '../domain/campaign/actor.js';
import { type Refusal, refusal, unknownWorkflow } from '../domain/campaign/refusal.js';
import { isPromotion } from '../domain/workflow/promotion.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import type { InTransaction, ServedDefinition, Stores } from './ports.js';
import type { RepositorySync, SyncOptions, SyncReport } from './sync-repository.js';

export interface SyncRequest extends Omit<SyncOptions, 'released'> {
  readonly trigger: 'api' | 'cli';
  /** Workflows whose retirement, or end as a pilot, waits and may now happen. */
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
  const look = () => inTransaction(({ definitions }) => standing(definitions, release));
  const before = await look();
  const unknown = release.filter((key) => !before.found.has(key));
  if (unknown.length > 0) {
    const known = await inTransaction(({ definitions }) => definitions.activeWorkflows());
    return { run: null, refusals: unknown.map((key) => unknownWorkflow(key, known)) };
  }
  const run = await sync.run(trigger, actor, { ...options, released: release });
  if (run.outcome === 'failed' || release.length === 0) return { run, refusals: [] };
  const after = await look();
  const idle = release.filter(
    (key) => !before.waiting.has(key) && !isLet(before.found.get(key), after.found.get(key)),
  );
  return { run, refusals: idle.map(notWaiting) };
}

async function standing(definitions: Stores['definitions'], keys: readonly string[]) {
  const served = await definitions.served(keys.map((key) => ({ kind: 'Workflow', key })));
  return { waiting: await definitions.waiting(), found: new Map(served.map((each) => [each.key, each])) };
}

/** What comes with the same sync need not have waited before. */
function isLet(before: ServedDefinition | undefined, after: ServedDefinition | undefined): boolean {
  const [was, is] = [before?.version?.meaning, after?.version?.meaning] as (Workflow | undefined)[];
  const isRetired = (before?.retiredAt ?? null) === null && (after?.retiredAt ?? null) !== null;
  return isRetired || isPromotion(was ?? null, is ?? null);
}

const notWaiting = (key: string): Refusal =>
  refusal('NOT_WAITING', `workflow '${key}' waits for nothing, so there is nothing to let go`);
