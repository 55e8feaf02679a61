/**
 * A workflow definition as meant: defaults filled in, short forms spelled out, nothing of files or YAML.
 * Absent values are `null` or empty lists, so that every property is always there.
 */
export interface Workflow {
  readonly key: string;
  readonly name: string;
  /** Role that looks after the definition (R103). */
  readonly steward: string;
  readonly status: WorkflowStatus;
  /** Keys of the campaigns that may try it while it is a pilot (R99). */
  readonly pilotCampaigns: readonly string[];
  readonly campaignTypes: readonly string[];
  readonly pattern: Pattern;
  readonly decision: Decision | null;
  /** ISO 8601 duration between two reviews (R93). */
  readonly reviewEvery: string | null;
  readonly regulated: boolean;
  readonly audience: string | null;
  readonly channels: readonly string[];
  readonly milestones: readonly Milestone[];
  readonly sections: readonly Section[];
  readonly handoffs: readonly Handoff[];
  readonly sequence: readonly LaunchGap[];
  readonly rules: readonly Rule[];
  readonly triggers: readonly Trigger[];
  readonly cadence: readonly Cadence[];
  readonly calendar: ContentCalendar | null;
  readonly kpis: readonly string[];
}

export const WORKFLOW_STATUSES = ['draft', 'pilot', 'active', 'retired'] as const;
export type WorkflowStatus = (typeof WORKFLOW_STATUSES)[number];

/** How the workflow reaches convergence (R4–R6). */
export const PATTERNS = ['sequential', 'parallel', 'adaptive'] as const;
export type Pattern = (typeof PATTERNS)[number];

/** How much harm a mistake does. */
export const RISKS = ['low', 'medium', 'high'] as const;
export type Risk = (typeof RISKS)[number];

/** How one section is run (R1–R3). */
export const SECTION_MODELS = ['linear', 'parallel', 'hub-and-spoke'] as const;
export type SectionModel = (typeof SECTION_MODELS)[number];

/** The model of a whole workflow: that of its sections, or a hybrid of several (R8). */
export type WorkflowModel = SectionModel | 'hybrid';

/** Why this pattern was chosen (R30). */
export interface Decision {
  readonly inputs: Readonly<Record<string, string>>;
  readonly rationale: string;
}

export interface Milestone {
  readonly key: string;
  readonly owner: string;
  /** ISO 8601 duration before the date at which consumers must have been told (R69). */
  readonly announceBefore: string | null;
  /** Roles or sections that depend on the date. */
  readonly consumers: readonly string[];
  /** ISO 8601 date; without one it is given when a campaign is created. */
  readonly date: string | null;
  /** Milestones that come first (R68). */
  readonly notBefore: readonly string[];
}

interface SectionBase {
  readonly key: string;
  /** Keys of the sections it runs after; empty means from the start. */
  readonly after: readonly string[];
  readonly gates: readonly Gate[];
  readonly checkpoints: readonly Checkpoint[];
  /** Tool of the Taxonomy that it is run in (R34). */
  readonly tool: string | null;
}
export interface LinearSection extends SectionBase {
  readonly model: 'linear';
  readonly steps: readonly Block[];
}
export interface ParallelSection extends SectionBase {
  readonly model: 'parallel';
  readonly lanes: readonly Lane[];
}
export interface HubAndSpokeSection extends SectionBase {
  readonly model: 'hub-and-spoke';
  readonly hub: Hub;
  readonly spokes: readonly Lane[];
}
export type Section = LinearSection | ParallelSection | HubAndSpokeSection;

export interface Hub {
  readonly steps: readonly Block[];
  /** Brief fields that only the hub may set (R3). */
  readonly owns: readonly string[];
}

/** One stream of a parallel section, or one spoke. */
export interface Lane {
  readonly key: string;
  readonly steps: readonly Block[];
}

/** A date relative to the launch, e.g. `-P7D` (R51). */
export interface Checkpoint {
  readonly key: string;
  readonly offset: string;
}

export type Block = Step | Choice | Concurrent;

/** A choice: the first member started commits it. */
export interface Choice {
  readonly type: 'choice';
  readonly key: string | null;
  readonly branches: readonly Branch[];
}
/** Members that run side by side. */
export interface Concurrent {
  readonly type: 'concurrent';
  readonly key: string | null;
  readonly branches: readonly Branch[];
}
export interface Branch {
  readonly key: string | null;
  /** CEL condition; null means always. */
  readonly when: string | null;
  /** Relative frequency of the branch, for forecasts. */
  readonly weight: number;
  readonly steps: readonly Block[];
}

export const STEP_KINDS = ['task', 'brief', 'approval', 'review', 'launch', 'retrospective'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

export interface Step {
  readonly type: 'step';
  readonly key: string;
  readonly name: string;
  readonly kind: StepKind;
  readonly responsible: readonly string[];
  readonly accountable: string;
  readonly consulted: readonly string[];
  readonly informed: readonly string[];
  readonly effort: Effort | null;
  readonly produces: readonly string[];
  /** Artefacts that an approval covers. */
  readonly approves: readonly string[];
  /** Channels and fields of the brief that an approval looks at; empty: what follows from its place (R47). */
  readonly concerns: readonly string[];
  /** Whose approvals it takes; null is any one of the responsible roles (R38). */
  readonly quorum: Quorum | null;
  /** Steps that must be done first, in other lanes or sections too. */
  readonly needs: readonly string[];
  /** `draft`: may start once the needed steps have begun, and finish once they are done (R5). */
  readonly startOn: 'draft' | 'final';
  readonly channel: string | null;
  readonly when: string | null;
  readonly optional: boolean;
  readonly rework: Rework | null;
  /** Units per role; replaces the one unit of each responsible role. */
  readonly staffing: Readonly<Record<string, number>>;
  readonly relevance: { readonly notBefore: string | null; readonly notAfter: string | null } | null;
  /** ISO 8601 duration before work starts. */
  readonly waiting: string | null;
  readonly derivedFrom: readonly string[];
  readonly escalateAfter: string | null;
}

/** How many of the responsible roles have to approve, or which. */
export type Quorum =
  | { readonly type: 'all' }
  | { readonly type: 'at-least'; readonly count: number }
  | { readonly type: 'named'; readonly roles: readonly string[] };

/** ISO 8601 durations; the three-point form is a beta-PERT estimate, a fixed effort has three equal points. */
export interface Effort {
  readonly optimistic: string;
  readonly likely: string;
  readonly pessimistic: string;
}

/** A bounded loop: from `to` up to this step, then `via`, then again (R17). */
export interface Rework {
  readonly to: string;
  readonly via: Step;
  /** How often work may be returned before it escalates. */
  readonly max: number;
  readonly probability: number | null;
}

export const GATE_PLACES = ['midpoint', 'endpoint'] as const;
export type GatePlace = (typeof GATE_PLACES)[number];
export const ON_FAIL = ['block', 'alert', 'pause-channel'] as const;
export type OnFail = (typeof ON_FAIL)[number];

/** A convergence gate: where the outputs of a section's lanes are compared (R35). */
export interface Gate {
  readonly key: string;
  readonly at: GatePlace;
  readonly merge: Merge;
  readonly approvers: readonly string[];
  readonly checks: readonly Check[];
  readonly onFail: OnFail;
}
/** Which lanes a gate waits for (R38). */
export type Merge =
  | { readonly type: 'all' }
  | { readonly type: 'at-least'; readonly count: number }
  | { readonly type: 'named'; readonly lanes: readonly string[] };

export interface Check {
  readonly metric: string;
  readonly bound: 'at-least' | 'at-most';
  /** A number, or an ISO 8601 duration for time metrics. */
  readonly limit: number | string;
}

export interface Handoff {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  /** Artefacts or brief fields that pass (R11). */
  readonly payload: readonly string[];
  readonly verify: readonly Verification[];
  readonly mode: 'sync' | 'async';
  readonly respondWithin: string | null;
  readonly meeting: string | null;
}
export const BUILT_IN_VERIFICATIONS = ['brief-complete', 'payload-complete', 'approvals-complete'] as const;
export type BuiltInVerification = (typeof BUILT_IN_VERIFICATIONS)[number];
export type Verification =
  | { readonly type: 'built-in'; readonly name: BuiltInVerification }
  | { readonly type: 'cel'; readonly expression: string };

/** Order and distance between two launches (R24). */
export interface LaunchGap {
  readonly step: string;
  readonly after: string;
  readonly minGap: string | null;
  readonly maxGap: string | null;
}

/** Forbids an action until a condition holds (R43). `block` is `launch:<channel>`, `start:<step>` or `complete:<step>`. */
export interface Rule {
  readonly key: string;
  readonly block: string;
  readonly until: string;
}

export interface Trigger {
  readonly key: string;
  readonly signal: string;
  readonly when: string;
  readonly for: string | null;
  readonly guard: {
    readonly maxAge: string | null;
    readonly minSamples: number | null;
    readonly completeness: number | null;
    readonly range: readonly [number, number] | null;
  } | null;
  readonly cooldown: string | null;
  readonly actions: readonly TriggerAction[];
}
export const TRIGGER_ACTIONS = [
  'shiftBudget',
  'createStep',
  'rotateCreative',
  'pauseChannel',
  'resumeChannel',
  'alert',
  'recalculateForecast',
] as const;
export interface TriggerAction {
  readonly type: (typeof TRIGGER_ACTIONS)[number];
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface Cadence {
  readonly key: string;
  readonly rrule: string;
  readonly duration: string;
  readonly timezone: string;
  readonly attendees: readonly string[];
}

/** What is published when and where, and how the items hang together (R21). */
export interface ContentCalendar {
  readonly theme: string;
  /** Links that must lead to every item. */
  readonly minLinks: number;
  readonly items: readonly CalendarItem[];
}
export interface CalendarItem {
  readonly key: string;
  readonly channel: string;
  /** ISO 8601 duration relative to the launch. */
  readonly offset: string;
  readonly theme: string;
  readonly links: readonly string[];
}

/** What can happen to a campaign in a test; `reach` does all that it takes for a step to become ready. */
export const EVENT_KINDS = [
  'start',
  'complete',
  'approve',
  'reject',
  'skip',
  'launch',
  'accept',
  'pass',
  'fail',
  'reach',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One thing that happens in a test, and the id of what it happens to. */
export interface TestEvent {
  readonly kind: EventKind;
  readonly key: string;
}

/** Given events and what is expected then. Not part of what a workflow means: it has no version of its own. */
export interface WorkflowTest {
  readonly name: string;
  readonly campaign: {
    readonly type: string;
    readonly risk: Risk;
    readonly channels: readonly string[];
    readonly labels: readonly string[];
    readonly flags: readonly string[];
    readonly budget: number;
  };
  readonly brief: Readonly<Record<string, string | readonly string[]>>;
  readonly given: readonly TestEvent[];
  readonly expect: {
    readonly steps: Readonly<Record<string, string>>;
    readonly gates: Readonly<Record<string, string>>;
    readonly handoffs: Readonly<Record<string, string>>;
    readonly refused: readonly TestEvent[];
    readonly allowed: readonly TestEvent[];
  };
}
