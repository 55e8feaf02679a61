import DataLoader from 'dataloader';
import type { RepositorySync } from '../application/sync-repository.js';
import type {
  CampaignTask,
  Changes,
  Commit,
  Ports,
  RequestKey,
  StoredVersion,
} from '../application/ports.js';
import { forReaders, readsFor } from '../application/for-readers.js';
import { KeysOfRequest } from '../application/request-key.js';
import type { Proposals } from '../application/plan.js';
import type { Proposing } from '../application/finish-proposal.js';
import {
  type IncidentRecord,
  type Reads,
  type RetrospectiveRecord,
  type SuppressionRecord,
  TimedOut,
  type WorkflowRecord,
} from '../application/reads.js';
import type {
  ApprovalRecord,
  DelegationRecord,
  RequestRecord,
  HandoffRecord,
  ReopeningRecord,
  ReturnRecord,
  StepEvent,
  DeviationRecord,
  AssetRecord,
  AudienceRecord,
  BriefPullRecord,
  BriefVersionRecord,
  CampaignRecord,
  ChannelRecord,
  GateRecord,
  MetricRecord,
  StepRecord,
  TurnRecord,
} from '../application/records.js';
import type { Actor } from '../domain/campaign/actor.js';
import { Situation } from '../domain/campaign/situation.js';
import type { RecordedGateStatus, RecordedStepStatus } from '../domain/campaign/state.js';
import { type Ground, pastCampaign } from '../application/forecasts.js';
import { measureAdherence } from '../application/measure-adherence.js';
import type { Adherence } from '../domain/adherence/adherence.js';
import { compileWorkflow } from '../domain/workflow/compile.js';
import type { CompiledWorkflow } from '../domain/workflow/compiled.js';
import { DEFAULT_POLICY, type Policy } from '../domain/workflow/document.js';
import type { Workflow } from '../domain/workflow/workflow.js';

/** What the whole process shares. */
export interface Services {
  readonly ports: Ports;
  readonly reads: Reads;
  readonly sync: RepositorySync;
  readonly changes: Changes;
  readonly proposals: Proposals;
  readonly proposing: Proposing;
}

/** What one request is given: who asks, and loaders that gather questions of the same kind into one. */
export interface Context extends Services {
  readonly actor: Actor;
  readonly load: Loaders;
  /** The same asker with fresh loaders and a fresh deadline, for the next event of a subscription. */
  renew(): Context;
}

/**
 * @param timeoutMs after which no question to the database is waited for any more
 * @param request what tells it from others, where it may be sent again
 */
export function createContext(
  services: Services,
  actor: Actor,
  timeoutMs: number,
  request: RequestKey | null = null,
): Context {
  const requestKeys = request && new KeysOfRequest(request);
  const reads = readsFor(actor, withDeadline(services.reads, AbortSignal.timeout(timeoutMs)));
  return {
    ...services,
    proposals: forReaders(actor, services.proposals),
    changes: forReaders(actor, services.changes),
    ports: { ...services.ports, requestKeys },
    actor,
    reads,
    load: new Loaders(reads),
    renew: () => createContext(services, actor, timeoutMs),
  };
}

/** The same questions; those not answered in time fail, so that the rest of the answer can be given. */
function withDeadline(reads: Reads, signal: AbortSignal): Reads {
  const expired = new Promise<never>((_, reject) => {
    const expire = () => reject(new TimedOut('the time for this request is over'));
    signal.addEventListener('abort', expire, { once: true });
  });
  expired.catch(() => undefined);
  return new Proxy(reads, {
    get(target, name) {
      const question: unknown = Reflect.get(target, name);
      if (typeof question !== 'function') return question;
      return (...values: unknown[]) =>
        Promise.race([expired, question.apply(target, values) as Promise<unknown>]);
    },
  });
}

/** Compiled versions by hash; a version never changes, so neither does what it compiles to. */
const compiled = new Map<string, CompiledWorkflow>();
/** More versions than a busy repository serves at once; beyond, the oldest goes first. */
const MAX_COMPILED = 500;

export function compiledOf({ hash, meaning }: StoredVersion): CompiledWorkflow {
  const known = compiled.get(hash);
  if (known) return known;
  const [oldest] = compiled.keys();
  if (compiled.size >= MAX_COMPILED && oldest !== undefined) compiled.delete(oldest);
  const made = compileWorkflow(meaning as Workflow);
  compiled.set(hash, made);
  return made;
}

/** How many ended campaigns forecasts learn from: older ones say little of how work is done today. */
export const MOST_PAST = 300;

export class Loaders {
  readonly workflow: DataLoader<string, WorkflowRecord | null>;
  readonly commit: DataLoader<string, Commit | null>;
  readonly version: DataLoader<string, StoredVersion | null>;
  readonly campaign: DataLoader<string, CampaignRecord | null>;
  readonly steps: DataLoader<string, StepRecord[]>;
  readonly gates: DataLoader<string, GateRecord[]>;
  readonly handoffs: DataLoader<string, HandoffRecord[]>;
  readonly reopenings: DataLoader<string, ReopeningRecord[]>;
  readonly channels: DataLoader<string, ChannelRecord[]>;
  readonly approvals: DataLoader<string, ApprovalRecord[]>;
  readonly requests: DataLoader<string, RequestRecord[]>;
  readonly delegations: DataLoader<string, DelegationRecord[]>;
  readonly returns: DataLoader<string, ReturnRecord[]>;
  readonly deviations: DataLoader<string, DeviationRecord[]>;
  readonly assets: DataLoader<string, AssetRecord[]>;
  readonly incidents: DataLoader<string, IncidentRecord[]>;
  readonly suppressions: DataLoader<string, SuppressionRecord[]>;
  readonly stepEvents: DataLoader<string, StepEvent[]>;
  readonly audiences: DataLoader<string, AudienceRecord[]>;
  readonly metrics: DataLoader<string, MetricRecord[]>;
  readonly briefPulls: DataLoader<string, BriefPullRecord[]>;
  readonly pulledBriefs: DataLoader<string, BriefVersionRecord[]>;
  readonly turns: DataLoader<string, TurnRecord[]>;
  readonly tasks: DataLoader<string, CampaignTask[]>;
  readonly retrospectives: DataLoader<string, RetrospectiveRecord[]>;
  readonly cursor: DataLoader<string, string | null>;

  readonly #asked = new Map<string, unknown>();

  constructor(private readonly reads: Reads) {
    this.workflow = one(
      (ids) => reads.workflowsById(ids),
      (workflow) => workflow.id,
    );
    this.commit = one(
      (keys) => reads.commits(keys),
      (commit) => commit.sha,
    );
    this.version = one(
      (keys) => reads.versionsById(keys),
      (version) => version.id,
    );
    this.campaign = one(
      (keys) => reads.campaignsById(keys),
      (campaign) => campaign.id,
    );
    this.steps = parts((ids) => reads.steps(ids));
    this.gates = parts((ids) => reads.gates(ids));
    this.handoffs = parts((ids) => reads.handoffs(ids));
    this.reopenings = parts((ids) => reads.reopenings(ids));
    this.channels = parts((ids) => reads.channels(ids));
    this.approvals = parts((ids) => reads.approvals(ids));
    this.requests = parts((ids) => reads.requests(ids));
    this.delegations = parts((ids) => reads.delegations(ids));
    this.returns = parts((ids) => reads.returns(ids));
    this.deviations = parts((ids) => reads.deviations(ids));
    this.assets = parts((ids) => reads.assets(ids));
    this.incidents = parts((ids) => reads.reportedIncidents(ids));
    this.suppressions = parts((ids) => reads.suppressions(ids));
    this.stepEvents = parts((ids) => reads.stepEvents(ids));
    this.audiences = parts((ids) => reads.audiences(ids));
    this.metrics = parts((ids) => reads.metrics(ids));
    this.briefPulls = parts((ids) => reads.briefPulls(ids));
    this.pulledBriefs = parts((ids) => reads.pulledBriefs(ids));
    this.turns = parts((ids) => reads.turns(ids));
    this.tasks = parts((ids) => reads.tasks(ids));
    this.retrospectives = parts((ids) => reads.retrospectivesOf(ids));
    this.cursor = new DataLoader(async (ids) => {
      const cursors = await reads.campaignCursors(ids);
      return ids.map((id) => cursors.get(id) ?? null);
    });
  }

  /** What is asked of several parents alike, such as the versions of each workflow, asked in one question. */
  together<T>(
    question: string,
    parent: string,
    asked: readonly unknown[],
    read: (parents: readonly string[]) => Promise<T[]>,
  ): Promise<T> {
    const name = JSON.stringify([question, ...asked]);
    const loader = (this.#asked.get(name) as DataLoader<string, T> | undefined) ?? new DataLoader(read);
    this.#asked.set(name, loader);
    return loader.load(parent);
  }

  async workflowVersion(id: string): Promise<StoredVersion<'Workflow'>> {
    const version = await this.version.load(id);
    if (!version) throw new Error(`version ${id} is referred to but missing`);
    return version as StoredVersion<'Workflow'>;
  }

  /** What forecasts of a workflow rest on: the people there are, and its campaigns that have ended. */
  async ground(definitionId: string): Promise<Ground> {
    const [teams, campaigns] = await Promise.all([
      this.together('teams', '', [], async () => [await this.reads.teams()]),
      this.together('ended', definitionId, [], (ids) => this.reads.endedCampaigns(ids, MOST_PAST)),
    ]);
    const steps = await Promise.all(campaigns.map(({ id }) => this.steps.load(id)));
    return { teams, past: campaigns.map((campaign, at) => pastCampaign(campaign, steps[at] ?? [])) };
  }

  /** How far the campaigns that have ended followed the version. */
  async adherence(version: StoredVersion<'Workflow'>): Promise<Adherence> {
    const campaigns = await this.together('endedOn', version.id, [], (ids) =>
      this.reads.endedOn(ids, MOST_PAST),
    );
    const ids = campaigns.map(({ id }) => id);
    const [events, steps] = await Promise.all([
      this.reads.stepEvents(ids),
      Promise.all(ids.map((id) => this.steps.load(id))),
    ]);
    return measureAdherence(compiledOf(version), campaigns, events, steps.flat());
  }

  /** Where every part of a campaign stands. */
  async situation(campaign: CampaignRecord): Promise<Situation> {
    const [version, policy, steps, gates, handoffs, channels, returns] = await Promise.all([
      this.workflowVersion(campaign.versionId),
      campaign.policyVersionId === null ? null : this.version.load(campaign.policyVersionId),
      this.steps.load(campaign.id),
      this.gates.load(campaign.id),
      this.handoffs.load(campaign.id),
      this.channels.load(campaign.id),
      this.returns.load(campaign.id),
    ]);
    const { key, type, risk, labels, flags, budget, status, brief } = campaign;
    const workflow = version.meaning;
    const facts = {
      key,
      type,
      risk,
      labels,
      flags,
      budget,
      regulated: workflow.regulated,
      channels: channels.map((each) => each.channel),
    };
    const state = {
      steps: new Map(
        steps.map((step) => [step.key, { status: step.status as RecordedStepStatus, round: step.round }]),
      ),
      gates: new Map(gates.map((gate) => [gate.key, gate.status as RecordedGateStatus])),
      handoffs: new Set(handoffs.map((handoff) => handoff.key)),
      returned: new Map(
        returns.flatMap(({ handoff, reason, offeredAt }) => (offeredAt === null ? [[handoff, reason]] : [])),
      ),
    };
    const waived = new Set(campaign.waived);
    const input = {
      facts,
      status,
      brief,
      waived,
      channels: new Map(channels.map((each) => [each.channel, each])),
    };
    return new Situation(
      workflow,
      compiledOf(version),
      (policy?.meaning as Policy | undefined) ?? DEFAULT_POLICY,
      input,
      state,
    );
  }
}

function one<T>(
  read: (keys: readonly string[]) => Promise<T[]>,
  keyOf: (row: T) => string,
): DataLoader<string, T | null> {
  return new DataLoader(async (keys) => {
    const rows = new Map((await read(keys)).map((row) => [keyOf(row), row]));
    return keys.map((key) => rows.get(key) ?? null);
  });
}

function parts<T extends { campaignId: string }>(
  read: (ids: readonly string[]) => Promise<T[]>,
): DataLoader<string, T[]> {
  return new DataLoader(async (ids) => {
    const rows = groupByCampaign(await read(ids));
    return ids.map((id) => rows.get(id) ?? []);
  });
}

function groupByCampaign<T extends { campaignId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.campaignId, [...(groups.get(row.campaignId) ?? []), row]);
  return groups;
}
