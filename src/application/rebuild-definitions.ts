import { LOCAL_ACTOR } from '../domain/campaign/actor.js';
import type { Clock, DefinitionSource, InTransaction, RowDigest, Stores } from './ports.js';
import { RepositoryError } from './repository-error.js';
import { RepositorySync, type SyncProgress } from './sync-repository.js';

export interface RebuildReport {
  /** How many rows git alone gives. */
  readonly rows: number;
  /** Rows that are not the same on both sides, by table and name; null where a side has none. */
  readonly differences: readonly RowDifference[];
}
export interface RowDifference {
  readonly table: string;
  readonly name: string;
  readonly stored: string | null;
  readonly rebuilt: string | null;
}

/**
 * Builds the rows of all definitions anew from git alone, in an empty place beside them, and compares both by hash (R114). What was
 * let retire, or kept, is a decision and not in git: it is taken from the history of changes.
 * @param stored what is served
 * @param scratch a migrated database with nothing in it
 */
export async function rebuildDefinitions(
  stored: InTransaction,
  scratch: InTransaction,
  { source, clock, progress }: { source: DefinitionSource; clock: Clock; progress: SyncProgress },
): Promise<RebuildReport> {
  const retirements = await stored((stores) => stores.definitions.retirements());
  const inTransaction: InTransaction = (work) => scratch((stores) => work(secluded(stores)));
  const { error } = await new RepositorySync({ clock, inTransaction }, source).run('cli', LOCAL_ACTOR, {
    decided: (sha) => retirements.get(sha) ?? [],
    progress,
  });
  if (error !== null) throw new RepositoryError(error);
  const [before, after] = await Promise.all(
    [stored, scratch].map((each) => each((stores) => stores.definitions.digests())),
  );
  return { rows: after?.length ?? 0, differences: compared(before ?? [], after ?? []) };
}

/** Nobody is told of what happens in the scratch database, and nothing retires there but what was let. */
const secluded = (stores: Stores): Stores => ({
  ...stores,
  alerts: {
    raise: () => Promise.resolve(),
    resolve: () => Promise.resolve(),
    endOthers: () => Promise.resolve(),
    acknowledge: () => Promise.resolve(null),
  },
  sync: {
    state: () => stores.sync.state(),
    save: (state) => stores.sync.save(state),
    problems: (limit) => stores.sync.problems(limit),
    addRun: () => Promise.resolve('0'),
  },
  campaigns: Object.assign(Object.create(stores.campaigns) as Stores['campaigns'], {
    countRunning: (keys: readonly string[]) => Promise.resolve(new Map(keys.map((key) => [key, Infinity]))),
  }),
});

function compared(stored: readonly RowDigest[], rebuilt: readonly RowDigest[]): RowDifference[] {
  const rows = new Map<string, RowDifference>();
  const nameOf = ({ table, name }: RowDigest) => `${table} ${name}`;
  for (const { table, name, hash } of stored)
    rows.set(`${table} ${name}`, { table, name, stored: hash, rebuilt: null });
  for (const row of rebuilt) {
    const { table, name, hash } = row;
    rows.set(nameOf(row), { table, name, stored: rows.get(nameOf(row))?.stored ?? null, rebuilt: hash });
  }
  return [...rows.values()].filter((row) => row.stored !== row.rebuilt);
}
