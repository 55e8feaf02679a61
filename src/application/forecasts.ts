import { LRUCache } from 'lru-cache';
import { conditionsOf } from '../domain/forecast/network.js';
import {
  DEFAULT_SEED,
  DEFAULT_START,
  type Forecast,
  type ForecastOptions,
  forecast,
} from '../domain/forecast/forecast.js';
import {
  type Basis,
  learn,
  type Learned,
  paceOfRunning,
  type PastCampaign,
} from '../domain/forecast/history.js';
import type { StepSoFar, Underway } from '../domain/forecast/underway.js';
import { type Supposition, type WhatIf, whatIf } from '../domain/forecast/what-if.js';
import type { CompiledWorkflow } from '../domain/workflow/compiled.js';
import type { Team } from '../domain/workflow/document.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import type { Staffing } from '../domain/forecast/resources.js';
import { compiledOf } from './compiled-versions.js';
import type { StoredVersion } from './ports.js';
import type { CampaignRecord, StepRecord } from './records.js';
import { sha256 } from './sha256.js';

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

/** The same, named before it is read: whatever has the same key is the same. */
export interface GroundSource {
  readonly key: string;
  readonly read: () => Promise<Ground>;
}

/**
 * @param pastKey names what `read` gives
 * @param read the campaigns that have ended
 */
export function groundSource(
  teams: readonly Team[],
  pastKey: string,
  read: () => Promise<readonly PastCampaign[]>,
): GroundSource {
  const key = `${sha256(JSON.stringify(teams))} ${pastKey}`;
  return {
    key,
    read: async () => {
      const known = grounds.get(key) ?? { teams, past: await read() };
      grounds.set(key, known);
      return known;
    },
  };
}

/** The people there are now, and nothing of the past. */
export const withoutPast = (teams: readonly Team[]): GroundSource =>
  groundSource(teams, 'none', () => Promise.resolve([]));

/** Each holds up to some hundred campaigns with their steps; once it is learnt from, it is asked for no more. */
const grounds = new LRUCache<string, Ground>({ max: 20 });
/** Some kilobytes each. */
const forecasts = new LRUCache<string, GroundedForecast>({ max: 2_000 });

/** How long a campaign takes that would begin on the version: calculated once for the same ground. @throws CannotCalculate */
export async function forecastOfVersion(
  version: StoredVersion,
  ground: GroundSource,
  question: Question,
): Promise<GroundedForecast> {
  const key = JSON.stringify([version.hash, ground.key, question]);
  const known = forecasts.get(key);
  if (known) return known;
  const compiled = compiledOf(version);
  const made = forecastFrom(compiled, premisesOfVersion(compiled, await ground.read(), question));
  forecasts.set(key, made);
  return made;
}

/** What was learnt from the past does not depend on when a campaign begins, unless there is none. */
const lessons = new WeakMap<Ground, Map<CompiledWorkflow, Learned>>();
function learnFrom(compiled: CompiledWorkflow, ground: Ground, staffing: Staffing): Learned {
  if (ground.past.length === 0) return learn(compiled, ground.past, staffing);
  const known = lessons.get(ground) ?? new Map<CompiledWorkflow, Learned>();
  lessons.set(ground, known);
  const learned = known.get(compiled) ?? learn(compiled, ground.past, staffing);
  known.set(compiled, learned);
  return learned;
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
  ground: Ground,
  { start, withinHours }: Question,
): Premises {
  const { teams, past } = ground;
  const staffing = { start: start ?? DEFAULT_START, teams, continuous: false };
  const { estimates, basis } = learnFrom(compiled, ground, staffing);
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
  ground: Ground,
  running: { readonly campaign: CampaignRecord; readonly steps: readonly StepRecord[] },
  holds: (condition: string) => boolean,
  now: Date,
): Premises {
  const { campaign, steps } = running;
  const { teams, past } = ground;
  const staffing = { start: campaign.createdAt, teams, continuous: false };
  const learned = learnFrom(compiled, ground, staffing);
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
