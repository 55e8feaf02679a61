import {
  DEFAULT_START,
  forecast as forecastWorkflow,
  type Forecast,
  type Quantiles,
} from '../domain/forecast/forecast.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import { loadWorkflow } from './definitions.js';
import { print, printJson, progressLine } from './output.js';
import { elapsedHours, moment, wholeNumber } from './values.js';

export interface ForecastCommand {
  readonly team: readonly string[];
  readonly start?: string;
  readonly runs: string;
  readonly seed: string;
  readonly within?: string;
  readonly continuous?: boolean;
  readonly format: string;
}

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
  const loaded = await loadWorkflow(file, options.team);
  if (!loaded) return false;
  const { workflow, teams } = loaded;
  const { show, clear } = progressLine('runs', settings.runs);
  const result = forecastWorkflow(compileWorkflow(workflow), { ...settings, teams, progress: show });
  clear();
  if (options.format === 'json') {
    const { probabilityWithin, pert, ...others } = result;
    printJson({
      ...{ workflow: workflow.key, start: settings.start.toISOString(), ...others },
      ...(probabilityWithin === null ? {} : { probabilityWithin }),
      pert: withoutNulls(pert),
    });
  } else print(renderForecast(workflow.name, result, options.within));
  return true;
}

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

const quantiles = ({ p50Hours, p80Hours, p95Hours, meanHours }: Quantiles): string =>
  `P50 ${time(p50Hours)} · P80 ${time(p80Hours)} · P95 ${time(p95Hours)} · mean ${time(meanHours)}`;

/** Elapsed time as people say it: days from two days on. */
export const time = (hours: number): string =>
  hours >= 48 ? `${(hours / 24).toFixed(1)} d` : `${hours.toFixed(1)} h`;

const BAR = 20;
const bar = (share: number): string => '█'.repeat(Math.max(1, Math.round(share * BAR))).padEnd(BAR, '·');
