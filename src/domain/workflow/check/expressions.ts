import { readExpression, type Scope } from '../expression.js';
import { branchesOf, stepsOf } from '../steps.js';
import type { Workflow } from '../workflow.js';
import type { CheckContext } from './context.js';

/** An expression of a workflow, and the key of the node that it stands under. */
export interface PlacedExpression {
  readonly scope: Scope;
  readonly text: string;
  readonly node: object;
  readonly key: string;
}

export function expressionsOf(workflow: Workflow): PlacedExpression[] {
  const conditional = [...stepsOf(workflow), ...branchesOf(workflow)];
  return [
    ...conditional.flatMap((node): PlacedExpression[] =>
      node.when === null ? [] : [{ scope: 'step', text: node.when, node, key: 'when' }],
    ),
    ...workflow.rules.map((rule) => ({ scope: 'rule', text: rule.until, node: rule, key: 'until' }) as const),
    ...workflow.triggers.map(
      (each) => ({ scope: 'trigger', text: each.when, node: each, key: 'when' }) as const,
    ),
    ...workflow.handoffs.flatMap(({ verify }) =>
      verify.flatMap((each): PlacedExpression[] =>
        each.type === 'cel' ? [{ scope: 'rule', text: each.expression, node: each, key: 'cel' }] : [],
      ),
    ),
  ];
}

/** Expressions that cannot be evaluated where they stand. */
export function checkExpressions({ workflow, at, report }: CheckContext): void {
  for (const { scope, text, node, key } of expressionsOf(workflow)) {
    const { error } = readExpression(scope, text);
    if (!error) continue;
    const { message, range, meant } = error;
    report.add('E_EXPRESSION', `the expression is wrong: ${message}`, at(node, key), {
      ...(range ? { range } : {}),
      ...(meant === null
        ? { hint: 'expressions are CEL; docs/workflow-format.md lists what each may ask about' }
        : { hint: `did you mean '${meant}'?`, replacement: meant }),
    });
  }
}
