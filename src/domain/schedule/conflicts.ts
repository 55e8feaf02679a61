import { Pool, type Staffing } from '../forecast/resources.js';
import { type Project, projectOf, type Undertaking } from './project.js';

/** A time in which more people of a role would be needed than there are, if everybody went on as soon as they can. */
export interface Conflict {
  readonly role: string;
  readonly fromHours: number;
  readonly toHours: number;
  /** Most units needed at once in that time, and how many there are. */
  readonly needed: number;
  readonly capacity: number;
  readonly steps: readonly { readonly undertaking: string; readonly step: string }[];
}

interface Use {
  readonly undertaking: string;
  readonly step: string;
  readonly units: number;
  readonly from: number;
  readonly to: number;
}

/** Where the undertakings get in each other's way (R67), in the order of time. What is over is no conflict any more. */
export function conflictsOf(
  undertakings: readonly Undertaking[],
  staffing: Staffing,
  nowHours = 0,
): Conflict[] {
  const project = projectOf(undertakings, new Pool(staffing), nowHours);
  return project.layout.model.resources
    .flatMap(({ role, capacity }, resource) => {
      if (!Number.isFinite(capacity)) return [];
      const uses = usesOf(project, undertakings, resource).filter(
        ({ from, to }) => to > from && to > nowHours,
      );
      return overloads(uses, capacity).map((overload) => ({ role, capacity, ...overload }));
    })
    .sort((one, other) => one.fromHours - other.fromHours || (one.role < other.role ? -1 : 1));
}

const usesOf = (
  { layout, draw, early, ownerOf }: Project,
  undertakings: readonly Undertaking[],
  resource: number,
): Use[] =>
  layout.model.network.vertices.flatMap(({ step }, vertex): Use[] => {
    const units = layout.model.works[vertex]!.demands.find((demand) => demand.resource === resource)?.units;
    if (!step || units === undefined || draw.active[vertex] === 0) return [];
    const undertaking = undertakings[ownerOf[vertex]!]!.key;
    return [{ undertaking, step: step.key, units, from: early.begin[vertex]!, to: early.end[vertex]! }];
  });

/** The times in which the uses add up to more than the capacity; those that follow on each other are one. */
function overloads(uses: readonly Use[], capacity: number): Omit<Conflict, 'role' | 'capacity'>[] {
  const moments = [...new Set(uses.flatMap(({ from, to }) => [from, to]))].sort((one, other) => one - other);
  const found: { fromHours: number; toHours: number; needed: number; uses: Set<Use> }[] = [];
  moments.slice(0, -1).forEach((fromHours, at) => {
    const now = uses.filter(({ from, to }) => from <= fromHours && to > fromHours);
    const needed = now.reduce((sum, { units }) => sum + units, 0);
    if (needed <= capacity) return;
    const last = found.at(-1);
    const toHours = moments[at + 1]!;
    if (last?.toHours !== fromHours) found.push({ fromHours, toHours, needed, uses: new Set(now) });
    else {
      last.toHours = toHours;
      last.needed = Math.max(last.needed, needed);
      for (const use of now) last.uses.add(use);
    }
  });
  return found.map(({ uses: involved, ...overload }) => ({
    ...overload,
    steps: [...involved].map(({ undertaking, step }) => ({ undertaking, step })),
  }));
}
