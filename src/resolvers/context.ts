import DataLoader from 'dataloader';
import type { RepositorySync } from '../application/sync-repository.js';
import type { Changes, Ports, RequestKey, StoredVersion } from '../application/ports.js';
import { forReaders, readsFor } from '../application/for-readers.js';
import { Present, type PresentNotes } from '../application/present.js';
import { KeysOfRequest } from '../application/request-key.js';
import type { Proposals } from '../application/plan.js';
import type { Proposing } from '../application/finish-proposal.js';
import { type Reads, TimedOut } from '../application/reads.js';
import type { CampaignParts, CampaignRecord } from '../application/records.js';
import type { Actor } from '../domain/campaign/actor.js';
import { Situation } from '../domain/campaign/situation.js';
import type { RecordedGateStatus, RecordedStepStatus } from '../domain/campaign/state.js';
import { compiledOf } from '../application/compiled-versions.js';
import { type GroundSource, groundSource, pastCampaign } from '../application/forecasts.js';
import { measureAdherence } from '../application/measure-adherence.js';
import type { Adherence } from '../domain/adherence/adherence.js';
import type { MeaningChange } from '../domain/workflow/diff/change.js';
import { groupsBy } from '../domain/groups.js';
import { DEFAULT_POLICY, type Policy, type Team } from '../domain/workflow/document.js';

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
  /** The moment of the answer. */
  readonly present: Present;
  readonly notes: AnswerNotes | null;
  /** The same asker with fresh loaders and a fresh deadline, for the next event of a subscription. */
  renew(): Context;
}

/** Told of what an answer rests on, so that it can be said later whether another one would be the same. */
export interface AnswerNotes extends PresentNotes {
  /** That have a count of their changes. */
  readonly tables: readonly string[];
  read(table: string): void;
  /** Says all of it; null where the answer holds for this moment alone. */
  tag(): string | null;
}

/**
 * @param timeoutMs after which no question to the database is waited for any more
 * @param request what tells it from others, where it may be sent again
 * @param notes told of all that is read, where that is wanted
 */
export function createContext(
  services: Services,
  actor: Actor,
  timeoutMs: number,
  request: RequestKey | null = null,
  notes: AnswerNotes | null = null,
): Context {
  const requestKeys = request && new KeysOfRequest(request);
  const asked = notes ? services.reads.noting(notes.tables, (table) => notes.read(table)) : services.reads;
  const reads = readsFor(actor, withDeadline(asked, timeoutMs));
  const others = {
    proposals: forReaders(actor, services.proposals),
    changes: forReaders(actor, services.changes),
    ...{ proposing: services.proposing, sync: services.sync },
    ports: { ...services.ports, requestKeys },
  };
  return {
    ...(notes ? noted(others, notes) : others),
    present: new Present(services.ports.clock.now(), notes ?? undefined),
    notes,
    actor,
    reads,
    load: new Loaders(reads),
    renew: () => createContext(services, actor, timeoutMs),
  };
}

/** The same things; whoever is asked of anything there, but of what is read, may say another thing the next moment. */
function noted<T extends Record<string, object>>(things: T, notes: AnswerNotes): T {
  const get = (target: object, name: string | symbol): unknown => {
    notes.holdsNow();
    const value: unknown = Reflect.get(target, name);
    return typeof value === 'function' ? (value.bind(target) as unknown) : value;
  };
  return Object.fromEntries(
    Object.entries(things).map(([name, thing]) => [name, new Proxy(thing, { get })]),
  ) as T;
}

/** The same questions; those not answered in time fail, so that the rest of the answer can be given. */
function withDeadline(reads: Reads, timeoutMs: number): Reads {
  const end = performance.now() + timeoutMs;
  return new Proxy(reads, {
    get(target, name) {
      const question: unknown = Reflect.get(target, name);
      if (typeof question !== 'function') return question;
      return (...values: unknown[]) =>
        within(end - performance.now(), () => question.apply(target, values) as Promise<unknown>);
    },
  });
}

/** A timer for each question: one for the whole request would keep all of it in memory long after it was answered. */
function within<T>(ms: number, ask: () => Promise<T>): Promise<T> {
  const late = () => new TimedOut('the time for this request is over');
  if (ms <= 0) return Promise.reject(late());
  return new Promise((resolve, reject) => {
    const answer = ask();
    const timer = setTimeout(() => reject(late()), ms);
    answer.finally(() => clearTimeout(timer)).then(resolve, reject);
  });
}

/** How many ended campaigns forecasts learn from: older ones say little of how work is done today. */
export const MOST_PAST = 300;

/** One of each kind, made when it is first asked: an answer asks a few of them. */
const LOADERS = {
  workflow: (reads: Reads) =>
    one(
      (ids) => reads.workflowsById(ids),
      (workflow) => workflow.id,
    ),
  commit: (reads: Reads) =>
    one(
      (keys) => reads.commits(keys),
      (commit) => commit.sha,
    ),
  signature: (reads: Reads) =>
    one(
      (keys) => reads.commitSignatures(keys),
      (commit) => commit.sha,
    ),
  meaningOfChange: (reads: Reads) =>
    new DataLoader<string, readonly MeaningChange[]>((ids) => reads.meaningOfChanges(ids)),
  version: (reads: Reads) =>
    one(
      (keys) => reads.versionsById(keys),
      (version) => version.id,
    ),
  campaign: (reads: Reads) =>
    one(
      (keys) => reads.campaignsById(keys),
      (campaign) => campaign.id,
    ),
  partsOf: (reads: Reads) =>
    new DataLoader<CampaignRecord, CampaignParts, string>(
      async (campaigns) => {
        const found = new Map((await reads.parts(campaigns)).map((parts) => [parts.campaignId, parts]));
        return campaigns.map(({ id }) => found.get(id) ?? new Error(`campaign ${id} is missing`));
      },
      { cacheKeyFn: ({ id }) => id },
    ),
  requests: (reads: Reads) => parts((ids) => reads.requests(ids)),
  delegations: (reads: Reads) => parts((ids) => reads.delegations(ids)),
  deviations: (reads: Reads) => parts((ids) => reads.deviations(ids)),
  assets: (reads: Reads) => parts((ids) => reads.assets(ids)),
  incidents: (reads: Reads) => parts((ids) => reads.reportedIncidents(ids)),
  suppressions: (reads: Reads) => parts((ids) => reads.suppressions(ids)),
  stepEvents: (reads: Reads) => parts((ids) => reads.stepEvents(ids)),
  audiences: (reads: Reads) => parts((ids) => reads.audiences(ids)),
  metrics: (reads: Reads) => parts((ids) => reads.metrics(ids)),
  briefPulls: (reads: Reads) => parts((ids) => reads.briefPulls(ids)),
  pulledBriefs: (reads: Reads) => parts((ids) => reads.pulledBriefs(ids)),
  turns: (reads: Reads) => parts((ids) => reads.turns(ids)),
  tasks: (reads: Reads) => parts((ids) => reads.tasks(ids)),
  retrospectives: (reads: Reads) => parts((ids) => reads.retrospectivesOf(ids)),
  cursor: (reads: Reads) =>
    new DataLoader<string, string | null>(async (ids) => {
      const cursors = await reads.campaignCursors(ids);
      return ids.map((id) => cursors.get(id) ?? null);
    }),
};

type LoadersByKind = { readonly [Kind in keyof typeof LOADERS]: ReturnType<(typeof LOADERS)[Kind]> };

/** What fills a class whose fields are defined below. */
class LazyLoaders {
  constructor(protected readonly reads: Reads) {}
}

for (const [kind, make] of Object.entries(LOADERS)) {
  Object.defineProperty(LazyLoaders.prototype, kind, {
    get(this: { reads: Reads }) {
      const made = make(this.reads);
      Object.defineProperty(this, kind, { value: made });
      return made;
    },
  });
}

export class Loaders extends (LazyLoaders as new (reads: Reads) => LazyLoaders & LoadersByKind) {
  readonly #asked = new Map<string, unknown>();

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

  /** What has happened to the parts of a campaign. */
  parts(campaign: CampaignRecord): Promise<CampaignParts> {
    return this.partsOf.load(campaign);
  }

  async workflowVersion(id: string): Promise<StoredVersion<'Workflow'>> {
    const version = await this.version.load(id);
    if (!version) throw new Error(`version ${id} is referred to but missing`);
    return version as StoredVersion<'Workflow'>;
  }

  teams(): Promise<Team[]> {
    return this.together('teams', '', [], async () => [await this.reads.teams()]);
  }

  /** What forecasts of a workflow rest on: the people there are, and its campaigns that have ended. */
  async ground(definitionId: string): Promise<GroundSource> {
    const [teams, past] = await Promise.all([
      this.teams(),
      this.together('past', definitionId, [], (ids) => this.reads.pastKeys(ids, MOST_PAST)),
    ]);
    return groundSource(teams, past, async () => {
      const [campaigns = []] = await this.reads.endedCampaigns([definitionId], MOST_PAST);
      const steps = groupByCampaign(await this.reads.steps(campaigns.map(({ id }) => id)));
      return campaigns.map((campaign) => pastCampaign(campaign, steps.get(campaign.id) ?? []));
    });
  }

  /** How far the campaigns that have ended followed the version. */
  async adherence(version: StoredVersion<'Workflow'>): Promise<Adherence> {
    const campaigns = await this.together('endedOn', version.id, [], (ids) =>
      this.reads.endedOn(ids, MOST_PAST),
    );
    const ids = campaigns.map(({ id }) => id);
    const [events, steps] = await Promise.all([this.reads.stepEvents(ids), this.reads.steps(ids)]);
    return measureAdherence(compiledOf(version), campaigns, events, steps);
  }

  /** Where every part of a campaign stands. */
  async situation(campaign: CampaignRecord): Promise<Situation> {
    const [version, policy, parts] = await Promise.all([
      this.workflowVersion(campaign.versionId),
      campaign.policyVersionId === null ? null : this.version.load(campaign.policyVersionId),
      this.parts(campaign),
    ]);
    const known = situations.get(parts);
    if (known) return known;
    const made = situationOf(
      campaign,
      version,
      (policy?.meaning as Policy | undefined) ?? DEFAULT_POLICY,
      parts,
    );
    // One who writes may have come between the two readings.
    if (parts.revision === campaign.revision) situations.set(parts, made);
    return made;
  }
}

/** By the parts that they follow from, which go with the revision of a campaign. */
const situations = new WeakMap<CampaignParts, Situation>();

function situationOf(
  campaign: CampaignRecord,
  version: StoredVersion<'Workflow'>,
  policy: Policy,
  { steps, gates, handoffs, channels, returns }: CampaignParts,
): Situation {
  const { key, type, risk, labels, flags, budget, status, brief } = campaign;
  const workflow = version.meaning;
  const { regulated } = workflow;
  const facts = {
    ...{ key, type, risk, labels, flags, budget, regulated },
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
  const input = {
    ...{ facts, status, brief, waived: new Set(campaign.waived) },
    channels: new Map(channels.map((each) => [each.channel, each])),
  };
  return new Situation(workflow, compiledOf(version), policy, input, state);
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

const groupByCampaign = <T extends { campaignId: string }>(rows: readonly T[]): Map<string, T[]> =>
  groupsBy(rows, ({ campaignId }) => campaignId);
