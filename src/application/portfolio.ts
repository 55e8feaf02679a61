import { type Conflict, conflictsOf } from '../domain/schedule/conflicts.js';
import { schedule } from '../domain/schedule/schedule.js';
import type { Undertaking } from '../domain/schedule/project.js';
import type { CompiledWorkflow } from '../domain/workflow/compiled.js';
import type { Team } from '../domain/workflow/document.js';
import { stepsSoFar } from './forecasts.js';
import type { CampaignRecord, StepRecord } from './records.js';

/** A running campaign with what it runs on. */
export interface Running {
  readonly campaign: CampaignRecord;
  readonly compiled: CompiledWorkflow;
  readonly steps: readonly StepRecord[];
  readonly holds: (condition: string) => boolean;
}
export interface PortfolioEntry {
  readonly campaign: CampaignRecord;
  /** When its first open launch and its last step come in the plan for all. */
  readonly launchAt: Date | null;
  readonly endAt: Date;
  /** Hours by which the launch comes after the planned one; null where nothing is planned, or it is in time. */
  readonly lateHours: number | null;
}
export interface Portfolio {
  readonly entries: readonly PortfolioEntry[];
  readonly conflicts: readonly (Omit<Conflict, 'fromHours' | 'toHours' | 'steps'> & {
    readonly from: Date;
    readonly to: Date;
    readonly steps: readonly { readonly campaign: string; readonly step: string }[];
  })[];
}

/** Schedules made for one answer: enough to be near the best, few enough for a request. */
const TRIES = 100;
const HOUR = 3_600_000;

/**
 * All running campaigns under the people there are: where they get in each other's way, and when each would end in one plan
 * for all of them (R67, R68). What is done is done, and what has begun keeps its people.
 * @throws CannotCalculate
 */
export function portfolioOf(running: readonly Running[], teams: readonly Team[], now: Date): Portfolio {
  if (running.length === 0) return { entries: [], conflicts: [] };
  const start = new Date(Math.min(...running.map(({ campaign }) => campaign.createdAt.getTime())));
  const nowHours = Math.max(0, (now.getTime() - start.getTime()) / HOUR);
  const undertakings = running.map(({ campaign, compiled, steps, holds }): Undertaking => ({
    ...{ key: campaign.key, compiled, holds, releaseHours: nowHours, steps: stepsSoFar(start, steps) },
  }));
  const staffing = { start, teams, continuous: false };
  const plan = schedule(undertakings, { ...staffing, tries: TRIES, seed: 1, nowHours });
  const at = (hours: number) => new Date(start.getTime() + hours * HOUR);
  return {
    entries: running.map(({ campaign, compiled: _, steps: recorded }) => {
      const own = plan.steps.filter(({ workflow }) => workflow === campaign.key);
      const done = new Set(recorded.flatMap(({ key, finishedAt }) => (finishedAt === null ? [] : [key])));
      const launches = own.filter(({ step, isLaunch }) => isLaunch && !done.has(step));
      const launch = launches.reduce((first, { finishHours }) => Math.min(first, finishHours), Infinity);
      const launchAt = campaign.launchedAt ?? (launch === Infinity ? null : at(launch));
      const late =
        launchAt && campaign.plannedLaunchAt
          ? (launchAt.getTime() - campaign.plannedLaunchAt.getTime()) / HOUR
          : 0;
      return {
        campaign,
        launchAt,
        endAt: at(own.reduce((last, { finishHours }) => Math.max(last, finishHours), nowHours)),
        lateHours: late > 0 ? Math.round(late * 100) / 100 : null,
      };
    }),
    conflicts: conflictsOf(undertakings, staffing, nowHours).map(
      ({ fromHours, toHours, steps, ...conflict }) => ({
        ...conflict,
        from: at(fromHours),
        to: at(toHours),
        steps: steps.map(({ undertaking, step }) => ({ campaign: undertaking, step })),
      }),
    ),
  };
}
