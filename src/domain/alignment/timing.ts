/** When a channel was to open, and when it did. */
export interface Opening {
  readonly channel: string;
  readonly plannedAt: Date | null;
  readonly launchedAt: Date | null;
}
export interface Timing {
  /** Latest less earliest; null where a channel has no time, or there is none. */
  readonly spreadHours: number | null;
  /** Mean of the squared deviations from the mean opening, in hours squared, and its root. */
  readonly variance: number | null;
  readonly standardDeviationHours: number | null;
  /** The largest share of the channels that open within one window of the length asked for. */
  readonly inWindowShare: number | null;
  /** Each channel's opening, actual after the launch and planned before it, and by how many hours it was late. */
  readonly channels: readonly {
    readonly channel: string;
    readonly at: Date | null;
    readonly isActual: boolean;
    readonly delayHours: number | null;
  }[];
  /** Channels without any time. */
  readonly missing: readonly string[];
}

const HOUR = 3_600_000;

/** How close together the channels open (R75). */
export function timingOf(openings: readonly Opening[], windowHours: number): Timing {
  const channels = openings.map(({ channel, plannedAt, launchedAt }) => ({
    ...{ channel, at: launchedAt ?? plannedAt, isActual: launchedAt !== null },
    delayHours: launchedAt && plannedAt ? (launchedAt.getTime() - plannedAt.getTime()) / HOUR : null,
  }));
  const missing = channels.flatMap(({ channel, at }) => (at === null ? [channel] : []));
  const hours = channels
    .flatMap(({ at }) => (at === null ? [] : [at.getTime() / HOUR]))
    .sort((a, b) => a - b);
  if (hours.length === 0 || missing.length > 0) {
    return {
      spreadHours: null,
      variance: null,
      standardDeviationHours: null,
      inWindowShare: null,
      channels,
      missing,
    };
  }
  const first = hours[0] ?? 0;
  // Counted from the first, so that squares of large numbers do not eat the digits.
  const offsets = hours.map((hour) => hour - first);
  const mean = offsets.reduce((sum, offset) => sum + offset, 0) / offsets.length;
  const variance = offsets.reduce((sum, offset) => sum + (offset - mean) ** 2, 0) / offsets.length;
  const together = offsets.map(
    (begin) => offsets.filter((offset) => offset >= begin && offset <= begin + windowHours).length,
  );
  return {
    spreadHours: offsets.at(-1) ?? 0,
    ...{ variance, standardDeviationHours: Math.sqrt(variance) },
    inWindowShare: Math.max(...together) / offsets.length,
    ...{ channels, missing },
  };
}
