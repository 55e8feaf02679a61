import type {
  Block,
  Branch,
  Gate,
  Lane,
  Quorum,
  Section,
  Step,
  Workflow,
  WorkflowModel,
} from './workflow.js';

/** A step with the place it has in its workflow. */
export interface PlacedStep {
  readonly step: Step;
  readonly section: string;
  /** Lane, spoke or `hub`; null in a linear section. */
  readonly lane: string | null;
}

/** The streams of a section that its gates compare: lanes, spokes, or the one line of a linear section. */
export function lanesOf(section: Section): readonly Lane[] {
  switch (section.model) {
    case 'linear':
      return [{ key: section.key, steps: section.steps }];
    case 'parallel':
      return section.lanes;
    case 'hub-and-spoke':
      return section.spokes;
  }
}

/** The chains of blocks of a section, each with the lane it is; null in a linear section. */
export function chainsOf(
  section: Section,
): { readonly lane: string | null; readonly blocks: readonly Block[] }[] {
  if (section.model === 'linear') return [{ lane: null, blocks: section.steps }];
  const lanes = lanesOf(section).map((lane) => ({ lane: lane.key, blocks: lane.steps }));
  return section.model === 'parallel' ? lanes : [{ lane: 'hub', blocks: section.hub.steps }, ...lanes];
}

/** Every step below the blocks, rework included, in file order. */
export function stepsOfBlocks(blocks: readonly Block[]): Step[] {
  return blocks.flatMap((block) => {
    if (block.type === 'step') return block.rework ? [block, block.rework.via] : [block];
    return block.branches.flatMap((branch) => stepsOfBlocks(branch.steps));
  });
}

/** Every step of the workflow with its place, in file order. */
export function placedSteps(workflow: Workflow): readonly PlacedStep[] {
  const known = placed.get(workflow);
  if (known) return known;
  const steps = findSteps(workflow);
  placed.set(workflow, steps);
  return steps;
}

/** A workflow never changes, and is asked for its steps by nearly every check. */
const placed = new WeakMap<Workflow, readonly PlacedStep[]>();

const findSteps = (workflow: Workflow): PlacedStep[] =>
  workflow.sections.flatMap((section) =>
    chainsOf(section).flatMap(({ lane, blocks }) =>
      stepsOfBlocks(blocks).map((step) => ({ step, section: section.key, lane })),
    ),
  );

export const stepsOf = (workflow: Workflow): Step[] => placedSteps(workflow).map((placed) => placed.step);

/** Every branch of a choice or fork, in file order. */
export function branchesOf(workflow: Workflow): Branch[] {
  const within = (blocks: readonly Block[]): Branch[] =>
    blocks.flatMap((block) =>
      block.type === 'step' ? [] : block.branches.flatMap((branch) => [branch, ...within(branch.steps)]),
    );
  return workflow.sections.flatMap((section) => chainsOf(section).flatMap(({ blocks }) => within(blocks)));
}

export const gatesOf = (workflow: Workflow): Gate[] => workflow.sections.flatMap((section) => section.gates);

/** The model that all sections share, or `hybrid` when they differ (R8). */
export function modelOf(workflow: Workflow): WorkflowModel {
  const [first, ...others] = new Set(workflow.sections.map((section) => section.model));
  return first !== undefined && others.length === 0 ? first : 'hybrid';
}

/** What a step without a name is called: `email-copy` → `Email copy`. */
export const nameFrom = (key: string): string => {
  const words = key.replaceAll(/[-_.]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** Every condition about a campaign, wherever it stands. */
export const conditionsOf = (workflow: Workflow): string[] => [
  ...[...stepsOf(workflow), ...branchesOf(workflow)].flatMap(({ when }) => (when === null ? [] : [when])),
  ...workflow.rules.map((rule) => rule.until),
  ...workflow.handoffs.flatMap(({ verify }) =>
    verify.flatMap((each) => (each.type === 'cel' ? [each.expression] : [])),
  ),
];

/** Versions of older releases say nothing of it. */
export const quorumOf = ({ quorum = null }: Partial<Pick<Step, 'quorum'>>): Quorum | null => quorum;
