import {
  DEFAULT_START,
  forecast as forecastWorkflow,
  type Forecast,
  type Quantiles,
} from '../domain/forecast/forecast.js';
import { backtest, type Backtest, type Score } from '../domain/forecast/backtest.js';
import { LEAST_CAMPAIGNS, learn, type Learned, type PastCampaign } from '../domain/forecast/history.js';
import type { Staffing } from '../domain/forecast/resources.js';
import { simulateHistory } from '../domain/forecast/simulated-history.js';
import { whatIf, type WhatIf } from '../domain/forecast/what-if.js';
import { type PastCase, pastCases } from '../domain/adherence/past-cases.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import { loadWorkflow } from './definitions.js';
import { loadLog, type LogCommand } from './logs.js';
import { count, print, printJson, progressLine } from './output.js';
import { elapsedHours, moment, supposition, wholeNumber } from './values.js';

export interface ForecastCommand extends Omit<LogCommand, 'log'> {
  /** Past campaigns to learn from. */
  readonly log?: string;
  readonly team: readonly string[];
  readonly start?: string;
  readonly runs: string;
  readonly seed: string;
  readonly within?: string;
  readonly continuous?: boolean;
  readonly whatIf: readonly string[];
  readonly backtest?: boolean;
  readonly campaigns: string;
  readonly format: string;
}

const MAX_CAMPAIGNS = 10_000;
/** More would take minutes and change no figure that is shown. */
const MAX_RUNS = 1_000_000;

/** Forecasts the workflow of a file; false when it is broken. */
export async function forecast(file: string, options: ForecastCommand): Promise<boolean> {
  const settings = {
    runs: wholeNumber(options.runs, '--runs', 1, MAX_RUNS),
    seed: wholeNumber(options.seed, '--seed', 0, Number.MAX_SAFE_INTEGER),
    start: options.start === undefined ? DEFAULT_START : moment(options.start, '--start'),
    continuous: options.continuous ?? false,
    withinHours: options.within === undefined ? undefined : elapsedHours(options.within, '--within'),
  };
  const campaigns = wholeNumber(options.campaigns, '--campaigns', 10, MAX_CAMPAIGNS);
  const suppositions = options.whatIf.map(supposition);
  const loaded = await loadWorkflow(file, options.team);
  if (!loaded) return false;
  const { workflow, teams } = loaded;
  const { start, continuous, seed } = settings;
  const staffing = { start, continuous, teams };
  const past = options.log === undefined ? null : await pastOf(workflow, { ...options, log: options.log });
  if (options.backtest === true) {
    const known = past ?? simulateHistory(compileWorkflow(workflow), staffing, campaigns, seed);
    return testForecasts(workflow, staffing, known, {
      source: past ? 'log' : 'simulated',
      format: options.format,
    });
  }
  const learned = past ? learn(compileWorkflow(workflow), past, staffing) : null;
  const { show, clear } = progressLine('runs', settings.runs);
  const given = { ...settings, teams, progress: show, ...(learned ? { estimates: learned.estimates } : {}) };
  const supposed = suppositions.length > 0 ? whatIf(workflow, suppositions, given) : null;
  const result = supposed?.before ?? forecastWorkflow(compileWorkflow(workflow), given);
  clear();
  if (options.format === 'json') {
    printJson({
      ...{ workflow: workflow.key, start: settings.start.toISOString(), ...shown(result) },
      ...(learned && { history: { campaigns: learned.campaigns, basis: learned.basis } }),
      ...(supposed && {
        whatIf: {
          ...{ suppositions: options.whatIf, after: shown(supposed.after) },
          ...{ difference: supposed.difference, slips: supposed.slips },
        },
      }),
    });
    return true;
  }
  print(renderForecast(workflow.name, result, options.within));
  if (learned) print(renderHistory(learned));
  if (supposed) print(renderWhatIf(options.whatIf, supposed));
  return true;
}

/** The campaigns of a log, as history. */
async function pastOf(workflow: Workflow, options: LogCommand): Promise<PastCampaign[]> {
  return pastCases(workflow, await loadLog(options)).flatMap((each) => (each ? [asHistory(each)] : []));
}

const HOUR = 3_600_000;

const asHistory = ({ id, startedAt, endedAt, steps }: PastCase): PastCampaign => ({
  key: id,
  startedAt: new Date(startedAt),
  leadTimeHours: (endedAt - startedAt) / HOUR,
  steps: new Map(
    steps.map((step) => [
      step.key,
      {
        status: 'done',
        round: step.round,
        beganHours: step.startedAt === null ? null : (step.startedAt - startedAt) / HOUR,
        endedHours: (step.finishedAt - startedAt) / HOUR,
      },
    ]),
  ),
});

/** Forecasts campaigns that have ended as if they had not, and says how well. */
function testForecasts(
  workflow: Workflow,
  staffing: Staffing,
  past: readonly PastCampaign[],
  { source, format }: { source: 'simulated' | 'log'; format: string },
): boolean {
  const { show, clear } = progressLine('campaigns', past.length);
  const result = backtest(compileWorkflow(workflow), past, staffing, show);
  clear();
  if (format === 'json') printJson({ workflow: workflow.key, source, ...result });
  else print(renderBacktest(workflow.name, result, source));
  return true;
}

function renderHistory({ campaigns, basis }: Learned): string {
  const measured = basis.filter(({ shareOfHistory }) => shareOfHistory > 0).length;
  return measured === 0
    ? `\n  history: ${count(campaigns, 'campaign')}; with fewer than ${LEAST_CAMPAIGNS} the definition counts alone`
    : `\n  history: ${count(campaigns, 'campaign')}; measured ${count(measured, 'step')}, the rest is the definition's`;
}

/** What was not asked for is left out, rather than null. */
const shown = (forecast: Forecast): object =>
  withoutNulls({ ...forecast, pert: withoutNulls(forecast.pert) });

const withoutNulls = (value: object): object =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null));

/** Steps that are listed: those that matter, and no more than can be taken in. */
const LISTED = 8;

function renderForecast(name: string, forecast: Forecast, within: string | undefined): string {
  const { leadTime, launch, runs, seed, criticalPath, pert, criticality, roles } = forecast;
  const critical = criticality.filter(({ index }) => index > 0.005);
  const limited = roles.filter(({ utilisation }) => utilisation !== null);
  const widest = Math.max(...critical.slice(0, LISTED).map(({ step }) => step.length), 1);
  const share = (value: number) => `${Math.round(value * 100)} %`;
  return [
    `${name}: ${runs} simulated campaigns, seed ${seed}`,
    '',
    `  lead time   ${quantiles(leadTime)}`,
    ...(launch ? [`  to launch   ${quantiles(launch)}`] : []),
    ...(forecast.probabilityWithin === null
      ? []
      : [`  within ${within ?? ''}  ${share(forecast.probabilityWithin)} of them`]),
    `  PERT        mean ${time(pert.meanHours)} ± ${time(pert.standardDeviationHours)} along the critical path`,
    '',
    `  critical path, ${time(criticalPath.hours)}: ${criticalPath.steps.join(' → ')}`,
    '',
    '  how often the end depended on a step:',
    ...critical
      .slice(0, LISTED)
      .map(({ step, index }) => `    ${step.padEnd(widest)}  ${bar(index)} ${share(index)}`),
    ...(critical.length > LISTED ? [`    … and ${critical.length - LISTED} more`] : []),
    ...(limited.length > 0 ? ['', '  roles with limited capacity:'] : []),
    ...limited.map(
      ({ role, utilisation, waitHours }) =>
        `    ${role}: ${share(utilisation ?? 0)} at work; steps wait for it ${time(waitHours)} a campaign`,
    ),
    ...(forecast.assumptions.length > 0
      ? ['', ...forecast.assumptions.map((each) => `  note: ${each}`)]
      : []),
  ].join('\n');
}

function renderWhatIf(suppositions: readonly string[], { after, difference, slips }: WhatIf): string {
  const { meanHours, meanHoursLow, meanHoursHigh, shareSooner } = difference;
  const moved = slips.filter(({ hours }) => Math.abs(hours) >= 0.05);
  return [
    '',
    `  what if ${suppositions.join(' and ')}:`,
    `  lead time   ${quantiles(after.leadTime)}`,
    `  difference  ${signed(meanHours)} on average (95 % interval ${signed(meanHoursLow)} to ${signed(meanHoursHigh)}); sooner in ${Math.round(shareSooner * 100)} % of the runs`,
    ...(moved.length > 0 ? ['  with expected efforts:'] : []),
    ...moved.map(
      ({ step, hours }) => `    ${step} ends ${time(Math.abs(hours))} ${hours > 0 ? 'later' : 'earlier'}`,
    ),
  ].join('\n');
}

function renderBacktest(name: string, result: Backtest, source: string): string {
  const { trained, tested, atStart, halfway, overall, verdict } = result;
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  const row = (label: string, score: Score) =>
    `  ${label.padEnd(22)}${percent(score.coverage80).padStart(9)}  ${`${percent(score.coverage80Low)} to ${percent(score.coverage80High)}`.padEnd(20)}${score.pinballHours.toFixed(1).padStart(9)} h${score.naivePinballHours.toFixed(1).padStart(9)} h`;
  return [
    `${name}: learnt from ${trained} ${source === 'log' ? '' : 'simulated '}campaigns, tested on ${tested}`,
    '',
    `  ${''.padEnd(22)}${'coverage'.padStart(9)}  ${'95 % interval'.padEnd(20)}${'pinball'.padStart(11)}${'as before'.padStart(11)}`,
    row('when it began', atStart),
    row('half of the steps done', halfway),
    row('together', overall),
    '',
    `  ${verdict}`,
  ].join('\n');
}

const signed = (hours: number): string => `${hours < 0 ? '−' : '+'}${time(Math.abs(hours))}`;

const quantiles = ({ p50Hours, p80Hours, p95Hours, meanHours }: Quantiles): string =>
  `P50 ${time(p50Hours)} · P80 ${time(p80Hours)} · P95 ${time(p95Hours)} · mean ${time(meanHours)}`;

/** Elapsed time as people say it: days from two days on. */
export const time = (hours: number): string =>
  hours >= 48 ? `${(hours / 24).toFixed(1)} d` : `${hours.toFixed(1)} h`;

const BAR = 20;
const bar = (share: number): string => '█'.repeat(Math.max(1, Math.round(share * BAR))).padEnd(BAR, '·');
