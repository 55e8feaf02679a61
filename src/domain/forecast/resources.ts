import { WorkingCalendar, type WorkingTime } from '../calendar/working-calendar.js';
import type { Role, Team } from '../workflow/document.js';
import type { Step } from '../workflow/workflow.js';

/** A role that has work to do, how many can do it at once and when. */
export interface Resource {
  readonly role: string;
  /** Infinity where nothing limits it. */
  readonly capacity: number;
  /** Null works round the clock. */
  readonly calendar: WorkingCalendar | null;
}

/** What a step takes of a role while it lasts. */
export interface Demand {
  readonly role: string;
  readonly units: number;
}

/** `staffing` replaces the one unit of each responsible role. */
export function demandsOf({ staffing, responsible }: Step): Demand[] {
  const stated = Object.entries(staffing).map(([role, units]) => ({ role, units }));
  return stated.length > 0 ? stated : [...new Set(responsible)].map((role) => ({ role, units: 1 }));
}

/** Who does the work, and from when hours are counted. */
export interface Staffing {
  readonly start: Date;
  readonly teams: readonly Team[];
  /** A day is 24 hours, and everybody works through. */
  readonly continuous: boolean;
}

/** A step asks for more of a role than there is, and would wait for ever. */
export interface Shortage {
  readonly step: string;
  readonly role: string;
  readonly needed: number;
  readonly capacity: number;
}

/** The pool of all roles of the teams; a role that no team has is unlimited and works round the clock. */
export class Pool {
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #resources = new Map<string, Resource>();
  readonly #calendars = new Map<string, WorkingCalendar>();

  constructor(private readonly staffing: Staffing) {
    this.#roles = new Map(staffing.teams.flatMap(({ roles }) => roles.map((role) => [role.key, role])));
  }

  resource(role: string): Resource {
    const known = this.#resources.get(role);
    if (known) return known;
    const found = this.#roles.get(role);
    const calendar = found && !this.staffing.continuous ? this.#calendarOf(found) : null;
    const made = { role, capacity: found?.capacity ?? Infinity, calendar };
    this.#resources.set(role, made);
    return made;
  }

  shortages(steps: readonly Step[]): Shortage[] {
    return steps.flatMap((step) =>
      demandsOf(step).flatMap(({ role, units }) => {
        const { capacity } = this.resource(role);
        return units > capacity ? [{ step: step.key, role, needed: units, capacity }] : [];
      }),
    );
  }

  /** Roles with the same hours share a calendar; one without any hours has none. */
  #calendarOf({ timezone, workingDays, workingHours, holidays }: Role): WorkingCalendar | null {
    if (workingDays.length === 0 && workingHours === null && holidays.length === 0) return null;
    const time: WorkingTime = { timezone, workingDays, workingHours, holidays };
    const key = JSON.stringify(time);
    const calendar = this.#calendars.get(key) ?? new WorkingCalendar(this.staffing.start, time);
    this.#calendars.set(key, calendar);
    return calendar;
  }
}
