import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { centsOf } from '../domain/campaign/money.js';
import type { ChannelState } from '../domain/campaign/state.js';
import { OUTCOMES } from '../domain/triggers/decide.js';
import { readLine } from '../domain/triggers/line.js';
import { linesIn } from '../domain/triggers/lines.js';
import type { GivenReading } from '../domain/triggers/reading.js';
import { replay, type Replayed } from '../domain/triggers/replay.js';
import { didYouMean } from '../domain/campaign/refusal.js';
import type { Trigger, Workflow } from '../domain/workflow/workflow.js';
import { loadWorkflow } from './definitions.js';
import { complain, count, print, printJson, UsageError } from './output.js';
import { moment } from './values.js';

export interface SimulateCommand {
  readonly signals: string;
  readonly trigger?: string;
  readonly campaign?: string;
  readonly budget: readonly string[];
  readonly from?: string;
  readonly format: string;
}

/** More readings than this of one signal are a warehouse, not a file. */
const MOST_READINGS = 1_000_000;
/** Lines that are not taken are told of one by one only so far. */
const MOST_TOLD = 20;

interface Simulated {
  readonly trigger: string;
  readonly signal: string;
  readonly readings: number;
  readonly decisions: readonly Replayed[];
}

/** What the triggers of a workflow would have done on the signals in a file; false where the workflow is broken or a line is wrong. */
export async function simulate(file: string, options: SimulateCommand): Promise<boolean> {
  const from = options.from === undefined ? new Date(0) : moment(options.from, '--from');
  const loaded = await loadWorkflow(file, []);
  if (!loaded) return false;
  const { workflow } = loaded;
  const channels = channelsOf(workflow, options.budget);
  const triggers = triggersOf(workflow, options.trigger);
  const { readings, wrong } = await readingsIn(options.signals, options.campaign);
  const around = { channels, openTasks: new Set<string>(), assets: new Map<string, string[]>() };
  const simulated = triggers.map((trigger): Simulated => {
    const own = readings.get(trigger.signal) ?? [];
    return {
      ...{ trigger: trigger.key, signal: trigger.signal, readings: own.length },
      decisions: replay(trigger, own, from, around),
    };
  });
  if (options.format === 'json') printJson({ workflow: workflow.key, rejected: wrong, triggers: simulated });
  else print(simulated.map(rendered).join('\n'));
  return wrong === 0;
}

function triggersOf({ key, triggers }: Workflow, wanted: string | undefined): readonly Trigger[] {
  const names = triggers.map((each) => each.key);
  const found = triggers.filter((each) => wanted === undefined || each.key === wanted);
  if (found.length > 0) return found;
  throw new UsageError(
    wanted === undefined
      ? `workflow '${key}' has no triggers`
      : `workflow '${key}' has no trigger '${wanted}'${didYouMean(wanted, names)}`,
  );
}

/** Every channel of the workflow is live; those that are named have a budget. */
function channelsOf(workflow: Workflow, budgets: readonly string[]): ReadonlyMap<string, ChannelState> {
  const known = new Map<string, ChannelState>(
    workflow.channels.map((channel) => [channel, { status: 'live', plannedAt: null, launchedAt: null }]),
  );
  for (const each of budgets) {
    const [, channel = '', amount = ''] = /^([^=]+)=(\d+(?:\.\d{1,2})?)$/.exec(each) ?? [];
    const state = known.get(channel);
    const budget = centsOf(Number(amount));
    if (!state || amount === '' || budget === null)
      throw new UsageError(
        `--budget is CHANNEL=AMOUNT with one of ${workflow.channels.join(', ')}, not '${each}'`,
      );
    known.set(channel, { ...state, budget });
  }
  return known;
}

/** By signal, in the order in which they were measured; of each key the first. */
async function readingsIn(
  file: string,
  campaign: string | undefined,
): Promise<{ readings: Map<string, GivenReading[]>; wrong: number }> {
  const readings = new Map<string, GivenReading[]>();
  const seen = new Set<string>();
  let wrong = 0;
  const refuse = (number: number, message: string) => {
    wrong += 1;
    if (wrong <= MOST_TOLD) complain(`${file}:${number}: ${message}`);
  };
  await access(file).catch((error: unknown) => {
    throw new UsageError(`'${file}' cannot be read: ${(error as Error).message}`);
  });
  const pieces = createReadStream(file);
  for await (const lines of linesIn(pieces)) {
    for (const { number, text } of lines) {
      const given = text === null ? null : readLine(text);
      if (given === null || 'code' in given) {
        refuse(number, given?.message ?? 'the line has more than 64 KiB');
        continue;
      }
      const name = [given.campaign, given.signal, given.key].join('\u001f');
      if ((campaign !== undefined && given.campaign !== campaign) || seen.has(name)) continue;
      seen.add(name);
      if (seen.size > MOST_READINGS) throw new UsageError(`${file} has more than ${MOST_READINGS} readings`);
      const own = readings.get(given.signal) ?? [];
      own.push(given);
      readings.set(given.signal, own);
    }
  }
  for (const each of readings.values()) each.sort((one, other) => one.at.getTime() - other.at.getTime());
  return { readings, wrong };
}

function rendered({ trigger, signal, readings, decisions }: Simulated): string {
  const fired = decisions.filter(({ outcome }) => outcome === 'fired').length;
  const head = `${trigger}: ${count(readings, 'value')} of ${signal}, acted ${count(fired, 'time')}, held back ${count(decisions.length - fired, 'time')}`;
  const lines = decisions.map(({ at, outcome, seen, actions }) => {
    const what = outcome === 'fired' ? actions.map(({ text }) => text).join('; ') : OUTCOMES[outcome];
    return `  ${at.toISOString()}  ${seen.value}  ${what}`;
  });
  return [head, ...lines].join('\n');
}
