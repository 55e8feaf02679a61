import type { Finding } from '../../problem.js';
import type { Workflow } from '../workflow.js';
import { CheckContext, type Locate, type Vocabulary } from './context.js';
import { checkConvergence } from './convergence.js';
import { checkReferences } from './references.js';
import { checkOrder, checkSections, checkSoundness } from './soundness.js';

/**
 * Everything that can be said about a definition without running it. Names are checked first: what only follows from
 * an unknown name, or from one that means two things, is not reported a second time.
 */
export function checkWorkflow(workflow: Workflow, vocabulary: Vocabulary, at: Locate): readonly Finding[] {
  const context = new CheckContext(workflow, vocabulary, at);
  checkReferences(context);
  const isNamed = !context.findings.some(({ code }) => code === 'E_DUPLICATE_ID');
  const isOrdered = checkSections(context);
  if (isNamed && isOrdered) checkOrder(context);
  checkSoundness(context);
  if (isOrdered) checkConvergence(context);
  return context.findings;
}
