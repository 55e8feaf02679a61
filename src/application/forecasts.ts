import { conditionsOf } from '../domain/forecast/network.js';
import {
  DEFAULT_SEED,
  DEFAULT_START,
  type Forecast,
  type ForecastOptions,
  forecast,
} from '../domain/forecast/forecast.js';
import { type Basis, learn, paceOfRunning, type PastCampaign } from '../domain/forecast/history.js';
import type { StepSoFar, Underway } from '../domain/forecast/underway.js';
import { type Supposition, type WhatIf, whatIf } from '../domain/forecast/what-if.js';
import type { CompiledWorkflow } from '../domain/workflow/compiled.js';
import type { Team } from '../domain/workflow/document.js';
import type { Workflow } from '../domain/workflow/workflow.js';
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

/** What a forecast is made from. */
export interface Premises {
  readonly options: ForecastOptions;
  readonly campaigns: number;
  readonly basis: readonly Basis[];
}

/** Of a campaign that would begin on the version. @throws CannotCalculate */
export function premisesOfVersion(
  compiled: CompiledWorkflow,
  { teams, past }: Ground,
  { start, withinHours }: Question,
): Premises {
  const staffing = { start: start ?? DEFAULT_START, teams, continuous: false };
  const { estimates, basis } = learn(compiled, past, staffing);
  const options = { ...staffing, estimates, runs: RUNS, seed: DEFAULT_SEED };
  const asked = withinHours === null ? options : { ...options, withinHours };
  return { options: asked, campaigns: past.length, basis };
}

/**
 * Of a running campaign: what is done, and how long the open steps have lasted.
 * @param holds whether a condition holds for it
 * @throws CannotCalculate
 */
export function premisesOfRunning(
  compiled: CompiledWorkflow,
  { teams, past }: Ground,
  running: { readonly campaign: CampaignRecord; readonly steps: readonly StepRecord[] },
  holds: (condition: string) => boolean,
  now: Date,
): Premises {
  const { campaign, steps } = running;
  const staffing = { start: campaign.createdAt, teams, continuous: false };
  const learned = learn(compiled, past, staffing);
  const underway = underwayOf(campaign, steps, now);
  const done = new Map([...underway.steps].filter(([, { status }]) => status === 'done'));
  const { key, createdAt } = campaign;
  const pace = { key, startedAt: createdAt, leadTimeHours: underway.nowHours, steps: done };
  const known = new Map(conditionsOf(compiled).map((condition) => [condition, holds(condition)]));
  const options = {
    ...{ ...staffing, runs: RUNS, seed: DEFAULT_SEED, underway },
    estimates: paceOfRunning(learned, pace),
    holds: (condition: string) => known.get(condition) ?? null,
  };
  return { options, campaigns: past.length, basis: learned.basis };
}

/** How long a campaign takes in all. @throws CannotCalculate */
export const forecastFrom = (
  compiled: CompiledWorkflow,
  { options, ...rest }: Premises,
): GroundedForecast => ({
  ...forecast(compiled, options),
  ...rest,
});

/** The same with something changed, and the difference. @throws CannotCalculate */
export function whatIfFrom(
  workflow: Workflow,
  { options, ...rest }: Premises,
  suppositions: readonly Supposition[],
): WhatIf<GroundedForecast> {
  const { before, after, ...compared } = whatIf(workflow, suppositions, options);
  return { ...compared, before: { ...before, ...rest }, after: { ...after, ...rest } };
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
