import type { WorkingCalendar } from '../calendar/working-calendar.js';
import type { Placement } from './search.js';
import type { Project } from './project.js';

/** Rounding of hours, far below a second. */
const SLACK = 1e-6;

/**
 * What is wrong with a schedule, in words; empty when nothing is. Shares no code with the search: it looks at the result
 * alone, and asks of each moment at which something begins how much is in use.
 */
export function checkSchedule(project: Project, { begin, end }: Placement): string[] {
  const { layout, draw } = project;
  const { vertices } = layout.model.network;
  const faults: string[] = [];
  const nameOf = (vertex: number) => vertices[vertex]?.step?.key ?? `vertex ${vertex}`;
  const runs = (vertex: number) => draw.active[vertex] === 1;
  const isKnown = (vertex: number) => draw.soFar !== null && !Number.isNaN(draw.soFar.begin[vertex]!);
  vertices.forEach(({ before, quorum, ties }, vertex) => {
    if (isKnown(vertex)) return;
    const ends = before.map((from) => end[from]!).sort((one, other) => one - other);
    const awaited = ends[(quorum ?? ends.length) - 1] ?? 0;
    if (begin[vertex]! < awaited - SLACK)
      faults.push(`${nameOf(vertex)} begins before what comes first has ended`);
    for (const { from, gapHours, startOn } of runs(vertex) ? ties : []) {
      if (!runs(from)) continue;
      const isEarly =
        startOn === 'draft'
          ? begin[vertex]! < begin[from]! - SLACK || end[vertex]! < end[from]! - SLACK
          : begin[vertex]! < end[from]! + gapHours - SLACK;
      if (isEarly) faults.push(`${nameOf(vertex)} does not wait for ${nameOf(from)}`);
    }
  });
  vertices.forEach(({ step }, vertex) => {
    if (!step || !runs(vertex) || isKnown(vertex)) return;
    const legs = layout.legs.slice(layout.legAt[vertex], layout.legAt[vertex + 1]);
    for (const { calendar, effort } of legs) {
      const worked = workedBetween(calendar, begin[vertex]!, end[vertex]!);
      if (worked < effort.mean - SLACK) faults.push(`${nameOf(vertex)} ends before its work is done`);
    }
  });
  return [...faults, ...overloads(project, begin, end, nameOf)];
}

/** Moments at which more of a role is in use than there is. What was begun before is not the schedule's doing. */
function overloads(
  { layout, draw }: Project,
  begin: Float64Array,
  end: Float64Array,
  nameOf: (vertex: number) => string,
): string[] {
  const { works, resources } = layout.model;
  return resources.flatMap(({ role, capacity }, resource) => {
    const uses = works.flatMap(({ demands }, vertex) =>
      demands
        .filter((demand) => demand.resource === resource && draw.active[vertex] === 1)
        .map(({ units }) => ({ vertex, units, from: begin[vertex]!, to: end[vertex]! })),
    );
    return uses.flatMap(({ vertex, from }) => {
      const now = uses.filter((use) => use.from <= from + SLACK && use.to > from + SLACK);
      const used = now.reduce((sum, { units }) => sum + units, 0);
      const isKnown = draw.soFar !== null && from <= draw.soFar.now;
      return used > capacity && !isKnown
        ? [`${used} of ${role} are at work when ${nameOf(vertex)} begins`]
        : [];
    });
  });
}

/** Hour by hour rather than by the calendar's own sums would be slow; its two moments are asked for instead. */
const workedBetween = (calendar: WorkingCalendar | null, from: number, to: number): number =>
  calendar === null ? to - from : calendar.worked(to) - calendar.worked(from);
