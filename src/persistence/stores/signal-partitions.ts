import type { EntityManager } from 'typeorm';

/** The table of the month, for example `signal_2026_11`. Months are those of UTC. */
const nameOf = (month: Date): string => `signal_${month.toISOString().slice(0, 7).replace('-', '_')}`;
const monthOf = (at: Date, more = 0): Date =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + more, 1));

/**
 * Makes the tables of the months that these moments are in, where there are none.
 * @param moments in milliseconds since 1970
 */
export async function ensureMonths(manager: EntityManager, moments: Iterable<number>): Promise<void> {
  const months = new Map([...moments].map((at) => [nameOf(new Date(at)), monthOf(new Date(at))]));
  const missing = await manager.query<{ name: string }[]>(
    'SELECT name FROM unnest($1::text[]) AS given (name) WHERE to_regclass(name) IS NULL ORDER BY name',
    [[...months.keys()]],
  );
  for (const { name } of missing) {
    const month = months.get(name);
    if (month) await makeMonth(manager, name, month);
  }
}

async function makeMonth(manager: EntityManager, name: string, month: Date): Promise<void> {
  // Another process may be at the same.
  await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('signal months', 0))`);
  const [there] = await manager.query<{ is: boolean }[]>('SELECT to_regclass($1) IS NOT NULL AS is', [name]);
  if (there?.is === true) return;
  const [from, to] = [month, monthOf(month, 1)].map((each) => each.toISOString());
  // Making it as a partition would hold up who reads the others until the end of the transaction, and could wait for one of them.
  await manager.query(`CREATE TABLE ${name} (LIKE signal)`);
  await manager.query(`ALTER TABLE signal ATTACH PARTITION ${name} FOR VALUES FROM ('${from}') TO ('${to}')`);
  // One key one row, within the month; across months the store looks before it adds.
  await manager.query(`CREATE UNIQUE INDEX ${name}_id ON ${name} (id)`);
}

/** Months that end before the moment go, with all that is in them. @returns their tables */
export async function dropMonths(manager: EntityManager, before: Date): Promise<string[]> {
  const rows = await manager.query<{ name: string }[]>(
    `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'signal'::regclass ORDER BY 1`,
  );
  const last = nameOf(before);
  const gone = rows.map(({ name }) => name).filter((name) => name < last);
  for (const name of gone) await manager.query(`DROP TABLE ${name}`);
  return gone;
}

/** The months of which signals are taken now or soon. */
export const monthsAhead = (now: Date): number[] => [0, 1, 2].map((more) => monthOf(now, more).getTime());
