import type { DataSource } from 'typeorm';
import type { Clock } from '../application/ports.js';

/** Measured again as often: between two measurements a clock drifts by less than a millisecond. */
const MEASURE_MS = 10_000;
/** An answer that takes longer has waited for a connection, or in a busy database: nobody knows where. */
const LONGEST_MS = 500;
/** A difference of more is no error of measuring: the database's own clock was set. */
const SET_MS = 1_000;

/**
 * The time of the database, whatever the machine's clock says: replicas agree on it, and one whose clock is wrong or jumps neither
 * takes over what others are at nor dates what it does wrongly. Between measurements it goes by the clock that nobody can set, and it
 * runs backwards only where the database's does.
 */
export class DatabaseClock implements Clock {
  /** What to add to the clock that nobody can set. */
  #offsetMs: number | null = null;
  #lastMs = -Infinity;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor(private readonly database: DataSource) {}

  async start(): Promise<this> {
    await this.measure();
    this.#measureLater();
    return this;
  }

  now(): Date {
    const now = performance.now() + (this.#offsetMs ?? 0);
    if (this.#lastMs - now > SET_MS) this.#lastMs = now;
    this.#lastMs = Math.max(this.#lastMs, now);
    return new Date(this.#lastMs);
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
  }

  #measureLater(): void {
    this.#timer = setTimeout(() => {
      // Where it cannot be measured it goes on as it did.
      void this.measure()
        .catch(() => undefined)
        .finally(() => this.#isStopped || this.#measureLater());
    }, MEASURE_MS).unref();
  }

  /** Looks what time it is there. The answer was true at some time between asking and hearing it: half-way, to within half of that. One that took long is none. */
  async measure(): Promise<void> {
    const asked = performance.now();
    const [row] = await this.database.query<{ ms: number }[]>(
      'SELECT extract(epoch FROM clock_timestamp())::float8 * 1000 AS ms',
    );
    const heard = performance.now();
    const isGood = this.#offsetMs === null || heard - asked <= LONGEST_MS;
    if (row && isGood) this.#offsetMs = row.ms - (asked + heard) / 2;
  }
}
