import { readExpression } from '../../workflow/expression.js';
import type { Policy } from '../../workflow/document.js';
import type { Step } from '../../workflow/workflow.js';
import { type Refusal, refusal } from '../refusal.js';
import type { Situation } from '../situation.js';
import type { GivenApproval } from '../state.js';
import { covers, scopeOf } from './scope.js';

type Demand = Policy['approvals'][number];

/** Approvals of a step that hold: of its present round. */
export const givenOn = ({ state }: Situation, step: string): GivenApproval[] =>
  (state.approvals ?? []).filter(
    (each) => each.step === step && each.round === (state.steps.get(step)?.round ?? 0),
  );

/** What the Policy still demands before a launch on a channel: by demand, the roles that have not approved (R40). */
export function openDemands(
  situation: Situation,
  channel: string,
): { readonly demand: Demand; readonly missing: readonly string[] }[] {
  return situation.demandsOn(channel).flatMap((demand) => {
    const given = rolesGiven(situation, channel, demand);
    const missing = demand.require.filter((role) => !given.has(role));
    return missing.length === 0 ? [] : [{ demand, missing }];
  });
}

/** A demand that asks about the channel is met only by who has seen what the channel publishes. */
function rolesGiven(situation: Situation, channel: string, { when }: Demand): ReadonlySet<string> {
  const { workflow, compiled, progress, state } = situation;
  const steps = [...progress.steps.values()];
  if (!state.approvals)
    return new Set(
      steps
        .filter(({ part, status }) => part.kind === 'approval' && status === 'done')
        .flatMap(({ part }) => part.responsible),
    );
  const hasToSee = readExpression('demand', when).asks.some((each) => each.startsWith('channel.'));
  const counts = (step: Step): boolean =>
    step.kind === 'launch'
      ? step.channel === channel
      : step.kind === 'approval' && (!hasToSee || covers(scopeOf({ workflow, compiled }, step), channel));
  return new Set(
    steps.flatMap(({ part }) =>
      counts(part) ? givenOn(situation, part.key).map(({ forRole }) => forRole) : [],
    ),
  );
}

/** Why a channel may not be opened yet. */
export function demandedApprovals(situation: Situation, channel: string): Refusal[] {
  const { key } = situation.policy;
  return openDemands(situation, channel).map(({ demand, missing }) => {
    const where = readExpression('demand', demand.when).asks.some((each) => each.startsWith('channel.'))
      ? `the launch on '${channel}'`
      : 'any launch';
    const message = `where ${demand.when}, the policy demands approval by ${missing.join(' and ')} before ${where}`;
    return refusal('APPROVAL_MISSING', message, { rule: key, missing, askRole: missing });
  });
}
