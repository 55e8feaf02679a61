import { DateTime, Duration } from 'luxon';
import type { Workflow } from '../workflow/workflow.js';

/** A launch that was planned for a time and then for another. */
export interface FormerLaunch {
  /** What was planned; ISO 8601, as the two others. */
  readonly launchAt: string;
  /** While the plan held. */
  readonly from: string;
  readonly until: string;
}
/** The plans of a launch, one after the other. */
export interface LaunchPlans {
  readonly createdAt: Date;
  readonly plannedLaunchAt: Date | null;
  /** Oldest first. */
  readonly formerLaunches: readonly FormerLaunch[];
}
/** A date relative to the launch. */
export interface DatedCheckpoint {
  readonly key: string;
  readonly section: string;
  /** ISO 8601 duration, for example `-P7D`. */
  readonly offset: string;
  /** Null while no launch is planned. */
  readonly at: Date | null;
}

/**
 * Checkpoints move with the launch, and those that had come while another plan held stay where they were (R51): what took place cannot
 * take place later. One that a plan puts before the plan was made never took place.
 */
export const checkpointsOf = (workflow: Workflow, plans: LaunchPlans): DatedCheckpoint[] =>
  workflow.sections.flatMap((section) =>
    section.checkpoints.map(({ key, offset }) => ({
      ...{ key, section: section.key, offset },
      at: cameAt(offset, plans) ?? (plans.plannedLaunchAt && relativeTo(plans.plannedLaunchAt, offset)),
    })),
  );

function cameAt(offset: string, { formerLaunches }: LaunchPlans): Date | null {
  for (const { launchAt, from, until } of formerLaunches) {
    const at = relativeTo(new Date(launchAt), offset);
    if (at > new Date(from) && at <= new Date(until)) return at;
  }
  return null;
}

/** The plan that is given up now; null where there was none. */
export const givenUp = (
  { createdAt, plannedLaunchAt, formerLaunches }: LaunchPlans,
  now: Date,
): FormerLaunch | null =>
  plannedLaunchAt && {
    launchAt: plannedLaunchAt.toISOString(),
    from: formerLaunches.at(-1)?.until ?? createdAt.toISOString(),
    until: now.toISOString(),
  };

/** A time at a distance from the launch, for example `-P7D`; a day is one of the calendar, in UTC. */
export const relativeTo = (launch: Date, offset: string): Date =>
  DateTime.fromJSDate(launch, { zone: 'utc' }).plus(Duration.fromISO(offset)).toJSDate();
