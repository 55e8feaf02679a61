import type { ChoiceNode, LoopNode, Node } from '../workflow/compiled.js';
import { walk } from '../workflow/compiled.js';
import { shareBelow } from './distribution.js';
import { forward, type Layout, newTimes, type SoFar, type Times } from './layout.js';
import { usualDraw } from './critical-path.js';

/** What has happened to a step of a campaign so far; hours are those of the forecast. */
export interface StepSoFar {
  readonly status: 'done' | 'begun' | 'open';
  /** How often it has been returned. */
  readonly round: number;
  readonly beganHours: number | null;
  readonly endedHours: number | null;
}
/** A campaign that is running: by step, what has happened. */
export interface Underway {
  readonly nowHours: number;
  readonly steps: ReadonlyMap<string, StepSoFar>;
}

/** Lays out what has happened. */
export function soFarOf(layout: Layout, { nowHours, steps }: Underway): SoFar {
  const { model, legs, legAt, size } = layout;
  const { choices, loops } = model.network;
  const soFar: SoFar = {
    now: nowHours,
    ...momentsOf(layout, { nowHours, steps }),
    branches: Int32Array.from(choices, (choice) => takenBranch(choice, steps)),
    returns: Int32Array.from(loops, (loop) => returnsSoFar(loop, steps)),
    isSettled: Uint8Array.from(loops, ({ review }) => Number(steps.get(review.key)?.status === 'done')),
    effortShare: new Float64Array(legs.length),
    effortHours: new Float64Array(legs.length),
    waitingShare: new Float64Array(legs.length),
  };
  const ready = readyTimes(layout, soFar);
  for (let vertex = 0; vertex < size; vertex++) {
    if (!Number.isNaN(soFar.end[vertex]!)) continue;
    const began = soFar.begin[vertex]!;
    for (let leg = legAt[vertex]!; leg < legAt[vertex + 1]!; leg++) {
      const lasted = (from: number) => workedBetween(layout, leg, from, nowHours);
      if (!Number.isNaN(began)) {
        soFar.effortHours[leg] = lasted(began);
        soFar.effortShare[leg] = shareBelow(legs[leg]!.effort, soFar.effortHours[leg]!);
      } else if (ready[vertex]! < nowHours) {
        soFar.waitingShare[leg] = shareBelow(legs[leg]!.waiting, lasted(ready[vertex]!));
      }
    }
  }
  return soFar;
}

/** When each copy of a step began and ended; of earlier rounds it is only known that they are over. */
function momentsOf(layout: Layout, { nowHours, steps }: Underway): Pick<SoFar, 'begin' | 'end'> {
  const begin = new Float64Array(layout.size).fill(Number.NaN);
  const end = new Float64Array(layout.size).fill(Number.NaN);
  layout.model.network.vertices.forEach(({ step, round }, vertex) => {
    const state = step ? steps.get(step.key) : undefined;
    if (!state || round > state.round) return;
    if (round < state.round) begin[vertex] = end[vertex] = layout.origin;
    else if (state.status === 'done') {
      end[vertex] = state.endedHours ?? nowHours;
      begin[vertex] = state.beganHours ?? end[vertex];
    } else if (state.status === 'begun') begin[vertex] = state.beganHours ?? nowHours;
  });
  return { begin, end };
}

/** When each vertex had all it waits for, as far as that is past. */
export function readyTimes(layout: Layout, soFar: SoFar): Float64Array {
  const times = newTimes(layout);
  forward(layout, usualDraw(layout, soFar), times);
  return times.ready;
}

/** The times of a campaign that is over: what it did not do took no time, whatever the definition expected. */
export function pastTimes(layout: Layout, past: Underway): Times {
  const soFar = { ...soFarOf(layout, past) };
  const draw = usualDraw(layout, soFar);
  layout.model.network.vertices.forEach(({ step }, vertex) => {
    if (step) draw.active[vertex] = Number.isNaN(soFar.end[vertex]!) ? 0 : 1;
  });
  const times = newTimes(layout);
  forward(layout, draw, times);
  return times;
}

export function workedBetween({ calendars }: Layout, leg: number, from: number, to: number): number {
  const calendar = calendars[leg] ?? null;
  return Math.max(0, calendar === null ? to - from : calendar.worked(to) - calendar.worked(from));
}

const takenBranch = ({ branches }: ChoiceNode, steps: Underway['steps']): number =>
  branches.findIndex((branch) =>
    stepsBelow(branch).some((key) => steps.has(key) && steps.get(key)?.status !== 'open'),
  );

const returnsSoFar = ({ review, max }: LoopNode, steps: Underway['steps']): number =>
  Math.min(max, steps.get(review.key)?.round ?? 0);

const stepsBelow = (node: Node): string[] =>
  [...walk(node)].flatMap((each) => (each.type === 'step' ? [each.step.key] : []));
