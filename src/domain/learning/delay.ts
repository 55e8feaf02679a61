import { WorkingCalendar, type WorkingTime } from '../calendar/working-calendar.js';
import { hoursOf } from '../duration.js';
import { type CompiledWorkflow, walk } from '../workflow/compiled.js';
import { type Waits, waitsIn } from '../workflow/diff/waits.js';
import { chainsOf, gatesOf, type PlacedStep, placedSteps, stepsOfBlocks } from '../workflow/steps.js';
import type { Step, Workflow } from '../workflow/workflow.js';

const HOUR = 3_600_000;
/** Minutes are how clocks go. */
const LEAST_SLIP_HOURS = 0.1;
/** Nobody calls less waiting. */
export const LEAST_WAIT_HOURS = 1;

/** A time in which a step was worked on; of a gate that was passed and of a hand-off that was accepted the moment. */
export interface Worked {
  readonly from: Date;
  /** Null while it is worked on. */
  readonly to: Date | null;
  /**
   * When what had been approved became another: it waited from then on, until it was approved again at `from`. Where it
   * has not been, `from` is now and `to` null.
   */
  readonly lapsedAt?: Date;
}
/** By name, such as `step copy`, `gate final` or `handoff a-to-b`; oldest first. */
export type WorkRecord = ReadonlyMap<string, readonly Worked[]>;
/** When a role works; null round the clock. */
export type WorkingTimes = (role: string) => WorkingTime | null;

/** What is recorded of the work on a campaign. */
export interface WorkPast {
  readonly workflow: Workflow;
  readonly compiled: CompiledWorkflow;
  readonly work: WorkRecord;
  readonly worksAt: WorkingTimes;
  /** When each launch was planned, by step. */
  readonly planned: ReadonlyMap<string, Date>;
  /** Now, or when it ended. */
  readonly until: Date;
}

/** A step, gate or hand-off of a workflow. */
export interface Part {
  readonly kind: 'step' | 'gate' | 'handoff';
  readonly key: string;
}
/** How long something could have gone on and did not, in working hours of whoever has to do it. */
export interface Wait extends Part {
  readonly hours: number;
  /** In words: what lay for how long. */
  readonly text: string;
}

/** What decided when a step could be done, from the step back to the beginning. */
export interface Delay {
  /** Hours in which something was ready to go on and nobody had begun it, passed it or accepted it. */
  readonly waitingHours: number;
  readonly workingHours: number;
  /** Hours spent waiting for steps from which nothing was needed: work side by side would have saved them. */
  readonly needlessHours: number;
  /** Hours that steps took beyond their pessimistic effort or once more, or were to be approved again, passed on to all that followed. */
  readonly slipHours: number;
  /** What waited the longest; null where nothing did for an hour. */
  readonly longestWait: Part | null;
  readonly evidence: readonly string[];
}

/** A part in one of its rounds. */
interface Moment {
  readonly name: string;
  /** Which of its times it is, from 0. */
  readonly round: number;
  readonly from: Date;
  readonly to: Date;
  /** It has not come about yet. */
  readonly isOpen: boolean;
  readonly lapsedAt: Date | null;
}
/** A moment, and the one whose end it had to wait for. */
interface Link extends Moment {
  readonly after: Moment | null;
  /** Whether something before it has not been begun: then it could not go on. */
  readonly isHeldUp: boolean;
}

/**
 * Where the time went before a step was done: along what ended last, each before the next, through gates, hand-offs and rounds of
 * rework (R82, R87). Hours are working hours of the role that has to do it.
 */
export function delayBefore(past: WorkPast, last: string): Delay {
  const road = roadOf(past);
  const links = road.back(`step ${last}`);
  const begun = new Date(Math.min(...links.map(({ from }) => from.getTime())));
  const times = links.map((link) => ({
    ...{ wait: road.wait(link), worked: road.worked(link), hasLapsed: link.lapsedAt !== null },
    ...{ needless: road.needless(link, begun), slip: road.slip(link) },
  }));
  const waits = times.flatMap(({ wait }) => wait ?? []);
  const [longest] = byHours(waits);
  return {
    waitingHours: sum(waits.map(({ hours }) => hours)),
    workingHours: sum(times.map(({ worked }) => worked)),
    needlessHours: Math.max(0, ...times.map(({ needless }) => needless?.hours ?? 0)),
    slipHours: sum(times.map(({ slip, wait, hasLapsed }) => (hasLapsed ? wait : slip)?.hours ?? 0)),
    longestWait: longest && isWait(longest) ? { kind: longest.kind, key: longest.key } : null,
    evidence: times.flatMap(({ wait, needless, slip }) => [
      ...(needless ? [needless.text] : []),
      ...(slip ? [slip.text] : []),
      ...(wait && isWait(wait) ? [wait.text] : []),
    ]),
  };
}

/** What waited for an hour or more on the way to the launches, the longest first (R83). What follows a launch waits for its effect. */
export function waitsOf(past: WorkPast): Wait[] {
  const road = roadOf(past);
  return byHours(road.all().flatMap((link) => road.wait(link) ?? [])).filter(isWait);
}

const byHours = (waits: readonly Wait[]): Wait[] => [...waits].sort((one, other) => other.hours - one.hours);
const isWait = ({ hours }: Wait): boolean => hours >= LEAST_WAIT_HOURS;

function roadOf(past: WorkPast): Road {
  const road = roads.get(past) ?? new Road(past);
  roads.set(past, road);
  return road;
}
const roads = new WeakMap<WorkPast, Road>();

/** The record of a campaign, walked backwards. */
class Road {
  readonly #steps: ReadonlyMap<string, PlacedStep>;
  readonly #waits: Waits;
  readonly #before: ReadonlyMap<string, readonly string[]>;
  /** Steps that mend what was returned. */
  readonly #mends = new Set<string>();
  /** When the first of them began. */
  readonly #begun: Date;
  readonly #calendars = new Map<WorkingTime, WorkingCalendar>();

  constructor(private readonly past: WorkPast) {
    const { workflow, compiled, work, until } = past;
    const times = [...work.values()].flatMap((each) => each.map(({ from }) => from.getTime()));
    this.#begun = new Date(times.reduce((one, other) => Math.min(one, other), until.getTime()));
    this.#steps = new Map(placedSteps(workflow).map((placed) => [`step ${placed.step.key}`, placed]));
    this.#waits = waitsIn(compiled);
    const before = new Map([...this.#waits.direct].map(([name, waits]) => [name, [...waits]]));
    for (const node of walk(compiled.root)) {
      if (node.type !== 'loop') continue;
      const mend = `step ${node.redo.step.key}`;
      this.#mends.add(mend);
      before.set(mend, [`step ${node.review.key}`]);
      for (const each of walk(node.body))
        if (each.type === 'step') before.get(`step ${each.step.key}`)?.push(mend);
    }
    this.#before = before;
  }

  /** From the last time of a part back to the beginning; a part that has not come about is waited for until now. */
  back(name: string): Link[] {
    const { until } = this.past;
    const links: Link[] = [];
    const open: Moment = { name, round: 0, from: until, to: until, isOpen: true, lapsedAt: null };
    let link: Link | null = this.linkOf(this.latest(name, until) ?? open);
    while (link) {
      // Drafts are worked on further while others work with them.
      links.push({ ...link, to: earlier(link.to, links.at(-1)?.from ?? link.to) });
      const { after }: Link = link;
      link = after && !links.some((each) => isSame(each, after)) ? this.linkOf(after) : null;
    }
    return links;
  }

  /** Every time of every part before a launch. */
  all(): Link[] {
    const launches = [...this.#steps].flatMap(([name, { step }]) => (step.kind === 'launch' ? [name] : []));
    return [...this.past.work].flatMap(([name, times]) => {
      const isLaunch = launches.includes(name);
      const before = this.#waits.certain.get(name);
      if (!before || (!isLaunch && launches.some((launch) => before.has(launch)))) return [];
      return times.map((time, round) => this.linkOf(this.momentOf(name, round, time)));
    });
  }

  /** The last time of a part that had begun by then. */
  private latest(name: string, by: Date, rounds = Infinity): Moment | null {
    const times = this.past.work.get(name) ?? [];
    const round = times.findLastIndex(({ from }, at) => from <= by && at < rounds);
    const found = times[round];
    return found ? this.momentOf(name, round, found) : null;
  }

  private momentOf(name: string, round: number, { from, to, lapsedAt }: Worked): Moment {
    const isOpen = lapsedAt !== undefined && to === null;
    return { name, round, from, to: to ?? this.past.until, isOpen, lapsedAt: lapsedAt ?? null };
  }

  private linkOf(moment: Moment): Link {
    const { name, from, round, isOpen } = moment;
    const former = this.latest(name, from, round);
    const found = former ? [former] : [];
    const seen = new Set<string>([name]);
    let isHeldUp = false;
    const visit = (part: string): void => {
      for (const each of this.#before.get(part) ?? []) {
        if (seen.has(each)) continue;
        seen.add(each);
        const isMend = this.#mends.has(each);
        // The first round follows no rework, the second the first.
        if (isMend && round === 0) continue;
        const time = this.latest(each, from, isMend ? round : Infinity);
        if (time) found.push(time);
        else if (!isOpen) visit(each);
        else if (!each.startsWith('step ')) found.push({ ...moment, name: each });
        else isHeldUp ||= !isMend;
      }
    };
    visit(name);
    // A hand-off that was accepted, and a gate that was passed, stay so when an approval behind them lapses.
    for (const each of this.#waits.certain.get(name) ?? []) {
      const time = seen.has(each) ? null : this.latest(each, from);
      if (time?.lapsedAt) found.push(time);
      isHeldUp ||= time?.lapsedAt != null && time.isOpen;
    }
    const ended = found.map((each) => ({ ...each, to: earlier(each.to, from) }));
    const [after = null] = ended.sort((one, other) => other.to.getTime() - one.to.getTime());
    return { ...moment, after, isHeldUp };
  }

  /** From when it could have gone on to when it did; null where nothing is known to come before it. */
  wait(link: Link): Wait | null {
    const { name, round, isOpen } = link;
    const idle = this.idle(link);
    if (idle === null) return null;
    const { kind, key } = partOf(name);
    const hours = idle - this.launching(link);
    const lay = `lay ${shown(hours)} before it was begun${round > 0 ? ' again' : ''}`;
    const again = isOpen ? 'has not been given again for' : 'was given again after';
    const texts = {
      step: link.lapsedAt
        ? `'${key}' ${again} ${shown(hours)}, when what it had seen was another`
        : `'${key}' ${isOpen ? `has lain ${shown(hours)} and is not begun` : lay}`,
      gate: `gate '${key}' ${isOpen ? 'is not passed' : 'was passed'} ${shown(hours)} after all before it was done`,
      handoff: `hand-off '${key}' ${isOpen ? 'is not accepted' : 'was accepted'} ${shown(hours)} after all before it was done`,
    };
    return { kind, key, hours, text: texts[kind] };
  }

  private idle({ name, after, isHeldUp, lapsedAt, from }: Link): number | null {
    if (!after || isHeldUp) return null;
    const ready = [after.to, ...[lapsedAt ?? []].flat(), ...this.notBefore(partOf(name).key)].map((each) =>
      each.getTime(),
    );
    return this.between(name, new Date(Math.max(...ready)), from);
  }

  /** Of a launch only the moment is recorded: its effort comes before that. */
  private launching(link: Link): number {
    const step = this.#steps.get(link.name)?.step;
    if (step?.kind !== 'launch' || !step.effort || link.isOpen) return 0;
    const effort = this.calendarOf(link.name).hoursOf(step.effort.pessimistic);
    return Math.min(this.idle(link) ?? 0, effort);
  }

  /** A launch waits for its plan, and for its distance from another. */
  private notBefore(key: string): Date[] {
    const { workflow, planned } = this.past;
    const gaps = workflow.sequence.flatMap(({ step, after, minGap }) => {
      const [time] = this.past.work.get(`step ${after}`) ?? [];
      return step === key && minGap !== null && time?.to
        ? [new Date(time.to.getTime() + hoursOf(minGap) * HOUR)]
        : [];
    });
    return [...gaps, ...[planned.get(key) ?? []].flat()];
  }

  worked(link: Link): number {
    const { name, from, to } = link;
    return this.#steps.has(name) ? this.between(name, from, to) + this.launching(link) : 0;
  }

  /** What it took beyond its pessimistic effort; of work that was done once more all of it. */
  slip(moment: Link): { readonly hours: number; readonly text: string } | null {
    const step = this.#steps.get(moment.name)?.step;
    if (!step) return null;
    const worked = this.worked(moment);
    const isAgain = moment.round > 0 || this.#mends.has(moment.name);
    const allowed = step.effort?.pessimistic ?? null;
    const within = allowed === null ? worked : this.calendarOf(moment.name).hoursOf(allowed);
    const hours = isAgain ? worked : worked - within;
    if (hours < LEAST_SLIP_HOURS) return null;
    const text = this.#mends.has(moment.name)
      ? `'${step.key}' took ${shown(hours)}, since work was returned`
      : isAgain
        ? `'${step.key}' took ${shown(hours)} once more`
        : `'${step.key}' took ${shown(hours)} longer than ${allowed ?? ''}`;
    return { hours, text };
  }

  /** How long it waited for a step alone from which it takes nothing, after all that it takes something from. */
  needless(link: Link, begun: Date): { readonly hours: number; readonly text: string } | null {
    const step = this.#steps.get(link.name);
    const after = link.round > 0 || !step || this.#mends.has(link.name) ? null : this.stepBehind(link);
    const earlier = after && this.#steps.get(after.name);
    if (!step || !after || !earlier || this.#mends.has(after.name) || this.isTakenFrom(step, earlier))
      return null;
    const taken = [...(this.#waits.certain.get(link.name) ?? [])].flatMap((name) => {
      const [placed, time] = [this.#steps.get(name), this.latest(name, link.from)];
      return placed && time && this.isTakenFrom(step, placed) ? [time.to.getTime()] : [];
    });
    const ready = taken.length > 0 ? new Date(Math.max(...taken)) : begun;
    const hours = this.between(link.name, ready, after.to);
    if (hours < LEAST_WAIT_HOURS) return null;
    const order =
      step.section === earlier.section
        ? `the order of section '${step.section}'`
        : `the order of sections '${earlier.section}' and '${step.section}'`;
    const text = `'${step.step.key}' waited ${shown(hours)} for '${earlier.step.key}' by ${order}: it declares nothing that it takes from it`;
    return { hours, text };
  }

  /** The step that it waited for, also where a hand-off lies between; null behind a gate, which compares what both make. */
  private stepBehind(link: Link): Moment | null {
    let { after } = link;
    while (after?.name.startsWith('handoff ')) ({ after } = this.linkOf(after));
    return after?.name.startsWith('step ') ? after : null;
  }

  /**
   * Whether the later step works on what the earlier one made, or judges or opens what there is; a spoke works on what its hub
   * made, a section on what is handed over to it, and an approval that names nothing clears all that follows. What the same people
   * do, they do one after the other.
   */
  private isTakenFrom(later: PlacedStep, earlier: PlacedStep): boolean {
    const [after, before] = [later.step, earlier.step];
    const made = [...before.produces, ...before.approves];
    return (
      ['approval', 'review', 'launch', 'retrospective'].includes(after.kind) ||
      before.kind === 'brief' ||
      (isJudgement(before) && before.approves.length === 0) ||
      (earlier.lane === 'hub' && later.section === earlier.section) ||
      after.responsible.some((role) => before.responsible.includes(role)) ||
      after.needs.includes(before.key) ||
      made.some((each) => after.derivedFrom.includes(each)) ||
      before.produces.some((each) => after.approves.includes(each)) ||
      this.past.workflow.handoffs.some(
        ({ from, to, payload }) =>
          from === earlier.section && to === later.section && made.some((each) => payload.includes(each)),
      )
    );
  }

  private between(name: string, from: Date, to: Date): number {
    const calendar = this.calendarOf(name);
    const since = (moment: Date) => calendar.worked((moment.getTime() - this.#begun.getTime()) / HOUR);
    return Math.max(0, since(to) - since(from));
  }

  /** One for all who work at the same times: its days take far longer to lay out than to look up. */
  private calendarOf(name: string): WorkingCalendar {
    const time = this.hoursOf(name);
    const calendar = this.#calendars.get(time) ?? new WorkingCalendar(this.#begun, time);
    this.#calendars.set(time, calendar);
    return calendar;
  }

  /** When whoever has to do it works: a gate is evaluated by its approvers or the steward, a hand-off accepted by who goes on with it. */
  private hoursOf(name: string): WorkingTime {
    const { workflow, worksAt } = this.past;
    const { kind, key } = partOf(name);
    const role = {
      step: () => doerOf(this.#steps.get(name)?.step),
      gate: () => gatesOf(workflow).find((gate) => gate.key === key)?.approvers[0] ?? workflow.steward,
      handoff: () => {
        const to = workflow.handoffs.find((handoff) => handoff.key === key)?.to;
        const section = workflow.sections.find((each) => each.key === to);
        const [first] = section ? chainsOf(section) : [];
        return stepsOfBlocks(first?.blocks ?? [])[0]?.accountable;
      },
    }[kind]();
    return (role === undefined ? null : worksAt(role)) ?? ROUND_THE_CLOCK;
  }
}

export const isJudgement = ({ kind }: Step): boolean => kind === 'approval' || kind === 'review';
const doerOf = (step: Step | undefined): string | undefined => step?.responsible[0] ?? step?.accountable;
const isSame = (one: Moment, other: Moment): boolean => one.name === other.name && one.round === other.round;
const earlier = (one: Date, other: Date): Date => (one < other ? one : other);

function partOf(name: string): Part {
  const at = name.indexOf(' ');
  return { kind: name.slice(0, at) as Part['kind'], key: name.slice(at + 1) };
}

const ROUND_THE_CLOCK: WorkingTime = { timezone: null, workingDays: [], workingHours: null, holidays: [] };

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);
const shown = (value: number): string => `${Math.round(value * 10) / 10} h`;
