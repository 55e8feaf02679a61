import type { DeviationKind } from '../workflow/document.js';
import { accept, type Decision, finish, notRunning, refuse } from './actions.js';
import { type Actor, holdsRole, lacking } from './actor.js';
import { openGaps, ruleOfGap } from './launch-gaps.js';
import { describeMissing, describeOpen, type Missing } from './progress.js';
import { didYouMean, type Refusal, refusal, type RefusalCode } from './refusal.js';
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
 * @param roles that there are; where none are given, any may be told
 * @param now null where only the order of things is judged, so that no gap is in anybody's way
 */
export function deviate(
  situation: Situation,
  actor: Actor,
  deviation: Deviation,
  { roles = [], now = null }: { readonly roles?: readonly string[]; readonly now?: Date | null } = {},
): Decision {
  const { kind, key } = deviation;
  const found = lacking(actor, 'contributor') ?? standing(situation, deviation, now);
  if ('code' in found) return refuse(found);
  const refused =
    incomplete(situation, deviation) ??
    unknownRole(deviation, roles) ??
    notAllowed(situation, actor, deviation);
  if (refused) return refuse(refused);
  const rationale = deviation.rationale.trim();
  return accept(
    {
      type: 'deviation',
      kind,
      key,
      rationale,
      told: [...new Set(deviation.told.filter((role) => role.trim() !== ''))],
    },
    ...found.changes,
  );
}

/** What going past it changes; why it cannot be gone past where it is not there, not reached or in nobody's way. */
function standing(
  situation: Situation,
  { kind, key }: Deviation,
  now: Date | null,
): { changes: Change[] } | Refusal {
  const closed = notRunning(situation);
  if (closed) return closed;
  if (kind === 'rule') return ruleInTheWay(situation, key, now);
  return kind === 'gate' ? openGate(situation, key) : openStep(situation, key);
}

function ruleInTheWay(situation: Situation, key: string, now: Date | null): { changes: Change[] } | Refusal {
  const { rules, sequence } = situation.workflow;
  const gaps = sequence.filter(({ minGap }) => minGap !== null);
  const rule = rules.find((each) => each.key === key);
  const gap = gaps.find((each) => ruleOfGap(each) === key);
  if (!rule && !gap) {
    const known = [...rules.map((each) => each.key), ...gaps.map(ruleOfGap)];
    return unknown(situation, 'UNKNOWN_RULE', `rule '${key}'`, didYouMean(key, known));
  }
  const inTheWay = [
    ...(rule ? situation.blockedBy(rule.block) : []),
    ...(gap && now ? openGaps(situation, gap.step, now) : []),
  ];
  const isInTheWay = inTheWay.some((each) => each.rule === key);
  return isInTheWay ? { changes: [] } : idle(`rule '${key}' forbids nothing now`);
}

function openGate(situation: Situation, key: string): { changes: Change[] } | Refusal {
  const { gates } = situation.progress;
  const gate = gates.get(key);
  if (!gate) return unknown(situation, 'UNKNOWN_GATE', `gate '${key}'`, didYouMean(key, gates.keys()));
  const { status, missing } = gate;
  if (status === 'waiting') return notReached(situation, 'GATE_NOT_REACHED', { kind: 'gate', key }, missing);
  if (status !== 'open' && status !== 'failed') return idle(`gate '${key}' is ${status}`);
  return { changes: [{ type: 'gate', key, status: 'deviated', results: [] }] };
}

function openStep(situation: Situation, key: string): { changes: Change[] } | Refusal {
  const { steps } = situation.progress;
  const step = steps.get(key);
  if (!step) return unknown(situation, 'UNKNOWN_STEP', `step '${key}'`, didYouMean(key, steps.keys()));
  const { part, status, missing } = step;
  if (status === 'waiting') return notReached(situation, 'PREDECESSOR_OPEN', { kind: 'step', key }, missing);
  if (!['ready', 'started', 'escalated'].includes(status)) return idle(`step '${key}' is ${status}`);
  if (part.kind === 'launch')
    return refusal('WRONG_ACTION', `step '${key}' launches a channel: without it nothing is launched`);
  return { changes: finish(situation, part, 'skipped') };
}

const idle = (why: string): Refusal => refusal('NOTHING_TO_DEVIATE', `${why}: there is nothing to go past`);

const unknown = ({ workflow }: Situation, code: RefusalCode, what: string, meant: string): Refusal =>
  refusal(code, `workflow '${workflow.key}' has no ${what}${meant}`);

function notReached(
  situation: Situation,
  code: RefusalCode,
  { kind, key }: Pick<Deviation, 'kind' | 'key'>,
  open: readonly Missing[],
): Refusal {
  const missing = open.map(describeMissing);
  const message = `${kind} '${key}' is not reached before ${describeOpen(situation.compiled, open).join(', ')}`;
  return refusal(code, message, { rule: key, missing, askRole: situation.rolesOf(open) });
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

/** Who is to be told has to be there, where a Team says who is. */
function unknownRole({ told }: Deviation, roles: readonly string[]): Refusal | null {
  const wrong = told.find((role) => role.trim() !== '' && roles.length > 0 && !roles.includes(role));
  return wrong === undefined
    ? null
    : refusal('UNKNOWN_ROLE', `there is no role '${wrong}'${didYouMean(wrong, roles)}`);
}

function notAllowed(situation: Situation, actor: Actor, { kind, key }: Deviation): Refusal | null {
  const { policy, campaign } = situation;
  const what = `${kind} '${key}'`;
  if (campaign.facts.regulated)
    return refusal(
      'DEVIATION_NOT_ALLOWED',
      `'${campaign.facts.key}' is regulated: nobody may go past ${what}`,
    );
  const by = situation.decidersOn(kind);
  if (by.length === 0)
    return refusal('DEVIATION_NOT_ALLOWED', `the policy lets nobody go past ${what} of such a campaign`, {
      rule: policy.key,
    });
  if (by.some((role) => holdsRole(actor, role))) return null;
  const message = `'${actor.name}' may not go past ${what}: it takes the role ${by.join(' or ')}`;
  return refusal('ROLE_MISSING', message, { rule: policy.key, missing: by, askRole: by });
}
