import { accept, type Decision, notRunning, refuse } from '../domain/campaign/actions.js';
import { type Actor, lacking } from '../domain/campaign/actor.js';
import { type Assessment, Migration } from '../domain/campaign/migration/migration.js';
import { Version } from '../domain/campaign/migration/version.js';
import { refusal } from '../domain/campaign/refusal.js';
import type { Situation } from '../domain/campaign/situation.js';
import type { Pins } from '../domain/campaign/state.js';
import { FINDINGS } from '../domain/findings.js';
import { applyPolicy } from '../domain/workflow/check/policy.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import { DEFAULT_POLICY } from '../domain/workflow/document.js';
import { missingFoundation } from '../domain/workflow/foundation.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import type { LoadedCampaign, Ports, StoredVersion, Stores, VersionRef } from './ports.js';
import { actOn, type Outcome, pinsOf } from './run-campaign.js';

/** What a move means for a campaign, and between which versions. */
export interface MigrationReport extends Assessment {
  readonly from: StoredVersion<'Workflow'>;
  readonly to: StoredVersion<'Workflow'>;
}
export interface MigrationOutcome extends Outcome {
  /** Null where it was refused before it could be judged. */
  readonly migration: MigrationReport | null;
}

interface MigrateInput {
  readonly campaign: string;
  /** Without it, the version that is served now. */
  readonly to: VersionRef | null;
  /** Whether only to say what would happen. */
  readonly dryRun: boolean;
}

/**
 * Moves a running campaign to another version of its workflow, with the Policy and Taxonomy that are served then (R113). What
 * is done stays done; what the other version does not have stays as history. Can be undone until something else is done.
 */
export async function migrateCampaign(
  ports: Ports,
  actor: Actor,
  { campaign, to, dryRun }: MigrateInput,
): Promise<MigrationOutcome> {
  let migration: MigrationReport | null = null;
  const action = { name: 'campaign.migrate', campaign, subject: campaign } as const;
  const outcome = await actOn(ports, actor, action, async (situation, loaded, stores) => {
    const denied = lacking(actor, 'steward') ?? notRunning(situation);
    if (denied) return refuse(denied);
    const goal = await goalOf(stores, loaded, to, ports.clock.now());
    if ('decision' in goal) return goal.decision;
    const target = new Version(goal.version.meaning, compileWorkflow(goal.version.meaning), goal.policy);
    const found = new Migration(currentOf(situation), target).assess(situation.campaign, situation.state);
    const overreach = overreachOf(loaded.version.meaning, goal, ports.clock.now());
    migration = { ...found, ...overreach, from: loaded.version, to: goal.version };
    return dryRun || isSame(goal.pins, pinsOf(loaded)) ? accept() : decide(loaded, goal, migration);
  });
  return { ...outcome, migration };
}

/**
 * No campaign becomes adaptive by a version whose decision says that the foundation is missing, unless the Policy excuses it or does not hold it
 * for an error (R32): the same that is said of the definition.
 */
function overreachOf(
  { pattern }: Workflow,
  { version: { key, meaning }, policy }: Goal,
  now: Date,
): Pick<Assessment, 'effect' | 'detail' | 'trace'> | null {
  const missing = pattern === 'adaptive' ? [] : missingFoundation(meaning);
  const trace = missing.map(([name, value]) => `${name} is ${value}`);
  const detail = `it would become adaptive without its foundation (E_OVERREACH): ${trace.join(', ')}`;
  const finding = {
    code: 'E_OVERREACH',
    severity: FINDINGS.E_OVERREACH.severity,
    message: detail,
    path: [],
  } as const;
  const [weighed] = applyPolicy(
    missing.length > 0 ? [finding] : [],
    policy,
    key,
    now.toISOString().slice(0, 10),
  );
  return weighed?.severity === 'error' ? { effect: 'stuck', detail, trace } : null;
}

interface Goal {
  readonly version: StoredVersion<'Workflow'>;
  readonly policy: Version['policy'];
  readonly pins: Pins;
}

async function goalOf(
  stores: Stores,
  { version: { definitionId, key } }: LoadedCampaign,
  ref: VersionRef | null,
  now: Date,
): Promise<Goal | { readonly decision: Decision }> {
  const version = ref
    ? await stores.definitions.version(definitionId, ref)
    : await servedNow(stores, key, now);
  if (!version) {
    const message = ref
      ? `workflow '${key}' has no version ${shown(ref)}`
      : `workflow '${key}' is retired; name a version`;
    return { decision: refuse(refusal('UNKNOWN_VERSION', message)) };
  }
  const at = ref?.type === 'as-of' ? ref.asOf : now;
  const policy = await stores.definitions.firstServed('Policy', at);
  const taxonomy = await stores.definitions.firstServed('Taxonomy', at);
  const pins = {
    versionId: version.id,
    policyVersionId: policy?.id ?? null,
    taxonomyVersionId: taxonomy?.id ?? null,
  };
  return { version, policy: policy?.meaning ?? DEFAULT_POLICY, pins };
}

/** What a new campaign would be pinned to; null where the workflow is retired. */
async function servedNow(stores: Stores, key: string, now: Date): Promise<StoredVersion<'Workflow'> | null> {
  const served = await stores.definitions.servedVersion('Workflow', key, now);
  return served && ((await stores.pins.version(key)) ?? served);
}

const shown = (ref: VersionRef): string =>
  ref.type === 'number'
    ? `${ref.number}`
    : ref.type === 'commit'
      ? `at commit ${ref.commit}`
      : `at ${ref.asOf.toISOString()}`;

const currentOf = ({ workflow, compiled, policy }: Situation): Version =>
  new Version(workflow, compiled, policy);

const isSame = (one: Pins, other: Pins): boolean =>
  one.versionId === other.versionId &&
  one.policyVersionId === other.policyVersionId &&
  one.taxonomyVersionId === other.taxonomyVersionId;

function decide(
  { key, channels: known }: LoadedCampaign,
  { version, pins }: Goal,
  { effect, detail, renamed, channels }: MigrationReport,
): Decision {
  if (effect === 'stuck') {
    const message = `campaign '${key}' cannot move to version ${version.number} of '${version.key}': ${detail}`;
    return refuse(refusal('MIGRATION_STUCK', message));
  }
  const added = channels.filter((channel) => !known.has(channel));
  return accept({ type: 'pins', pins, renamed, channels: added, undoes: null });
}

/** Puts a campaign back to the versions it was moved from, as long as nothing has been done since. */
export function undoMigration(
  ports: Ports,
  actor: Actor,
  { campaign }: { campaign: string },
): Promise<Outcome> {
  const action = { name: 'campaign.undo-migration', campaign, subject: campaign } as const;
  return actOn(ports, actor, action, async (situation, loaded, stores) => {
    const denied = lacking(actor, 'steward') ?? notRunning(situation);
    if (denied) return refuse(denied);
    const point = await stores.campaigns.undoPoint(loaded.id);
    if (!point) return refuse(refusal('NOTHING_TO_UNDO', `campaign '${campaign}' has not been moved`));
    const since = await stores.audit.sinceMove(loaded.id);
    if (since.length > 0) {
      const missing = since.map((each) => `${each.action} ${each.subject}`);
      const message = `campaign '${campaign}' has changed since it was moved: ${missing.join(', ')}`;
      return refuse(refusal('CHANGED_SINCE_MIGRATION', message));
    }
    const renamed = point.renamed.map(({ kind, from, to }) => ({ kind, from: to, to: from }));
    const { from: pins, channels, id } = point;
    return accept({ type: 'pins', pins, renamed, channels, undoes: id });
  });
}
