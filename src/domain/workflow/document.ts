import type { Risk, SectionModel } from './workflow.js';

/** The other kinds of definition, as meant. Together with `Workflow` they are what a repository defines. */
export const DEFINITION_KINDS = ['Workflow', 'Team', 'Taxonomy', 'Policy', 'Library'] as const;
export type DefinitionKind = (typeof DEFINITION_KINDS)[number];

export interface Team {
  readonly key: string;
  readonly name: string;
  readonly roles: readonly Role[];
}
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export interface Role {
  readonly key: string;
  readonly name: string;
  /** Units that work at the same time; null is never a bottleneck. */
  readonly capacity: number | null;
  readonly people: readonly string[];
  readonly delegates: readonly string[];
  readonly timezone: string | null;
  readonly workingDays: readonly Weekday[];
  /** `09:00-17:00`; null is round the clock. */
  readonly workingHours: string | null;
  readonly holidays: readonly string[];
  /** When nobody is there to answer; absent in versions of older releases (R42). */
  readonly absences?: readonly Absence[];
}
/** Days in the time zone of the role, both included. */
export interface Absence {
  readonly from: string;
  readonly to: string;
}

export interface Taxonomy {
  readonly key: string;
  readonly channels: readonly { readonly key: string; readonly risk: Risk }[];
  readonly segments: readonly { readonly key: string; readonly name: string }[];
  readonly offers: readonly Offer[];
  readonly tones: readonly string[];
  readonly signals: readonly Signal[];
  readonly tools: readonly Tool[];
}
/** A tool, and the models of a section that it can express (R34). */
export interface Tool {
  readonly key: string;
  readonly models: readonly SectionModel[];
}
export interface Offer {
  readonly key: string;
  readonly percent: number | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
}
export interface Signal {
  readonly key: string;
  readonly owner: string;
  readonly unit: string | null;
  readonly range: readonly [number, number] | null;
}

export interface Policy {
  readonly key: string;
  /** What a bad file holds back: itself and what refers to it, or its whole commit. */
  readonly onBadFile: 'file' | 'commit';
  readonly retireLimit: { readonly share: number; readonly runningCampaigns: number };
  readonly fiscalYearStart: number;
  readonly timezone: string;
  readonly approvals: readonly { readonly when: string; readonly require: readonly string[] }[];
  /** How soon an approval or a hand-off is answered where its own definition says nothing; ISO 8601, in working time (R88). */
  readonly respondWithin?: string | null;
  readonly deviations: readonly AllowedDeviation[];
  readonly findings: Readonly<Record<string, FindingSetting>>;
  readonly excuses: readonly Excuse[];
}
export const DEVIATION_KINDS = ['gate', 'rule', 'step'] as const;
export type DeviationKind = (typeof DEVIATION_KINDS)[number];
/** What may be gone past, and by whom (R65). */
export interface AllowedDeviation {
  readonly from: readonly DeviationKind[];
  /** Condition on the campaign; null for all. */
  readonly when: string | null;
  /** Roles, any one of them. */
  readonly by: readonly string[];
}
/** What a Policy may make of a finding. */
export const SETTINGS_OF_FINDINGS = ['off', 'info', 'warning', 'error'] as const;
export interface FindingSetting {
  readonly severity: (typeof SETTINGS_OF_FINDINGS)[number] | null;
  readonly limits: Readonly<Record<string, number>>;
}
export interface Excuse {
  readonly finding: string;
  readonly workflow: string;
  readonly reason: string;
  readonly until: string;
}

/** The policy that applies where a repository has none. */
export const DEFAULT_POLICY: Policy = {
  key: 'default',
  onBadFile: 'file',
  retireLimit: { share: 0.3, runningCampaigns: 1 },
  fiscalYearStart: 1,
  timezone: 'UTC',
  approvals: [],
  deviations: [],
  findings: {},
  excuses: [],
};

export interface Library {
  readonly key: string;
  readonly entries: readonly LibraryEntry[];
}
export interface LibraryEntry {
  readonly campaignType: string;
  readonly workflow: string;
  readonly priority: 'low' | 'medium' | 'high' | null;
}
