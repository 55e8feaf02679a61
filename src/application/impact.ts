import { setImmediate } from 'node:timers/promises';
import type { Assessment, CampaignImpact } from '../domain/campaign/migration/migration.js';
import { Migration } from '../domain/campaign/migration/migration.js';
import { type EndedCampaign, type PastImpact, Replay } from '../domain/campaign/migration/past.js';
import { Version } from '../domain/campaign/migration/version.js';
import type { CampaignInput } from '../domain/campaign/situation.js';
import type { CampaignState, RecordedGateStatus, RecordedStepStatus } from '../domain/campaign/state.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import { DEFAULT_POLICY, type Policy } from '../domain/workflow/document.js';
import { conditionsOf } from '../domain/workflow/steps.js';
import type { PilotCampaign } from '../domain/workflow/promotion.js';
import type { Workflow } from '../domain/workflow/workflow.js';
import type { Impacts, ProposedWorkflow, WorkflowImpact } from './plan.js';
import type { Reads } from './reads.js';
import type { CampaignSnapshot, EndedSnapshot } from './records.js';

/** Campaigns read with one question: enough to be quick, few enough to keep little in memory. */
const PAGE = 1_000;
/** Ended campaigns that are replayed for one plan; more tell nothing new. */
const MOST_ENDED = 500;
/** Two quarters. */
const LOOKED_BACK_MONTHS = 6;

/**
 * What proposed workflows mean for every campaign that runs on any of their versions, and would have meant for those that ended
 * in the last two quarters. Campaigns that stand alike are judged once.
 */
export async function impactOf(
  reads: Reads,
  proposed: readonly ProposedWorkflow[],
  now: Date,
): Promise<Impacts> {
  const found = new Map(
    proposed.map(({ key }) => [
      key,
      { impact: [] as CampaignImpact[], past: [] as PastImpact[], pilots: [] as PilotCampaign[] },
    ]),
  );
  const goals = new Map(proposed.map((each) => [each.key, each]));
  const judges = new Judges(reads, goals);
  const keys = [...goals.keys()];
  if (keys.length === 0) return found;
  for (let after = '0', page = await reads.runningCampaigns(keys, after, PAGE); page.length > 0;) {
    await judges.prepare(page);
    for (const campaign of page) {
      found.get(campaign.workflow)?.impact.push(judges.impact(campaign));
      if (judges.isDue()) await setImmediate();
    }
    after = page.at(-1)?.id ?? after;
    page = page.length < PAGE ? [] : await reads.runningCampaigns(keys, after, PAGE);
  }
  const open = proposed.flatMap(({ key, workflow }) => (workflow?.status === 'active' ? [key] : []));
  for (const pilot of open.length > 0 ? await reads.pilotCampaigns(open) : [])
    found.get(pilot.workflow)?.pilots.push(pilot);
  const since = new Date(now);
  since.setUTCMonth(since.getUTCMonth() - LOOKED_BACK_MONTHS);
  const ended = await reads.recentlyEnded(keys, since, MOST_ENDED);
  await judges.prepare(ended);
  for (const campaign of ended) {
    const past = judges.past(campaign);
    if (past) found.get(campaign.workflow)?.past.push(past);
    if (judges.isDue()) await setImmediate();
  }
  return found satisfies ReadonlyMap<string, WorkflowImpact>;
}

/** A version that campaigns are pinned to against the one proposed. */
interface Judge {
  readonly from: Version;
  readonly to: Version;
  readonly migration: Migration;
  readonly replay: Replay;
  readonly asked: Asked;
  readonly known: Map<string, Assessment>;
}

/** Longest that others who wait for this process are kept waiting. */
const TURN_MS = 20;

class Judges {
  readonly #judges = new Map<string, Judge>();
  readonly #versions = new Map<string, Workflow | Policy>();
  readonly #targets = new Map<string, Version>();
  #turn = performance.now();

  constructor(
    private readonly reads: Reads,
    private readonly goals: ReadonlyMap<string, ProposedWorkflow>,
  ) {}

  isDue(): boolean {
    if (performance.now() - this.#turn < TURN_MS) return false;
    this.#turn = performance.now();
    return true;
  }

  /** Reads the versions that campaigns are pinned to, all that are new in one question. */
  async prepare(campaigns: readonly CampaignSnapshot[]): Promise<void> {
    const ids = new Set(
      campaigns.flatMap(({ versionId, policyVersionId }) => [versionId, policyVersionId ?? []].flat()),
    );
    const missing = [...ids].filter((id) => !this.#versions.has(id));
    if (missing.length === 0) return;
    for (const version of await this.reads.versionsById(missing))
      this.#versions.set(version.id, version.meaning as Workflow | Policy);
  }

  impact(snapshot: CampaignSnapshot): CampaignImpact {
    const { key: campaign } = snapshot;
    const judge = this.judgeOf(snapshot);
    if (!judge)
      return {
        campaign,
        effect: 'unaffected',
        detail: 'the workflow would be retired; it goes on under its version',
      };
    const input = inputOf(snapshot, judge.from);
    const state = stateOf(snapshot);
    const name = judge.asked.nameOf(input, state);
    let found = judge.known.get(name);
    if (!found) {
      found = judge.migration.assess(input, state);
      judge.known.set(name, found);
    }
    const { effect, detail } = found;
    if (effect === 'unaffected') return { campaign, effect, detail };
    const mapping = differing(found);
    return { campaign, effect, detail, mapping, ...(effect === 'stuck' ? { trace: found.trace } : {}) };
  }

  past(snapshot: EndedSnapshot): PastImpact | null {
    const judge = this.judgeOf(snapshot);
    return judge ? judge.replay.of(endedOf(snapshot, judge.from)) : null;
  }

  /** Null where the workflow would be retired. */
  private judgeOf({ workflow: key, versionId, policyVersionId }: CampaignSnapshot): Judge | null {
    const goal = this.goals.get(key);
    if (!goal?.workflow) return null;
    const name = `${versionId} ${policyVersionId ?? ''}`;
    const known = this.#judges.get(name);
    if (known) return known;
    const to =
      this.#targets.get(key) ?? new Version(goal.workflow, compileWorkflow(goal.workflow), goal.policy);
    this.#targets.set(key, to);
    const workflow = this.#versions.get(versionId) as Workflow;
    const policy =
      policyVersionId === null ? DEFAULT_POLICY : (this.#versions.get(policyVersionId) as Policy);
    const from = new Version(workflow, compileWorkflow(workflow), policy);
    const judge = {
      ...{ from, to, migration: new Migration(from, to), replay: new Replay(from, to) },
      ...{ asked: new Asked(from, to), known: new Map<string, Assessment>() },
    };
    this.#judges.set(name, judge);
    return judge;
  }
}

/** Steps that are renamed, gone, new, or about which there is something to say; shared by all that stand alike. */
function differing(found: Assessment): Assessment['mapping'] {
  const known = mappings.get(found);
  if (known) return known;
  const mapping = found.mapping.filter(({ from, to, detail }) => from !== to || detail !== '');
  mappings.set(found, mapping);
  return mapping;
}
const mappings = new WeakMap<Assessment, Assessment['mapping']>();

/** What of a campaign the two versions ask about, so that campaigns that stand alike are told by one name. */
class Asked {
  readonly #facts: readonly (keyof CampaignInput['facts'])[];
  readonly #brief: boolean;
  readonly #fields: readonly string[];

  constructor(...versions: readonly Version[]) {
    const texts = versions
      .flatMap(({ workflow, policy }) => [
        ...conditionsOf(workflow),
        ...policy.approvals.map(({ when }) => when),
      ])
      .join('\n');
    const facts = ['key', 'type', 'risk', 'channels', 'labels', 'flags', 'budget'] as const;
    this.#facts = facts.filter((fact) => texts.includes(fact));
    this.#brief = texts.includes('brief');
    this.#fields = versions.flatMap(({ workflow }) => [
      ...workflow.handoffs.flatMap(({ payload }) => payload),
      ...workflow.sections.flatMap((section) => (section.model === 'hub-and-spoke' ? section.hub.owns : [])),
    ]);
  }

  nameOf({ facts, brief, channels }: CampaignInput, { steps, gates, handoffs }: CampaignState): string {
    return JSON.stringify([
      this.#facts.map((fact) => facts[fact]),
      this.#brief ? brief : this.#fields.map((field) => brief[field] !== undefined),
      [...channels].map(([channel, { status }]) => [channel, status]),
      // How often finished work was returned makes no difference any more.
      [...steps].map(([key, { status, round }]) => [key, status, status === 'done' ? 0 : round]).sort(),
      [...gates].sort(),
      [...handoffs].sort(),
    ]);
  }
}

function inputOf(snapshot: CampaignSnapshot, { workflow }: Version): CampaignInput {
  const { key, type, risk, labels, flags, budget, status, brief } = snapshot;
  const sorted = [...snapshot.channels].sort((a, b) => (a.channel < b.channel ? -1 : 1));
  const channels = new Map(
    sorted.map((each) => [each.channel, { status: each.status, plannedAt: null, launchedAt: null }] as const),
  );
  const { regulated } = workflow;
  const facts = { key, type, risk, labels, flags, budget, regulated, channels: [...channels.keys()] };
  return { facts, status, brief, channels };
}

function stateOf({ steps, gates, handoffs }: CampaignSnapshot): CampaignState {
  return {
    steps: new Map(
      steps.map(({ key, status, round }) => [key, { status: status as RecordedStepStatus, round }]),
    ),
    gates: new Map(gates.map(({ key, status }) => [key, status as RecordedGateStatus])),
    handoffs: new Set(handoffs.map(({ key }) => key)),
  };
}

function endedOf(snapshot: EndedSnapshot, from: Version): EndedCampaign {
  const time = (text: string | null): Date | null => (text === null ? null : new Date(text));
  const { createdAt, endedAt, approvals } = snapshot;
  return {
    ...{
      input: inputOf(snapshot, from),
      state: stateOf(snapshot),
      createdAt,
      endedAt: endedAt ?? createdAt,
      approvals,
    },
    steps: new Map(
      snapshot.steps.map(({ key, startedAt, finishedAt }) => [
        key,
        { startedAt: time(startedAt), finishedAt: time(finishedAt) },
      ]),
    ),
    gates: new Map(
      snapshot.gates.map(({ key, evaluatedAt, results }) => [key, { at: new Date(evaluatedAt), results }]),
    ),
    handoffs: new Map(snapshot.handoffs.map(({ key, acceptedAt }) => [key, new Date(acceptedAt)])),
  };
}
