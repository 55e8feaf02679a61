import { DateTime } from 'luxon';
import { DEFAULT_START } from '../domain/forecast/forecast.js';
import { type Schedule, schedule as findSchedule } from '../domain/schedule/schedule.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import { loadWorkflows } from './definitions.js';
import { time } from './forecast.js';
import { complain, print, printJson, progressLine, UsageError } from './output.js';
import { moment, wholeNumber } from './values.js';

export interface ScheduleCommand {
  readonly team: readonly string[];
  readonly start?: string;
  readonly tries: string;
  readonly seed: string;
  readonly continuous?: boolean;
  readonly format: string;
}

const MAX_TRIES = 1_000_000;

/** Schedules the workflows of the files together; false when one is broken. */
export async function schedule(files: readonly string[], options: ScheduleCommand): Promise<boolean> {
  if (options.team.length === 0)
    throw new UsageError('a schedule needs to know how many people there are: give --team');
  const tries = wholeNumber(options.tries, '--tries', 1, MAX_TRIES);
  const seed = wholeNumber(options.seed, '--seed', 0, Number.MAX_SAFE_INTEGER);
  const start = options.start === undefined ? DEFAULT_START : moment(options.start, '--start');
  const twice = files.find((file, at) => files.indexOf(file) !== at);
  if (twice !== undefined)
    throw new UsageError(`${twice} is given twice; to plan a workflow twice, give a copy with another id`);
  const loaded = await loadWorkflows(files, options.team);
  if (!loaded) return false;
  const { workflows, teams } = loaded;
  if (workflows.length === 0) {
    complain(`there is no workflow in ${files.join(', ')}`);
    return false;
  }
  if (teams.length === 0) {
    complain(`there is no Team in ${options.team.join(', ')}`);
    return false;
  }
  const { show, clear } = progressLine('tries', tries);
  const undertakings = workflows.map((workflow) => ({
    ...{ key: workflow.key, compiled: compileWorkflow(workflow), releaseHours: 0, steps: new Map() },
  }));
  const continuous = options.continuous ?? false;
  const found = findSchedule(undertakings, { start, teams, continuous, tries, seed, progress: show });
  clear();
  if (options.format === 'json') printJson({ start: start.toISOString(), ...found });
  else print(renderSchedule(found, start));
  return true;
}

const WIDTH = 56;

function renderSchedule(found: Schedule, start: Date): string {
  const { makespanHours, criticalPathHours, lowerBoundHours, isOptimal, tries, steps, roles } = found;
  const widest = Math.max(...steps.map(({ step }) => step.length));
  const scale = (hours: number) => Math.round((hours / Math.max(makespanHours, 1e-9)) * WIDTH);
  const dates = dateOf(start);
  const workflows = [...new Set(steps.map(({ workflow }) => workflow))];
  const limited = roles.flatMap(({ role, utilisation }) =>
    utilisation === null ? [] : [{ role, utilisation }],
  );
  const quality = isOptimal
    ? 'none can be shorter'
    : `none can be shorter than ${time(lowerBoundHours)}, so it is at most ${percent(makespanHours / lowerBoundHours - 1)} too long`;
  return [
    `Everything is done after ${time(makespanHours)}, on ${dates(makespanHours)}; ${quality} (${tries === 1 ? '1 try' : `${tries} tries`}).`,
    `If nobody were scarce it would take ${time(criticalPathHours)}.`,
    '',
    `${' '.repeat(widest + 4)}${dates(0).padEnd(WIDTH - 6)}${dates(makespanHours)}`,
    ...workflows.flatMap((workflow) => [
      workflow,
      ...steps
        .filter((step) => step.workflow === workflow)
        .map(({ step, startHours, finishHours, units }) => {
          const [from, to] = [scale(startHours), scale(finishHours)];
          const bar = ' '.repeat(Math.min(from, WIDTH - 1)) + '█'.repeat(Math.max(1, to - from));
          const who = Object.entries(units).map(([role, count]) => (count === 1 ? role : `${count} ${role}`));
          return `  ${step.padEnd(widest)}  ${bar.padEnd(WIDTH)}  ${dates(startHours)} to ${dates(finishHours)}  ${who.join(', ')}`;
        }),
    ]),
    ...(limited.length > 0 ? ['', 'at work of the time there is:'] : []),
    ...limited.map(({ role, utilisation }) => `  ${role}: ${percent(utilisation)}`),
  ].join('\n');
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const dateOf =
  (start: Date) =>
  (hours: number): string =>
    DateTime.fromJSDate(start, { zone: 'utc' }).plus({ hours }).toFormat('dd LLL HH:mm');
