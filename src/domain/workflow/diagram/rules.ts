import { readExpression } from '../expression.js';
import { stepsOf } from '../steps.js';
import type { Rule, Step, Workflow } from '../workflow.js';
import { idOf } from './drawing.js';

const blocks = (rule: Rule, step: Step): boolean =>
  [`start:${step.key}`, `complete:${step.key}`].includes(rule.block) ||
  (step.kind === 'launch' && step.channel !== null && rule.block === `launch:${step.channel}`);

/** The rules that hold a step back. */
export const rulesOn = (step: Step, rules: readonly Rule[]): Rule[] =>
  rules.filter((rule) => blocks(rule, step));

/** From each step, gate or hand-off that the condition of a rule asks about to each step that the rule holds back. */
export function ruleArrows(workflow: Workflow): { readonly from: string; readonly to: string }[] {
  const steps = stepsOf(workflow);
  const asked = ({ name, argument }: { readonly name: string; readonly argument: string }): string[] => {
    if (name === 'passed')
      return workflow.sections.some(({ gates }) => gates.some(({ key }) => key === argument))
        ? [idOf('gate', argument)]
        : [];
    if (name === 'accepted')
      return workflow.handoffs.some(({ key }) => key === argument) ? [idOf('handoff', argument)] : [];
    return steps.filter((step) => answers(name, argument, step)).map((step) => idOf('step', step.key));
  };
  return workflow.rules.flatMap((rule) =>
    steps
      .filter((step) => blocks(rule, step))
      .flatMap((step) =>
        readExpression('rule', rule.until)
          .calls.flatMap(asked)
          .map((from) => ({ from, to: idOf('step', step.key) })),
      ),
  );
}

function answers(name: string, argument: string, step: Step): boolean {
  if (name === 'approved') return step.approves.includes(argument);
  if (name === 'launched') return step.kind === 'launch' && step.channel === argument;
  return name === 'done' && step.key === argument;
}
