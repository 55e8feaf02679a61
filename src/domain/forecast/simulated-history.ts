import { probit } from 'simple-statistics';
import type { CompiledWorkflow } from '../workflow/compiled.js';
import { chance, streamOf } from './chance.js';
import { always, type Distribution, distributionOf } from './distribution.js';
import type { PastCampaign } from './history.js';
import { forward, type Layout, layoutOf, newTimes } from './layout.js';
import { DEFINED, type Estimates, modelOf } from './model.js';
import { conditionsOf, networkOf } from './network.js';
import { QueueRun } from './queue-run.js';
import { Pool, type Staffing } from './resources.js';
import { Sampler } from './sampler.js';
import type { StepSoFar } from './underway.js';

/** Campaigns begin so many hours after each other, at any hour of the working week and outside it. */
const HOURS_BETWEEN = 31;

/**
 * Campaigns that never were, for testing forecasts against a truth that their method does not know: each step is off its
 * estimate by a factor of its own and varies by another law (lognormal, not beta), approvals wait, work is returned though
 * the definition may not say so, whole campaigns are slower or faster, and conditions hold in some of them.
 */
export function simulateHistory(
  compiled: CompiledWorkflow,
  staffing: Staffing,
  count: number,
  seed: number,
): PastCampaign[] {
  const luck = (name: string, run = 0) => chance(streamOf(seed, name), run);
  const truth = truthOf(luck);
  const layouts = new Map<string, Layout>();
  const conditions = conditionsOf(compiled);
  return Array.from({ length: count }, (_, at) => {
    const held = new Set(conditions.filter((each) => luck(`when ${each}`, at) < 0.5));
    const holds = (condition: string) => held.has(condition);
    const originHours = at * HOURS_BETWEEN;
    const known = [...held].join('\n');
    const layout =
      layouts.get(known) ?? layoutOf(modelOf(networkOf(compiled, holds), new Pool(staffing), truth));
    layouts.set(known, layout);
    return {
      ...play({ ...layout, origin: originHours }, seed, at),
      key: `simulated-${at + 1}`,
      startedAt: new Date(staffing.start.getTime() + originHours * 3_600_000),
      holds,
    };
  });
}

function truthOf(luck: (name: string) => number): Estimates {
  return {
    times: (step, calendar) => {
      const mean = DEFINED.times(step, calendar).effort.mean;
      const off = Math.exp(0.35 * probit(luck(`off ${step.key}`)));
      const isJudged = step.kind === 'approval' || step.kind === 'review';
      return {
        effort: lognormal(mean * off, 0.4),
        waiting: lognormal(mean * (isJudged ? 0.8 : 0.15) * luck(`wait ${step.key}`), 0.6),
      };
    },
    weights: ({ weights, branches }) =>
      weights.map((weight, at) => weight * (0.5 + luck(`branch ${branches[at]?.key} ${at}`))),
    returns: ({ review, probability }) => probability ?? 0.4 * luck(`return ${review.key}`),
    pace: lognormal(1, 0.2),
    waitsIncludeQueues: false,
  };
}

function lognormal(mean: number, deviation: number): Distribution {
  if (mean === 0) return always(0);
  const cells = 512;
  return distributionOf(
    Array.from({ length: cells }, (_, cell) => ({
      value: mean * Math.exp(deviation * probit((cell + 0.5) / cells) - deviation ** 2 / 2),
      weight: 1,
    })),
  );
}

function play(layout: Layout, seed: number, run: number): Pick<PastCampaign, 'leadTimeHours' | 'steps'> {
  const times = newTimes(layout);
  const draw = new Sampler(layout, seed, null).draw(run);
  const isLimited = layout.model.resources.some(({ capacity }) => Number.isFinite(capacity));
  if (isLimited) new QueueRun(layout).run(draw, times);
  else forward(layout, draw, times);
  const steps = new Map<string, StepSoFar>();
  layout.model.network.vertices.forEach(({ step, round }, vertex) => {
    if (!step || draw.active[vertex] === 0) return;
    const [began, ended] = [times.begin[vertex]! - layout.origin, times.end[vertex]! - layout.origin];
    if ((steps.get(step.key)?.round ?? -1) > round) return;
    steps.set(step.key, { status: 'done', round, beganHours: began, endedHours: ended });
  });
  return { leadTimeHours: times.end[layout.size - 1]! - layout.origin, steps };
}
