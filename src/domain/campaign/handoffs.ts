import { waitsIn } from '../workflow/diff/waits.js';
import type { ProgressFacts } from '../workflow/expression.js';
import { stepsOf } from '../workflow/steps.js';
import type { Handoff } from '../workflow/workflow.js';
import { accept, type Decision, notRunning, refuse } from './actions.js';
import { type Actor, holdsRole, lacking } from './actor.js';
import { notEntitled, type Seen } from './approvals/approve.js';
import { claimOn, type People } from './approvals/people.js';
import { hubsOf } from './brief.js';
import { describeMissing, describeOpen, type HandoffProgress } from './progress.js';
import { didYouMean, type Refusal, refusal } from './refusal.js';
import type { Situation } from './situation.js';

const MAX_REASON = 2_000;

/** What there is to take over, and what the receiving side says to have looked at. */
type TakenOver = Omit<Seen, 'authors'>;

/**
 * Accepts a hand-off on behalf of the receiving side, once its payload is there and verified (R11, R12, R45). That is of what there is to
 * see: when it changes, the hand-off is open again (`reopenedHandoffs`).
 * @param people who stands in for whom; without them only the roles themselves accept
 * @param seen what is taken over; without it nobody notes that
 */
export function acceptHandoff(
  situation: Situation,
  actor: Actor,
  key: string,
  people?: People,
  seen?: TakenOver,
): Decision {
  const found = handoffOf(situation, actor, key);
  if ('code' in found) return refuse(found);
  const denied = notOneOf(actor, 'accept', key, situation.receiversOf(key), people);
  if (denied) return refuse(denied);
  const refused =
    notReached(situation, found) ?? returned(situation, found) ?? (seen && somethingElse(seen, key));
  if (refused) return refuse(refused);
  // What was accepted is what there is, else it would be open again.
  if (found.status === 'accepted') return accept();
  const missing = lackedBy(situation, found.part);
  if (missing.length === 0)
    return accept({ type: 'handoff', key, actor: actor.name, ...(seen && { contentHash: seen.hash }) });
  const message = `hand-off '${key}' lacks ${missing.join(', ')}`;
  const askRole = missing.flatMap((item) => whoHas(situation, key, item));
  return refuse(refusal('HANDOFF_INCOMPLETE', message, { rule: key, missing, askRole }));
}

/** Sends a hand-off back, with a reason; it waits until the other side offers it again. */
export function returnHandoff(
  situation: Situation,
  actor: Actor,
  { handoff: key, reason }: { readonly handoff: string; readonly reason: string },
  people: People,
): Decision {
  const found = handoffOf(situation, actor, key);
  if ('code' in found) return refuse(found);
  const refused =
    notOneOf(actor, 'return', key, situation.receiversOf(key), people) ??
    notReached(situation, found) ??
    accepted(found) ??
    returned(situation, found) ??
    noReason(key, reason);
  return refused ? refuse(refused) : accept({ type: 'return', handoff: key, reason: reason.trim() });
}

/** Offers a returned hand-off again, on behalf of the side that hands over. */
export function offerHandoff(situation: Situation, actor: Actor, key: string, people: People): Decision {
  const found = handoffOf(situation, actor, key);
  if ('code' in found) return refuse(found);
  const refused =
    notOneOf(actor, 'offer', key, situation.sendersOf(key), people) ??
    notReached(situation, found) ??
    accepted(found);
  if (refused) return refuse(refused);
  return found.status === 'returned' ? accept({ type: 'offer', handoff: key }) : accept();
}

function handoffOf(situation: Situation, actor: Actor, key: string): HandoffProgress | Refusal {
  const { handoffs } = situation.progress;
  const found = handoffs.get(key);
  const message = `workflow '${situation.workflow.key}' has no hand-off '${key}'${didYouMean(key, handoffs.keys())}`;
  if (!found) return refusal('UNKNOWN_HANDOFF', message);
  return notRunning(situation) ?? lacking(actor, 'contributor') ?? found;
}

function notOneOf(
  actor: Actor,
  action: 'accept' | 'return' | 'offer',
  key: string,
  roles: readonly string[],
  people: People | undefined,
): Refusal | null {
  const subject = { step: null, handoff: key };
  const mayAct = (role: string) =>
    people ? claimOn(actor, role, subject, people) !== null : holdsRole(actor, role);
  if (roles.some(mayAct)) return null;
  const denied = people && notEntitled(actor, { key, action: `${action} hand-off`, roles }, people, null);
  if (denied && denied.code !== 'ROLE_MISSING') return denied;
  const message = `'${actor.name}' cannot ${action} hand-off '${key}': it takes the role ${roles.join(' or ')}`;
  return refusal('ROLE_MISSING', message, { rule: key, missing: roles, askRole: roles });
}

function notReached(situation: Situation, { part, status, missing: open }: HandoffProgress): Refusal | null {
  if (status !== 'waiting') return null;
  const missing = open.map(describeMissing);
  const message = `hand-off '${part.key}' is not reached before ${describeOpen(situation.compiled, open).join(', ')}`;
  return refusal('HANDOFF_NOT_REACHED', message, {
    ...{ rule: part.key, missing },
    askRole: situation.rolesOf(open),
  });
}

function returned(situation: Situation, { part: { key }, status }: HandoffProgress): Refusal | null {
  if (status !== 'returned') return null;
  const message = `hand-off '${key}' was returned: ${situation.state.returned?.get(key) ?? ''}`;
  const missing = [`offer ${key} again`];
  return refusal('HANDOFF_RETURNED', message, { rule: key, missing, askRole: situation.sendersOf(key) });
}

const accepted = ({ part: { key }, status }: HandoffProgress): Refusal | null =>
  status === 'accepted' ? refusal('HANDOFF_ACCEPTED', `hand-off '${key}' is accepted`, { rule: key }) : null;

function noReason(key: string, reason: string): Refusal | null {
  if (reason.trim() === '')
    return refusal('REASON_MISSING', `returning hand-off '${key}' needs a reason, for whoever is to mend it`);
  if (reason.length > MAX_REASON)
    return refusal('INVALID_INPUT', `a reason has at most ${MAX_REASON} characters`);
  return null;
}

function somethingElse({ hash, given, since }: TakenOver, key: string): Refusal | null {
  if (given === null || given === hash) return null;
  const message = `what hand-off '${key}' takes over is not what was looked at: ${since}. Look again, then accept`;
  const missing = [`contentHash of the hand-off '${key}', which is ${hash} now`];
  return refusal('CONTENT_CHANGED', message, { rule: key, missing });
}

/** What of its payload, and of what it verifies, is not there. */
export const lackedBy = (situation: Situation, handoff: Handoff): string[] => [
  ...missingPayload(situation, handoff),
  ...failedVerifications(situation, handoff),
];

/** Who sees to something that a hand-off lacks: of a field that a hub owns its owners, of all else whoever hands over. */
function whoHas(situation: Situation, key: string, item: string): readonly string[] {
  const owners = hubsOf(situation.workflow).flatMap((hub) => (hub.owns.includes(item) ? hub.owners : []));
  const senders = situation.sendersOf(key);
  return owners.length > 0 ? owners : senders.length > 0 ? senders : [situation.workflow.steward];
}

function missingPayload(situation: Situation, handoff: Handoff): string[] {
  const { artefacts } = situation;
  return handoff.payload.filter((item) => !artefacts.has(item) && isEmpty(situation.campaign.brief[item]));
}

/** @param progress what has happened; where it is given, as conditions are to take it */
export function failedVerifications(
  situation: Situation,
  handoff: Handoff,
  progress: ProgressFacts = situation.progressFacts,
): string[] {
  const facts = before(handoff, situation, progress);
  return handoff.verify.flatMap((verification): string[] => {
    if (verification.type === 'cel') {
      return situation.holdsFor('rule', verification.expression, facts)
        ? []
        : [`condition ${verification.expression}`];
    }
    switch (verification.name) {
      case 'payload-complete':
        return [];
      case 'brief-complete':
        return ownedFields(situation)
          .filter((field) => isEmpty(situation.campaign.brief[field]))
          .filter((field) => !handoff.payload.includes(field));
      case 'approvals-complete':
        return [...situation.progress.steps.values()]
          .filter(
            ({ part, status }) => part.kind === 'approval' && status !== 'done' && !status.startsWith('not'),
          )
          .filter(({ part }) => part.approves.some((artefact) => handoff.payload.includes(artefact)))
          .map(({ part }) => `approval ${part.key}`);
    }
  });
}

/**
 * What had happened before a hand-off: what waits for it is not done yet. Else one that is opened again could not be accepted any more
 * where it verifies that something behind it is still to come.
 */
function before({ key }: Handoff, { workflow, compiled }: Situation, progress: ProgressFacts): ProgressFacts {
  const { certain } = waitsIn(compiled);
  const isBehind = (name: string): boolean => certain.get(name)?.has(`handoff ${key}`) === true;
  const launches = (channel: string) => stepsOf(workflow).filter((step) => step.channel === channel);
  return {
    approved: (artefact) => progress.approved(artefact),
    done: (step) => !isBehind(`step ${step}`) && progress.done(step),
    passed: (gate) => !isBehind(`gate ${gate}`) && progress.passed(gate),
    accepted: (handoff) => !isBehind(`handoff ${handoff}`) && progress.accepted(handoff),
    launched: (channel) =>
      !launches(channel).some((step) => isBehind(`step ${step.key}`)) && progress.launched(channel),
  };
}

const ownedFields = ({ workflow }: Situation): string[] =>
  workflow.sections.flatMap((section) => (section.model === 'hub-and-spoke' ? section.hub.owns : []));

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
