import { DateTime } from 'luxon';
import type { Absence, Role } from '../../workflow/document.js';
import { type Actor, holdsRole, isSamePerson } from '../actor.js';
import type { Change, NewDelegation } from '../state.js';

/** A delegation that nobody has taken back; it may have run out. */
export interface Delegation extends NewDelegation {
  /** Who handed the role over. */
  readonly by: string;
  readonly at: Date;
}

/** Why somebody is asked. `delegated`: handed over by somebody; `stand-in`: the Team's, for one who is away or does not answer. */
export const REQUEST_RULES = ['default', 'policy', 'delegated', 'stand-in', 'escalated', 'returned'] as const;
export type RequestRule = (typeof REQUEST_RULES)[number];

/** That a role's answer to one thing is asked of somebody; one line of the routing log (R42). */
export interface Request {
  /** The approval, the review, or the launch before which the Policy demands one; null for a hand-off. */
  readonly step: string | null;
  readonly handoff: string | null;
  /** Whether it is the side that hands over which is asked, as the other one has returned it. */
  readonly isReturned: boolean;
  /** The role whose answer it is. */
  readonly role: string;
  /** Who is asked: a role, or the address of a person. */
  readonly asked: string;
  readonly rule: RequestRule;
  /** In words. */
  readonly because: string;
  readonly askedAt: Date;
  /** Null where nothing says how soon. */
  readonly dueAt: Date | null;
  /** When whoever is asked ceases to stand in; null where that has no end. */
  readonly until: Date | null;
}
/** One that is not answered. */
export interface OpenRequest extends Request {
  readonly id: string;
  /** When somebody else was asked instead; null where nobody was. */
  readonly passedAt: Date | null;
}

/** Who there is to ask, and who has been asked, at one moment. */
export interface People {
  readonly now: Date;
  /** Of all Teams; none where no Team is loaded. */
  readonly roles: readonly Role[];
  readonly delegations: readonly Delegation[];
  /** Oldest first. */
  readonly requests: readonly OpenRequest[];
}

const isActive = ({ until }: Pick<Delegation, 'until'>, now: Date): boolean => until === null || until > now;

/** Delegations that bear on a step; null for what is no step. */
export const delegationsOn = (
  { delegations }: Pick<People, 'delegations'>,
  step: string | null,
): Delegation[] => delegations.filter((each) => each.step === null || each.step === step);

/** Those of them that have not run out; one for the step itself comes before one for the whole campaign, a later before an earlier one. */
export const activeOn = (people: Pick<People, 'delegations' | 'now'>, step: string | null): Delegation[] =>
  delegationsOn(people, step)
    .filter((each) => isActive(each, people.now))
    .sort(
      (one, other) =>
        Number(one.step === null) - Number(other.step === null) || other.at.getTime() - one.at.getTime(),
    );

export const isHandedTo = (actor: Actor, { toRole, toPerson }: NewDelegation): boolean =>
  toPerson === null ? holdsRole(actor, toRole ?? '') : isSamePerson(actor.name, toPerson);

/** As what somebody answers for a role. */
export interface Claim {
  readonly forRole: string;
  /** The same, or the role of a stand-in. */
  readonly role: string;
}

/** As what somebody may answer for a role: as one who holds it, as a stand-in, or as one who was asked instead. Null where they may not. */
export function claimOn(
  actor: Actor,
  forRole: string,
  subject: Pick<Request, 'step' | 'handoff'>,
  people: People,
): Claim | null {
  if (holdsRole(actor, forRole)) return { forRole, role: forRole };
  const handed = activeOn(people, subject.step).find(
    (each) => each.role === forRole && isHandedTo(actor, each),
  );
  if (handed) return { forRole, role: handed.toRole ?? forRole };
  const asked = people.requests.find(
    (each) =>
      each.step === subject.step &&
      each.handoff === subject.handoff &&
      each.role === forRole &&
      // What was handed over ends with that, which is looked at above.
      each.rule !== 'delegated' &&
      (isSamePerson(actor.name, each.asked) || holdsRole(actor, each.asked)),
  );
  return asked ? { forRole, role: asked.asked } : null;
}

/** When a role is away at that moment; null where it is there. */
export function absenceOf(role: string, { roles, now }: Pick<People, 'roles' | 'now'>): Absence | null {
  const found = roles.find(({ key }) => key === role);
  const today = DateTime.fromJSDate(now, { zone: found?.timezone ?? 'utc' }).toISODate() ?? '';
  return found?.absences?.find(({ from, to }) => from <= today && today <= to) ?? null;
}

/** The delegations after a change; a later one for the same takes the place of an earlier one. */
export function delegationsAfter(
  delegations: readonly Delegation[],
  change: Change,
  made: { readonly by: string; readonly now: Date },
): readonly Delegation[] {
  if (change.type !== 'delegation' && change.type !== 'delegation-end') return delegations;
  const others = delegations.filter(({ role, step }) => role !== change.role || step !== change.step);
  if (change.type === 'delegation-end') return others;
  const { role, step, toRole, toPerson, reason, until } = change;
  return [...others, { role, step, toRole, toPerson, reason, until, by: made.by, at: made.now }];
}
