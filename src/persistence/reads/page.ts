import type { DataSource } from 'typeorm';
import { BadCursor, type Page, type PageRequest } from '../../application/reads.js';

/** A list in SQL: what to select, from where, and in which order. The id breaks ties. */
export interface ListQuery {
  readonly select: string;
  /** Everything from `FROM` to the end of `WHERE`, which must be there. */
  readonly from: string;
  readonly values: readonly unknown[];
  readonly order: ListOrder;
  readonly id: string;
}
export interface ListOrder {
  /** What the caller calls it; a cursor of one order is no place in another. */
  readonly name: string;
  readonly expression: string;
  readonly type: 'timestamptz' | 'text' | 'bigint';
  readonly descending: boolean;
}

/** How many a page holds when nobody says. */
const DEFAULT_PAGE = 50;

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
  const { expression, descending, name } = query.order;
  const backwards = request.last !== null;
  const size = (backwards ? request.last : request.first) ?? DEFAULT_PAGE;
  const after = request.after === null ? null : readCursor(request.after, query.order);
  const before = request.before === null ? null : readCursor(request.before, query.order);
  const values = [...query.values];
  const compare = (cursor: Cursor, operator: string): string => {
    values.push(cursor.value, cursor.id);
    return `(${expression}, ${query.id}) ${operator} ($${values.length - 1}::${query.order.type}, $${values.length}::bigint)`;
  };
  const [later, earlier] = descending ? ['<', '>'] : ['>', '<'];
  const conditions = [
    ...(after ? [compare(after, later)] : []),
    ...(before ? [compare(before, earlier)] : []),
  ];
  const direction = descending === backwards ? 'ASC' : 'DESC';
  const sql = `SELECT ${query.select}, (${expression})::text AS cursor_value, ${query.id}::text AS cursor_id
    ${[query.from, ...conditions].join(' AND ')}
    ORDER BY ${expression} ${direction}, ${query.id} ${direction} LIMIT ${size + 1}`;
  const rows = await source.query<(Row & { cursor_value: string; cursor_id: string })[]>(sql, values);
  const more = rows.length > size;
  const kept = rows.slice(0, size);
  if (backwards) kept.reverse();
  const exists = (cursor: Cursor | null, operator: string) =>
    cursor === null ? false : existsAt(source, query, cursor, operator);
  return {
    edges: kept.map((row) => ({
      node: toNode(row),
      cursor: writeCursor(name, row.cursor_value, row.cursor_id),
    })),
    hasNextPage: (!backwards && more) || (await exists(before, `${later}=`)),
    hasPreviousPage: (backwards && more) || (await exists(after, `${earlier}=`)),
    count: async () => {
      const [row] = await source.query<{ count: number }[]>(`SELECT count(*)::int AS count ${query.from}`, [
        ...query.values,
      ]);
      return row?.count ?? 0;
    },
  };
}

/** Whether a row stands on the far side of a cursor, the cursor's own place included. */
async function existsAt(
  source: DataSource,
  query: ListQuery,
  { value, id }: Cursor,
  operator: string,
): Promise<boolean> {
  const { expression, type } = query.order;
  const position = query.values.length;
  const [row] = await source.query<{ found: boolean }[]>(
    `SELECT EXISTS (SELECT 1 ${query.from}
       AND (${expression}, ${query.id}) ${operator} ($${position + 1}::${type}, $${position + 2}::bigint)) AS found`,
    [...query.values, value, id],
  );
  return row?.found ?? false;
}

interface Cursor {
  readonly value: string;
  readonly id: string;
}

const writeCursor = (order: string, value: string, id: string): string =>
  Buffer.from(JSON.stringify([order, value, id])).toString('base64url');

/** What each type of order value looks like, so that a forged cursor is a mistake and not a fault. */
const VALUES: Readonly<Record<ListOrder['type'], RegExp>> = {
  bigint: /^\d{1,18}$/,
  timestamptz: /^(infinity|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?)$/,

  text: /^[^\u0000]*$/,
};

function readCursor(cursor: string, { name, type }: ListOrder): Cursor {
  const [order, value, id] = parseJsonList(Buffer.from(cursor, 'base64url').toString('utf8'));
  const isOurs = order === name && typeof value === 'string' && VALUES[type].test(value);
  if (isOurs && typeof id === 'string' && VALUES.bigint.test(id)) return { value, id };
  throw new BadCursor('this cursor was not given out by this list in this order');
}

function parseJsonList(text: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(text);
    return Array.isArray(parsed) ? (parsed as unknown[]) : [];
  } catch {
    return [];
  }
}
