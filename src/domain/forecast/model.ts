import type { WorkingCalendar } from '../calendar/working-calendar.js';
import { hoursOf } from '../duration.js';
import type { Effort, Step } from '../workflow/workflow.js';
import { always, betaPert, type Distribution, type ThreePoints } from './distribution.js';
import type { Network } from './network.js';
import { demandsOf, type Pool, type Resource } from './resources.js';

/** What is calculated with: the network, and for each of its vertices who does it and how long it takes. */
export interface Model {
  readonly network: Network;
  /** Roles with work to do. */
  readonly resources: readonly Resource[];
  /** By vertex. */
  readonly works: readonly Work[];
  readonly choiceWeights: readonly (readonly number[])[];
  readonly returnProbabilities: readonly number[];
  /** By what factor a whole campaign is slower or faster than its steps would be; null is not known. */
  readonly pace: Distribution | null;
}
export interface Work {
  /** One for each working time among those who do it: each puts in the hours, and the last one ends the step. */
  readonly legs: readonly Leg[];
  readonly demands: readonly { readonly resource: number; readonly units: number }[];
}
export interface Leg {
  readonly calendar: WorkingCalendar | null;
  /** Hours of work. */
  readonly effort: Distribution;
  /** Hours, in working time too, that pass before. */
  readonly waiting: Distribution;
}

/** How long the step takes those with such a calendar. */
export type StepTimes = (step: Step, calendar: WorkingCalendar | null) => Pick<Leg, 'effort' | 'waiting'>;

export interface Estimates {
  readonly times: StepTimes;
  readonly weights: (choice: Network['choices'][number]) => readonly number[];
  readonly returns: (loop: Network['loops'][number]) => number;
  readonly pace: Distribution | null;
  /** Whether waiting for people is part of the waiting, so that nobody is to queue for them besides. */
  readonly waitsIncludeQueues: boolean;
}

/** What the definition says; without `probability` nothing is returned. */
export const DEFINED: Estimates = {
  times: ({ effort, waiting }, calendar) => ({
    effort: effort ? betaPert(pointsOf(effort, calendar)) : always(0),
    waiting: always(waiting === null ? 0 : hoursIn(waiting, calendar)),
  }),
  weights: (choice) => choice.weights,
  returns: (loop) => loop.probability ?? 0,
  pace: null,
  waitsIncludeQueues: false,
};

export const hoursIn = (duration: string, calendar: WorkingCalendar | null): number =>
  calendar ? calendar.hoursOf(duration) : hoursOf(duration);

export const pointsOf = (effort: Effort, calendar: WorkingCalendar | null): ThreePoints => ({
  low: hoursIn(effort.optimistic, calendar),
  likely: hoursIn(effort.likely, calendar),
  high: hoursIn(effort.pessimistic, calendar),
});

export function modelOf(network: Network, pool: Pool, estimates: Estimates = DEFINED): Model {
  const resources = new Map<string, number>();
  const places = (role: string): number => {
    const known = resources.get(role) ?? resources.size;
    resources.set(role, known);
    return known;
  };
  // Every copy of a step, in every round, is the same work.
  const works = new Map<Step, Work>();
  const workOf = (step: Step): Work => {
    const known = works.get(step);
    if (known) return known;
    const demands = demandsOf(step);
    const calendars = new Set(demands.map(({ role }) => pool.resource(role).calendar));
    const made = {
      legs: [...calendars].map((calendar) => ({ calendar, ...estimates.times(step, calendar) })),
      demands: demands.map(({ role, units }) => ({ resource: places(role), units })),
    };
    works.set(step, made);
    return made;
  };
  return {
    network,
    works: network.vertices.map(({ step }) => (step ? workOf(step) : NOTHING)),
    resources: [...resources.keys()].map((role) => {
      const resource = pool.resource(role);
      return estimates.waitsIncludeQueues ? { ...resource, capacity: Infinity } : resource;
    }),
    choiceWeights: network.choices.map(estimates.weights),
    returnProbabilities: network.loops.map(estimates.returns),
    pace: estimates.pace,
  };
}

const NOTHING: Work = { legs: [], demands: [] };
