import { actorOf, recordedActor } from '../domain/campaign/actor.js';
import { checkMoves } from '../domain/campaign/machines.js';
import { act, type Acted, actorOfTrigger, type Surroundings } from '../domain/triggers/act.js';
import {
  type Decided,
  decide,
  endOfCondition,
  isUnfit,
  lookbackOf,
  OUTCOMES,
} from '../domain/triggers/decide.js';
import type { Reading } from '../domain/triggers/reading.js';
import type { Trigger } from '../domain/workflow/workflow.js';
import { campaignAfter, inputsOf, measureCampaign } from './measure-campaign.js';
import type { LoadedCampaign, Ports, SignalBatch, Stores, Suppression } from './ports.js';
import { situationOf } from './situation.js';
import { withReopened } from './reopened-handoffs.js';
import { routeRequests } from './route-requests.js';
import { tellOfChanges } from './tell.js';
import { waitForGaps } from './wait-for-gaps.js';

/** Batches that one transaction looks at; the campaign is locked meanwhile. */
const AT_ONCE = 5;

/**
 * Asks the triggers of a campaign about every batch of signals that they were not asked about, in the order of the batches, each
 * with what could be seen then. Every firing and every suppression is recorded with the numbers it saw.
 */
export async function evaluateTriggers(ports: Ports, key: string): Promise<void> {
  let hasMore = true;
  while (hasMore)
    hasMore = await ports.inTransaction((stores) => evaluateSome(stores, key, ports.clock.now()));
}

async function evaluateSome(stores: Stores, key: string, now: Date): Promise<boolean> {
  const locked = await stores.campaigns.lock(key);
  if (!locked) return false;
  const batches = await stores.signals.waiting(locked.id, AT_ONCE);
  if (batches.length === 0) return false;
  // A campaign that has ended meanwhile is not acted on any more.
  if (locked.status === 'running') await evaluate(stores, locked, batches, now);
  await stores.signals.evaluated(
    locked.id,
    batches.map(({ id }) => id),
    now,
  );
  return batches.length === AT_ONCE;
}

async function evaluate(
  stores: Stores,
  locked: LoadedCampaign,
  batches: readonly SignalBatch[],
  now: Date,
): Promise<void> {
  let campaign = locked;
  const fired = new Map(await stores.triggers.lastFired(campaign.id));
  const suppressed = new Map(
    (await stores.triggers.suppressions(campaign.id)).map((each) => [each.trigger, each]),
  );
  for (const { id: upTo, signals } of batches) {
    for (const trigger of campaign.version.meaning.triggers) {
      if (!signals.includes(trigger.signal)) continue;
      const sinceMs = now.getTime() - (suppressed.get(trigger.key)?.seenAt ?? now).getTime();
      const reach = { upTo, lookbackMs: Math.max(lookbackOf(trigger), sinceMs) };
      const { readings, isCut } = await stores.signals.window(campaign.id, trigger.signal, reach);
      const decided = decide(trigger, readings, { now, lastFired: fired.get(trigger.key) ?? null, isCut });
      await noteSuppression(stores, { campaign, trigger, readings, suppressed }, decided, now);
      await tellOfData(stores, campaign, trigger, decided, now);
      if (!decided) continue;
      campaign = await carryOut(stores, campaign, trigger, decided, now);
      if (decided.outcome === 'fired') fired.set(trigger.key, now);
    }
  }
}

/** For how long a trigger is kept back, to be told from one that nobody had a reason to act on (R87). */
async function noteSuppression(
  { triggers }: Stores,
  {
    campaign: { id },
    trigger,
    readings,
    suppressed,
  }: {
    readonly campaign: LoadedCampaign;
    readonly trigger: Trigger;
    readonly readings: readonly Reading[];
    readonly suppressed: Map<string, Suppression>;
  },
  decided: Decided | null,
  now: Date,
): Promise<void> {
  const { key } = trigger;
  const former = suppressed.get(key);
  const over =
    former &&
    (endOfCondition(trigger, readings, former.seenAt) ?? (decided?.outcome === 'fired' ? now : null));
  if (over) {
    await triggers.release(id, key, over);
    suppressed.delete(key);
  }
  if (!decided || !isUnfit(decided.outcome) || suppressed.has(key)) return;
  const suppression = { trigger: key, outcome: decided.outcome, seenAt: decided.seen.at, since: now };
  await triggers.suppress(id, suppression);
  suppressed.set(key, suppression);
}

async function carryOut(
  stores: Stores,
  campaign: LoadedCampaign,
  trigger: Trigger,
  decided: Decided,
  now: Date,
): Promise<LoadedCampaign> {
  const hasFired = decided.outcome === 'fired';
  const {
    taken,
    tell,
    changes: acted,
  }: Omit<Acted, 'around'> = hasFired
    ? act(trigger, await surroundings(stores, campaign))
    : { taken: [], changes: [], tell: [] };
  const situation = situationOf(campaign);
  const changes = await withReopened(stores, campaign, situation, acted, now);
  const { key, signal } = trigger;
  const decision = { ...decided, trigger: key, signal, at: now, actions: taken };
  await stores.triggers.add({ ...decision, campaignId: campaign.id });
  const actor = actorOf(actorOfTrigger(key), []);
  await stores.audit.add({
    happenedAt: now,
    ...recordedActor(actor),
    action: hasFired ? 'trigger.fire' : 'trigger.suppress',
    subject: key,
    campaignId: campaign.id,
    versionId: campaign.version.id,
    commitSha: null,
    before: null,
    after: { ...decided, actions: taken, changes },
  });
  checkMoves(situation, 'trigger.fire', changes);
  await stores.campaigns.apply(campaign, changes, actor, now);
  const after = campaignAfter(campaign, changes, now);
  await measureCampaign(stores, after, inputsOf(changes), now);
  const { asked } = await routeRequests(stores, after, actor.name, now);
  await tellOfChanges(stores, situation, after, { changes, asked, actor: actor.name, now });
  await waitForGaps(stores, after, now);
  if (tell.length > 0) {
    const message = `${what(campaign, trigger, decided)}; ${taken.map(({ text }) => text).join('; ')}`;
    const subject = subjectOf(campaign, trigger);
    // It has happened once more, so people are told once more.
    await stores.alerts.resolve('trigger-fired', subject, now);
    await stores.alerts.raise(
      { kind: 'trigger-fired', subject, message, campaign: campaign.key, roles: tell },
      now,
    );
  }
  return after;
}

async function surroundings(stores: Stores, { id, channels }: LoadedCampaign): Promise<Surroundings> {
  const [tasks, assets] = [await stores.triggers.tasks(id), await stores.metrics.assets(id)];
  const keys = new Map([...channels.keys()].map((channel) => [channel, [] as string[]]));
  for (const asset of assets) keys.get(asset.channel)?.push(asset.key);
  return {
    channels,
    openTasks: new Set(tasks.flatMap(({ key, isDone }) => (isDone ? [] : [key]))),
    assets: keys,
  };
}

/** Data that are not good enough to act on are told of once, until they are good again (R59). */
async function tellOfData(
  { alerts }: Stores,
  campaign: LoadedCampaign,
  trigger: Trigger,
  decided: Decided | null,
  now: Date,
): Promise<void> {
  const subject = subjectOf(campaign, trigger);
  if (!decided || !isUnfit(decided.outcome)) return alerts.resolve('signal-unfit', subject, now);
  const owner = campaign.taxonomy?.meaning.signals.find(({ key }) => key === trigger.signal)?.owner;
  const message = `${what(campaign, trigger, decided)}. ${OUTCOMES[decided.outcome]}${owner === undefined ? '' : ` ${owner} answers for the data.`}`;
  const roles = owner === undefined ? [] : [owner];
  await alerts.raise({ kind: 'signal-unfit', subject, message, campaign: campaign.key, roles }, now);
}

const subjectOf = ({ key }: LoadedCampaign, trigger: Trigger): string => `${key} ${trigger.key}`;

const what = ({ key }: LoadedCampaign, trigger: Trigger, { seen }: Decided): string =>
  `trigger '${trigger.key}' of campaign '${key}': ${trigger.signal} is ${seen.value} (${trigger.when})`;
