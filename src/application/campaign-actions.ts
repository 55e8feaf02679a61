import type { SignatureMeaning } from '../domain/campaign/approvals/signature.js';
import { OVER_WITH_CAMPAIGN } from '../domain/alert.js';
import * as actions from '../domain/campaign/actions.js';
import * as assets from '../domain/campaign/assets.js';
import type { FlaggedAsset } from '../domain/alignment/asset.js';
import { scopeOf, scopeOfHandoff } from '../domain/campaign/approvals/scope.js';
import * as approvals from '../domain/campaign/approvals/approve.js';
import * as delegations from '../domain/campaign/approvals/delegate.js';
import { assess, type Assessment } from '../domain/campaign/assessment.js';
import type { Actor } from '../domain/campaign/actor.js';
import * as channels from '../domain/campaign/channels.js';
import * as deviations from '../domain/campaign/deviation.js';
import type { Deviation } from '../domain/campaign/deviation.js';
import * as convergence from '../domain/campaign/convergence.js';
import * as handoffs from '../domain/campaign/handoffs.js';
import type { NewDelegation } from '../domain/campaign/state.js';
import { actingAs, contentHashOfHandoff, contentHashOfStep, peopleOf, seenAt } from './people.js';
import { toldSince } from './changed-since.js';
import type { LoadedCampaign, Ports, Stores } from './ports.js';
import { holding, resumed, tellOfHeld } from './held-channels.js';
import { CHECK_MEETINGS } from './meeting-load.js';
import { measurementsFor } from './measure-campaign.js';
import { actOn, type Outcome } from './run-campaign.js';
import { evidenceOf } from './retrospective.js';
import { tellOfPersistentIssues } from './tell-of-reviews.js';

/** Flags that are not given stay as they are. */
export type NewAsset = Omit<FlaggedAsset, 'flags'> & { readonly flags: readonly string[] | null };

/** The actions on a running campaign, one function each; all refuse in the same way and leave one audit record. */
interface On {
  readonly campaign: string;
}

export const startStep = (
  ports: Ports,
  actor: Actor,
  { campaign, step }: On & { step: string },
): Promise<Outcome> =>
  actOn(ports, actor, { name: 'step.start', campaign, subject: step }, (situation) =>
    actions.startStep(situation, actor, step),
  );

export const completeStep = (
  ports: Ports,
  actor: Actor,
  { campaign, step }: On & { step: string },
): Promise<Outcome> =>
  actOn(ports, actor, { name: 'step.complete', campaign, subject: step }, (situation) =>
    actions.completeStep(situation, actor, step),
  );

export const skipStep = (
  ports: Ports,
  actor: Actor,
  { campaign, step }: On & { step: string },
): Promise<Outcome> =>
  actOn(ports, actor, { name: 'step.skip', campaign, subject: step }, (situation) =>
    actions.skipStep(situation, actor, step),
  );

export const approve = (
  ports: Ports,
  actor: Actor,
  {
    campaign,
    step,
    comment,
    contentHash,
    meaning = null,
  }: On & {
    step: string;
    comment: string | null;
    /** What is said with a signature; null where nothing is signed. */
    meaning?: SignatureMeaning | null;
    /** Of what the approver looked at; null where nobody says. */
    contentHash: string | null;
  },
): Promise<Outcome> =>
  actOn(
    ports,
    actor,
    { name: 'step.approve', campaign, subject: step },
    async (situation, loaded, stores) => {
      const assets = await stores.metrics.assets(loaded.id);
      const { briefAuthors } = loaded;
      const found = seenAt(situation, step, { briefAuthors, assets, given: contentHash });
      const part = situation.progress.steps.get(step)?.part;
      const since = part
        ? await toldSince(stores, loaded.id, {
            ...{ ...found, scope: scopeOf(situation, part) },
            hashOf: (held) => contentHashOfStep(situation, part, held.assets, held.brief),
          })
        : '';
      const seen = { ...found, since };
      const people = peopleOf(loaded, ports.clock.now());
      return approvals.approve(situation, actor, { step, comment, meaning }, { seen, people });
    },
  );

export const reject = (
  ports: Ports,
  actor: Actor,
  {
    campaign,
    step,
    comment,
    meaning = null,
  }: On & { step: string; comment: string; meaning?: SignatureMeaning | null },
): Promise<Outcome> =>
  actOn(ports, actor, { name: 'step.reject', campaign, subject: step }, async (situation, loaded, stores) => {
    const assets = await stores.metrics.assets(loaded.id);
    const { briefAuthors } = loaded;
    const seen = seenAt(situation, step, { briefAuthors, assets, given: null });
    const people = peopleOf(loaded, ports.clock.now());
    return approvals.reject(situation, actor, { step, comment, meaning }, { seen, people });
  });

/** Hands a role to another one, or to a person. */
export const delegate = (
  ports: Ports,
  actor: Actor,
  { campaign, delegation }: On & { delegation: NewDelegation },
): Promise<Outcome> =>
  actOn(
    ports,
    actor,
    { name: 'approval.delegate', campaign, subject: delegation.role },
    (situation, loaded) =>
      delegations.delegate(situation, actor, delegation, peopleOf(loaded, ports.clock.now())),
  );

/** Takes a role back that was handed over. */
export const endDelegation = (
  ports: Ports,
  actor: Actor,
  { campaign, role, step }: On & { role: string; step: string | null },
): Promise<Outcome> =>
  actOn(ports, actor, { name: 'approval.end-delegation', campaign, subject: role }, (situation, loaded) =>
    delegations.endDelegation(situation, actor, { role, step }, peopleOf(loaded, ports.clock.now())),
  );

/** Says how much can go wrong, and what the content contains. */
export const assessCampaign = (
  ports: Ports,
  actor: Actor,
  { campaign, dryRun, ...assessment }: On & Assessment & { dryRun: boolean },
): Promise<Outcome> =>
  actOn(ports, actor, { name: 'campaign.assess', campaign, subject: campaign, dryRun }, (situation) =>
    assess(situation, actor, assessment),
  );

export const evaluateGate = (
  ports: Ports,
  actor: Actor,
  { campaign, gate, measurements }: On & { gate: string; measurements: convergence.Measurements },
): Promise<Outcome> =>
  actOn(
    ports,
    actor,
    { name: 'gate.evaluate', campaign, subject: gate },
    async (situation, loaded, stores) => {
      const now = ports.clock.now();
      const acting = actingAs(actor, peopleOf(loaded, now));
      const measured = await measurementsFor(stores, loaded, gate, now);
      const given = { measured, stated: measurements };
      return holding(stores, loaded.id, situation, convergence.evaluateGate(situation, acting, gate, given));
    },
    (stores, loaded, changes) => tellOfHeld(stores, loaded, changes, ports.clock.now()),
  );

export const acceptHandoff = (
  ports: Ports,
  actor: Actor,
  {
    campaign,
    handoff,
    contentHash,
  }: On & {
    handoff: string;
    /** Of what was looked at; null where nobody says. */
    contentHash: string | null;
  },
): Promise<Outcome> =>
  actOn(
    ports,
    actor,
    { name: 'handoff.accept', campaign, subject: handoff },
    async (situation, loaded, stores) => {
      const part = situation.progress.handoffs.get(handoff)?.part;
      const people = peopleOf(loaded, ports.clock.now());
      if (!part) return handoffs.acceptHandoff(situation, actor, handoff, people);
      const hash = contentHashOfHandoff(situation, part, await stores.metrics.assets(loaded.id));
      const compared = { hash, given: contentHash };
      const since = await toldSince(stores, loaded.id, {
        ...{ ...compared, scope: scopeOfHandoff(situation, part) },
        hashOf: (held) => contentHashOfHandoff(situation, part, held.assets, held.brief),
      });
      return handoffs.acceptHandoff(situation, actor, handoff, people, { ...compared, since });
    },
  );

/** Sends a hand-off back, with what is to be mended. */
export const returnHandoff = (
  ports: Ports,
  actor: Actor,
  { campaign, ...given }: On & { handoff: string; reason: string },
): Promise<Outcome> =>
  actOn(ports, actor, { name: 'handoff.return', campaign, subject: given.handoff }, (situation, loaded) =>
    handoffs.returnHandoff(situation, actor, given, peopleOf(loaded, ports.clock.now())),
  );

/** Offers a hand-off again that was sent back. */
export const offerHandoff = (
  ports: Ports,
  actor: Actor,
  { campaign, handoff }: On & { handoff: string },
): Promise<Outcome> =>
  actOn(ports, actor, { name: 'handoff.offer', campaign, subject: handoff }, (situation, loaded) =>
    handoffs.offerHandoff(situation, actor, handoff, peopleOf(loaded, ports.clock.now())),
  );

export const launchChannel = (
  ports: Ports,
  actor: Actor,
  { campaign, channel }: On & { channel: string },
): Promise<Outcome> =>
  actOn(ports, actor, { name: 'channel.launch', campaign, subject: channel }, (situation) =>
    actions.launchChannel(situation, actor, channel, ports.clock.now()),
  );

export const pauseChannel = (
  ports: Ports,
  actor: Actor,
  { campaign, channel, reason }: On & { channel: string; reason: string },
): Promise<Outcome> =>
  actOn(ports, actor, { name: 'channel.pause', campaign, subject: channel }, (situation) =>
    channels.pauseChannel(situation, actor, channel, reason),
  );

export const resumeChannel = (
  ports: Ports,
  actor: Actor,
  { campaign, channel }: On & { channel: string },
): Promise<Outcome> =>
  actOn(
    ports,
    actor,
    { name: 'channel.resume', campaign, subject: channel },
    (situation) => channels.resumeChannel(situation, actor, channel),
    (stores, loaded) => resumed(stores, loaded, channel, ports.clock.now()),
  );

/** Sets what may be spent on channels; the others keep what they have. */
export const setBudget = (
  ports: Ports,
  actor: Actor,
  given: On & { channels: readonly { readonly channel: string; readonly amount: number }[] },
): Promise<Outcome> =>
  actOn(
    ports,
    actor,
    { name: 'budget.set', campaign: given.campaign, subject: given.campaign },
    (situation) => channels.setBudget(situation, actor, given.channels),
  );

/** Finishes what a trigger has asked for. */
export const completeTask = (
  ports: Ports,
  actor: Actor,
  { campaign, task }: On & { task: string },
): Promise<Outcome> =>
  actOn(ports, actor, { name: 'task.complete', campaign, subject: task }, async (situation, { id }, stores) =>
    channels.completeTask(situation, actor, task, await stores.triggers.tasks(id)),
  );

/** Ends a campaign and opens its retrospective, filled in with what was measured (R90). */
export const endCampaign = (ports: Ports, actor: Actor, { campaign }: On): Promise<Outcome> =>
  actOn(
    ports,
    actor,
    { name: 'campaign.end', campaign, subject: campaign },
    (situation) => actions.endCampaign(situation, actor),
    async (stores, loaded) => {
      const now = ports.clock.now();
      const history = await stores.retrospectives.historyOf(loaded.id);
      await stores.retrospectives.open(loaded.id, evidenceOf(loaded, history, now), now);
      await tellOfPersistentIssues(stores, loaded, now);
      await overWith(stores, loaded, now);
    },
  );

/** Goes past a gate, a rule or a mandatory step, where the Policy lets whoever decides it. */
export const deviate = (
  ports: Ports,
  actor: Actor,
  { campaign, deviation }: On & { deviation: Deviation },
): Promise<Outcome> =>
  actOn(
    ports,
    actor,
    { name: 'campaign.deviate', campaign, subject: deviation.key },
    (situation, { roles }) =>
      deviations.deviate(situation, actor, deviation, {
        roles: roles.map(({ key }) => key),
        now: ports.clock.now(),
      }),
  );

export const cancelCampaign = (
  ports: Ports,
  actor: Actor,
  { campaign, reason }: On & { reason: string },
): Promise<Outcome> =>
  actOn(
    ports,
    actor,
    { name: 'campaign.cancel', campaign, subject: campaign },
    (situation) => actions.cancelCampaign(situation, actor, reason),
    (stores, loaded) => overWith(stores, loaded, ports.clock.now()),
  );

async function overWith({ alerts, jobs }: Stores, { key }: LoadedCampaign, now: Date): Promise<void> {
  await alerts.resolveOf(key, OVER_WITH_CAMPAIGN, now);
  await jobs.ask(CHECK_MEETINGS, {}, { key: CHECK_MEETINGS });
}

/** Adds what a channel publishes, or puts another in the place of the one with its key. */
export const addAsset = (
  ports: Ports,
  actor: Actor,
  { campaign, asset, dryRun = false }: On & { asset: NewAsset; dryRun?: boolean },
): Promise<Outcome> =>
  actOn(
    ports,
    actor,
    { name: 'asset.add', campaign, subject: asset.key, dryRun },
    async (situation, { id, taxonomy, plannedLaunchAt }, stores) => {
      const known = await stores.metrics.assets(id);
      const flags = asset.flags ?? known.find(({ key }) => key === asset.key)?.flags ?? [];
      const ground = { taxonomy: taxonomy?.meaning ?? null, plannedLaunchAt, now: ports.clock.now() };
      return assets.addAsset(situation, actor, { ...asset, flags }, known, ground);
    },
  );
