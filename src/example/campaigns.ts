import type { Brief } from '../domain/campaign/state.js';
import { addWorkingDays, lastTwoQuarters, startOfDay, workingDay } from './calendar.js';
import { ENDED } from './campaigns/ended.js';
import { type EndedPlan, IN_AGREEMENT, KINDS, type Risk, type RunningPlan } from './campaigns/plan.js';
import { RUNNING } from './campaigns/running.js';

/** One campaign to be played through the use cases with a simulated clock. */
export interface ExampleCampaign {
  readonly key: string;
  readonly name: string;
  /** Key of the workflow, which exists and is not retired at `startsAt`. */
  readonly workflow: string;
  readonly startsAt: Date;
  readonly plannedLaunchAt: Date;
  readonly risk: Risk;
  readonly labels: readonly string[];
  readonly channels: readonly string[];
  readonly brief: Brief;
  readonly seed: number;
  /** Hours after `startsAt` at which it is left as it is, always before today; null when it runs to its end. */
  readonly stopAfter: number | null;
  /** What the gates' metrics measure. */
  readonly measurements: Readonly<Record<string, number | string>>;
  /** Steps that are rejected once. */
  readonly rejections: readonly string[];
}

/** Teams start in the morning, UTC. */
const START_HOUR = 8;
const HOUR = 3_600_000;

/** The campaigns of the example, by start; the same UTC day gives the same plan. */
export function exampleCampaigns(today: Date): readonly ExampleCampaign[] {
  const campaigns = [
    ...ENDED.map((plan) => ended(plan, today)),
    ...RUNNING.map((plan) => running(plan, today)),
  ];
  return campaigns
    .map((campaign, position) => ({ ...campaign, seed: 1_000 + position }))
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
}

function ended(plan: EndedPlan, today: Date): Omit<ExampleCampaign, 'seed'> {
  const quarter = lastTwoQuarters(today)[plan.quarter - 1] ?? lastTwoQuarters(today)[0];
  const startsAt = workingDay(quarter, plan.day, START_HOUR);
  const plannedLaunchAt = addWorkingDays(startsAt, plan.promised);
  return {
    ...told(plan, plannedLaunchAt),
    startsAt,
    plannedLaunchAt,
    stopAfter: null,
    rejections: plan.rejections ?? [],
  };
}

function running(plan: RunningPlan, today: Date): Omit<ExampleCampaign, 'seed'> {
  const day = startOfDay(today);
  const startsAt = new Date(addWorkingDays(day, -plan.startedBefore).getTime() + START_HOUR * HOUR);
  const plannedLaunchAt = new Date(addWorkingDays(day, plan.launchesAfter).getTime() + START_HOUR * HOUR);
  const hoursUntilToday = Math.floor((day.getTime() - startsAt.getTime()) / HOUR);
  const stopAfter = Math.min(plan.underWayAt, hoursUntilToday);
  return { ...told(plan, plannedLaunchAt), startsAt, plannedLaunchAt, stopAfter, rejections: [] };
}

/** What a campaign says of itself, whatever its dates. */
function told(plan: EndedPlan | RunningPlan, launch: Date) {
  const kind = KINDS[plan.workflow];
  return {
    key: plan.key,
    name: plan.name,
    workflow: plan.workflow,
    risk: plan.risk ?? kind.risk,
    labels: [kind.label, ...(plan.labels ?? [])],
    channels: kind.channels,
    brief: {
      valueProposition: plan.value,
      offerCode: plan.offer ?? 'NO-OFFER',
      segments: plan.segments,
      tone: kind.tone,
      launchDate: launch.toISOString().slice(0, 10),
    },
    measurements: { ...IN_AGREEMENT, ...plan.measurements },
  };
}
