import type { Readable } from 'node:stream';
import type { ApiTokenStore } from './access-ports.js';
import type { AuditChainStore } from './audit-ports.js';
import type { IncidentStore, RetrospectiveStore, ReviewStore } from './learning-ports.js';
import type { Alert } from '../domain/alert.js';
import type { FlaggedAsset } from '../domain/alignment/asset.js';
import type { Derived } from '../domain/alignment/lineage.js';
import type { Dimension, Turn } from '../domain/alignment/convergence.js';
import type { Delegation, OpenRequest } from '../domain/campaign/approvals/people.js';
import type { Edit } from '../domain/campaign/approvals/edits.js';
import type { Routed } from '../domain/campaign/approvals/routing.js';
import type { FormerLaunch } from '../domain/calendar/checkpoints.js';
import type { AuditAction } from '../domain/campaign/audit.js';
import type { BriefVersion } from '../domain/campaign/brief.js';
import type { BriefPull } from '../domain/campaign/spokes.js';
import type { Actor, Origin } from '../domain/campaign/actor.js';
import type {
  Brief,
  CampaignState,
  CampaignStatus,
  Change,
  ChannelState,
  NewTask,
  Pins,
  Renamed,
} from '../domain/campaign/state.js';
import type { MetricName } from '../domain/metrics/catalogue.js';
import type { Evidence, Measurement } from '../domain/metrics/measure.js';
import type { Notification } from '../domain/notification/notification.js';
import type { Problem } from '../domain/problem.js';
import type { ActionTaken } from '../domain/triggers/act.js';
import type { Decided, TriggerOutcome } from '../domain/triggers/decide.js';
import type { SeriesValue } from '../domain/triggers/unusual.js';
import type { GivenReading, Listener, Reading } from '../domain/triggers/reading.js';
import type { Classification, MeaningChange } from '../domain/workflow/diff/change.js';
import type { DefinitionKind, Role, Team } from '../domain/workflow/document.js';
import type { DefinitionChangeKind } from '../domain/workflow/plan.js';
import type { DefinitionName, KnownFile, KnownFiles } from '../domain/workflow/known-files.js';
import type { PilotCampaign } from '../domain/workflow/promotion.js';
import type { Meanings, ReadStep } from '../domain/workflow/reading.js';

import type { Workflow } from '../domain/workflow/workflow.js';

export interface Clock {
  now(): Date;
}

/** A commit of the branch, as it is recorded. */
export interface Commit {
  readonly sha: string;
  readonly author: { readonly name: string; readonly email: string };
  /** Who wrote the last of the commits that a merge brought: whoever pressed the button did not. Null where it is no merge. */
  readonly mergedAuthor: { readonly name: string; readonly email: string } | null;
  readonly authoredAt: Date;
  readonly committedAt: Date;
  readonly message: string;
  /** Number of the pull request that a merge commit names. */
  readonly pullRequest: number | null;
  readonly signature: CommitSignature;
}

export interface CommitSignature {
  /** `present` where no keys are known to verify it with. */
  readonly state: 'none' | 'present' | 'valid' | 'invalid' | 'unknown-key';
  readonly kind: 'pgp' | 'ssh' | 'x509' | null;
  /** Whose key it is; where that is not known, the key's id or fingerprint. */
  readonly signedBy: string | null;
}

/** Where definitions come from: the first-parent line of one branch of a git repository. */
export interface DefinitionSource {
  readonly location: string;
  readonly folder: string;
  /** The branch, as far as that is known without asking the host. */
  readonly knownBranch: string | null;
  branch(): Promise<string>;
  /** Brings remote news; reads the branch's head. */
  refresh(): Promise<string>;
  /** Commits up to `head`, after `since`, that changed the folder. */
  commitsSince(since: string | null, head: string): Promise<NewCommits>;
  commitOf(sha: string): Promise<Commit>;
  /** Changes with the keys that signatures are verified with, which are read anew; null where none are. */
  signers(): Promise<string | null>;
  /**
   * Reads what one commit changes against another, or against nothing, and brings `known` up to date.
   * @param context what `known` was checked against; null where nothing was
   */
  read(
    known: KnownFiles,
    context: string | null,
    step: { readonly from: string | null; readonly to: string; readonly today: string },
  ): Promise<ReadStep>;
}
export interface NewCommits {
  /** Oldest first. */
  readonly commits: readonly Commit[];
  /** False where `since` is not on the branch's line any more. */
  readonly reaches: boolean;
  /** Whether the line ends where a shallow clone was cut off. */
  readonly isShallow: boolean;
}

export interface StoredVersion<K extends DefinitionKind = DefinitionKind> {
  readonly id: string;
  readonly definitionId: string;
  readonly kind: K;
  readonly key: string;
  readonly number: number;
  readonly hash: string;
  readonly meaning: Meanings[K];
  readonly source: string;
  readonly file: string;
  readonly commitSha: string;
}

/** One version of a definition. */
export type VersionRef =
  | { readonly type: 'number'; readonly number: number }
  | { readonly type: 'commit'; readonly commit: string }
  | { readonly type: 'as-of'; readonly asOf: Date };

export interface ServedDefinition {
  readonly id: string;
  readonly kind: DefinitionKind;
  readonly key: string;
  readonly file: string;
  readonly retiredAt: Date | null;
  readonly version: StoredVersion | null;
}

export interface NewDefinitionChange {
  readonly definitionId: string;
  readonly kind: DefinitionChangeKind;
  readonly fromVersionId: string | null;
  readonly toVersionId: string | null;
  readonly file: string;
  readonly commit: Commit;
  /** When the commit was made; of a rewind, when that was noticed. */
  readonly committedAt: Date;
  /** Whether the history of the branch was rewritten, and it went back to the commit: whoever wrote that did not do so. */
  readonly isRewind: boolean;
  readonly classification: Classification;
  readonly summary: string;
  readonly changes: readonly MeaningChange[];
}

export interface DefinitionStore {
  /** Waits until no other sync holds the repository; held until the transaction ends. */
  lock(): Promise<void>;
  served(names: readonly DefinitionName[]): Promise<ServedDefinition[]>;
  /** Keys of the workflows that are served and not retired. */
  activeWorkflows(): Promise<string[]>;
  /** Which of the commits are recorded. */
  knownCommits(shas: readonly string[]): Promise<ReadonlySet<string>>;
  files(): Promise<KnownFile[]>;
  /** Every row that is made from git, by what it is called there; ids and times of this database are left out. */
  digests(): Promise<RowDigest[]>;
  /** Workflows that were let retire, or be active after they were pilots, by the commit that says so. */
  decisions(): Promise<ReadonlyMap<string, readonly string[]>>;
  /** Workflows of which something waits until a steward lets it go, and what. */
  waiting(): Promise<ReadonlyMap<string, 'retirement' | 'pilot'>>;
  saveFiles(files: readonly KnownFile[], gone: readonly string[]): Promise<void>;
  servedVersion<K extends DefinitionKind>(
    kind: K,
    key: string,
    asOf: Date | null,
  ): Promise<StoredVersion<K> | null>;
  version(definitionId: string, ref: VersionRef): Promise<StoredVersion<'Workflow'> | null>;
  /** The only, or first, served definition of a kind of which a repository has one. */
  firstServed<K extends DefinitionKind>(kind: K, asOf: Date | null): Promise<StoredVersion<K> | null>;
  /** Teams that are served now. */
  teams(): Promise<Team[]>;
  saveCommit(commit: Commit): Promise<void>;
  /** Commits with a signature whose key was not known. */
  unverified(): Promise<string[]>;
  saveSignatures(commits: readonly Pick<Commit, 'sha' | 'signature'>[]): Promise<void>;
  addDefinition(kind: DefinitionKind, key: string, file: string): Promise<string>;
  /** The version with this meaning, made now if there was none. */
  versionOf(
    definitionId: string,
    version: { hash: string; meaning: object; source: string; file: string; commitSha: string },
  ): Promise<{ id: string; number: number; isNew: boolean }>;
  serve(definitionId: string, versionId: string | null, file: string, retiredAt: Date | null): Promise<void>;
  addChange(change: NewDefinitionChange): Promise<void>;
}

/** One row of a table, told apart by its content. */
export interface RowDigest {
  readonly table: string;
  readonly name: string;
  /** SHA-256, in hex. */
  readonly hash: string;
  /** The definition that it is of, by kind and key; null where it is of none. */
  readonly definition: string | null;
  /** The commit that made it; null where none did. */
  readonly commit: string | null;
  /**
   * The same for as much of it as does not rest on what came before it; null where nothing of it is like that. Numbers and times
   * count on from commits that may have been rewritten away since.
   */
  readonly essence: string | null;
}

export interface RepositoryState {
  readonly location: string;
  readonly branch: string;
  readonly folder: string;
  readonly servedSha: string | null;
  readonly attemptedSha: string | null;
  readonly attemptedAt: Date | null;
  /** The head of the branch when it was last looked at. */
  readonly headSha: string | null;
  readonly epoch: number;
  readonly context: string | null;
  /** Files with errors. */
  readonly errors: number;
  /** Files of which something is held back. */
  readonly held: number;
  /** Why the repository cannot be read, and since when. */
  readonly failure: string | null;
  readonly failingSince: Date | null;
  /** Since when what is served is other than what the branch says. */
  readonly behindSince: Date | null;
  /** Changes with the keys that signatures were verified with; null where none were. */
  readonly signers: string | null;
}

export type SyncTrigger = 'start' | 'poll' | 'webhook' | 'api' | 'cli';

export interface SyncRun {
  readonly trigger: SyncTrigger;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly outcome: 'synced' | 'unchanged' | 'held-back' | 'failed';
  readonly fromSha: string | null;
  readonly toSha: string | null;
  readonly commits: number;
  readonly versions: number;
  readonly problems: readonly Problem[];
  /** Why it failed, for people. */
  readonly error: string | null;
  /** What else there is to say of it, such as that the history was rewritten. */
  readonly note: string | null;
}

export interface SyncStore {
  state(): Promise<RepositoryState | null>;
  save(state: RepositoryState): Promise<void>;
  /** Problems of all files, the worst first. */
  problems(limit: number): Promise<Problem[]>;
  addRun(run: SyncRun): Promise<string>;
  /** When the first sync on record began; null where none is. */
  firstRunAt(): Promise<Date | null>;
}

export interface NewCampaign {
  readonly key: string;
  readonly name: string;
  readonly versionId: string;
  readonly policyVersionId: string | null;
  readonly taxonomyVersionId: string | null;
  readonly type: string;
  readonly risk: string;
  readonly budget: number;
  readonly labels: readonly string[];
  readonly flags: readonly string[];
  readonly brief: Brief;
  /** Who has written each field of the brief. */
  readonly briefAuthors: Readonly<Record<string, readonly string[]>>;
  readonly plannedLaunchAt: Date | null;
  readonly createdAt: Date;
  readonly channels: readonly { readonly channel: string; readonly plannedAt: Date | null }[];
}

/** How imported campaigns are told from those that ran here. */
export const IMPORTED_LABEL = 'imported';

/** A campaign that ended before it was known here. */
export interface PastCampaignRecord {
  readonly key: string;
  readonly name: string;
  readonly versionId: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly createdAt: Date;
  readonly launchedAt: Date | null;
  readonly endedAt: Date;
  readonly steps: readonly {
    readonly key: string;
    readonly round: number;
    readonly startedAt: Date | null;
    readonly finishedAt: Date;
  }[];
}

export interface AssetFlags {
  /** Of the asset. */
  readonly key: string;
  readonly channel: string;
  readonly flags: readonly string[];
}

/** A campaign as far as the state machine needs it. */
export interface LoadedCampaign extends Omit<
  NewCampaign,
  'channels' | 'versionId' | 'policyVersionId' | 'taxonomyVersionId'
> {
  readonly id: string;
  readonly status: CampaignStatus;
  readonly version: StoredVersion<'Workflow'>;
  readonly policy: StoredVersion<'Policy'> | null;
  readonly taxonomy: StoredVersion<'Taxonomy'> | null;
  readonly launchedAt: Date | null;
  /** Number of the version that the brief is. */
  readonly briefVersion: number;
  readonly formerLaunches: readonly FormerLaunch[];
  readonly channels: ReadonlyMap<string, ChannelState>;
  readonly state: CampaignState;
  /** Keys of rules that were gone past under the version it is pinned to. */
  readonly waived: readonly string[];
  /** What the assets of a channel are said to contain. */
  readonly assetFlags: readonly AssetFlags[];
  /** Roles that are handed over; some may have run out. */
  readonly delegations: readonly Delegation[];
  /** The routing log, as far as it is not answered. */
  readonly requests: readonly OpenRequest[];
  /** Roles of all Teams that are served now. */
  readonly roles: readonly Role[];
  /** What was measured last. */
  readonly measured: ReadonlyMap<MetricName, number | null>;
  /** Dimensions that have agreed or not so far; those that never did are absent. */
  readonly agreed: ReadonlyMap<Dimension, boolean>;
}

export interface CampaignStore {
  /** Null where there is a campaign of this key already. Its brief is the first version. */
  add(campaign: NewCampaign, actor: Actor): Promise<string | null>;
  /** Null where there is a campaign of this key already. */
  addPast(campaign: PastCampaignRecord): Promise<string | null>;
  /** Loads the campaign and keeps others from changing it until the transaction ends. */
  lock(key: string): Promise<LoadedCampaign | null>;
  apply(campaign: LoadedCampaign, changes: readonly Change[], actor: Actor, now: Date): Promise<void>;
  /** Tells whoever follows the campaign that something of it has changed. */
  announce(campaign: LoadedCampaign): Promise<void>;
  /** How many campaigns run on each of the workflows, by key; none is left out. */
  countRunning(workflows: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Campaigns that have ended on versions of the workflows that were pilots. */
  pilots(workflows: readonly string[]): Promise<PilotCampaign[]>;
  /** The last move of the campaign to another version that was not undone. */
  undoPoint(campaignId: string): Promise<UndoPoint | null>;
}

/** What a campaign was pinned to before it was moved, and how its records were called. */
export interface UndoPoint {
  readonly id: string;
  readonly from: Pins;
  readonly renamed: readonly Renamed[];
  /** Channels that it had not had. */
  readonly channels: readonly string[];
  readonly movedAt: Date;
}

/** An asset as it is kept: how often it was changed, when last and by whom, and what it was made from. */
export interface StoredAsset extends FlaggedAsset, Derived {
  readonly updatedAt: Date;
  /** Everybody who has written it. */
  readonly writtenBy: readonly string[];
}

/** When steps ended, and hand-offs were accepted and opened again last, by key. */
export interface Times {
  readonly steps: ReadonlyMap<string, Date>;
  readonly handoffs: ReadonlyMap<string, Date>;
  readonly reopenings: ReadonlyMap<string, Date>;
}

/** What metrics rest on, and what was measured. */
export interface MetricStore {
  assets(campaignId: string): Promise<StoredAsset[]>;
  overlaps(campaignId: string): Promise<AudienceOverlap[]>;
  values(campaignId: string): Promise<ReadonlyMap<MetricName, number | null>>;
  evidence(campaignId: string, metric: MetricName): Promise<readonly Evidence[]>;
  save(campaignId: string, measurements: readonly Measurement[], now: Date): Promise<void>;
  times(campaignId: string): Promise<Times>;
  addTurns(campaignId: string, turns: readonly Turn[]): Promise<void>;
}

/** The people whom a channel reaches, by hashed ids. */
export interface Audience {
  readonly id: string;
  readonly channel: string;
  readonly size: number;
  readonly updatedAt: Date;
}
/** Members of a channel's audience that are not in the one list of the campaign. */
export interface Outside {
  /** An estimate where both have more than five million. */
  readonly count: number;
  /** The first of them in their order, as they were given. */
  readonly members: readonly string[];
}
/** How many two audiences share. */
export interface AudienceOverlap {
  readonly one: Audience;
  readonly other: Audience;
  readonly shared: number;
  /** Standard error of the Jaccard index where it was estimated; null where it was counted. */
  readonly jaccardError: number | null;
}

export interface AudienceStore {
  /**
   * Reads members, one a line, into an audience that nobody sees yet; duplicates count once. No lock is held meanwhile.
   * @throws WrongMembers
   */
  load(lines: Readable): Promise<LoadedAudience>;
  /** Puts it in the place of the channel's audience, and finds how many it shares with each other one. */
  replace(campaignId: string, channel: string, loaded: LoadedAudience, now: Date): Promise<void>;
  /** What of the list that was loaded last, and has been put in its place, is not in the one list; null without one. */
  outside(campaignId: string, audienceId: string): Promise<Outside | null>;
  /** False where there is none. */
  remove(campaignId: string, channel: string): Promise<boolean>;
}
export interface LoadedAudience {
  readonly id: string;
  readonly size: number;
  readonly lines: number;
}

/** A brief and what it takes to know who may pull it. */
export interface PresentBrief {
  readonly campaignId: string;
  readonly brief: Brief;
  readonly version: number;
  readonly workflow: Workflow;
  readonly channels: readonly string[];
}
export interface BriefStore {
  /** Null where there is no such campaign. Nobody is kept from changing it. */
  present(campaign: string): Promise<PresentBrief | null>;
  /** From one on, oldest first. */
  since(campaignId: string, number: number): Promise<BriefVersion[]>;
  /**
   * That a spoke has taken the version, or has asked whether it still is the present one.
   * @returns whether it is the first time that this version was taken so
   */
  notePull(campaignId: string, pull: Omit<BriefPull, 'firstAt'>): Promise<boolean>;
}

export interface AuditRecord {
  readonly happenedAt: Date;
  readonly actor: string;
  readonly roles: readonly string[];
  /** How it was known who acted, and from where; null in records of before that was kept. */
  readonly origin: Origin | null;
  readonly action: AuditAction;
  readonly subject: string;
  readonly campaignId: string | null;
  readonly versionId: string | null;
  readonly commitSha: string | null;
  readonly before: object | null;
  readonly after: object | null;
  /** The request that it was done by, where its caller has given it a key. */
  readonly request?: RequestKey | null;
}

/** What a client has given a request that it may send again, and what tells the request from others (an idempotency key). */
export interface RequestKey {
  readonly key: string;
  /** Of all that was asked. */
  readonly hash: string;
}
/** Keys for what a request does, in that order. */
export interface RequestKeys {
  next(): RequestKey;
}

/** What was done by a request. */
export interface RequestRecord {
  readonly campaign: string;
  readonly hash: string;
  readonly changes: readonly Change[];
}

export interface AuditStore {
  add(record: AuditRecord): Promise<void>;
  /** What somebody has done to a campaign by a request of this key. */
  ofRequest(actor: string, key: string): Promise<RequestRecord | null>;
  /** The last changes of a campaign's brief and assets, oldest first. */
  edits(campaignId: string, most: number): Promise<Edit[]>;
  /** What was done to a campaign after it was last moved to another version, oldest first: action and subject. */
  sinceMove(campaignId: string): Promise<{ action: AuditAction; subject: string }[]>;
}

export interface StoredAlert extends Required<Alert> {
  readonly id: string;
  readonly raisedAt: Date;
  /** When its cause was gone. */
  readonly resolvedAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly note: string | null;
  /** Why it was ended, where its cause did not just pass. */
  readonly resolution: string | null;
}

export interface AlertStore {
  /**
   * Raises an alert; where there is one already, only its message changes, and nobody is told again.
   * @returns whether there was none
   */
  raise(alert: Alert, now: Date): Promise<boolean>;
  resolve(kind: Alert['kind'], subject: string, now: Date): Promise<void>;
  /** Those of the kind on any other subject. */
  resolveOthers(kind: Alert['kind'], subjects: readonly string[], now: Date): Promise<void>;
  /** Those of these kinds that concern the campaign. */
  resolveOf(campaign: string, kinds: readonly Alert['kind'][], now: Date): Promise<void>;
  /** Ends what is told of any other repository than this. */
  endOthers(location: string, resolution: string, now: Date): Promise<void>;
  /** Somebody has taken notice; what cannot pass by itself is over with that. Null where there is no such alert. */
  acknowledge(id: string, by: string, note: string | null, now: Date): Promise<StoredAlert | null>;
}

/** A message that was taken to be sent, and how often it was, this time included. */
export interface ClaimedNotification extends Omit<Notification, 'key'> {
  readonly id: string;
  /** UUID; the same for every try and every target. */
  readonly messageId: string;
  readonly createdAt: Date;
  readonly attempts: number;
}

/** What people are told of, and how far it got: one delivery for each target. */
export interface NotificationStore {
  /** Whether there is a target; where there is none, nothing is written. */
  readonly isWanted: boolean;
  /** Adds those whose keys are new, for each target, with the jobs that deliver them. */
  add(notifications: readonly Notification[], now: Date): Promise<void>;
  /** Takes what is due, oldest first; nobody else gets it until then. Nothing while the target rests. */
  claim(
    target: string,
    when: { readonly now: Date; readonly until: Date; readonly limit: number },
  ): Promise<ClaimedNotification[]>;
  delivered(target: string, id: string, now: Date): Promise<void>;
  /** A message without a next time is a dead letter. */
  failed(
    target: string,
    id: string,
    failure: { readonly error: string; readonly nextAt: Date | null; readonly now: Date },
  ): Promise<void>;
  /** Nothing is sent to the target until then; `others` were taken and not tried. */
  rest(target: string, when: { readonly until: Date; readonly others: readonly string[] }): Promise<void>;
  /** When something is due next, and whether anything is dead, or was and is not delivered yet. */
  outlook(target: string): Promise<{ readonly nextAt: Date | null; readonly hasTrouble: boolean }>;
  /** Has dead letters tried anew. @returns for which targets; null where there is no such notification */
  replay(id: string, now: Date): Promise<readonly string[] | null>;
  /** What waits for a target that was called otherwise waits for it under its name. @returns whether anything did */
  rename(former: string, target: string): Promise<boolean>;
  /** What was delivered everywhere before then goes. */
  forget(before: Date): Promise<void>;
  /** What waits since before then for any other target than these is dead. @returns those others */
  abandon(
    targets: readonly string[],
    when: { readonly before: Date; readonly now: Date; readonly error: string },
  ): Promise<readonly string[]>;
}

export interface WorkflowPin {
  readonly definitionId: string;
  readonly versionId: string;
  readonly pinnedBy: string;
  readonly reason: string;
  readonly pinnedAt: Date;
}
export interface PinStore {
  set(pin: WorkflowPin): Promise<void>;
  remove(definitionId: string): Promise<void>;
  /** The version that a workflow is pinned to. */
  version(workflow: string): Promise<StoredVersion<'Workflow'> | null>;
}

export interface DeliveryStore {
  /** False where it was received before. */
  add(host: string, delivery: string, event: string, now: Date): Promise<boolean>;
  forget(before: Date): Promise<void>;
}

/** Work that any process may do, once the transaction that asks for it is committed. */
export interface JobStore {
  /**
   * @param key of the same key only one waits at a time
   * @param at when; without it at once
   */
  ask(task: string, payload: object, when: { readonly key: string; readonly at?: Date }): Promise<void>;
  /** Lets any process take at once what these workers are at. @returns how many jobs */
  handBack(workers: readonly string[]): Promise<number>;
  /** The same for what has been held for longer than any job takes: whoever was at it has died. */
  freeAbandoned(): Promise<number>;
  /** Counts of changes are added up, so that few are looked at to tell what has changed. */
  addUpChanges(): Promise<void>;
}

/** The plan that was posted last on an open pull request, and what it rests on. */
export interface PostedPlan {
  readonly repository: string;
  readonly number: number;
  readonly baseSha: string;
  readonly headSha: string;
  /** Keys of the workflows whose campaigns it speaks of. */
  readonly workflows: readonly string[];
  /** How those campaigns stood: see `PullRequestStore.epoch`. */
  readonly epoch: string;
  /** When the pull request had last changed at the host. */
  readonly seenAt: Date;
  readonly checkedAt: Date;
  /** When it was said to be outdated; null while it holds. */
  readonly outdatedAt: Date | null;
}

/** What a reviewer approved: the items of the plan at a commit, by their hashes. */
export interface StoredApproval {
  readonly repository: string;
  readonly number: number;
  readonly reviewer: string;
  readonly sha: string;
  readonly items: readonly string[];
  readonly notedAt: Date;
}

/** A branch that is written here for somebody, and all that its commit and its pull request are made from. */
export interface Proposal {
  readonly repository: string;
  readonly branch: string;
  readonly workflow: string;
  /** What the branch is to get, known before it is pushed. */
  readonly commitSha: string;
  readonly baseBranch: string;
  readonly baseSha: string;
  readonly file: string;
  readonly text: string;
  /** Of what the workflow would mean, by which it is known again however it is merged. */
  readonly meaningHash: string | null;
  readonly title: string;
  readonly rationale: string;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  /** `pending` until it is known whether the repository takes it. */
  readonly state: 'pending' | 'pushed' | 'rejected';
  readonly pullRequest: number | null;
}

export interface PullRequestStore {
  /** Waits until nobody else holds it; held until the transaction ends. */
  lock(repository: string, what: string): Promise<void>;
  posted(repository: string): Promise<PostedPlan[]>;
  find(repository: string, number: number): Promise<PostedPlan | null>;
  save(plan: PostedPlan): Promise<void>;
  forget(repository: string, numbers: readonly number[]): Promise<void>;
  approvals(repository: string, number: number): Promise<StoredApproval[]>;
  saveApproval(approval: StoredApproval): Promise<void>;
  proposal(repository: string, branch: string): Promise<Proposal | null>;
  saveProposal(proposal: Proposal): Promise<void>;
  /**
   * Takes a pull request, as one process at a time writes on it.
   * @returns what it is given back with; null where somebody else has it, and it has not run out
   */
  claim(repository: string, number: number, now: Date, until: Date): Promise<string | null>;
  /** Gives it back. @returns false where it had run out and is somebody else's */
  release(repository: string, number: number, claim: string): Promise<boolean>;
  /** Changes with every action on a running campaign of the workflows, and with every campaign that begins or ends. */
  epoch(workflows: readonly string[]): Promise<string>;
}

export interface SignalListener extends Listener {
  readonly id: string;
  /** Signals that triggers of its workflow listen to. */
  readonly listensTo: readonly string[];
}
/** What of a batch was new, of one campaign. */
export interface AddedReadings {
  readonly campaignId: string;
  readonly batch: string;
  readonly count: number;
  readonly signals: readonly string[];
}
/** Readings that were stored together; batches of one campaign are numbered in the order in which they can be seen. */
export interface SignalBatch {
  readonly id: string;
  readonly signals: readonly string[];
}
/** Readings, oldest first. */
export interface Window {
  readonly readings: readonly Reading[];
  /** Whether there are more, older ones in it. */
  readonly isCut: boolean;
}

/** A batch that was not looked through for unusual values. */
export interface UnwatchedBatch extends SignalBatch {
  readonly campaignId: string;
  /** Key of the campaign. */
  readonly campaign: string;
  readonly count: number;
}
export interface ChannelValue extends SeriesValue {
  /** Null where the reading names none. */
  readonly channel: string | null;
}

export interface SignalStore {
  /** By key; none for a campaign that there is not. */
  listeners(campaigns: readonly string[]): Promise<ReadonlyMap<string, SignalListener>>;
  /** Adds those of keys that are new, of each key the first; one entry for each campaign that got some. */
  add(
    readings: readonly GivenReading[],
    by: {
      /** Ids of the campaigns that they are of, by key. */
      readonly campaigns: ReadonlyMap<string, { readonly id: string }>;
      readonly sentBy: string;
      readonly now: Date;
    },
  ): Promise<AddedReadings[]>;
  /** Batches of a campaign that triggers have not been asked about, oldest first. */
  waiting(campaignId: string, limit: number): Promise<SignalBatch[]>;
  evaluated(campaignId: string, batches: readonly string[], now: Date): Promise<void>;
  /** What could be seen of a signal with this batch: from its last value back so far, and the one value before that. */
  window(
    campaignId: string,
    signal: string,
    reach: { readonly upTo: string; readonly lookbackMs: number },
  ): Promise<Window>;
  /** Batches that were not looked through, oldest first; until the end of the transaction nobody else gets any. */
  unwatched(limit: number): Promise<UnwatchedBatch[]>;
  watched(batches: readonly UnwatchedBatch[], now: Date): Promise<void>;
  /** Values of a signal that could be seen with the batch, oldest first; of older ones not more than any channel is judged by. */
  valuesUpTo(batch: UnwatchedBatch, signal: string): Promise<ChannelValue[]>;
  /** Makes room for the months to come. */
  prepare(now: Date): Promise<void>;
  /** Months that end before then go, their sums by hour stay. @returns what they were called */
  forget(before: Date): Promise<readonly string[]>;
}

/** What a trigger did or did not do about a signal, and why. Never changed. */
export interface NewDecision extends Decided {
  readonly campaignId: string;
  readonly trigger: string;
  readonly signal: string;
  readonly at: Date;
  readonly actions: readonly ActionTaken[];
}
export interface CampaignTask extends NewTask {
  readonly campaignId: string;
  readonly createdAt: Date;
  readonly isDone: boolean;
  readonly doneAt: Date | null;
  readonly doneBy: string | null;
}
/** A time in which the condition of a trigger held and data that were not good enough kept it from acting. */
export interface Suppression {
  readonly trigger: string;
  /** What kept it back first. */
  readonly outcome: TriggerOutcome;
  /** When the value was measured at which it was kept back first, and when that was decided. */
  readonly seenAt: Date;
  readonly since: Date;
}
export interface TriggerStore {
  /** When each trigger of the campaign acted last. */
  lastFired(campaignId: string): Promise<ReadonlyMap<string, Date>>;
  add(decision: NewDecision): Promise<void>;
  /** Those that are not over, at most one a trigger. */
  suppressions(campaignId: string): Promise<Suppression[]>;
  suppress(campaignId: string, suppression: Suppression): Promise<void>;
  /** It has acted, or its condition has ceased to hold. */
  release(campaignId: string, trigger: string, at: Date): Promise<void>;
  /** In the order in which they were given. */
  tasks(campaignId: string): Promise<CampaignTask[]>;
}

/** What regular meetings of campaigns depend on. */
export interface RunningMeetings {
  readonly campaigns: readonly {
    readonly key: string;
    readonly createdAt: Date;
    readonly versionId: string;
    /** Of the Policy that it is pinned to; null where it is pinned to none. */
    readonly timezone: string | null;
  }[];
  /** By version. */
  readonly workflows: ReadonlyMap<string, Workflow>;
}
export interface MeetingStore {
  /** Of campaigns that run. */
  running(): Promise<RunningMeetings>;
}

export interface Stores {
  readonly definitions: DefinitionStore;
  readonly sync: SyncStore;
  readonly campaigns: CampaignStore;
  readonly audit: AuditStore;
  readonly apiTokens: ApiTokenStore;
  readonly auditChain: AuditChainStore;
  readonly metrics: MetricStore;
  readonly audiences: AudienceStore;
  readonly briefs: BriefStore;
  readonly alerts: AlertStore;
  readonly notifications: NotificationStore;
  readonly pins: PinStore;
  readonly deliveries: DeliveryStore;
  readonly jobs: JobStore;
  readonly pullRequests: PullRequestStore;
  readonly signals: SignalStore;
  readonly meetings: MeetingStore;
  readonly triggers: TriggerStore;
  readonly signingKeys: SigningKeyStore;
  readonly routing: RoutingStore;
  readonly reviews: ReviewStore;
  readonly incidents: IncidentStore;
  readonly retrospectives: RetrospectiveStore;
}

/** The routing log: who was asked for an answer, when, why, and when it came. */
export interface RoutingStore {
  /** Running campaigns in which somebody's time to answer is over, by key. */
  due(now: Date, limit: number): Promise<string[]>;
  /** @param by who answered */
  save(campaignId: string, routed: Routed, by: string, now: Date): Promise<void>;
}

/** A pair of keys as JSON Web Keys (RFC 7517). */
export interface SigningKey {
  readonly id: string;
  readonly privateKey: object;
  readonly publicKey: object;
}
export interface SigningKeyStore {
  /** Until the end of the transaction nobody else makes a key. */
  lock(): Promise<void>;
  newest(): Promise<SigningKey | null>;
  /** Oldest first. */
  all(): Promise<SigningKey[]>;
  add(key: SigningKey, now: Date): Promise<void>;
}

/** Runs the work in one database transaction: all of its writes happen, or none. */
export type InTransaction = <T>(work: (stores: Stores) => Promise<T>) => Promise<T>;

/**
 * What has changed, whichever process changed it; only what is committed. What happens while nobody asks is gathered: each yields ids
 * of what is new, which may be incomplete, and none where something may have been missed.
 */
export interface Changes {
  /** Yields no ids. */
  campaign(key: string): AsyncIterable<readonly string[]>;
  /** Syncs that found something new or wrong. */
  syncRuns(): AsyncIterable<readonly string[]>;
  /** Alerts that are raised. */
  alerts(): AsyncIterable<readonly string[]>;
}

/** What every use case is given. */
export interface Ports {
  readonly clock: Clock;
  readonly inTransaction: InTransaction;
  /** Keys for what this caller does, where they gave one; none outside of a request. */
  readonly requestKeys?: RequestKeys | null;
}
