import type { Library, LibraryEntry } from '../workflow/document.js';

/** How campaigns of one type fared on one workflow; those that were called off count for nothing. */
export interface TypeUse {
  readonly campaignType: string;
  readonly workflow: string;
  readonly campaigns: number;
  readonly running: number;
  readonly launched: number;
  /** From creation to the first launch: the middle, and where the middle half lies; null where none has launched. */
  readonly leadTimeHoursP25: number | null;
  readonly leadTimeHoursP50: number | null;
  readonly leadTimeHoursP75: number | null;
}
export interface RankedUse extends TypeUse {
  /** Of the Library's entry; null where it names none, or the Library does not name the workflow for the type. */
  readonly priority: LibraryEntry['priority'];
  readonly isNamed: boolean;
  /** Place by the median, from 1, among those with five launches or more; null for the others. */
  readonly rank: number | null;
}
export interface LibraryShelf {
  readonly campaignType: string;
  /** The best first; those with too few launches after them. */
  readonly workflows: readonly RankedUse[];
}
export interface LibraryOverview {
  readonly shelves: readonly LibraryShelf[];
  readonly running: number;
  /** Share of the running campaigns on a workflow that the Library names for their type; null where none runs. */
  readonly coverage: number | null;
}

/** Fewer launches say too little of a workflow to rank it (R92). */
const LEAST_LAUNCHES = 5;

/** The patterns for each type of campaign, with use and results (R92). */
export function libraryOf(libraries: readonly Library[], uses: readonly TypeUse[]): LibraryOverview {
  const entries = libraries.flatMap((library) => library.entries);
  const named = (type: string, workflow: string) =>
    entries.find((entry) => entry.campaignType === type && entry.workflow === workflow);
  const unused = entries
    .filter(({ campaignType, workflow }) => !uses.some((use) => isOf(use, campaignType, workflow)))
    .map(({ campaignType, workflow }): TypeUse => ({ ...NO_USE, campaignType, workflow }));
  const all = [...uses, ...unused];
  const types = [...new Set(all.map(({ campaignType }) => campaignType))].sort();
  const running = uses.reduce((sum, use) => sum + use.running, 0);
  const covered = uses.reduce(
    (sum, use) => sum + (named(use.campaignType, use.workflow) ? use.running : 0),
    0,
  );
  return {
    running,
    coverage: running === 0 ? null : covered / running,
    shelves: types.map((campaignType) => ({
      campaignType,
      workflows: ranked(all.filter((use) => use.campaignType === campaignType)).map(([use, rank]) => {
        const entry = named(campaignType, use.workflow);
        return { ...use, rank, isNamed: entry !== undefined, priority: entry?.priority ?? null };
      }),
    })),
  };
}

function ranked(uses: readonly TypeUse[]): [TypeUse, number | null][] {
  const median = (use: TypeUse) => use.leadTimeHoursP50 ?? Number.POSITIVE_INFINITY;
  const known = uses
    .filter(({ launched }) => launched >= LEAST_LAUNCHES)
    .sort((a, b) => median(a) - median(b));
  const others = uses.filter((use) => !known.includes(use)).sort((a, b) => b.campaigns - a.campaigns);
  return [
    // As quick as another one is the same place.
    ...known.map((use): [TypeUse, number] => [
      use,
      1 + known.filter((each) => median(each) < median(use)).length,
    ]),
    ...others.map((use): [TypeUse, null] => [use, null]),
  ];
}

const isOf = (use: TypeUse, type: string, workflow: string): boolean =>
  use.campaignType === type && use.workflow === workflow;

const NO_USE = {
  ...{ campaigns: 0, running: 0, launched: 0 },
  ...{ leadTimeHoursP25: null, leadTimeHoursP50: null, leadTimeHoursP75: null },
};
