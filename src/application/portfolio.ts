import { meetingsOf } from '../domain/calendar/default-cadence.js';
import { hoursOf } from '../domain/duration.js';
import { type Conflict, conflictsOf } from '../domain/schedule/conflicts.js';
import { schedule, type ScheduledStep } from '../domain/schedule/schedule.js';
import type { Undertaking } from '../domain/schedule/project.js';
import type { CompiledWorkflow } from '../domain/workflow/compiled.js';
import type { Team } from '../domain/workflow/document.js';
import { timesPerWeek } from '../domain/workflow/recurrence.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import { stepsSoFar } from './forecasts.js';
import type { CampaignRecord, StepRecord } from './records.js';

/** A running campaign with what it runs on. */
export interface Running {
  readonly campaign: CampaignRecord;
  readonly compiled: CompiledWorkflow;
  readonly steps: readonly StepRecord[];
  readonly holds: (condition: string) => boolean;
}
/** A campaign that is not there yet. */
export interface Planned {
  readonly key: string;
  readonly compiled: CompiledWorkflow;
  readonly startAt: Date;
}
export interface PortfolioEntry {
  readonly key: string;
  /** Null where it is only planned. */
  readonly campaign: CampaignRecord | null;
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
 * All running and planned campaigns under the people there are: where they get in each other's way, and when each would end
 * in one plan for all of them (R67, R68). What is done is done, and what has begun keeps its people.
 * @throws CannotCalculate
 */
export function portfolioOf(
  running: readonly Running[],
  planned: readonly Planned[],
  teams: readonly Team[],
  now: Date,
): Portfolio {
  if (running.length + planned.length === 0) return { entries: [], conflicts: [] };
  const start = new Date(
    Math.min(now.getTime(), ...running.map(({ campaign }) => campaign.createdAt.getTime())),
  );
  const hoursAt = (moment: Date) => (moment.getTime() - start.getTime()) / HOUR;
  const at = (hours: number) => new Date(start.getTime() + hours * HOUR);
  const nowHours = hoursAt(now);
  const undertakings: Undertaking[] = [
    ...running.map(({ campaign: { key }, compiled, steps, holds }) => ({
      ...{ key, compiled, holds, releaseHours: nowHours, steps: stepsSoFar(start, steps) },
    })),
    ...planned.map(({ key, compiled, startAt }) => ({
      ...{ key, compiled, releaseHours: Math.max(nowHours, hoursAt(startAt)), steps: new Map() },
    })),
  ];
  const staffing = { start, teams, continuous: false };
  const plan = schedule(undertakings, { ...staffing, tries: TRIES, seed: 1, nowHours });
  const of = new Map(
    undertakings.map(({ key }) => [key, plan.steps.filter((step) => step.workflow === key)]),
  );
  const endOf = (key: string) =>
    at((of.get(key) ?? []).reduce((last, { finishHours }) => Math.max(last, finishHours), nowHours));
  const launchOf = (key: string, done: ReadonlySet<string>) => firstLaunch(of.get(key) ?? [], done);
  return {
    entries: [
      ...running.map(({ campaign, steps }) => {
        const done = new Set(steps.flatMap(({ key, finishedAt }) => (finishedAt === null ? [] : [key])));
        const hours = launchOf(campaign.key, done);
        const launchAt = campaign.launchedAt ?? (hours === null ? null : at(hours));
        return {
          ...{ key: campaign.key, campaign, launchAt, endAt: endOf(campaign.key) },
          lateHours: lateness(launchAt, campaign.plannedLaunchAt),
        };
      }),
      ...planned.map(({ key }) => {
        const hours = launchOf(key, new Set());
        return {
          ...{ key, campaign: null, lateHours: null, endAt: endOf(key) },
          launchAt: hours === null ? null : at(hours),
        };
      }),
    ],
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

function firstLaunch(steps: readonly ScheduledStep[], done: ReadonlySet<string>): number | null {
  const open = steps.filter(({ step, isLaunch }) => isLaunch && !done.has(step));
  return open.length === 0 ? null : Math.min(...open.map(({ finishHours }) => finishHours));
}

function lateness(launchAt: Date | null, plannedAt: Date | null): number | null {
  if (launchAt === null || plannedAt === null) return null;
  const late = (launchAt.getTime() - plannedAt.getTime()) / HOUR;
  return late > 0 ? Math.round(late * 100) / 100 : null;
}

/** What one more campaign costs people besides its work (R67). */
export interface Overhead {
  /** Campaigns that run on the workflow now. */
  readonly campaigns: number;
  /** Actions that people have recorded, on average, of a campaign that runs and of one that has ended. */
  readonly touches: number;
  readonly endedTouches: number | null;
  /** Hours that people sit in the workflow's meetings, a week and campaign. */
  readonly meetingHoursPerWeek: number;
}

/**
 * @param touches of each running campaign
 * @param endedTouches of each campaign that ended; those imported from elsewhere have none, and do not count
 */
export function overheadOf(
  workflow: Workflow,
  touches: readonly number[],
  endedTouches: readonly number[],
): Overhead {
  const recorded = endedTouches.filter((count) => count > 0);
  const mean = (counts: readonly number[]) => counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const meetingHours = meetingsOf(workflow, 'UTC').reduce(
    (sum, { rrule, duration, attendees }) =>
      sum + (timesPerWeek(rrule) ?? 0) * hoursOf(duration) * attendees.length,
    0,
  );
  return {
    campaigns: touches.length,
    touches: mean(touches),
    endedTouches: recorded.length === 0 ? null : mean(recorded),
    meetingHoursPerWeek: meetingHours / touches.length,
  };
}
