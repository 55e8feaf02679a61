/** Told of what an answer rests on beside what is stored. */
export interface PresentNotes {
  /** It holds until then, and may be another afterwards. */
  holdsUntil(moment: Date): void;
  /** It holds for this moment alone. */
  holdsNow(): void;
}

const UNNOTED: PresentNotes = { holdsUntil: () => undefined, holdsNow: () => undefined };

/** One moment, the same for a whole answer. Whoever asks whether another one has come says less than who asks what time it is. */
export class Present {
  readonly #now: Date;

  constructor(
    now: Date,
    private readonly notes = UNNOTED,
  ) {
    this.#now = now;
  }

  now(): Date {
    this.notes.holdsNow();
    return this.#now;
  }

  hasCome(moment: Date): boolean {
    if (moment <= this.#now) return true;
    this.notes.holdsUntil(moment);
    return false;
  }

  /** The day in UTC, as `2026-11-30`. */
  today(): string {
    const midnight = new Date(this.#now);
    midnight.setUTCHours(24, 0, 0, 0);
    this.notes.holdsUntil(midnight);
    return this.#now.toISOString().slice(0, 10);
  }
}
