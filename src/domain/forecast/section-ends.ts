import type { CompiledWorkflow } from '../workflow/compiled.js';
import { placedSteps } from '../workflow/steps.js';
import type { Workflow } from '../workflow/workflow.js';
import { criticalPath } from './critical-path.js';
import { prepare } from './forecast.js';
import type { Staffing } from './resources.js';
import { soFarOf, type Underway } from './underway.js';

/**
 * When each section of a running campaign ended, or will if everything takes as long as the definition expects, in hours after its start.
 * @throws CannotCalculate
 */
export function sectionEnds(
  workflow: Workflow,
  compiled: CompiledWorkflow,
  staffing: Staffing,
  underway: Underway,
): Map<string, number> {
  const layout = prepare(compiled, staffing);
  const { floats } = criticalPath(layout, soFarOf(layout, underway));
  const endOf = new Map(floats.map(({ step, earliestFinishHours }) => [step, earliestFinishHours]));
  const ends = new Map<string, number>();
  for (const { step, section } of placedSteps(workflow)) {
    const end = endOf.get(step.key);
    if (end !== undefined) ends.set(section, Math.max(end, ends.get(section) ?? 0));
  }
  return ends;
}
