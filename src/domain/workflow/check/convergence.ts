import { hoursOf, isDuration } from '../../duration.js';
import { missingFoundation } from '../foundation.js';
import { isHole } from '../hole.js';
import { gatesOf, modelOf, stepsOf } from '../steps.js';
import type { Effort, Section, Step, StepKind, Workflow } from '../workflow.js';
import type { CheckContext } from './context.js';

/** What the models and patterns ask of a definition so that its channels converge. */
export function checkConvergence(context: CheckContext): void {
  checkForm(context);
  checkMerges(context);
  checkBoundaries(context);
  checkHandoffs(context);
  checkStages(context);
  checkAdaptive(context);
  checkFoundation(context);
  checkDates(context);
}

/** What goes together within one entry. */
function checkForm({ workflow, vocabulary, at, report }: CheckContext): void {
  for (const step of stepsOf(workflow)) {
    if (step.kind === 'launch' && step.channel === null && !report.isDamaged('channel')) {
      report.add(
        'E_LAUNCH_WITHOUT_CHANNEL',
        `step '${step.key}' launches nothing: it has no channel`,
        at(step, 'kind'),
        {
          hint: "add 'channel', or choose another kind",
        },
      );
    }
    if (step.effort) checkEffort(step.effort, step, { at, report });
    const { notBefore = null, notAfter = null } = step.relevance ?? {};
    if (notBefore !== null && notAfter !== null && hoursOf(notBefore) > hoursOf(notAfter)) {
      const message = `the window ends at ${notAfter}, before it begins at ${notBefore}`;
      report.add('E_RANGE', message, at(step, 'relevance', 'notAfter'));
    }
  }
  for (const gap of workflow.sequence) {
    if (gap.minGap === null || gap.maxGap === null || !(hoursOf(gap.minGap) > hoursOf(gap.maxGap))) continue;
    const message = `${gap.minGap} must lie between, but at most ${gap.maxGap} may`;
    report.add('E_RANGE', message, at(gap, 'maxGap'));
  }
  const { tools } = vocabulary;
  for (const section of workflow.sections) {
    const models = section.tool === null ? undefined : tools?.get(section.tool);
    if (!models || models.includes(section.model)) continue;
    const message = `tool '${section.tool ?? ''}' cannot run a ${section.model} section, only ${models.join(' and ')}`;
    report.add('E_TOOL_CANNOT_EXPRESS_MODEL', message, at(section, 'tool'), {
      hint: 'choose the model first and a tool that can express it',
    });
  }
}

function checkEffort(
  { optimistic, likely, pessimistic }: Effort,
  step: Step,
  { at, report }: Pick<CheckContext, 'at' | 'report'>,
): void {
  const points = [optimistic, likely, pessimistic];
  if (!points.every(isDuration)) return;
  const [low = 0, middle = 0, high = 0] = points.map(hoursOf);
  if (low > middle) {
    report.add(
      'E_RANGE',
      `the optimistic effort ${optimistic} is more than the likely ${likely}`,
      at(step, 'effort', 'optimistic'),
    );
  }
  if (middle > high) {
    report.add(
      'E_RANGE',
      `the pessimistic effort ${pessimistic} is less than the likely ${likely}`,
      at(step, 'effort', 'pessimistic'),
    );
  }
}

/** Streams that run side by side must be brought together (R2), and compared half-way (R35). */
function checkMerges({ workflow, at, report }: CheckContext): void {
  if (report.isDamaged('gates', 'at')) return;
  const sideBySide = workflow.sections.filter((section) => section.model !== 'linear');
  for (const section of sideBySide) {
    if (section.gates.some((gate) => gate.at === 'endpoint')) continue;
    const message = `section '${section.key}' runs streams side by side and never brings them together`;
    report.add('E_PARALLEL_NO_MERGE', message, at(section, 'model'), {
      hint: "add a gate with 'at: endpoint'",
    });
  }
  const gates = gatesOf(workflow);
  const [first] = sideBySide;
  if (
    first &&
    gates.some((gate) => gate.at === 'endpoint') &&
    !gates.some((gate) => gate.at === 'midpoint')
  ) {
    const message = 'streams are compared at the end only, when there is no time left to mend what disagrees';
    report.add('W_GATE_MIDPOINT_MISSING', message, at(first, 'gates'), {
      hint: "add a gate with 'at: midpoint' to a section that runs streams side by side",
    });
  }
}

/** Every section boundary needs a verified hand-off or an endpoint gate before it (R8). */
function checkBoundaries({ workflow, at, report }: CheckContext): void {
  const unclear = workflow.handoffs.some((each) => isHole(each.from) || isHole(each.to));
  // Which boundaries there are is not known while sections wait for each other.
  const isCircular = report.findings.some(({ code }) => code === 'E_CYCLE');
  if (unclear || isCircular || report.isDamaged('handoffs', 'gates', 'after')) return;
  const byKey = new Map(workflow.sections.map((section) => [section.key, section]));
  const isGuarded = (from: Section, to: Section): boolean =>
    from.gates.some((gate) => gate.at === 'endpoint') ||
    workflow.handoffs.some(
      (each) => each.to === to.key && (each.from === from.key || !to.after.includes(each.from)),
    );
  for (const section of workflow.sections) {
    for (const key of section.after) {
      const before = byKey.get(key);
      // Streams without a gate of their own are reported as such.
      if (before?.model !== 'linear' || isGuarded(before, section)) continue;
      const message = `nothing says how work passes from section '${key}' to '${section.key}'`;
      report.add('E_HYBRID_AMBIGUOUS_HANDOFF', message, at(section, 'id'), {
        hint: `add a hand-off { from: ${key}, to: ${section.key} } or an endpoint gate to '${key}'`,
      });
    }
  }
}

/** Whether a section comes after another, over however many between them. */
function runsAfter(
  workflow: Workflow,
  section: string,
  other: string,
  seen: ReadonlySet<string> = new Set(),
): boolean {
  const after = workflow.sections.find(({ key }) => key === section)?.after ?? [];
  return after.some(
    (key) => key === other || (!seen.has(key) && runsAfter(workflow, key, other, new Set([...seen, key]))),
  );
}

function checkHandoffs({ workflow, at, report }: CheckContext): void {
  const sections = workflow.sections.map((section) => section.key);
  const boundaries = new Set<string>();
  for (const handoff of workflow.handoffs) {
    const to = workflow.sections.find((section) => section.key === handoff.to);
    if (to && sections.includes(handoff.from) && !to.after.includes(handoff.from)) {
      const message = `hand-off from '${handoff.from}' to '${handoff.to}', but '${handoff.to}' does not run after '${handoff.from}'`;
      const isBackwards = runsAfter(workflow, handoff.from, handoff.to);
      // Where sections wait for each other, that is what is wrong.
      if (runsAfter(workflow, handoff.to, handoff.to)) continue;
      report.add('E_HANDOFF_WITHOUT_BOUNDARY', message, at(handoff, 'from'), {
        hint: isBackwards
          ? 'a hand-off goes from an earlier section to a later one'
          : `add '${handoff.from}' to the 'after' of section '${handoff.to}'`,
      });
    }
    const boundary = `${handoff.from} ${handoff.to}`;
    if (boundaries.has(boundary) && !isHole(handoff.from) && !isHole(handoff.to)) {
      const message = `there is another hand-off from '${handoff.from}' to '${handoff.to}'`;
      report.add('E_DUPLICATE_HANDOFF', message, at(handoff, 'from'), {
        hint: 'put the payload of both into one',
      });
    }
    boundaries.add(boundary);
    if (handoff.verify.length === 0) {
      const message = `the hand-off from '${handoff.from}' to '${handoff.to}' verifies nothing`;
      report.add('W_HANDOFF_UNVERIFIED', message, at(handoff, 'verify'), {
        hint: "add 'verify', for example [payload-complete]",
      });
    }
    if (handoff.mode === 'async' && handoff.respondWithin === null && !report.isDamaged('respondWithin')) {
      const message = `the asynchronous hand-off from '${handoff.from}' to '${handoff.to}' sets no response time`;
      report.add('E_HANDOFF_NO_RESPONSE_TIME', message, at(handoff, 'mode'), {
        hint: "add 'respondWithin', for example PT8H",
      });
    }
  }
}

/** From brief to retrospective (R10); a regulated workflow with its legal step (R15). */
function checkStages({ workflow, at, report }: CheckContext): void {
  const steps = stepsOf(workflow);
  if (!report.isDamaged('kind', 'steps', 'lanes', 'hub', 'spokes', 'sections', 'oneOf', 'allOf')) {
    const kinds = new Set<StepKind>(steps.map((step) => step.kind));
    const stage = (kind: StepKind, code: 'E_STAGE_MISSING' | 'W_STAGE_MISSING') => {
      if (kinds.has(kind)) return;
      report.add(code, `no step of kind '${kind}'`, at(workflow, 'sections'), {
        hint: 'a workflow covers every stage from the brief to the retrospective',
      });
    };
    stage('retrospective', 'E_STAGE_MISSING');
    stage('brief', 'W_STAGE_MISSING');
    stage('launch', 'W_STAGE_MISSING');
  }
  const roles = new Set(steps.flatMap((step) => [step.accountable, ...step.responsible]));
  if (workflow.regulated && !roles.has('legal') && ![...roles].some(isHole)) {
    report.add(
      'W_TEAM_MISSING',
      "a regulated workflow in which the role 'legal' owns no step",
      at(workflow, 'regulated'),
      {
        hint: "add an approval by 'legal'",
      },
    );
  }
}

/** Adaptive without what it rests on often leads to chaos (R32). */
function checkFoundation({ workflow, at, report }: CheckContext): void {
  const weak = missingFoundation(workflow);
  const [first] = weak;
  if (!first) return;
  const message = `the pattern is adaptive, but ${weak.map(([name, bad]) => `'${name}' is ${bad}`).join(' and ')}`;
  report.add('E_OVERREACH', message, at(workflow, 'decision', 'inputs', first[0]), {
    hint: 'begin with the simplest pattern that closes the worst gap, or let the Policy excuse it',
  });
}

/** An adaptive workflow acts on data, so it needs triggers, each with a guard against bad data (R6, R59). */
function checkAdaptive({ workflow, at, report }: CheckContext): void {
  if (
    workflow.pattern === 'adaptive' &&
    workflow.triggers.length === 0 &&
    !report.isDamaged('triggers', 'pattern')
  ) {
    report.add(
      'E_ADAPTIVE_NO_TRIGGER',
      'the pattern is adaptive, but there is no trigger',
      at(workflow, 'pattern'),
      {
        hint: "add 'triggers', or choose another pattern",
      },
    );
  }
  const known = new Set(stepsOf(workflow).map(({ key }) => key));
  for (const action of workflow.triggers.flatMap(({ actions }) => actions)) {
    const { from, to, id } = action.arguments;
    if (action.type === 'shiftBudget' && typeof from === 'string' && from === to) {
      report.add('E_RANGE', `the budget would be shifted from '${from}' to itself`, at(action, 'to'));
    }
    if (action.type === 'createStep' && typeof id === 'string' && known.has(id)) {
      report.add('E_DUPLICATE_ID', `there is a step '${id}' already`, at(action, 'id'));
    }
  }
  for (const trigger of workflow.triggers) {
    if (trigger.guard !== null && Object.values(trigger.guard).some((limit) => limit !== null)) continue;
    const message = `trigger '${trigger.key}' has no guard against late, sparse or incomplete data`;
    report.add('E_ADAPTIVE_NO_GUARD', message, at(trigger, 'id'), {
      hint: 'add a guard, for example { maxAge: PT15M, minSamples: 500 }',
    });
  }
  if (
    modelOf(workflow) === 'linear' &&
    workflow.pattern === 'parallel' &&
    !report.isDamaged('pattern', 'model')
  ) {
    report.add(
      'W_PATTERN_MODEL',
      'the pattern is parallel, but every section is linear',
      at(workflow, 'pattern'),
      {
        hint: 'make the pattern sequential, or a section parallel',
      },
    );
  }
}

/** Milestones that come before each other have no order. */
function checkOrderOfMilestones({
  workflow,
  at,
  report,
}: Pick<CheckContext, 'workflow' | 'at' | 'report'>): void {
  const before = new Map(workflow.milestones.map(({ key, notBefore }) => [key, notBefore]));
  const reported = new Set<string>();
  const follow = (way: readonly string[]): void => {
    const [first = ''] = way;
    for (const next of before.get(way.at(-1) ?? '') ?? []) {
      if (next === first && !reported.has(first)) {
        for (const key of way) reported.add(key);
        const milestone = workflow.milestones.find(({ key }) => key === first) ?? {};
        const message = `these milestones come before each other: ${[...way, first].join(' → ')}`;
        report.add('E_CYCLE', message, at(milestone, 'notBefore'), {
          hint: "remove one of the 'notBefore' on the way",
        });
      } else if (!way.includes(next) && !reported.has(next)) follow([...way, next]);
    }
  };
  for (const { key } of workflow.milestones) if (!reported.has(key)) follow([key]);
}

/** Milestones that others depend on come in their order (R68), and are announced in time (R69). */
function checkDates({ workflow, at, report }: CheckContext): void {
  checkOrderOfMilestones({ workflow, at, report });
  const dates = new Map(workflow.milestones.map((each) => [each.key, each.date]));
  for (const milestone of workflow.milestones) {
    milestone.notBefore.forEach((key) => {
      const first = dates.get(key);
      if (!first || milestone.date === null || milestone.date >= first) return;
      const days = Math.round((Date.parse(first) - Date.parse(milestone.date)) / 86_400_000);
      const message = `'${milestone.key}' is ${days} day${days === 1 ? '' : 's'} before '${key}', which comes first (${first})`;
      report.add('E_LAUNCH_BEFORE_DEPENDENCY', message, at(milestone, 'date'), {
        hint: `move it to ${first} or later`,
      });
    });
    if (milestone.consumers.length > 0 && milestone.announceBefore === null) {
      const message = `nobody tells ${milestone.consumers.join(', ')} of milestone '${milestone.key}' in time`;
      report.add('W_UNCOMMUNICATED_MILESTONE', message, at(milestone, 'consumers'), {
        hint: "add 'announceBefore', for example P14D",
      });
    }
  }
}
