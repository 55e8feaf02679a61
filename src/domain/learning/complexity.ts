import { gatesOf, stepsOf } from '../workflow/steps.js';
import type { Workflow } from '../workflow/workflow.js';
import { type Level, LEVELS } from './recommend.js';

export const COMPLEXITY_LIMITS = {
  channelsMedium: 2,
  channelsHigh: 5,
  rolesMedium: 4,
  rolesHigh: 9,
} as const;
export type ComplexityLimits = Readonly<Record<keyof typeof COMPLEXITY_LIMITS, number>>;

/** How hard a workflow is to coordinate, and the numbers that make it so (R28). */
export interface Complexity {
  readonly band: Level;
  readonly channels: number;
  /** Roles that are responsible or accountable. */
  readonly roles: number;
  readonly gates: number;
  readonly limits: ComplexityLimits;
}

/** The lower of the bands of channels and of roles: many of one alone are not hard to coordinate. */
export function complexityOf(workflow: Workflow, limits: ComplexityLimits = COMPLEXITY_LIMITS): Complexity {
  const channels = workflow.channels.length;
  const roles = new Set(stepsOf(workflow).flatMap((step) => [step.accountable, ...step.responsible])).size;
  const band = (value: number, medium: number, high: number) => (value >= high ? 2 : value >= medium ? 1 : 0);
  const found = Math.min(
    band(channels, limits.channelsMedium, limits.channelsHigh),
    band(roles, limits.rolesMedium, limits.rolesHigh),
  );
  return { band: LEVELS[found] ?? 'low', channels, roles, gates: gatesOf(workflow).length, limits };
}
