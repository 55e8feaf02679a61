import type { Workflow } from './workflow.js';

/** What adaptive work cannot do without, by the inputs of a decision. */
const LACKS = [
  ['dataInfrastructure', 'weak'],
  ['maturity', 'low'],
] as const;

/**
 * What an adaptive workflow lacks by its own decision: inputs with their values, such as `['maturity', 'low']` (R32). Without a trigger it
 * is adaptive in name only.
 */
export const missingFoundation = ({
  pattern,
  triggers,
  decision,
}: Workflow): readonly (typeof LACKS)[number][] =>
  pattern === 'adaptive' && triggers.length > 0
    ? LACKS.filter(([name, bad]) => decision?.inputs[name] === bad)
    : [];
