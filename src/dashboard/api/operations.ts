// Written by `npm run generate` from the .graphql files; not to be changed by hand.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A hand-off to accept. */
export type AcceptHandoffInput = {
  /** Key of the campaign. */
  campaign: string;
  /** `contentHash` of the hand-off as it was looked at; where it is another by now, nothing is accepted. */
  contentHash?: string | null | undefined;
  /** Key of the hand-off, for example `sign-off-to-creative`. */
  handoff: string;
};

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

/** How an approver decided. */
export type ApprovalDecision =
  /** The work may go on. */
  | 'APPROVED'
  /** The work is returned. */
  | 'REJECTED';

/** What asks for an approval. */
export type ApprovalKind =
  /** The approvers of a gate. */
  | 'GATE'
  /** The Policy, before any launch. */
  | 'POLICY'
  /** An approval or review step. */
  | 'STEP';

/** A step to approve. */
export type ApproveInput = {
  /** Key of the campaign. */
  campaign: string;
  /** What the approver has to say. */
  comment?: string | null | undefined;
  /** `contentHash` of the step as it was looked at; where it is another by now, nothing is approved. */
  contentHash?: string | null | undefined;
  /** Signs the decision, and says what that means; a regulated workflow demands it. */
  meaning?: SignatureMeaning | null | undefined;
  /** Key of the step. */
  step: string;
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
  /** Number of a version; of `workflow`, where that is given. */
  version?: number | null | undefined;
  /** Key of a workflow: what made its versions, and what was done in campaigns on them. */
  workflow?: string | null | undefined;
};

/** What a content calendar is held against. */
export type CalendarRule =
  /** An asset has at least one keyword of the brief (R22). */
  | 'KEYWORDS'
  /** Enough other items link to an item (R21). */
  | 'LINKS'
  /** An offer holds when readers see it (R49). */
  | 'OFFER_NOT_VALID'
  /** A message follows another within its window (R24). */
  | 'SEQUENCE'
  /** What an asset was made from has not changed since (R23). */
  | 'STALE_SOURCE'
  /** An item is about what the campaign is about (R21). */
  | 'THEME'
  /** An offer is one of the Taxonomy (R49). */
  | 'UNKNOWN_OFFER'
  /** A segment is one of the Taxonomy (R49). */
  | 'UNKNOWN_SEGMENT';

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

/** A campaign to call off. */
export type CancelCampaignInput = {
  /** Key of the campaign. */
  campaign: string;
  /** Why, for whoever worked on it. */
  reason: string;
};

/** Whether a channel of a campaign is open. */
export type ChannelStatus =
  /** It was launched. */
  | 'LIVE'
  /** It is held: nothing is launched or sent on it. */
  | 'PAUSED'
  /** Nothing was launched on it. */
  | 'PLANNED';

/** On which side of its limit a metric must be. */
export type CheckBound =
  /** The limit or more. */
  | 'AT_LEAST'
  /** The limit or less. */
  | 'AT_MOST';

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

/** A task that is done. */
export type CompleteTaskInput = {
  /** Key of the campaign. */
  campaign: string;
  /** Key of the task. */
  task: string;
};

/** What has to come together. */
export type ConvergenceDimension =
  /** Each is live, or all that comes before its launch is done. */
  | 'CHANNELS'
  /** Every channel has an asset, and no text contradicts another or the brief. */
  | 'CONTENT'
  /** The audiences overlap; without audiences, all assets are for the same segments. */
  | 'TARGETING'
  /** They open close enough together. */
  | 'TIMING';

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

/** What a campaign goes past. */
export type DeviatedPart =
  /** A gate that is not passed. */
  | 'GATE'
  /** A rule that forbids something for now. */
  | 'RULE'
  /** A step that is not optional. */
  | 'STEP';

/** What divides campaigns: either `at`, or both `from` and `to`. */
export type EffectDivideInput = {
  /** Campaigns created before this time, and those created since. */
  at?: string | null | undefined;
  /** Campaigns on exactly this version: with `asOf`, those of the time that it was served then; else whenever. */
  from?: VersionRefInput | null | undefined;
  /** Those to compare with them, likewise. */
  to?: VersionRefInput | null | undefined;
};

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

/** A campaign to end. */
export type EndCampaignInput = {
  /** Key of the campaign. */
  campaign: string;
};

/** A gate to evaluate. */
export type EvaluateGateInput = {
  /** Key of the campaign. */
  campaign: string;
  /** Key of the gate. */
  gate: string;
  /** Values of what could not be measured; what was measured counts instead. */
  measurements?: Array<MeasurementInput>;
};

/** What texts have to say alike. */
export type Fact =
  /** For whom it is. */
  | 'AUDIENCE'
  /** What the reader is asked to do. */
  | 'CALL_TO_ACTION'
  /** What to type in at the checkout. */
  | 'CODE'
  /** When something begins or takes place. */
  | 'DATE'
  /** The last moment of an offer or a registration. */
  | 'DEADLINE'
  /** Another promise, such as free shipping or a trial. */
  | 'OFFER'
  /** A reduction in percent. */
  | 'PERCENTAGE'
  /** What has to be paid. */
  | 'PRICE'
  /** Name or model. */
  | 'PRODUCT'
  /** Money off. */
  | 'SAVING';

/** Where work failed. */
export type FailurePoint =
  /** It lay before an approval for the longest. */
  | 'APPROVAL_BOTTLENECK'
  /** Data were late, incomplete or nowhere. */
  | 'DATA_SILO'
  /** Handed over without context, or too late. */
  | 'HANDOFF';

/** When a gate is reached. */
export type GatePlace =
  /** When the lanes are done. */
  | 'ENDPOINT'
  /** When every lane has finished half of its steps. */
  | 'MIDPOINT';

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

/** How a hand-off takes place. */
export type HandoffMode =
  /** It is answered within a time. */
  | 'ASYNC'
  /** Both sides meet. */
  | 'SYNC';

/** Where a hand-off of a campaign stands. */
export type HandoffStatus =
  /** The receiving side has it, complete and verified. */
  | 'ACCEPTED'
  /** The receiving side is asked to take it. */
  | 'OPEN'
  /** The receiving side has sent it back, and it was not offered again. */
  | 'RETURNED'
  /** What it hands over is not done. */
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

/** A channel to open. */
export type LaunchChannelInput = {
  /** Key of the campaign. */
  campaign: string;
  /** The channel. */
  channel: string;
};

/** How much there is of something. */
export type Level =
  /** Much. */
  | 'HIGH'
  /** Little. */
  | 'LOW'
  /** Something. */
  | 'MEDIUM';

/** What exactly changed. New kinds may be added. */
export type MeaningChangeKind =
  /** A branch is added. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'BRANCH_ADDED'
  /** A branch is moved. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'BRANCH_MOVED'
  /** A branch is removed. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'BRANCH_REMOVED'
  /** A branch is renamed. None: nothing is recorded under its name. */
  | 'BRANCH_RENAMED'
  /** Of a branch: weight. None: it informs people and forecasts, and no action is refused for it. */
  | 'BRANCH_WEIGHT_CHANGED'
  /** Of a branch: condition. Breaking: campaigns may have to do what they did not have to, or the reverse. */
  | 'BRANCH_WHEN_CHANGED'
  /** A meeting is added. None: it informs people and forecasts, and no action is refused for it. */
  | 'CADENCE_ADDED'
  /** Of a meeting: attendees. None: it informs people and forecasts, and no action is refused for it. */
  | 'CADENCE_ATTENDEES_CHANGED'
  /** Of a meeting: duration. None: it informs people and forecasts, and no action is refused for it. */
  | 'CADENCE_DURATION_CHANGED'
  /** A meeting is removed. None: it informs people and forecasts, and no action is refused for it. */
  | 'CADENCE_REMOVED'
  /** A meeting is renamed. None: it informs people and forecasts, and no action is refused for it. */
  | 'CADENCE_RENAMED'
  /** Of a meeting: recurrence. None: it informs people and forecasts, and no action is refused for it. */
  | 'CADENCE_RRULE_CHANGED'
  /** Of a meeting: time zone. None: it informs people and forecasts, and no action is refused for it. */
  | 'CADENCE_TIMEZONE_CHANGED'
  /** A checkpoint is added. None: it informs people and forecasts, and no action is refused for it. */
  | 'CHECKPOINT_ADDED'
  /** A checkpoint is moved. None: it informs people and forecasts, and no action is refused for it. */
  | 'CHECKPOINT_MOVED'
  /** Of a checkpoint: offset. None: it informs people and forecasts, and no action is refused for it. */
  | 'CHECKPOINT_OFFSET_CHANGED'
  /** A checkpoint is removed. None: it informs people and forecasts, and no action is refused for it. */
  | 'CHECKPOINT_REMOVED'
  /** A checkpoint is renamed. None: it informs people and forecasts, and no action is refused for it. */
  | 'CHECKPOINT_RENAMED'
  /** A check is added. Compatible where the gate holds nothing up; else breaking. */
  | 'CHECK_ADDED'
  /** Of a check: bound. Breaking: it asks for the contrary. */
  | 'CHECK_BOUND_CHANGED'
  /** Of a check: limit. Compatible where the limit lets more pass, or where the gate holds nothing up; else breaking. */
  | 'CHECK_LIMIT_CHANGED'
  /** Of a check: metric. Breaking: it asks for something else. */
  | 'CHECK_METRIC_CHANGED'
  /** A check is moved. Breaking: it is asked at another gate. */
  | 'CHECK_MOVED'
  /** A check is removed. Compatible: what it demanded is no longer demanded. */
  | 'CHECK_REMOVED'
  /** A choice is added. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'CHOICE_ADDED'
  /** A choice is moved. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'CHOICE_MOVED'
  /** A choice is removed. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'CHOICE_REMOVED'
  /** A choice is renamed. None: nothing is recorded under its name. */
  | 'CHOICE_RENAMED'
  /** A choice is reordered. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'CHOICE_REORDERED'
  /** A concurrent block is added. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'CONCURRENT_ADDED'
  /** A concurrent block is moved. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'CONCURRENT_MOVED'
  /** A concurrent block is removed. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'CONCURRENT_REMOVED'
  /** A concurrent block is renamed. None: nothing is recorded under its name. */
  | 'CONCURRENT_RENAMED'
  /** A concurrent block is reordered. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'CONCURRENT_REORDERED'
  /** A gate is added. Compatible where it holds nothing up; else breaking. */
  | 'GATE_ADDED'
  /** Of a gate: approvers. Without approvers everybody may evaluate. Compatible where more people may than before; else breaking. */
  | 'GATE_APPROVERS_CHANGED'
  /** Of a gate: place. Breaking: it holds up something else. */
  | 'GATE_AT_CHANGED'
  /** Of a gate: waits for. Compatible where the gate waits for fewer lanes; else breaking. */
  | 'GATE_MERGE_CHANGED'
  /** A gate is moved. Breaking: it compares other lanes. */
  | 'GATE_MOVED'
  /** Of a gate: on failure. Compatible from `block` to `pause-channel` to `alert`, each of which holds up less; else breaking. */
  | 'GATE_ON_FAIL_CHANGED'
  /** A gate is removed. Compatible where the gate waited for all lanes, so that nothing has to wait for more without it; else breaking. */
  | 'GATE_REMOVED'
  /** A gate is renamed. Breaking: what is recorded of it stands under the old name, and actions have to give the new one. */
  | 'GATE_RENAMED'
  /** A hand-off is added. Breaking: work passes only once it is accepted. */
  | 'HANDOFF_ADDED'
  /** Of a hand-off: from. Breaking: it passes work between other sections. */
  | 'HANDOFF_FROM_CHANGED'
  /** Of a hand-off: meeting. None: it informs people and forecasts, and no action is refused for it. */
  | 'HANDOFF_MEETING_CHANGED'
  /** Of a hand-off: mode. None: it informs people and forecasts, and no action is refused for it. */
  | 'HANDOFF_MODE_CHANGED'
  /** Of a hand-off: payload. Compatible where entries are only taken away, since each demands something; else breaking. */
  | 'HANDOFF_PAYLOAD_CHANGED'
  /** A hand-off is removed. Compatible: what it demanded is no longer demanded. */
  | 'HANDOFF_REMOVED'
  /** A hand-off is renamed. Breaking: what is recorded of it stands under the old name, and actions have to give the new one. */
  | 'HANDOFF_RENAMED'
  /** Of a hand-off: respond within. None: it informs people and forecasts, and no action is refused for it. */
  | 'HANDOFF_RESPOND_WITHIN_CHANGED'
  /** Of a hand-off: to. Breaking: it passes work between other sections. */
  | 'HANDOFF_TO_CHANGED'
  /** Of a hand-off: verifies. Compatible where entries are only taken away, since each demands something; else breaking. */
  | 'HANDOFF_VERIFY_CHANGED'
  /** A calendar item is added. None: it informs people and forecasts, and no action is refused for it. */
  | 'ITEM_ADDED'
  /** Of a calendar item: channel. None: it informs people and forecasts, and no action is refused for it. */
  | 'ITEM_CHANNEL_CHANGED'
  /** Of a calendar item: links. None: it informs people and forecasts, and no action is refused for it. */
  | 'ITEM_LINKS_CHANGED'
  /** Of a calendar item: offset. None: it informs people and forecasts, and no action is refused for it. */
  | 'ITEM_OFFSET_CHANGED'
  /** A calendar item is removed. None: it informs people and forecasts, and no action is refused for it. */
  | 'ITEM_REMOVED'
  /** A calendar item is renamed. None: it informs people and forecasts, and no action is refused for it. */
  | 'ITEM_RENAMED'
  /** Of a calendar item: theme. None: it informs people and forecasts, and no action is refused for it. */
  | 'ITEM_THEME_CHANGED'
  /** A lane is added. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'LANE_ADDED'
  /** A lane is removed. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'LANE_REMOVED'
  /** A lane is renamed. None: nothing is recorded under its name. */
  | 'LANE_RENAMED'
  /** A milestone is added. None: it informs people and forecasts, and no action is refused for it. */
  | 'MILESTONE_ADDED'
  /** Of a milestone: announced before. None: it informs people and forecasts, and no action is refused for it. */
  | 'MILESTONE_ANNOUNCE_BEFORE_CHANGED'
  /** Of a milestone: consumers. None: it informs people and forecasts, and no action is refused for it. */
  | 'MILESTONE_CONSUMERS_CHANGED'
  /** Of a milestone: date. None: it informs people and forecasts, and no action is refused for it. */
  | 'MILESTONE_DATE_CHANGED'
  /** Of a milestone: not before. None: it informs people and forecasts, and no action is refused for it. */
  | 'MILESTONE_NOT_BEFORE_CHANGED'
  /** Of a milestone: owner. None: it informs people and forecasts, and no action is refused for it. */
  | 'MILESTONE_OWNER_CHANGED'
  /** A milestone is removed. None: it informs people and forecasts, and no action is refused for it. */
  | 'MILESTONE_REMOVED'
  /** A milestone is renamed. None: it informs people and forecasts, and no action is refused for it. */
  | 'MILESTONE_RENAMED'
  /** A rule is added. Breaking: it forbids something until its condition holds. */
  | 'RULE_ADDED'
  /** Of a rule: forbids. Breaking: it forbids something else. */
  | 'RULE_BLOCK_CHANGED'
  /** A rule is removed. Compatible: what it demanded is no longer demanded. */
  | 'RULE_REMOVED'
  /** A rule is renamed. None: nothing is recorded under its name. */
  | 'RULE_RENAMED'
  /** Of a rule: until. Breaking: it forbids it until something else holds. */
  | 'RULE_UNTIL_CHANGED'
  /** A section is added. Breaking: something has to be done that did not have to be done before. */
  | 'SECTION_ADDED'
  /** Of a section: runs after. Compatible where entries are only taken away, or where nothing waits for more than before; else breaking. */
  | 'SECTION_AFTER_CHANGED'
  /** Of a section: model. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'SECTION_MODEL_CHANGED'
  /** Of a section: brief fields of the hub. Compatible where entries are only taken away, since each demands something; else breaking. */
  | 'SECTION_OWNS_CHANGED'
  /** A section is removed. Breaking: what a campaign has begun in it is no longer there. */
  | 'SECTION_REMOVED'
  /** A section is renamed. Breaking where a hand-off is called after it, since its acceptance is recorded under the old name; else none. */
  | 'SECTION_RENAMED'
  /** Of a section: tool. None: it informs people and forecasts, and no action is refused for it. */
  | 'SECTION_TOOL_CHANGED'
  /** A distance between is added. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'SEQUENCE_ADDED'
  /** Of a distance between: after. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'SEQUENCE_AFTER_CHANGED'
  /** Of a distance between: at most. Compatible where the distance grows or the limit goes; else breaking. */
  | 'SEQUENCE_MAX_GAP_CHANGED'
  /** Of a distance between: at least. Compatible where the distance shrinks or goes; else breaking. */
  | 'SEQUENCE_MIN_GAP_CHANGED'
  /** A distance between is removed. Compatible: what it demanded is no longer demanded. */
  | 'SEQUENCE_REMOVED'
  /** Of a distance between: step. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'SEQUENCE_STEP_CHANGED'
  /** Of a step: accountable. Breaking where the owner decides about returned work or accepts a hand-off; else none. */
  | 'STEP_ACCOUNTABLE_CHANGED'
  /** A step is added. Compatible in a new branch of a choice that was there, since nobody has to take it, and as the work of a rework, since it only follows a rejection; else breaking: something has to be done that did not have to be done before. */
  | 'STEP_ADDED'
  /** Of a step: approves. Breaking: who has to approve what is another matter then. */
  | 'STEP_APPROVES_CHANGED'
  /** Of a step: channel. Breaking: it launches something else. */
  | 'STEP_CHANNEL_CHANGED'
  /** Of a step: concerns. Breaking: what was approved already is bound to something else then. */
  | 'STEP_CONCERNS_CHANGED'
  /** Of a step: consulted. None: it informs people and forecasts, and no action is refused for it. */
  | 'STEP_CONSULTED_CHANGED'
  /** Of a step: derived from. None: it informs people and forecasts, and no action is refused for it. */
  | 'STEP_DERIVED_FROM_CHANGED'
  /** Of a step: effort. None: it informs people and forecasts, and no action is refused for it. */
  | 'STEP_EFFORT_CHANGED'
  /** Of a step: escalates after. None: it informs people and forecasts, and no action is refused for it. */
  | 'STEP_ESCALATE_AFTER_CHANGED'
  /** Of a step: informed. None: it informs people and forecasts, and no action is refused for it. */
  | 'STEP_INFORMED_CHANGED'
  /** Of a step: kind. None between task, brief and retrospective, which are worked on alike; else breaking. */
  | 'STEP_KIND_CHANGED'
  /** A step is moved. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'STEP_MOVED'
  /** Of a step: name. None: it informs people and forecasts, and no action is refused for it. */
  | 'STEP_NAME_CHANGED'
  /** Of a step: needs. Compatible where entries are only taken away, or where nothing waits for more than before; else breaking. */
  | 'STEP_NEEDS_CHANGED'
  /** Of a step: optional. Compatible where the step may be skipped from now on; else breaking. */
  | 'STEP_OPTIONAL_CHANGED'
  /** Of a step: produces. Compatible where entries are only added, since each permits something; else breaking. */
  | 'STEP_PRODUCES_CHANGED'
  /** Of a step: quorum. Breaking: what was approved already may not be enough, or be more than enough. */
  | 'STEP_QUORUM_CHANGED'
  /** Of a step: relevance. None: it informs people and forecasts, and no action is refused for it. */
  | 'STEP_RELEVANCE_CHANGED'
  /** A step is removed. Breaking: what a campaign has begun in it is no longer there. */
  | 'STEP_REMOVED'
  /** A step is renamed. Breaking: what is recorded of it stands under the old name, and actions have to give the new one. */
  | 'STEP_RENAMED'
  /** A step is reordered. Compatible where no step, gate or hand-off waits for anything it did not wait for before, and all stay in the same choices and loops; else breaking. */
  | 'STEP_REORDERED'
  /** Of a step: responsible. Of an approval or review compatible where roles are only added, since each may decide, else breaking. Of other steps none: it says who works, not who may. */
  | 'STEP_RESPONSIBLE_CHANGED'
  /** Of a step: rework. Compatible where it becomes possible, or may happen more often; none where only its probability changes; else breaking. */
  | 'STEP_REWORK_CHANGED'
  /** Of a step: staffing. None: it informs people and forecasts, and no action is refused for it. */
  | 'STEP_STAFFING_CHANGED'
  /** Of a step: starts on. Compatible from `final` to `draft`, which lets it start earlier; else breaking. */
  | 'STEP_START_ON_CHANGED'
  /** Of a step: waiting time. None: it informs people and forecasts, and no action is refused for it. */
  | 'STEP_WAITING_CHANGED'
  /** Of a step: condition. Breaking: campaigns may have to do what they did not have to, or the reverse. */
  | 'STEP_WHEN_CHANGED'
  /** Of a trigger: actions. Breaking where it pauses a channel or creates a step; else compatible: it takes nothing away that people may do. */
  | 'TRIGGER_ACTIONS_CHANGED'
  /** A trigger is added. Breaking where it pauses a channel or creates a step; else compatible: it takes nothing away that people may do. */
  | 'TRIGGER_ADDED'
  /** Of a trigger: cooldown. Breaking where it pauses a channel or creates a step; else compatible: it takes nothing away that people may do. */
  | 'TRIGGER_COOLDOWN_CHANGED'
  /** Of a trigger: for. Breaking where it pauses a channel or creates a step; else compatible: it takes nothing away that people may do. */
  | 'TRIGGER_FOR_CHANGED'
  /** Of a trigger: guard. Breaking where it pauses a channel or creates a step; else compatible: it takes nothing away that people may do. */
  | 'TRIGGER_GUARD_CHANGED'
  /** A trigger is removed. Compatible: nothing acts by itself any more. */
  | 'TRIGGER_REMOVED'
  /** A trigger is renamed. None: nothing is recorded under its name. */
  | 'TRIGGER_RENAMED'
  /** Of a trigger: signal. Breaking where it pauses a channel or creates a step; else compatible: it takes nothing away that people may do. */
  | 'TRIGGER_SIGNAL_CHANGED'
  /** Of a trigger: condition. Breaking where it pauses a channel or creates a step; else compatible: it takes nothing away that people may do. */
  | 'TRIGGER_WHEN_CHANGED'
  /** Of a workflow: audience. None: it informs people and forecasts, and no action is refused for it. */
  | 'WORKFLOW_AUDIENCE_CHANGED'
  /** Of a workflow: content calendar. None: it informs people and forecasts, and no action is refused for it. */
  | 'WORKFLOW_CALENDAR_CHANGED'
  /** Of a workflow: campaign types. None: it informs people and forecasts, and no action is refused for it. */
  | 'WORKFLOW_CAMPAIGN_TYPES_CHANGED'
  /** Of a workflow: channels. Compatible where entries are only added, since each permits something; else breaking. */
  | 'WORKFLOW_CHANNELS_CHANGED'
  /** Of a workflow: decision. None: it informs people and forecasts, and no action is refused for it. */
  | 'WORKFLOW_DECISION_CHANGED'
  /** Of a workflow: KPIs. None: it informs people and forecasts, and no action is refused for it. */
  | 'WORKFLOW_KPIS_CHANGED'
  /** Of a workflow: name. None: it informs people and forecasts, and no action is refused for it. */
  | 'WORKFLOW_NAME_CHANGED'
  /** Of a workflow: pattern. None: it informs people and forecasts, and no action is refused for it. */
  | 'WORKFLOW_PATTERN_CHANGED'
  /** Of a workflow: pilot campaigns. None: it informs people and forecasts, and no action is refused for it. */
  | 'WORKFLOW_PILOT_CAMPAIGNS_CHANGED'
  /** Of a workflow: regulated. Breaking where a condition asks for it; else none. */
  | 'WORKFLOW_REGULATED_CHANGED'
  /** A workflow is renamed. Breaking: it is another workflow. */
  | 'WORKFLOW_RENAMED'
  /** Of a workflow: review interval. None: it informs people and forecasts, and no action is refused for it. */
  | 'WORKFLOW_REVIEW_EVERY_CHANGED'
  /** Of a workflow: status. None: it informs people and forecasts, and no action is refused for it. */
  | 'WORKFLOW_STATUS_CHANGED'
  /** Of a workflow: steward. None: it informs people and forecasts, and no action is refused for it. */
  | 'WORKFLOW_STEWARD_CHANGED';

/** A measured value; give a number or a duration. */
export type MeasurementInput = {
  /** A length of time, in ISO 8601. */
  duration?: string | null | undefined;
  /** Name of the metric, for example message-consistency. */
  metric: string;
  /** A number, for example a share from 0 to 1. */
  number?: number | null | undefined;
};

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

/** What another version means for a campaign. */
export type MigrationEffect =
  /** It can go on under the other version, and reach its end whatever happens. */
  | 'MOVABLE'
  /** It could come to wait for ever, lose work, do it twice or be past a control. */
  | 'STUCK'
  /** Nothing that can still happen to it differs. */
  | 'UNAFFECTED';

/** A hand-off to offer again. */
export type OfferHandoffInput = {
  /** Key of the campaign. */
  campaign: string;
  /** Key of the hand-off. */
  handoff: string;
};

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

/** How a workflow reaches convergence. */
export type Pattern =
  /** The plan follows live signals, by triggers within guards. */
  | 'ADAPTIVE'
  /** Teams work side by side towards shared milestones. */
  | 'PARALLEL'
  /** One team hands over to the next. */
  | 'SEQUENTIAL';

/** A channel to hold for now. */
export type PauseChannelInput = {
  /** Key of the campaign. */
  campaign: string;
  /** The channel. */
  channel: string;
  /** Why, for whoever is to resume it. */
  reason: string;
};

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

/** What a merge would do to another definition. */
export type PlannedDocumentChange =
  /** It is new. */
  | 'ADDED'
  /** Nothing: it is wrong, or something else of the merge is. */
  | 'HELD_BACK'
  /** It means something else. */
  | 'MODIFIED'
  /** Its file moves. */
  | 'MOVED'
  /** It comes back. */
  | 'RESTORED'
  /** It is gone. */
  | 'RETIRED'
  /** Nothing. */
  | 'UNCHANGED';

/** What a merge would do to a workflow. */
export type PlannedWorkflowChange =
  /** It is new, or comes back. */
  | 'ADDED'
  /** Nothing: it is wrong, or something else of the merge is. */
  | 'INVALID'
  /** It means something else. */
  | 'MODIFIED'
  /** Its file moves. */
  | 'MOVED'
  /** It is gone: no new campaigns. */
  | 'RETIRED'
  /** Nothing. */
  | 'UNCHANGED';

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

/** A step whose work is returned. */
export type RejectInput = {
  /** Key of the campaign. */
  campaign: string;
  /** What has to be mended. */
  comment: string;
  /** Signs the decision, and says what that means; a regulated workflow demands it. */
  meaning?: SignatureMeaning | null | undefined;
  /** Key of the step. */
  step: string;
};

/** A paused channel to let go on. */
export type ResumeChannelInput = {
  /** Key of the campaign. */
  campaign: string;
  /** The channel. */
  channel: string;
};

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

/** A hand-off to send back. */
export type ReturnHandoffInput = {
  /** Key of the campaign. */
  campaign: string;
  /** Key of the hand-off. */
  handoff: string;
  /** What has to be mended. */
  reason: string;
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

/** A date of an ended campaign. */
export type ShiftedDate =
  /** When it ended. */
  | 'END'
  /** When its first channel went live. */
  | 'LAUNCH';

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

/** A step to move. */
export type StepInput = {
  /** Key of the campaign. */
  campaign: string;
  /** Key of the step. */
  step: string;
};

/** What sort of work a step is. */
export type StepKind =
  /** Somebody approves or rejects. */
  | 'APPROVAL'
  /** Writes the shared brief. */
  | 'BRIEF'
  /** Opens a channel. */
  | 'LAUNCH'
  /** Looks back on the campaign. */
  | 'RETROSPECTIVE'
  /** Somebody looks at work and may return it. */
  | 'REVIEW'
  /** Any work. */
  | 'TASK';

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

/** What a trigger can do. */
export type TriggerAction =
  /** Tell people. */
  | 'ALERT'
  /** Add a task to the campaign. */
  | 'CREATE_STEP'
  /** Pause a channel. */
  | 'PAUSE_CHANNEL'
  /** Have the forecast calculated anew. */
  | 'RECALCULATE_FORECAST'
  /** Resume a channel that a trigger has paused. */
  | 'RESUME_CHANNEL'
  /** Show another asset of a channel. */
  | 'ROTATE_CREATIVE'
  /** Move budget between channels. */
  | 'SHIFT_BUDGET';

/** What a trigger whose condition held decided. */
export type TriggerOutcome =
  /** It acted. */
  | 'FIRED'
  /** It did not act: it has acted within its `cooldown`. */
  | 'SUPPRESSED_COOLDOWN'
  /** It did not act: of the values in the window fewer than `completeness` are there. */
  | 'SUPPRESSED_INCOMPLETE'
  /** It did not act: the last value rests on fewer than `minSamples`, or nobody said on how many. */
  | 'SUPPRESSED_LOW_N'
  /** It did not act: a value in the window is outside of `range`, and so a fault. */
  | 'SUPPRESSED_RANGE'
  /** It did not act: the last value is older than `maxAge`. */
  | 'SUPPRESSED_STALE';

/** One version of a workflow; give exactly one of the fields. */
export type VersionRefInput = {
  /** What was served at this time. */
  asOf?: string | null | undefined;
  /** What was served after this commit; a hash, whole or at least its first seven digits. */
  commit?: string | null | undefined;
  /** Its number. */
  number?: number | null | undefined;
};

/** What a commit did to a definition. */
export type WorkflowChangeKind =
  /** It is new. */
  | 'ADDED'
  /** Its meaning changed. */
  | 'MODIFIED'
  /** Its file was renamed or moved; its meaning is the same. */
  | 'MOVED'
  /** It came back after it was removed. */
  | 'RESTORED'
  /** It was removed. */
  | 'RETIRED';

/** Which workflows; every condition given must hold. */
export type WorkflowFilterInput = {
  /** Any of these. */
  model?: Array<WorkflowModel> | null | undefined;
  /** Any of these. */
  pattern?: Array<Pattern> | null | undefined;
  /** Only removed ones, or only those that are not. */
  retired?: boolean | null | undefined;
  /** Text in key or name, in either case. */
  search?: string | null | undefined;
  /** Any of these. */
  status?: Array<WorkflowStatus> | null | undefined;
  /** Role that looks after it. */
  steward?: string | null | undefined;
};

/** How a section, or a whole workflow, is run. */
export type WorkflowModel =
  /** A hub sets the framework, spokes carry it out side by side. */
  | 'HUB_AND_SPOKE'
  /** Sections of different models; only of a whole workflow. */
  | 'HYBRID'
  /** A chain of steps. */
  | 'LINEAR'
  /** Lanes side by side, which join at the end. */
  | 'PARALLEL';

/** What a definition says of its own use. */
export type WorkflowStatus =
  /** In use. */
  | 'ACTIVE'
  /** Being written. */
  | 'DRAFT'
  /** Being tried. */
  | 'PILOT'
  /** Takes no new campaigns. */
  | 'RETIRED';

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


export type AuditLogQuery = { auditLog: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, happenedAt: string, actor: string, roles: Array<string>, action: AuditAction, subject: string, commitSha: string | null, before: unknown, beforeHash: string | null, after: unknown, afterHash: string | null, position: number | null, hash: string | null, campaign: { key: string, name: string } | null, workflowVersion: { number: number, workflow: { key: string } } | null, origin: { by: OriginKind, token: string | null, address: string | null, authenticatedAt: string | null, fullName: string | null } | null, signature: { name: string, fullName: string | null, meaning: SignatureMeaning, signedAt: string, authenticatedAt: string | null, by: OriginKind, contentHash: string } | null }> } };

export type AuditChainQueryVariables = Exact<{ [key: string]: never; }>;


export type AuditChainQuery = { auditCheckpoint: { position: number, hash: string, signedAt: string, keyId: string, commitSha: string | null } | null, auditLog: { totalCount: number, nodes: Array<{ position: number | null }> }, alerts: { nodes: Array<{ id: string, message: string, raisedAt: string }> } };

export type CampaignQueryVariables = Exact<{
  key: string;
}>;


export type CampaignQuery = { campaign: { key: string, name: string, type: string, status: CampaignStatus, risk: Risk, flags: Array<string>, labels: Array<string>, cancelledBecause: string | null, createdAt: string, plannedLaunchAt: string | null, launchedAt: string | null, endedAt: string | null, workflowVersion: { number: number, isRegulated: boolean, workflow: { key: string, name: string }, steps: Array<{ key: string, optional: boolean }> }, forecast: { launchP50Hours: number | null, launchP80Hours: number | null, p50Hours: number, p80Hours: number } | null, steps: Array<{ key: string, name: string, kind: StepKind, section: string, lane: string | null, channel: string | null, status: StepStatus, round: number, missing: Array<string>, responsible: Array<string>, accountable: string, contentHash: string | null, askedOf: Array<string>, askedSince: string | null, dueAt: string | null, startedAt: string | null, finishedAt: string | null }>, gates: Array<{ key: string, at: GatePlace, status: GateStatus, onFail: OnFail, missing: Array<string>, approvers: Array<string>, evaluatedAt: string | null, results: Array<{ metric: string, bound: CheckBound, passed: boolean, isStated: boolean, limit: { number: number | null, duration: string | null }, value: { number: number | null, duration: string | null } | null }> }>, handoffs: Array<{ key: string, from: string, to: string, mode: HandoffMode, status: HandoffStatus, missing: Array<string>, payload: Array<string>, contentHash: string | null, askedOf: Array<string>, askedSince: string | null, dueAt: string | null, returnedBecause: string | null }>, tasks: Array<{ key: string, name: string, trigger: string, responsible: string, createdAt: string, isDone: boolean, doneBy: string | null }>, channels: Array<{ channel: string, status: ChannelStatus, plannedAt: string | null, launchedAt: string | null, pausedReason: string | null, budget: number | null }> } | null };

export type CampaignDiagramQueryVariables = Exact<{
  key: string;
}>;


export type CampaignDiagramQuery = { campaign: { workflowVersion: { diagram: string } } | null };

export type CampaignAgreementQueryVariables = Exact<{
  key: string;
}>;


export type CampaignAgreementQuery = { campaign: { convergence: { isConverged: boolean, convergedAt: string | null, dimensions: Array<{ dimension: ConvergenceDimension, agrees: boolean, since: string | null }>, lost: Array<{ dimension: ConvergenceDimension, from: string, to: string | null }> }, metrics: Array<{ metric: CampaignMetric, title: string, unit: MetricUnit, value: number | null, notes: Array<string>, measuredAt: string | null, evidence: Array<
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
        | { message: string }
      > }>, contradictions: Array<{ fact: Fact, message: string, sides: Array<{ value: string, places: Array<{ asset: string | null, channel: string | null, text: string }> }> }>, audienceList: { size: number } | null, audiences: Array<{ channel: string, size: number, outsideList: number | null }> } | null };

export type CampaignBriefQueryVariables = Exact<{
  key: string;
}>;


export type CampaignBriefQuery = { campaign: { briefVersion: number, brief: Array<{ name: string, text: string }>, spokes: Array<{ key: string, roles: Array<string>, channels: Array<string>, pulledVersion: number | null, pulledAt: string | null, isOutOfDate: boolean, drift: Array<{ field: string, channel: string, asset: string | null, briefValue: string, value: string, since: string, message: string }> }>, assets: Array<{ key: string, channel: string, revision: number, staleSource: string | null, updatedAt: string }>, checkpoints: Array<{ key: string, section: string, at: string | null, isPast: boolean }>, contentCalendar: { theme: string | null, violations: Array<{ rule: CalendarRule, channel: string | null, item: string | null, message: string, mend: string }>, windows: Array<{ afterChannel: string, channel: string, at: string | null, earliest: string | null, latest: string | null, isKept: boolean | null }> } } | null };

export type CampaignHappeningsQueryVariables = Exact<{
  key: string;
}>;


export type CampaignHappeningsQuery = { campaign: { triggerDecisions: { totalCount: number, nodes: Array<{ id: string, trigger: string, signal: string, at: string, outcome: TriggerOutcome, seen: { value: number, previous: number | null, readings: number, completeness: number }, actions: Array<{ type: TriggerAction, text: string, isDone: boolean }> }> }, incidents: Array<{ kind: IncidentKind, cause: IncidentCause, subject: string, failurePoint: FailurePoint | null, reportedBy: string | null, evidence: Array<string>, delay: { hours: number } | null }>, deviations: Array<{ key: string, kind: DeviatedPart, rationale: string, actor: string, decidedAt: string, told: Array<string> }>, approvals: Array<{ step: string, decision: ApprovalDecision, role: string, forRole: string, actor: string, comment: string | null, decidedAt: string, round: number, invalidatedAt: string | null, invalidatedBecause: string | null, signature: { meaning: SignatureMeaning, name: string, fullName: string | null, signedAt: string } | null }>, delegations: Array<{ role: string, step: string | null, toRole: string | null, toPerson: string | null, by: string, reason: string, until: string | null, endedAt: string | null }> } | null, auditLog: { totalCount: number, nodes: Array<{ id: string, action: AuditAction, actor: string, roles: Array<string>, subject: string, happenedAt: string }> } };

export type CampaignFollowedSubscriptionVariables = Exact<{
  key: string;
}>;


export type CampaignFollowedSubscription = { campaignChanged: { key: string } };

type Refused_InputRefusal_Fragment = { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null };

type Refused_NotFoundRefusal_Fragment = { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null };

type Refused_PermissionRefusal_Fragment = { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null };

type Refused_RuleRefusal_Fragment = { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null };

type Refused_StateRefusal_Fragment = { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null };

export type RefusedFragment =
  | Refused_InputRefusal_Fragment
  | Refused_NotFoundRefusal_Fragment
  | Refused_PermissionRefusal_Fragment
  | Refused_RuleRefusal_Fragment
  | Refused_StateRefusal_Fragment
;

export type StartStepMutationVariables = Exact<{
  input: StepInput;
}>;


export type StartStepMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type CompleteStepMutationVariables = Exact<{
  input: StepInput;
}>;


export type CompleteStepMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type SkipStepMutationVariables = Exact<{
  input: StepInput;
}>;


export type SkipStepMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type ApproveMutationVariables = Exact<{
  input: ApproveInput;
}>;


export type ApproveMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type RejectMutationVariables = Exact<{
  input: RejectInput;
}>;


export type RejectMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type LaunchChannelMutationVariables = Exact<{
  input: LaunchChannelInput;
}>;


export type LaunchChannelMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type EvaluateGateMutationVariables = Exact<{
  input: EvaluateGateInput;
}>;


export type EvaluateGateMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type OfferHandoffMutationVariables = Exact<{
  input: OfferHandoffInput;
}>;


export type OfferHandoffMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type AcceptHandoffMutationVariables = Exact<{
  input: AcceptHandoffInput;
}>;


export type AcceptHandoffMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type ReturnHandoffMutationVariables = Exact<{
  input: ReturnHandoffInput;
}>;


export type ReturnHandoffMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type CompleteTaskMutationVariables = Exact<{
  input: CompleteTaskInput;
}>;


export type CompleteTaskMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type PauseChannelMutationVariables = Exact<{
  input: PauseChannelInput;
}>;


export type PauseChannelMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type ResumeChannelMutationVariables = Exact<{
  input: ResumeChannelInput;
}>;


export type ResumeChannelMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type EndCampaignMutationVariables = Exact<{
  input: EndCampaignInput;
}>;


export type EndCampaignMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type CancelCampaignMutationVariables = Exact<{
  input: CancelCampaignInput;
}>;


export type CancelCampaignMutation = { payload: { refusals: Array<
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
      | { code: RefusalCode, message: string, missing: Array<string>, askRole: Array<string>, rule: string | null }
    > } };

export type FollowedBranchQueryVariables = Exact<{ [key: string]: never; }>;


export type FollowedBranchQuery = { repository: { branch: string } | null };

export type OtherBranchesQueryVariables = Exact<{ [key: string]: never; }>;


export type OtherBranchesQuery = { repository: { otherBranches: Array<string> } | null };

export type ChangePlanQueryVariables = Exact<{
  base: string;
  head: string;
}>;


export type ChangePlanQuery = { plan: { ok: boolean, verdict: string, counts: string, base: { ref: string, sha: string }, head: { ref: string, sha: string }, problems: Array<{ code: string, severity: Severity, file: string, line: number, column: number, message: string, hint: string | null, existing: boolean | null }>, documents: Array<{ kind: DefinitionKind, key: string, change: PlannedDocumentChange, summary: string }>, workflows: Array<{ key: string, change: PlannedWorkflowChange, classification: Classification, waits: string | null, diagram: string | null, changes: Array<
        | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
        | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
        | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
        | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
        | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
        | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
      >, touchedBy: Array<{ kind: DefinitionKind, key: string, summary: string }>, approvals: Array<{ kind: ApprovalKind, key: string, before: Array<string> | null, after: Array<string> | null, summary: string }>, raci: Array<{ step: string, before: { responsible: Array<string>, accountable: string, consulted: Array<string>, informed: Array<string> } | null, after: { responsible: Array<string>, accountable: string, consulted: Array<string>, informed: Array<string> } | null }>, forecast: { before: { p50Hours: number, p80Hours: number, p95Hours: number } | null, after: { p50Hours: number, p80Hours: number, p95Hours: number } | null }, impact: Array<{ campaign: string, effect: MigrationEffect, detail: string, trace: Array<string> | null, mapping: Array<{ from: string | null, to: string | null, status: StepStatus, detail: string }> | null }> | null, past: Array<{ campaign: string, detail: string, gates: Array<string>, approvers: Array<string>, dates: Array<{ what: ShiftedDate, before: string, after: string, hours: number }> }> | null }> } };

export type WorkflowInPlanFragment = { key: string, change: PlannedWorkflowChange, classification: Classification, waits: string | null, diagram: string | null, changes: Array<
    | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
    | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
    | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
    | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
    | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
    | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
  >, touchedBy: Array<{ kind: DefinitionKind, key: string, summary: string }>, approvals: Array<{ kind: ApprovalKind, key: string, before: Array<string> | null, after: Array<string> | null, summary: string }>, raci: Array<{ step: string, before: { responsible: Array<string>, accountable: string, consulted: Array<string>, informed: Array<string> } | null, after: { responsible: Array<string>, accountable: string, consulted: Array<string>, informed: Array<string> } | null }>, forecast: { before: { p50Hours: number, p80Hours: number, p95Hours: number } | null, after: { p50Hours: number, p80Hours: number, p95Hours: number } | null }, impact: Array<{ campaign: string, effect: MigrationEffect, detail: string, trace: Array<string> | null, mapping: Array<{ from: string | null, to: string | null, status: StepStatus, detail: string }> | null }> | null, past: Array<{ campaign: string, detail: string, gates: Array<string>, approvers: Array<string>, dates: Array<{ what: ShiftedDate, before: string, after: string, hours: number }> }> | null };

export type RolesOfStepFragment = { responsible: Array<string>, accountable: string, consulted: Array<string>, informed: Array<string> };

export type LeadTimeInPlanFragment = { p50Hours: number, p80Hours: number, p95Hours: number };

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


export type SyncStateQuery = { repository: { location: string, branch: string, folder: string, headSha: string | null, attemptedAt: string | null, behindSince: string | null, failingSince: string | null, failure: string | null, served: { sha: string, message: string, authoredAt: string, committedAt: string, pullRequest: number | null, signature: SignatureState, signedBy: string | null, author: { name: string } } | null, attempted: { sha: string, message: string, authoredAt: string, committedAt: string, pullRequest: number | null, signature: SignatureState, signedBy: string | null, author: { name: string } } | null, heldBack: Array<{ kind: DefinitionKind, key: string, file: string, reason: HoldReason, because: string | null }>, problems: Array<{ code: string, severity: Severity, file: string, line: number, column: number, message: string, hint: string | null, existing: boolean | null }> } | null };

export type SyncRunsQueryVariables = Exact<{
  first?: number | null | undefined;
  after?: string | null | undefined;
  filter?: SyncRunFilterInput | null | undefined;
}>;


export type SyncRunsQuery = { syncRuns: { totalCount: number, pageInfo: { hasNextPage: boolean, endCursor: string | null }, nodes: Array<{ id: string, outcome: SyncOutcome, trigger: SyncTrigger, startedAt: string, finishedAt: string, fromSha: string | null, toSha: string | null, commits: number, versions: number, error: string | null, note: string | null, problems: Array<{ code: string, severity: Severity, file: string, line: number, column: number, message: string, hint: string | null, existing: boolean | null }> }> } };

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

export type VersionsOfQueryVariables = Exact<{
  key: string;
}>;


export type VersionsOfQuery = { workflow: { name: string, versions: { nodes: Array<{ number: number, commit: { sha: string, committedAt: string } }> } } | null };

export type WorkflowDifferenceQueryVariables = Exact<{
  key: string;
  from: VersionRefInput;
  to: VersionRefInput;
}>;


export type WorkflowDifferenceQuery = { workflowDiff: { classification: Classification, diagram: string, changes: Array<
      | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
      | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
      | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
      | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
      | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
      | { path: string, kind: MeaningChangeKind, summary: string, classification: Classification }
    >, from: { number: number, source: string }, to: { number: number, source: string } } | null };

type SaidChange_PartAdded_Fragment = { path: string, kind: MeaningChangeKind, summary: string, classification: Classification };

type SaidChange_PartMoved_Fragment = { path: string, kind: MeaningChangeKind, summary: string, classification: Classification };

type SaidChange_PartRemoved_Fragment = { path: string, kind: MeaningChangeKind, summary: string, classification: Classification };

type SaidChange_PartRenamed_Fragment = { path: string, kind: MeaningChangeKind, summary: string, classification: Classification };

type SaidChange_PartsReordered_Fragment = { path: string, kind: MeaningChangeKind, summary: string, classification: Classification };

type SaidChange_PropertyChanged_Fragment = { path: string, kind: MeaningChangeKind, summary: string, classification: Classification };

export type SaidChangeFragment =
  | SaidChange_PartAdded_Fragment
  | SaidChange_PartMoved_Fragment
  | SaidChange_PartRemoved_Fragment
  | SaidChange_PartRenamed_Fragment
  | SaidChange_PartsReordered_Fragment
  | SaidChange_PropertyChanged_Fragment
;

export type ForecastsOfVersionsQueryVariables = Exact<{
  key: string;
  from: VersionRefInput;
  to: VersionRefInput;
}>;


export type ForecastsOfVersionsQuery = { workflow: { before: { steps: Array<{ key: string, name: string }>, forecast: { campaigns: number, runs: number, meanHours: number, p50Hours: number, p80Hours: number, p95Hours: number, launchP50Hours: number | null, launchP80Hours: number | null, criticalPath: Array<string> } } | null, after: { steps: Array<{ key: string, name: string }>, forecast: { campaigns: number, runs: number, meanHours: number, p50Hours: number, p80Hours: number, p95Hours: number, launchP50Hours: number | null, launchP80Hours: number | null, criticalPath: Array<string> } } | null } | null };

export type ComparedForecastFragment = { campaigns: number, runs: number, meanHours: number, p50Hours: number, p80Hours: number, p95Hours: number, launchP50Hours: number | null, launchP80Hours: number | null, criticalPath: Array<string> };

export type CampaignsOfVersionsQueryVariables = Exact<{
  campaignFilter?: CampaignFilterInput | null | undefined;
}>;


export type CampaignsOfVersionsQuery = { campaignStats: Array<{ campaigns: number, running: number, launched: number, ended: number, cancelled: number, leadTimeHoursP50: number | null, leadTimeHoursP80: number | null, group: Array<{ value: string }> }> };

export type EffectBetweenVersionsQueryVariables = Exact<{
  key: string;
  divide: EffectDivideInput;
  metrics: Array<CampaignMetric> | CampaignMetric;
}>;


export type EffectBetweenVersionsQuery = { workflow: { effects: Array<{ metric: CampaignMetric, unit: MetricUnit, outcome: EffectOutcome, verdict: EffectVerdict, note: string | null, differenceMean: number | null, differenceMeanLow: number | null, differenceMeanHigh: number | null, differencePercent: number | null, pValue: number | null, before: { campaigns: number, mean: number | null }, after: { campaigns: number, mean: number | null } }> } | null };

export type WorkflowPageQueryVariables = Exact<{
  key: string;
}>;


export type WorkflowPageQuery = { workflow: { key: string, name: string, file: string, model: WorkflowModel, pattern: Pattern, status: WorkflowStatus, steward: string, retiredAt: string | null, diagram: string, pin: { pinnedAt: string, pinnedBy: string, reason: string } | null, complexity: { band: Level, channels: number, gates: number, roles: number }, problems: Array<{ code: string, severity: Severity, file: string, line: number, column: number, message: string, hint: string | null, existing: boolean | null }>, currentVersion: { number: number, commit: { sha: string, committedAt: string }, decision: { chosen: Pattern, rationale: string, isRecommended: boolean | null } | null, raci: Array<{ step: string, responsible: Array<string>, accountable: string, consulted: Array<string>, informed: Array<string> }>, steps: Array<{ key: string, name: string, kind: StepKind, section: string, lane: string | null, needs: Array<string>, when: string | null, optional: boolean, channel: string | null, produces: Array<string>, approves: Array<string>, effort: { optimistic: string, likely: string, pessimistic: string } | null }> } } | null };

export type FoundProblemFragment = { code: string, severity: Severity, file: string, line: number, column: number, message: string, hint: string | null, existing: boolean | null };

export type WorkflowForecastQueryVariables = Exact<{
  key: string;
}>;


export type WorkflowForecastQuery = { workflow: { currentVersion: { forecast: { runs: number, campaigns: number, meanHours: number, p50Hours: number, p80Hours: number, p95Hours: number, launchP50Hours: number | null, launchP80Hours: number | null, criticalPath: Array<string>, criticalPathHours: number, assumptions: Array<string>, criticality: Array<{ step: string, index: number }>, roles: Array<{ role: string, busyHours: number, waitHours: number, utilisation: number | null }>, basis: Array<{ step: string, campaigns: number, shareOfHistory: number }> }, adherence: { cases: number, fitting: number, fitnessAverage: number, waiting: Array<{ step: string, cases: number, medianHours: number, p90Hours: number, share: number }>, redundantApprovals: Array<{ step: string, cases: number, reason: string }> } } } | null };

export type WorkflowUseQueryVariables = Exact<{
  key: string;
  first?: number | null | undefined;
  campaignFilter?: CampaignFilterInput | null | undefined;
}>;


export type WorkflowUseQuery = { campaignStats: Array<{ campaigns: number, running: number, launched: number, ended: number, cancelled: number, leadTimeHoursP50: number | null, leadTimeHoursP80: number | null, group: Array<{ value: string }> }>, workflow: { versions: { totalCount: number, nodes: Array<{ number: number, commit: { sha: string, committedAt: string, author: { name: string } } }> }, campaigns: { totalCount: number, pageInfo: { hasNextPage: boolean }, nodes: Array<{ key: string, name: string, status: CampaignStatus, createdAt: string, launchedAt: string | null, endedAt: string | null, workflowVersion: { number: number } }> } } | null };

export type VersionStatsFragment = { campaigns: number, running: number, launched: number, ended: number, cancelled: number, leadTimeHoursP50: number | null, leadTimeHoursP80: number | null, group: Array<{ value: string }> };

export type WorkflowHistoryQueryVariables = Exact<{
  key: string;
  first?: number | null | undefined;
}>;


export type WorkflowHistoryQuery = { workflowHistory: { totalCount: number, pageInfo: { hasNextPage: boolean }, nodes: Array<{ id: string, kind: WorkflowChangeKind, summary: string, classification: Classification, pullRequest: number | null, isRewind: boolean, changes: Array<
        | { summary: string, classification: Classification }
        | { summary: string, classification: Classification }
        | { summary: string, classification: Classification }
        | { summary: string, classification: Classification }
        | { summary: string, classification: Classification }
        | { summary: string, classification: Classification }
      >, author: { name: string }, commit: { sha: string, message: string, committedAt: string }, fromVersion: { number: number } | null, toVersion: { number: number } | null }> } };

export type ChangeEffectsQueryVariables = Exact<{
  id: string;
  metrics: Array<CampaignMetric> | CampaignMetric;
}>;


export type ChangeEffectsQuery = { node:
    | { effects: Array<{ metric: CampaignMetric, unit: MetricUnit, outcome: EffectOutcome, verdict: EffectVerdict, note: string | null, differenceMean: number | null, differenceMeanLow: number | null, differenceMeanHigh: number | null, differencePercent: number | null, pValue: number | null, before: { campaigns: number, mean: number | null }, after: { campaigns: number, mean: number | null } }> | null }
    | Record<PropertyKey, never>
   | null };

export type MeasuredEffectFragment = { metric: CampaignMetric, unit: MetricUnit, outcome: EffectOutcome, verdict: EffectVerdict, note: string | null, differenceMean: number | null, differenceMeanLow: number | null, differenceMeanHigh: number | null, differencePercent: number | null, pValue: number | null, before: { campaigns: number, mean: number | null }, after: { campaigns: number, mean: number | null } };

export type WorkflowListQueryVariables = Exact<{
  first?: number | null | undefined;
  filter?: WorkflowFilterInput | null | undefined;
}>;


export type WorkflowListQuery = { workflows: { totalCount: number, pageInfo: { hasNextPage: boolean }, nodes: Array<{ key: string, name: string, model: WorkflowModel, pattern: Pattern, status: WorkflowStatus, steward: string, retiredAt: string | null, currentVersion: { number: number }, pin: { reason: string } | null, problems: Array<{ severity: Severity }> }> } };

export type RunningPerWorkflowQueryVariables = Exact<{ [key: string]: never; }>;


export type RunningPerWorkflowQuery = { campaignStats: Array<{ campaigns: number, group: Array<{ value: string }> }> };

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
export const RefusedFragmentDoc = new TypedDocumentString(`
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}
    `, {"fragmentName":"Refused"}) as unknown as TypedDocumentString<RefusedFragment, unknown>;
export const SaidChangeFragmentDoc = new TypedDocumentString(`
    fragment SaidChange on MeaningChange {
  path
  kind
  summary
  classification
}
    `, {"fragmentName":"SaidChange"}) as unknown as TypedDocumentString<SaidChangeFragment, unknown>;
export const RolesOfStepFragmentDoc = new TypedDocumentString(`
    fragment RolesOfStep on Raci {
  responsible
  accountable
  consulted
  informed
}
    `, {"fragmentName":"RolesOfStep"}) as unknown as TypedDocumentString<RolesOfStepFragment, unknown>;
export const LeadTimeInPlanFragmentDoc = new TypedDocumentString(`
    fragment LeadTimeInPlan on PlannedLeadTime {
  p50Hours
  p80Hours
  p95Hours
}
    `, {"fragmentName":"LeadTimeInPlan"}) as unknown as TypedDocumentString<LeadTimeInPlanFragment, unknown>;
export const WorkflowInPlanFragmentDoc = new TypedDocumentString(`
    fragment WorkflowInPlan on PlannedWorkflow {
  key
  change
  classification
  waits
  diagram(as: SVG)
  changes {
    ...SaidChange
  }
  touchedBy {
    kind
    key
    summary
  }
  approvals {
    kind
    key
    before
    after
    summary
  }
  raci {
    step
    before {
      ...RolesOfStep
    }
    after {
      ...RolesOfStep
    }
  }
  forecast {
    before {
      ...LeadTimeInPlan
    }
    after {
      ...LeadTimeInPlan
    }
  }
  impact {
    campaign
    effect
    detail
    trace
    mapping {
      from
      to
      status
      detail
    }
  }
  past {
    campaign
    detail
    gates
    approvers
    dates {
      what
      before
      after
      hours
    }
  }
}
    fragment RolesOfStep on Raci {
  responsible
  accountable
  consulted
  informed
}
fragment LeadTimeInPlan on PlannedLeadTime {
  p50Hours
  p80Hours
  p95Hours
}
fragment SaidChange on MeaningChange {
  path
  kind
  summary
  classification
}`, {"fragmentName":"WorkflowInPlan"}) as unknown as TypedDocumentString<WorkflowInPlanFragment, unknown>;
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
export const ComparedForecastFragmentDoc = new TypedDocumentString(`
    fragment ComparedForecast on Forecast {
  campaigns
  runs
  meanHours
  p50Hours
  p80Hours
  p95Hours
  launchP50Hours
  launchP80Hours
  criticalPath
}
    `, {"fragmentName":"ComparedForecast"}) as unknown as TypedDocumentString<ComparedForecastFragment, unknown>;
export const FoundProblemFragmentDoc = new TypedDocumentString(`
    fragment FoundProblem on Problem {
  code
  severity
  file
  line
  column
  message
  hint
  existing
}
    `, {"fragmentName":"FoundProblem"}) as unknown as TypedDocumentString<FoundProblemFragment, unknown>;
export const VersionStatsFragmentDoc = new TypedDocumentString(`
    fragment VersionStats on CampaignStats {
  group {
    value
  }
  campaigns
  running
  launched
  ended
  cancelled
  leadTimeHoursP50
  leadTimeHoursP80
}
    `, {"fragmentName":"VersionStats"}) as unknown as TypedDocumentString<VersionStatsFragment, unknown>;
export const MeasuredEffectFragmentDoc = new TypedDocumentString(`
    fragment MeasuredEffect on MetricEffect {
  metric
  unit
  outcome
  verdict
  note
  before {
    campaigns
    mean
  }
  after {
    campaigns
    mean
  }
  differenceMean
  differenceMeanLow
  differenceMeanHigh
  differencePercent
  pValue
}
    `, {"fragmentName":"MeasuredEffect"}) as unknown as TypedDocumentString<MeasuredEffectFragment, unknown>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    name
    permissions
    roles
  }
}
    `, {"name":"Viewer","hash":"fa8c3feea90f594fb187a87317c97ca6035f631ce312b711268b9c4164a76e59"}) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
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
      workflowVersion {
        number
        workflow {
          key
        }
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
    `, {"name":"AuditLog","hash":"e9fb5c8a3cac788df071c33993d3c3cdfd17afa16b07ed38dcc44ee0159fed3b"}) as unknown as TypedDocumentString<AuditLogQuery, AuditLogQueryVariables>;
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
    `, {"name":"AuditChain","hash":"3e906f84c9bb13346fb73d7810e4e856ebe22ec6c3ee770d3a9663ef4e9b84e8"}) as unknown as TypedDocumentString<AuditChainQuery, AuditChainQueryVariables>;
export const CampaignDocument = new TypedDocumentString(`
    query Campaign($key: String!) {
  campaign(key: $key) {
    key
    name
    type
    status
    risk
    flags
    labels
    cancelledBecause
    createdAt
    plannedLaunchAt
    launchedAt
    endedAt
    workflowVersion {
      number
      isRegulated
      workflow {
        key
        name
      }
      steps {
        key
        optional
      }
    }
    forecast {
      launchP50Hours
      launchP80Hours
      p50Hours
      p80Hours
    }
    steps {
      key
      name
      kind
      section
      lane
      channel
      status
      round
      missing
      responsible
      accountable
      contentHash
      askedOf
      askedSince
      dueAt
      startedAt
      finishedAt
    }
    gates {
      key
      at
      status
      onFail
      missing
      approvers
      evaluatedAt
      results {
        metric
        bound
        limit {
          number
          duration
        }
        value {
          number
          duration
        }
        passed
        isStated
      }
    }
    handoffs {
      key
      from
      to
      mode
      status
      missing
      payload
      contentHash
      askedOf
      askedSince
      dueAt
      returnedBecause
    }
    tasks {
      key
      name
      trigger
      responsible
      createdAt
      isDone
      doneBy
    }
    channels {
      channel
      status
      plannedAt
      launchedAt
      pausedReason
      budget
    }
  }
}
    `, {"name":"Campaign","hash":"be24c649b923c56c33806824af249093dfba1bea656c34256a33d42aecfa66bb"}) as unknown as TypedDocumentString<CampaignQuery, CampaignQueryVariables>;
export const CampaignDiagramDocument = new TypedDocumentString(`
    query CampaignDiagram($key: String!) {
  campaign(key: $key) {
    workflowVersion {
      diagram(as: SVG)
    }
  }
}
    `, {"name":"CampaignDiagram","hash":"418b32823e10eab5d9e2e02f21c9d42a2e4e18136d226df1085fdd5c39a2e912"}) as unknown as TypedDocumentString<CampaignDiagramQuery, CampaignDiagramQueryVariables>;
export const CampaignAgreementDocument = new TypedDocumentString(`
    query CampaignAgreement($key: String!) {
  campaign(key: $key) {
    convergence {
      isConverged
      convergedAt
      dimensions {
        dimension
        agrees
        since
      }
      lost {
        dimension
        from
        to
      }
    }
    metrics {
      metric
      title
      unit
      value
      notes
      measuredAt
      evidence {
        message
      }
    }
    contradictions {
      fact
      message
      sides {
        value
        places {
          asset
          channel
          text
        }
      }
    }
    audienceList {
      size
    }
    audiences {
      channel
      size
      outsideList
    }
  }
}
    `, {"name":"CampaignAgreement","hash":"d71e55cff43e4be59ddb9843b6061011a8414cfe439d1d83f9c2d2073756e43c"}) as unknown as TypedDocumentString<CampaignAgreementQuery, CampaignAgreementQueryVariables>;
export const CampaignBriefDocument = new TypedDocumentString(`
    query CampaignBrief($key: String!) {
  campaign(key: $key) {
    briefVersion
    brief {
      name
      text
    }
    spokes {
      key
      roles
      channels
      pulledVersion
      pulledAt
      isOutOfDate
      drift {
        field
        channel
        asset
        briefValue
        value
        since
        message
      }
    }
    assets {
      key
      channel
      revision
      staleSource
      updatedAt
    }
    checkpoints {
      key
      section
      at
      isPast
    }
    contentCalendar {
      theme
      violations {
        rule
        channel
        item
        message
        mend
      }
      windows {
        afterChannel
        channel
        at
        earliest
        latest
        isKept
      }
    }
  }
}
    `, {"name":"CampaignBrief","hash":"f1647fba6cc1409eefa2d5b5446d8bd8963475a2d9d635242526aeb165eb08bb"}) as unknown as TypedDocumentString<CampaignBriefQuery, CampaignBriefQueryVariables>;
export const CampaignHappeningsDocument = new TypedDocumentString(`
    query CampaignHappenings($key: String!) {
  campaign(key: $key) {
    triggerDecisions(first: 20) {
      totalCount
      nodes {
        id
        trigger
        signal
        at
        outcome
        seen {
          value
          previous
          readings
          completeness
        }
        actions {
          type
          text
          isDone
        }
      }
    }
    incidents {
      kind
      cause
      subject
      failurePoint
      reportedBy
      delay {
        hours
      }
      evidence
    }
    deviations {
      key
      kind
      rationale
      actor
      decidedAt
      told
    }
    approvals {
      step
      decision
      role
      forRole
      actor
      comment
      decidedAt
      round
      invalidatedAt
      invalidatedBecause
      signature {
        meaning
        name
        fullName
        signedAt
      }
    }
    delegations {
      role
      step
      toRole
      toPerson
      by
      reason
      until
      endedAt
    }
  }
  auditLog(first: 30, filter: {campaign: $key}) {
    totalCount
    nodes {
      id
      action
      actor
      roles
      subject
      happenedAt
    }
  }
}
    `, {"name":"CampaignHappenings","hash":"f506fdb7a648f16d9aa78a7cf2390e02ba039625325f423fd0c977ae8d3448b8"}) as unknown as TypedDocumentString<CampaignHappeningsQuery, CampaignHappeningsQueryVariables>;
export const CampaignFollowedDocument = new TypedDocumentString(`
    subscription CampaignFollowed($key: String!) {
  campaignChanged(key: $key) {
    key
  }
}
    `) as unknown as TypedDocumentString<CampaignFollowedSubscription, CampaignFollowedSubscriptionVariables>;
export const StartStepDocument = new TypedDocumentString(`
    mutation StartStep($input: StepInput!) {
  payload: startStep(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<StartStepMutation, StartStepMutationVariables>;
export const CompleteStepDocument = new TypedDocumentString(`
    mutation CompleteStep($input: StepInput!) {
  payload: completeStep(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<CompleteStepMutation, CompleteStepMutationVariables>;
export const SkipStepDocument = new TypedDocumentString(`
    mutation SkipStep($input: StepInput!) {
  payload: skipStep(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<SkipStepMutation, SkipStepMutationVariables>;
export const ApproveDocument = new TypedDocumentString(`
    mutation Approve($input: ApproveInput!) {
  payload: approve(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<ApproveMutation, ApproveMutationVariables>;
export const RejectDocument = new TypedDocumentString(`
    mutation Reject($input: RejectInput!) {
  payload: reject(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<RejectMutation, RejectMutationVariables>;
export const LaunchChannelDocument = new TypedDocumentString(`
    mutation LaunchChannel($input: LaunchChannelInput!) {
  payload: launchChannel(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<LaunchChannelMutation, LaunchChannelMutationVariables>;
export const EvaluateGateDocument = new TypedDocumentString(`
    mutation EvaluateGate($input: EvaluateGateInput!) {
  payload: evaluateGate(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<EvaluateGateMutation, EvaluateGateMutationVariables>;
export const OfferHandoffDocument = new TypedDocumentString(`
    mutation OfferHandoff($input: OfferHandoffInput!) {
  payload: offerHandoff(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<OfferHandoffMutation, OfferHandoffMutationVariables>;
export const AcceptHandoffDocument = new TypedDocumentString(`
    mutation AcceptHandoff($input: AcceptHandoffInput!) {
  payload: acceptHandoff(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<AcceptHandoffMutation, AcceptHandoffMutationVariables>;
export const ReturnHandoffDocument = new TypedDocumentString(`
    mutation ReturnHandoff($input: ReturnHandoffInput!) {
  payload: returnHandoff(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<ReturnHandoffMutation, ReturnHandoffMutationVariables>;
export const CompleteTaskDocument = new TypedDocumentString(`
    mutation CompleteTask($input: CompleteTaskInput!) {
  payload: completeTask(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<CompleteTaskMutation, CompleteTaskMutationVariables>;
export const PauseChannelDocument = new TypedDocumentString(`
    mutation PauseChannel($input: PauseChannelInput!) {
  payload: pauseChannel(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<PauseChannelMutation, PauseChannelMutationVariables>;
export const ResumeChannelDocument = new TypedDocumentString(`
    mutation ResumeChannel($input: ResumeChannelInput!) {
  payload: resumeChannel(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<ResumeChannelMutation, ResumeChannelMutationVariables>;
export const EndCampaignDocument = new TypedDocumentString(`
    mutation EndCampaign($input: EndCampaignInput!) {
  payload: endCampaign(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<EndCampaignMutation, EndCampaignMutationVariables>;
export const CancelCampaignDocument = new TypedDocumentString(`
    mutation CancelCampaign($input: CancelCampaignInput!) {
  payload: cancelCampaign(input: $input) {
    refusals {
      ...Refused
    }
  }
}
    fragment Refused on Refusal {
  code
  message
  missing
  askRole
  rule
}`) as unknown as TypedDocumentString<CancelCampaignMutation, CancelCampaignMutationVariables>;
export const FollowedBranchDocument = new TypedDocumentString(`
    query FollowedBranch {
  repository {
    branch
  }
}
    `, {"name":"FollowedBranch","hash":"a95f395feca5f162197289fd320ad8a25510db3771a0fc17a0ac88d4c2a2e62f"}) as unknown as TypedDocumentString<FollowedBranchQuery, FollowedBranchQueryVariables>;
export const OtherBranchesDocument = new TypedDocumentString(`
    query OtherBranches {
  repository {
    otherBranches
  }
}
    `, {"name":"OtherBranches","hash":"b39a23a827faaaaa51b3c228edf83fc257936e165c027989d7951421a2b35e06"}) as unknown as TypedDocumentString<OtherBranchesQuery, OtherBranchesQueryVariables>;
export const ChangePlanDocument = new TypedDocumentString(`
    query ChangePlan($base: String!, $head: String!) {
  plan(base: $base, head: $head) {
    ok
    verdict
    counts
    base {
      ref
      sha
    }
    head {
      ref
      sha
    }
    problems {
      ...FoundProblem
    }
    documents {
      kind
      key
      change
      summary
    }
    workflows {
      ...WorkflowInPlan
    }
  }
}
    fragment WorkflowInPlan on PlannedWorkflow {
  key
  change
  classification
  waits
  diagram(as: SVG)
  changes {
    ...SaidChange
  }
  touchedBy {
    kind
    key
    summary
  }
  approvals {
    kind
    key
    before
    after
    summary
  }
  raci {
    step
    before {
      ...RolesOfStep
    }
    after {
      ...RolesOfStep
    }
  }
  forecast {
    before {
      ...LeadTimeInPlan
    }
    after {
      ...LeadTimeInPlan
    }
  }
  impact {
    campaign
    effect
    detail
    trace
    mapping {
      from
      to
      status
      detail
    }
  }
  past {
    campaign
    detail
    gates
    approvers
    dates {
      what
      before
      after
      hours
    }
  }
}
fragment RolesOfStep on Raci {
  responsible
  accountable
  consulted
  informed
}
fragment LeadTimeInPlan on PlannedLeadTime {
  p50Hours
  p80Hours
  p95Hours
}
fragment SaidChange on MeaningChange {
  path
  kind
  summary
  classification
}
fragment FoundProblem on Problem {
  code
  severity
  file
  line
  column
  message
  hint
  existing
}`, {"name":"ChangePlan","hash":"27f9b1740babf5c7372a68e367d8d44418cd092f9ce48dc8daf01ceea09e6369"}) as unknown as TypedDocumentString<ChangePlanQuery, ChangePlanQueryVariables>;
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
    `, {"name":"Portfolio","hash":"3e875110edb2dd8d4929c87bdb97ac375b991a9266496c7a6ec9f277be0d6941"}) as unknown as TypedDocumentString<PortfolioQuery, PortfolioQueryVariables>;
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
    `, {"name":"PortfolioOverview","hash":"4d155a26e12eb3e2b26aea81990e5b32288fb6f2b95aa1436bf771f684788699"}) as unknown as TypedDocumentString<PortfolioOverviewQuery, PortfolioOverviewQueryVariables>;
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
    `, {"name":"Retrospectives","hash":"58488d5a3e1a97be2dbc785d9062b60933b376a8a2b9cf39ad7708a01b755672"}) as unknown as TypedDocumentString<RetrospectivesQuery, RetrospectivesQueryVariables>;
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
}`, {"name":"Retrospective","hash":"607d42b233c786cf732171fdca70d679af8b64f2ed8e1ccea6a8a2e061255893"}) as unknown as TypedDocumentString<RetrospectiveQuery, RetrospectiveQueryVariables>;
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
    `, {"name":"ReviewsDue","hash":"cbc1eecb1447ca463dac097fe478ebac2484bf0175f9f4bb2b252b6c7cf2b2b8"}) as unknown as TypedDocumentString<ReviewsDueQuery, ReviewsDueQueryVariables>;
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
}`, {"name":"Review","hash":"399ab3ed1acc2bde96130197f6894980cda7bddcbe8f06594fe2cd128eea3af1"}) as unknown as TypedDocumentString<ReviewQuery, ReviewQueryVariables>;
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
    `, {"name":"ReviewAdherence","hash":"5e82cd290ec14c6f896adf290f63921abfcf91105fb688c2bd547e592b2a8aa3"}) as unknown as TypedDocumentString<ReviewAdherenceQuery, ReviewAdherenceQueryVariables>;
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
      ...FoundProblem
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
fragment FoundProblem on Problem {
  code
  severity
  file
  line
  column
  message
  hint
  existing
}`, {"name":"SyncState","hash":"243c50776a772cf816c7f5bdb10b0db1c2ee42e983b72a4ff5225bdc2f2bc5a9"}) as unknown as TypedDocumentString<SyncStateQuery, SyncStateQueryVariables>;
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
        ...FoundProblem
      }
    }
  }
}
    fragment FoundProblem on Problem {
  code
  severity
  file
  line
  column
  message
  hint
  existing
}`, {"name":"SyncRuns","hash":"d1800f740f07fad4b33d95c5ec1ed9d88e9de0373cf4c1b7b5407e9e2e5913e5"}) as unknown as TypedDocumentString<SyncRunsQuery, SyncRunsQueryVariables>;
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
export const VersionsOfDocument = new TypedDocumentString(`
    query VersionsOf($key: String!) {
  workflow(key: $key) {
    name
    versions(first: 200) {
      nodes {
        number
        commit {
          sha
          committedAt
        }
      }
    }
  }
}
    `, {"name":"VersionsOf","hash":"55a7ba4d6175db367978e2075d3cb98bfc0b74bcb159c3d7e5dbce7546684a55"}) as unknown as TypedDocumentString<VersionsOfQuery, VersionsOfQueryVariables>;
export const WorkflowDifferenceDocument = new TypedDocumentString(`
    query WorkflowDifference($key: String!, $from: VersionRefInput!, $to: VersionRefInput!) {
  workflowDiff(workflow: $key, from: $from, to: $to) {
    classification
    diagram(as: SVG)
    changes {
      ...SaidChange
    }
    from {
      number
      source
    }
    to {
      number
      source
    }
  }
}
    fragment SaidChange on MeaningChange {
  path
  kind
  summary
  classification
}`, {"name":"WorkflowDifference","hash":"41a14fdfbab9f8f2fbbac6a2a1ff1eaa6dd0cb8b8dfecc8884524740c5cbbc81"}) as unknown as TypedDocumentString<WorkflowDifferenceQuery, WorkflowDifferenceQueryVariables>;
export const ForecastsOfVersionsDocument = new TypedDocumentString(`
    query ForecastsOfVersions($key: String!, $from: VersionRefInput!, $to: VersionRefInput!) {
  workflow(key: $key) {
    before: versionAt(ref: $from) {
      steps {
        key
        name
      }
      forecast {
        ...ComparedForecast
      }
    }
    after: versionAt(ref: $to) {
      steps {
        key
        name
      }
      forecast {
        ...ComparedForecast
      }
    }
  }
}
    fragment ComparedForecast on Forecast {
  campaigns
  runs
  meanHours
  p50Hours
  p80Hours
  p95Hours
  launchP50Hours
  launchP80Hours
  criticalPath
}`, {"name":"ForecastsOfVersions","hash":"6319860ce27ab92e6f88d551566e8e4bb2592ec62efb9876710aa91842ea74b6"}) as unknown as TypedDocumentString<ForecastsOfVersionsQuery, ForecastsOfVersionsQueryVariables>;
export const CampaignsOfVersionsDocument = new TypedDocumentString(`
    query CampaignsOfVersions($campaignFilter: CampaignFilterInput) {
  campaignStats(groupBy: [WORKFLOW_VERSION], filter: $campaignFilter) {
    ...VersionStats
  }
}
    fragment VersionStats on CampaignStats {
  group {
    value
  }
  campaigns
  running
  launched
  ended
  cancelled
  leadTimeHoursP50
  leadTimeHoursP80
}`, {"name":"CampaignsOfVersions","hash":"78ed8c41e710e83f01e0f323cb9d1f631d31765082c2dce20fca01a1b57e1062"}) as unknown as TypedDocumentString<CampaignsOfVersionsQuery, CampaignsOfVersionsQueryVariables>;
export const EffectBetweenVersionsDocument = new TypedDocumentString(`
    query EffectBetweenVersions($key: String!, $divide: EffectDivideInput!, $metrics: [CampaignMetric!]!) {
  workflow(key: $key) {
    effects(divide: $divide, metrics: $metrics) {
      ...MeasuredEffect
    }
  }
}
    fragment MeasuredEffect on MetricEffect {
  metric
  unit
  outcome
  verdict
  note
  before {
    campaigns
    mean
  }
  after {
    campaigns
    mean
  }
  differenceMean
  differenceMeanLow
  differenceMeanHigh
  differencePercent
  pValue
}`, {"name":"EffectBetweenVersions","hash":"c96ec006f155696532c9a0dc8f6f0876362190271d4fdd929bfe29f42b265e62"}) as unknown as TypedDocumentString<EffectBetweenVersionsQuery, EffectBetweenVersionsQueryVariables>;
export const WorkflowPageDocument = new TypedDocumentString(`
    query WorkflowPage($key: String!) {
  workflow(key: $key) {
    key
    name
    file
    model
    pattern
    status
    steward
    retiredAt
    diagram(as: SVG)
    pin {
      pinnedAt
      pinnedBy
      reason
    }
    complexity {
      band
      channels
      gates
      roles
    }
    problems {
      ...FoundProblem
    }
    currentVersion {
      number
      commit {
        sha
        committedAt
      }
      decision {
        chosen
        rationale
        isRecommended
      }
      raci {
        step
        responsible
        accountable
        consulted
        informed
      }
      steps {
        key
        name
        kind
        section
        lane
        needs
        when
        optional
        channel
        produces
        approves
        effort {
          optimistic
          likely
          pessimistic
        }
      }
    }
  }
}
    fragment FoundProblem on Problem {
  code
  severity
  file
  line
  column
  message
  hint
  existing
}`, {"name":"WorkflowPage","hash":"5daf45af5b1a4b53876037e9ae9d582ad0c63ac6d5b8ce6ab9a308344d03e3e9"}) as unknown as TypedDocumentString<WorkflowPageQuery, WorkflowPageQueryVariables>;
export const WorkflowForecastDocument = new TypedDocumentString(`
    query WorkflowForecast($key: String!) {
  workflow(key: $key) {
    currentVersion {
      forecast {
        runs
        campaigns
        meanHours
        p50Hours
        p80Hours
        p95Hours
        launchP50Hours
        launchP80Hours
        criticalPath
        criticalPathHours
        assumptions
        criticality {
          step
          index
        }
        roles {
          role
          busyHours
          waitHours
          utilisation
        }
        basis {
          step
          campaigns
          shareOfHistory
        }
      }
      adherence {
        cases
        fitting
        fitnessAverage
        waiting {
          step
          cases
          medianHours
          p90Hours
          share
        }
        redundantApprovals {
          step
          cases
          reason
        }
      }
    }
  }
}
    `, {"name":"WorkflowForecast","hash":"f0f12d9f4a99a6262ca93fe58d7a5c2eb72fc54dcae096d5b3d35a34d96efc86"}) as unknown as TypedDocumentString<WorkflowForecastQuery, WorkflowForecastQueryVariables>;
export const WorkflowUseDocument = new TypedDocumentString(`
    query WorkflowUse($key: String!, $first: Int, $campaignFilter: CampaignFilterInput) {
  campaignStats(groupBy: [WORKFLOW_VERSION], filter: $campaignFilter) {
    ...VersionStats
  }
  workflow(key: $key) {
    versions(first: 200) {
      totalCount
      nodes {
        number
        commit {
          sha
          committedAt
          author {
            name
          }
        }
      }
    }
    campaigns(first: $first) {
      totalCount
      pageInfo {
        hasNextPage
      }
      nodes {
        key
        name
        status
        createdAt
        launchedAt
        endedAt
        workflowVersion {
          number
        }
      }
    }
  }
}
    fragment VersionStats on CampaignStats {
  group {
    value
  }
  campaigns
  running
  launched
  ended
  cancelled
  leadTimeHoursP50
  leadTimeHoursP80
}`, {"name":"WorkflowUse","hash":"ca199142881889969670df983ac849806c943eb6946a078a3d068bcf3572f5d9"}) as unknown as TypedDocumentString<WorkflowUseQuery, WorkflowUseQueryVariables>;
export const WorkflowHistoryDocument = new TypedDocumentString(`
    query WorkflowHistory($key: String!, $first: Int) {
  workflowHistory(workflow: $key, first: $first) {
    totalCount
    pageInfo {
      hasNextPage
    }
    nodes {
      id
      kind
      summary
      classification
      pullRequest
      isRewind
      changes {
        summary
        classification
      }
      author {
        name
      }
      commit {
        sha
        message
        committedAt
      }
      fromVersion {
        number
      }
      toVersion {
        number
      }
    }
  }
}
    `, {"name":"WorkflowHistory","hash":"560c463389b15ba742e597c5f394572f58bd2c30e4ca30aa28629ba0d67a11d8"}) as unknown as TypedDocumentString<WorkflowHistoryQuery, WorkflowHistoryQueryVariables>;
export const ChangeEffectsDocument = new TypedDocumentString(`
    query ChangeEffects($id: ID!, $metrics: [CampaignMetric!]!) {
  node(id: $id) {
    ... on WorkflowChange {
      effects(metrics: $metrics) {
        ...MeasuredEffect
      }
    }
  }
}
    fragment MeasuredEffect on MetricEffect {
  metric
  unit
  outcome
  verdict
  note
  before {
    campaigns
    mean
  }
  after {
    campaigns
    mean
  }
  differenceMean
  differenceMeanLow
  differenceMeanHigh
  differencePercent
  pValue
}`, {"name":"ChangeEffects","hash":"8d74c7acecfa8c8a5b1d0ee25d360b8be5c011568eee030f521b8c7d8741569d"}) as unknown as TypedDocumentString<ChangeEffectsQuery, ChangeEffectsQueryVariables>;
export const WorkflowListDocument = new TypedDocumentString(`
    query WorkflowList($first: Int, $filter: WorkflowFilterInput) {
  workflows(first: $first, filter: $filter) {
    totalCount
    pageInfo {
      hasNextPage
    }
    nodes {
      key
      name
      model
      pattern
      status
      steward
      retiredAt
      currentVersion {
        number
      }
      pin {
        reason
      }
      problems {
        severity
      }
    }
  }
}
    `, {"name":"WorkflowList","hash":"9aef8aad9e4e7b4dc6ae1e102a73b517d75b11513b04df94055f8459cc6a5e6b"}) as unknown as TypedDocumentString<WorkflowListQuery, WorkflowListQueryVariables>;
export const RunningPerWorkflowDocument = new TypedDocumentString(`
    query RunningPerWorkflow {
  campaignStats(groupBy: [WORKFLOW], filter: {status: [RUNNING]}) {
    group {
      value
    }
    campaigns
  }
}
    `, {"name":"RunningPerWorkflow","hash":"e6ae64e2a24a2fb9ae8f44eba1bed028009ffbf19cb021d48e8b6cfdf9e832bc"}) as unknown as TypedDocumentString<RunningPerWorkflowQuery, RunningPerWorkflowQueryVariables>;