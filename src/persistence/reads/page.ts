import type { DataSource } from 'typeorm';
import { BadCursor, type Page, type PageRequest } from '../../application/reads.js';

/** A list in SQL: what to select, from where, and in which order. The id breaks ties. */
export interface ListQuery {
  readonly select: string;
  /** Everything from `FROM` to the end of `WHERE`, which must be there. */
  readonly from: string;
  readonly values: readonly unknown[];
  readonly order: {
    readonly expression: string;
    readonly type: 'timestamptz' | 'text' | 'bigint';
    readonly descending: boolean;
  };
  readonly id: string;
}

/** How many a page holds when nobody says. */
const DEFAULT_PAGE = 50;
/** A page larger than this answers no question that a filter would not answer better. */
export const MAX_PAGE = 200;

/**
 * One page by keyset: rows after or before the cursor's order value and id, so that inserts between two pages
 * neither repeat nor skip a row. Both `hasPage` flags are facts, asked of the database.
 */
export async function readPage<Row, T>(
  source: DataSource,
  query: ListQuery,
  request: PageRequest,
  toNode: (row: Row) => T,
): Promise<Page<T>> {
  const backwards = request.last !== null;
  const size = Math.min((backwards ? request.last : request.first) ?? DEFAULT_PAGE, MAX_PAGE);
  const { expression, type, descending } = query.order;
  const values = [...query.values];
  const conditions: string[] = [];
  const beyond = (cursor: string, later: boolean, orSame = false): string => {
    const { value, id } = readCursor(cursor);
    values.push(value, id);
    const comparison = `${later === descending ? '<' : '>'}${orSame ? '=' : ''}`;
    return `(${expression}, ${query.id}) ${comparison} ($${values.length - 1}::${type}, $${values.length}::bigint)`;
  };
  if (request.after !== null) conditions.push(beyond(request.after, true));
  if (request.before !== null) conditions.push(beyond(request.before, false));
  const direction = descending === backwards ? 'ASC' : 'DESC';
  const sql = `SELECT ${query.select}, (${expression})::text AS cursor_value, ${query.id}::text AS cursor_id
    ${[query.from, ...conditions].join(' AND ')}
    ORDER BY ${expression} ${direction}, ${query.id} ${direction} LIMIT ${size + 1}`;
  const rows = await source.query<(Row & { cursor_value: string; cursor_id: string })[]>(sql, values);
  const more = rows.length > size;
  const kept = rows.slice(0, size);
  if (backwards) kept.reverse();
  const other = backwards ? request.before : request.after;
  const behind = other === null ? false : await existsBehind(source, query, other, backwards);
  return {
    edges: kept.map((row) => ({ node: toNode(row), cursor: writeCursor(row.cursor_value, row.cursor_id) })),
    hasNextPage: backwards ? behind : more,
    hasPreviousPage: backwards ? more : behind,
    count: async () => {
      const [row] = await source.query<{ count: number }[]>(`SELECT count(*)::int AS count ${query.from}`, [
        ...query.values,
      ]);
      return row?.count ?? 0;
    },
  };
}

/** Whether a row stands on the far side of the cursor, the cursor's own place included. */
async function existsBehind(
  source: DataSource,
  query: ListQuery,
  cursor: string,
  later: boolean,
): Promise<boolean> {
  const { value, id } = readCursor(cursor);
  const { expression, type, descending } = query.order;
  const comparison = later === descending ? '<=' : '>=';
  const position = query.values.length;
  const [row] = await source.query<{ found: boolean }[]>(
    `SELECT EXISTS (SELECT 1 ${query.from} AND (${expression}, ${query.id}) ${comparison} ($${position + 1}::${type}, $${position + 2}::bigint)) AS found`,
    [...query.values, value, id],
  );
  return row?.found ?? false;
}

const writeCursor = (value: string, id: string): string =>
  Buffer.from(JSON.stringify([value, id])).toString('base64url');

function readCursor(cursor: string): { value: string; id: string } {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(parsed) && typeof parsed[0] === 'string' && /^\d{1,18}$/.test(String(parsed[1]))) {
      return { value: parsed[0], id: String(parsed[1]) };
    }
  } catch {
    // falls through to the one answer for every cursor that is not ours
  }
  throw new BadCursor('this cursor was not given out by this list');
}

/** Builds the conditions of a filter: what is null or absent asks nothing. */
export class Conditions {
  readonly values: unknown[] = [];
  readonly #conditions: string[] = ['true'];

  /** `condition` has one `?` for the value. */
  add(condition: string, value: unknown): this {
    if (value === null || value === undefined) return this;
    this.values.push(value);
    this.#conditions.push(condition.replace('?', `$${this.values.length}`));
    return this;
  }

  toString(): string {
    return this.#conditions.join(' AND ');
  }
}
