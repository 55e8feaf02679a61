import type { CampaignStatus } from '../domain/campaign/state.js';
import type { Worked, WorkRecord } from '../domain/learning/delay.js';
import { type CampaignPast, type Incident, incidentsOf } from '../domain/learning/incidents.js';
import type { Question } from '../domain/learning/retrospective.js';
import { evidenceInWords } from '../domain/learning/retrospective-words.js';
import type { Evidence } from '../domain/metrics/measure.js';
import type { CompiledWorkflow } from '../domain/workflow/compiled.js';
import type { Role } from '../domain/workflow/document.js';
import { stepsOf } from '../domain/workflow/steps.js';
import type { Workflow } from '../domain/workflow/workflow.js';

/** What is recorded of a campaign, beside the campaign itself. */
export interface CampaignHistory {
  readonly steps: readonly {
    readonly key: string;
    readonly startedAt: Date | null;
    readonly finishedAt: Date | null;
  }[];
  /** When steps began and came to an end, in every round; oldest first. */
  readonly events: readonly {
    readonly step: string;
    readonly hasEnded: boolean;
    /** What was approved became another: it is open again. */
    readonly hasLapsed: boolean;
    readonly at: Date;
  }[];
  readonly gates: readonly { readonly key: string; readonly status: string; readonly evaluatedAt: Date }[];
  readonly handoffs: readonly { readonly key: string; readonly acceptedAt: Date }[];
  readonly approvals: readonly { readonly step: string; readonly decision: string }[];
  readonly returns: readonly { readonly handoff: string }[];
  readonly assets: readonly { readonly key: string; readonly channel: string }[];
  readonly metrics: readonly { readonly evidence: readonly Evidence[] }[];
  readonly suppressions: CampaignPast['suppressions'];
}
export interface RecordedParts extends CampaignHistory {
  readonly channels: CampaignPast['channels'];
  /** People as they work now. */
  readonly roles: readonly Role[];
}
/** What the record says to each question of a retrospective. */
export type Words = Readonly<Record<Question, readonly string[]>>;
export interface LookBack {
  readonly incidents: readonly Incident[];
  readonly words: () => Words;
}

/** What went wrong in a campaign, and what its three questions rest on, recognised from its record (R79, R90). */
export function lookBackOn(
  campaign: Pick<CampaignPast, 'formerLaunches'> & {
    readonly status: CampaignStatus;
    readonly endedAt: Date | null;
  },
  { workflow, compiled }: { readonly workflow: Workflow; readonly compiled: CompiledWorkflow },
  { channels, metrics, roles: known, suppressions, gates, approvals, returns, ...parts }: RecordedParts,
  now: Date,
): LookBack {
  const roles = new Map(known.map((role) => [role.key, role]));
  const evidence = metrics.flatMap((metric) => metric.evidence);
  const plans = new Map(channels.map(({ channel, plannedAt }) => [channel, plannedAt]));
  const drift = evidence.filter(isOf('drift'));
  const until = campaign.endedAt ?? now;
  const past = {
    ...{ workflow, compiled, drift, work: workOf({ ...parts, gates }, until), until },
    worksAt: (role: string) => roles.get(role) ?? null,
    planned: new Map(
      stepsOf(workflow).flatMap(({ key, channel }) => {
        const at = channel === null ? null : plans.get(channel);
        return at ? [[key, at] as const] : [];
      }),
    ),
  };
  const incidents = incidentsOf({
    ...{ ...past, suppressions, formerLaunches: campaign.formerLaunches },
    // What was called off missed no deadline.
    channels: campaign.status === 'cancelled' ? [] : channels,
    channelOf: new Map(parts.assets.map(({ key, channel }) => [key, channel])),
    remarks: evidence.filter(isOf('contradiction')),
    responses: evidence.filter(isOf('response')),
  });
  const rejections = approvals.flatMap(({ step, decision }) => (decision === 'rejected' ? [step] : []));
  const returned = returns.map(({ handoff }) => handoff);
  return {
    incidents,
    words: () => evidenceInWords({ ...past, gates, rejections, returns: returned, incidents }),
  };
}

/** Every round of every step, and when what lies between steps was behind. */
function workOf(
  { steps, events, gates, handoffs }: Pick<CampaignHistory, 'steps' | 'events' | 'gates' | 'handoffs'>,
  until: Date,
): WorkRecord {
  const work = new Map<string, Worked[]>();
  for (const { step, hasEnded, hasLapsed, at } of events) {
    const rounds = work.get(`step ${step}`) ?? [];
    const last = rounds.at(-1);
    if (last?.to === null) {
      const { from, lapsedAt } = last;
      if (hasEnded) rounds[rounds.length - 1] = lapsedAt ? { from: at, to: at, lapsedAt } : { from, to: at };
    } else if (hasLapsed) rounds.push({ from: until, to: null, lapsedAt: at });
    else rounds.push({ from: at, to: hasEnded ? at : null });
    work.set(`step ${step}`, rounds);
  }
  // What was imported has no record of its rounds.
  for (const { key, startedAt, finishedAt } of steps)
    if (startedAt && !work.has(`step ${key}`)) work.set(`step ${key}`, [{ from: startedAt, to: finishedAt }]);
  for (const { key, status, evaluatedAt } of gates)
    if (status !== 'failed') work.set(`gate ${key}`, [{ from: evaluatedAt, to: evaluatedAt }]);
  for (const { key, acceptedAt } of handoffs)
    work.set(`handoff ${key}`, [{ from: acceptedAt, to: acceptedAt }]);
  return work;
}

const isOf =
  <Type extends Evidence['type']>(type: Type) =>
  (evidence: Evidence): evidence is Extract<Evidence, { type: Type }> =>
    evidence.type === type;
