import type { Classification } from '../api/operations.ts';

/** What the table at the head of a review says of a workflow. */
export interface Figures {
  readonly key: string;
  readonly name: string;
  /** Its versions at both ends of the quarter; null where there was none. */
  readonly from: number | null;
  readonly to: number | null;
  readonly changes: number;
  readonly classification: Classification;
  readonly launched: number;
  readonly leadTimes: readonly { readonly version: number; readonly medianHours: number }[];
  readonly incidents: number;
}

/** The part of kept figures that is shown here. */
interface Snapshot {
  readonly format: number;
  readonly workflows: readonly {
    readonly workflow: string;
    readonly name: string;
    readonly from: { readonly number: number } | null;
    readonly to: { readonly number: number } | null;
    readonly changes: readonly unknown[];
    readonly classification: string;
    readonly use: readonly { readonly launched: number }[];
    readonly leadTimes: Figures['leadTimes'];
    readonly incidents: { readonly count: number };
  }[];
}

/** The form that can be read; an older one stands in the saved file only. */
const FORMAT = 2;

/** The figures that were kept when a review was completed; null where they are of another form. */
export function keptFigures(snapshot: unknown): Figures[] | null {
  const kept = snapshot as Snapshot | null;
  if (kept?.format !== FORMAT) return null;
  return kept.workflows.map(({ workflow, from, to, changes, classification, use, ...rest }) => ({
    ...{ key: workflow, name: rest.name, from: from?.number ?? null, to: to?.number ?? null },
    ...{ changes: changes.length, leadTimes: rest.leadTimes, incidents: rest.incidents.count },
    classification: classification.toUpperCase() as Classification,
    launched: use.reduce((all, { launched }) => all + launched, 0),
  }));
}
