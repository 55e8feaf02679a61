import { WorkingCalendar, type WorkingTime } from '../calendar/working-calendar.js';
import type { Waits } from '../workflow/diff/waits.js';
import { type PlacedStep, placedSteps } from '../workflow/steps.js';
import type { Workflow } from '../workflow/workflow.js';

const HOUR = 3_600_000;
const SHORTEST_HOURS = 0.1;

export interface StepSpan {
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
  /** How often it was returned. */
  readonly round: number;
}
/** When each step was worked on last, by key. */
export type Spans = ReadonlyMap<string, StepSpan>;
/** When a role works; null round the clock. */
export type WorkingTimes = (role: string) => WorkingTime | null;

/** What decided when a step could be done, from the step back to the beginning. */
export interface Delay {
  /** Hours in which something was ready to go on and nobody had begun it. */
  readonly waitingHours: number;
  readonly workingHours: number;
  /** Hours spent waiting for steps from which nothing was needed: work side by side would have saved them. */
  readonly needlessHours: number;
  /** Hours that steps took beyond their pessimistic effort, passed on to all that followed. */
  readonly slipHours: number;
  /** The step that waited the longest; null where none did. */
  readonly longestWait: string | null;
  readonly evidence: readonly string[];
}

interface Finished {
  readonly step: PlacedStep;
  readonly finishedAt: Date;
}
interface Link extends Finished {
  readonly startedAt: Date;
  readonly round: number;
  /** The step whose end it had to wait for. */
  readonly after: Finished | null;
  /** When everything that it takes something from was over. */
  readonly readyAt: Date | null;
}

/**
 * Where the time went before a step was done: along the steps that ended last, each before the next (R82, R87). Hours are
 * working hours of the role that is responsible for the step.
 */
export function delayBefore(
  workflow: Workflow,
  waits: Waits,
  { spans, worksAt }: { readonly spans: Spans; readonly worksAt: WorkingTimes },
  last: string,
): Delay {
  const links = bindingChain(workflow, waits, spans, last);
  const begun = new Date(Math.min(...links.map(({ startedAt }) => startedAt.getTime())));
  const times = links.map((link) => timesOf(link, begun, worksAt));
  const longest = Math.max(0, ...times.map(({ waited }) => waited));
  return {
    waitingHours: sum(times.map(({ waited }) => waited)),
    workingHours: sum(times.map(({ worked }) => worked)),
    needlessHours: Math.max(0, ...times.map(({ needless }) => needless)),
    slipHours: sum(times.map(({ slip }) => slip)),
    longestWait:
      longest > 0
        ? (links[times.findIndex(({ waited }) => waited === longest)]?.step.step.key ?? null)
        : null,
    evidence: times.flatMap((each) => each.evidence),
  };
}

function timesOf(link: Link, begun: Date, worksAt: WorkingTimes) {
  const { after, readyAt, startedAt, finishedAt, round } = link;
  const { step } = link.step;
  const [role = step.accountable] = step.responsible;
  const between = (from: Date, to: Date): number => {
    const elapsed = Math.max(0, (to.getTime() - from.getTime()) / HOUR);
    return new WorkingCalendar(from, worksAt(role) ?? ROUND_THE_CLOCK).worked(elapsed);
  };
  const waited = after ? between(after.finishedAt, startedAt) : 0;
  const worked = between(startedAt, finishedAt);
  const needless =
    after && !isTakenFrom(link.step, after.step) ? between(readyAt ?? begun, after.finishedAt) : 0;
  const allowed = step.effort?.pessimistic ?? null;
  const calendar = new WorkingCalendar(startedAt, worksAt(role) ?? ROUND_THE_CLOCK);
  const over = allowed === null ? 0 : worked - calendar.hoursOf(allowed);
  // Minutes are how clocks go.
  const slip = over < SHORTEST_HOURS ? 0 : over;
  const returned = round > 0 ? `, with ${round} ${round === 1 ? 'return' : 'returns'}` : '';
  const evidence = [
    ...(needless > 0
      ? [
          `'${step.key}' waited ${shown(needless)} for '${after?.step.step.key ?? ''}', of which it takes nothing`,
        ]
      : []),
    ...(slip > 0 ? [`'${step.key}' took ${shown(slip)} longer than ${allowed ?? ''}${returned}`] : []),
    ...(waited > 0 ? [`'${step.key}' lay ${shown(waited)} before it was begun`] : []),
  ];
  return { waited, worked, needless, slip, evidence };
}

function bindingChain(workflow: Workflow, waits: Waits, spans: Spans, last: string): Link[] {
  const steps = new Map(placedSteps(workflow).map((placed) => [placed.step.key, placed]));
  const finished = (keys: readonly string[]): Finished[] =>
    keys.flatMap((key) => {
      const [step, finishedAt] = [steps.get(key), spans.get(key)?.finishedAt];
      return step && finishedAt ? [{ step, finishedAt }] : [];
    });
  const linkOf = (key: string): Link | null => {
    const [found] = finished([key]);
    if (!found) return null;
    const { step, finishedAt } = found;
    const [after = null] = finished(stepsBefore(waits, key)).sort(
      (one, other) => other.finishedAt.getTime() - one.finishedAt.getTime(),
    );
    const taken = finished(certainBefore(waits, key)).filter((each) => isTakenFrom(step, each.step));
    const ready = taken.map((each) => each.finishedAt.getTime());
    const { startedAt, round = 0 } = spans.get(key) ?? {};
    return {
      ...{ step, finishedAt, startedAt: startedAt ?? finishedAt, round, after },
      readyAt: ready.length > 0 ? new Date(Math.max(...ready)) : null,
    };
  };
  const links: Link[] = [];
  for (let link = linkOf(last); link && links.length <= steps.size;) {
    links.push(link);
    link = link.after && linkOf(link.after.step.step.key);
  }
  return links;
}

/**
 * Whether the later step works on what the earlier one made, or judges or opens what there is; a spoke works on what its hub
 * made, and an approval that names nothing clears all that follows. What the same people do, they do one after the other.
 */
function isTakenFrom(later: PlacedStep, earlier: PlacedStep): boolean {
  const [after, before] = [later.step, earlier.step];
  return (
    ['approval', 'review', 'launch', 'retrospective'].includes(after.kind) ||
    before.kind === 'brief' ||
    (['approval', 'review'].includes(before.kind) && before.approves.length === 0) ||
    (earlier.lane === 'hub' && later.section === earlier.section) ||
    after.responsible.some((role) => before.responsible.includes(role)) ||
    after.needs.includes(before.key) ||
    before.approves.some((each) => after.derivedFrom.includes(each)) ||
    before.produces.some((each) => after.derivedFrom.includes(each) || after.approves.includes(each))
  );
}

const ROUND_THE_CLOCK: WorkingTime = { timezone: null, workingDays: [], workingHours: null, holidays: [] };

const stepNames = (names: Iterable<string>): string[] =>
  [...names].flatMap((name) => (name.startsWith('step ') ? [name.slice('step '.length)] : []));
const certainBefore = (waits: Waits, key: string): string[] =>
  stepNames(waits.certain.get(`step ${key}`) ?? []);

/** Steps that come right before it, through gates and hand-offs. */
function stepsBefore(waits: Waits, key: string): string[] {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (name: string): void => {
    for (const each of waits.direct.get(name) ?? []) {
      if (seen.has(each)) continue;
      seen.add(each);
      if (each.startsWith('step ')) found.add(each);
      else visit(each);
    }
  };
  visit(`step ${key}`);
  return stepNames(found);
}

const sum = (values: readonly number[]): number => values.reduce((all, each) => all + each, 0);
const shown = (value: number): string => `${Math.round(value * 10) / 10} h`;
