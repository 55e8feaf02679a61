import type { WorkflowModel } from '../workflow/workflow.js';
import type { Level } from './recommend.js';

/** The criteria of the article on workflow models (R27). */
export interface ModelInputs {
  readonly complexity: Level;
  readonly speed: Level;
  readonly regulation: Level;
  readonly maturity: Level;
  readonly teamSize: 'small' | 'large' | null;
}
export interface ModelChoice {
  readonly model: WorkflowModel;
  readonly because: string;
}

interface Rule extends ModelChoice {
  readonly holds: (inputs: ModelInputs) => boolean;
}

/** The first that holds; the last always does. */
const RULES: readonly Rule[] = [
  {
    holds: ({ complexity, regulation }) => complexity === 'low' && regulation === 'high',
    ...{ model: 'linear', because: 'a simple, highly regulated campaign may need every sign-off in order' },
  },
  {
    holds: ({ complexity, teamSize }) => complexity === 'low' && teamSize === 'small',
    ...{ model: 'linear', because: 'a small team with simple campaigns thrives with a linear workflow' },
  },
  {
    holds: ({ regulation }) => regulation === 'high',
    ...{
      model: 'hybrid',
      because: 'a linear sign-off for what is regulated, creative work side by side after it',
    },
  },
  {
    holds: ({ complexity, speed, regulation }) =>
      complexity === 'high' && (speed === 'high' || regulation === 'low'),
    ...{ model: 'hub-and-spoke', because: 'a complex campaign needs both consistency and speed' },
  },
  {
    holds: ({ complexity, teamSize }) => complexity !== 'low' && teamSize === 'large',
    ...{ model: 'hub-and-spoke', because: 'a large organisation with several channels needs a hub' },
  },
  {
    holds: ({ complexity, maturity }) => complexity !== 'low' && maturity === 'low',
    ...{ model: 'hub-and-spoke', because: 'teams that cannot yet coordinate themselves need a hub' },
  },
  {
    holds: ({ complexity, speed }) => complexity !== 'low' || speed === 'high',
    ...{ model: 'parallel', because: 'work side by side saves time, and the team can coordinate itself' },
  },
  { holds: () => true, model: 'linear', because: 'nothing asks for more than a chain of steps' },
];

export function recommendModel(inputs: ModelInputs): ModelChoice {
  const { model, because } = RULES.find(({ holds }) => holds(inputs)) ?? {
    ...{ model: 'linear', because: '' },
  };
  return { model, because };
}
