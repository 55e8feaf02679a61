import { type Actor, ITSELF, recordedActor } from '../domain/campaign/actor.js';
import type { Policy } from '../domain/workflow/document.js';
import {
  type DefinitionName,
  type KnownFile,
  type KnownFiles,
  nameOf,
} from '../domain/workflow/known-files.js';
import { type BaseDefinition, planDefinitions, type PlannedChange } from '../domain/workflow/plan.js';
import type { Definition, ReadStep } from '../domain/workflow/reading.js';
import { holdCommit, limitRetirements } from '../domain/workflow/retirement.js';
import { limitPilots } from './limit-pilots.js';
import type { Commit, ServedDefinition, Stores } from './ports.js';
import { tellOfChange } from './tell-of-reviews.js';

/** A commit that has been read, and who lets what happen. */
export interface ReadCommit {
  readonly commit: Commit;
  /** Whether the history of the branch was rewritten, and it goes back to the commit. */
  readonly isRewind: boolean;
  readonly step: ReadStep;
  readonly known: KnownFiles;
  readonly released: ReadonlySet<string>;
  readonly actor: Actor;
  readonly now: Date;
}

/** A Policy touches every workflow; so many are compared with what is served at a time, that memory does not grow with them. */
const DEFINITIONS_AT_A_TIME = 250;

/**
 * Plans what a commit does to each definition and does it; brings what is known of the files up to date. What is gone comes
 * first, since too many retirements may hold back the rest.
 * @returns how many new versions were made
 */
export async function applyCommit(stores: Stores, read: ReadCommit): Promise<number> {
  const { step, known } = read;
  const policy = await policyFor(stores, step);
  const definitions = new Map(step.definitions.map((each) => [nameOf(each), each]));
  const absent = step.names.filter((name) => !definitions.has(nameOf(name)));
  const present = step.names.filter((name) => definitions.has(nameOf(name)));
  const held: PlannedChange[] = [];
  let made = 0;
  const apply = async (served: readonly ServedDefinition[], planned: readonly PlannedChange[]) => {
    for (const change of planned) made += await applyChange(stores, served, change, read);
    held.push(...planned.filter((each) => each.held !== null));
  };
  const plan = (served: readonly ServedDefinition[], now: readonly Definition[]) =>
    planDefinitions(served.flatMap(baseOf), { ...step, definitions: now, policy }, known.wrong);

  const leaving = await stores.definitions.served(absent);
  const limited = await limit(stores, plan(leaving, []), policy, read.released);
  const isCommitHeld = policy.onBadFile === 'commit' && limited.some((each) => each.held === 'retirement');
  await apply(leaving, isCommitHeld ? limited.map(holdCommit) : limited);
  for (let from = 0; from < present.length; from += DEFINITIONS_AT_A_TIME) {
    const names = present.slice(from, from + DEFINITIONS_AT_A_TIME);
    const served = await stores.definitions.served(names);
    const now = names.flatMap((name) => definitions.get(nameOf(name)) ?? []);
    const planned = await limitPilots(stores, plan(served, now), read);
    await apply(served, isCommitHeld ? planned.map(holdCommit) : planned);
  }
  const files = settled(known, step, held);
  for (const file of files.now) known.set(file);
  for (const path of files.gone) known.remove(path);
  await stores.definitions.saveFiles(files.now, files.gone);
  return made;
}

async function limit(
  stores: Stores,
  planned: readonly PlannedChange[],
  policy: Policy,
  released: ReadonlySet<string>,
): Promise<readonly PlannedChange[]> {
  const leaving = planned.filter(({ kind, change }) => kind === 'Workflow' && change === 'retired');
  if (leaving.length === 0) return planned;
  return limitRetirements(planned, policy, {
    active: (await stores.definitions.activeWorkflows()).length,
    running: await stores.campaigns.countRunning(leaving.map(({ key }) => key)),
    released,
  });
}

/** A Policy that is itself held back does not decide yet. */
async function policyFor(stores: Stores, { definitions, policy }: ReadStep) {
  const isHeld = definitions.some(
    ({ kind, key, valid }) => kind === 'Policy' && key === policy.key && !valid,
  );
  if (!isHeld) return policy;
  const served = await stores.definitions.servedVersion('Policy', policy.key, null);
  return served?.meaning ?? policy;
}

/** The files as they are known once the plan is applied: each with what is held back of it. */
function settled(
  known: KnownFiles,
  { files, gone }: ReadStep,
  heldBack: readonly PlannedChange[],
): { now: KnownFile[]; gone: string[] } {
  const held = new Map(heldBack.map((each) => [nameOf(each), each]));
  const heldOf = (names: readonly DefinitionName[]) =>
    [...new Set(names.map(nameOf))].flatMap((name) => {
      const found = held.get(name);
      if (!found?.held) return [];
      const { kind, key, held: reason, because } = found;
      return [{ kind, key, reason, ...(because === null ? {} : { because }) }];
    });
  // What stands nowhere any more, but is still served, is kept with the place where it stood.
  const homeless = new Map<string, PlannedChange[]>();
  for (const each of held.values()) {
    if (each.definition !== null || each.base === null) continue;
    homeless.set(each.base.file, [...(homeless.get(each.base.file) ?? []), each]);
  }
  const now = new Map(
    files.map((file) => [
      file.path,
      { ...file, held: heldOf([...file.claims, ...(homeless.get(file.path) ?? [])]) },
    ]),
  );
  const gonePaths = new Set(gone);
  for (const path of known.waiting) {
    const file = known.get(path);
    if (file?.blob === null && !homeless.has(path)) gonePaths.add(path);
  }
  for (const [path, names] of homeless) {
    if (now.has(path)) continue;
    // Another definition may stand there by now, in a file that nothing else made anybody read.
    const there = known.get(path) ?? { path, blob: null, claims: [], lost: [], problems: [], held: [] };
    now.set(path, { ...there, held: heldOf([...there.held, ...names]) });
    gonePaths.delete(path);
  }
  return { now: [...now.values()], gone: [...gonePaths] };
}
function baseOf(served: ServedDefinition): BaseDefinition[] {
  const { kind, key, file, version, retiredAt } = served;
  return version
    ? [{ kind, key, file, hash: version.hash, meaning: version.meaning, retired: retiredAt !== null }]
    : [];
}

async function applyChange(
  stores: Stores,
  served: readonly ServedDefinition[],
  planned: PlannedChange,
  { commit, isRewind, actor, now, released }: ReadCommit,
): Promise<number> {
  const { kind, key, definition, change, changes, classification, summary } = planned;
  if (change === 'unchanged' || change === 'held-back') return 0;
  const isLetGo = kind === 'Workflow' && released.has(key);
  const committedAt = isRewind ? now : commit.committedAt;
  const before = served.find((each) => each.kind === kind && each.key === key);
  const file = definition?.file ?? before?.file ?? '';
  const definitionId = before?.id ?? (await stores.definitions.addDefinition(kind, key, file));
  const version =
    definition?.meaning && definition.hash !== null
      ? await stores.definitions.versionOf(definitionId, {
          hash: definition.hash,
          meaning: definition.meaning,
          source: definition.source,
          file,
          commitSha: commit.sha,
        })
      : null;
  const fromVersionId = before?.version?.id ?? null;
  const toVersionId = version?.id ?? null;
  await stores.definitions.serve(
    definitionId,
    toVersionId ?? fromVersionId,
    file,
    version ? null : committedAt,
  );
  await stores.definitions.addChange({
    definitionId,
    kind: change,
    fromVersionId,
    toVersionId,
    file,
    commit,
    committedAt,
    isRewind,
    classification,
    summary,
    changes,
  });
  await stores.audit.add({
    happenedAt: isLetGo ? now : committedAt,
    // Nobody knows who has rewritten the history, and what waited happens as somebody lets it; whoever wrote the commit was not here.
    ...(isRewind || isLetGo
      ? recordedActor(actor)
      : { actor: commit.author.email, roles: [actor.name], origin: ITSELF }),
    action: `definition.${change}`,
    subject: `${kind} ${key}`,
    campaignId: null,
    versionId: toVersionId ?? fromVersionId,
    commitSha: commit.sha,
    before: before?.version ? { version: before.version.number, hash: before.version.hash } : null,
    after: version ? { version: version.number, hash: definition?.hash ?? '' } : null,
  });
  if (before?.version && definition) await tellOfChange(stores, before.version, definition, committedAt, now);
  return version?.isNew ? 1 : 0;
}
