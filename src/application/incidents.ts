import type { CampaignStatus } from '../domain/campaign/state.js';
import { type CampaignPast, type Incident, incidentsOf } from '../domain/learning/incidents.js';
import type { Evidence } from '../domain/metrics/measure.js';
import type { CompiledWorkflow } from '../domain/workflow/compiled.js';
import type { Role } from '../domain/workflow/document.js';
import { waitsIn } from '../domain/workflow/diff/waits.js';
import type { Workflow } from '../domain/workflow/workflow.js';

/** What is recorded of the parts of a campaign. */
export interface RecordedParts {
  readonly steps: readonly {
    readonly key: string;
    readonly round: number;
    readonly startedAt: Date | null;
    readonly finishedAt: Date | null;
  }[];
  readonly channels: CampaignPast['channels'];
  readonly metrics: readonly { readonly evidence: readonly Evidence[] }[];
  /** People as they work now. */
  readonly roles: readonly Role[];
  readonly suppressions: CampaignPast['suppressions'];
}

/** What went wrong in a campaign, recognised from its record (R79). */
export function incidentsIn(
  campaign: Pick<CampaignPast, 'formerLaunches'> & {
    readonly status: CampaignStatus;
    readonly endedAt: Date | null;
  },
  { workflow, compiled }: { readonly workflow: Workflow; readonly compiled: CompiledWorkflow },
  { steps, channels, metrics, suppressions, roles: known }: RecordedParts,
  now: Date,
): Incident[] {
  const roles = new Map(known.map((role) => [role.key, role]));
  const evidence = metrics.flatMap((metric) => metric.evidence);
  return incidentsOf({
    ...{ workflow, waits: waitsIn(compiled), suppressions, formerLaunches: campaign.formerLaunches },
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
