import { hoursOf, isDuration } from '../duration.js';
import type { Check } from '../workflow/workflow.js';
import { accept, type Decision, notRunning, refuse } from './actions.js';
import { type Actor, holdsRole, lacking } from './actor.js';
import { describeMissing, describeOpen } from './progress.js';
import { didYouMean, refusal } from './refusal.js';
import type { Situation } from './situation.js';
import type { CheckResult } from './state.js';

/** Values of metrics at the moment a gate is evaluated: numbers, or ISO 8601 durations for time metrics. */
export type Measurements = Readonly<Record<string, number | string>>;

/**
 * Evaluates a gate's checks against what was measured, and where nothing was, against what the evaluator states.
 * A check without data fails and says so. A failed gate may be evaluated again.
 */
export function evaluateGate(
  situation: Situation,
  actor: Actor,
  key: string,
  { measured, stated }: { readonly measured: Measurements; readonly stated: Measurements },
): Decision {
  const gate = situation.progress.gates.get(key);
  if (!gate)
    return refuse(
      refusal(
        'UNKNOWN_GATE',
        `workflow '${situation.workflow.key}' has no gate '${key}'${didYouMean(key, situation.progress.gates.keys())}`,
      ),
    );
  const roles = situation.gateRoles(key);
  const closed = notRunning(situation) ?? lacking(actor, 'contributor');
  if (closed) return refuse(closed);
  if (gate.part.approvers.length > 0 && !roles.some((role) => holdsRole(actor, role))) {
    const message = `'${actor.name}' cannot evaluate gate '${key}': it takes the role ${roles.join(' or ')}`;
    return refuse(refusal('ROLE_MISSING', message, { rule: key, missing: roles, askRole: roles }));
  }
  if (gate.status === 'waiting') {
    const missing = gate.missing.map(describeMissing);
    const message = `gate '${key}' is not reached before ${describeOpen(situation.compiled, gate.missing).join(', ')}`;
    return refuse(
      refusal('GATE_NOT_REACHED', message, { rule: key, missing, askRole: situation.rolesOf(gate.missing) }),
    );
  }
  const metrics = gate.part.checks.map((check) => check.metric);
  const [foreign] = Object.keys(stated).filter((metric) => !metrics.includes(metric));
  if (foreign !== undefined) {
    const message = `gate '${key}' does not check '${foreign}'${didYouMean(foreign, metrics)}`;
    return refuse(refusal('INVALID_INPUT', message, { rule: key }));
  }
  const results = gate.part.checks.map((check) => judge(check, measured[check.metric], stated[check.metric]));
  const status = results.every((result) => result.passed) ? 'passed' : 'failed';
  return accept({ type: 'gate', key, status, results });
}

/** In words, what of a gate's checks failed; the answer to whoever evaluated it. */
export const failureOf = (result: CheckResult): string => {
  if (result.value === null) return `${result.metric}: no data`;
  const needs = result.bound === 'at-least' ? 'at least' : 'at most';
  return `${result.metric} is ${result.value}, needs ${needs} ${result.limit}`;
};

export function judge(
  check: Check,
  measured: number | string | undefined,
  stated: number | string | undefined,
): CheckResult {
  const value = measured ?? stated ?? null;
  const isStated = measured === undefined && stated !== undefined;
  return { ...check, value, isStated, passed: value !== null && within(check, value) };
}

function within(check: Check, value: number | string): boolean {
  const [actual, limit] = [amount(value), amount(check.limit)];
  return check.bound === 'at-least' ? actual >= limit : actual <= limit;
}

const amount = (value: number | string): number =>
  typeof value === 'number' ? value : isDuration(value) ? hoursOf(value) : Number.NaN;
