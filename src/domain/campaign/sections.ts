import { groupsBy } from '../groups.js';
import { placedSteps } from '../workflow/steps.js';
import type { StepStatus } from './progress.js';
import type { Situation } from './situation.js';

export const SECTION_STATUSES = ['waiting', 'open', 'done'] as const;
export type SectionStatus = (typeof SECTION_STATUSES)[number];

const WITHOUT_WORK: readonly StepStatus[] = ['not-needed', 'not-taken'];
const BEHIND: readonly StepStatus[] = ['done', 'skipped', ...WITHOUT_WORK];

/** Where each section stands, by key, in the order of the file: what its steps say together. */
export function sectionStatuses({ workflow, progress }: Situation): Map<string, SectionStatus> {
  const placed = groupsBy(placedSteps(workflow), ({ section }) => section);
  const statusesOf = (key: string) =>
    (placed.get(key) ?? []).map(({ step }) => progress.steps.get(step.key)?.status ?? 'waiting');
  return new Map(workflow.sections.map(({ key }) => [key, statusOf(statusesOf(key))]));
}

function statusOf(steps: readonly StepStatus[]): SectionStatus {
  if (steps.every((status) => BEHIND.includes(status))) return 'done';
  return steps.every((status) => status === 'waiting' || WITHOUT_WORK.includes(status)) ? 'waiting' : 'open';
}
