import { centsOf, moneyText, shift } from '../campaign/money.js';
import { type Change, type ChannelState, channelsAfter } from '../campaign/state.js';
import type { Trigger, TriggerAction } from '../workflow/workflow.js';

/** One action of a trigger that fired. */
export interface ActionTaken {
  readonly type: TriggerAction['type'];
  /** Whether anything came of it. */
  readonly isDone: boolean;
  /** What came of it, or why nothing did; for people. */
  readonly text: string;
}
/** What actions act on. */
export interface Surroundings {
  readonly channels: ReadonlyMap<string, ChannelState>;
  /** Keys of tasks that are not done. */
  readonly openTasks: ReadonlySet<string>;
  /** Keys of the assets of each channel, in order. */
  readonly assets: ReadonlyMap<string, readonly string[]>;
}
export interface Acted {
  readonly taken: readonly ActionTaken[];
  readonly changes: readonly Change[];
  /** Roles that are to be told. */
  readonly tell: readonly string[];
  /** What there is then. */
  readonly around: Surroundings;
}

/** How records call a trigger that acts. */
export const actorOfTrigger = (key: string): string => `trigger ${key}`;

type Did = Omit<ActionTaken, 'type'> & { readonly changes: readonly Change[] };
const did = (text: string, ...changes: readonly Change[]): Did => ({ isDone: true, text, changes });
const didNot = (text: string): Did => ({ isDone: false, text, changes: [] });

/** Carries out the actions of a trigger one after the other, each on what the one before left. Nothing here writes. */
export function act(trigger: Trigger, before: Surroundings): Acted {
  let around = before;
  const taken: ActionTaken[] = [];
  const all: Change[] = [];
  for (const { type, arguments: given } of trigger.actions) {
    const { changes, ...rest } = ACTIONS[type](new Arguments(given), around, trigger);
    taken.push({ type, ...rest });
    all.push(...changes);
    around = changes.reduce(after, around);
  }
  const tell = trigger.actions.flatMap(({ type, arguments: given }) =>
    type === 'alert' ? new Arguments(given).texts('roles') : [],
  );
  return { taken, changes: all, tell: [...new Set(tell)], around };
}

const after = (around: Surroundings, change: Change): Surroundings => ({
  ...around,
  channels: channelsAfter(around.channels, change, null),
  openTasks: change.type === 'task' ? new Set([...around.openTasks, change.key]) : around.openTasks,
});

/** Arguments whose form was checked when the definition was read. */
class Arguments {
  constructor(private readonly given: Readonly<Record<string, unknown>>) {}

  text(name: string): string {
    const value = this.given[name];
    return typeof value === 'string' ? value : '';
  }
  number(name: string): number | null {
    const value = this.given[name];
    return typeof value === 'number' ? value : null;
  }
  texts(name: string): string[] {
    const value = this.given[name];
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  }
}

type Action = (given: Arguments, around: Surroundings, trigger: Trigger) => Did;

const shiftBudget: Action = (given, { channels }) => {
  const [from, to] = [given.text('from'), given.text('to')];
  const gone = [from, to].find((channel) => !channels.has(channel));
  if (gone !== undefined) return didNot(`moved nothing: the campaign has no channel '${gone}'`);
  const has = channels.get(from)?.budget ?? null;
  if (has === null) return didNot(`moved nothing from ${from} to ${to}: ${from} has no budget`);
  const floor = centsOf(given.number('floor') ?? 0) ?? 0;
  const limit = given.number('cap');
  const cap = limit === null ? null : centsOf(limit);
  const percent = given.number('percent') ?? 0;
  const shifted = shift(has, channels.get(to)?.budget ?? 0, { percent, floor, cap });
  const why =
    cap !== null && shifted.moved === cap
      ? `at most ${moneyText(cap)} are moved`
      : `${from} has ${moneyText(has)} and keeps at least ${moneyText(floor)}`;
  if (shifted.moved === 0) return didNot(`moved nothing from ${from} to ${to}: ${why}`);
  const less = shifted.moved < shifted.wanted ? `, not ${moneyText(shifted.wanted)}: ${why}` : '';
  return did(
    `moved ${moneyText(shifted.moved)} from ${from} to ${to}${less}`,
    { type: 'budget', channel: from, budget: shifted.from },
    { type: 'budget', channel: to, budget: shifted.to },
  );
};

const createStep: Action = (given, { openTasks }, { key: trigger }) => {
  const [key, responsible] = [given.text('id'), given.text('responsible')];
  if (openTasks.has(key)) return didNot(`task '${key}' is open already`);
  const name = given.text('name') || key;
  return did(`gave task '${key}' to ${responsible}`, { type: 'task', key, name, responsible, trigger });
};

const rotateCreative: Action = (given, { channels, assets }) => {
  const channel = given.text('channel');
  const all = assets.get(channel) ?? [];
  const current = channels.get(channel)?.creative ?? all[0];
  const next = all[(all.indexOf(current ?? '') + 1) % all.length];
  if (next === undefined || next === current) return didNot(`${channel} has no other asset to show`);
  return did(`${channel} shows '${next}'`, { type: 'creative', channel, asset: next });
};

const pauseChannel: Action = (given, { channels }, { key }) => {
  const channel = given.text('channel');
  const state = channels.get(channel);
  if (!state) return didNot(`the campaign has no channel '${channel}'`);
  if (state.status === 'paused') return didNot(`${channel} is paused already`);
  return did(`paused ${channel}`, {
    ...{ type: 'pause', channel, by: actorOfTrigger(key) },
    reason: `trigger '${key}' fired`,
  });
};

/** A trigger takes back what triggers did; what a person or a gate has paused only a person resumes (R61). */
const resumeChannel: Action = (given, { channels }) => {
  const channel = given.text('channel');
  const { status, pausedBy = null } = channels.get(channel) ?? {};
  if (status !== 'paused') return didNot(`${channel} is not paused`);
  if (pausedBy?.startsWith(actorOfTrigger('')) !== true)
    return didNot(`${channel} was paused by ${pausedBy ?? 'somebody'}, and a person has to resume it`);
  return did(`resumed ${channel}`, { type: 'resume', channel });
};

const ACTIONS: Readonly<Record<TriggerAction['type'], Action>> = {
  shiftBudget,
  createStep,
  rotateCreative,
  pauseChannel,
  resumeChannel,
  alert: (given) => did(`told ${given.texts('roles').join(', ')}`),
  recalculateForecast: () => did('the forecast is calculated with what has changed whenever it is asked for'),
};
