import { type Path } from '../../problem.js';
import { Rehearsal } from '../../campaign/rehearsal.js';
import { GATE_STATUSES, HANDOFF_STATUSES, STEP_STATUSES } from '../../campaign/progress.js';
import { compileWorkflow } from '../compile.js';
import { stepsOf } from '../steps.js';
import type { EventKind, TestEvent, WorkflowTest } from '../workflow.js';
import type { CheckContext } from './context.js';

/** Names in tests that nothing has. */
export function checkTests(tests: readonly WorkflowTest[], context: CheckContext): void {
  for (const test of tests) {
    checkEvents(test, context);
    checkStatuses(test, context);
  }
}

/** Runs the tests that stand beside a workflow (given events, expected statuses) on a campaign in memory. */
export function runTests(tests: readonly WorkflowTest[], context: CheckContext): void {
  for (const test of tests) runTest(test, context);
}

function runTest(test: WorkflowTest, context: CheckContext): void {
  const { workflow, at, report } = context;
  if (report.isDamagedWithin(at(test))) return;
  const { campaign, brief, given, expect } = test;
  const facts = { key: 'test', regulated: workflow.regulated, ...campaign };
  const rehearsal = new Rehearsal(workflow, compileWorkflow(workflow), { facts, brief });
  for (const event of given) {
    const [refused] = rehearsal.perform(event);
    if (!refused) continue;
    report.add(
      'E_TEST_FAILED',
      `'${test.name}': ${event.kind} ${event.key} is refused: ${refused.message}`,
      at(event),
    );
    return;
  }
  const { progress } = rehearsal.situation;
  const compare = (
    what: 'steps' | 'gates' | 'handoffs',
    found: ReadonlyMap<string, { readonly status: string }>,
  ) => {
    for (const [key, expected] of Object.entries(expect[what])) {
      const status = found.get(key)?.status ?? 'unknown';
      if (status === expected) continue;
      const message = `'${test.name}': ${key} is ${status}, expected ${expected}`;
      report.add('E_TEST_FAILED', message, at(test, 'expect', what, key));
    }
  };
  compare('steps', progress.steps);
  compare('gates', progress.gates);
  compare('handoffs', progress.handoffs);
  for (const event of expect.refused) {
    if (rehearsal.refusalsOf(event).length > 0) continue;
    report.add(
      'E_TEST_FAILED',
      `'${test.name}': ${event.kind} ${event.key} is allowed, expected a refusal`,
      at(event),
    );
  }
  for (const event of expect.allowed) {
    const [refused] = rehearsal.refusalsOf(event);
    if (!refused) continue;
    const message = `'${test.name}': ${event.kind} ${event.key} is refused, expected to be allowed: ${refused.message}`;
    report.add('E_TEST_FAILED', message, at(event));
  }
}

/** What the events of a test happen to. */
const SUBJECTS: Readonly<Record<EventKind, 'step' | 'gate' | 'hand-off' | 'channel'>> = {
  start: 'step',
  complete: 'step',
  approve: 'step',
  reject: 'step',
  skip: 'step',
  reach: 'step',
  launch: 'channel',
  accept: 'hand-off',
  pass: 'gate',
  fail: 'gate',
};
const CODES = {
  step: 'E_UNKNOWN_STEP',
  gate: 'E_UNKNOWN_NAME',
  'hand-off': 'E_UNKNOWN_NAME',
  channel: 'E_UNKNOWN_CHANNEL',
} as const;

function checkEvents({ given, expect }: WorkflowTest, { workflow, at, report }: CheckContext): void {
  const known = namesOf(workflow);
  const check = (event: TestEvent) => {
    const subject = SUBJECTS[event.kind];
    if (known[subject].includes(event.key)) return;
    report.unknown(subject, CODES[subject], event.key, known[subject], { path: at(event) });
  };
  for (const event of [...given, ...expect.refused, ...expect.allowed]) check(event);
}

const namesOf = (workflow: CheckContext['workflow']) => ({
  step: stepsOf(workflow).map((step) => step.key),
  gate: workflow.sections.flatMap((section) => section.gates.map((gate) => gate.key)),
  'hand-off': workflow.handoffs.map((handoff) => handoff.key),
  channel: workflow.channels,
});

function checkStatuses(test: WorkflowTest, { workflow, at, report }: CheckContext): void {
  const known = namesOf(workflow);
  const check = (
    what: 'steps' | 'gates' | 'handoffs',
    subject: 'step' | 'gate' | 'hand-off',
    statuses: readonly string[],
  ) => {
    for (const [key, status] of Object.entries(test.expect[what])) {
      const path: Path = at(test, 'expect', what, key);
      if (!known[subject].includes(key)) {
        report.unknown(subject, CODES[subject], key, known[subject], { path, target: 'key' });
      } else if (!statuses.includes(status)) {
        report.unknown('status', 'E_UNKNOWN_WORD', status, statuses, { path });
      }
    }
  };
  check('steps', 'step', STEP_STATUSES);
  check('gates', 'gate', GATE_STATUSES);
  check('handoffs', 'hand-off', HANDOFF_STATUSES);
}
