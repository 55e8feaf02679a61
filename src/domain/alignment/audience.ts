/** In the place of a channel: everybody whom the campaign may reach. Every channel's audience is to be a part of it (R54). */
export const WHOLE_LIST = '';

/** How many are in each of two audiences and in both. */
export interface Shared {
  readonly one: number;
  readonly other: number;
  readonly both: number;
}
export interface Overlap {
  /** |A ∩ B| / |A ∪ B| (Jaccard 1901). */
  readonly jaccard: number;
  /** |A ∩ B| / min(|A|, |B|), the overlap coefficient (Simpson 1943). */
  readonly overlap: number;
  /** Share of the first that is in the second, and the other way round. */
  readonly containment: number;
  readonly containmentOther: number;
}

/** How far two audiences are the same people (R76); null where one is empty. */
export function overlapOf({ one, other, both }: Shared): Overlap | null {
  if (one === 0 || other === 0) return null;
  return {
    jaccard: both / (one + other - both),
    overlap: both / Math.min(one, other),
    containment: both / one,
    containmentOther: both / other,
  };
}

/** Smallest hashes that stand for a large audience. */
export const SKETCH_SIZE = 16_384;

/**
 * The same from bottom-k sketches (Broder 1997; Beyer et al. 2007): of the k smallest hashes of both together, the share that
 * is in both estimates the Jaccard index J.
 * @param sampled how many hashes were looked at, at most {@link SKETCH_SIZE}
 * @returns what is shared, and the standard error of J, √(J(1 − J) / k)
 */
export function estimateShared(
  { one, other }: Omit<Shared, 'both'>,
  { sampled, inBoth }: { readonly sampled: number; readonly inBoth: number },
): Shared & { readonly jaccardError: number } {
  const jaccard = sampled === 0 ? 0 : inBoth / sampled;
  const both = Math.min(one, other, Math.round((jaccard * (one + other)) / (1 + jaccard)));
  return {
    one,
    other,
    both,
    jaccardError: sampled === 0 ? 0 : Math.sqrt((jaccard * (1 - jaccard)) / sampled),
  };
}
