import type { ReadSource } from '../read-source.js';
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

/** One page of a list that has no parent. */
export async function readPage<T>(
  source: ReadSource,
  query: ListQuery,
  request: PageRequest,
): Promise<Page<T>> {
  const [page] = await readPages<T>(source, query, request, ['0']);
  if (!page) throw new Error('a page was asked for and none was read');
  return page;
}

/**
 * One page for each parent, in one question; the query names the parent `parent.id`. Pages are by keyset: rows after or
 * before the cursor's order value and id, so that inserts between two pages neither repeat nor skip a row. Both
 * `hasPage` flags are facts, asked of the database.
 */
export async function readPages<T>(
  source: ReadSource,
  query: ListQuery,
  request: PageRequest,
  parents: readonly string[],
): Promise<Page<T>[]> {
  const { expression, descending, name, type } = query.order;
  const backwards = request.last !== null;
  const size = (backwards ? request.last : request.first) ?? DEFAULT_PAGE;
  const after = request.after === null ? null : readCursor(request.after, query.order);
  const before = request.before === null ? null : readCursor(request.before, query.order);
  const values: unknown[] = [...query.values, parents];
  const each = `FROM unnest($${values.length}::bigint[]) AS parent(id)`;
  const compare = ({ value, id }: Cursor, operator: string): string => {
    values.push(value, id);
    return `(${expression}, ${query.id}) ${operator} ($${values.length - 1}::${type}, $${values.length}::bigint)`;
  };
  const [later, earlier] = descending ? ['<', '>'] : ['>', '<'];
  const conditions = [after && compare(after, later), before && compare(before, earlier)].filter(
    (each) => each !== null,
  );
  const beyond = (cursor: Cursor | null, operator: string) =>
    cursor ? `EXISTS (SELECT 1 ${query.from} AND ${compare(cursor, operator)})` : 'false';
  const direction = descending === backwards ? 'ASC' : 'DESC';
  const rows = await source.query<PageRow<T>[]>(
    `SELECT page.*, parent.id::text AS parent_id,
            ${beyond(before, `${later}=`)} AS more_after, ${beyond(after, `${earlier}=`)} AS more_before
       ${each} LEFT JOIN LATERAL (
         SELECT ${query.select}, (${expression})::text AS cursor_value, ${query.id}::text AS cursor_id
           ${[query.from, ...conditions].join(' AND ')}
          ORDER BY ${expression} ${direction}, ${query.id} ${direction} LIMIT ${size + 1}) page ON true`,
    values,
  );
  const counts = once(() => countEach(source, query, parents));
  return parents.map((parent) => {
    const own = rows.filter((row) => row.parent_id === parent);
    const found = own.filter((row): row is PageRow<T> & { cursor_id: string } => row.cursor_id !== null);
    const kept = found.slice(0, size);
    if (backwards) kept.reverse();
    const more = found.length > size;
    return {
      edges: kept.map((row) => ({ node: row, cursor: writeCursor(name, row.cursor_value, row.cursor_id) })),
      hasNextPage: (!backwards && more) || own[0]?.more_after === true,
      hasPreviousPage: (backwards && more) || own[0]?.more_before === true,
      count: async () => (await counts()).get(parent) ?? 0,
    };
  });
}

type PageRow<T> = T & {
  readonly parent_id: string;
  readonly cursor_value: string;
  /** Null in the one row of a parent whose page is empty. */
  readonly cursor_id: string | null;
  readonly more_after: boolean;
  readonly more_before: boolean;
};

/** How many entries each parent's list has; asked once for all of them. */
async function countEach(
  source: ReadSource,
  query: ListQuery,
  parents: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await source.query<{ parent: string; count: number }[]>(
    `SELECT parent.id::text AS parent, (SELECT count(*) ${query.from})::int AS count
       FROM unnest($${query.values.length + 1}::bigint[]) AS parent(id)`,
    [...query.values, parents],
  );
  return new Map(rows.map((row) => [row.parent, row.count]));
}

function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => (asked ??= ask());
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
