import type { Pool, PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { part } from '../observability/correlation.js';

/** Longer ones say nothing more; a read of everything has some ten thousand characters. */
const MAX_TEXT_LENGTH = 500;

/** Notes each statement of the pool's connections in the trace of what asks for it: its text, never its values. */
export function traceStatements(database: DataSource): void {
  const known = new WeakSet<PoolClient>();
  poolOf(database).on('acquire', (client: PoolClient) => {
    if (known.has(client)) return;
    known.add(client);
    const query = client.query.bind(client) as (...values: unknown[]) => unknown;
    const traced = (...values: unknown[]): unknown => {
      const [first, ...rest] = values;
      const text = typeof first === 'string' ? first : (first as { readonly text?: unknown } | null)?.text;
      // What streams, such as COPY, and what wants to be called back, is nothing to wait for here.
      if (typeof text !== 'string' || isStream(first) || typeof rest.at(-1) === 'function')
        return query(...values);
      const [verb = ''] = /^\w+/.exec(text.trimStart()) ?? [];
      const attributes = { 'db.system.name': 'postgresql', 'db.query.text': text.slice(0, MAX_TEXT_LENGTH) };
      return part(verb.toUpperCase(), attributes, () => query(...values) as Promise<unknown>);
    };
    client.query = traced as PoolClient['query'];
  });
}

const isStream = (value: unknown): boolean =>
  typeof (value as { readonly submit?: unknown } | null)?.submit === 'function';

/** What TypeORM's driver for PostgreSQL asks for connections. */
export const poolOf = (database: DataSource): Pool =>
  (database.driver as unknown as { readonly master: Pool }).master;
