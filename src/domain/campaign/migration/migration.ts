import type { StepStatus } from '../progress.js';

/**
 * What another version means for a campaign:
 * - `unaffected`: nothing that can still happen to it differs;
 * - `movable`: it can go on under the other version, and reach its end whatever happens;
 * - `stuck`: it could come to wait for ever, work would be lost or done again, or something has slipped past a control.
 */
export const MIGRATION_EFFECTS = ['unaffected', 'movable', 'stuck'] as const;
export type MigrationEffect = (typeof MIGRATION_EFFECTS)[number];

/** Where one step goes. */
export interface StepMapping {
  /** Key in the version that the campaign is pinned to; null where the step is new. */
  readonly from: string | null;
  /** Key in the other version; null where the step is gone, and what was done of it is kept as history. */
  readonly to: string | null;
  /** How it would stand afterwards; for a step that is gone, how it stood. */
  readonly status: StepStatus;
  /** In words, where there is more to say than that it stays as it is; else empty. */
  readonly detail: string;
}

/** What a change means for one running campaign. */
export interface CampaignImpact {
  /** Key of the campaign. */
  readonly campaign: string;
  readonly effect: MigrationEffect;
  /** As a sentence: why. */
  readonly detail: string;
  /** Every step that is renamed, gone or new; absent where the campaign is unaffected. */
  readonly mapping?: readonly StepMapping[];
  /** What is done, what could be done, and what then waits for ever or which rule is broken; only where it is stuck. */
  readonly trace?: readonly string[];
}
