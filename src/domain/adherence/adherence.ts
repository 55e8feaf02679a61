import { quantileSorted } from 'simple-statistics';
import { CannotCalculate } from '../cannot-calculate.js';
import { rounded } from '../forecast/forecast.js';
import type { CompiledWorkflow } from '../workflow/compiled.js';
import { type Alignment, align, type Move } from './align.js';
import type { EventLog, LogCase } from './event-log.js';
import { RunModel } from './model.js';
import { stepCalled } from './step-called.js';
import { redundantApprovals, type RedundantApproval } from './redundant.js';

export interface Deviation {
  readonly kind: 'skipped' | 'inserted';
  /** The step's id; of an event that no step is called, the activity's name. */
  readonly step: string;
  /** Number of the event in its case, from 1; of a skipped step, the number that its event would have had. */
  readonly position: number;
  /** Whether somebody has written down why. */
  readonly isSanctioned: boolean;
}
export interface CaseAdherence {
  readonly case: string;
  readonly events: number;
  readonly fitness: number;
  /** The same with the deviations that are written down left out. */
  readonly fitnessSanctioned: number;
  readonly deviations: readonly Deviation[];
  /** Steps that are both skipped and inserted: done, but not in their turn. */
  readonly outOfOrder: readonly string[];
}
export interface StepTimes {
  readonly step: string;
  /** Cases in which it could be measured. */
  readonly cases: number;
  readonly medianHours: number;
  readonly p90Hours: number;
  /** Of all waiting there was. */
  readonly share: number;
  /** Null where the log has no beginnings. */
  readonly workingMedianHours: number | null;
}
export interface Adherence {
  readonly cases: number;
  /** Cases without any deviation. */
  readonly fitting: number;
  readonly fitness: { readonly average: number; readonly log: number };
  /** Different orders of steps among the cases. */
  readonly variants: number;
  readonly perCase: readonly CaseAdherence[];
  /** Where time went, the longest waiting first (R83). */
  readonly waiting: readonly StepTimes[];
  readonly redundantApprovals: readonly RedundantApproval[];
  /** Activities that no step is called, with how often they happened. */
  readonly unknownActivities: readonly { readonly activity: string; readonly events: number }[];
}

/** A case with more events is a log in which cases were mixed up. */
const MAX_EVENTS = 10_000;

export interface AdherenceOptions {
  /** Deviations of a case that somebody has given a reason for, by step. */
  readonly sanctioned?: (caseId: string) => ReadonlySet<string>;
  readonly progress?: (done: number) => void;
}

/**
 * How far the work followed the workflow: optimal alignments of every case with the compiled form at unit costs.
 * Fitness of a case is 1 − cost / (events + cheapest run), of the log the same over the sums (Adriansyah 2014).
 * @throws CannotCalculate when a case is too long, or strays too far.
 */
export function adherence(
  compiled: CompiledWorkflow,
  log: EventLog,
  options: AdherenceOptions = {},
): Adherence {
  const model = new RunModel(compiled);
  const matches = matchActivities(model, log.activities);
  const cheapest = align(model, []).cost;
  // An event is told by the step it is called, else by its own name.
  const names = matches.map(([vertex], activity) =>
    vertex === undefined ? log.activities[activity]! : model.vertices[vertex]!.step!.key,
  );
  const aligned = alignCases(model, matches, log, options.progress);
  const perCase = log.cases.map((each, at) =>
    judge(each, aligned[at]!, { model, names, cheapest, sanctioned: options.sanctioned?.(each.id) ?? NONE }),
  );
  const fitnessOf = ({ activities }: LogCase, at: number): number => {
    const own = activities.length + cheapest;
    return own === 0 ? 1 : 1 - aligned[at]!.cost / own;
  };
  const costs = aligned.reduce((sum, { cost }) => sum + cost, 0);
  const most = log.cases.reduce((sum, { activities }) => sum + activities.length + cheapest, 0);
  return {
    cases: log.cases.length,
    fitting: aligned.filter(({ cost }) => cost === 0).length,
    fitness: {
      average: rounded(
        log.cases.reduce((sum, each, at) => sum + fitnessOf(each, at), 0) / Math.max(1, perCase.length),
        6,
      ),
      log: rounded(most === 0 ? 1 : 1 - costs / most, 6),
    },
    variants: new Set(aligned).size,
    perCase,
    waiting: timesOf(model, log, aligned),
    redundantApprovals: redundantApprovals(compiled, model, aligned),
    unknownActivities: unknownActivities(log, matches),
  };
}

const NONE: ReadonlySet<string> = new Set();

/** By activity: all rounds of the step that is called so. */
function matchActivities({ vertices }: RunModel, activities: readonly string[]): number[][] {
  const steps = [...new Set(vertices.flatMap(({ step }) => step ?? []))];
  return activities.map((activity) => {
    const called = stepCalled(steps, activity);
    return vertices.flatMap(({ step }, vertex) => (step !== null && step === called ? [vertex] : []));
  });
}

/** Equal traces are aligned once. */
function alignCases(
  model: RunModel,
  matches: readonly (readonly number[])[],
  log: EventLog,
  progress: (done: number) => void = () => undefined,
): Alignment[] {
  const variants = new Map<string, Alignment>();
  return log.cases.map(({ id, activities }, at) => {
    if (activities.length > MAX_EVENTS) {
      throw new CannotCalculate(
        `case '${id}' has ${activities.length} events; more than ${MAX_EVENTS} is no campaign`,
      );
    }
    const trace = Array.from(activities, (activity) => matches[activity]!);
    const variant = trace.map((vertices) => vertices[0] ?? -1).join();
    const known = variants.get(variant);
    if (known) return known;
    progress(at);
    const made = align(model, trace);
    variants.set(variant, made);
    return made;
  });
}

function judge(
  { id, activities }: LogCase,
  { cost, moves }: Alignment,
  context: { model: RunModel; names: readonly string[]; cheapest: number; sanctioned: ReadonlySet<string> },
): CaseAdherence {
  const { model, names, cheapest, sanctioned } = context;
  let behind = 0;
  const deviations = moves.flatMap((move): Deviation[] => {
    if (move.type !== 'skipped') behind = move.event + 1;
    if (move.type === 'both') return [];
    const step =
      move.type === 'skipped' ? model.vertices[move.vertex]!.step!.key : names[activities[move.event]!]!;
    const position = move.type === 'skipped' ? behind + 1 : move.event + 1;
    return [{ kind: move.type, step, position, isSanctioned: sanctioned.has(step) }];
  });
  const most = activities.length + cheapest;
  const open = deviations.filter(({ isSanctioned }) => !isSanctioned).length;
  const skipped = new Set(deviations.flatMap(({ kind, step }) => (kind === 'skipped' ? [step] : [])));
  const inserted = deviations.flatMap(({ kind, step }) => (kind === 'inserted' ? [step] : []));
  return {
    case: id,
    events: activities.length,
    fitness: rounded(most === 0 ? 1 : 1 - cost / most, 6),
    fitnessSanctioned: rounded(most === 0 ? 1 : 1 - open / most, 6),
    deviations,
    outOfOrder: [...new Set(inserted.filter((step) => skipped.has(step)))],
  };
}

function unknownActivities(
  log: EventLog,
  matches: readonly (readonly number[])[],
): Adherence['unknownActivities'] {
  const counts = new Map<string, number>();
  for (const { activities } of log.cases) {
    for (const activity of activities) {
      if (matches[activity]!.length > 0) continue;
      const name = log.activities[activity]!;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([activity, events]) => ({ activity, events }))
    .sort((one, other) => other.events - one.events || (one.activity < other.activity ? -1 : 1));
}

const HOUR = 3_600_000;

/** Waiting from when the last step before has ended until the beginning, or where that is not known until the end. */
function timesOf(model: RunModel, log: EventLog, aligned: readonly Alignment[]): StepTimes[] {
  const waits = new Map<string, number[]>();
  const works = new Map<string, number[]>();
  const measuredIn = new Map<string, Set<number>>();
  const note = (into: Map<string, number[]>, step: string, milliseconds: number) => {
    const hours = Math.max(0, milliseconds) / HOUR;
    const known = into.get(step);
    if (known) known.push(hours);
    else into.set(step, [hours]);
  };
  log.cases.forEach(({ starts, ends }, at) => {
    const eventOf = eventsOf(model, aligned[at]!.moves);
    const behind = endsBefore(model, eventOf, ends);
    eventOf.forEach((event, vertex) => {
      if (event < 0) return;
      const step = model.vertices[vertex]!.step!.key;
      const begin = starts?.[event] ?? ends[event]!;
      if (behind[vertex]! > -Infinity) {
        note(waits, step, begin - behind[vertex]!);
        measuredIn.set(step, (measuredIn.get(step) ?? new Set()).add(at));
      }
      if (starts) note(works, step, ends[event]! - begin);
    });
  });
  const total = [...waits.values()].flat().reduce((sum, hours) => sum + hours, 0);
  return [...waits]
    .map(([step, hours]) => {
      const sorted = hours.sort((one, other) => one - other);
      const sum = sorted.reduce((all, each) => all + each, 0);
      const worked = works.get(step)?.sort((one, other) => one - other);
      return {
        step,
        // A step that was done again waits more than once in one case.
        cases: measuredIn.get(step)!.size,
        medianHours: rounded(quantileSorted(sorted, 0.5)),
        p90Hours: rounded(quantileSorted(sorted, 0.9)),
        share: rounded(total === 0 ? 0 : sum / total, 4),
        workingMedianHours: worked ? rounded(quantileSorted(worked, 0.5)) : null,
      };
    })
    .sort((one, other) => other.share - one.share || (one.step < other.step ? -1 : 1));
}

/** By vertex: the event that was it, or -1. */
function eventsOf({ vertices }: RunModel, moves: readonly Move[]): Int32Array {
  const events = new Int32Array(vertices.length).fill(-1);
  for (const move of moves) if (move.type === 'both') events[move.vertex] = move.event;
  return events;
}

/** By vertex: when the last of what it depends on ended; -Infinity where nothing comes before it. */
function endsBefore({ vertices }: RunModel, events: Int32Array, ends: Float64Array): Float64Array {
  const ready = new Float64Array(vertices.length).fill(-Infinity);
  const over = new Float64Array(vertices.length).fill(-Infinity);
  vertices.forEach(({ before, quorum, ties }, vertex) => {
    const earlier = before.map((from) => over[from]!).sort((one, other) => one - other);
    const awaited =
      quorum === null ? earlier.at(-1) : earlier.filter((moment) => moment > -Infinity)[quorum - 1];
    const tied = ties.flatMap(({ from }) => (events[from]! >= 0 ? [ends[events[from]!]!] : []));
    ready[vertex] = Math.max(awaited ?? -Infinity, ...tied);
    over[vertex] = events[vertex]! >= 0 ? ends[events[vertex]!]! : ready[vertex];
  });
  return ready;
}
