import { isMetric, METRICS } from '../../metrics/catalogue.js';
import { type Manner, PLAINLY, Rehearsal } from '../../campaign/rehearsal.js';
import type { Situation } from '../../campaign/situation.js';
import { describeMissing } from '../../campaign/progress.js';
import { fullBrief } from '../brief.js';
import { compileWorkflow } from '../compile.js';
import { type ChoiceNode, type CompiledWorkflow, type Node, type OrderNode, walk } from '../compiled.js';
import { findCycles } from '../cycle.js';
import { readExpression } from '../expression.js';
import { branchesOf, lanesOf, stepsOf } from '../steps.js';
import type { Branch, Step, Workflow } from '../workflow.js';
import { type Case, casesOf, holdsIn } from './cases.js';
import type { CheckContext } from './context.js';

/**
 * What would let a campaign wait for ever, or never happen. The compiled form is sound by construction (a POWL always
 * ends); what can spoil it are the ties across it: `needs`, launch order, rules, hand-offs, and conditions.
 */
export function checkSoundness(context: CheckContext): void {
  const ordered = checkSectionOrder(context);
  const gated = checkGates(context);
  if (!ordered) return;
  const compiled = compileWorkflow(context.workflow);
  const acyclic = checkCycles(context, compiled);
  const cases = casesOf(context.workflow);
  const reachable = !cases || checkConditions(context, compiled, cases);
  const needed = checkNeeds(context, compiled, cases);
  if (gated && acyclic && reachable && needed) checkRuns(context, compiled, cases ?? []);
}

/** Whether sections run after each other in some order; if not, the circle is reported. */
function checkSectionOrder({ workflow, at, report }: CheckContext): boolean {
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
      report.add('E_CYCLE', `these sections wait for each other: ${circle.join(' → ')}`, at(next, 'after'), {
        hint: "remove one of the 'after' on the way; without 'after' a section runs after the one before it",
      });
      return false;
    }
    way.push(next);
  }
}

/** Ratios are from 0 to 1, so a check outside never passes. */
const isRatio = (metric: string): boolean => isMetric(metric) && METRICS[metric].unit === 'ratio';

function checkGates({ workflow, at, report }: CheckContext): boolean {
  const before = report.findings.length;
  const wait = (message: string, path: ReturnType<typeof at>) => {
    report.add('E_GATE_WAITS_FOR_EVER', message, path);
  };
  for (const section of workflow.sections) {
    const lanes = lanesOf(section).length;
    for (const { key, merge, checks } of section.gates) {
      const gate = section.gates.find((each) => each.key === key) ?? {};
      if (merge.type === 'at-least' && merge.count > lanes) {
        wait(
          `gate '${key}' waits for ${merge.count} lanes where there are ${lanes}`,
          at(gate, 'merge', 'atLeast'),
        );
      }
      for (const check of checks) {
        const bound = check.bound === 'at-least' ? 'atLeast' : 'atMost';
        const impossible =
          isRatio(check.metric) &&
          typeof check.limit === 'number' &&
          (check.bound === 'at-least' ? check.limit > 1 : check.limit < 0);
        if (impossible) wait(`${check.metric} is from 0 to 1, so this check never passes`, at(check, bound));
        const opposite = checks.find(
          (other) => other.metric === check.metric && check.bound === 'at-least' && other.bound === 'at-most',
        );
        const apart =
          typeof check.limit === 'number' &&
          typeof opposite?.limit === 'number' &&
          check.limit > opposite.limit;
        if (apart) {
          wait(
            `${check.metric} cannot be at least ${check.limit} and at most ${opposite.limit}`,
            at(check, bound),
          );
        }
      }
    }
  }
  return report.findings.length === before;
}

function checkCycles({ workflow, at, report }: CheckContext, compiled: CompiledWorkflow): boolean {
  const cycles = findCycles(compiled);
  for (const { keys, links } of cycles) {
    const [link] = links;
    const step = stepsOf(workflow).find((each) => each.key === link?.to.key);
    const need = step?.needs.indexOf(link?.from.key ?? '') ?? -1;
    const gap = workflow.sequence.find((each) => each.step === link?.to.key && each.after === link.from.key);
    const path =
      step && need >= 0 ? at(step, 'needs', need) : gap ? at(gap, 'after') : at(workflow, 'sections');
    report.add('E_CYCLE', `these wait for each other: ${keys.join(' → ')}`, path, {
      hint: "remove one of the 'needs' or 'after' on the way; for work that is returned use 'rework'",
    });
  }
  return cycles.length === 0;
}

/** A step or branch whose condition holds for no campaign never runs. */
function checkConditions(
  { workflow, at, report }: CheckContext,
  compiled: CompiledWorkflow,
  cases: readonly Case[],
): boolean {
  const before = report.findings.length;
  const outer = conditionsOf(compiled.root);
  for (const node of [...stepsOf(workflow), ...branchesOf(workflow)]) {
    const { when } = node;
    if (when === null || cases.some((each) => holdsIn(each, when))) continue;
    report.add('E_NEVER_RUNS', `this condition holds for no campaign: ${when}`, at(node, 'when'), {
      hint: 'correct the condition, or remove what it guards',
    });
  }
  if (report.findings.length > before) return false;
  for (const [key, conditions] of outer) {
    const whens = conditions.flatMap((each) => (each.type === 'when' ? [each.text] : []));
    if (whens.length < 2 || cases.some((each) => whens.every((when) => holdsIn(each, when)))) continue;
    const step = stepsOf(workflow).find((each) => each.key === key);
    if (!step) continue;
    report.add(
      'E_NEVER_RUNS',
      `step '${key}' never runs: no campaign has ${whens.join(' and ')}`,
      pathOf(step, at),
      {
        hint: 'the condition of the branch around it contradicts its own',
      },
    );
  }
  return report.findings.length === before;
}

const pathOf = (step: Step, at: CheckContext['at']) =>
  step.when === null ? at(step, 'id') : at(step, 'when');

/** A step may need only what runs whenever it runs itself: not a branch of a choice it is not in. */
function checkNeeds(
  { workflow, at, report }: CheckContext,
  compiled: CompiledWorkflow,
  cases: readonly Case[] | null,
): boolean {
  const before = report.findings.length;
  const conditions = conditionsOf(compiled.root);
  for (const step of stepsOf(workflow)) {
    step.needs.forEach((need, position) => {
      const own = conditions.get(step.key) ?? [];
      const needed = conditions.get(need) ?? [];
      const missing = needed.find((condition) => !own.some((each) => isSame(each, condition)));
      if (missing === undefined) return;
      const exception = missing.type === 'when' ? exceptionTo(own, missing, cases) : undefined;
      if (missing.type === 'when' && cases && exception === undefined) return;
      const where = exception?.description ?? '';
      const message = `step '${step.key}' needs '${need}', which runs only ${describe(missing)}${where === '' ? '' : `; a campaign with ${where} would wait for ever`}`;
      report.add('E_NEEDS_CONDITIONAL', message, at(step, 'needs', position), {
        hint: 'need a step that always runs, or move this step into the same branch',
      });
    });
  }
  return report.findings.length === before;
}

/** One thing that must come true for a step to run. */
type Condition =
  | { readonly type: 'branch'; readonly choice: ChoiceNode; readonly position: number }
  | { readonly type: 'when'; readonly text: string }
  | { readonly type: 'rework'; readonly review: string };

const isSame = (a: Condition, b: Condition): boolean =>
  (a.type === 'branch' && b.type === 'branch' && a.choice === b.choice && a.position === b.position) ||
  (a.type === 'when' && b.type === 'when' && a.text === b.text) ||
  (a.type === 'rework' && b.type === 'rework' && a.review === b.review);

function describe(condition: Condition): string {
  switch (condition.type) {
    case 'branch': {
      const { key } = condition.choice;
      return `in one branch of ${key === null ? 'a choice' : `the choice '${key}'`}`;
    }
    case 'when':
      return `when ${condition.text}`;
    case 'rework':
      return `after '${condition.review}' was rejected`;
  }
}

/** A campaign in which a step runs, but the condition of what it needs does not hold. */
const exceptionTo = (
  own: readonly Condition[],
  missing: Condition & { type: 'when' },
  cases: readonly Case[] | null,
): Case | undefined =>
  cases?.find(
    (each) =>
      own.every((condition) => condition.type !== 'when' || holdsIn(each, condition.text)) &&
      !holdsIn(each, missing.text),
  );

function conditionsOf(root: OrderNode): Map<string, Condition[]> {
  const conditions = new Map<string, Condition[]>();
  const visit = (node: Node, given: readonly Condition[]): void => {
    switch (node.type) {
      case 'step': {
        const own: Condition[] = node.step.when === null ? [] : [{ type: 'when', text: node.step.when }];
        conditions.set(node.step.key, [...given, ...own]);
        return;
      }
      case 'gate':
      case 'handoff':
        return;
      case 'order': {
        const inside = node.when === null ? given : [...given, { type: 'when' as const, text: node.when }];
        for (const child of node.nodes) visit(child, inside);
        return;
      }
      case 'choice':
        node.branches.forEach((branch, position) => {
          visit(branch, [...given, { type: 'branch', choice: node, position }]);
        });
        return;
      case 'loop':
        visit(node.body, given);
        visit(node.redo, [...given, { type: 'rework', review: node.review.key }]);
    }
  };
  visit(root, []);
  return conditions;
}

/** More ways through the choices than anybody would try; beyond, each choice is only varied by itself. */
const MAX_WAYS = 64;

/**
 * Runs the workflow, in memory, for every kind of campaign and every way through its choices, doing all that may be
 * done: as it is meant, without what is optional, and with work that is returned. What is open in the end waits for ever.
 */
function checkRuns(context: CheckContext, compiled: CompiledWorkflow, cases: readonly Case[]): void {
  const { workflow } = context;
  if (workflow.rules.length === 0 && workflow.handoffs.length === 0) return;
  const kinds = distinctCases(workflow, cases);
  for (const { manner, where } of mannersOf(workflow)) {
    for (const way of waysThrough(compiled, isWaitedFor(workflow))) {
      const ends = kinds.map((kind) => {
        const brief = { ...fullBrief(workflow), ...kind.brief };
        const rehearsal = new Rehearsal(workflow, compiled, { facts: kind.facts, brief });
        return { kind, end: rehearsal.runOn((choice) => way.get(choice) ?? 0, undefined, manner) };
      });
      const stuck = ends.filter(({ end }) => end.progress.open.length > 0);
      const [first] = stuck;
      if (!first) continue;
      const { description } = first.kind;
      const kind = stuck.length === ends.length || description === '' ? '' : ` with ${description}`;
      if (reportStuck(context, first.end, `${kind}${where}`)) return;
    }
  }
}

/**
 * As it is meant; with everything that is optional left out; with everything returned once; and where rules ask for what mends
 * returned work, with one thing returned at a time. In each the campaigns that something waits for ever in.
 */
function mannersOf(workflow: Workflow): { manner: Manner; where: string }[] {
  const steps = stepsOf(workflow);
  const rules = workflow.rules.map(({ block, until }) => `${block} ${until}`).join('\n');
  const reviews = steps.flatMap(({ key, rework }) => (rework ? [{ key, mends: rework.via }] : []));
  const single = reviews.filter(({ mends }) =>
    [mends.key, mends.channel].some((name) => name !== null && rules.includes(name)),
  );
  const returns = [
    { returns: PLAINLY.returns, where: '' },
    ...(reviews.length > 0 ? [{ returns: () => true, where: ' in which work is returned' }] : []),
    ...(reviews.length > 1 ? single : []).map(({ key }) => ({
      returns: (review: string) => review === key,
      where: ` in which '${key}' returns work`,
    })),
  ];
  const skipping = returns.map(({ where, ...manner }) => ({
    manner: { ...manner, skips: true },
    where: `${where}${where === '' ? '' : ' and'} that leaves out what is optional`,
  }));
  return [
    ...returns.map(({ where, ...manner }) => ({ manner: { ...manner, skips: false }, where })),
    ...(steps.some(({ optional }) => optional) ? skipping : []),
  ];
}

/** One case for each set of conditions that hold together. */
function distinctCases(workflow: Workflow, cases: readonly Case[]): readonly Case[] {
  const whens = [...stepsOf(workflow), ...branchesOf(workflow)].map((node: Step | Branch) => node.when);
  const byAnswers = new Map(
    cases.map((each) => [whens.map((when) => (holdsIn(each, when) ? 1 : 0)).join(''), each]),
  );
  return [...byAnswers.values()];
}

/** Tells the steps whose not being taken could keep something else waiting: what rules and hand-offs ask about. */
function isWaitedFor(workflow: Workflow): (step: Step) => boolean {
  const rules = workflow.rules.map(({ block, until }) => `${block} ${until}`);
  const payload = new Set(workflow.handoffs.flatMap((handoff) => handoff.payload));
  const asked = workflow.handoffs.flatMap(({ verify }) => verify.map((each) => JSON.stringify(each)));
  const texts = [...rules, ...asked].join('\n');
  return ({ key, kind, channel, approves, produces }) =>
    kind === 'approval' ||
    approves.length > 0 ||
    produces.some((artefact) => payload.has(artefact)) ||
    [key, channel].some((name) => name !== null && texts.includes(name));
}

function waysThrough(
  { root }: CompiledWorkflow,
  matters: (step: Step) => boolean,
): ReadonlyMap<ChoiceNode, number>[] {
  const usual = new Map<ChoiceNode, number>();
  let ways = [usual];
  for (const choice of walk(root)) {
    if (choice.type !== 'choice' || !stepsBelow(choice).some(matters)) continue;
    const branches = choice.branches.map((_, position) => position);
    const turn = (way: Map<ChoiceNode, number>) => (branch: number) => new Map([...way, [choice, branch]]);
    ways =
      ways.length * branches.length <= MAX_WAYS
        ? ways.flatMap((way) => branches.map(turn(way)))
        : [...ways, ...branches.slice(1).map(turn(usual))];
  }
  return ways;
}

const stepsBelow = (node: Node): Step[] =>
  [...walk(node)].flatMap((each) => (each.type === 'step' ? [each.step] : []));

/** Whether people can make a fact of a campaign another while it runs: the brief, and how it was assessed. */
const canChange = (fact: string): boolean =>
  fact.startsWith('brief') || fact === 'campaign.risk' || fact === 'campaign.flags';

/** Says what keeps a rehearsed campaign from ending; false when it is nothing of the definition's doing. */
function reportStuck({ workflow, at, report }: CheckContext, end: Situation, kind: string): boolean {
  const where = kind === '' ? '' : ` in a campaign${kind}`;
  for (const rule of workflow.rules) {
    const [verb, what = ''] = rule.block.split(':');
    const held = [...end.progress.steps.values()].find(
      ({ part, status }) =>
        (status === 'ready' || status === 'started') &&
        (verb === 'launch' ? part.kind === 'launch' && part.channel === what : part.key === what),
    );
    if (!held || end.blockedBy(rule.block).length === 0) continue;
    const { calls, asks, isExact } = readExpression('rule', rule.until);
    const unmet = calls.filter((call) => !end.progressFacts[call.name](call.argument));
    if (unmet.length === 0 && (!isExact || asks.some(canChange))) continue;
    const why = unmet.map((call) => whyNot(end, call.name, call.argument));
    const message = `rule '${rule.key}' would hold back '${held.part.key}' for ever${where}: ${why.length > 0 ? why.join('; ') : `${rule.until} never holds`}`;
    const [call] = unmet;
    report.add('E_RULE_WAITS_FOR_EVER', message, at(rule, 'until'), call ? { range: call.range } : {});
    return true;
  }
  for (const { part, status } of end.progress.handoffs.values()) {
    if (status !== 'open') continue;
    const lacking = part.payload.filter(
      (item) => !end.artefacts.has(item) && end.campaign.brief[item] === undefined,
    );
    const path = at(part, 'payload', Math.max(0, part.payload.indexOf(lacking[0] ?? '')));
    const unmet = part.verify.find((each) => each.type === 'cel' && !end.holdsFor('rule', each.expression));
    if (lacking.length === 0 && !unmet) continue;
    const message = `hand-off '${part.key}' would wait for ever${where}: ${lacking.length > 0 ? `'${lacking.join("', '")}' is not there before it` : 'its condition does not hold'}`;
    report.add('E_HANDOFF_WAITS_FOR_EVER', message, lacking.length > 0 ? path : at(unmet ?? part, 'cel'));
    return true;
  }
  return false;
}

/** Why what a rule waits for does not come about. */
function whyNot(end: Situation, name: string, argument: string): string {
  const providers =
    name === 'approved'
      ? end.approvalsOf(argument).map((step) => step.key)
      : name === 'launched'
        ? [...end.progress.steps.values()].flatMap(({ part }) =>
            part.kind === 'launch' && part.channel === argument ? [part.key] : [],
          )
        : [argument];
  const standings = providers.flatMap((key) => {
    const step = end.progress.steps.get(key);
    const standing = step ?? end.progress.gates.get(key) ?? end.progress.handoffs.get(key);
    return standing ? [{ key, standing }] : [];
  });
  const call = `${name}('${argument}')`;
  const [open] = standings.filter(({ standing }) => standing.status !== 'done');
  if (!open) return `${call} never holds`;
  const { key, standing } = open;
  if (standing.status === 'not-needed' || standing.status === 'not-taken') {
    return `${call} never holds, since '${key}' is ${standing.status.replace('-', ' ')}`;
  }
  const missing = standing.missing.map(describeMissing).join(', ');
  return `${call} waits for '${key}'${missing === '' ? '' : `, which waits for ${missing}`}`;
}
