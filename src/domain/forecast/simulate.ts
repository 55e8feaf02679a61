import { causesOf } from './critical-path.js';
import { type Draw, forward, type Layout, newTimes, type SoFar, type Times } from './layout.js';
import { QueueRun } from './queue-run.js';
import { Sampler } from './sampler.js';

/** What many runs of a model came to. */
export interface Simulation {
  /** Elapsed hours to the end, in the order of the runs. */
  readonly leadTimes: Float64Array;
  /** Elapsed hours to the first launch, or null where the workflow launches nothing. */
  readonly launchTimes: Float64Array | null;
  /** By step: in how many runs it was on the chain that decided the end. */
  readonly critical: Uint32Array;
  /** By step: how often it ran, and ended within its window. */
  readonly ran: Uint32Array;
  readonly inWindow: Uint32Array;
  /** By resource, sums over all runs. */
  readonly busyHours: Float64Array;
  readonly availableHours: Float64Array;
  readonly waitHours: Float64Array;
}

/** Hours after the launch between which a step makes sense (R64); infinite where nothing is said. */
export interface Window {
  readonly notBefore: number;
  readonly notAfter: number;
}

export interface SimulationOptions {
  readonly runs: number;
  readonly seed: number;
  /** What has happened already, of a campaign that is running. */
  readonly soFar: SoFar | null;
  /** By step. */
  readonly windows: readonly (Window | null)[];
  /** Called now and then with the number of runs done. */
  readonly progress?: (done: number) => void;
}

const PROGRESS_EVERY = 1000;

/** Monte Carlo: each run draws choices, returns and hours, and works out when everything happens. */
export function simulate(
  layout: Layout,
  { runs, seed, soFar, windows, progress }: SimulationOptions,
): Simulation {
  const { size, model } = layout;
  const sampler = new Sampler(layout, seed, soFar);
  const times = newTimes(layout);
  const queue = isLimited(layout) ? new QueueRun(layout) : null;
  const launches = launchesOf(layout);
  const trace = new Trace(layout);
  const result = {
    leadTimes: new Float64Array(runs),
    launchTimes: launches.length > 0 ? new Float64Array(runs) : null,
    critical: new Uint32Array(layout.steps.length),
    ran: new Uint32Array(layout.steps.length),
    inWindow: new Uint32Array(layout.steps.length),
    busyHours: new Float64Array(model.resources.length),
    availableHours: new Float64Array(model.resources.length),
    waitHours: new Float64Array(model.resources.length),
  };
  for (let run = 0; run < runs; run++) {
    const draw = sampler.draw(run);
    if (queue) queue.run(draw, times);
    else forward(layout, draw, times);
    const end = times.end[size - 1]!;
    result.leadTimes[run] = end - layout.origin;
    const launch = firstLaunch(launches, draw, times);
    if (result.launchTimes) result.launchTimes[run] = launch - layout.origin;
    trace.follow(draw, times, queue?.heldBy ?? null, result.critical);
    countWindows(layout, draw, times, launch, windows, result);
    addUse(layout, draw, end, result);
    if (queue) model.resources.forEach((_, at) => (result.waitHours[at]! += queue.waitHours[at]!));
    if (run % PROGRESS_EVERY === 0) progress?.(run);
  }
  return result;
}

const isLimited = ({ model }: Layout): boolean =>
  model.resources.some(({ capacity }) => Number.isFinite(capacity));

const launchesOf = ({ model }: Layout): number[] =>
  model.network.vertices.flatMap(({ step }, vertex) => (step?.kind === 'launch' ? [vertex] : []));

function firstLaunch(launches: readonly number[], { active }: Draw, { end }: Times): number {
  let first = Infinity;
  for (const vertex of launches) if (active[vertex] === 1 && end[vertex]! < first) first = end[vertex]!;
  return first === Infinity ? end[end.length - 1]! : first;
}

function countWindows(
  { size, stepOf }: Layout,
  { active }: Draw,
  { end }: Times,
  launch: number,
  windows: readonly (Window | null)[],
  { ran, inWindow }: Pick<Simulation, 'ran' | 'inWindow'>,
): void {
  for (let vertex = 0; vertex < size; vertex++) {
    const step = stepOf[vertex]!;
    const window = step < 0 || active[vertex] === 0 ? null : windows[step]!;
    if (window === null) continue;
    const after = end[vertex]! - launch;
    ran[step]!++;
    if (after >= window.notBefore && after <= window.notAfter) inWindow[step]!++;
  }
}

function addUse(
  { model, origin, size, legAt, calendars }: Layout,
  { active, effort }: Draw,
  end: number,
  { busyHours, availableHours }: Pick<Simulation, 'busyHours' | 'availableHours'>,
): void {
  const { resources, works } = model;
  for (let vertex = 0; vertex < size; vertex++) {
    if (active[vertex] === 0) continue;
    for (const { resource, units } of works[vertex]!.demands) {
      let leg = legAt[vertex]!;
      while (calendars[leg] !== resources[resource]!.calendar) leg++;
      busyHours[resource]! += units * effort[leg]!;
    }
  }
  for (let at = 0; at < resources.length; at++) {
    const { calendar } = resources[at]!;
    availableHours[at]! += calendar === null ? end - origin : calendar.worked(end) - calendar.worked(origin);
  }
}

/** Finds the vertices on which the end of a run depended, going back from the end along what held each up. */
class Trace {
  readonly #marked: Uint8Array;
  readonly #counted: Uint8Array;
  readonly #causes: Int32Array;

  constructor(private readonly layout: Layout) {
    this.#marked = new Uint8Array(layout.size);
    this.#counted = new Uint8Array(layout.steps.length);
    this.#causes = new Int32Array(layout.size);
  }

  follow(draw: Draw, times: Times, heldBy: Int32Array | null, counts: Uint32Array): void {
    const { size } = this.layout;
    this.#marked.fill(0);
    this.#counted.fill(0);
    this.#marked[size - 1] = 1;
    // Somebody who was busy may stand later in the order than who waited, so in that case what is found is gone through
    // again until nothing is new.
    for (let again = true; again;) {
      again = false;
      for (let vertex = size - 1; vertex >= 0; vertex--) {
        if (this.#marked[vertex] !== 1) continue;
        this.#marked[vertex] = 2;
        if (draw.active[vertex] === 1) this.#count(this.layout.stepOf[vertex]!, counts);
        const holder = heldBy === null ? -1 : heldBy[vertex]!;
        if (holder >= 0) again = this.#mark(holder) && holder > vertex ? true : again;
        else {
          const found = causesOf(this.layout, vertex, draw.active, times, this.#causes);
          for (let at = 0; at < found; at++) this.#mark(this.#causes[at]!);
        }
      }
    }
  }

  /** Once a run, however many of its rounds were on the chain. */
  #count(step: number, counts: Uint32Array): void {
    if (step < 0 || this.#counted[step] === 1) return;
    this.#counted[step] = 1;
    counts[step]!++;
  }

  #mark(vertex: number): boolean {
    if (this.#marked[vertex] !== 0) return false;
    this.#marked[vertex] = 1;
    return true;
  }
}
