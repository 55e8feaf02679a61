import type { Finding, Path } from '../../problem.js';
import { FINDINGS } from '../../findings.js';
import type { Policy } from '../document.js';
import type { Workflow, WorkflowTest } from '../workflow.js';
import { type CheckContext, type Locate, Report, type Vocabulary } from './context.js';
import { checkConvergence } from './convergence.js';
import { checkExpressions } from './expressions.js';
import { checkJudgement } from './judgement.js';
import { checkNames } from './names.js';
import { checkExpressionNames, checkReferences } from './references.js';
import { checkSoundness } from './soundness.js';
import { checkTests, runTests } from './tests.js';

/** A workflow to be checked, and what is known about it. */
export interface Checked {
  readonly workflow: Workflow;
  readonly tests: readonly WorkflowTest[];
  readonly at: Locate;
  /** Where the form is wrong; what follows from that is not reported a second time. */
  readonly damaged: readonly Path[];
}

/** Names that stand twice, and names that nothing defines. */
export function checkNaming(
  { workflow, tests, at, damaged }: Checked,
  vocabulary: Vocabulary,
  policy: Policy,
): readonly Finding[] {
  const report = new Report(damaged);
  const context: CheckContext = { workflow, vocabulary, policy, at, report };
  checkNames(context);
  checkReferences(context);
  checkTests(tests, context);
  return report.findings;
}

/** Expressions that cannot be evaluated, and names in them that nothing defines. */
export function checkWording(
  { workflow, at, damaged }: Checked,
  vocabulary: Vocabulary,
  policy: Policy,
): readonly Finding[] {
  const report = new Report(damaged);
  const context: CheckContext = { workflow, vocabulary, policy, at, report };
  checkExpressions(context);
  checkExpressionNames(context);
  return report.findings;
}

/**
 * What else can be said about a definition without running it on a campaign, once its names are right or have been
 * put right.
 */
export function checkMeaning(
  { workflow, tests, at, damaged }: Checked,
  vocabulary: Vocabulary,
  policy: Policy,
  isOrderKnown: boolean,
): readonly Finding[] {
  const report = new Report(damaged);
  const context: CheckContext = { workflow, vocabulary, policy, at, report };
  if (isOrderKnown) checkSoundness(context);
  checkConvergence(context);
  checkJudgement(context);
  if (isOrderKnown && report.findings.every(({ code }) => FINDINGS[code].group !== 'soundness'))
    runTests(tests, context);
  return report.findings;
}
