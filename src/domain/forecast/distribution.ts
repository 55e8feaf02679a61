/** How long something takes, as a table of quantiles; one number where it is always the same. */
export interface Distribution {
  readonly mean: number;
  readonly variance: number;
  /** The quantiles at 0, 1/1024, … 1; null where there is no spread. */
  readonly quantiles: Float64Array | null;
}

export const TABLE_STEPS = 1024;

export const always = (value: number): Distribution => ({ mean: value, variance: 0, quantiles: null });

/** Hours of the three-point estimate. */
export interface ThreePoints {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/** Expected value (low + 4 likely + high) / 6 of Malcolm, Roseboom, Clark and Fazar (1959). */
export const pertMean = ({ low, likely, high }: ThreePoints): number => (low + 4 * likely + high) / 6;
/** Their variance ((high − low) / 6)². */
export const pertVariance = ({ low, high }: ThreePoints): number => ((high - low) / 6) ** 2;

/** Finer than the table by a good deal, so that its entries are exact to five digits. */
const CELLS = 4096;

/**
 * The beta distribution over [low, high] with its mode at `likely` and shape 4 (Vose 2008), whose mean is that of PERT.
 * The density is summed on a fine grid, so that a draw is one look into a table.
 */
export function betaPert(points: ThreePoints): Distribution {
  const { low, likely, high } = points;
  if (high <= low) return always(likely);
  const alpha = 4 * ((likely - low) / (high - low));
  const beta = 4 - alpha;
  const density = Float64Array.from({ length: CELLS }, (_, cell) => {
    const x = (cell + 0.5) / CELLS;
    return x ** alpha * (1 - x) ** beta;
  });
  const quantiles = quantilesOfDensity(density).map((x) => low + (high - low) * x);
  return { mean: pertMean(points), variance: pertVariance(points), quantiles };
}

/** Quantiles of a density over [0, 1] that is given on cells of equal width. */
function quantilesOfDensity(density: Float64Array): Float64Array {
  const total = density.reduce((sum, each) => sum + each, 0);
  const quantiles = new Float64Array(TABLE_STEPS + 1);
  for (let step = 1, cell = 0, below = 0; step < TABLE_STEPS; step++) {
    const target = (total * step) / TABLE_STEPS;
    for (; below + density[cell]! < target; cell++) below += density[cell]!;
    quantiles[step] = (cell + (target - below) / density[cell]!) / density.length;
  }
  // In the tails a straight line misses most: its ends are set so that the mean between it and the next entry is right.
  quantiles[0] = 2 * meanUpTo(density, quantiles[1]!) - quantiles[1]!;
  const mirrored = density.slice().reverse();
  quantiles[TABLE_STEPS] =
    2 - 2 * meanUpTo(mirrored, 1 - quantiles[TABLE_STEPS - 1]!) - quantiles[TABLE_STEPS - 1]!;
  return quantiles;
}

/** Mean of what lies below the limit. */
function meanUpTo(density: Float64Array, limit: number): number {
  let [weight, moment] = [0, 0];
  for (let cell = 0; cell < density.length && cell / density.length < limit; cell++) {
    const width = Math.min(1, limit * density.length - cell);
    weight += density[cell]! * width;
    moment += density[cell]! * width * ((cell + width / 2) / density.length);
  }
  return moment / weight;
}

/** The value below which the share lies, straight between two entries of the table. */
export function quantileOf({ quantiles, mean }: Distribution, share: number): number {
  if (quantiles === null) return mean;
  const place = share * TABLE_STEPS;
  const at = Math.min(TABLE_STEPS - 1, Math.floor(place));
  return quantiles[at]! + (quantiles[at + 1]! - quantiles[at]!) * (place - at);
}

/** The share of values below this one. */
export function shareBelow({ quantiles, mean }: Distribution, value: number): number {
  if (quantiles === null) return value < mean ? 0 : 1;
  if (value <= quantiles[0]!) return 0;
  if (value >= quantiles[TABLE_STEPS]!) return 1;
  let [low, high] = [0, TABLE_STEPS];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (quantiles[middle]! <= value) low = middle;
    else high = middle;
  }
  return (low + (value - quantiles[low]!) / (quantiles[high]! - quantiles[low]!)) / TABLE_STEPS;
}

export interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** The distribution of measured values. */
export function distributionOf(values: readonly Weighted[]): Distribution {
  const sorted = [...values].sort((one, other) => one.value - other.value);
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  const mean = sorted.reduce((sum, { value, weight }) => sum + value * weight, 0) / total;
  const variance = sorted.reduce((sum, { value, weight }) => sum + (value - mean) ** 2 * weight, 0) / total;
  if (variance === 0) return always(mean);
  const quantiles = new Float64Array(TABLE_STEPS + 1);
  let [at, below] = [0, sorted[0]!.weight];
  for (let step = 0; step <= TABLE_STEPS; step++) {
    while (below < (total * step) / TABLE_STEPS && at < sorted.length - 1) below += sorted[++at]!.weight;
    quantiles[step] = sorted[at]!.value;
  }
  return { mean, variance, quantiles };
}
