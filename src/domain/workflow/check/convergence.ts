import { gatesOf, modelOf, placedSteps, stepsOf } from '../steps.js';
import type { Section, StepKind } from '../workflow.js';
import type { CheckContext } from './context.js';

/** What the models and patterns ask of a definition so that its channels converge. */
export function checkConvergence(context: CheckContext): void {
  checkMerges(context);
  checkBoundaries(context);
  checkHandoffs(context);
  checkStages(context);
  checkAdaptive(context);
}

/** Streams that run side by side must be brought together (R2), and compared half-way (R35). */
function checkMerges(context: CheckContext): void {
  const { workflow, at } = context;
  const sideBySide = workflow.sections.filter((section) => section.model !== 'linear');
  for (const section of sideBySide) {
    if (section.gates.some((gate) => gate.at === 'endpoint')) continue;
    const message = `section '${section.key}' runs streams side by side and never brings them together`;
    context.report('error', 'E_PARALLEL_NO_MERGE', message, at(section, 'model'), {
      hint: "add a gate with 'at: endpoint'",
    });
  }
  const gates = gatesOf(workflow);
  const [first] = sideBySide;
  if (first && gates.length > 0 && !gates.some((gate) => gate.at === 'midpoint')) {
    const message = 'streams are compared at the end only, when there is no time left to mend what disagrees';
    context.report('warning', 'W_GATE_MIDPOINT_MISSING', message, at(first, 'gates'), {
      hint: "add a gate with 'at: midpoint' to a section that runs streams side by side",
    });
  }
}

/** Every section boundary needs a verified hand-off or an endpoint gate before it (R8). */
function checkBoundaries(context: CheckContext): void {
  const { workflow, at } = context;
  const byKey = new Map(workflow.sections.map((section) => [section.key, section]));
  const guarded = (from: Section, to: Section): boolean =>
    from.gates.some((gate) => gate.at === 'endpoint') ||
    workflow.handoffs.some((each) => each.from === from.key && each.to === to.key);
  for (const section of workflow.sections) {
    for (const key of section.after) {
      const before = byKey.get(key);
      if (!before || guarded(before, section)) continue;
      const message = `nothing says how work passes from section '${key}' to '${section.key}'`;
      context.report('error', 'E_HYBRID_AMBIGUOUS_HANDOFF', message, at(section, 'id'), {
        hint: `add a hand-off { from: ${key}, to: ${section.key} } or an endpoint gate to '${key}'`,
      });
    }
  }
}

function checkHandoffs(context: CheckContext): void {
  const { workflow, at } = context;
  for (const handoff of workflow.handoffs) {
    if (handoff.verify.length === 0) {
      const message = `the hand-off from '${handoff.from}' to '${handoff.to}' verifies nothing`;
      context.report('warning', 'W_HANDOFF_UNVERIFIED', message, at(handoff), {
        hint: "add 'verify', for example [payload-complete]",
      });
    }
    if (handoff.mode === 'async' && handoff.respondWithin === null) {
      const message = `the asynchronous hand-off from '${handoff.from}' to '${handoff.to}' sets no response time`;
      context.report('error', 'E_HANDOFF_NO_RESPONSE_TIME', message, at(handoff), {
        hint: "add 'respondWithin', for example PT8H",
      });
    }
  }
}

/** From brief to retrospective (R10); a regulated workflow with its legal step (R15). */
function checkStages(context: CheckContext): void {
  const { workflow, at } = context;
  const kinds = new Set<StepKind>(stepsOf(workflow).map((step) => step.kind));
  const stage = (kind: StepKind, severity: 'error' | 'warning') => {
    if (kinds.has(kind)) return;
    const code = severity === 'error' ? 'E_STAGE_MISSING' : 'W_STAGE_MISSING';
    context.report(severity, code, `no step of kind '${kind}'`, at(workflow, 'sections'), {
      hint: 'a workflow covers every stage from the brief to the retrospective',
    });
  };
  stage('retrospective', 'error');
  stage('brief', 'warning');
  stage('launch', 'warning');
  const roles = new Set(placedSteps(workflow).flatMap(({ step }) => [step.accountable, ...step.responsible]));
  if (workflow.regulated && !roles.has('legal')) {
    const message = "a regulated workflow in which the role 'legal' owns no step";
    context.report('warning', 'W_TEAM_MISSING', message, at(workflow, 'regulated'));
  }
}

/** An adaptive workflow acts on data, so it needs triggers, each with a guard against bad data (R6, R59). */
function checkAdaptive(context: CheckContext): void {
  const { workflow, at } = context;
  if (workflow.pattern === 'adaptive' && workflow.triggers.length === 0) {
    context.report(
      'error',
      'E_ADAPTIVE_NO_TRIGGER',
      'the pattern is adaptive, but there is no trigger',
      at(workflow, 'pattern'),
      {
        hint: "add 'triggers', or choose another pattern",
      },
    );
  }
  for (const trigger of workflow.triggers) {
    if (trigger.guard !== null) continue;
    const message = `trigger '${trigger.key}' has no guard against late, sparse or incomplete data`;
    context.report('error', 'E_ADAPTIVE_NO_GUARD', message, at(trigger), {
      hint: 'add a guard, for example { maxAge: PT15M, minSamples: 500 }',
    });
  }
  if (modelOf(workflow) === 'linear' && workflow.pattern === 'parallel') {
    context.report(
      'warning',
      'W_PATTERN_MODEL',
      'the pattern is parallel, but every section is linear',
      at(workflow, 'pattern'),
    );
  }
}
