import type { Signature } from './approvals/signature.js';
import type { DeviationKind } from '../workflow/document.js';
import type { Risk } from '../workflow/workflow.js';
import type { FormerLaunch } from '../calendar/checkpoints.js';
import type { FlaggedAsset } from '../alignment/asset.js';
import type { Cents } from './money.js';

/** What has happened to a step; one that is not in the state, or `pending` after rework, has not begun (again). */
export type RecordedStepStatus = 'pending' | 'started' | 'done' | 'skipped' | 'rejected' | 'escalated';

export interface StepState {
  readonly status: RecordedStepStatus;
  /** How often the step was returned for rework. */
  readonly round: number;
  /** Who finished it; null or absent where nobody did, or nobody noted it. */
  readonly by?: string | null;
}
/** `reopened`: it was passed, and what it compared has changed since, so that it is open again. */
export type RecordedGateStatus = 'passed' | 'failed' | 'deviated' | 'reopened';

/** Whether a gate holds nothing up any more: it was passed, or gone past. */
export const isBehind = (status: string | undefined): boolean => status === 'passed' || status === 'deviated';

/** Everything that has happened to a campaign, as far as it decides what may happen next. */
export interface CampaignState {
  readonly steps: ReadonlyMap<string, StepState>;
  readonly gates: ReadonlyMap<string, RecordedGateStatus>;
  /** Keys of accepted hand-offs. */
  readonly handoffs: ReadonlySet<string>;
  /** Approvals that hold, oldest first. Absent where only the order of things is judged: then what is done is approved. */
  readonly approvals?: readonly GivenApproval[];
  /** Who accepted a hand-off; absent where nobody noted it. */
  readonly acceptedBy?: ReadonlyMap<string, string>;
  /** Hand-offs that were returned and not offered again, and why. */
  readonly returned?: ReadonlyMap<string, string>;
}

/** An approval of what its approver saw. It holds until that changes, or the work is returned. */
export interface GivenApproval {
  /** The step; of an approval that the Policy demands, the launch. */
  readonly step: string;
  /** The role whose approval it is. */
  readonly forRole: string;
  /** The role in which it was given: the same, or that of a stand-in. */
  readonly role: string;
  readonly actor: string;
  /** Round of the step in which it was given. */
  readonly round: number;
}

export const EMPTY_STATE: CampaignState = { steps: new Map(), gates: new Map(), handoffs: new Set() };

export const CAMPAIGN_STATUSES = ['running', 'ended', 'cancelled'] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

export const CHANNEL_STATUSES = ['planned', 'live', 'paused'] as const;
export type ChannelStatus = (typeof CHANNEL_STATUSES)[number];

/** A channel as far as it decides what may happen next. */
export interface ChannelState {
  readonly status: ChannelStatus;
  readonly plannedAt: Date | null;
  readonly launchedAt: Date | null;
  /** Who paused it, why and when; null or absent where nobody did. */
  readonly pausedBy?: string | null;
  readonly pausedReason?: string | null;
  readonly pausedAt?: Date | null;
  /** What may be spent on it, in cents; null or absent where nobody said. */
  readonly budget?: number | null;
  /** Key of the asset that is shown; null or absent where it is the first one. */
  readonly creative?: string | null;
}

/** Ids of the versions that a campaign is pinned to. */
export interface Pins {
  readonly versionId: string;
  readonly policyVersionId: string | null;
  readonly taxonomyVersionId: string | null;
}

/** One record that stands under another key afterwards. */
export interface Renamed {
  readonly kind: 'step' | 'gate' | 'handoff';
  readonly from: string;
  readonly to: string;
}

/** Work of one campaign that is not in its definition. It holds up no gate, and nothing waits for it. */
export interface NewTask {
  readonly key: string;
  readonly name: string;
  /** The role that does it. */
  readonly responsible: string;
  /** Key of the trigger that asked for it. */
  readonly trigger: string;
}

/** Approvals of a step that hold no more, or a gate or a hand-off that is open again. */
export interface Invalidation {
  readonly kind: 'step' | 'gate' | 'handoff';
  readonly key: string;
  /** Whose approvals they were; who evaluates the gate, or accepts the hand-off. */
  readonly roles: readonly string[];
  /** Who had given them, or accepted it. */
  readonly actors: readonly string[];
  /** What has changed, as the end of a sentence. */
  readonly because: string;
}

/** A role that is handed to another one, or to a person, for a campaign or one step of it. */
export interface NewDelegation {
  readonly role: string;
  /** Null where it is handed over for the whole campaign. */
  readonly step: string | null;
  readonly toRole: string | null;
  readonly toPerson: string | null;
  readonly reason: string;
  /** Null where it has no end. */
  readonly until: Date | null;
}

/** One difference between the state before and after an action. */
export type Change =
  | { readonly type: 'step'; readonly key: string; readonly state: StepState }
  | {
      readonly type: 'gate';
      readonly key: string;
      readonly status: RecordedGateStatus;
      readonly results: readonly CheckResult[];
    }
  | {
      readonly type: 'handoff';
      readonly key: string;
      /** Who accepted it; absent where that is nobody in particular. */
      readonly actor?: string;
      /** SHA-256 of what was taken over. */
      readonly contentHash?: string;
    }
  | {
      readonly type: 'deviation';
      readonly kind: DeviationKind;
      readonly key: string;
      readonly rationale: string;
      readonly told: readonly string[];
    }
  | {
      readonly type: 'approval';
      readonly step: string;
      readonly decision: 'approved' | 'rejected';
      readonly role: string;
      readonly comment: string | null;
      /** Who gave it; absent where that is nobody in particular. */
      readonly actor?: string;
      /** Whose approval it is; absent where it is that of the role. */
      readonly forRole?: string;
      readonly round?: number;
      /** SHA-256 of what the approver saw. */
      readonly contentHash?: string;
      /** Null where nothing was signed. */
      readonly signature?: Signature | null;
    }
  | ({ readonly type: 'invalidation' } & Invalidation)
  | { readonly type: 'return'; readonly handoff: string; readonly reason: string }
  | { readonly type: 'offer'; readonly handoff: string }
  | { readonly type: 'assessment'; readonly risk: Risk; readonly flags: readonly string[] }
  | ({ readonly type: 'delegation' } & NewDelegation)
  | ({ readonly type: 'delegation-end' } & Pick<NewDelegation, 'role' | 'step'>)
  | { readonly type: 'channel'; readonly channel: string; readonly status: ChannelStatus }
  | { readonly type: 'pause'; readonly channel: string; readonly reason: string; readonly by: string }
  | { readonly type: 'resume'; readonly channel: string }
  | { readonly type: 'budget'; readonly channel: string; readonly budget: Cents }
  | { readonly type: 'creative'; readonly channel: string; readonly asset: string }
  | ({ readonly type: 'task' } & NewTask)
  | { readonly type: 'task-done'; readonly key: string }
  | { readonly type: 'brief'; readonly brief: Brief }
  | {
      readonly type: 'plan';
      /** When the campaign is to launch. */
      readonly launchAt: Date | null;
      /** The plan that is given up with that; null where it stays. */
      readonly former: FormerLaunch | null;
      /** Channels that open at another time. */
      readonly channels: readonly { readonly channel: string; readonly plannedAt: Date | null }[];
    }
  | { readonly type: 'asset'; readonly asset: FlaggedAsset }
  | {
      readonly type: 'pins';
      readonly pins: Pins;
      readonly renamed: readonly Renamed[];
      /** Channels that begin to be the campaign's; that cease to be, where a move is undone. */
      readonly channels: readonly string[];
      /** The move that it undoes; null where it is a move. */
      readonly undoes: string | null;
    }
  | {
      readonly type: 'campaign';
      readonly status: CampaignStatus;
      /** Why it was called off; null where it ended. */
      readonly reason: string | null;
    };

/** The state after a change. */
export function stateAfter(state: CampaignState, change: Change): CampaignState {
  const { steps, gates, handoffs, approvals } = state;
  const { returned = new Map<string, string>(), acceptedBy = new Map<string, string>() } = state;
  if (change.type === 'approval' && approvals && change.decision === 'approved') {
    const { step, role, forRole = role, round = 0 } = change;
    return { ...state, approvals: [...approvals, { step, role, forRole, round, actor: change.actor ?? '' }] };
  }
  if (change.type === 'invalidation' && change.kind === 'step' && approvals)
    return { ...state, approvals: approvals.filter(({ step }) => step !== change.key) };
  if (change.type === 'invalidation' && change.kind === 'handoff')
    return { ...state, handoffs: new Set([...handoffs].filter((key) => key !== change.key)) };
  if (change.type === 'return')
    return { ...state, returned: new Map(returned).set(change.handoff, change.reason) };
  if (change.type === 'offer')
    return { ...state, returned: new Map([...returned].filter(([key]) => key !== change.handoff)) };
  if (change.type === 'step') return { ...state, steps: new Map(steps).set(change.key, change.state) };
  if (change.type === 'gate') return { ...state, gates: new Map(gates).set(change.key, change.status) };
  if (change.type !== 'handoff') return state;
  const { key, actor } = change;
  return {
    ...state,
    handoffs: new Set(handoffs).add(key),
    ...(actor !== undefined && { acceptedBy: new Map(acceptedBy).set(key, actor) }),
  };
}

const UNKNOWN_CHANNEL: ChannelState = { status: 'planned', plannedAt: null, launchedAt: null };

/** The channels after a change. */
export function channelsAfter(
  channels: ReadonlyMap<string, ChannelState>,
  change: Change,
  now: Date | null,
): ReadonlyMap<string, ChannelState> {
  if (change.type === 'plan')
    return change.channels.reduce((all, { channel, plannedAt }) => {
      const known = channels.get(channel) ?? UNKNOWN_CHANNEL;
      return new Map(all).set(channel, { ...known, plannedAt });
    }, channels);
  if (!('channel' in change)) return channels;
  const known = channels.get(change.channel) ?? UNKNOWN_CHANNEL;
  return new Map(channels).set(change.channel, channelAfter(known, change, now));
}

function channelAfter(
  known: ChannelState,
  change: Extract<Change, { readonly channel: string }>,
  now: Date | null,
): ChannelState {
  switch (change.type) {
    case 'channel':
      return {
        ...known,
        status: change.status,
        launchedAt: change.status === 'live' ? now : known.launchedAt,
      };
    case 'pause':
      return { ...known, status: 'paused', pausedBy: change.by, pausedReason: change.reason, pausedAt: now };
    case 'resume':
      return {
        ...{ ...known, status: known.launchedAt ? 'live' : 'planned' },
        ...{ pausedBy: null, pausedReason: null, pausedAt: null },
      };
    case 'budget':
      return { ...known, budget: change.budget };
    case 'creative':
      return { ...known, creative: change.asset };
  }
}

/** How one check of a gate came out. */
export interface CheckResult {
  readonly metric: string;
  readonly bound: 'at-least' | 'at-most';
  readonly limit: number | string;
  /** Null when there are no data. */
  readonly value: number | string | null;
  readonly passed: boolean;
  /** Said by whoever evaluated the gate, since it could not be measured. */
  readonly isStated: boolean;
}

/** A field of the brief: a text, or a list of texts such as segments. */
export type BriefValue = string | readonly string[];
/** What the campaign says, to whom and when, by field, for example `offerCode`. */
export type Brief = Readonly<Record<string, BriefValue>>;
