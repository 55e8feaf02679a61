import { LOCAL_ACTOR } from '../domain/campaign/actor.js';
import type { Clock, DefinitionSource, InTransaction, RowDigest, Stores } from './ports.js';
import { RepositoryError } from './repository-error.js';
import { RepositorySync, type SyncProgress } from './sync-repository.js';

export interface RebuildReport {
  /** How many rows git alone gives. */
  readonly rows: number;
  /** Rows that are not the same on both sides, by table and name; null where a side has none. */
  readonly differences: readonly RowDifference[];
  /** Commits that the database keeps, with what they made, and that the branch does not have any more. */
  readonly rewritten: readonly string[];
}
export interface RowDifference {
  readonly table: string;
  readonly name: string;
  readonly stored: string | null;
  readonly rebuilt: string | null;
}

/**
 * Builds the rows of all definitions anew from git alone, in an empty place beside them, and compares both by hash (R114). What was
 * let go, or kept, is a decision and not in git: it is taken from the history of changes.
 * @param stored what is served
 * @param scratch a migrated database with nothing in it
 */
export async function rebuildDefinitions(
  stored: InTransaction,
  scratch: InTransaction,
  { source, clock, progress }: { source: DefinitionSource; clock: Clock; progress: SyncProgress },
): Promise<RebuildReport> {
  const decisions = await stored((stores) => stores.definitions.decisions());
  const inTransaction: InTransaction = (work) => scratch((stores) => work(secluded(stores)));
  const { error } = await new RepositorySync({ clock, inTransaction }, source).run('cli', LOCAL_ACTOR, {
    decided: (sha) => decisions.get(sha) ?? [],
    progress,
  });
  if (error !== null) throw new RepositoryError(error);
  const [before, after] = await Promise.all(
    [stored, scratch].map((each) => each((stores) => stores.definitions.digests())),
  );
  return { rows: after?.length ?? 0, ...compared(before ?? [], after ?? []) };
}

/** Nobody is told of what happens in the scratch database, and nothing retires or leaves its pilot there but what was let. */
const secluded = (stores: Stores): Stores => ({
  ...stores,
  alerts: {
    raise: () => Promise.resolve(false),
    resolve: () => Promise.resolve(),
    resolveOthers: () => Promise.resolve(),
    resolveOf: () => Promise.resolve(),
    endOthers: () => Promise.resolve(),
    acknowledge: () => Promise.resolve(null),
  },
  sync: {
    state: () => stores.sync.state(),
    save: (state) => stores.sync.save(state),
    problems: (limit) => stores.sync.problems(limit),
    addRun: () => Promise.resolve('0'),
    firstRunAt: () => Promise.resolve(new Date(0)),
  },
  campaigns: Object.assign(Object.create(stores.campaigns) as Stores['campaigns'], {
    countRunning: (keys: readonly string[]) => Promise.resolve(new Map(keys.map((key) => [key, Infinity]))),
  }),
});

function compared(
  stored: readonly RowDigest[],
  rebuilt: readonly RowDigest[],
): Pick<RebuildReport, 'differences' | 'rewritten'> {
  const inGit = new Set(commitsIn(rebuilt));
  const rewritten = commitsIn(stored).filter((sha) => !inGit.has(sha));
  const lost = new Set(rewritten);
  const counting = new Set(
    stored.flatMap(({ definition, commit }) =>
      definition !== null && commit !== null && lost.has(commit) ? [definition] : [],
    ),
  );
  const isCounting = ({ definition }: RowDigest) => definition !== null && counting.has(definition);
  const isExact = (row: RowDigest) => !isCounting(row) && !(row.commit !== null && lost.has(row.commit));
  const exact = differing(stored.filter(isExact), rebuilt.filter(isExact), ({ hash }) => hash);
  return {
    differences: [...exact, ...differingInEssence(stored.filter(isCounting), rebuilt.filter(isCounting))],
    rewritten,
  };
}

const commitsIn = (rows: readonly RowDigest[]): string[] =>
  rows.flatMap(({ table, commit }) => (table === 'git_commit' && commit !== null ? [commit] : []));

function differing(
  stored: readonly RowDigest[],
  rebuilt: readonly RowDigest[],
  contentOf: (row: RowDigest) => string | null,
): RowDifference[] {
  const rows = new Map<string, RowDifference>();
  const nameOf = ({ table, name }: RowDigest) => `${table} ${name}`;
  for (const row of stored)
    rows.set(nameOf(row), { table: row.table, name: row.name, stored: contentOf(row), rebuilt: null });
  for (const row of rebuilt) {
    const before = rows.get(nameOf(row))?.stored ?? null;
    rows.set(nameOf(row), { table: row.table, name: row.name, stored: before, rebuilt: contentOf(row) });
  }
  return [...rows.values()].filter((row) => row.stored !== row.rebuilt);
}

/**
 * Of definitions that rewritten commits had changed, what is served now has to be the same, and every version of the branch has to
 * be there: their numbers, and what each commit changed, count on from what is not on the branch any more. One that came with
 * those commits alone is retired.
 */
function differingInEssence(stored: readonly RowDigest[], rebuilt: readonly RowDigest[]): RowDifference[] {
  const served = (rows: readonly RowDigest[]) =>
    rows.filter(({ table, essence }) => table === 'definition' && essence !== RETIRED);
  const versions = new Set(stored.filter(isVersion).map(versionIn));
  const missing = rebuilt.filter((row) => isVersion(row) && !versions.has(versionIn(row)));
  return [
    ...differing(served(stored), served(rebuilt), ({ essence }) => essence),
    ...missing.map(({ table, name, hash }) => ({ table, name, stored: null, rebuilt: hash })),
  ];
}
const RETIRED = 'retired';
const isVersion = ({ table }: RowDigest): boolean => table === 'definition_version';
const versionIn = ({ definition, essence }: RowDigest): string => `${definition} ${essence}`;
