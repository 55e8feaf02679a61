import type { Role } from '../../workflow/document.js';
import { accept, type Decision, notRunning, refuse } from '../actions.js';
import { type Actor, holdsRole, lacking } from '../actor.js';
import { didYouMean, type Refusal, refusal } from '../refusal.js';
import type { Situation } from '../situation.js';
import type { NewDelegation } from '../state.js';
import { type Delegation, delegationsOn, isHandedTo, type People } from './people.js';

const MAX_REASON = 2_000;

/**
 * Hands a role to another one, or to a person, for a campaign or one step of it (R42): by whoever holds the role, or by a steward for
 * somebody who is away. The Team says who may stand in; a stand-in hands nothing on.
 */
export function delegate(situation: Situation, actor: Actor, given: NewDelegation, people: People): Decision {
  const refused =
    notRunning(situation) ??
    unknown(situation, given, people.roles) ??
    incomplete(given, people.now) ??
    notTheirs(actor, given, people) ??
    notThem(actor, given, people);
  return refused ? refuse(refused) : accept({ type: 'delegation', ...given, reason: given.reason.trim() });
}

/** Takes a role back. */
export function endDelegation(
  situation: Situation,
  actor: Actor,
  { role, step }: Pick<NewDelegation, 'role' | 'step'>,
  people: People,
): Decision {
  const closed = notRunning(situation);
  if (closed) return refuse(closed);
  const denied = lacking(actor, 'steward');
  if (denied && !mayGive(actor, role)) {
    const message = `'${actor.name}' cannot take ${role} back: it takes ${role} or a steward`;
    return refuse(refusal('ROLE_MISSING', message, { missing: [role], askRole: [role, 'steward'] }));
  }
  const found = people.delegations.some((each) => each.role === role && each.step === step);
  return accept(...(found ? ([{ type: 'delegation-end', role, step }] as const) : []));
}

const mayGive = (actor: Actor, role: string): boolean =>
  lacking(actor, 'approver') === null && holdsRole(actor, role);

/** Roles that answer for something in a campaign, or in one step of it. */
export function answering(situation: Situation, step: string | null): ReadonlySet<string> {
  const { progress, workflow, policy } = situation;
  const steps = [...progress.steps.values()].filter(({ part }) => step === null || part.key === step);
  return new Set([
    ...steps.flatMap(({ part }) => {
      if (part.kind === 'launch') return policy.approvals.flatMap(({ require }) => require);
      return part.kind === 'approval' || part.kind === 'review'
        ? [...part.responsible, part.accountable]
        : [];
    }),
    ...(step === null
      ? [
          ...[...progress.gates.keys()].flatMap((key) => situation.gateRoles(key)),
          ...workflow.handoffs.flatMap(({ key }) => [
            ...situation.receiversOf(key),
            ...situation.sendersOf(key),
          ]),
        ]
      : []),
  ]);
}

function unknown(situation: Situation, given: NewDelegation, roles: readonly Role[]): Refusal | null {
  const { role, step, toRole } = given;
  const { steps } = situation.progress;
  if (step !== null && !steps.has(step))
    return refusal(
      'UNKNOWN_STEP',
      `workflow '${situation.workflow.key}' has no step '${step}' in the version this campaign is pinned to${didYouMean(step, steps.keys())}`,
    );
  const known = roles.map(({ key }) => key);
  const able = answering(situation, step);
  for (const name of [role, toRole ?? role]) {
    if (known.length === 0 || known.includes(name) || able.has(name)) continue;
    return refusal('UNKNOWN_ROLE', `there is no role '${name}'${didYouMean(name, known)}`);
  }
  if (able.has(role)) return null;
  const where = step === null ? 'of this campaign' : `in step '${step}'`;
  const message = `${role} approves and accepts nothing ${where}, so there is nothing to hand over`;
  return refusal('NOTHING_TO_DELEGATE', message, { rule: step, missing: [...able] });
}

function incomplete({ role, reason, until, toRole, toPerson }: NewDelegation, now: Date): Refusal | null {
  if ((toRole === null) === (toPerson === null))
    return refusal('INVALID_INPUT', 'a role is handed to one role, or to one person');
  if (reason.trim() === '')
    return refusal('REASON_MISSING', `handing over ${role} needs a reason, for whoever finds it later`);
  if (reason.length > MAX_REASON)
    return refusal('INVALID_INPUT', `a reason has at most ${MAX_REASON} characters`);
  if (until !== null && until <= now)
    return refusal('INVALID_INPUT', `${until.toISOString()} is over: a role is handed over until later`);
  return null;
}

/** Only whoever holds a role hands it over, or a steward for them. */
function notTheirs(actor: Actor, { role, step }: NewDelegation, people: People): Refusal | null {
  if (mayGive(actor, role) || lacking(actor, 'steward') === null) return null;
  const handed = delegationsOn(people, step).find((each) => each.role === role && isHandedTo(actor, each));
  if (handed) {
    const message = `'${actor.name}' stands in for ${role} and cannot hand that on: it takes ${role} or a steward`;
    return refusal('DELEGATED_ON', message, { rule: step, missing: [role], askRole: [role, 'steward'] });
  }
  const message = `'${actor.name}' cannot hand over ${role}: it takes the role ${role}, with the permission to approve, or a steward`;
  return refusal('ROLE_MISSING', message, { missing: [role], askRole: [role, 'steward'] });
}

/** Not to oneself, not in a circle, and only to whom the Team lets stand in. */
function notThem(actor: Actor, given: NewDelegation, people: People): Refusal | null {
  const { role, toRole, toPerson } = given;
  if (toRole === role || (toPerson === actor.name && holdsRole(actor, role)))
    return refusal('DELEGATION_TO_SELF', `${role} cannot be handed to itself`, { rule: given.step });
  const circle = toRole === null ? null : circleOf(given, people);
  if (circle) {
    const message = `${toRole ?? ''} is handed over already: ${circle.join(' → ')} would be a circle`;
    return refusal('DELEGATION_LOOP', message, { rule: given.step, missing: [], askRole: [role] });
  }
  const own = people.roles.find(({ key }) => key === role);
  if (!own) return null;
  const standIns = people.roles.filter(({ key }) => own.delegates.includes(key));
  const able =
    toRole === null
      ? [own, ...standIns].some((each) => each.people.includes(toPerson ?? ''))
      : own.delegates.includes(toRole);
  if (able) return null;
  const who =
    own.delegates.length === 0
      ? `nobody but its people${own.people.length > 0 ? ` (${own.people.join(', ')})` : ''}`
      : own.delegates.join(' or ');
  const message = `'${toRole ?? toPerson ?? ''}' may not stand in for ${role}: the team lets ${who}`;
  return refusal('DELEGATE_NOT_ALLOWED', message, { missing: own.delegates, askRole: own.delegates });
}

/** The way from a role back to itself along what is handed over; null where there is none. */
function circleOf({ role, step, toRole }: NewDelegation, { delegations, now }: People): string[] | null {
  const meets = (each: Delegation) =>
    (each.step === null || step === null || each.step === step) && (each.until === null || each.until > now);
  const way = [role];
  for (let next = toRole; next !== null;) {
    way.push(next);
    if (next === role) return way;
    const at = next;
    const further = delegations.find((each) => each.role === at && meets(each))?.toRole ?? null;
    // What goes round without the role is another circle, which there cannot be.
    next = further !== null && way.slice(1).includes(further) ? null : further;
  }
  return null;
}
