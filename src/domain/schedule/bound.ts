import type { Project } from './project.js';

/** Beyond, comparing every head with every tail would take longer than the schedule. */
const MOST_PAIRS = 300;

/** One step's use of a resource: it cannot begin before its head, nor can all end sooner than its tail after it. */
interface Use {
  readonly head: number;
  readonly tail: number;
  /** Units times working hours. */
  readonly work: number;
}

/**
 * Elapsed hours that no schedule can beat: the critical path, and for each role the time its people need for all they
 * have to do, from the earliest it can begin and up to what must follow (the resource-based bound of Klein and Scholl
 * 1999, over every pair of head and tail).
 */
export function lowerBoundOf(project: Project): number {
  const { layout, criticalPathHours } = project;
  const bounds = layout.model.resources.map(({ capacity }, resource) =>
    Number.isFinite(capacity) ? boundOf(project, resource) : 0,
  );
  return Math.max(criticalPathHours, ...bounds);
}

function boundOf(project: Project, resource: number): number {
  const { capacity, calendar } = project.layout.model.resources[resource]!;
  const uses = usesOf(project, resource);
  const after = (head: number, work: number): number =>
    calendar === null ? head + work / capacity : calendar.finish(head, work / capacity);
  const heads = [...new Set(uses.map(({ head }) => head))];
  const tails = [...new Set(uses.map(({ tail }) => tail))];
  const pairs = heads.length * tails.length <= MOST_PAIRS ** 2;
  let best = 0;
  for (const head of pairs ? heads : [Math.min(...heads)]) {
    for (const tail of pairs ? tails : [Math.min(...tails)]) {
      const work = uses.reduce((sum, use) => sum + (use.head >= head && use.tail >= tail ? use.work : 0), 0);
      if (work > 0) best = Math.max(best, after(head, work) + tail);
    }
  }
  return best;
}

/**
 * Tails hold only where time passes alike for everybody and everything is waited for: with calendars what follows may
 * take less elapsed time later, and a gate with a quorum may open by other lanes.
 */
function usesOf({ layout, draw, early, late, criticalPathHours }: Project, resource: number): Use[] {
  const { calendars, quorum, beforeAt, legAt, model, size } = layout;
  const hasTails =
    calendars.every((calendar) => calendar === null) &&
    quorum.every((needed, vertex) => needed === beforeAt[vertex + 1]! - beforeAt[vertex]!);
  const uses: Use[] = [];
  for (let vertex = 0; vertex < size; vertex++) {
    // What has begun already is over in part, and is left out: the bound is only the weaker for it.
    if (draw.active[vertex] === 0 || (draw.soFar !== null && !Number.isNaN(draw.soFar.begin[vertex]!)))
      continue;
    for (const demand of model.works[vertex]!.demands) {
      if (demand.resource !== resource) continue;
      let leg = legAt[vertex]!;
      while (calendars[leg] !== model.resources[resource]!.calendar) leg++;
      uses.push({
        head: early.begin[vertex]!,
        tail: hasTails ? criticalPathHours - late.end[vertex]! : 0,
        work: demand.units * draw.effort[leg]!,
      });
    }
  }
  return uses;
}
