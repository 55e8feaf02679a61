import { quorumOf } from '../../workflow/steps.js';
import type { Step } from '../../workflow/workflow.js';
import { accept, type Decision, finish, notOpen, openStep, refuse, returnWork } from '../actions.js';
import { type Actor, holdsRole, isSamePerson, lacking } from '../actor.js';
import type { StepProgress } from '../progress.js';
import { type Refusal, refusal } from '../refusal.js';
import type { Situation } from '../situation.js';
import type { Change } from '../state.js';
import { givenOn, openDemands } from './demands.js';
import type { Author } from './duties.js';
import { type Claim, claimOn, delegationsOn, isHandedTo, type People } from './people.js';
import { sign, type SignatureMeaning } from './signature.js';

export interface Judgement {
  readonly step: string;
  readonly comment: string | null;
  /** What is said with a signature; null where nothing is signed. */
  readonly meaning?: SignatureMeaning | null;
}
/** What there is to see when it is approved, and what its approver says to have seen. */
export interface Seen {
  /** SHA-256 of what is there now. */
  readonly hash: string;
  /** The same of what was looked at; null where nobody says. */
  readonly given: string | null;
  /** What has changed between the two, by whom and when, in words; empty where they are the same. */
  readonly since: string;
  readonly authors: readonly Author[];
}

/**
 * Approves what a step looks at, in one of the roles whose approval it takes (R46), or before a launch what the Policy demands (R40).
 * Nobody approves their own work (R41), nobody the same twice, and nobody what has become something else meanwhile. The step is
 * done when enough have approved (R38).
 */
export function approve(
  situation: Situation,
  actor: Actor,
  { step: key, comment, meaning = null }: Judgement,
  { seen, people }: { readonly seen: Seen; readonly people: People },
): Decision {
  const found = judged(situation, actor, key, 'approve', people);
  if ('code' in found) return refuse(found);
  const { step, claim, status } = found;
  const [blocked, ...others] = situation.blockedBy(...forbidding(step, status));
  if (blocked) return refuse(blocked, ...others);
  const given = givenOn(situation, key);
  const refused =
    approvedBefore(given, actor, { key, asked: askedNow(situation, { part: step, status, missing: [] }) }) ??
    ownWork(seen.authors, actor, step, claim.forRole) ??
    somethingElse(seen, step);
  if (refused) return refuse(refused);
  const signed = sign(actor, situation.campaign.facts.regulated, {
    ...{ step: key, meaning, contentHash: seen.hash, now: people.now },
  });
  if ('code' in signed) return refuse(signed);
  const approval: Change = {
    ...{ type: 'approval', step: key, decision: 'approved', comment, actor: actor.name },
    ...{ ...claim, round: situation.state.steps.get(key)?.round ?? 0, contentHash: seen.hash },
    ...signed,
  };
  const roles = new Set([...given.map(({ forRole }) => forRole), claim.forRole]);
  const isEnough =
    status === 'escalated' || (step.kind !== 'launch' && stillNeeded(step, roles).length === 0);
  return accept(approval, ...(isEnough ? finish(situation, step) : []));
}

/** What a rule may forbid of an approval: to begin it, as long as nobody has, and to end it. A launch has its own rules. */
export const forbidding = ({ key, kind }: Step, status: StepProgress['status']): string[] =>
  kind === 'launch' ? [] : [...(status === 'ready' ? [`start:${key}`] : []), `complete:${key}`];

/** Returns work for rework; past the allowed number of returns it escalates to the accountable role (R17). */
export function reject(
  situation: Situation,
  actor: Actor,
  { step: key, comment, meaning = null }: Judgement,
  { seen, people }: { readonly seen: Pick<Seen, 'hash'>; readonly people: People },
): Decision {
  const found = judged(situation, actor, key, 'reject', people);
  if ('code' in found) return refuse(found);
  const { step, claim } = found;
  if (step.kind === 'launch') {
    const message = `step '${key}' launches a channel: what the policy demands is approved, or not`;
    return refuse(refusal('WRONG_ACTION', message));
  }
  const round = situation.state.steps.get(key)?.round ?? 0;
  const signed = sign(actor, situation.campaign.facts.regulated, {
    ...{ step: key, meaning, contentHash: seen.hash, now: people.now },
  });
  if ('code' in signed) return refuse(signed);
  const judgement: Change = {
    ...{ type: 'approval', step: key, decision: 'rejected', comment, actor: actor.name },
    ...{ ...claim, round, ...signed },
  };
  return returnWork(situation, step, judgement);
}

/** Roles of which one at least still has to approve a step; none where enough have. */
export function stillNeeded(step: Step, given: ReadonlySet<string>): readonly string[] {
  const quorum = quorumOf(step);
  const wanted = quorum?.type === 'named' ? quorum.roles : step.responsible;
  const count = quorum === null ? 1 : quorum.type === 'at-least' ? quorum.count : new Set(wanted).size;
  const open = wanted.filter((role) => !given.has(role));
  return wanted.filter((role) => given.has(role)).length >= count ? [] : open;
}

/** Whose approval a step takes now. */
export function askedNow(situation: Situation, { part, status }: StepProgress): readonly string[] {
  if (status === 'escalated') return [part.accountable];
  if (part.kind === 'launch')
    return [...new Set(openDemands(situation, part.channel ?? '').flatMap(({ missing }) => missing))];
  return stillNeeded(part, new Set(givenOn(situation, part.key).map(({ forRole }) => forRole)));
}

interface Judged {
  readonly step: Step;
  readonly status: StepProgress['status'];
  readonly claim: Claim;
}

function judged(
  situation: Situation,
  actor: Actor,
  key: string,
  action: 'approve' | 'reject',
  people: People,
): Judged | Refusal {
  const found = openStep(situation, key);
  if ('code' in found) return found;
  const step = found.part;
  if (step.kind !== 'approval' && step.kind !== 'review' && step.kind !== 'launch')
    return refusal('WRONG_ACTION', `step '${key}' is a ${step.kind}, which nobody approves or rejects`);
  // What the Policy demands is demanded of what is sent after the launch too.
  const isLaunched = step.kind === 'launch' && found.status === 'done';
  const denied = lacking(actor, 'approver') ?? (isLaunched ? null : notOpen(situation, found));
  if (denied) return denied;
  const roles = askedNow(situation, found);
  if (roles.length === 0)
    return refusal(
      'WRONG_ACTION',
      `step '${key}' launches '${step.channel ?? ''}', and no further approval is demanded of it`,
    );
  const [claim] = roles.flatMap((role) => claimOn(actor, role, { step: key, handoff: null }, people) ?? []);
  return claim
    ? { step, claim, status: found.status }
    : (approvedAlready(situation, actor, step) ?? notEntitled(actor, { key, action, roles }, people));
}

/** A role whose approval is there need not give it again; the others are waited for. */
function approvedAlready(situation: Situation, actor: Actor, step: Step): Refusal | null {
  const given = givenOn(situation, step.key);
  const own = given.find(
    ({ forRole, actor: by }) => isSamePerson(by, actor.name) || holdsRole(actor, forRole),
  );
  if (!own) return null;
  const missing = askedNow(situation, { part: step, status: 'ready', missing: [] });
  const message = `${own.forRole} has approved '${step.key}' already; it waits for ${missing.join(' or ')}`;
  return refusal('ALREADY_APPROVED', message, { missing, askRole: missing });
}

function approvedBefore(
  given: readonly { readonly actor: string; readonly forRole: string }[],
  actor: Actor,
  { key, asked: others }: { readonly key: string; readonly asked: readonly string[] },
): Refusal | null {
  const before = given.find((each) => isSamePerson(each.actor, actor.name));
  if (!before) return null;
  const message = `'${actor.name}' has approved '${key}' already, as ${before.forRole}; it takes another person for ${others.join(' or ')}`;
  return refusal('ALREADY_APPROVED', message, { missing: others, askRole: others });
}

function ownWork(authors: readonly Author[], actor: Actor, step: Step, role: string): Refusal | null {
  const did = authors.filter((each) => isSamePerson(each.actor, actor.name)).map((each) => each.did);
  const [first] = did;
  if (first === undefined) return null;
  const more = did.length > 1 ? ` and ${did.length - 1} more` : '';
  const message = `'${actor.name}' ${first}${more}, and nobody approves their own work: '${step.key}' takes somebody else who speaks for ${role}`;
  return refusal('SELF_APPROVAL', message, { rule: step.key, missing: [role], askRole: [role] });
}

function somethingElse({ hash, given, since }: Seen, { key }: Step): Refusal | null {
  if (given === null || given === hash) return null;
  const message = `what '${key}' looks at is not what was looked at: ${since}. Look again, then approve`;
  const missing = [`contentHash of the step '${key}', which is ${hash} now`];
  return refusal('CONTENT_CHANGED', message, { rule: key, missing });
}

interface Wanted {
  /** Of the step or hand-off. */
  readonly key: string;
  readonly action: string;
  readonly roles: readonly string[];
}

/** Why somebody may not answer for any of the roles: never, not any more, or since they stand in for a stand-in only. */
export function notEntitled(
  actor: Actor,
  { key, action, roles }: Wanted,
  people: People,
  step: string | null = key,
): Refusal {
  const handed = delegationsOn(people, step);
  const ended = handed.find(
    (each) =>
      roles.includes(each.role) && each.until !== null && each.until <= people.now && isHandedTo(actor, each),
  );
  if (ended?.until) {
    const message = `${ended.role} was handed to '${ended.toPerson ?? ended.toRole ?? ''}' until ${ended.until.toISOString()}, which is over`;
    return refusal('DELEGATION_ENDED', message, { rule: key, missing: roles, askRole: [ended.role] });
  }
  const standIns = handed.filter((each) => roles.includes(each.role) && each.toRole !== null);
  const further = handed.find(
    (each) => standIns.some(({ toRole }) => toRole === each.role) && isHandedTo(actor, each),
  );
  if (further) {
    const { role = '' } = standIns.find(({ toRole }) => toRole === further.role) ?? {};
    const message = `${further.role} stands in for ${role} at '${key}' and cannot hand that on: it takes ${further.role} or ${role}`;
    return refusal('DELEGATED_ON', message, { rule: key, missing: [role], askRole: [further.role, role] });
  }
  const message = `'${actor.name}' cannot ${action} '${key}': it takes the role ${roles.join(' or ')}`;
  return refusal('ROLE_MISSING', message, { missing: roles, askRole: roles });
}
