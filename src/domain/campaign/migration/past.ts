import { hoursOf } from '../../duration.js';
import { failureOf, judge } from '../convergence.js';
import type { CampaignInput, Situation } from '../situation.js';
import type { CampaignState, CheckResult } from '../state.js';
import { carryOver, type Names, namesBetween } from './names.js';
import { withChannels } from './migration.js';
import type { Version } from './version.js';

/** What a change would have altered in a campaign that has ended, replayed on the other version. */
export interface PastImpact {
  /** Key of the campaign. */
  readonly campaign: string;
  /** As a sentence: the most that would have been otherwise. */
  readonly detail: string;
  /** Gates that would have been there, or not, or come out otherwise; a sentence each. */
  readonly gates: readonly string[];
  /** Approvals that would have been needed, or not, or of somebody else; a sentence each. */
  readonly approvers: readonly string[];
  /** By how much the launch and the end would have moved, with the work taking as long as it took. */
  readonly dates: readonly DateShift[];
}

export interface DateShift {
  readonly what: 'launch' | 'end';
  readonly before: Date;
  readonly after: Date;
  /** Elapsed hours, positive where later. */
  readonly hours: number;
}

/** A campaign that has ended, with its times. */
export interface EndedCampaign {
  readonly input: CampaignInput;
  readonly state: CampaignState;
  readonly createdAt: Date;
  readonly endedAt: Date;
  readonly steps: ReadonlyMap<string, { readonly startedAt: Date | null; readonly finishedAt: Date | null }>;
  readonly gates: ReadonlyMap<string, { readonly at: Date; readonly results: readonly CheckResult[] }>;
  readonly handoffs: ReadonlyMap<string, Date>;
  readonly approvals: readonly { readonly step: string; readonly role: string; readonly decision: string }[];
}

/** Ended campaigns of one version, replayed on another. */
export class Replay {
  readonly #names: Names;

  constructor(
    private readonly from: Version,
    private readonly to: Version,
  ) {
    this.#names = namesBetween(from.workflow, to.workflow);
  }

  /** Null where nothing would have been otherwise. */
  of(ended: EndedCampaign): PastImpact | null {
    const { from, to } = this;
    const carried = carryOver(ended.state, this.#names);
    const before = from.situation(ended.input, ended.state);
    const after = to.situation(withChannels(ended.input, to), carried.state);
    const gates = this.gates(ended);
    const approvers = [...this.approvers(ended, before, after), ...this.demands(before, after)];
    const dates = this.dates(ended, after);
    const [first] = [...gates, ...approvers, ...dates.map(inWords)];
    return first === undefined
      ? null
      : { campaign: ended.input.facts.key, detail: first, gates, approvers, dates };
  }

  private gates({ gates }: EndedCampaign): string[] {
    const [old, now] = [gateMap(this.from), gateMap(this.to)];
    const known = new Set([...old.keys()].map((key) => this.#names.of('gate', key)));
    const fresh = [...now.values()].flatMap(({ key, onFail }) => {
      if (known.has(key)) return [];
      return [
        onFail === 'block'
          ? `gate '${key}' would have had to be passed`
          : `gate '${key}' would have been evaluated, and held nothing up`,
      ];
    });
    const kept = [...old.values()].flatMap((gate): string[] => {
      const gate2 = now.get(this.#names.of('gate', gate.key) ?? '');
      if (!gate2) return [`gate '${gate.key}' would not have been there`];
      const recorded = gates.get(gate.key);
      if (!recorded) return [];
      const values = Object.fromEntries(
        recorded.results.flatMap(({ metric, value }) => (value === null ? [] : [[metric, value]])),
      );
      const results = gate2.checks.map((check) => judge(check, values[check.metric], undefined));
      const had = recorded.results.every(({ passed }) => passed);
      const failed = results.filter(({ passed }) => !passed);
      if (had === (failed.length === 0)) return [];
      return [
        had
          ? `gate '${gate2.key}' would have failed: ${failed.map(failureOf).join(', ')}`
          : `gate '${gate2.key}' would have passed`,
      ];
    });
    return [...fresh, ...kept];
  }

  private approvers({ approvals, state }: EndedCampaign, before: Situation, after: Situation): string[] {
    const judged = (version: Version) =>
      [...version.steps.values()].filter(({ kind }) => kind === 'approval' || kind === 'review');
    const gone = judged(this.from).flatMap(({ key, responsible }) => {
      const now = this.to.steps.get(this.#names.of('step', key) ?? '');
      const isStill = now?.kind === 'approval' || now?.kind === 'review';
      if (isStill || before.state.steps.get(key)?.status !== 'done') return [];
      return [`approval '${key}' by ${responsible.join(' or ')} would not have been needed`];
    });
    const open = judged(this.to).flatMap(({ key, responsible }) => {
      const status = after.progress.steps.get(key)?.status;
      return status === 'ready' || status === 'waiting'
        ? [`approval '${key}' by ${responsible.join(' or ')} would have been needed`]
        : [];
    });
    const other = judged(this.from).flatMap(({ key }) => {
      const now = this.to.steps.get(this.#names.of('step', key) ?? '');
      const given = approvals.filter((each) => each.step === key && each.decision === 'approved').at(-1);
      if (!now || !given || state.steps.get(key)?.status !== 'done') return [];
      return now.responsible.includes(given.role)
        ? []
        : [`'${now.key}' was approved as ${given.role}; it would have taken ${now.responsible.join(' or ')}`];
    });
    return [...open, ...gone, ...other];
  }

  private demands(before: Situation, after: Situation): string[] {
    const demanded = (situation: Situation) => situation.demands.flatMap(({ require }) => require);
    if ([...this.to.steps.values()].every(({ kind }) => kind !== 'launch')) return [];
    const [old, now] = [new Set(demanded(before)), new Set(demanded(after))];
    return [
      ...[...now]
        .filter((role) => !old.has(role))
        .map((role) => `the policy would have demanded the approval of ${role}`),
      ...[...old]
        .filter((role) => !now.has(role))
        .map((role) => `the policy would not have demanded the approval of ${role}`),
    ];
  }

  /** Work takes as long as it took, what waits for something waits as long after it as it did, and new work takes what is likely. */
  private dates(ended: EndedCampaign, after: Situation): DateShift[] {
    const recorded = timesOf(ended);
    const lag = new Map(
      [...recorded].map(([name, { start }]) => [name, start - readyAt(this.from, name, recorded, ended)]),
    );
    const called = new Map([...recorded.keys()].map((name) => [this.named(name), name]));
    const replayed = new Map<string, number>();
    const looking = new Set<string>();
    const end = (name: string): number => {
      const known = replayed.get(name);
      if (known !== undefined) return known;
      if (looking.has(name)) return ended.createdAt.getTime();
      looking.add(name);
      const before = [...(this.to.waits.direct.get(name) ?? [])].map(end);
      const ready = Math.max(ended.createdAt.getTime(), ...before);
      const origin = called.get(name);
      const times = origin === undefined ? undefined : recorded.get(origin);
      const done = times
        ? ready + (lag.get(origin ?? '') ?? 0) + (times.end - times.start)
        : ready + this.likely(name, after);
      replayed.set(name, done);
      return done;
    };
    for (const name of this.to.waits.direct.keys()) end(name);
    const launches = (version: Version) =>
      [...version.steps.values()].flatMap(({ key, kind }) => (kind === 'launch' ? [`step ${key}`] : []));
    const first = (names: readonly string[], at: (name: string) => number | undefined) =>
      Math.min(...names.flatMap((name) => at(name) ?? []));
    const launchedAt = first(launches(this.from), (name) => recorded.get(name)?.end);
    const wouldLaunch = first(launches(this.to), (name) => replayed.get(name));
    const last = Math.max(...[...recorded.values()].map((times) => times.end));
    const wouldEnd = Math.max(...replayed.values()) + (ended.endedAt.getTime() - last);
    return [...shift('launch', launchedAt, wouldLaunch), ...shift('end', ended.endedAt.getTime(), wouldEnd)];
  }

  private named(name: string): string {
    const [kind = '', ...rest] = name.split(' ');
    const key = this.#names.of(kind as 'step', rest.join(' '));
    return typeof key === 'string' ? `${kind} ${key}` : name;
  }

  /** Milliseconds that a step without a record would have taken; none where the campaign would not have done it. */
  private likely(name: string, after: Situation): number {
    const key = name.replace(/^step /, '');
    const standing = name === key ? undefined : after.progress.steps.get(key);
    if (standing?.status !== 'ready' && standing?.status !== 'waiting') return 0;
    return standing.part.effort === null ? 0 : hoursOf(standing.part.effort.likely) * HOUR;
  }
}

const HOUR = 3_600_000;
/** Less is noise of the record. */
const LEAST_SHIFT_HOURS = 0.1;

interface Times {
  readonly start: number;
  readonly end: number;
}

function timesOf({ steps, gates, handoffs }: EndedCampaign): Map<string, Times> {
  const times = new Map<string, Times>();
  for (const [key, { startedAt, finishedAt }] of steps) {
    if (!finishedAt) continue;
    const end = finishedAt.getTime();
    times.set(`step ${key}`, { start: Math.min(startedAt?.getTime() ?? end, end), end });
  }
  for (const [key, { at }] of gates) times.set(`gate ${key}`, { start: at.getTime(), end: at.getTime() });
  for (const [key, at] of handoffs) times.set(`handoff ${key}`, { start: at.getTime(), end: at.getTime() });
  return times;
}

/** When everything was over that something waited for; what has no record is looked through. */
function readyAt(
  version: Version,
  name: string,
  times: ReadonlyMap<string, Times>,
  { createdAt }: EndedCampaign,
): number {
  const seen = new Set<string>();
  const look = (each: string): number[] => {
    if (seen.has(each)) return [];
    seen.add(each);
    const known = times.get(each);
    return known ? [known.end] : [...(version.waits.direct.get(each) ?? [])].flatMap(look);
  };
  return Math.max(createdAt.getTime(), ...[...(version.waits.direct.get(name) ?? [])].flatMap(look));
}

function shift(what: DateShift['what'], before: number, after: number): DateShift[] {
  const hours = (after - before) / HOUR;
  if (!Number.isFinite(hours) || Math.abs(hours) < LEAST_SHIFT_HOURS) return [];
  return [{ what, before: new Date(before), after: new Date(after), hours: Math.round(hours * 10) / 10 }];
}

const inWords = ({ what, hours }: DateShift): string =>
  `the ${what} would have come ${Math.abs(hours / 24).toFixed(1)} days ${hours > 0 ? 'later' : 'earlier'}`;

const gateMap = ({ workflow }: Version) =>
  new Map(workflow.sections.flatMap(({ gates }) => gates).map((gate) => [gate.key, gate]));
