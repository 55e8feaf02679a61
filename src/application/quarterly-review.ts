import { diffWorkflows } from '../domain/workflow/diff/diff.js';
import type { Classification, MeaningChange } from '../domain/workflow/diff/change.js';
import type { StoredVersion } from './ports.js';
import type { ChangeRecord, Reads } from './reads.js';

/** One workflow's quarter: the versions at both ends, what differs between them, and how campaigns fared on each. */
export interface WorkflowReview {
  readonly workflow: string;
  readonly name: string;
  readonly from: StoredVersion<'Workflow'> | null;
  readonly to: StoredVersion<'Workflow'> | null;
  readonly classification: Classification;
  readonly changes: readonly MeaningChange[];
  readonly history: readonly ChangeRecord[];
  readonly authors: readonly string[];
  readonly leadTimes: readonly VersionLeadTime[];
}

/** Lead times, from creation to first launch, of campaigns created on one version and launched. */
export interface VersionLeadTime {
  readonly version: number;
  readonly medianHours: number;
  readonly campaigns: readonly { readonly key: string; readonly leadTimeHours: number }[];
}

export interface QuarterlyReview {
  readonly quarter: string;
  readonly start: Date;
  readonly end: Date;
  readonly workflows: readonly WorkflowReview[];
}

/** A quarter that is not written as `2026-Q3`. */
export class UnknownQuarter extends Error {
  override readonly name = 'UnknownQuarter';
}

/** The first day of the quarter and of the next, in UTC. Fiscal years that begin in another month are not known yet. */
export function boundsOf(quarter: string): { start: Date; end: Date } {
  const [, year, number] = /^(2\d{3})-Q([1-4])$/.exec(quarter) ?? [];
  if (year === undefined) throw new UnknownQuarter(`'${quarter}' is not a quarter such as 2026-Q3`);
  const month = (Number(number) - 1) * 3;
  return { start: new Date(Date.UTC(Number(year), month)), end: new Date(Date.UTC(Number(year), month + 3)) };
}

/** The last quarter that is over at the given moment. */
export function lastQuarter(now: Date): string {
  const current = now.getUTCFullYear() * 4 + Math.floor(now.getUTCMonth() / 3);
  return `${Math.floor((current - 1) / 4)}-Q${((current - 1) % 4) + 1}`;
}

/** Compares every workflow that was served in the quarter at its two ends. */
export async function quarterlyReview(reads: Reads, quarter: string): Promise<QuarterlyReview> {
  const { start, end } = boundsOf(quarter);
  const before = new Date(end.getTime() - 1);
  const everything = { first: 200, after: null, last: null, before: null };
  const { edges } = await reads.workflows(everything, {}, { field: 'key', direction: 'asc' });
  const leadTimes = await reads.leadTimes(start, end);
  const reviews: WorkflowReview[] = [];
  for (const { node: workflow } of edges) {
    const from = await reads.version(workflow.id, { type: 'as-of', asOf: start });
    const to = await reads.version(workflow.id, { type: 'as-of', asOf: before });
    const filter = { workflow: [workflow.key], committedAt: { since: start, until: end } };
    const { edges: changes } = await reads.changes(everything, filter, { field: 'time', direction: 'asc' });
    if (!from && !to && changes.length === 0) continue;
    const history = changes.map((edge) => edge.node);
    const commits = await reads.commits(history.map((change) => change.commitSha));
    const diff =
      from && to ? diffWorkflows(from.meaning, to.meaning) : { classification: 'none' as const, changes: [] };
    reviews.push({
      workflow: workflow.key,
      name: workflow.version.meaning.name,
      from,
      to,
      ...diff,
      history,
      authors: [...new Set(commits.map((commit) => commit.author.email))],
      leadTimes: leadTimes.filter((each) => each.workflow === workflow.key),
    });
  }
  return { quarter, start, end, workflows: reviews };
}
