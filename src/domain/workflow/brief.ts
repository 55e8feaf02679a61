import { stepsOf } from './steps.js';
import type { Workflow } from './workflow.js';

/** Hand-offs ask for fields of the brief, which are there sooner or later; artefacts have to be produced. */
export function fullBrief(workflow: Workflow): Record<string, string> {
  const artefacts = new Set(stepsOf(workflow).flatMap((step) => step.produces));
  const fields = [
    ...workflow.handoffs.flatMap((handoff) => handoff.payload),
    ...workflow.sections.flatMap((section) => (section.model === 'hub-and-spoke' ? section.hub.owns : [])),
  ];
  return Object.fromEntries(fields.filter((field) => !artefacts.has(field)).map((field) => [field, 'given']));
}
