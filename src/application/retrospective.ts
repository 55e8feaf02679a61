import { stepsOf } from '../domain/workflow/steps.js';
import type { LoadedCampaign } from './ports.js';

const HOUR_MS = 3_600_000;

/** What the three questions of a retrospective rest on (R90); frozen when the campaign ends. */
export interface RetrospectiveEvidence {
  /** From creation to the first channel that went live; null when none did. */
  readonly leadTimeHours: number | null;
  readonly durationHours: number;
  /** How often work was returned. */
  readonly reworkRounds: number;
  readonly gatesPassed: number;
  readonly gatesFailed: number;
  /** Gates, rules and mandatory steps that were gone past (R65); absent where nobody counted yet. */
  readonly deviations?: number;
  /** Actual minus planned launch of each channel, in hours. */
  readonly launchDelayHours: Readonly<Record<string, number>>;
}

export function evidenceOf(campaign: LoadedCampaign, now: Date): RetrospectiveEvidence {
  const { createdAt, launchedAt, state, channels } = campaign;
  const gates = [...state.gates.values()];
  const skipped = stepsOf(campaign.version.meaning).filter(
    ({ key, optional }) => !optional && state.steps.get(key)?.status === 'skipped',
  );
  const delays = [...channels].flatMap(([channel, { plannedAt, launchedAt: live }]) =>
    plannedAt && live ? [[channel, hoursBetween(plannedAt, live)] as const] : [],
  );
  return {
    leadTimeHours: launchedAt ? hoursBetween(createdAt, launchedAt) : null,
    durationHours: hoursBetween(createdAt, now),
    reworkRounds: [...state.steps.values()].reduce((most, step) => Math.max(most, step.round), 0),
    gatesPassed: gates.filter((status) => status === 'passed').length,
    gatesFailed: gates.filter((status) => status === 'failed').length,
    deviations:
      gates.filter((status) => status === 'deviated').length + campaign.waived.length + skipped.length,
    launchDelayHours: Object.fromEntries(delays),
  };
}

const hoursBetween = (from: Date, to: Date): number =>
  Math.round(((to.getTime() - from.getTime()) / HOUR_MS) * 10) / 10;
