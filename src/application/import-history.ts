import type { EventLog } from '../domain/adherence/event-log.js';
import { type PastCase, pastCases } from '../domain/adherence/past-cases.js';
import { stepCalled } from '../domain/adherence/step-called.js';
import { type Actor, lacking, recordedActor } from '../domain/campaign/actor.js';
import { type Refusal, refusal } from '../domain/campaign/refusal.js';
import { stepsOf } from '../domain/workflow/steps.js';
import { IMPORTED_LABEL, type PastCampaignRecord, type Ports, type StoredVersion } from './ports.js';

export interface ImportReport {
  readonly workflow: string;
  readonly version: number;
  readonly imported: number;
  /** Cases that were imported before, and are left as they are. */
  readonly alreadyThere: number;
  /** Cases without any event that a step of the workflow is called. */
  readonly withoutSteps: number;
  readonly unknownActivities: readonly string[];
}

/**
 * Brings past campaigns of another tool in as history: ended campaigns on the version that is served now, each with the
 * last time of every step. All of them, or none; a case that is there already is left alone, so it can be run again.
 */
export function importHistory(
  ports: Ports,
  actor: Actor,
  workflow: string,
  log: EventLog,
  progress: (done: number) => void = () => undefined,
): Promise<{ report: ImportReport | null; refusals: readonly Refusal[] }> {
  return ports.inTransaction(async (stores) => {
    const denied = lacking(actor, 'steward');
    if (denied) return { report: null, refusals: [denied] };
    const version = await stores.definitions.servedVersion('Workflow', workflow, null);
    if (!version)
      return { report: null, refusals: [refusal('UNKNOWN_WORKFLOW', `there is no workflow '${workflow}'`)] };
    let [imported, alreadyThere, withoutSteps] = [0, 0, 0];
    for (const [at, found] of pastCases(version.meaning, log).entries()) {
      if (found === null) withoutSteps++;
      else {
        const past = asCampaign(version, found);
        const campaignId = await stores.campaigns.addPast(past);
        if (campaignId === null) alreadyThere++;
        else {
          imported++;
          await stores.audit.add({
            happenedAt: ports.clock.now(),
            ...recordedActor(actor),
            action: 'campaign.import',
            subject: past.key,
            campaignId,
            versionId: version.id,
            commitSha: null,
            before: null,
            after: { workflow, version: version.number, case: found.id, steps: past.steps.length },
          });
        }
      }
      if (at % 100 === 0) progress(at);
    }
    const unknownActivities = log.activities.filter(
      (activity) => !stepCalled(stepsOf(version.meaning), activity),
    );
    return {
      report: { workflow, version: version.number, imported, alreadyThere, withoutSteps, unknownActivities },
      refusals: [],
    };
  });
}

const asCampaign = (version: StoredVersion<'Workflow'>, past: PastCase): PastCampaignRecord => ({
  key: keyOf(version.key, past.id),
  name: past.id,
  versionId: version.id,
  type: version.meaning.campaignTypes[0] ?? version.key,
  labels: [IMPORTED_LABEL],
  createdAt: new Date(past.startedAt),
  launchedAt: past.launchedAt === null ? null : new Date(past.launchedAt),
  endedAt: new Date(past.endedAt),
  steps: past.steps.map(({ startedAt, finishedAt, ...step }) => ({
    ...step,
    startedAt: startedAt === null ? null : new Date(startedAt),
    finishedAt: new Date(finishedAt),
  })),
});

const keyOf = (workflow: string, caseId: string): string => {
  const plain = caseId
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `${workflow}-${plain === '' ? 'case' : plain}`.slice(0, 100);
};
