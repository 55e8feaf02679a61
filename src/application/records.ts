import type { Signature } from '../domain/campaign/approvals/signature.js';
import type { DeviationKind } from '../domain/workflow/document.js';
import type { Delegation, Request } from '../domain/campaign/approvals/people.js';
import type { Turn } from '../domain/alignment/convergence.js';
import type { FormerLaunch } from '../domain/calendar/checkpoints.js';
import type { BriefVersion } from '../domain/campaign/brief.js';
import type { BriefPull } from '../domain/campaign/spokes.js';
import type { Brief, CampaignStatus, ChannelStatus, CheckResult } from '../domain/campaign/state.js';
import type { Measurement } from '../domain/metrics/measure.js';
import type { Audience, StoredAsset } from './ports.js';

/** A campaign as it is shown; what has happened to its parts is asked for separately. */
export interface CampaignRecord {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  readonly versionId: string;
  readonly policyVersionId: string | null;
  readonly taxonomyVersionId: string | null;
  readonly status: CampaignStatus;
  readonly type: string;
  readonly risk: string;
  readonly budget: number;
  readonly labels: readonly string[];
  readonly flags: readonly string[];
  readonly brief: Brief;
  /** Number of the version that the brief is; 0 where it never had one, in campaigns of other tools. */
  readonly briefVersion: number;
  readonly plannedLaunchAt: Date | null;
  /** Plans of the launch that were given up, oldest first. */
  readonly formerLaunches: readonly FormerLaunch[];
  readonly createdAt: Date;
  readonly launchedAt: Date | null;
  readonly endedAt: Date | null;
  readonly cancelledBecause: string | null;
  /** Another one after every change of it or of its parts. */
  readonly revision: string;
  /** Keys of rules that were gone past under the version it is pinned to. */
  readonly waived: readonly string[];
}
/** What has happened to the parts of a campaign, at one revision of it. */
export interface CampaignParts {
  readonly campaignId: string;
  readonly revision: string;
  readonly steps: readonly StepRecord[];
  readonly gates: readonly GateRecord[];
  readonly handoffs: readonly HandoffRecord[];
  /** By name. */
  readonly channels: readonly ChannelRecord[];
  /** These three oldest first. */
  readonly approvals: readonly ApprovalRecord[];
  readonly returns: readonly ReturnRecord[];
  readonly reopenings: readonly ReopeningRecord[];
  readonly metrics: readonly MetricReading[];
}
/** A campaign with what has happened to its parts. */
export interface CampaignSnapshot extends CampaignRecord {
  readonly workflow: string;
  readonly steps: readonly { readonly key: string; readonly status: string; readonly round: number }[];
  readonly gates: readonly { readonly key: string; readonly status: string }[];
  readonly handoffs: readonly { readonly key: string }[];
  readonly channels: readonly { readonly channel: string; readonly status: ChannelStatus }[];
}
/** The same of one that has ended, with times, in ISO 8601. */
export interface EndedSnapshot extends CampaignSnapshot {
  readonly steps: readonly (CampaignSnapshot['steps'][number] & {
    readonly startedAt: string | null;
    readonly finishedAt: string | null;
  })[];
  readonly gates: readonly {
    readonly key: string;
    readonly status: string;
    readonly evaluatedAt: string;
    readonly results: readonly CheckResult[];
  }[];
  readonly handoffs: readonly { readonly key: string; readonly acceptedAt: string }[];
  readonly approvals: readonly { readonly step: string; readonly role: string; readonly decision: string }[];
}
export interface StepRecord {
  readonly campaignId: string;
  readonly key: string;
  readonly status: string;
  readonly round: number;
  readonly startedAt: Date | null;
  readonly finishedAt: Date | null;
}
/** A step began, or came to an end: done, or rejected. */
export interface StepEvent {
  readonly campaignId: string;
  readonly step: string;
  readonly hasEnded: boolean;
  /** What was approved became another: it is open again, and nobody has begun it. */
  readonly hasLapsed: boolean;
  readonly at: Date;
}
export interface GateRecord {
  readonly campaignId: string;
  readonly key: string;
  readonly status: string;
  readonly results: readonly CheckResult[];
  readonly evaluatedAt: Date;
}
export interface ChannelRecord {
  readonly campaignId: string;
  readonly channel: string;
  readonly status: ChannelStatus;
  readonly plannedAt: Date | null;
  readonly launchedAt: Date | null;
  /** In cents. */
  readonly budget: number | null;
  readonly pausedBy: string | null;
  readonly pausedReason: string | null;
  readonly pausedAt: Date | null;
  readonly creative: string | null;
}
export interface DeviationRecord {
  readonly campaignId: string;
  readonly kind: DeviationKind;
  readonly key: string;
  readonly rationale: string;
  readonly told: readonly string[];
  readonly actor: string;
  readonly decidedAt: Date;
}
export interface ApprovalRecord {
  readonly campaignId: string;
  readonly step: string;
  readonly decision: 'approved' | 'rejected';
  readonly role: string;
  readonly actor: string;
  readonly comment: string | null;
  readonly decidedAt: Date;
  /** Whose approval it is. */
  readonly forRole: string;
  readonly round: number;
  /** SHA-256 of what was approved; null where nobody noted it. */
  readonly contentHash: string | null;
  readonly versionId: string | null;
  readonly invalidatedAt: Date | null;
  readonly invalidatedBy: string | null;
  readonly invalidatedBecause: string | null;
  /** Null where nothing was signed; moments in it are texts. */
  readonly signature: Signature | null;
}
/** One line of the routing log. */
export type RequestRecord = OfCampaign<
  Request & {
    readonly passedAt: Date | null;
    readonly answeredAt: Date | null;
    readonly answeredBy: string | null;
  }
>;
export type DelegationRecord = OfCampaign<Delegation & { readonly endedAt: Date | null }>;
export interface ReturnRecord {
  readonly campaignId: string;
  readonly handoff: string;
  readonly reason: string;
  readonly offeredAt: Date | null;
}
/** A hand-off that was accepted: when, by whom and of what; null where nobody noted that. */
export interface HandoffRecord {
  readonly campaignId: string;
  readonly key: string;
  readonly acceptedAt: Date;
  readonly acceptedBy: string | null;
  readonly contentHash: string | null;
}
/** One that was opened again afterwards. */
export interface ReopeningRecord extends Omit<HandoffRecord, 'key'> {
  readonly handoff: string;
  readonly because: string;
  readonly by: string;
  readonly at: Date;
}
/** What belongs to a campaign, said with which. */
type OfCampaign<T> = T & { readonly campaignId: string };
export type AssetRecord = OfCampaign<StoredAsset>;
export interface AudienceRecord extends OfCampaign<Audience> {
  /** Members that are not in the one list of the campaign; null where there is none. */
  readonly outsideList: number | null;
}
/** What was measured, without why it is so. */
export type MetricReading = Pick<MetricRecord, 'campaignId' | 'metric' | 'value' | 'measuredAt'>;
export type MetricRecord = OfCampaign<Measurement & { readonly measuredAt: Date }>;
export type BriefVersionRecord = OfCampaign<BriefVersion>;
export type BriefPullRecord = OfCampaign<BriefPull>;
export type TurnRecord = OfCampaign<Turn>;
