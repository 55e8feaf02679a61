import { Link } from 'react-router';
import type { VersionStatsFragment } from '../api/operations.ts';
import { day, hours, number } from './format.ts';
import { type Column, Table } from './table.tsx';

export interface VersionRow {
  readonly number: number;
  readonly since?: string | undefined;
  readonly author?: string | undefined;
}
type Row = VersionRow & { readonly stats: VersionStatsFragment | undefined };

/** A group of campaigns by version is named `product-launch v3`. */
const versionOf = ({ group }: VersionStatsFragment): number =>
  Number(/ v(\d+)$/.exec(group[0]?.value ?? '')?.[1]);

export const pathOfDiff = (workflow: string, from: number, to: number): string =>
  `/workflows/${encodeURIComponent(workflow)}/diff?from=${from}&to=${to}`;

const COUNTS = ['campaigns', 'running', 'launched', 'ended', 'cancelled'] as const;

export interface VersionTableProps {
  readonly workflow: string;
  readonly versions: readonly VersionRow[];
  readonly stats: readonly VersionStatsFragment[];
  /** Leads from each version to what it changed. */
  readonly hasDiffs?: boolean;
}

/** How many campaigns are on each version, and how long they took to their launch. */
export function VersionTable({ workflow, versions, stats, hasDiffs = false }: VersionTableProps) {
  const columns: Column<Row>[] = [
    { title: 'Version', cell: ({ number: version }) => `v${version}` },
    ...(hasDiffs
      ? [{ title: 'What changed', cell: ({ number: version }: Row) => before(workflow, version) }]
      : []),
    ...(versions.some(({ since }) => since !== undefined)
      ? [{ title: 'Since', cell: ({ since }: Row) => <span className="nowrap">{day(since)}</span> }]
      : []),
    ...(versions.some(({ author }) => author !== undefined)
      ? [{ title: 'Author', cell: ({ author }: Row) => author ?? '–' }]
      : []),
    ...COUNTS.map((name) => ({
      title: name === 'campaigns' ? 'Campaigns' : `${name[0]?.toUpperCase()}${name.slice(1)}`,
      isNumber: true,
      cell: ({ stats: each }: Row) => number(each?.[name] ?? 0),
    })),
    { title: 'Lead time P50', isNumber: true, cell: ({ stats: each }) => hours(each?.leadTimeHoursP50) },
    { title: 'Lead time P80', isNumber: true, cell: ({ stats: each }) => hours(each?.leadTimeHoursP80) },
  ];
  const rows = versions.map((each) => ({
    ...each,
    stats: stats.find((group) => versionOf(group) === each.number),
  }));
  return (
    <Table
      label="Campaigns per version"
      columns={columns}
      rows={rows}
      keyOf={({ number: version }) => String(version)}
    />
  );
}

const before = (workflow: string, version: number) =>
  version === 1 ? (
    <span className="nowrap">the first</span>
  ) : (
    <Link className="nowrap" to={pathOfDiff(workflow, version - 1, version)}>
      v{version - 1} to v{version}
    </Link>
  );
