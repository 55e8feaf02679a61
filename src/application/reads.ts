import type { ExportedRecord, StoredCheckpoint } from './audit-ports.js';
import type { Notification, Recipient } from '../domain/notification/notification.js';
import type { Problem } from '../domain/problem.js';
import type { Seen } from '../domain/triggers/decide.js';
import type { Reading } from '../domain/triggers/reading.js';
import type { PilotCampaign } from '../domain/workflow/promotion.js';
import type { HeldDefinition } from '../domain/workflow/known-files.js';
import type { TypeUse } from '../domain/learning/library.js';
import type { Library, Policy, Team } from '../domain/workflow/document.js';
import type { KeptReview, Landed } from '../domain/learning/decisions.js';
import type { Serving } from '../domain/learning/servings.js';
import type {
  DelegationRecord,
  RequestRecord,
  AssetRecord,
  AudienceRecord,
  BriefPullRecord,
  BriefVersionRecord,
  CampaignParts,
  CampaignRecord,
  CampaignSnapshot,
  ChannelRecord,
  EndedSnapshot,
  MetricRecord,
  StepEvent,
  StepRecord,
  TurnRecord,
  DeviationRecord,
} from './records.js';
import type {
  AuditRecord,
  CampaignTask,
  Commit,
  NewDecision,
  NewDefinitionChange,
  RepositoryState,
  StoredVersion,
  SyncRun,
  StoredAlert,
  VersionRef,
  WorkflowPin,
} from './ports.js';
import type { ReportedIncident } from './learning-ports.js';
import type { Answers, RetrospectiveAction } from '../domain/learning/retrospective.js';
import type { CampaignGroupField, TimeBucket } from '../domain/campaign/statistics.js';
import type { MetricName } from '../domain/metrics/catalogue.js';
import type { CampaignIncidents } from '../domain/learning/incident-register.js';
import type { RecordedParts } from './incidents.js';
import type { NotedIncident, RetrospectiveEvidence } from './retrospective.js';
import type { MeaningChange } from '../domain/workflow/diff/change.js';
import type { DefinitionChangeKind } from '../domain/workflow/plan.js';

/** One page of a list: forwards with `first` and `after`, or backwards with `last` and `before`. */
export interface PageRequest {
  readonly first: number | null;
  readonly after: string | null;
  readonly last: number | null;
  readonly before: string | null;
}
export interface Page<T> {
  readonly edges: readonly { readonly node: T; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
  /** Asks the database only when called. */
  readonly count: () => Promise<number>;
}

/** A cursor that this list did not give out. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/** A question took longer than anybody waits for its answer. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut';
}

export interface WorkflowRecord {
  readonly id: string;
  readonly key: string;
  readonly file: string;
  readonly retiredAt: Date | null;
  readonly version: StoredVersion<'Workflow'>;
}
export interface ChangeRecord extends Omit<NewDefinitionChange, 'changes' | 'commit' | 'committedAt'> {
  readonly id: string;
  readonly kind: DefinitionChangeKind;
  readonly workflowKey: string;
  readonly commitSha: string;
}
/** A commit never changes; what is known of its signature may, when a key becomes known. */
export type CommitRecord = Omit<Commit, 'signature'>;
export type SignatureRecord = Pick<Commit, 'sha' | 'signature'>;
export interface RetrospectiveRecord {
  readonly id: string;
  readonly campaignId: string;
  readonly evidence: RetrospectiveEvidence;
  readonly answers: Answers;
  readonly actions: readonly RetrospectiveAction[];
  readonly createdAt: Date;
  readonly completedAt: Date | null;
  readonly completedBy: string | null;
}
/** What a team says of a campaign; without mean and pain points below five answers. */
export interface SurveyResult {
  readonly answers: number;
  readonly meanScore: number | null;
  readonly painPoints: readonly string[];
}
export interface SyncRunRecord extends SyncRun {
  readonly id: string;
}
export interface StoredAuditRecord extends AuditRecord {
  readonly id: string;
  /** In the chain; null until it is sealed. */
  readonly position: number | null;
  readonly hash: string | null;
}

/** What a trigger decided; times in what it saw are texts. */
export interface DecisionRecord extends Omit<NewDecision, 'seen'> {
  readonly id: string;
  readonly seen: Omit<Seen, 'at'> & { readonly at: string };
}
/** A notification, and how far it got at each target. */
export interface NotificationRecord extends Omit<Notification, 'key' | 'campaign' | 'recipient'> {
  readonly id: string;
  readonly messageId: string;
  /** Key; null where it is about none. */
  readonly campaignKey: string | null;
  readonly recipientType: Recipient['type'];
  readonly recipient: string;
  readonly createdAt: Date;
}
export type DeliveryState = 'pending' | 'delivered' | 'dead';
/** What became of a notification at one target. */
export interface NotificationDelivery {
  readonly notificationId: string;
  readonly target: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: Date | null;
  readonly lastError: string | null;
  readonly endedAt: Date | null;
}
/** Readings of a signal in one hour, summed up. */
export interface SignalHour {
  readonly hour: Date;
  readonly count: number;
  readonly missing: number;
  readonly sum: number;
  readonly min: number | null;
  readonly max: number | null;
  readonly samples: number;
}

/** From `since` on, up to but not including `until`. */
export interface Period {
  readonly since?: Date | null;
  readonly until?: Date | null;
}
type AnyOf = readonly string[] | null;

/** Conditions of lists: one that is null or absent asks nothing, and every one given must hold. */
export interface WorkflowFilter {
  readonly pattern?: AnyOf;
  readonly model?: AnyOf;
  readonly status?: AnyOf;
  readonly steward?: string | null;
  readonly retired?: boolean | null;
  readonly search?: string | null;
}
export interface VersionFilter {
  readonly author?: string | null;
  readonly committedAt?: Period | null;
}
export interface CampaignFilter {
  readonly workflow?: AnyOf;
  readonly version?: readonly number[] | null;
  readonly status?: AnyOf;
  readonly risk?: AnyOf;
  readonly type?: AnyOf;
  /** Has every one of these. */
  readonly label?: readonly string[] | null;
  readonly withoutLabel?: readonly string[] | null;
  readonly channel?: AnyOf;
  readonly createdAt?: Period | null;
  readonly plannedLaunchAt?: Period | null;
  readonly launchedAt?: Period | null;
  readonly endedAt?: Period | null;
  readonly search?: string | null;
}
export interface RetrospectiveFilter {
  readonly workflow?: AnyOf;
  readonly createdAt?: Period | null;
  readonly answered?: boolean | null;
  readonly hasOpenActions?: boolean | null;
}
export interface ChangeFilter {
  readonly workflow?: AnyOf;
  readonly kind?: AnyOf;
  readonly classification?: AnyOf;
  readonly author?: string | null;
  readonly pullRequest?: number | null;
  readonly committedAt?: Period | null;
}
export interface SyncRunFilter {
  readonly outcome?: AnyOf;
  readonly trigger?: AnyOf;
  readonly startedAt?: Period | null;
}
/** A campaign that has ended, and what was noted of it then and reported of it since. */
export interface EndedIncidents extends Omit<CampaignIncidents, 'incidents'> {
  readonly workflow: string;
  readonly campaign: string;
  readonly incidents: readonly NotedIncident[];
}
export interface AlertFilter {
  readonly kind?: AnyOf;
  readonly isOpen?: boolean | null;
  readonly isAcknowledged?: boolean | null;
  readonly raisedAt?: Period | null;
}
export interface NotificationFilter {
  /** Any of these at any target. */
  readonly state?: AnyOf;
  readonly kind?: AnyOf;
  /** Key of the campaign. */
  readonly campaign?: string | null;
  /** The person or role. */
  readonly recipient?: string | null;
  readonly createdAt?: Period | null;
}
export interface DecisionFilter {
  readonly trigger?: AnyOf;
  readonly outcome?: AnyOf;
  readonly decidedAt?: Period | null;
}
export interface AuditFilter {
  readonly campaign?: string | null;
  readonly workflow?: string | null;
  readonly version?: number | null;
  readonly action?: AnyOf;
  readonly actor?: string | null;
  readonly subject?: string | null;
  readonly happenedAt?: Period | null;
}

export interface Order<Field extends string> {
  readonly field: Field;
  readonly direction: 'asc' | 'desc';
}
export type WorkflowOrder = Order<'key' | 'name'>;
export type CampaignOrder = Order<
  'created-at' | 'planned-launch-at' | 'launched-at' | 'ended-at' | 'key' | 'name'
>;
export type ByTime = Order<'time'>;

export interface LeadTimeRecord {
  readonly workflow: string;
  readonly version: number;
  readonly versionId: string;
  readonly medianHours: number;
  readonly campaigns: readonly { readonly key: string; readonly leadTimeHours: number }[];
}

export type SuppressionRecord = RecordedParts['suppressions'][number] & { readonly campaignId: string };
export interface IncidentRecord extends ReportedIncident {
  readonly campaignId: string;
}

/** A workflow at both ends of a period; null where no version was in force. */
export interface ReviewedWorkflow {
  readonly id: string;
  readonly key: string;
  readonly fromVersionId: string | null;
  readonly toVersionId: string | null;
  /** When its meaning changed last before the end of the period. */
  readonly changedAt: Date;
  /** When a campaign was created on it last, or ended; the end of the period where one was under way; null where none ever was. */
  readonly usedAt: Date | null;
}

/** That new campaigns took another version of a workflow than the branch served. */
export interface PastPin {
  readonly workflow: string;
  readonly version: number;
  readonly pinnedBy: string;
  readonly reason: string;
  readonly pinnedAt: Date;
}

/** Campaigns that were under way on a version in a period. */
export interface VersionUse {
  readonly workflow: string;
  readonly version: number;
  readonly created: number;
  readonly launched: number;
  readonly ended: number;
  readonly cancelled: number;
  /** At the end of the period. */
  readonly running: number;
}

/** Figures over the campaigns of one group; lead times are null where none has launched. */
export interface CampaignStats {
  /** One value for each field that was grouped by, in that order. */
  readonly values: readonly string[];
  readonly campaigns: number;
  readonly running: number;
  readonly ended: number;
  readonly cancelled: number;
  readonly launched: number;
  readonly overdue: number;
  readonly leadTimeHoursMean: number | null;
  readonly leadTimeHoursP50: number | null;
  readonly leadTimeHoursP80: number | null;
  readonly budget: number;
}

export interface SeriesRequest {
  readonly metric: MetricName;
  readonly from: Date;
  readonly to: Date;
  readonly bucket: TimeBucket;
  /** IANA name of the zone in which days and weeks begin. */
  readonly timezone: string;
  readonly groupBy: CampaignGroupField | null;
  readonly filter: CampaignFilter;
}

export interface MetricPoint {
  readonly start: Date;
  readonly end: Date;
  readonly campaigns: number;
  readonly value: number | null;
  readonly mean: number | null;
  readonly p80: number | null;
}
export interface MetricLine {
  readonly group: string | null;
  readonly points: readonly MetricPoint[];
}

/** What a metric was in one campaign, and which version the campaign is pinned to. */
export interface MetricValue {
  readonly campaign: string;
  readonly versionId: string;
  readonly createdAt: Date;
  readonly value: number;
}

/** A copy of the database that follows it, for reading; a position says how far the database had come. */
export interface FollowingReads {
  /**
   * The questions, asked of the copy; null where it does not hold everything up to the position, which is waited for a moment, or cannot
   * be used now. What it does not answer the database itself is asked.
   * @param position as `position()` gave it; null: whatever is recent
   */
  at(position: string | null): Promise<Reads | null>;
  /** How far the database has come, with everything that was committed before; where that cannot be told one that no copy reaches. */
  position(): Promise<string>;
}

/** How far each table has been changed; equal counts of a table are of the same content. */
export interface ChangeCounts {
  /** Names the database that counts. */
  readonly since: string;
  /** Those that are counted, by name. */
  readonly tables: readonly string[];
  readonly of: (table: string) => string;
}

/** Questions that the API asks; nothing here changes anything. */
export interface Reads {
  changeCounts(): Promise<ChangeCounts>;
  /** The same questions, which tell which of these tables they look at. */
  noting(tables: readonly string[], note: (table: string) => void): Reads;
  workflow(key: string): Promise<WorkflowRecord | null>;
  /** In that order; null where there is none. */
  workflowsByKey(keys: readonly string[]): Promise<(WorkflowRecord | null)[]>;
  /** Libraries that are served. */
  libraries(): Promise<Library[]>;
  /** How campaigns of each type fared on each workflow. */
  typeUse(): Promise<TypeUse[]>;
  workflowsById(ids: readonly string[]): Promise<WorkflowRecord[]>;
  workflows(page: PageRequest, filter: WorkflowFilter, order: WorkflowOrder): Promise<Page<WorkflowRecord>>;
  version(definitionId: string, ref: VersionRef): Promise<StoredVersion<'Workflow'> | null>;
  /** One for each definition, in that order; null where there was none. */
  versionsAt(
    definitionIds: readonly string[],
    ref: VersionRef,
  ): Promise<(StoredVersion<'Workflow'> | null)[]>;
  /** Teams that are served now. */
  teams(): Promise<Team[]>;
  /** What names the campaigns that `endedCampaigns` gives, and how each of them is. */
  pastKeys(definitionIds: readonly string[], limit: number): Promise<string[]>;
  /** The newest ended campaigns on any version of each workflow, in that order. */
  endedCampaigns(definitionIds: readonly string[], limit: number): Promise<CampaignRecord[][]>;
  /** The newest ended campaigns on each version, in that order. */
  endedOn(versionIds: readonly string[], limit: number): Promise<CampaignRecord[][]>;
  /** Campaigns that run on any version of the workflows, by id, after the given one. */
  runningCampaigns(workflows: readonly string[], after: string, limit: number): Promise<CampaignSnapshot[]>;
  /** The newest campaigns on any version of the workflows that have ended since. */
  recentlyEnded(workflows: readonly string[], since: Date, limit: number): Promise<EndedSnapshot[]>;
  /** How many actions of people the record has of each campaign, in that order. */
  touches(campaignIds: readonly string[]): Promise<number[]>;
  /** What the record says of the steps of campaigns, in its order. */
  stepEvents(campaignIds: readonly string[]): Promise<StepEvent[]>;
  versionsById(ids: readonly string[]): Promise<StoredVersion[]>;
  /** One page for each definition, in that order. */
  versions(
    definitionIds: readonly string[],
    page: PageRequest,
    filter: VersionFilter,
    order: ByTime,
  ): Promise<Page<StoredVersion<'Workflow'>>[]>;
  changes(page: PageRequest, filter: ChangeFilter, order: ByTime): Promise<Page<ChangeRecord>>;
  changeById(id: string): Promise<ChangeRecord | null>;
  /** Every difference in meaning that each change made. */
  meaningOfChanges(ids: readonly string[]): Promise<(readonly MeaningChange[])[]>;
  commits(shas: readonly string[]): Promise<CommitRecord[]>;
  commitSignatures(shas: readonly string[]): Promise<SignatureRecord[]>;
  campaign(key: string): Promise<CampaignRecord | null>;
  campaignsById(ids: readonly string[]): Promise<CampaignRecord[]>;
  campaigns(page: PageRequest, filter: CampaignFilter, order: CampaignOrder): Promise<Page<CampaignRecord>>;
  /** Campaigns on any version of each definition: one page for each, in that order. */
  campaignsOf(
    definitionIds: readonly string[],
    page: PageRequest,
    filter: CampaignFilter,
    order: CampaignOrder,
  ): Promise<Page<CampaignRecord>[]>;
  /** All that has happened to their parts, in any order. */
  parts(campaigns: readonly Pick<CampaignRecord, 'id' | 'revision'>[]): Promise<CampaignParts[]>;
  steps(campaignIds: readonly string[]): Promise<StepRecord[]>;
  channels(campaignIds: readonly string[]): Promise<ChannelRecord[]>;
  /** The routing log, oldest first. */
  requests(campaignIds: readonly string[]): Promise<RequestRecord[]>;
  delegations(campaignIds: readonly string[]): Promise<DelegationRecord[]>;
  deviations(campaignIds: readonly string[]): Promise<DeviationRecord[]>;
  assets(campaignIds: readonly string[]): Promise<AssetRecord[]>;
  audiences(campaignIds: readonly string[]): Promise<AudienceRecord[]>;
  metrics(campaignIds: readonly string[]): Promise<MetricRecord[]>;
  turns(campaignIds: readonly string[]): Promise<TurnRecord[]>;
  /** The newest so many of each campaign, oldest first. */
  briefVersions(campaignIds: readonly string[], limit: number): Promise<BriefVersionRecord[][]>;
  /** The last of each spoke. */
  briefPulls(campaignIds: readonly string[]): Promise<BriefPullRecord[]>;
  /** The present versions, and those that spokes work from. */
  pulledBriefs(campaignIds: readonly string[]): Promise<BriefVersionRecord[]>;
  tasks(campaignIds: readonly string[]): Promise<CampaignTask[]>;
  decisionById(id: string): Promise<DecisionRecord | null>;
  /** One page for each campaign, in that order. */
  decisions(
    campaignIds: readonly string[],
    page: PageRequest,
    filter: DecisionFilter,
    order: ByTime,
  ): Promise<Page<DecisionRecord>[]>;
  signalHours(campaignId: string, signal: string, from: Date, to: Date): Promise<SignalHour[]>;
  /** Readings of a signal in the order of time. */
  signalReadings(campaignId: string, signal: string, from: Date, to: Date, limit: number): Promise<Reading[]>;
  retrospectivesOf(campaignIds: readonly string[]): Promise<RetrospectiveRecord[]>;
  retrospectives(
    page: PageRequest,
    filter: RetrospectiveFilter,
    order: ByTime,
  ): Promise<Page<RetrospectiveRecord>>;
  /** In the order of the campaigns. */
  surveys(campaignIds: readonly string[]): Promise<SurveyResult[]>;
  /** Changes of workflows by each of the commits, in that order. */
  changesByCommit(shas: readonly string[]): Promise<ChangeRecord[][]>;
  /** Campaigns on each of the versions, in that order, newest first. */
  campaignsOn(versionIds: readonly string[], limit: number): Promise<CampaignRecord[][]>;
  retrospectiveById(id: string): Promise<RetrospectiveRecord | null>;
  syncRunById(id: string): Promise<SyncRunRecord | null>;
  /** Those after one, and those of these ids, oldest first; after none where it is null: only the newest. */
  syncRunsAfter(id: string | null, ids: readonly string[]): Promise<SyncRunRecord[]>;
  auditRecordById(id: string): Promise<StoredAuditRecord | null>;
  /** Median lead times of campaigns that launched in the period, per workflow version. */
  leadTimes(from: Date, to: Date): Promise<LeadTimeRecord[]>;
  reviewedWorkflows(from: Date, to: Date): Promise<ReviewedWorkflow[]>;
  /** Workflows that were pinned at a moment. */
  pinsAt(moment: Date): Promise<PastPin[]>;
  versionUse(from: Date, to: Date): Promise<VersionUse[]>;
  /** Changes of workflows in a period, oldest first. */
  changesDuring(from: Date, to: Date, limit: number): Promise<ChangeRecord[]>;
  /** The Policy that is served; null without one. */
  policy(): Promise<Policy | null>;
  /** In the order in which they were completed. */
  completedReviews(): Promise<KeptReview[]>;
  /** The figures of a review as they were when it was completed, by the start of its period; null where it was not. */
  reviewSnapshot(start: Date): Promise<object | null>;
  suppressions(campaignIds: readonly string[]): Promise<SuppressionRecord[]>;
  reportedIncidents(campaignIds: readonly string[]): Promise<IncidentRecord[]>;
  /** Ids of those campaigns in which something was changed shortly before its launch. */
  lateFixes(campaignIds: readonly string[]): Promise<string[]>;
  landedProposals(branches: readonly string[]): Promise<Landed[]>;
  campaignStats(
    groupBy: readonly CampaignGroupField[],
    filter: CampaignFilter,
    now: Date,
  ): Promise<CampaignStats[]>;
  metricSeries(request: SeriesRequest): Promise<MetricLine[]>;
  /** By workflow and metric: what it was in the newest campaigns, in that order; those without a value left out. */
  metricValues(
    metrics: readonly MetricName[],
    definitionIds: readonly string[],
    limit: number,
    until: Date | null,
  ): Promise<MetricValue[][][]>;
  /** Every change of the meaning of each workflow, in that order, oldest first. */
  servings(definitionIds: readonly string[]): Promise<Serving[][]>;
  repository(): Promise<RepositoryState | null>;
  /** Problems of all files, the worst first. */
  problems(limit: number): Promise<Problem[]>;
  /** Problems that reading each of the files has found. */
  problemsOf(files: readonly string[]): Promise<(readonly Problem[])[]>;
  heldBack(): Promise<HeldRecord[]>;
  /** Campaigns that have ended on versions of the workflows that were pilots. */
  pilotCampaigns(workflows: readonly string[]): Promise<PilotCampaign[]>;
  syncRuns(page: PageRequest, filter: SyncRunFilter, order: ByTime): Promise<Page<SyncRunRecord>>;
  /** Pins of those that have one. */
  pins(definitionIds: readonly string[]): Promise<WorkflowPin[]>;
  alertById(id: string): Promise<StoredAlert | null>;
  /** Those after one, and those of these ids, oldest first; after none where it is null: only the newest. */
  alertsAfter(id: string | null, ids: readonly string[]): Promise<StoredAlert[]>;
  /** What names the last record of each campaign, by its id. */
  campaignCursors(campaignIds: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** How often a campaign was changed, and when last; null where it never was. */
  campaignChanges(campaignId: string): Promise<{ readonly count: number; readonly last: Date | null }>;
  /**
   * Campaigns that ended in the period, and those called off in it of which something was reported; without those whose end an older
   * release noted.
   */
  endedIncidents(from: Date, to: Date): Promise<EndedIncidents[]>;
  alerts(page: PageRequest, filter: AlertFilter, order: ByTime): Promise<Page<StoredAlert>>;
  /** Deliveries of each notification, in that order. */
  notificationDeliveries(ids: readonly string[]): Promise<NotificationDelivery[][]>;
  notificationById(id: string): Promise<NotificationRecord | null>;
  notifications(
    page: PageRequest,
    filter: NotificationFilter,
    order: ByTime,
  ): Promise<Page<NotificationRecord>>;
  /** Position of the last sealed record; 0 where there is none. */
  auditEnd(): Promise<number>;
  /** Sealed records between two positions that a filter lets through, in the order of the chain. */
  exportedRecords(after: number, upTo: number, filter: AuditFilter): Promise<ExportedRecord[]>;
  auditLog(page: PageRequest, filter: AuditFilter, order: ByTime): Promise<Page<StoredAuditRecord>>;
  /** Null before the first. */
  lastCheckpoint(): Promise<StoredCheckpoint | null>;
}

/** A definition that is served otherwise than its file says. */
export interface HeldRecord extends Omit<HeldDefinition, 'because'> {
  readonly file: string;
  /** Why, in words; null where an older release held it back. */
  readonly because: string | null;
}
