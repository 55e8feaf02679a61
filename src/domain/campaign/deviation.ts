import type { DeviationKind } from '../workflow/document.js';
import { accept, type Decision, finish, notRunning, refuse } from './actions.js';
import { type Actor, holdsRole, lacking } from './actor.js';
import { describeMissing } from './progress.js';
import { didYouMean, type Refusal, refusal } from './refusal.js';
import type { Situation } from './situation.js';
import type { Change } from './state.js';

/** What is gone past, why, and who is told. */
export interface Deviation {
  readonly kind: DeviationKind;
  /** Key of the gate, rule or step. */
  readonly key: string;
  readonly rationale: string;
  /** Roles. */
  readonly told: readonly string[];
}

/**
 * Goes past a gate, a rule or a mandatory step, where the Policy lets whoever decides it (R65): with a rationale, and with the roles
 * that are told. A gate or step has to be reached first. Nothing is gone past in a regulated campaign.
 */
export function deviate(situation: Situation, actor: Actor, deviation: Deviation): Decision {
  const { kind, key } = deviation;
  const found = standing(situation, deviation);
  if ('code' in found) return refuse(found);
  const refused =
    lacking(actor, 'contributor') ??
    incomplete(situation, deviation) ??
    notAllowed(situation, actor, deviation);
  if (refused) return refuse(refused);
  const rationale = deviation.rationale.trim();
  return accept(
    { type: 'deviation', kind, key, rationale, told: [...new Set(deviation.told)] },
    ...found.changes,
  );
}

/** What going past it changes; why it cannot be gone past where it is not there, not reached or in nobody's way. */
function standing(situation: Situation, { kind, key }: Deviation): { changes: Change[] } | Refusal {
  const closed = notRunning(situation);
  if (closed) return closed;
  const { workflow, progress } = situation;
  const idle = (why: string) =>
    refusal('NOTHING_TO_DEVIATE', `${kind} '${key}' ${why}: there is nothing to go past`);
  if (kind === 'rule') {
    const rule = workflow.rules.find((each) => each.key === key);
    if (!rule) {
      const known = workflow.rules.map((each) => each.key);
      return refusal(
        'UNKNOWN_RULE',
        `workflow '${workflow.key}' has no rule '${key}'${didYouMean(key, known)}`,
      );
    }
    const isInTheWay = situation.blockedBy(rule.block).some((each) => each.rule === key);
    return isInTheWay ? { changes: [] } : idle('forbids nothing now');
  }
  const part = (kind === 'gate' ? progress.gates : progress.steps).get(key);
  if (!part) {
    const known = (kind === 'gate' ? progress.gates : progress.steps).keys();
    const code = kind === 'gate' ? 'UNKNOWN_GATE' : 'UNKNOWN_STEP';
    return refusal(code, `workflow '${workflow.key}' has no ${kind} '${key}'${didYouMean(key, known)}`);
  }
  if (part.status === 'waiting') {
    const missing = part.missing.map(describeMissing);
    const code = kind === 'gate' ? 'GATE_NOT_REACHED' : 'PREDECESSOR_OPEN';
    const message = `${kind} '${key}' is not reached before ${missing.join(', ')}`;
    return refusal(code, message, { rule: key, missing, askRole: situation.rolesOf(part.missing) });
  }
  if (kind === 'gate')
    return part.status === 'open' || part.status === 'failed'
      ? { changes: [{ type: 'gate', key, status: 'deviated', results: [] }] }
      : idle(`is ${part.status}`);
  const step = progress.steps.get(key)?.part;
  const isOpen = ['ready', 'started', 'escalated'].includes(part.status);
  if (!step || !isOpen) return idle(`is ${part.status}`);
  if (step.kind === 'launch')
    return refusal('WRONG_ACTION', `step '${key}' launches a channel: without it nothing is launched`);
  return { changes: finish(situation, step, 'skipped') };
}

function incomplete(
  { campaign, workflow }: Situation,
  { kind, key, rationale, told }: Deviation,
): Refusal | null {
  const what = `going past ${kind} '${key}' of '${campaign.facts.key}'`;
  if (rationale.trim() === '')
    return refusal('REASON_MISSING', `${what} needs a reason, for whoever finds it later`);
  if (told.every((role) => role.trim() === ''))
    return refusal('REASON_MISSING', `${what} has to be told to somebody`, { askRole: [workflow.steward] });
  return null;
}

function notAllowed(situation: Situation, actor: Actor, { kind, key }: Deviation): Refusal | null {
  const { policy, campaign } = situation;
  const what = `${kind} '${key}'`;
  if (campaign.facts.regulated)
    return refusal(
      'DEVIATION_NOT_ALLOWED',
      `'${campaign.facts.key}' is regulated: nobody may go past ${what}`,
    );
  const allowed = policy.deviations.filter(
    ({ from, when }) => from.includes(kind) && (when === null || situation.holdsFor('step', when)),
  );
  if (allowed.length === 0)
    return refusal('DEVIATION_NOT_ALLOWED', `the policy lets nobody go past ${what} of such a campaign`, {
      rule: policy.key,
    });
  const by = allowed.flatMap((each) => each.by);
  if (by.some((role) => holdsRole(actor, role))) return null;
  const message = `'${actor.name}' may not go past ${what}: it takes the role ${by.join(' or ')}`;
  return refusal('ROLE_MISSING', message, { rule: policy.key, missing: by, askRole: by });
}
