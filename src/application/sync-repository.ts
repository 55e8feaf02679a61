import type { Actor } from '../domain/campaign/actor.js';
import { hasErrors, type Problem } from '../domain/problem.js';
import { type BaseDefinition, planDefinitions, type PlannedChange } from '../domain/workflow/plan.js';
import type { Reading } from '../domain/workflow/reading.js';
import type {
  Commit,
  DefinitionSource,
  Ports,
  ServedDefinition,
  Stores,
  SyncRun,
  SyncTrigger,
} from './ports.js';

export interface SyncReport extends SyncRun {
  readonly id: string;
}

/** Told after each commit, so that a long import shows where it is. */
export type SyncProgress = (done: number, total: number) => void;

/**
 * Brings the database up to the branch's head: each commit that touches the folder becomes versions and changes
 * in one transaction of its own. A bad definition never replaces a good one. A second sync writes nothing but
 * the record of the attempt, and that only when something was new or wrong.
 */
export async function syncRepository(
  ports: Ports,
  source: DefinitionSource,
  trigger: SyncTrigger,
  actor: Actor,
  progress: SyncProgress = () => undefined,
): Promise<SyncReport> {
  const startedAt = ports.clock.now();
  const before = await ports.inTransaction((stores) => stores.sync.state());
  const fromSha = before?.attemptedSha ?? null;
  const tally = {
    commits: 0,
    versions: 0,
    toSha: fromSha,
    problems: before?.problems ?? ([] as readonly Problem[]),
  };
  let heldBack = hasErrors(tally.problems);
  try {
    const head = await source.refresh();
    const { commits, rewritten } = await newCommits(source, fromSha, head);
    for (const commit of commits) {
      const reading = await source.read(commit.sha, isoDate(commit.committedAt));
      const applied = await applyCommit(ports, source, commit, reading, actor);
      heldBack = applied.heldBack;
      tally.versions += applied.versions;
      tally.commits += 1;
      tally.toSha = commit.sha;
      tally.problems = reading.problems;
      progress(tally.commits, commits.length);
    }
    const outcome = heldBack ? 'held-back' : commits.length === 0 ? 'unchanged' : 'synced';
    const error = rewritten
      ? `the history of the branch was rewritten; ${fromSha ?? ''} is not on it any more`
      : null;
    return await record(ports, {
      trigger,
      startedAt,
      finishedAt: ports.clock.now(),
      outcome,
      fromSha,
      error,
      ...tally,
    });
  } catch (fault) {
    const error = fault instanceof Error ? fault.message : String(fault);
    await record(ports, {
      trigger,
      startedAt,
      finishedAt: ports.clock.now(),
      outcome: 'failed',
      fromSha,
      error,
      ...tally,
    });
    throw fault;
  }
}

/** After a force-push the old place is not on the branch: the whole new line is read, and known meaning recognised. */
async function newCommits(
  source: DefinitionSource,
  since: string | null,
  head: string,
): Promise<{ commits: readonly Commit[]; rewritten: boolean }> {
  if (since === head) return { commits: [], rewritten: false };
  const commits = await source.commitsSince(since);
  if (commits) return { commits, rewritten: false };
  const all = (await source.commitsSince(null)) ?? [];
  return { commits: all.slice(-1), rewritten: true };
}

const isoDate = (date: Date): string => date.toISOString().slice(0, 10);

async function record(ports: Ports, run: SyncRun): Promise<SyncReport> {
  if (run.outcome === 'unchanged') return { ...run, id: '0' };
  const id = await ports.inTransaction((stores) => stores.sync.addRun(run));
  return { ...run, id };
}

/** Applies one commit in one transaction: how many new versions it made, and whether something was not taken over. */
async function applyCommit(
  ports: Ports,
  source: DefinitionSource,
  commit: Commit,
  reading: Reading,
  actor: Actor,
): Promise<{ versions: number; heldBack: boolean }> {
  const branch = await source.branch();
  return ports.inTransaction(async (stores) => {
    await stores.definitions.lock();
    const state = await stores.sync.state();
    const hasBad = hasErrors(reading.problems);
    if (state?.attemptedSha === commit.sha) return { versions: 0, heldBack: hasBad };
    await stores.definitions.saveCommit(commit);
    const served = await stores.definitions.served();
    const planned = planDefinitions(served.flatMap(baseOf), reading);
    let versions = 0;
    for (const change of planned) versions += await applyChange(stores, served, change, commit, actor);
    const heldBack = hasBad || planned.some((change) => change.change === 'held-back');
    await stores.sync.save({
      location: source.location,
      branch,
      folder: source.folder,
      servedSha: heldBack ? (state?.servedSha ?? null) : commit.sha,
      attemptedSha: commit.sha,
      attemptedAt: ports.clock.now(),
      problems: reading.problems,
    });
    return { versions, heldBack };
  });
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
  commit: Commit,
  actor: Actor,
): Promise<number> {
  const { kind, key, definition, change, changes, classification, summary } = planned;
  if (change === 'unchanged' || change === 'held-back') return 0;
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
    version ? null : commit.committedAt,
  );
  await stores.definitions.addChange({
    definitionId,
    kind: change,
    fromVersionId,
    toVersionId,
    file,
    commit,
    classification,
    summary,
    changes,
  });
  await stores.audit.add({
    happenedAt: commit.committedAt,
    actor: commit.author.email,
    roles: [actor.name],
    action: `definition.${change}`,
    subject: `${kind} ${key}`,
    campaignId: null,
    versionId: toVersionId ?? fromVersionId,
    commitSha: commit.sha,
    before: before?.version ? { version: before.version.number, hash: before.version.hash } : null,
    after: version ? { version: version.number, hash: definition?.hash ?? '' } : null,
  });
  return version?.isNew ? 1 : 0;
}
