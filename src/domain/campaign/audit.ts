import type { DefinitionChangeKind } from '../workflow/plan.js';

/** What leaves an audit record. */
export type AuditAction =
  | 'campaign.create'
  | 'campaign.end'
  | 'campaign.cancel'
  | 'campaign.import'
  | 'campaign.migrate'
  | 'campaign.undo-migration'
  | 'brief.update'
  | 'asset.add'
  | 'audience.replace'
  | 'audience.remove'
  | 'step.start'
  | 'step.complete'
  | 'step.skip'
  | 'step.approve'
  | 'step.reject'
  | 'gate.evaluate'
  | 'handoff.accept'
  | 'channel.launch'
  | 'channel.permit'
  | 'workflow.pin'
  | 'workflow.unpin'
  | 'workflow.propose'
  | 'workflow.reject-proposal'
  | 'alert.acknowledge'
  | `definition.${DefinitionChangeKind}`;
