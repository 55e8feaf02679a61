import { CannotCalculate } from '../cannot-calculate.js';
import { describeShortage, rounded } from '../forecast/forecast.js';
import { Pool, type Staffing } from '../forecast/resources.js';
import { lowerBoundOf } from './bound.js';
import { checkSchedule } from './check.js';
import { type Project, projectOf, type Undertaking } from './project.js';
import { type Found, search } from './search.js';

export const DEFAULT_TRIES = 1000;

export interface ScheduledStep {
  readonly workflow: string;
  readonly step: string;
  readonly startHours: number;
  readonly finishHours: number;
  readonly isLaunch: boolean;
  readonly units: Readonly<Record<string, number>>;
}
export interface Schedule {
  /** When everything is done, in elapsed hours from the start. */
  readonly makespanHours: number;
  /** The same if nobody were scarce. */
  readonly criticalPathHours: number;
  /** No schedule can be shorter. */
  readonly lowerBoundHours: number;
  readonly isOptimal: boolean;
  /** Schedules that were made. */
  readonly tries: number;
  readonly seed: number;
  /** In the order of their beginning. */
  readonly steps: readonly ScheduledStep[];
  readonly roles: readonly { readonly role: string; readonly utilisation: number | null }[];
}
export interface ScheduleOptions extends Staffing {
  readonly tries: number;
  readonly seed: number;
  readonly nowHours?: number;
  readonly progress?: (done: number) => void;
}

/**
 * One feasible schedule for all undertakings under the shared capacity, the shortest that so many tries find. Each choice
 * takes its likeliest branch, nothing is returned, and every step takes as long as expected.
 * @throws CannotCalculate when a step needs more people than there are.
 */
export function schedule(undertakings: readonly Undertaking[], options: ScheduleOptions): Schedule {
  const pool = new Pool(options);
  const project = projectOf(undertakings, pool, options.nowHours);
  const shortages = pool.shortages(project.layout.steps);
  if (shortages.length > 0) throw new CannotCalculate(shortages.map(describeShortage).join('; '));
  const lowerBound = lowerBoundOf(project);
  const { tries, seed, progress } = options;
  const found = search(project, { tries, seed, lowerBound }, progress);
  const faults = checkSchedule(project, found);
  if (faults.length > 0)
    throw new Error(`a schedule was made that cannot be: ${faults.slice(0, 5).join('; ')}`);
  return {
    makespanHours: rounded(found.makespan),
    criticalPathHours: rounded(project.criticalPathHours),
    lowerBoundHours: rounded(lowerBound),
    isOptimal: found.makespan <= lowerBound + 1e-6,
    tries: found.tries,
    seed,
    steps: stepsOf(project, undertakings, found),
    roles: loadsOf(project, found),
  };
}

function stepsOf(
  { layout, draw, ownerOf }: Project,
  undertakings: readonly Undertaking[],
  found: Found,
): ScheduledStep[] {
  const { vertices } = layout.model.network;
  const { works, resources } = layout.model;
  return vertices
    .flatMap(({ step }, vertex): ScheduledStep[] => {
      if (!step || draw.active[vertex] === 0) return [];
      const units = works[vertex]!.demands.map(
        (demand) => [resources[demand.resource]!.role, demand.units] as const,
      );
      return [
        {
          workflow: undertakings[ownerOf[vertex]!]!.key,
          step: step.key,
          startHours: rounded(found.begin[vertex]!),
          finishHours: rounded(found.end[vertex]!),
          isLaunch: step.kind === 'launch',
          units: Object.fromEntries(units),
        },
      ];
    })
    .sort((one, other) => one.startHours - other.startHours || one.finishHours - other.finishHours);
}

/** Working hours of those there are that are used until everything is done; null where a role is unlimited. */
function loadsOf({ layout, draw }: Project, { makespan }: Found): Schedule['roles'] {
  const { works, resources } = layout.model;
  return resources.map(({ role, capacity, calendar }, resource) => {
    if (!Number.isFinite(capacity)) return { role, utilisation: null };
    const busy = works.reduce((sum, { demands, legs }, vertex) => {
      const units = demands.find((demand) => demand.resource === resource)?.units ?? 0;
      const leg = legs.findIndex((each) => each.calendar === calendar);
      return draw.active[vertex] === 1 && units > 0
        ? sum + units * draw.effort[layout.legAt[vertex]! + leg]!
        : sum;
    }, 0);
    const available = capacity * (calendar === null ? makespan : calendar.worked(makespan));
    return { role, utilisation: rounded(available > 0 ? busy / available : 0, 4) };
  });
}
