import { criticalPath, usualDraw } from '../forecast/critical-path.js';
import { type Draw, type Layout, layoutOf, type SoFar, type Times } from '../forecast/layout.js';
import { modelOf } from '../forecast/model.js';
import { type Guard, type Network, networkOf, type Vertex } from '../forecast/network.js';
import type { Pool } from '../forecast/resources.js';
import { soFarOf, type StepSoFar } from '../forecast/underway.js';
import type { CompiledWorkflow } from '../workflow/compiled.js';

/** One piece of work among those that share the people: a workflow, or a campaign that runs on one. */
export interface Undertaking {
  readonly key: string;
  readonly compiled: CompiledWorkflow;
  /** Hours before which it does not begin. */
  readonly releaseHours: number;
  /** What has happened already; empty for what has not begun. */
  readonly steps: ReadonlyMap<string, StepSoFar>;
  readonly holds?: (condition: string) => boolean | null;
}

/** All undertakings as one network, with who does what and how long it takes as expected. */
export interface Project {
  readonly layout: Layout;
  readonly draw: Draw;
  /** By vertex: the undertaking it belongs to; -1 at the common beginning and end. */
  readonly ownerOf: Int32Array;
  readonly criticalPathHours: number;
  /** By vertex, when nobody is scarce: when it can begin, and the latest end that does not move the end of all. */
  readonly early: Times;
  readonly late: Times;
}

/**
 * @param nowHours with `steps` of undertakings, the moment up to which they are known.
 */
export function projectOf(undertakings: readonly Undertaking[], pool: Pool, nowHours = 0): Project {
  const networks = undertakings.map(({ compiled, holds }) => networkOf(compiled, holds));
  const layout = layoutOf(modelOf(joined(networks, undertakings), pool));
  const isRunning = undertakings.some(({ steps }) => steps.size > 0);
  const soFar = isRunning ? joinedSoFar(networks, undertakings, pool, nowHours) : null;
  const { hours, early, late } = criticalPath(layout, soFar);
  return {
    layout,
    ownerOf: Int32Array.from([-1, ...networks.flatMap(({ vertices }, at) => vertices.map(() => at)), -1]),
    draw: usualDraw(layout, soFar),
    criticalPathHours: hours,
    early,
    late,
  };
}

/** Networks side by side: one beginning, from which each is released in its time, and one end. */
function joined(networks: readonly Network[], undertakings: readonly Undertaking[]): Network {
  const vertices: Vertex[] = [
    { step: null, round: 0, before: [], quorum: null, ties: [], guard: null, branches: null },
  ];
  const guards: Guard[] = [];
  const choices: Network['choices'][number][] = [];
  const loops: Network['loops'][number][] = [];
  const ends: number[] = [];
  networks.forEach((network, at) => {
    const [base, guardBase, choiceBase, loopBase] = [
      vertices.length,
      guards.length,
      choices.length,
      loops.length,
    ];
    const release = { from: 0, gapHours: undertakings[at]!.releaseHours, startOn: 'final' } as const;
    for (const vertex of network.vertices) {
      const before = vertex.before.map((from) => from + base);
      const ties = vertex.ties.map((tie) => ({ ...tie, from: tie.from + base }));
      vertices.push({
        ...vertex,
        before: before.length > 0 ? before : [0],
        ties: before.length > 0 ? ties : [...ties, release],
        guard: vertex.guard === null ? null : vertex.guard + guardBase,
        branches: vertex.branches?.map((guard) => guard + guardBase) ?? null,
      });
    }
    for (const { parent, needs } of network.guards) {
      guards.push({
        parent: parent === null ? null : parent + guardBase,
        needs:
          needs.type === 'branch'
            ? { ...needs, choice: needs.choice + choiceBase }
            : needs.type === 'return'
              ? { ...needs, loop: needs.loop + loopBase }
              : needs,
      });
    }
    choices.push(...network.choices);
    loops.push(...network.loops);
    ends.push(vertices.length - 1);
  });
  vertices.push({ step: null, round: 0, before: ends, quorum: null, ties: [], guard: null, branches: null });
  return { vertices, guards, choices, loops };
}

/** What has happened in each undertaking, in the order of the joined network. */
function joinedSoFar(
  networks: readonly Network[],
  undertakings: readonly Undertaking[],
  pool: Pool,
  nowHours: number,
): SoFar {
  const parts = networks.map((network, at) =>
    soFarOf(layoutOf(modelOf(network, pool)), { nowHours, steps: undertakings[at]!.steps }),
  );
  const moments = (of: (part: SoFar) => Float64Array) =>
    Float64Array.from([Number.NaN, ...parts.flatMap((part) => [...of(part)]), Number.NaN]);
  const hours = (of: (part: SoFar) => Float64Array) =>
    Float64Array.from(parts.flatMap((part) => [...of(part)]));
  return {
    now: nowHours,
    begin: moments(({ begin }) => begin),
    end: moments(({ end }) => end),
    branches: Int32Array.from(parts.flatMap(({ branches }) => [...branches])),
    returns: Int32Array.from(parts.flatMap(({ returns }) => [...returns])),
    isSettled: Uint8Array.from(parts.flatMap(({ isSettled }) => [...isSettled])),
    effortShare: hours(({ effortShare }) => effortShare),
    effortHours: hours(({ effortHours }) => effortHours),
    waitingShare: hours(({ waitingShare }) => waitingShare),
  };
}
