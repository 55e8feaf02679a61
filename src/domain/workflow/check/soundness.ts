import { compileWorkflow } from '../compile.js';
import type { Node, OrderNode } from '../compiled.js';
import { findCycle } from '../cycle.js';
import { checkExpression, progressCalls, type Scope } from '../expression.js';
import { gatesOf, lanesOf, stepsOf } from '../steps.js';
import type { Workflow } from '../workflow.js';
import type { CheckContext } from './context.js';

/** What would let a campaign wait for ever. */
export function checkOrder(context: CheckContext): void {
  checkCycle(context);
  checkNeeds(context);
}

/** What cannot be evaluated, or leads nowhere. */
export function checkSoundness(context: CheckContext): void {
  checkExpressions(context);
  checkRules(context);
  for (const section of context.workflow.sections) {
    if (section.model === 'hub-and-spoke' && section.spokes.length === 0) {
      const message = `section '${section.key}' has a hub without spokes`;
      context.report('error', 'E_HUB_WITHOUT_SPOKES', message, context.at(section, 'spokes'), {
        hint: 'add a spoke per channel team, or make the section linear',
      });
    }
  }
}

/** Whether sections run after each other in some order; if not, the circle is reported. */
export function checkSections(context: CheckContext): boolean {
  const { workflow, at } = context;
  let waiting = workflow.sections;
  for (let before = Infinity; waiting.length < before;) {
    before = waiting.length;
    const keys = new Set(waiting.map((section) => section.key));
    waiting = waiting.filter((section) => section.after.some((key) => keys.has(key)));
  }
  const [first] = waiting;
  if (!first) return true;
  // Whatever is left waits for something that is left, so following it comes back to where it has been.
  const way = [first];
  for (;;) {
    const next = waiting.find((section) => way.at(-1)?.after.includes(section.key));
    if (!next) return true;
    if (way.includes(next)) {
      const circle = [...way.slice(way.indexOf(next)), next].map((section) => section.key).reverse();
      const message = `these sections wait for each other: ${circle.join(' → ')}`;
      context.report('error', 'E_CYCLE', message, at(next, 'after'), {
        hint: "remove one of the 'after' on the way; without 'after' a section runs after the one before it",
      });
      return false;
    }
    way.push(next);
  }
}

function checkCycle(context: CheckContext): void {
  const { workflow, at } = context;
  const cycle = findCycle(compileWorkflow(workflow));
  if (!cycle) return;
  const step = stepsOf(workflow).find((each) => cycle.includes(each.key) && each.needs.length > 0);
  const path = step ? at(step, 'needs') : at(workflow, 'sections');
  context.report('error', 'E_CYCLE', `these wait for each other: ${cycle.join(' → ')}`, path, {
    hint: "remove one of the 'needs' or 'after' on the way; for work that is returned use 'rework'",
  });
}

/** A step may need only what runs whenever it runs itself: not a branch of a choice it is not in. */
function checkNeeds(context: CheckContext): void {
  const { workflow, at } = context;
  const conditions = conditionsOf(compileWorkflow(workflow).root);
  for (const step of stepsOf(workflow)) {
    step.needs.forEach((need, position) => {
      const own = conditions.get(step.key);
      const missing = conditions.get(need)?.find((condition) => !own?.includes(condition));
      if (missing === undefined) return;
      const message = `step '${step.key}' needs '${need}', which runs only ${describe(missing)}`;
      context.report('error', 'E_NEEDS_CONDITIONAL', message, at(step, 'needs', position), {
        hint: 'need a step that always runs, or move this step into the same branch',
      });
    });
  }
}

/** One thing that must come true for a step to run. */
type Condition = `branch ${string}` | `when ${string}` | `rework ${string}`;
const describe = (condition: Condition): string => {
  const kind = condition.slice(0, condition.indexOf(' '));
  const detail = condition.slice(kind.length + 1);
  if (kind === 'branch') return `in one branch of a choice (${detail})`;
  return kind === 'when' ? `when ${detail}` : `after '${detail}' was rejected`;
};

function conditionsOf(root: OrderNode): Map<string, Condition[]> {
  const conditions = new Map<string, Condition[]>();
  let choices = 0;
  const visit = (node: Node, given: readonly Condition[]): void => {
    switch (node.type) {
      case 'step':
        conditions.set(
          node.step.key,
          node.step.when === null ? [...given] : [...given, `when ${node.step.when}`],
        );
        return;
      case 'gate':
      case 'handoff':
        return;
      case 'order': {
        const inside = node.when === null ? given : [...given, `when ${node.when}` as const];
        for (const child of node.nodes) visit(child, inside);
        return;
      }
      case 'choice': {
        const name = node.key ?? `${++choices}`;
        node.branches.forEach((branch, position) => {
          visit(branch, [...given, `branch ${name}, branch ${position + 1}`]);
        });
        return;
      }
      case 'loop':
        visit(node.body, given);
        visit(node.redo, [...given, `rework ${node.review.key}`]);
    }
  };
  visit(root, []);
  return conditions;
}

function checkExpressions(context: CheckContext): void {
  for (const { scope, text, node, keys } of expressionsOf(context.workflow)) {
    const error = checkExpression(scope, text);
    if (!error) continue;
    const message = `the expression "${text}" ${error.range ? 'is wrong: ' : ''}${error.message}`;
    context.report('error', 'E_EXPRESSION', message, context.at(node, ...keys), {
      hint: 'expressions are CEL; docs/workflow-format.md lists what each may ask about',
    });
  }
}

interface Written {
  readonly scope: Scope;
  readonly text: string;
  readonly node: object;
  readonly keys: readonly string[];
}

function expressionsOf(workflow: Workflow): Written[] {
  const found: Written[] = [];
  const add = (scope: Scope, text: string | null, node: object, ...keys: string[]) => {
    if (text !== null) found.push({ scope, text, node, keys });
  };
  for (const step of stepsOf(workflow)) add('step', step.when, step, 'when');
  const visit = (node: Workflow['sections'][number]) => {
    const blocks = [
      ...lanesOf(node).map((lane) => lane.steps),
      ...(node.model === 'hub-and-spoke' ? [node.hub.steps] : []),
    ];
    for (let chain = blocks.pop(); chain; chain = blocks.pop()) {
      for (const block of chain) {
        if (block.type === 'step') continue;
        for (const branch of block.branches) {
          add('step', branch.when, branch, 'when');
          blocks.push(branch.steps);
        }
      }
    }
  };
  workflow.sections.forEach(visit);
  for (const rule of workflow.rules) add('rule', rule.until, rule, 'until');
  for (const trigger of workflow.triggers) add('trigger', trigger.when, trigger, 'when');
  for (const handoff of workflow.handoffs) {
    for (const verification of handoff.verify) {
      if (verification.type === 'cel') add('rule', verification.expression, verification, 'cel');
    }
  }
  return found;
}

/** What a rule blocks must exist, and so must everything it waits for, else it would wait for ever. */
function checkRules(context: CheckContext): void {
  const { workflow, at } = context;
  const steps = stepsOf(workflow);
  const names = {
    approved: steps.flatMap((step) => step.approves),
    done: steps.map((step) => step.key),
    passed: gatesOf(workflow).map((gate) => gate.key),
    accepted: workflow.handoffs.map((handoff) => handoff.key),
    launched: steps.flatMap((step) =>
      step.kind === 'launch' && step.channel !== null ? [step.channel] : [],
    ),
  };
  const blockable = [
    ...workflow.channels.map((channel) => `launch:${channel}`),
    ...names.done.flatMap((step) => [`start:${step}`, `complete:${step}`]),
  ];
  for (const rule of workflow.rules) {
    if (!blockable.includes(rule.block)) {
      context.unknown('action', 'E_UNKNOWN_ACTION', rule.block, blockable, at(rule, 'block'));
    }
    if (checkExpression('rule', rule.until)) continue;
    for (const call of progressCalls(rule.until)) {
      const known = names[call.name];
      if (known.includes(call.argument)) continue;
      context.unknown(
        `name in ${call.name}()`,
        'E_RULE_WAITS_FOR_EVER',
        call.argument,
        known,
        at(rule, 'until'),
      );
    }
  }
}
