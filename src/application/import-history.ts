import type { EventLog, LogCase } from '../domain/adherence/event-log.js';
import { stepCalled } from '../domain/adherence/step-called.js';
import { type Actor, lacking } from '../domain/campaign/actor.js';
import { type Refusal, refusal } from '../domain/campaign/refusal.js';
import { walk } from '../domain/workflow/compiled.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import { stepsOf } from '../domain/workflow/steps.js';
import type { Step } from '../domain/workflow/workflow.js';
import type { PastCampaignRecord, Ports, StoredVersion } from './ports.js';

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

/** How imported campaigns are told from those that ran here. */
export const IMPORTED_LABEL = 'imported';

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
    const steps = log.activities.map((activity) => stepCalled(stepsOf(version.meaning), activity));
    const reader = new CaseReader(version, steps);
    let [imported, alreadyThere, withoutSteps] = [0, 0, 0];
    for (const [at, each] of log.cases.entries()) {
      const past = reader.read(each);
      if (past === null) withoutSteps++;
      else {
        const campaignId = await stores.campaigns.addPast(past);
        if (campaignId === null) alreadyThere++;
        else {
          imported++;
          await stores.audit.add({
            happenedAt: ports.clock.now(),
            actor: actor.name,
            roles: [...actor.permissions],
            action: 'campaign.import',
            subject: past.key,
            campaignId,
            versionId: version.id,
            commitSha: null,
            before: null,
            after: { workflow, version: version.number, case: each.id, steps: past.steps.length },
          });
        }
      }
      if (at % 100 === 0) progress(at);
    }
    const unknownActivities = log.activities.filter((_, activity) => steps[activity] === null);
    return {
      report: { workflow, version: version.number, imported, alreadyThere, withoutSteps, unknownActivities },
      refusals: [],
    };
  });
}

class CaseReader {
  /** By step within a rework loop: how many of its events belong to the first round. */
  readonly #firstRound = new Map<string, 0 | 1>();

  constructor(
    private readonly version: StoredVersion<'Workflow'>,
    private readonly steps: readonly (Step | null)[],
  ) {
    for (const node of walk(compileWorkflow(version.meaning).root)) {
      if (node.type !== 'loop') continue;
      for (const part of walk(node.body)) if (part.type === 'step') this.#firstRound.set(part.step.key, 1);
      this.#firstRound.set(node.redo.step.key, 0);
    }
  }

  read({ id, activities, starts, ends }: LogCase): PastCampaignRecord | null {
    const last = new Map<string, { startedAt: Date | null; finishedAt: Date; times: number }>();
    let launchedAt: Date | null = null;
    activities.forEach((activity, event) => {
      const step = this.steps[activity];
      if (!step) return;
      const finishedAt = new Date(ends[event] ?? 0);
      const startedAt = starts ? new Date(starts[event] ?? 0) : null;
      last.set(step.key, { startedAt, finishedAt, times: (last.get(step.key)?.times ?? 0) + 1 });
      if (step.kind === 'launch') launchedAt ??= finishedAt;
    });
    if (last.size === 0) return null;
    return {
      key: keyOf(this.version.key, id),
      name: id,
      versionId: this.version.id,
      type: this.version.meaning.campaignTypes[0] ?? this.version.key,
      labels: [IMPORTED_LABEL],
      createdAt: new Date(Math.min(...(starts ?? ends))),
      launchedAt,
      endedAt: new Date(Math.max(...ends)),
      steps: [...last].map(([key, { startedAt, finishedAt, times }]) => {
        const first = this.#firstRound.get(key);
        return { key, startedAt, finishedAt, round: first === undefined ? 0 : times - first };
      }),
    };
  }
}

const keyOf = (workflow: string, caseId: string): string => {
  const plain = caseId
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `${workflow}-${plain === '' ? 'case' : plain}`.slice(0, 100);
};
