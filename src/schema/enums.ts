import type { Origin } from '../domain/campaign/actor.js';
import type { SignatureMeaning } from '../domain/campaign/approvals/signature.js';
import { registerEnumType } from 'type-graphql';
import type { TokenUse } from '../domain/access/api-token.js';
import { MACHINES } from '../domain/campaign/machines.js';
import type { GateStatus, HandoffStatus, StepStatus } from '../domain/campaign/progress.js';
import type { SectionStatus } from '../domain/campaign/sections.js';
import { REFUSALS, type RefusalCode } from '../domain/campaign/refusal.js';
import type { RequestRule } from '../domain/campaign/approvals/people.js';
import type { CampaignStatus, ChannelStatus, Invalidation } from '../domain/campaign/state.js';
import type { Permission } from '../domain/campaign/actor.js';
import type { AuditAction } from '../domain/campaign/audit.js';
import type { CampaignGroupField, TimeBucket } from '../domain/campaign/statistics.js';
import type { DateShift } from '../domain/campaign/migration/past.js';
import type { MigrationEffect } from '../domain/campaign/migration/migration.js';
import type { Dimension } from '../domain/alignment/convergence.js';
import type { FactName } from '../domain/alignment/facts/fact.js';
import { type MetricDefinition, type MetricName, METRICS } from '../domain/metrics/catalogue.js';
import { changeKinds } from '../domain/workflow/diff/catalogue.js';
import type { Classification } from '../domain/workflow/diff/change.js';
import type { PartKind } from '../domain/workflow/diff/parts.js';
import { CALENDAR_RULES, type CalendarRule } from '../domain/alignment/calendar-rules.js';
import { ALERT_KINDS, type AlertKind } from '../domain/alert.js';
import { NEWS_KINDS, type NewsKind } from '../domain/notification/news.js';
import { OUTCOMES, type TriggerOutcome } from '../domain/triggers/decide.js';
import { type RejectionCode, REJECTIONS } from '../domain/triggers/reading.js';
import type { DefinitionKind, DeviationKind } from '../domain/workflow/document.js';
import type { HeldDefinition } from '../domain/workflow/known-files.js';
import type { DefinitionChangeKind, PlannedKind } from '../domain/workflow/plan.js';
import type { ApprovalChange } from '../domain/workflow/responsibility.js';
import type {
  Risk,
  GatePlace,
  Handoff,
  OnFail,
  Pattern,
  StepKind,
  TriggerAction,
  WorkflowModel,
  WorkflowStatus,
} from '../domain/workflow/workflow.js';

type EnumOf = Readonly<Record<string, string>>;
const memberName = (value: string): string =>
  value
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replaceAll(/[-.]/g, '_');

/** A GraphQL enum whose names are the domain's values in capitals, each described; the values stay the domain's. */
export function enumOf<Value extends string>(
  name: string,
  description: string,
  values: Readonly<Record<Value, string>>,
): EnumOf {
  const entries = Object.entries<string>(values);
  const members = Object.fromEntries(entries.map(([value]) => [memberName(value), value]));
  const valuesConfig = Object.fromEntries(
    entries.map(([value, meaning]) => [memberName(value), { description: meaning }]),
  );
  registerEnumType(members, { name, description, valuesConfig });
  return members;
}

export const PatternEnum = enumOf<Pattern>('Pattern', 'How a workflow reaches convergence.', {
  sequential: 'One team hands over to the next.',
  parallel: 'Teams work side by side towards shared milestones.',
  adaptive: 'The plan follows live signals, by triggers within guards.',
});
export const ModelEnum = enumOf<WorkflowModel>(
  'WorkflowModel',
  'How a section, or a whole workflow, is run.',
  {
    linear: 'A chain of steps.',
    parallel: 'Lanes side by side, which join at the end.',
    'hub-and-spoke': 'A hub sets the framework, spokes carry it out side by side.',
    hybrid: 'Sections of different models; only of a whole workflow.',
  },
);
export const WorkflowStatusEnum = enumOf<WorkflowStatus>(
  'WorkflowStatus',
  'What a definition says of its own use.',
  {
    draft: 'Being written.',
    pilot: 'Being tried.',
    active: 'In use.',
    retired: 'Takes no new campaigns.',
  },
);
export const StepKindEnum = enumOf<StepKind>('StepKind', 'What sort of work a step is.', {
  task: 'Any work.',
  brief: 'Writes the shared brief.',
  approval: 'Somebody approves or rejects.',
  review: 'Somebody looks at work and may return it.',
  launch: 'Opens a channel.',
  retrospective: 'Looks back on the campaign.',
});
export const StepStatusEnum = enumOf<StepStatus>(
  'StepStatus',
  'Where a step of a campaign stands.',
  MACHINES.step.states,
);
export const GateStatusEnum = enumOf<GateStatus>(
  'GateStatus',
  'Where a gate of a campaign stands.',
  MACHINES.gate.states,
);
export const DeviatedPartEnum = enumOf<DeviationKind>('DeviatedPart', 'What a campaign goes past.', {
  gate: 'A gate that is not passed.',
  rule: 'A rule that forbids something for now.',
  step: 'A step that is not optional.',
});
export const SectionStatusEnum = enumOf<SectionStatus>(
  'SectionStatus',
  'Where a section of a campaign stands.',
  MACHINES.section.states,
);
export const HandoffStatusEnum = enumOf<HandoffStatus>(
  'HandoffStatus',
  'Where a hand-off of a campaign stands.',
  MACHINES.handoff.states,
);
export const CampaignStatusEnum = enumOf<CampaignStatus>(
  'CampaignStatus',
  'Whether a campaign runs.',
  MACHINES.campaign.states,
);
export const ChannelStatusEnum = enumOf<ChannelStatus>(
  'ChannelStatus',
  'Whether a channel of a campaign is open.',
  MACHINES.channel.states,
);
export const RiskEnum = enumOf<Risk>('Risk', 'How much can go wrong with a campaign.', {
  low: 'Little.',
  medium: 'Something.',
  high: 'Much: the policy may ask for further approvals.',
});
export const ClassificationEnum = enumOf<Classification>(
  'Classification',
  'What a change means for a campaign that already runs.',
  {
    none: 'Nothing it may do or must do differs.',
    compatible: 'Whatever it may do now it may still do.',
    breaking: 'Something it may do now is forbidden, or something it has begun is gone.',
  },
);
export const ElementKindEnum = enumOf<PartKind>('ElementKind', 'What sort of part of a workflow changed.', {
  workflow: 'The workflow itself.',
  section: 'A section.',
  lane: 'A lane or spoke.',
  step: 'A step.',
  choice: 'A choice between branches.',
  concurrent: 'Branches that run side by side.',
  branch: 'A branch of one of these.',
  gate: 'A convergence gate.',
  check: 'A check of a gate.',
  handoff: 'A hand-off.',
  rule: 'A rule.',
  trigger: 'An adaptive trigger.',
  milestone: 'A shared milestone.',
  cadence: 'A regular meeting.',
  sequence: 'Order and distance between two launches.',
  checkpoint: 'A date relative to the launch.',
  item: 'An item of the content calendar.',
});
export const MeaningChangeKindEnum = enumOf<string>(
  'MeaningChangeKind',
  'What exactly changed. New kinds may be added.',
  Object.fromEntries(changeKinds().map(({ kind, meaning, rule }) => [kind, `${meaning} ${rule}`])),
);
export const ChangeKindEnum = enumOf<DefinitionChangeKind>(
  'WorkflowChangeKind',
  'What a commit did to a definition.',
  {
    added: 'It is new.',
    modified: 'Its meaning changed.',
    moved: 'Its file was renamed or moved; its meaning is the same.',
    retired: 'It was removed.',
    restored: 'It came back after it was removed.',
  },
);
export const RefusalCodeEnum = enumOf<RefusalCode>(
  'RefusalCode',
  'Why an action was not carried out. A code is never given another meaning.',
  Object.fromEntries(Object.entries(REFUSALS).map(([code, { meaning }]) => [code, meaning])) as Record<
    RefusalCode,
    string
  >,
);
export const CalendarRuleEnum = enumOf<CalendarRule>(
  'CalendarRule',
  'What a content calendar is held against.',
  CALENDAR_RULES,
);
export const SeverityEnum = enumOf<'error' | 'warning' | 'info'>('Severity', 'How much a problem weighs.', {
  error: 'The definition is held back.',
  warning: 'Served, but should be mended.',
  info: 'Worth knowing.',
});
export const DecisionEnum = enumOf<'approved' | 'rejected'>('ApprovalDecision', 'How an approver decided.', {
  approved: 'The work may go on.',
  rejected: 'The work is returned.',
});
export const SignatureMeaningEnum = enumOf<SignatureMeaning>(
  'SignatureMeaning',
  'What somebody says with a signature (21 CFR 11.50).',
  {
    review: 'I have looked at it.',
    approval: 'It may go on.',
    responsibility: 'I answer for it.',
    authorship: 'I have made it.',
  },
);
export const OriginKindEnum = enumOf<Origin['by']>('OriginKind', 'How it is known who acts.', {
  oidc: 'They have signed in.',
  token: 'By a token of the API.',
  local: 'Nobody has to sign in: they sit at the machine.',
  weir: 'Weir did it by itself.',
});
export const InvalidatedPartEnum = enumOf<Invalidation['kind']>(
  'InvalidatedPart',
  'What has to be approved, evaluated or accepted again.',
  {
    step: 'An approval or review, or the launch before which the Policy demanded one.',
    gate: 'A gate.',
    handoff: 'A hand-off that was accepted.',
  },
);
export const RequestRuleEnum = enumOf<RequestRule>('RequestRule', 'Why an answer is asked of somebody.', {
  default: 'The definition says so, or it has come back to them.',
  policy: 'The Policy demands it before a launch.',
  delegated: 'The role was handed to them.',
  'stand-in': 'The Team names them for a role that is away, or does not answer in time.',
  escalated: 'Nobody else answered in time, or work was returned too often.',
  returned: 'The other side of a hand-off sent it back.',
});
export const HandoffModeEnum = enumOf<Handoff['mode']>('HandoffMode', 'How a hand-off takes place.', {
  sync: 'Both sides meet.',
  async: 'It is answered within a time.',
});
export const SyncOutcomeEnum = enumOf<'synced' | 'unchanged' | 'held-back' | 'failed'>(
  'SyncOutcome',
  'How a sync ended.',
  {
    synced: 'Everything was taken over.',
    unchanged: 'There was nothing new.',
    'held-back': 'Something invalid was not taken over; the last good versions stay in service.',
    failed: 'The repository could not be read.',
  },
);
export const HoldReasonEnum = enumOf<HeldDefinition['reason']>(
  'HoldReason',
  'Why a definition is held back.',
  {
    problems: 'It is wrong itself, or its file cannot be read.',
    commit: 'Something else of its commit is wrong, and the Policy holds back whole commits.',
    retirement: 'Too many would retire at once, or campaigns run on it: a steward has to let it go.',
    pilot:
      'It was a pilot, and none of its campaigns has ended with all KPIs measured: a steward has to let it go.',
  },
);
export const DefinitionKindEnum = enumOf<DefinitionKind>('DefinitionKind', 'What a document defines.', {
  Workflow: 'How campaigns are run.',
  Team: 'Roles and their capacity.',
  Taxonomy: 'Channels, segments, offers and other words.',
  Policy: 'Rules of the house.',
  Library: 'Which workflow to take for which campaign.',
});
export const SyncTriggerEnum = enumOf<'start' | 'poll' | 'webhook' | 'api' | 'cli'>(
  'SyncTrigger',
  'What started a sync.',
  {
    start: 'The start of a server.',
    poll: 'The regular look at the branch.',
    webhook: 'A webhook of the host.',
    api: 'The mutation `syncRepository`.',
    cli: 'The command `weir sync`.',
  },
);
export const SignatureEnum = enumOf<'none' | 'present' | 'valid' | 'invalid' | 'unknown-key'>(
  'SignatureState',
  'Whether a commit is signed, and whether that holds.',
  {
    none: 'It is not signed.',
    present: 'It is; no keys are configured, so who signed is not verified.',
    valid: 'It is, by a key that is known.',
    invalid: 'It is, but the signature is not one of this commit.',
    'unknown-key': 'It is, by a key that is not known.',
  },
);
export const SignatureKindEnum = enumOf<'pgp' | 'ssh' | 'x509'>('SignatureKind', 'How a commit is signed.', {
  pgp: 'With OpenPGP.',
  ssh: 'With an SSH key.',
  x509: 'With a certificate (S/MIME); not verified.',
});
export const AlertKindEnum = enumOf<AlertKind>('AlertKind', 'What an alert is about.', ALERT_KINDS);
export const NotificationKindEnum = enumOf<NewsKind>(
  'NotificationKind',
  'What people are told of. A kind is never given another meaning.',
  NEWS_KINDS,
);
export const DeliveryStateEnum = enumOf<'pending' | 'delivered' | 'dead'>(
  'DeliveryState',
  'How far a notification got at a target.',
  {
    pending: 'It is still to be sent, or sent again.',
    delivered: 'The target took it.',
    dead: 'It was tried too often, and is not tried any more until it is replayed.',
  },
);
export const TokenUseEnum = enumOf<TokenUse>('TokenUse', 'What an API token may be narrowed to.', {
  graphql: 'The API itself, and its subscriptions.',
  signals: '`POST /signals`.',
  audiences: '`PUT` and `DELETE` of `/audiences/…`.',
  briefs: '`GET /briefs/…`.',
  calendar: '`GET /calendar/…`, where the token may stand in the address.',
  reviews: '`GET /reviews/…`.',
  metrics: '`GET /metrics`.',
  audit: '`GET /audit.ndjson` and `GET /audit/checkpoints`.',
});
export const RecipientTypeEnum = enumOf<'person' | 'role' | 'everyone'>(
  'RecipientType',
  'Whom a notification is for.',
  {
    person: 'One of the people of a role.',
    role: 'A role of which the Team names no people.',
    everyone: 'Whoever reads the target.',
  },
);
export const SignalRejectionEnum = enumOf<RejectionCode>(
  'SignalRejectionCode',
  'Why a value of a signal was not taken. A code is never given another meaning.',
  REJECTIONS,
);
export const TriggerOutcomeEnum = enumOf<TriggerOutcome>(
  'TriggerOutcome',
  'What a trigger whose condition held decided.',
  OUTCOMES,
);
export const TriggerActionEnum = enumOf<TriggerAction['type']>('TriggerAction', 'What a trigger can do.', {
  shiftBudget: 'Move budget between channels.',
  createStep: 'Add a task to the campaign.',
  rotateCreative: 'Show another asset of a channel.',
  pauseChannel: 'Pause a channel.',
  resumeChannel: 'Resume a channel that a trigger has paused.',
  alert: 'Tell people.',
  recalculateForecast: 'Have the forecast calculated anew.',
});
export const GatePlaceEnum = enumOf<GatePlace>('GatePlace', 'When a gate is reached.', {
  midpoint: 'When every lane has finished half of its steps.',
  endpoint: 'When the lanes are done.',
});
export const OnFailEnum = enumOf<OnFail>('OnFail', 'What a failed gate does.', {
  block: 'Holds up what follows.',
  alert: 'Only tells.',
  'pause-channel': 'Pauses the channels that disagree.',
});
export const BoundEnum = enumOf<'at-least' | 'at-most'>(
  'CheckBound',
  'On which side of its limit a metric must be.',
  {
    'at-least': 'The limit or more.',
    'at-most': 'The limit or less.',
  },
);
/** What each permission lets somebody do. */
export const PERMITS: Readonly<Record<Permission, string>> = {
  viewer: 'Reads.',
  contributor: 'Moves steps.',
  approver: 'Approves, as the roles they hold.',
  steward: 'Manages campaigns and syncs.',
  admin: 'May do everything.',
};
export const PermissionEnum = enumOf<Permission>('Permission', 'What someone may do at all.', PERMITS);
export const MigrationEffectEnum = enumOf<MigrationEffect>(
  'MigrationEffect',
  'What another version means for a campaign.',
  {
    unaffected: 'Nothing that can still happen to it differs.',
    movable: 'It can go on under the other version, and reach its end whatever happens.',
    stuck: 'It could come to wait for ever, lose work, do it twice or be past a control.',
  },
);
export const PlannedWorkflowChangeEnum = enumOf<
  'added' | 'modified' | 'moved' | 'retired' | 'unchanged' | 'invalid'
>('PlannedWorkflowChange', 'What a merge would do to a workflow.', {
  added: 'It is new, or comes back.',
  modified: 'It means something else.',
  moved: 'Its file moves.',
  retired: 'It is gone: no new campaigns.',
  unchanged: 'Nothing.',
  invalid: 'Nothing: it is wrong, or something else of the merge is.',
});
export const PlannedDocumentChangeEnum = enumOf<PlannedKind>(
  'PlannedDocumentChange',
  'What a merge would do to another definition.',
  {
    added: 'It is new.',
    modified: 'It means something else.',
    moved: 'Its file moves.',
    retired: 'It is gone.',
    restored: 'It comes back.',
    unchanged: 'Nothing.',
    'held-back': 'Nothing: it is wrong, or something else of the merge is.',
  },
);
export const ApprovalKindEnum = enumOf<ApprovalChange['kind']>('ApprovalKind', 'What asks for an approval.', {
  step: 'An approval or review step.',
  gate: 'The approvers of a gate.',
  policy: 'The Policy, before any launch.',
});
export const ShiftedDateEnum = enumOf<DateShift['what']>('ShiftedDate', 'A date of an ended campaign.', {
  launch: 'When its first channel went live.',
  end: 'When it ended.',
});
export const AuditActionEnum = enumOf<AuditAction>('AuditAction', 'What was done to leave a record.', {
  'campaign.create': 'A campaign was created.',
  'campaign.import': 'A past campaign was brought in from another tool.',
  'campaign.migrate': 'A campaign was moved to other versions.',
  'campaign.undo-migration': 'A move of a campaign was undone.',
  'campaign.end': 'A campaign was ended.',
  'campaign.cancel': 'A campaign was called off.',
  'campaign.deviate': 'A gate, a rule or a mandatory step was gone past.',
  'channel.permit': 'A sending tool was let send on a channel.',
  'brief.pull': 'Somebody took a version of the brief for a spoke for the first time.',
  'asset.add': 'An asset was added, or another put in its place.',
  'audience.replace': 'The audience of a channel was given.',
  'audience.remove': 'The audience of a channel was removed.',
  'brief.update': 'Fields of a brief were set.',
  'launch.plan': 'The launch, or the opening of channels, was planned for another time.',
  'step.start': 'A step was begun.',
  'step.complete': 'A step was finished.',
  'step.skip': 'An optional step was left out.',
  'step.approve': 'Work was approved.',
  'step.reject': 'Work was returned.',
  'gate.evaluate': "A gate's checks were evaluated.",
  'handoff.accept': 'A hand-off was accepted.',
  'handoff.return': 'A hand-off was sent back.',
  'handoff.offer': 'A hand-off was offered again.',
  'approval.delegate': 'A role was handed to somebody else.',
  'approval.end-delegation': 'A role was taken back.',
  'approval.route': 'Others were asked, as an answer did not come in time or a stand-in stands in no more.',
  'campaign.assess': 'It was said how much can go wrong, or what the content contains.',
  'channel.launch': 'A channel was opened.',
  'channel.pause': 'A channel was paused.',
  'channel.resume': 'A paused channel was resumed.',
  'budget.set': 'Budgets of channels were set.',
  'task.complete': 'A task was finished.',
  'signal.record': 'Signals were stored; one record for each transaction of them.',
  'trigger.fire': 'A trigger acted.',
  'trigger.suppress': 'A trigger did not act, although its condition held.',
  'workflow.pin': 'An older version of a workflow was pinned.',
  'workflow.unpin': 'The pin of a workflow was let go.',
  'workflow.propose': 'A change of a workflow was proposed on a branch.',
  'workflow.reject-proposal': 'The repository did not take the branch of a proposal.',
  'incident.record': 'Somebody has reported an incident.',
  'retrospective.answer': 'Somebody has answered in a retrospective, or said what became of an action.',
  'retrospective.complete': 'A retrospective was completed.',
  'review.complete': 'The review of a quarter was completed.',
  'alert.acknowledge': 'Somebody took notice of an alert.',
  'notification.replay': 'A dead letter was sent again.',
  'token.create': 'An API token was made.',
  'token.revoke': 'An API token was made useless.',
  'definition.added': 'A definition was added by a commit.',
  'definition.modified': 'A definition was changed by a commit.',
  'definition.moved': "A definition's file was moved by a commit.",
  'definition.retired': 'A definition was removed by a commit.',
  'definition.restored': 'A removed definition came back by a commit.',
});
export const DiagramFormatEnum = enumOf<'mermaid' | 'dot' | 'svg'>(
  'DiagramFormat',
  'How a diagram is written.',
  {
    mermaid: 'Text that Mermaid draws.',
    dot: 'Text that Graphviz draws.',
    svg: 'A picture.',
  },
);
export const OrderDirectionEnum = enumOf<'asc' | 'desc'>(
  'OrderDirection',
  'Which end of a list comes first.',
  {
    asc: 'The smallest or earliest.',
    desc: 'The largest or latest.',
  },
);
export const WorkflowOrderFieldEnum = enumOf<'key' | 'name'>(
  'WorkflowOrderField',
  'What workflows are ordered by.',
  {
    key: 'The id in the file.',
    name: 'The name.',
  },
);
export const CampaignOrderFieldEnum = enumOf<
  'created-at' | 'planned-launch-at' | 'launched-at' | 'ended-at' | 'key' | 'name'
>('CampaignOrderField', 'What campaigns are ordered by. Those without the date come after all dates.', {
  'created-at': 'When they were created.',
  'planned-launch-at': 'When they are to launch.',
  'launched-at': 'When their first channel went live.',
  'ended-at': 'When they ended.',
  key: 'Their key.',
  name: 'Their name.',
});
export const TimeOrderFieldEnum = enumOf<'time'>('TimeOrderField', 'What a list of events is ordered by.', {
  time: 'When they happened.',
});
export const CampaignGroupEnum = enumOf<CampaignGroupField>(
  'CampaignGroupField',
  'What campaigns are grouped by.',
  {
    workflow: 'Key of the workflow.',
    'workflow-version': 'Key and number of the version, for example `product-launch v3`.',
    status: 'Running, ended or cancelled.',
    risk: 'Low, medium or high.',
    type: 'Type of campaign.',
    label: 'Each label; a campaign with two counts in both groups, one without in none.',
    channel: 'Each channel; a campaign with two counts in both groups.',
  },
);
const FACTS: Readonly<Record<FactName, string>> = {
  percentage: 'A reduction in percent.',
  price: 'What has to be paid.',
  saving: 'Money off.',
  offer: 'Another promise, such as free shipping or a trial.',
  deadline: 'The last moment of an offer or a registration.',
  date: 'When something begins or takes place.',
  code: 'What to type in at the checkout.',
  'call-to-action': 'What the reader is asked to do.',
  audience: 'For whom it is.',
  product: 'Name or model.',
};
export const CampaignMetricEnum = enumOf<MetricName>(
  'CampaignMetric',
  'What can be measured; docs/metrics.md has the whole catalogue.',
  Object.fromEntries(
    Object.entries(METRICS).map(([name, { title, formula }]) => [name, `${title}: ${formula}.`]),
  ) as Record<MetricName, string>,
);
export const MetricUnitEnum = enumOf<MetricDefinition['unit']>('MetricUnit', 'What a metric is counted in.', {
  return: 'Gain for each unit of money spent; below zero for a loss.',
  points: 'Points of whatever scale the source has.',
  ratio: 'From 0 to 1.',
  hours: 'Elapsed hours.',
  entries: 'Things that differ.',
  rounds: 'Returns.',
  gates: 'Gates.',
  handoffs: 'Hand-offs.',
  campaigns: 'Campaigns.',
  incidents: 'Incidents.',
});
export const DimensionEnum = enumOf<Dimension>('ConvergenceDimension', 'What has to come together.', {
  content: 'Every channel has an asset, and no text contradicts another or the brief.',
  targeting: 'The audiences overlap; without audiences, all assets are for the same segments.',
  channels: 'Each is live, or all that comes before its launch is done.',
  timing: 'They open close enough together.',
});
export const FactEnum = enumOf<FactName>('Fact', 'What texts have to say alike.', FACTS);
export const TimeBucketEnum = enumOf<TimeBucket>('TimeBucket', 'How long one point of a series is.', {
  day: 'A day.',
  week: 'A week, from Monday.',
  month: 'A month.',
  quarter: 'Three months, from January.',
  year: 'A year.',
});
