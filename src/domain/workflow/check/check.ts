import type { Finding } from '../../problem.js';
import type { Workflow } from '../workflow.js';
import { CheckContext, type Locate, type Vocabulary } from './context.js';
import { checkConvergence } from './convergence.js';
import { checkReferences } from './references.js';
import { checkSoundness } from './soundness.js';

/**
 * Everything that can be said about a definition without running it.
 * Names are checked first: what follows from an unknown name is not reported a second time.
 */
export function checkWorkflow(workflow: Workflow, vocabulary: Vocabulary, at: Locate): readonly Finding[] {
  const context = new CheckContext(workflow, vocabulary, at);
  checkReferences(context);
  checkSoundness(context);
  checkConvergence(context);
  return context.findings;
}
