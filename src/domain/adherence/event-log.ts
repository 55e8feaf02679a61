/** What happened, as another tool or Weir itself recorded it. */
export interface EventLog {
  /** The names of activities; cases refer to them by position. */
  readonly activities: readonly string[];
  readonly cases: readonly LogCase[];
}

/** One campaign of a log: its events in the order in which they ended. */
export interface LogCase {
  readonly id: string;
  readonly activities: Int32Array;
  /** Milliseconds since 1970, UTC. */
  readonly ends: Float64Array;
  /** Null where the log has one time for each event. */
  readonly starts: Float64Array | null;
}
