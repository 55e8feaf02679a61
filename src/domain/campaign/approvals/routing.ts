import { WorkingCalendar } from '../../calendar/working-calendar.js';
import { CannotCalculate } from '../../cannot-calculate.js';
import type { Role } from '../../workflow/document.js';
import type { Wanted } from './asked.js';
import {
  absenceOf,
  activeOn,
  type OpenRequest,
  type People,
  type Request,
  type RequestRule,
} from './people.js';

/** What becomes of the routing log. */
export interface Routed {
  /** Further lines, in their order. */
  readonly asked: readonly Request[];
  /** Lines whose answer is there, or is not wanted any more. */
  readonly answered: readonly OpenRequest[];
  /** Lines after which somebody else is asked; or nobody, where there is nobody left. */
  readonly passed: readonly Passed[];
}
export interface Passed {
  readonly request: OpenRequest;
  /** Null where there is nobody left to ask. */
  readonly next: Request | null;
  /** Whether the answer is late. */
  readonly isLate: boolean;
}

/**
 * Who is asked for every answer that is wanted, by what has been asked so far (R42): the role itself, or who stands in for it while it
 * is away; when the answer does not come in time, first a stand-in whom the Team names, then who is accountable, then the steward.
 * A function of what is wanted, of Team, delegations and log, and of the time: asking again changes nothing.
 */
export function routing(wanted: readonly Wanted[], people: People): Routed {
  const { requests } = people;
  const first: Request[] = [];
  const passed: Passed[] = [];
  for (const one of wanted) {
    const log = requests.filter((each) => isOf(each, one));
    const last = log.at(-1);
    if (!last) first.push(firstFor(one, people));
    else passed.push(...onwards(one, log, last, people));
  }
  return {
    asked: [...first, ...passed.flatMap(({ next }) => next ?? [])],
    answered: requests.filter((each) => !wanted.some((one) => isOf(each, one))),
    passed,
  };
}

const isOf = (one: Wanted | Request, other: Wanted): boolean =>
  one.step === other.step &&
  one.handoff === other.handoff &&
  one.isReturned === other.isReturned &&
  one.role === other.role;

function onwards(wanted: Wanted, log: readonly OpenRequest[], last: OpenRequest, people: People): Passed[] {
  const { now } = people;
  const handed = handedOver(wanted, people);
  const isHanded = last.rule === 'delegated';
  const isRaised = last.rule === 'stand-in' || last.rule === 'escalated';
  if (handed && handed.asked !== last.asked && (!isRaised || handed.at >= last.askedAt))
    return [{ request: last, next: ask(wanted, people, handed), isLate: false }];
  if (handed && isHanded && handed.until?.getTime() !== last.until?.getTime())
    // For longer, or less long: that gives nobody more time to answer.
    return [{ request: last, next: { ...ask(wanted, people, handed), dueAt: last.dueAt }, isLate: false }];
  if (isHanded && !handed) {
    const because = `${last.asked} stands in no more`;
    const next = ask(wanted, people, { asked: wanted.role, rule: 'default', because });
    return [{ request: last, next, isLate: false }];
  }
  if (last.passedAt !== null || last.dueAt === null || last.dueAt > now) return [];
  const because = `${last.asked} has not answered by ${last.dueAt.toISOString()}`;
  const choice = instead(wanted, log, people);
  const next = choice && ask(wanted, people, { ...choice, because });
  return [{ request: last, next, isLate: true }];
}

interface Choice {
  readonly asked: string;
  readonly rule: RequestRule;
  readonly because: string;
  readonly until?: Date | null;
}

/** To whom the role was handed last; null where it was not, or has come back. */
function handedOver({ role, step }: Wanted, people: People): (Choice & { readonly at: Date }) | null {
  const found = activeOn(people, step).find((each) => each.role === role);
  if (!found) return null;
  const { by, at, until, reason, toPerson, toRole } = found;
  const because = `${role} was handed over by ${by}: ${reason}`;
  return { asked: toPerson ?? toRole ?? role, rule: 'delegated', because, until, at };
}

/** The role itself; who stands in for it where it is handed over or away; who is above it where nobody stands in. */
function firstFor(wanted: Wanted, people: People): Request {
  const { role, rule, because } = wanted;
  const handed = handedOver(wanted, people);
  if (handed) return ask(wanted, people, handed);
  const absence = absenceOf(role, people);
  if (!absence) return ask(wanted, people, { asked: role, rule, because });
  const next = instead(wanted, [], people) ?? { asked: role, rule };
  return ask(wanted, people, { ...next, because: `${role} is away until ${absence.to}` });
}

/** The first who was not asked and is there: a stand-in where none was asked yet, then those above. */
function instead(
  wanted: Wanted,
  log: readonly OpenRequest[],
  people: People,
): Omit<Choice, 'because'> | null {
  const asked = new Set([wanted.role, ...log.map((each) => each.asked)]);
  const isThere = (role: string) => !asked.has(role) && absenceOf(role, people) === null;
  const isRaised = log.some(({ rule }) => rule === 'escalated');
  const isTried = isRaised || log.some(({ rule }) => rule === 'stand-in');
  const standIns = people.roles.find(({ key }) => key === wanted.role)?.delegates ?? [];
  const standIn = isTried ? undefined : standIns.find(isThere);
  if (standIn !== undefined) return { asked: standIn, rule: 'stand-in' };
  const above = wanted.above.find(isThere);
  return above === undefined ? null : { asked: above, rule: 'escalated' };
}

function ask(
  { step, handoff, isReturned, role, within }: Wanted,
  { now, roles }: People,
  { asked, rule, because, until = null }: Choice,
): Request {
  const calendar = roles.find(({ key }) => key === asked) ?? roles.find(({ key }) => key === role);
  const dueAt = within === null ? null : dueIn(within, now, calendar);
  return { step, handoff, isReturned, role, asked, rule, because, askedAt: now, dueAt, until };
}

/** When so much working time of a role is over; a role without hours works round the clock (R88). Null where that is never. */
export function dueIn(within: string, from: Date, role: Role | undefined): Date | null {
  try {
    const calendar = new WorkingCalendar(from, role ?? ROUND_THE_CLOCK);
    return new Date(from.getTime() + calendar.finish(0, calendar.hoursOf(within)) * 3_600_000);
  } catch (error) {
    // Further away than any calendar goes is never.
    if (error instanceof CannotCalculate) return null;
    throw error;
  }
}
const ROUND_THE_CLOCK = { timezone: null, workingDays: [], workingHours: null, holidays: [] };
