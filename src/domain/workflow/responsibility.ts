import type { DefinitionKind } from './document.js';

/** A change of another definition that touches a workflow. */
export interface TouchingChange {
  readonly kind: Exclude<DefinitionKind, 'Workflow'>;
  /** `id` of the definition. */
  readonly id: string;
  /** What of it touches the workflow, as a sentence. */
  readonly summary: string;
}

/** Who does a step, answers for it, is asked and is told; lists are sorted. */
export interface Raci {
  readonly responsible: readonly string[];
  readonly accountable: string;
  readonly consulted: readonly string[];
  readonly informed: readonly string[];
}

export interface RaciChange {
  /** Key of the step, after the change where it was renamed. */
  readonly step: string;
  /** Null where the step is new. */
  readonly before: Raci | null;
  /** Null where the step is gone. */
  readonly after: Raci | null;
}

/** Who has to approve before and after a change. */
export interface ApprovalChange {
  /** An approval or review step, the approvers of a gate, or an approval that the Policy demands before a launch. */
  readonly kind: 'step' | 'gate' | 'policy';
  /** Key of the step or gate, after the change where it was renamed; the condition of the Policy's demand. */
  readonly key: string;
  /** Roles that may approve a step or gate, any one of them; roles that the Policy demands, all of them. Null where it was not there. */
  readonly before: readonly string[] | null;
  readonly after: readonly string[] | null;
  /** As a sentence. */
  readonly summary: string;
}
