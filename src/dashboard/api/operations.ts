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

/** What is to be noted in a retrospective. */
export type AnswerRetrospectiveInput = {
  /** Actions, new or known. */
  actions?: Array<RetrospectiveActionInput>;
  /** Answers to the questions. */
  answers?: RetrospectiveAnswersInput | null | undefined;
  /** Key of the campaign, which has ended. */
  campaign: string;
  /** Whether it is completed with this; takes a steward and an answer to each question. */
  complete?: boolean;
};

/** How somebody found the work on a campaign. */
export type AnswerSurveyInput = {
  /** Key of the campaign, which has ended. */
  campaign: string;
  /** What was hard; shown as it is written. */
  painPoints?: string | null | undefined;
  /** From 1, bad, to 5, good. */
  score: number;
};

/** Somebody who was there. */
export type AttendeeInput = {
  /** Name or address. */
  name: string;
  /** The team they spoke for. */
  team: string;
};

/** What was done to leave a record. */
export type AuditAction =
  /** Somebody took notice of an alert. */
  | 'ALERT_ACKNOWLEDGE'
  /** A role was handed to somebody else. */
  | 'APPROVAL_DELEGATE'
  /** A role was taken back. */
  | 'APPROVAL_END_DELEGATION'
  /** Others were asked, as an answer did not come in time or a stand-in stands in no more. */
  | 'APPROVAL_ROUTE'
  /** An asset was added, or another put in its place. */
  | 'ASSET_ADD'
  /** The audience of a channel was removed. */
  | 'AUDIENCE_REMOVE'
  /** The audience of a channel was given. */
  | 'AUDIENCE_REPLACE'
  /** Somebody took a version of the brief for a spoke for the first time. */
  | 'BRIEF_PULL'
  /** Fields of a brief were set. */
  | 'BRIEF_UPDATE'
  /** Budgets of channels were set. */
  | 'BUDGET_SET'
  /** It was said how much can go wrong, or what the content contains. */
  | 'CAMPAIGN_ASSESS'
  /** A campaign was called off. */
  | 'CAMPAIGN_CANCEL'
  /** A campaign was created. */
  | 'CAMPAIGN_CREATE'
  /** A gate, a rule or a mandatory step was gone past. */
  | 'CAMPAIGN_DEVIATE'
  /** A campaign was ended. */
  | 'CAMPAIGN_END'
  /** A past campaign was brought in from another tool. */
  | 'CAMPAIGN_IMPORT'
  /** A campaign was moved to other versions. */
  | 'CAMPAIGN_MIGRATE'
  /** A move of a campaign was undone. */
  | 'CAMPAIGN_UNDO_MIGRATION'
  /** A channel was opened. */
  | 'CHANNEL_LAUNCH'
  /** A channel was paused. */
  | 'CHANNEL_PAUSE'
  /** A sending tool was let send on a channel. */
  | 'CHANNEL_PERMIT'
  /** A paused channel was resumed. */
  | 'CHANNEL_RESUME'
  /** A definition was added by a commit. */
  | 'DEFINITION_ADDED'
  /** A definition was changed by a commit. */
  | 'DEFINITION_MODIFIED'
  /** A definition's file was moved by a commit. */
  | 'DEFINITION_MOVED'
  /** A removed definition came back by a commit. */
  | 'DEFINITION_RESTORED'
  /** A definition was removed by a commit. */
  | 'DEFINITION_RETIRED'
  /** A gate's checks were evaluated. */
  | 'GATE_EVALUATE'
  /** A hand-off was accepted. */
  | 'HANDOFF_ACCEPT'
  /** A hand-off was offered again. */
  | 'HANDOFF_OFFER'
  /** A hand-off was sent back. */
  | 'HANDOFF_RETURN'
  /** Somebody has reported an incident. */
  | 'INCIDENT_RECORD'
  /** The launch, or the opening of channels, was planned for another time. */
  | 'LAUNCH_PLAN'
  /** A dead letter was sent again. */
  | 'NOTIFICATION_REPLAY'
  /** Somebody has answered in a retrospective, or said what became of an action. */
  | 'RETROSPECTIVE_ANSWER'
  /** A retrospective was completed. */
  | 'RETROSPECTIVE_COMPLETE'
  /** The review of a quarter was completed. */
  | 'REVIEW_COMPLETE'
  /** Signals were stored; one record for each transaction of them. */
  | 'SIGNAL_RECORD'
  /** Work was approved. */
  | 'STEP_APPROVE'
  /** A step was finished. */
  | 'STEP_COMPLETE'
  /** Work was returned. */
  | 'STEP_REJECT'
  /** An optional step was left out. */
  | 'STEP_SKIP'
  /** A step was begun. */
  | 'STEP_START'
  /** A task was finished. */
  | 'TASK_COMPLETE'
  /** An API token was made. */
  | 'TOKEN_CREATE'
  /** An API token was made useless. */
  | 'TOKEN_REVOKE'
  /** A trigger acted. */
  | 'TRIGGER_FIRE'
  /** A trigger did not act, although its condition held. */
  | 'TRIGGER_SUPPRESS'
  /** An older version of a workflow was pinned. */
  | 'WORKFLOW_PIN'
  /** A change of a workflow was proposed on a branch. */
  | 'WORKFLOW_PROPOSE'
  /** The repository did not take the branch of a proposal. */
  | 'WORKFLOW_REJECT_PROPOSAL'
  /** The pin of a workflow was let go. */
  | 'WORKFLOW_UNPIN';

/** Which records; every condition given must hold. */
export type AuditFilterInput = {
  /** Any of these. */
  action?: Array<AuditAction> | null | undefined;
  /** Who did it. */
  actor?: string | null | undefined;
  /** Key of a campaign. */
  campaign?: string | null | undefined;
  /** When it happened. */
  happenedAt?: DateTimeRangeInput | null | undefined;
  /** What it was done to. */
  subject?: string | null | undefined;
};

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

/** What can be measured; docs/metrics.md has the whole catalogue. */
export type CampaignMetric =
  /** Audience overlap: |A ∩ B| / min(|A|, |B|) of the pair of channels that has the lowest. */
  | 'AUDIENCE_OVERLAP'
  /** Drift from the brief: fields of the brief that an asset or a channel contradicts, each asset or channel counted. */
  | 'BRIEF_DRIFT'
  /** Campaigns created: how many. */
  | 'CAMPAIGNS_CREATED'
  /** Campaigns ended: how many. */
  | 'CAMPAIGNS_ENDED'
  /** Campaigns launched: how many. */
  | 'CAMPAIGNS_LAUNCHED'
  /** Duration: end − creation. */
  | 'DURATION'
  /** Failed gates: gates whose last evaluation failed. */
  | 'GATES_FAILED'
  /** Alignment incidents: how many the record of the campaign showed when it ended (missed deadlines, messaging conflicts, late hand-offs, budget waste, uncommunicated milestones, slow reactions), and how many people have reported. */
  | 'INCIDENTS'
  /** Keyword coverage: the lowest share, over the assets, of the brief's keywords that an asset has, by their stems. */
  | 'KEYWORD_COVERAGE'
  /** Key message coverage: the lowest share, over the assets, of the brief's key messages that an asset says: half of a message's stems or more. */
  | 'KEY_MESSAGE_COVERAGE'
  /** Late hand-offs: hand-offs accepted after more than `respondWithin` working hours of the receiving role, counted from the end of the last step of the section before, or from when it was opened again last. */
  | 'LATE_HANDOFFS'
  /** Launch delay: actual − planned opening of the first channel that went live. */
  | 'LAUNCH_DELAY'
  /** Message consistency: mean, over the pairs of assets (the brief is one more) that state the same kind of fact, of the share of those facts that agree; a tone, formal or casual, counts as one. */
  | 'MESSAGE_CONSISTENCY'
  /** Rework: the most returns that one step took. */
  | 'REWORK_ROUNDS'
  /** Return on investment: readings of the signal `roi` in the last hour that has one: (revenue − cost) / cost, as their source states it; their mean where there are several. */
  | 'ROI'
  /** Team satisfaction: mean score of the survey after the campaign, from 1 to 5; where fewer than 5 people have answered, mean of the readings of the signal `satisfaction`, suppressed where they are of fewer than 5 answers (`samples`). */
  | 'SATISFACTION'
  /** Time to launch: first channel that went live − creation. */
  | 'TIME_TO_LAUNCH'
  /** Timing spread: latest − earliest opening of the channels that launch, planned before the launch and actual after. */
  | 'TIMING_SPREAD'
  /** Tone consistency: assets in the brief's tone / assets whose tone (formal or casual) can be told. */
  | 'TONE_CONSISTENCY';

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

/** What a change means for a campaign that already runs. */
export type Classification =
  /** Something it may do now is forbidden, or something it has begun is gone. */
  | 'BREAKING'
  /** Whatever it may do now it may still do. */
  | 'COMPATIBLE'
  /** Nothing it may do or must do differs. */
  | 'NONE';

/** The review of a quarter that is over. */
export type CompleteReviewInput = {
  /** Who was there, of two teams at least. */
  attendees: Array<AttendeeInput>;
  /** What was decided. */
  decisions?: Array<ReviewDecisionInput>;
  /** What became of decisions of earlier reviews. */
  outcomes?: Array<DecisionOutcomeInput>;
  /** For example 2026-Q3. */
  quarter: string;
};

/** A stretch of time; without an end it is open there. */
export type DateTimeRangeInput = {
  /** From this moment on, itself included. */
  since?: string | null | undefined;
  /** Up to this moment, itself not included. */
  until?: string | null | undefined;
};

/** What people say became of a decision. */
export type DecisionOutcome =
  /** It stays open. */
  | 'CARRIED_ON'
  /** It was carried out. */
  | 'DONE'
  /** It is given up. */
  | 'DROPPED';

/** What became of a decision of an earlier review. */
export type DecisionOutcomeInput = {
  /** Its number there. */
  decision: number;
  /** What there is to say of it. */
  note?: string | null | undefined;
  /** What became of it. */
  outcome: DecisionOutcome;
  /** Quarter whose review decided it. */
  quarter: string;
};

/** What became of a decision. */
export type DecisionState =
  /** It was carried out. */
  | 'DONE'
  /** A later review has given it up. */
  | 'DROPPED'
  /** It is to be carried out. */
  | 'OPEN'
  /** It was to be carried out by now. */
  | 'OVERDUE';

/** What a document defines. */
export type DefinitionKind =
  /** Which workflow to take for which campaign. */
  | 'LIBRARY'
  /** Rules of the house. */
  | 'POLICY'
  /** Channels, segments, offers and other words. */
  | 'TAXONOMY'
  /** Roles and their capacity. */
  | 'TEAM'
  /** How campaigns are run. */
  | 'WORKFLOW';

/** Whether campaigns after a change can be compared with those before. */
export type EffectOutcome =
  /** There is an interval. */
  | 'ESTIMATED'
  /** Too few campaigns, or values too alike, to tell a change from chance. */
  | 'INSUFFICIENT'
  /** Nothing was measured before the change. */
  | 'UNDEFINED_BEFORE';

/** What a change was for campaigns. */
export type EffectVerdict =
  /** They fare better, and more so than chance would have it. */
  | 'BETTER'
  /** It cannot be told from chance, or neither less nor more is better. */
  | 'UNCLEAR'
  /** They fare worse, and more so than chance would have it. */
  | 'WORSE';

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

/** Why a definition is held back. */
export type HoldReason =
  /** Something else of its commit is wrong, and the Policy holds back whole commits. */
  | 'COMMIT'
  /** It was a pilot, and none of its campaigns has ended with all KPIs measured: a steward has to let it go. */
  | 'PILOT'
  /** It is wrong itself, or its file cannot be read. */
  | 'PROBLEMS'
  /** Too many would retire at once, or campaigns run on it: a steward has to let it go. */
  | 'RETIREMENT';

/** What it was caused by. */
export type IncidentCause =
  /** It was known, and nothing was changed. */
  | 'NO_ADAPT'
  /** Work waited for steps from which it declares to take nothing. */
  | 'NO_PARALLEL'
  /** The record does not show it. */
  | 'OTHER'
  /** Something upstream slipped, and all that follows with it. */
  | 'SEQUENCE';

/** What went wrong in a campaign. A kind is never given another meaning. */
export type IncidentKind =
  /** A live channel with a budget shows an offer that is not the brief's, or another than other channels show. */
  | 'BUDGET_WASTE'
  /** A hand-off was accepted later than its time to respond. */
  | 'LATE_HANDOFF'
  /** Texts contradict each other, or the brief. */
  | 'MESSAGING_CONFLICT'
  /** A channel opened more than an hour after its plan, or has not opened though its plan is past. */
  | 'MISSED_DEADLINE'
  /** The condition of a trigger held for three days, and nothing was done. */
  | 'SLOW_REACTION'
  /** The launch was moved with less notice than a milestone promises. */
  | 'UNCOMMUNICATED_MILESTONE';

/** What a metric is counted in. */
export type MetricUnit =
  /** Campaigns. */
  | 'CAMPAIGNS'
  /** Things that differ. */
  | 'ENTRIES'
  /** Gates. */
  | 'GATES'
  /** Hand-offs. */
  | 'HANDOFFS'
  /** Elapsed hours. */
  | 'HOURS'
  /** Incidents. */
  | 'INCIDENTS'
  /** Points of whatever scale the source has. */
  | 'POINTS'
  /** From 0 to 1. */
  | 'RATIO'
  /** Gain for each unit of money spent; below zero for a loss. */
  | 'RETURN'
  /** Returns. */
  | 'ROUNDS';

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

/** How it is known who acts. */
export type OriginKind =
  /** Nobody has to sign in: they sit at the machine. */
  | 'LOCAL'
  /** They have signed in. */
  | 'OIDC'
  /** By a token of the API. */
  | 'TOKEN'
  /** Weir did it by itself. */
  | 'WEIR';

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

/** Whether a quarter is over. */
export type QuarterState =
  /** It has not begun, so there is nothing to review. */
  | 'AHEAD'
  /** It is over. */
  | 'OVER'
  /** It is reviewed up to now. */
  | 'UNDER_WAY';

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

/** A new action; or with `number` what is new of one, and what is left out stays as it is. */
export type RetrospectiveActionInput = {
  /** Whether it is done, where no proposal shows it. */
  done?: boolean | null | undefined;
  /** By when. A new action takes it. */
  dueOn?: string | null | undefined;
  /** Number of an action that there is. */
  number?: number | null | undefined;
  /** The role that sees to it. A new action takes it. */
  owner?: string | null | undefined;
  /** Branch of a proposal, as `proposeWorkflowChange` has returned it. */
  proposal?: string | null | undefined;
  /** What is to be done. A new action takes it. */
  text?: string | null | undefined;
  /** Key of the workflow to change; without it, the campaign's. */
  workflow?: string | null | undefined;
};

/** How far an action of a retrospective is. */
export type RetrospectiveActionState =
  /** Its proposal has come to the branch, or somebody said so. */
  | 'DONE'
  /** It is to be done. */
  | 'OPEN'
  /** It was to be done by now, or nothing has come of it for 30 days. */
  | 'OVERDUE';

/** Answers to the questions; each takes the place of one's own. */
export type RetrospectiveAnswersInput = {
  /** Were there bottlenecks? */
  bottlenecks?: string | null | undefined;
  /** Did the workflow support convergence as intended? */
  convergence?: string | null | undefined;
  /** Did channels drift out of alignment? */
  drift?: string | null | undefined;
};

/** Which retrospectives; every condition given must hold. */
export type RetrospectiveFilterInput = {
  /** Only those with all three answers, or only the others. */
  answered?: boolean | null | undefined;
  /** When it was opened. */
  createdAt?: DateTimeRangeInput | null | undefined;
  /** Only those with an action that is open or overdue, or only the others. */
  hasOpenActions?: boolean | null | undefined;
  /** Keys of workflows; any of these. */
  workflow?: Array<string> | null | undefined;
};

/** What was decided. */
export type ReviewDecisionInput = {
  /** By when. */
  dueOn: string;
  /** Who sees to it: a role, or a person. */
  owner: string;
  /** Branch of the proposal that carries it out, as proposeWorkflowChange gave it. */
  proposal?: string | null | undefined;
  /** In a sentence. */
  text: string;
  /** Key of the workflow that it is about. */
  workflow?: string | null | undefined;
};

/** Why a review is due. */
export type ReviewReason =
  /** The definition says how often, and that is over, or will be. */
  | 'INTERVAL'
  /** The Taxonomy has a new channel. */
  | 'NEW_CHANNEL'
  /** The tools of the Taxonomy have changed. */
  | 'NEW_TOOL'
  /** The last three campaigns on a workflow, or six, had the same trouble. */
  | 'PERSISTENT_ISSUE'
  /** It is used, and nobody has changed or reviewed it for 180 days. */
  | 'STALE'
  /** A Team has other roles than before. */
  | 'TEAM_CHANGE';

/** How much can go wrong with a campaign. */
export type Risk =
  /** Much: the policy may ask for further approvals. */
  | 'HIGH'
  /** Little. */
  | 'LOW'
  /** Something. */
  | 'MEDIUM';

/** How much a problem weighs. */
export type Severity =
  /** The definition is held back. */
  | 'ERROR'
  /** Worth knowing. */
  | 'INFO'
  /** Served, but should be mended. */
  | 'WARNING';

/** What somebody says with a signature (21 CFR 11.50). */
export type SignatureMeaning =
  /** It may go on. */
  | 'APPROVAL'
  /** I have made it. */
  | 'AUTHORSHIP'
  /** I answer for it. */
  | 'RESPONSIBILITY'
  /** I have looked at it. */
  | 'REVIEW';

/** Whether a commit is signed, and whether that holds. */
export type SignatureState =
  /** It is, but the signature is not one of this commit. */
  | 'INVALID'
  /** It is not signed. */
  | 'NONE'
  /** It is; no keys are configured, so who signed is not verified. */
  | 'PRESENT'
  /** It is, by a key that is not known. */
  | 'UNKNOWN_KEY'
  /** It is, by a key that is known. */
  | 'VALID';

/** Whether a workflow is used, and looked after. */
export type Standing =
  /** It is used, or new, and somebody has changed or reviewed it within 180 days. */
  | 'CURRENT'
  /** No campaign has run on it for 180 days. */
  | 'ORPHANED'
  /** It is used, and nobody has changed or reviewed it for 180 days. */
  | 'STALE';

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

/** How a sync ended. */
export type SyncOutcome =
  /** The repository could not be read. */
  | 'FAILED'
  /** Something invalid was not taken over; the last good versions stay in service. */
  | 'HELD_BACK'
  /** Everything was taken over. */
  | 'SYNCED'
  /** There was nothing new. */
  | 'UNCHANGED';

/** Which syncs; every condition given must hold. */
export type SyncRunFilterInput = {
  /** Any of these. */
  outcome?: Array<SyncOutcome> | null | undefined;
  /** When they began. */
  startedAt?: DateTimeRangeInput | null | undefined;
  /** Any of these. */
  trigger?: Array<SyncTrigger> | null | undefined;
};

/** What started a sync. */
export type SyncTrigger =
  /** The mutation `syncRepository`. */
  | 'API'
  /** The command `weir sync`. */
  | 'CLI'
  /** The regular look at the branch. */
  | 'POLL'
  /** The start of a server. */
  | 'START'
  /** A webhook of the host. */
  | 'WEBHOOK';

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { name: string, permissions: Array<Permission>, roles: Array<string> | null } };

export type SomethingAlertedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SomethingAlertedSubscription = { alertRaised: { id: string } };

export type SomethingSyncedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type SomethingSyncedSubscription = { repositorySynced: { id: string } };

export type AuditLogQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: AuditFilterInput | null | undefined;
}>;


export type AuditLogQuery = { auditLog: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, happenedAt: string, actor: string, roles: Array<string>, action: AuditAction, subject: string, commitSha: string | null, before: unknown, beforeHash: string | null, after: unknown, afterHash: string | null, position: number | null, hash: string | null, campaign: { key: string, name: string } | null, origin: { by: OriginKind, token: string | null, address: string | null, authenticatedAt: string | null, fullName: string | null } | null, signature: { name: string, fullName: string | null, meaning: SignatureMeaning, signedAt: string, authenticatedAt: string | null, by: OriginKind, contentHash: string } | null }> } };

export type AuditChainQueryVariables = Exact<{ [key: string]: never; }>;


export type AuditChainQuery = { auditCheckpoint: { position: number, hash: string, signedAt: string, keyId: string, commitSha: string | null } | null, auditLog: { totalCount: number, nodes: Array<{ position: number | null }> }, alerts: { nodes: Array<{ id: string, message: string, raisedAt: string }> } };

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

export type RetrospectivesQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: RetrospectiveFilterInput | null | undefined;
}>;


export type RetrospectivesQuery = { retrospectives: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, createdAt: string, completedAt: string | null, campaign: { key: string, name: string }, workflowVersion: { number: number, workflow: { key: string, name: string } }, answers: Array<{ question: string, given: Array<{ by: string }> }>, actions: Array<{ number: number, state: RetrospectiveActionState }> }> }, workflows: { nodes: Array<{ key: string, name: string }> } };

export type RetrospectiveQueryVariables = Exact<{
  campaign: string;
}>;


export type RetrospectiveQuery = { campaign: { key: string, name: string, status: CampaignStatus, retrospective: { id: string, createdAt: string, completedAt: string | null, completedBy: string | null, workflowVersion: { number: number, workflow: { key: string, name: string } }, evidence: { leadTimeHours: number | null, durationHours: number, reworkRounds: number, gatesPassed: number, gatesFailed: number, deviations: number, launchDelays: Array<{ channel: string, delayHours: number }> }, survey: { answers: number, meanScore: number | null, painPoints: Array<string> }, answers: Array<{ question: string, evidence: Array<string>, given: Array<{ by: string, at: string, text: string }> }>, actions: Array<{ number: number, text: string, owner: string, dueOn: string, workflow: string, state: RetrospectiveActionState, proposal: string | null, effect: string | null, commit: { sha: string, message: string, committedAt: string, pullRequest: number | null, author: { name: string } } | null, effects: Array<{ metric: CampaignMetric, unit: MetricUnit, outcome: EffectOutcome, verdict: EffectVerdict, note: string | null, pValue: number | null, differenceMean: number | null, differenceMeanLow: number | null, differenceMeanHigh: number | null, differencePercent: number | null, before: { campaigns: number, mean: number | null, median: number | null }, after: { campaigns: number, mean: number | null, median: number | null } }>, nextCampaigns: Array<{ key: string, name: string, status: CampaignStatus }> }> } | null } | null, metrics: Array<{ metric: CampaignMetric, title: string }>, viewer: { name: string, permissions: Array<Permission> } };

export type AnswerRetrospectiveMutationVariables = Exact<{
  input: AnswerRetrospectiveInput;
}>;


export type AnswerRetrospectiveMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type AnswerSurveyMutationVariables = Exact<{
  input: AnswerSurveyInput;
}>;


export type AnswerSurveyMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type EffectFiguresFragment = { metric: CampaignMetric, unit: MetricUnit, outcome: EffectOutcome, verdict: EffectVerdict, note: string | null, pValue: number | null, differenceMean: number | null, differenceMeanLow: number | null, differenceMeanHigh: number | null, differencePercent: number | null, before: { campaigns: number, mean: number | null, median: number | null }, after: { campaigns: number, mean: number | null, median: number | null } };

export type ReviewsDueQueryVariables = Exact<{ [key: string]: never; }>;


export type ReviewsDueQuery = { reviewCalendar: Array<{ reason: ReviewReason, dueAt: string, isOverdue: boolean, because: string, workflow: { key: string, name: string } | null }>, quarterlyReview: { quarter: string, state: QuarterState, completed: { completedAt: string } | null } };

export type ReviewQueryVariables = Exact<{
  quarter?: string | null | undefined;
}>;


export type ReviewQuery = { quarterlyReview: { quarter: string, start: string, end: string, state: QuarterState, timezone: string, decisions: Array<{ quarter: string, number: number, text: string, owner: string, dueOn: string, state: DecisionState, note: string | null, commitSha: string | null, proposal: string | null, workflow: string | null }>, decided: Array<{ number: number, text: string, owner: string, dueOn: string, state: DecisionState, note: string | null, commitSha: string | null, proposal: string | null, workflow: string | null }>, queries: Array<{ name: string, query: string }>, triggers: Array<{ id: string, message: string, raisedAt: string, acknowledgedBy: string | null, note: string | null }>, rewrites: Array<{ id: string, message: string, raisedAt: string, acknowledgedBy: string | null, note: string | null }>, completed: { actor: string, completedAt: string, start: string, end: string, snapshot: unknown, snapshotHash: string, attendees: Array<{ name: string, team: string }> } | null, workflows: Array<{ classification: Classification, authors: Array<string>, standing: Standing, isReviewDue: boolean, reviewDueAt: string | null, workflow: { key: string, name: string }, from: { number: number } | null, to: { number: number } | null, changes: Array<
        | { summary: string, classification: Classification }
        | { summary: string, classification: Classification }
        | { summary: string, classification: Classification }
        | { summary: string, classification: Classification }
        | { summary: string, classification: Classification }
        | { summary: string, classification: Classification }
      >, history: Array<{ id: string, summary: string, isRewind: boolean, pullRequest: number | null, authoredAt: string, classification: Classification, author: { name: string }, commit: { sha: string, message: string } }>, use: Array<{ version: number, created: number, launched: number, ended: number, cancelled: number, running: number }>, leadTimes: Array<{ version: number, medianHours: number, campaigns: Array<{ key: string, leadTimeHours: number }> }>, predictions: Array<{ version: number, launched: number, medianHours: number, p50Hours: number | null, p80Hours: number | null, withinP50: number | null, withinP80: number | null }>, effects: Array<{ metric: CampaignMetric, unit: MetricUnit, outcome: EffectOutcome, verdict: EffectVerdict, note: string | null, pValue: number | null, differenceMean: number | null, differenceMeanLow: number | null, differenceMeanHigh: number | null, differencePercent: number | null, before: { campaigns: number, mean: number | null, median: number | null }, after: { campaigns: number, mean: number | null, median: number | null } }>, incidents: { campaigns: number, count: number, launched: number, lateFixShare: number | null, kinds: Array<{ kind: IncidentKind, count: number, perCampaign: number | null }>, causes: Array<{ cause: IncidentCause, count: number, delayHours: number, delayShare: number | null }> }, advice: Array<{ text: string, because: string, query: string }>, pin: { version: number, pinnedAt: string, pinnedBy: string, reason: string } | null }> }, metrics: Array<{ metric: CampaignMetric, title: string }>, viewer: { permissions: Array<Permission> } };

export type ReviewAdherenceQueryVariables = Exact<{
  quarter?: string | null | undefined;
}>;


export type ReviewAdherenceQuery = { quarterlyReview: { workflows: Array<{ workflow: { key: string }, to: { number: number, adherence: { cases: number, fitting: number, fitnessAverage: number } } | null }> } };

export type CompleteReviewMutationVariables = Exact<{
  input: CompleteReviewInput;
}>;


export type CompleteReviewMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type ReviewAlertFragment = { id: string, message: string, raisedAt: string, acknowledgedBy: string | null, note: string | null };

export type ReviewedWorkflowFragment = { classification: Classification, authors: Array<string>, standing: Standing, isReviewDue: boolean, reviewDueAt: string | null, workflow: { key: string, name: string }, from: { number: number } | null, to: { number: number } | null, changes: Array<
    | { summary: string, classification: Classification }
    | { summary: string, classification: Classification }
    | { summary: string, classification: Classification }
    | { summary: string, classification: Classification }
    | { summary: string, classification: Classification }
    | { summary: string, classification: Classification }
  >, history: Array<{ id: string, summary: string, isRewind: boolean, pullRequest: number | null, authoredAt: string, classification: Classification, author: { name: string }, commit: { sha: string, message: string } }>, use: Array<{ version: number, created: number, launched: number, ended: number, cancelled: number, running: number }>, leadTimes: Array<{ version: number, medianHours: number, campaigns: Array<{ key: string, leadTimeHours: number }> }>, predictions: Array<{ version: number, launched: number, medianHours: number, p50Hours: number | null, p80Hours: number | null, withinP50: number | null, withinP80: number | null }>, effects: Array<{ metric: CampaignMetric, unit: MetricUnit, outcome: EffectOutcome, verdict: EffectVerdict, note: string | null, pValue: number | null, differenceMean: number | null, differenceMeanLow: number | null, differenceMeanHigh: number | null, differencePercent: number | null, before: { campaigns: number, mean: number | null, median: number | null }, after: { campaigns: number, mean: number | null, median: number | null } }>, incidents: { campaigns: number, count: number, launched: number, lateFixShare: number | null, kinds: Array<{ kind: IncidentKind, count: number, perCampaign: number | null }>, causes: Array<{ cause: IncidentCause, count: number, delayHours: number, delayShare: number | null }> }, advice: Array<{ text: string, because: string, query: string }>, pin: { version: number, pinnedAt: string, pinnedBy: string, reason: string } | null };

export type SyncStateQueryVariables = Exact<{ [key: string]: never; }>;


export type SyncStateQuery = { repository: { location: string, branch: string, folder: string, headSha: string | null, attemptedAt: string | null, behindSince: string | null, failingSince: string | null, failure: string | null, served: { sha: string, message: string, authoredAt: string, committedAt: string, pullRequest: number | null, signature: SignatureState, signedBy: string | null, author: { name: string } } | null, attempted: { sha: string, message: string, authoredAt: string, committedAt: string, pullRequest: number | null, signature: SignatureState, signedBy: string | null, author: { name: string } } | null, heldBack: Array<{ kind: DefinitionKind, key: string, file: string, reason: HoldReason, because: string | null }>, problems: Array<{ severity: Severity, code: string, message: string, hint: string | null, file: string, line: number, column: number }> } | null };

export type SyncRunsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: SyncRunFilterInput | null | undefined;
}>;


export type SyncRunsQuery = { syncRuns: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, outcome: SyncOutcome, trigger: SyncTrigger, startedAt: string, finishedAt: string, fromSha: string | null, toSha: string | null, commits: number, versions: number, error: string | null, note: string | null, problems: Array<{ severity: Severity, code: string, message: string, hint: string | null, file: string, line: number, column: number }> }> } };

export type SyncNowMutationVariables = Exact<{
  release?: Array<string> | string | null | undefined;
}>;


export type SyncNowMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    >, run: { id: string, outcome: SyncOutcome, error: string | null, commits: number, versions: number } | null } };

export type SyncCommitFragment = { sha: string, message: string, authoredAt: string, committedAt: string, pullRequest: number | null, signature: SignatureState, signedBy: string | null, author: { name: string } };

export type SyncProblemFragment = { severity: Severity, code: string, message: string, hint: string | null, file: string, line: number, column: number };

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
export const ReviewAlertFragmentDoc = new TypedDocumentString(`
    fragment ReviewAlert on Alert {
  id
  message
  raisedAt
  acknowledgedBy
  note
}
    `, {"fragmentName":"ReviewAlert"}) as unknown as TypedDocumentString<ReviewAlertFragment, unknown>;
export const EffectFiguresFragmentDoc = new TypedDocumentString(`
    fragment EffectFigures on MetricEffect {
  metric
  unit
  outcome
  verdict
  note
  pValue
  differenceMean
  differenceMeanLow
  differenceMeanHigh
  differencePercent
  before {
    campaigns
    mean
    median
  }
  after {
    campaigns
    mean
    median
  }
}
    `, {"fragmentName":"EffectFigures"}) as unknown as TypedDocumentString<EffectFiguresFragment, unknown>;
export const ReviewedWorkflowFragmentDoc = new TypedDocumentString(`
    fragment ReviewedWorkflow on WorkflowReview {
  workflow {
    key
    name
  }
  from {
    number
  }
  to {
    number
  }
  classification
  authors
  standing
  isReviewDue
  reviewDueAt
  changes {
    summary
    classification
  }
  history {
    id
    summary
    isRewind
    pullRequest
    authoredAt
    classification
    author {
      name
    }
    commit {
      sha
      message
    }
  }
  use {
    version
    created
    launched
    ended
    cancelled
    running
  }
  leadTimes {
    version
    medianHours
    campaigns {
      key
      leadTimeHours
    }
  }
  predictions {
    version
    launched
    medianHours
    p50Hours
    p80Hours
    withinP50
    withinP80
  }
  effects {
    ...EffectFigures
  }
  incidents {
    campaigns
    count
    launched
    lateFixShare
    kinds {
      kind
      count
      perCampaign
    }
    causes {
      cause
      count
      delayHours
      delayShare
    }
  }
  advice {
    text
    because
    query
  }
  pin {
    version
    pinnedAt
    pinnedBy
    reason
  }
}
    fragment EffectFigures on MetricEffect {
  metric
  unit
  outcome
  verdict
  note
  pValue
  differenceMean
  differenceMeanLow
  differenceMeanHigh
  differencePercent
  before {
    campaigns
    mean
    median
  }
  after {
    campaigns
    mean
    median
  }
}`, {"fragmentName":"ReviewedWorkflow"}) as unknown as TypedDocumentString<ReviewedWorkflowFragment, unknown>;
export const SyncCommitFragmentDoc = new TypedDocumentString(`
    fragment SyncCommit on Commit {
  sha
  message
  authoredAt
  committedAt
  author {
    name
  }
  pullRequest
  signature
  signedBy
}
    `, {"fragmentName":"SyncCommit"}) as unknown as TypedDocumentString<SyncCommitFragment, unknown>;
export const SyncProblemFragmentDoc = new TypedDocumentString(`
    fragment SyncProblem on Problem {
  severity
  code
  message
  hint
  file
  line
  column
}
    `, {"fragmentName":"SyncProblem"}) as unknown as TypedDocumentString<SyncProblemFragment, unknown>;
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
export const AuditLogDocument = new TypedDocumentString(`
    query AuditLog($first: Int, $after: String, $filter: AuditFilterInput) {
  auditLog(first: $first, after: $after, filter: $filter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      happenedAt
      actor
      roles
      action
      subject
      campaign {
        key
        name
      }
      commitSha
      before
      beforeHash
      after
      afterHash
      position
      hash
      origin {
        by
        token
        address
        authenticatedAt
        fullName
      }
      signature {
        name
        fullName
        meaning
        signedAt
        authenticatedAt
        by
        contentHash
      }
    }
  }
}
    `) as unknown as TypedDocumentString<AuditLogQuery, AuditLogQueryVariables>;
export const AuditChainDocument = new TypedDocumentString(`
    query AuditChain {
  auditCheckpoint {
    position
    hash
    signedAt
    keyId
    commitSha
  }
  auditLog(first: 1) {
    totalCount
    nodes {
      position
    }
  }
  alerts(first: 10, filter: {isOpen: true, kind: [AUDIT_REWRITTEN]}) {
    nodes {
      id
      message
      raisedAt
    }
  }
}
    `) as unknown as TypedDocumentString<AuditChainQuery, AuditChainQueryVariables>;
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
export const RetrospectivesDocument = new TypedDocumentString(`
    query Retrospectives($first: Int, $after: String, $filter: RetrospectiveFilterInput) {
  retrospectives(first: $first, after: $after, filter: $filter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      createdAt
      completedAt
      campaign {
        key
        name
      }
      workflowVersion {
        number
        workflow {
          key
          name
        }
      }
      answers {
        question
        given {
          by
        }
      }
      actions {
        number
        state
      }
    }
  }
  workflows(first: 200) {
    nodes {
      key
      name
    }
  }
}
    `) as unknown as TypedDocumentString<RetrospectivesQuery, RetrospectivesQueryVariables>;
export const RetrospectiveDocument = new TypedDocumentString(`
    query Retrospective($campaign: String!) {
  campaign(key: $campaign) {
    key
    name
    status
    retrospective {
      id
      createdAt
      completedAt
      completedBy
      workflowVersion {
        number
        workflow {
          key
          name
        }
      }
      evidence {
        leadTimeHours
        durationHours
        reworkRounds
        gatesPassed
        gatesFailed
        deviations
        launchDelays {
          channel
          delayHours
        }
      }
      survey {
        answers
        meanScore
        painPoints
      }
      answers {
        question
        evidence
        given {
          by
          at
          text
        }
      }
      actions {
        number
        text
        owner
        dueOn
        workflow
        state
        proposal
        effect
        commit {
          sha
          message
          committedAt
          pullRequest
          author {
            name
          }
        }
        effects {
          ...EffectFigures
        }
        nextCampaigns {
          key
          name
          status
        }
      }
    }
  }
  metrics {
    metric
    title
  }
  viewer {
    name
    permissions
  }
}
    fragment EffectFigures on MetricEffect {
  metric
  unit
  outcome
  verdict
  note
  pValue
  differenceMean
  differenceMeanLow
  differenceMeanHigh
  differencePercent
  before {
    campaigns
    mean
    median
  }
  after {
    campaigns
    mean
    median
  }
}`) as unknown as TypedDocumentString<RetrospectiveQuery, RetrospectiveQueryVariables>;
export const AnswerRetrospectiveDocument = new TypedDocumentString(`
    mutation AnswerRetrospective($input: AnswerRetrospectiveInput!) {
  payload: answerRetrospective(input: $input) {
    refusals {
      code
      message
      missing
      askRole
      rule
    }
  }
}
    `) as unknown as TypedDocumentString<AnswerRetrospectiveMutation, AnswerRetrospectiveMutationVariables>;
export const AnswerSurveyDocument = new TypedDocumentString(`
    mutation AnswerSurvey($input: AnswerSurveyInput!) {
  payload: answerSurvey(input: $input) {
    refusals {
      code
      message
      missing
      askRole
      rule
    }
  }
}
    `) as unknown as TypedDocumentString<AnswerSurveyMutation, AnswerSurveyMutationVariables>;
export const ReviewsDueDocument = new TypedDocumentString(`
    query ReviewsDue {
  reviewCalendar {
    reason
    dueAt
    isOverdue
    because
    workflow {
      key
      name
    }
  }
  quarterlyReview {
    quarter
    state
    completed {
      completedAt
    }
  }
}
    `) as unknown as TypedDocumentString<ReviewsDueQuery, ReviewsDueQueryVariables>;
export const ReviewDocument = new TypedDocumentString(`
    query Review($quarter: String) {
  quarterlyReview(quarter: $quarter) {
    quarter
    start
    end
    state
    timezone
    decisions {
      quarter
      number
      text
      owner
      dueOn
      state
      note
      commitSha
      proposal
      workflow
    }
    decided {
      number
      text
      owner
      dueOn
      state
      note
      commitSha
      proposal
      workflow
    }
    queries {
      name
      query
    }
    triggers {
      ...ReviewAlert
    }
    rewrites {
      ...ReviewAlert
    }
    completed {
      actor
      completedAt
      start
      end
      snapshot
      snapshotHash
      attendees {
        name
        team
      }
    }
    workflows {
      ...ReviewedWorkflow
    }
  }
  metrics {
    metric
    title
  }
  viewer {
    permissions
  }
}
    fragment EffectFigures on MetricEffect {
  metric
  unit
  outcome
  verdict
  note
  pValue
  differenceMean
  differenceMeanLow
  differenceMeanHigh
  differencePercent
  before {
    campaigns
    mean
    median
  }
  after {
    campaigns
    mean
    median
  }
}
fragment ReviewAlert on Alert {
  id
  message
  raisedAt
  acknowledgedBy
  note
}
fragment ReviewedWorkflow on WorkflowReview {
  workflow {
    key
    name
  }
  from {
    number
  }
  to {
    number
  }
  classification
  authors
  standing
  isReviewDue
  reviewDueAt
  changes {
    summary
    classification
  }
  history {
    id
    summary
    isRewind
    pullRequest
    authoredAt
    classification
    author {
      name
    }
    commit {
      sha
      message
    }
  }
  use {
    version
    created
    launched
    ended
    cancelled
    running
  }
  leadTimes {
    version
    medianHours
    campaigns {
      key
      leadTimeHours
    }
  }
  predictions {
    version
    launched
    medianHours
    p50Hours
    p80Hours
    withinP50
    withinP80
  }
  effects {
    ...EffectFigures
  }
  incidents {
    campaigns
    count
    launched
    lateFixShare
    kinds {
      kind
      count
      perCampaign
    }
    causes {
      cause
      count
      delayHours
      delayShare
    }
  }
  advice {
    text
    because
    query
  }
  pin {
    version
    pinnedAt
    pinnedBy
    reason
  }
}`) as unknown as TypedDocumentString<ReviewQuery, ReviewQueryVariables>;
export const ReviewAdherenceDocument = new TypedDocumentString(`
    query ReviewAdherence($quarter: String) {
  quarterlyReview(quarter: $quarter) {
    workflows {
      workflow {
        key
      }
      to {
        number
        adherence {
          cases
          fitting
          fitnessAverage
        }
      }
    }
  }
}
    `) as unknown as TypedDocumentString<ReviewAdherenceQuery, ReviewAdherenceQueryVariables>;
export const CompleteReviewDocument = new TypedDocumentString(`
    mutation CompleteReview($input: CompleteReviewInput!) {
  payload: completeReview(input: $input) {
    refusals {
      code
      message
      missing
      askRole
      rule
    }
  }
}
    `) as unknown as TypedDocumentString<CompleteReviewMutation, CompleteReviewMutationVariables>;
export const SyncStateDocument = new TypedDocumentString(`
    query SyncState {
  repository {
    location
    branch
    folder
    headSha
    attemptedAt
    behindSince
    failingSince
    failure
    served {
      ...SyncCommit
    }
    attempted {
      ...SyncCommit
    }
    heldBack {
      kind
      key
      file
      reason
      because
    }
    problems {
      ...SyncProblem
    }
  }
}
    fragment SyncCommit on Commit {
  sha
  message
  authoredAt
  committedAt
  author {
    name
  }
  pullRequest
  signature
  signedBy
}
fragment SyncProblem on Problem {
  severity
  code
  message
  hint
  file
  line
  column
}`) as unknown as TypedDocumentString<SyncStateQuery, SyncStateQueryVariables>;
export const SyncRunsDocument = new TypedDocumentString(`
    query SyncRuns($first: Int, $after: String, $filter: SyncRunFilterInput) {
  syncRuns(first: $first, after: $after, filter: $filter) {
    totalCount
    pageInfo {
      hasNextPage
      endCursor
    }
    nodes {
      id
      outcome
      trigger
      startedAt
      finishedAt
      fromSha
      toSha
      commits
      versions
      error
      note
      problems {
        ...SyncProblem
      }
    }
  }
}
    fragment SyncProblem on Problem {
  severity
  code
  message
  hint
  file
  line
  column
}`) as unknown as TypedDocumentString<SyncRunsQuery, SyncRunsQueryVariables>;
export const SyncNowDocument = new TypedDocumentString(`
    mutation SyncNow($release: [String!]) {
  payload: syncRepository(release: $release) {
    refusals {
      code
      message
      missing
      askRole
      rule
    }
    run {
      id
      outcome
      error
      commits
      versions
    }
  }
}
    `) as unknown as TypedDocumentString<SyncNowMutation, SyncNowMutationVariables>;