import type { ReactNode } from 'react';

export interface Column<Row, Sort extends string = string> {
  readonly title: string;
  readonly cell: (row: Row) => ReactNode;
  /** Aligned at its end, as numbers are. */
  readonly isNumber?: boolean;
  /** What the API sorts by; without it the column does not sort. */
  readonly sort?: Sort;
}

export interface Sorting<Sort extends string> {
  readonly field: Sort;
  readonly direction: 'ASC' | 'DESC';
}

export interface TableProps<Row, Sort extends string> {
  /** What the table is of, for those who do not see it. */
  readonly label: string;
  readonly columns: readonly Column<Row, Sort>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  readonly sorting?: Sorting<Sort>;
  readonly onSort?: (sorting: Sorting<Sort>) => void;
}

/**
 * A table, sorted by the API, as it may show one page of many. On a narrow screen each row is a block of its own, with the titles of
 * the columns in it (style.css); the roles keep it a table for those who do not see it.
 */
export function Table<Row, Sort extends string = string>({
  label,
  columns,
  rows,
  keyOf,
  sorting,
  onSort,
}: TableProps<Row, Sort>) {
  const head = ({ title, sort }: Column<Row, Sort>) => {
    if (sort === undefined || !onSort) return title;
    const isAscending = sorting?.field === sort && sorting.direction === 'ASC';
    return (
      <button
        type="button"
        className="sort"
        onClick={() => onSort({ field: sort, direction: isAscending ? 'DESC' : 'ASC' })}
      >
        {title} <span aria-hidden="true">{sorting?.field === sort ? (isAscending ? '↑' : '↓') : '↕'}</span>
      </button>
    );
  };
  const sorted = ({ sort }: Column<Row, Sort>) =>
    sort !== undefined && sorting?.field === sort
      ? ({ 'aria-sort': sorting.direction === 'ASC' ? 'ascending' : 'descending' } as const)
      : {};
  return (
    <div className="table" role="group" aria-label={label} tabIndex={0}>
      <table role="table">
        <thead role="rowgroup">
          <tr role="row">
            {columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                role="columnheader"
                className={column.isNumber ? 'number' : undefined}
                {...sorted(column)}
              >
                {head(column)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr key={keyOf(row)} role="row">
              {columns.map(({ title, cell, isNumber }) => (
                <td key={title} role="cell" data-title={title} className={isNumber ? 'number' : undefined}>
                  {cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
