import type { CampaignImpact } from '../domain/campaign/migration/migration.js';
import type { PastImpact } from '../domain/campaign/migration/past.js';
import type { Quantiles } from '../domain/forecast/forecast.js';
import type { Problem } from '../domain/problem.js';
import type { Classification, MeaningChange } from '../domain/workflow/diff/change.js';
import { KnownFiles } from '../domain/workflow/known-files.js';
import type { Policy } from '../domain/workflow/document.js';
import type { PilotCampaign } from '../domain/workflow/promotion.js';
import type { ApprovalChange, RaciChange } from '../domain/workflow/responsibility.js';
import type { TouchingChange } from '../domain/workflow/touching.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import type { DiagramFormat } from './draw-diagram.js';
import type { Ports } from './ports.js';

/** A change of meaning in a plan. */
export interface PlannedChangeOfMeaning extends MeaningChange {
  /** The same as long as the change means the same; approvals bind to it. */
  readonly hash: string;
}

/** Something wrong in the merged files. */
export interface PlannedProblem extends Problem {
  /** It is wrong at the base already, so that it does not count against what is proposed. */
  readonly existing?: boolean;
}

export interface WorkflowPlan {
  readonly id: string;
  readonly change: 'added' | 'modified' | 'moved' | 'retired' | 'unchanged' | 'invalid';
  readonly classification: Classification;
  readonly changes: readonly PlannedChangeOfMeaning[];
  /** Of a workflow that comes or goes: the hash of that, as its changes have one; else null. */
  readonly hash: string | null;
  /** Why the sync would not retire it, or open a pilot to everybody, before a steward lets it go; null where nothing waits. */
  readonly waits: string | null;
  /** What changes as Mermaid text; null where nothing is to be drawn. */
  readonly diagram: string | null;
  /** The same, written as is asked for; null where nothing is to be drawn. It is no part of the plan as JSON. */
  readonly draw: ((format: DiagramFormat) => Promise<string>) | null;
  readonly forecast: { readonly before: Quantiles | null; readonly after: Quantiles | null };
  /** Changes of a Team, Taxonomy or Policy that touch it, in words; a workflow that is `unchanged` itself may have some. */
  readonly touchedBy: readonly TouchingChange[];
  /** Steps of which other roles are responsible, accountable, consulted or informed than before. */
  readonly raci: readonly RaciChange[];
  /** Who has to approve otherwise than before: approval and review steps, gates, and what the Policy demands. */
  readonly approvals: readonly ApprovalChange[];
  /** Every campaign that runs on it; only where a server was asked. */
  readonly impact?: readonly CampaignImpact[];
  /** Campaigns that ended in the last two quarters and would have gone otherwise; only where a server was asked. */
  readonly past?: readonly PastImpact[];
}

export interface Plan {
  readonly base: { readonly ref: string; readonly sha: string };
  readonly head: { readonly ref: string; readonly sha: string };
  /** Whether what is proposed would be served: nothing new is wrong, and nothing that changes is held back. */
  readonly ok: boolean;
  readonly problems: readonly PlannedProblem[];
  readonly workflows: readonly WorkflowPlan[];
  /** Changes of Team, Taxonomy, Policy and Library. */
  readonly documents: readonly {
    readonly kind: string;
    readonly id: string;
    readonly change: string;
    readonly summary: string;
    /** As of a change of meaning. */
    readonly hash: string;
  }[];
}

/** A workflow as it would be, with the Policy as it would be. */
export interface ProposedWorkflow {
  readonly key: string;
  /** Null where it would be retired. */
  readonly workflow: Workflow | null;
  readonly policy: Policy;
}

/** What a proposed workflow means for campaigns that run on it, and would have meant for those that have ended. */
export interface WorkflowImpact {
  readonly impact: readonly CampaignImpact[];
  readonly past: readonly PastImpact[];
  /** Campaigns that have ended on it while it was a pilot; asked for where it would be active. */
  readonly pilots: readonly PilotCampaign[];
}
/** By key of the workflow. */
export type Impacts = ReadonlyMap<string, WorkflowImpact>;

/** What is known of the files at some commit, from where others are read. */
export interface KnownAt {
  readonly known: KnownFiles;
  readonly context: string | null;
  readonly sha: string | null;
}

/** What the sync knows of the files, as a copy that reading may bring up to date; null before the first commit. */
export const knownAt = (inTransaction: Ports['inTransaction']): Promise<KnownAt | null> =>
  inTransaction(async (stores) => {
    const state = await stores.sync.state();
    if (state === null) return null;
    const { context, attemptedSha } = state;
    return { known: new KnownFiles(await stores.definitions.files()), context, sha: attemptedSha };
  });

/** Something proposed cannot be looked at: no such ref, or a document that is too large. */
export class BadProposal extends Error {
  override readonly name = 'BadProposal';
}

/** What git and the reader of definitions tell about a proposal. */
export interface Proposals {
  /**
   * What merging `head` into `base` would do.
   * @throws BadProposal
   */
  merge(
    base: string,
    head: string,
    impactOf: (proposed: readonly ProposedWorkflow[]) => Promise<Impacts>,
  ): Promise<Plan>;
  /** Names of the branches that are not merged into the one that is synced, in the order of the alphabet. */
  branches(): Promise<readonly string[]>;
  /** The workflows that documents define; what is not valid is left out. @throws BadProposal */
  read(documents: readonly string[]): ProposedWorkflow[];
}
