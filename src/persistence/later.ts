import type { EntityManager } from 'typeorm';

/** A write that nobody reads before something else is asked; parameters are numbered from $1 within it. */
export interface LaterWrite {
  /** INSERT, UPDATE or DELETE, by the names that others may read its RETURNING under; in the order in which they read. */
  readonly writes: Readonly<Record<string, string>>;
  /** An expression that calls a function for its effect; may read the writes by their names. */
  readonly call?: string;
  readonly values: readonly unknown[];
}

/**
 * Keeps a write of a transaction for later: what is kept goes as one statement, before the next other one and before the commit, so
 * nobody sees the difference but for the way to the database and back, which is taken once. An error of it is thrown there.
 * @param row what it writes to, where that could be written twice: of two writes the first goes before
 */
export async function later(manager: EntityManager, row: string | null, write: LaterWrite): Promise<void> {
  await keeperOf(manager).keep(row, write);
}

const keepers = new WeakMap<object, Keeper>();

function keeperOf({ queryRunner }: EntityManager): Keeper {
  if (!queryRunner) throw new Error('what is kept for later belongs to a transaction');
  const known = keepers.get(queryRunner);
  if (known) return known;
  const send = queryRunner.query.bind(queryRunner) as Send;
  const keeper = new Keeper(send);
  keepers.set(queryRunner, keeper);
  // Everything that is asked in a transaction goes through here, its COMMIT too.
  const watched: Send = async (...asked) => {
    if (asked[0].startsWith('ROLLBACK')) keeper.forget();
    else await keeper.flush();
    return send(...asked);
  };
  queryRunner.query = watched as typeof queryRunner.query;
  return keeper;
}

type Send = (sql: string, values?: unknown[], useStructuredResult?: boolean) => Promise<unknown>;

class Keeper {
  #kept: LaterWrite[] = [];
  readonly #rows = new Set<string>();

  constructor(private readonly send: Send) {}

  async keep(row: string | null, write: LaterWrite): Promise<void> {
    if (row !== null && this.#rows.has(row)) await this.flush();
    if (row !== null) this.#rows.add(row);
    this.#kept.push(write);
  }

  forget(): void {
    this.#kept = [];
    this.#rows.clear();
  }

  async flush(): Promise<void> {
    if (this.#kept.length === 0) return;
    const kept = this.#kept;
    this.forget();
    const [parts, calls, values]: [string[], string[], unknown[]] = [[], [], []];
    for (const [at, write] of kept.entries()) {
      // Names are of their own write; each begins with its place.
      const own = (sql: string): string =>
        Object.keys(write.writes)
          .reduce((text, name) => text.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), `w${at}_${name}`), sql)
          .replaceAll(/\$(\d+)/g, (_, number: string) => `$${values.length + Number(number)}`);
      for (const [name, sql] of Object.entries(write.writes)) parts.push(`w${at}_${name} AS (${own(sql)})`);
      if (write.call !== undefined) calls.push(own(write.call));
      values.push(...write.values);
    }
    const withParts = parts.length > 0 ? `WITH ${parts.join(',\n')}\n` : '';
    await this.send(`${withParts}SELECT ${calls.join(', ') || 'NULL'}`, values);
  }
}
