import type { EventLog } from '../domain/adherence/event-log.js';
import { LogError } from './log-problems.js';

/** What fits into a few hundred megabytes; a larger log is split by year. */
const MAX_EVENTS = 5_000_000;
const MAX_CASES = 500_000;

interface Gathered {
  readonly activities: number[];
  readonly ends: number[];
  readonly starts: number[];
}

/** Gathers events in the order of the file, and hands them out case by case in the order of time. */
export class LogBuilder {
  readonly #activities = new Map<string, number>();
  readonly #cases = new Map<string, Gathered>();
  #events = 0;

  constructor(private readonly file: string) {}

  get events(): number {
    return this.#events;
  }

  /** @param start NaN where there is none. */
  add(caseId: string, activity: string, end: number, start: number): void {
    if (++this.#events > MAX_EVENTS)
      throw new LogError(this.file, [`more than ${MAX_EVENTS} events; split it by year`]);
    let own = this.#cases.get(caseId);
    if (!own) {
      if (this.#cases.size >= MAX_CASES)
        throw new LogError(this.file, [`more than ${MAX_CASES} cases; is it the right column?`]);
      own = { activities: [], ends: [], starts: [] };
      this.#cases.set(caseId, own);
    }
    let place = this.#activities.get(activity);
    if (place === undefined) this.#activities.set(activity, (place = this.#activities.size));
    own.activities.push(place);
    own.ends.push(end);
    own.starts.push(start);
  }

  build(): EventLog {
    if (this.#events === 0) throw new LogError(this.file, ['there is no event in it']);
    return {
      activities: [...this.#activities.keys()],
      cases: [...this.#cases].map(([id, { activities, ends, starts }]) => {
        // Sorting is stable, so equal times keep the order of the file.
        const order = Array.from(ends.keys()).sort((one, other) => (ends[one] ?? 0) - (ends[other] ?? 0));
        const pick = (values: readonly number[]) => order.map((at) => values[at] ?? 0);
        return {
          id,
          activities: Int32Array.from(pick(activities)),
          ends: Float64Array.from(pick(ends)),
          starts: starts.some((start) => Number.isNaN(start)) ? null : Float64Array.from(pick(starts)),
        };
      }),
    };
  }
}
