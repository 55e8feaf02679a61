import { registerEnumType } from 'type-graphql';
import { GATE_STATUSES, HANDOFF_STATUSES, STEP_STATUSES } from '../domain/campaign/progress.js';
import { REFUSAL_CODES } from '../domain/campaign/refusal.js';
import { CAMPAIGN_STATUSES, CHANNEL_STATUSES } from '../domain/campaign/state.js';
import { CLASSIFICATIONS } from '../domain/workflow/classify.js';
import { CHANGE_KINDS } from '../domain/workflow/plan.js';
import { RISKS } from '../domain/workflow/document.js';
import { PATTERNS, SECTION_MODELS, STEP_KINDS, WORKFLOW_STATUSES } from '../domain/workflow/workflow.js';

type EnumOf = Readonly<Record<string, string>>;

/** A GraphQL enum whose names are the domain's values in capitals; the values stay the domain's. */
function enumOf(name: string, values: readonly string[], description: string): EnumOf {
  const members = Object.fromEntries(
    values.map((value) => [value.toUpperCase().replaceAll('-', '_'), value]),
  );
  registerEnumType(members, { name, description });
  return members;
}

export const PatternEnum = enumOf('Pattern', PATTERNS, 'How a workflow reaches convergence.');
export const ModelEnum = enumOf(
  'WorkflowModel',
  [...SECTION_MODELS, 'hybrid'],
  'How a section, or a whole workflow, is run.',
);
export const WorkflowStatusEnum = enumOf(
  'WorkflowStatus',
  WORKFLOW_STATUSES,
  'What a definition says of its own use.',
);
export const StepKindEnum = enumOf('StepKind', STEP_KINDS, 'What sort of work a step is.');
export const StepStatusEnum = enumOf('StepStatus', STEP_STATUSES, 'Where a step of a campaign stands.');
export const GateStatusEnum = enumOf('GateStatus', GATE_STATUSES, 'Where a gate of a campaign stands.');
export const HandoffStatusEnum = enumOf(
  'HandoffStatus',
  HANDOFF_STATUSES,
  'Where a hand-off of a campaign stands.',
);
export const CampaignStatusEnum = enumOf('CampaignStatus', CAMPAIGN_STATUSES, 'Whether a campaign runs.');
export const ChannelStatusEnum = enumOf(
  'ChannelStatus',
  CHANNEL_STATUSES,
  'Whether a channel of a campaign is open.',
);
export const RiskEnum = enumOf('Risk', RISKS, 'How much can go wrong with a campaign.');
export const ClassificationEnum = enumOf(
  'Classification',
  CLASSIFICATIONS,
  'What a change means for a campaign that already runs.',
);
export const ChangeKindEnum = enumOf(
  'WorkflowChangeKind',
  CHANGE_KINDS,
  'What a commit did to a definition.',
);
export const RefusalCodeEnum = enumOf('RefusalCode', REFUSAL_CODES, 'Why an action was not carried out.');
export const SeverityEnum = enumOf('Severity', ['error', 'warning', 'info'], 'How much a problem weighs.');
export const DecisionEnum = enumOf('ApprovalDecision', ['approved', 'rejected'], 'How an approver decided.');
export const SyncOutcomeEnum = enumOf(
  'SyncOutcome',
  ['synced', 'unchanged', 'held-back', 'failed'],
  'How a sync ended.',
);
export const DiagramFormatEnum = enumOf(
  'DiagramFormat',
  ['mermaid', 'dot', 'svg'],
  'How a diagram is written.',
);
export const OrderDirectionEnum = enumOf(
  'OrderDirection',
  ['asc', 'desc'],
  'Which end of a list comes first.',
);
export const WorkflowOrderFieldEnum = enumOf(
  'WorkflowOrderField',
  ['key', 'name'],
  'What workflows are ordered by.',
);
export const CampaignOrderFieldEnum = enumOf(
  'CampaignOrderField',
  ['created-at', 'planned-launch-at', 'key'],
  'What campaigns are ordered by.',
);
export const TimeOrderFieldEnum = enumOf(
  'TimeOrderField',
  ['time'],
  'The one thing such a list is ordered by.',
);
