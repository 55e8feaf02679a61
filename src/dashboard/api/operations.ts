// Written by `npm run generate` from the .graphql files; not to be changed by hand.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** That somebody has taken notice of an alert. */
export type AcknowledgeAlertInput = {
  /** Its id. */
  alert: string;
  /** What you have to say to it. */
  note?: string | null | undefined;
};

/** What an alert is about. */
export type AlertKind =
  /** An approval or a hand-off was not answered in time; the next in line is asked, where there is one. */
  | 'ANSWER_OVERDUE'
  /** The published checkpoints of the audit record are not what was published: somebody has changed them, or the record. */
  | 'AUDIT_REWRITTEN'
  /** A gate has failed and holds a channel that disagrees; an approver resumes it once it is mended. */
  | 'CHANNEL_PAUSED'
  /** Commits that were taken over are not on the branch any more; their versions stay. */
  | 'HISTORY_REWRITTEN'
  /** The host does not let us read pull requests, or write on them: the token is not valid, or may not do that. */
  | 'HOST_REFUSED'
  /** Notifications could not be delivered to a target, and are not tried any more until somebody has them sent again. */
  | 'NOTIFICATIONS_UNDELIVERED'
  /** Somebody sits in meetings of campaigns for longer than the budget: drop some, shorten them, or send somebody else. */
  | 'OVER_MEETING'
  /** The repository cannot be read; what was taken over before stays in service. */
  | 'REPOSITORY_UNREADABLE'
  /** Workflows would be retired that look as if that were an accident: a steward lets them go. */
  | 'RETIREMENT_WAITS'
  /** Something calls for a look at the workflows before the quarter ends; whoever has looked acknowledges it, with what came of it. */
  | 'REVIEW_DUE'
  /** What is served has been other than what the branch says for a while. */
  | 'SERVED_BEHIND'
  /** A trigger would have acted, but the data were not good enough: late, sparse, incomplete or faulty. */
  | 'SIGNAL_UNFIT'
  /** A value of a signal is unusual beside those before it: one in a thousand is, where nothing is the matter. */
  | 'SIGNAL_UNUSUAL'
  /** A trigger of a campaign has acted, and tells the roles that its definition names. */
  | 'TRIGGER_FIRED';

/** Which campaigns; every condition given must hold. */
export type CampaignFilterInput = {
  /** Has any of these channels. */
  channel?: Array<string> | null | undefined;
  /** When it was created. */
  createdAt?: DateTimeRangeInput | null | undefined;
  /** When it ended. */
  endedAt?: DateTimeRangeInput | null | undefined;
  /** Has every one of these labels. */
  label?: Array<string> | null | undefined;
  /** When its first channel went live. */
  launchedAt?: DateTimeRangeInput | null | undefined;
  /** When it is to launch. */
  plannedLaunchAt?: DateTimeRangeInput | null | undefined;
  /** Any of these. */
  risk?: Array<Risk> | null | undefined;
  /** Text in key or name, in either case. */
  search?: string | null | undefined;
  /** Any of these. */
  status?: Array<CampaignStatus> | null | undefined;
  /** Any of these. */
  type?: Array<string> | null | undefined;
  /** Numbers of versions; any of these. */
  version?: Array<number> | null | undefined;
  /** Has none of these labels, such as `imported`. */
  withoutLabel?: Array<string> | null | undefined;
  /** Keys of workflows; any of these. */
  workflow?: Array<string> | null | undefined;
};

/** What campaigns are ordered by. Those without the date come after all dates. */
export type CampaignOrderField =
  /** When they were created. */
  | 'CREATED_AT'
  /** When they ended. */
  | 'ENDED_AT'
  /** Their key. */
  | 'KEY'
  /** When their first channel went live. */
  | 'LAUNCHED_AT'
  /** Their name. */
  | 'NAME'
  /** When they are to launch. */
  | 'PLANNED_LAUNCH_AT';

/** The order of a list of campaigns. */
export type CampaignOrderInput = {
  /** Which end first. */
  direction?: OrderDirection;
  /** By what. */
  field: CampaignOrderField;
};

/** Whether a campaign runs. */
export type CampaignStatus =
  /** It was called off: what is open stays undone, and nothing is sent any more. */
  | 'CANCELLED'
  /** Nothing is open any more, and its retrospective is. */
  | 'ENDED'
  /** Work goes on. */
  | 'RUNNING';

/** A stretch of time; without an end it is open there. */
export type DateTimeRangeInput = {
  /** From this moment on, itself included. */
  since?: string | null | undefined;
  /** Up to this moment, itself not included. */
  until?: string | null | undefined;
};

/** Where a gate of a campaign stands. */
export type GateStatus =
  /** It was gone past, with a reason. */
  | 'DEVIATED'
  /** A check failed, or had no data, when it was evaluated last. */
  | 'FAILED'
  /** It is reached, and was not evaluated yet. */
  | 'OPEN'
  /** Every check passed when it was evaluated last. */
  | 'PASSED'
  /** It is not reached. */
  | 'WAITING';

/** What a failed gate does. */
export type OnFail =
  /** Only tells. */
  | 'ALERT'
  /** Holds up what follows. */
  | 'BLOCK'
  /** Pauses the channels that disagree. */
  | 'PAUSE_CHANNEL';

/** Which end of a list comes first. */
export type OrderDirection =
  /** The smallest or earliest. */
  | 'ASC'
  /** The largest or latest. */
  | 'DESC';

/** What someone may do at all. */
export type Permission =
  /** May do everything. */
  | 'ADMIN'
  /** Approves, as the roles they hold. */
  | 'APPROVER'
  /** Moves steps. */
  | 'CONTRIBUTOR'
  /** Manages campaigns and syncs. */
  | 'STEWARD'
  /** Reads. */
  | 'VIEWER';

/** Why an action was not carried out. A code is never given another meaning. */
export type RefusalCode =
  /** The person, or the role, has approved already, and what is still missing is the approval of others. */
  | 'ALREADY_APPROVED'
  /** What has been launched cannot be planned for another time. */
  | 'ALREADY_LAUNCHED'
  /** A retrospective is completed only once each of its questions has an answer. */
  | 'ANSWERS_MISSING'
  /** The Policy demands an approval before any launch. */
  | 'APPROVAL_MISSING'
  /** A review takes people of two teams at least. */
  | 'ATTENDEES_MISSING'
  /** A signature takes somebody who has just proved who they are; a stored token, or a session of before, proves nothing of now. */
  | 'AUTHENTICATION_TOO_OLD'
  /** A rule of the definition forbids the action for now. */
  | 'BLOCKED_BY_RULE'
  /** There is a branch of this name already, with something else on it, or one beside which it cannot be. */
  | 'BRANCH_EXISTS'
  /** The step is in a branch that the campaign did not take. */
  | 'BRANCH_NOT_TAKEN'
  /** Somebody has changed the brief since the version that the change is based on. */
  | 'BRIEF_CHANGED'
  /** There is a campaign of this key already. */
  | 'CAMPAIGN_EXISTS'
  /** Something is still open, so the campaign cannot end. */
  | 'CAMPAIGN_NOT_FINISHED'
  /** The campaign has ended or was cancelled. */
  | 'CAMPAIGN_NOT_RUNNING'
  /** Something has been done since the campaign was moved, which undoing would lose. */
  | 'CHANGED_SINCE_MIGRATION'
  /** Nothing may be sent on the channel: it is not launched, or it is paused. */
  | 'CHANNEL_NOT_LIVE'
  /** The channel is paused, so nothing is launched on it. */
  | 'CHANNEL_PAUSED'
  /** What is to be approved is not what was looked at: somebody has changed it meanwhile. */
  | 'CONTENT_CHANGED'
  /** What is to be sent is not what the campaign holds for the channel. */
  | 'CONTENT_DIFFERS'
  /** Whoever asks stands in for a stand-in, or would have others stand in: a stand-in hands nothing on. */
  | 'DELEGATED_ON'
  /** The Team does not let this role or person stand in (`delegates` of the role). */
  | 'DELEGATE_NOT_ALLOWED'
  /** The role was handed over until a moment that has passed. */
  | 'DELEGATION_ENDED'
  /** The role would come back to where it started, and nobody would be asked. */
  | 'DELEGATION_LOOP'
  /** A role is handed to itself, or to whoever hands it over. */
  | 'DELEGATION_TO_SELF'
  /** The Policy lets nobody go past this, or the campaign is regulated. */
  | 'DEVIATION_NOT_ALLOWED'
  /** The lanes that the gate compares are not far enough. */
  | 'GATE_NOT_REACHED'
  /** The hand-off is accepted, so it cannot be returned or offered any more. */
  | 'HANDOFF_ACCEPTED'
  /** The payload of the hand-off is not complete, or a verification fails. */
  | 'HANDOFF_INCOMPLETE'
  /** The sending section is not done. */
  | 'HANDOFF_NOT_REACHED'
  /** The receiving side has returned the hand-off, and it was not offered again. */
  | 'HANDOFF_RETURNED'
  /** The field of the brief is the hub's, and whoever asks has no role in it. */
  | 'HUB_OWNED_FIELD'
  /** A value of the input cannot be used. */
  | 'INVALID_INPUT'
  /** With the change, the definition would not be valid. */
  | 'INVALID_PROPOSAL'
  /** A launch, the opening of a channel, or an asset, is planned for a time that is over by more than five minutes. */
  | 'LAUNCH_IN_PAST'
  /** An asset would be made from itself, by way of others. */
  | 'LINEAGE_CYCLE'
  /** Under the other version the campaign could come to wait for ever, lose work, do it twice or be past a control. */
  | 'MIGRATION_STUCK'
  /** The file says already what is proposed. */
  | 'NOTHING_CHANGES'
  /** The role approves and accepts nothing there. */
  | 'NOTHING_TO_DELEGATE'
  /** The gate, rule or step is in nobody’s way. */
  | 'NOTHING_TO_DEVIATE'
  /** The notification is no dead letter at any target. */
  | 'NOTHING_TO_REPLAY'
  /** The campaign was not moved to another version, or that was undone already. */
  | 'NOTHING_TO_UNDO'
  /** What is to be let go does not wait for anybody; everything else that was asked for is done. */
  | 'NOT_WAITING'
  /** The offer does not hold on the day on which readers see it. */
  | 'OFFER_NOT_VALID'
  /** Something that has to come first is not done. */
  | 'PREDECESSOR_OPEN'
  /** The repository does not take the branch: a rule of the host, or a token that may not write. */
  | 'PUSH_REJECTED'
  /** What is asked for goes around the ordinary way, and nobody would know why. */
  | 'REASON_MISSING'
  /** Another request came with this Idempotency-Key before. */
  | 'REQUEST_KEY_REUSED'
  /** The retrospective is completed: neither its answers nor its survey change any more. */
  | 'RETROSPECTIVE_COMPLETED'
  /** The campaign has no retrospective: it has not ended, or it was called off. */
  | 'RETROSPECTIVE_NOT_OPEN'
  /** The review of this quarter was completed already. */
  | 'REVIEW_COMPLETED'
  /** The quarter is not over. */
  | 'REVIEW_TOO_EARLY'
  /** Whoever asks lacks the role or the permission. */
  | 'ROLE_MISSING'
  /** Whoever asks has written or completed what is to be approved; nobody approves their own work. */
  | 'SELF_APPROVAL'
  /** The workflow is regulated: who approves or rejects signs, and says what the signature means. */
  | 'SIGNATURE_MEANING_MISSING'
  /** The step is started, finished or not needed, so this cannot be done with it. */
  | 'STEP_NOT_OPEN'
  /** The step has to be started before it can be finished. */
  | 'STEP_NOT_STARTED'
  /** The least time between two channels (`minGap` of `sequence`) is not over. */
  | 'TOO_EARLY'
  /** The retrospective has no action of this number. */
  | 'UNKNOWN_ACTION'
  /** There is no alert of this id. */
  | 'UNKNOWN_ALERT'
  /** There is no campaign of this key. */
  | 'UNKNOWN_CAMPAIGN'
  /** The workflow does not launch such a channel. */
  | 'UNKNOWN_CHANNEL'
  /** The version that the campaign is pinned to has no such gate. */
  | 'UNKNOWN_GATE'
  /** The version that the campaign is pinned to has no such hand-off. */
  | 'UNKNOWN_HANDOFF'
  /** There is no notification of this id. */
  | 'UNKNOWN_NOTIFICATION'
  /** The Taxonomy that the campaign is pinned to has no such offer. */
  | 'UNKNOWN_OFFER'
  /** No Team has such a role. */
  | 'UNKNOWN_ROLE'
  /** The version that the campaign is pinned to has no such rule. */
  | 'UNKNOWN_RULE'
  /** The Taxonomy that the campaign is pinned to has no such segment. */
  | 'UNKNOWN_SEGMENT'
  /** The campaign has no lane, spoke or channel of this key. */
  | 'UNKNOWN_SPOKE'
  /** The version that the campaign is pinned to has no such step. */
  | 'UNKNOWN_STEP'
  /** The campaign has no such task. */
  | 'UNKNOWN_TASK'
  /** There is no API token of this id. */
  | 'UNKNOWN_TOKEN'
  /** The workflow has no such version. */
  | 'UNKNOWN_VERSION'
  /** There is no workflow of this key. */
  | 'UNKNOWN_WORKFLOW'
  /** The workflow is a draft, or a pilot for other campaigns. */
  | 'WORKFLOW_NOT_OPEN'
  /** The workflow takes no new campaigns. */
  | 'WORKFLOW_RETIRED'
  /** A step of this kind is moved by another action. */
  | 'WRONG_ACTION';

/** How much can go wrong with a campaign. */
export type Risk =
  /** Much: the policy may ask for further approvals. */
  | 'HIGH'
  /** Little. */
  | 'LOW'
  /** Something. */
  | 'MEDIUM';

/** Where a step of a campaign stands. */
export type StepStatus =
  /** It is finished; an approval or a review: it was approved. */
  | 'DONE'
  /** It was returned more often than allowed: the accountable role decides. */
  | 'ESCALATED'
  /** Its condition does not hold, or there is nothing to mend. */
  | 'NOT_NEEDED'
  /** It is in a branch that was not taken. */
  | 'NOT_TAKEN'
  /** It can begin. */
  | 'READY'
  /** What it looked at was returned, and is being mended. */
  | 'REJECTED'
  /** It was left out: optional, or gone past. */
  | 'SKIPPED'
  /** Somebody is at it. */
  | 'STARTED'
  /** Something has to be done first. */
  | 'WAITING';

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string, permissions: Array<Permission>, roles: Array<string> | null } };

export type SomethingAlertedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SomethingAlertedSubscription = { alertRaised: { id: string } };

export type SomethingSyncedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SomethingSyncedSubscription = { repositorySynced: { id: string } };

export type PortfolioQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: CampaignFilterInput | null | undefined;
  orderBy?: CampaignOrderInput | null | undefined;
}>;


export type PortfolioQuery = { campaigns: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ key: string, name: string, status: CampaignStatus, risk: Risk, createdAt: string, plannedLaunchAt: string | null, launchedAt: string | null, workflowVersion: { number: number, workflow: { key: string, name: string } }, gates: Array<{ key: string, status: GateStatus, onFail: OnFail }>, steps: Array<{ name: string, status: StepStatus }>, forecast: { launchP50Hours: number | null, launchP80Hours: number | null } | null }> } };

export type PortfolioOverviewQueryVariables = Exact<{ [key: string]: never; }>;


export type PortfolioOverviewQuery = { campaignStats: Array<{ campaigns: number, launched: number, overdue: number, leadTimeHoursP50: number | null, leadTimeHoursP80: number | null, group: Array<{ value: string }> }>, alerts: { totalCount: number, nodes: Array<{ id: string, kind: AlertKind, message: string, campaignKey: string | null, raisedAt: string, roles: Array<string> }> }, portfolio: { conflicts: Array<{ role: string, capacity: number, needed: number, from: string, to: string, steps: Array<{ campaign: string, step: string }> }> }, workflows: { nodes: Array<{ key: string, name: string }> } };

export type AcknowledgeAlertMutationVariables = Exact<{
  input: AcknowledgeAlertInput;
}>;


export type AcknowledgeAlertMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}

export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    name
    permissions
    roles
  }
}
    `) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const SomethingAlertedDocument = new TypedDocumentString(`
    subscription SomethingAlerted {
  alertRaised {
    id
  }
}
    `) as unknown as TypedDocumentString<SomethingAlertedSubscription, SomethingAlertedSubscriptionVariables>;
export const SomethingSyncedDocument = new TypedDocumentString(`
    subscription SomethingSynced {
  repositorySynced {
    id
  }
}
    `) as unknown as TypedDocumentString<SomethingSyncedSubscription, SomethingSyncedSubscriptionVariables>;
export const PortfolioDocument = new TypedDocumentString(`
    query Portfolio($first: Int, $after: String, $filter: CampaignFilterInput, $orderBy: CampaignOrderInput) {
  campaigns(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      key
      name
      status
      risk
      createdAt
      plannedLaunchAt
      launchedAt
      workflowVersion {
        number
        workflow {
          key
          name
        }
      }
      gates {
        key
        status
        onFail
      }
      steps {
        name
        status
      }
      forecast {
        launchP50Hours
        launchP80Hours
      }
    }
  }
}
    `) as unknown as TypedDocumentString<PortfolioQuery, PortfolioQueryVariables>;
export const PortfolioOverviewDocument = new TypedDocumentString(`
    query PortfolioOverview {
  campaignStats(groupBy: [STATUS]) {
    group {
      value
    }
    campaigns
    launched
    overdue
    leadTimeHoursP50
    leadTimeHoursP80
  }
  alerts(first: 50, filter: {isOpen: true, isAcknowledged: false}) {
    totalCount
    nodes {
      id
      kind
      message
      campaignKey
      raisedAt
      roles
    }
  }
  portfolio(planned: []) {
    conflicts {
      role
      capacity
      needed
      from
      to
      steps {
        campaign
        step
      }
    }
  }
  workflows(first: 100) {
    nodes {
      key
      name
    }
  }
}
    `) as unknown as TypedDocumentString<PortfolioOverviewQuery, PortfolioOverviewQueryVariables>;
export const AcknowledgeAlertDocument = new TypedDocumentString(`
    mutation AcknowledgeAlert($input: AcknowledgeAlertInput!) {
  payload: acknowledgeAlert(input: $input) {
    refusals {
      code
      message
      missing
      askRole
      rule
    }
  }
}
    `) as unknown as TypedDocumentString<AcknowledgeAlertMutation, AcknowledgeAlertMutationVariables>;