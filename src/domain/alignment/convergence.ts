/** What has to come together (R85). */
export const DIMENSIONS = ['content', 'targeting', 'channels', 'timing'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** From a moment on, a dimension agrees, or does not any more. */
export interface Turn {
  readonly at: Date;
  readonly dimension: Dimension;
  readonly agrees: boolean;
}
export interface Convergence {
  /** When all four first agreed; null where they never did. */
  readonly convergedAt: Date | null;
  readonly isConverged: boolean;
  /** Each time it was lost: since when, until when (null: still), and by which dimension. */
  readonly lost: readonly { readonly from: Date; readonly to: Date | null; readonly dimension: Dimension }[];
  /** Since when each dimension has been as it is. */
  readonly dimensions: readonly {
    readonly dimension: Dimension;
    readonly agrees: boolean;
    readonly since: Date | null;
  }[];
}

/** The moment of convergence, from the turns in the order of time. */
export function convergenceOf(turns: readonly Turn[]): Convergence {
  const state = new Map<Dimension, { agrees: boolean; since: Date }>();
  const lost: { from: Date; to: Date | null; dimension: Dimension }[] = [];
  let convergedAt: Date | null = null;
  let isConverged = false;
  for (const { at, dimension, agrees } of turns) {
    if (state.get(dimension)?.agrees === agrees) continue;
    state.set(dimension, { agrees, since: at });
    const now = DIMENSIONS.every((each) => state.get(each)?.agrees === true);
    if (now && !isConverged) {
      convergedAt ??= at;
      const open = lost.at(-1);
      if (open?.to === null) open.to = at;
    }
    if (!now && isConverged) lost.push({ from: at, to: null, dimension });
    isConverged = now;
  }
  // Turns of one moment are one: what was lost and found in it was not lost.
  return {
    ...{ convergedAt, isConverged, lost: lost.filter(({ from, to }) => from.getTime() !== to?.getTime()) },
    dimensions: DIMENSIONS.map((dimension) => ({
      ...{ dimension, agrees: state.get(dimension)?.agrees ?? false },
      since: state.get(dimension)?.since ?? null,
    })),
  };
}
