import { type Incident, incidentsOf } from '../domain/learning/incidents.js';
import type { Evidence } from '../domain/metrics/measure.js';
import type { CompiledWorkflow } from '../domain/workflow/compiled.js';
import type { Team } from '../domain/workflow/document.js';
import { waitsIn } from '../domain/workflow/diff/waits.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import type { DecisionRecord } from './reads.js';
import type { CampaignRecord, ChannelRecord, MetricRecord, StepRecord } from './records.js';

/** What is recorded of the parts of a campaign. */
export interface RecordedParts {
  readonly steps: readonly StepRecord[];
  readonly channels: readonly ChannelRecord[];
  readonly metrics: readonly MetricRecord[];
  /** People as they work now. */
  readonly teams: readonly Team[];
  readonly decisions: readonly Pick<DecisionRecord, 'trigger' | 'outcome' | 'at'>[];
}

/** What went wrong in a campaign, recognised from its record (R79). */
export function incidentsIn(
  campaign: CampaignRecord,
  { workflow, compiled }: { readonly workflow: Workflow; readonly compiled: CompiledWorkflow },
  { steps, channels, metrics, decisions, teams }: RecordedParts,
  now: Date,
): Incident[] {
  const roles = new Map(teams.flatMap((team) => team.roles.map((role) => [role.key, role])));
  const evidence = metrics.flatMap((metric) => metric.evidence);
  return incidentsOf({
    ...{ workflow, waits: waitsIn(compiled), decisions, formerLaunches: campaign.formerLaunches },
    spans: new Map(steps.map((step) => [step.key, step])),
    worksAt: (role) => roles.get(role) ?? null,
    // What was called off missed no deadline.
    channels: campaign.status === 'cancelled' ? [] : channels,
    remarks: evidence.filter(isOf('contradiction')),
    drift: evidence.filter(isOf('drift')),
    responses: evidence.filter(isOf('response')),
    until: campaign.endedAt ?? now,
  });
}

const isOf =
  <Type extends Evidence['type']>(type: Type) =>
  (evidence: Evidence): evidence is Extract<Evidence, { type: Type }> =>
    evidence.type === type;
