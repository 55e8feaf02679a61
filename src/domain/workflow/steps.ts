import type { Block, Gate, Lane, Section, Step, Workflow, WorkflowModel } from './workflow.js';

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

/** Every step below the blocks, rework included, in file order. */
export function stepsOfBlocks(blocks: readonly Block[]): Step[] {
  return blocks.flatMap((block) => {
    if (block.type === 'step') return block.rework ? [block, block.rework.via] : [block];
    return block.branches.flatMap((branch) => stepsOfBlocks(branch.steps));
  });
}

/** Every step of the workflow with its place, in file order. */
export function placedSteps(workflow: Workflow): PlacedStep[] {
  return workflow.sections.flatMap((section) => {
    const place = (lane: string | null) => (step: Step) => ({ step, section: section.key, lane });
    if (section.model === 'linear') return stepsOfBlocks(section.steps).map(place(null));
    const lanes = lanesOf(section).flatMap((lane) => stepsOfBlocks(lane.steps).map(place(lane.key)));
    if (section.model === 'parallel') return lanes;
    return [...stepsOfBlocks(section.hub.steps).map(place('hub')), ...lanes];
  });
}

export const stepsOf = (workflow: Workflow): Step[] => placedSteps(workflow).map((placed) => placed.step);

export const gatesOf = (workflow: Workflow): Gate[] => workflow.sections.flatMap((section) => section.gates);

/** The model that all sections share, or `hybrid` when they differ (R8). */
export function modelOf(workflow: Workflow): WorkflowModel {
  const [first, ...others] = new Set(workflow.sections.map((section) => section.model));
  return first !== undefined && others.length === 0 ? first : 'hybrid';
}
