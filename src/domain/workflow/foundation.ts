import type { Workflow } from './workflow.js';

/** What adaptive work cannot do without, by the inputs of a decision. */
const LACKS = [
  ['dataInfrastructure', 'weak'],
  ['maturity', 'low'],
] as const;
type Lack = (typeof LACKS)[number];

/** What an adaptive workflow would lack by its decision: inputs with their values, such as `['maturity', 'low']` (R32). */
export const weakInputs = ({ decision }: Workflow): readonly Lack[] =>
  LACKS.filter(([name, bad]) => decision?.inputs[name] === bad);

/** What an adaptive workflow lacks. Without a trigger it is adaptive in name only. */
export const missingFoundation = (workflow: Workflow): readonly Lack[] =>
  workflow.pattern === 'adaptive' && workflow.triggers.length > 0 ? weakInputs(workflow) : [];
