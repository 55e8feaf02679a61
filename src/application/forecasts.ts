import { conditionsOf } from '../domain/forecast/network.js';
import { DEFAULT_SEED, DEFAULT_START, type Forecast, forecast } from '../domain/forecast/forecast.js';
import { type Basis, learn, paceOfRunning, type PastCampaign } from '../domain/forecast/history.js';
import type { StepSoFar, Underway } from '../domain/forecast/underway.js';
import type { CompiledWorkflow } from '../domain/workflow/compiled.js';
import type { Team } from '../domain/workflow/document.js';
import type { CampaignRecord, StepRecord } from './records.js';

/** Enough runs for a stable P80, few enough to answer within a request. */
const RUNS = 2_000;

/** A forecast, and what it rests on. */
export interface GroundedForecast extends Forecast {
  /** Ended campaigns that were learnt from. */
  readonly campaigns: number;
  readonly basis: readonly Basis[];
}
export interface Question {
  readonly start: Date | null;
  readonly withinHours: number | null;
}

/** What is known besides the definition: the people there are now, and the campaigns that have ended. */
export interface Ground {
  readonly teams: readonly Team[];
  readonly past: readonly PastCampaign[];
}

/** How long a campaign would take that began on the version. @throws CannotCalculate */
export function forecastVersion(
  compiled: CompiledWorkflow,
  { teams, past }: Ground,
  { start, withinHours }: Question,
): GroundedForecast {
  const staffing = { start: start ?? DEFAULT_START, teams, continuous: false };
  const { estimates, basis } = learn(compiled, past, staffing);
  const found = forecast(compiled, {
    ...{ ...staffing, estimates, runs: RUNS, seed: DEFAULT_SEED },
    ...(withinHours === null ? {} : { withinHours }),
  });
  return { ...found, campaigns: past.length, basis };
}

/**
 * How long a running campaign takes in all, given what is done and how long the open steps have lasted.
 * @param holds whether a condition holds for it
 * @throws CannotCalculate
 */
export function forecastRunning(
  compiled: CompiledWorkflow,
  { teams, past }: Ground,
  running: { readonly campaign: CampaignRecord; readonly steps: readonly StepRecord[] },
  holds: (condition: string) => boolean,
  now: Date,
): GroundedForecast {
  const { campaign, steps } = running;
  const staffing = { start: campaign.createdAt, teams, continuous: false };
  const learned = learn(compiled, past, staffing);
  const underway = underwayOf(campaign, steps, now);
  const done = new Map([...underway.steps].filter(([, { status }]) => status === 'done'));
  const { key, createdAt } = campaign;
  const pace = { key, startedAt: createdAt, leadTimeHours: underway.nowHours, steps: done };
  const known = new Map(conditionsOf(compiled).map((condition) => [condition, holds(condition)]));
  const found = forecast(compiled, {
    ...{ ...staffing, runs: RUNS, seed: DEFAULT_SEED, underway },
    estimates: paceOfRunning(learned, pace),
    holds: (condition) => known.get(condition) ?? null,
  });
  return { ...found, campaigns: past.length, basis: learned.basis };
}

/** An ended campaign, as forecasts learn from it. */
export const pastCampaign = (campaign: CampaignRecord, steps: readonly StepRecord[]): PastCampaign => ({
  key: campaign.key,
  startedAt: campaign.createdAt,
  leadTimeHours: hoursBetween(campaign.createdAt, campaign.endedAt ?? campaign.createdAt),
  steps: underwayOf(campaign, steps, campaign.endedAt ?? campaign.createdAt).steps,
});

const underwayOf = ({ createdAt }: CampaignRecord, steps: readonly StepRecord[], now: Date): Underway => ({
  nowHours: hoursBetween(createdAt, now),
  steps: stepsSoFar(createdAt, steps),
});

/** What has happened to each step, in hours after the start. */
export function stepsSoFar(start: Date, steps: readonly StepRecord[]): Map<string, StepSoFar> {
  const since = (moment: Date | null) => (moment === null ? null : hoursBetween(start, moment));
  return new Map(
    steps.map(({ key, status, round, startedAt, finishedAt }): [string, StepSoFar] => [
      key,
      {
        status: STATUS[status] ?? 'open',
        round,
        beganHours: since(startedAt),
        endedHours: since(finishedAt),
      },
    ]),
  );
}

/** What a recorded status is to a forecast; a rejected step is open again. */
const STATUS: Readonly<Record<string, StepSoFar['status']>> = {
  done: 'done',
  skipped: 'done',
  started: 'begun',
  escalated: 'begun',
};

const hoursBetween = (from: Date, to: Date): number =>
  Math.max(0, (to.getTime() - from.getTime()) / 3_600_000);
