import { randomBeta, randomLcg } from 'd3-random';
import { Readable } from 'node:stream';
import { acknowledgeAlert } from '../application/acknowledge-alert.js';
import * as actions from '../application/campaign-actions.js';
import { completeReview } from '../application/complete-review.js';
import { createCampaign } from '../application/create-campaign.js';
import type { Proposing } from '../application/finish-proposal.js';
import type { InTransaction, Ports } from '../application/ports.js';
import type { Reads } from '../application/reads.js';
import { replaceAudience } from '../application/replace-audience.js';
import type { Outcome } from '../application/run-campaign.js';
import { situationOf } from '../application/situation.js';
import { type Actor, actorOf, LOCAL_ACTOR } from '../domain/campaign/actor.js';
import type { SignatureMeaning } from '../domain/campaign/approvals/signature.js';
import type { Situation } from '../domain/campaign/situation.js';
import { walk } from '../domain/workflow/compiled.js';
import type { Step } from '../domain/workflow/workflow.js';
import { listOf } from '../domain/alignment/drift.js';
import { type ExampleCampaign, exampleCampaigns } from './campaigns.js';
import { publishedBy } from './campaigns/published.js';
import { expectDone, STEWARD } from './people.js';
import { exampleRetrospectives, lookBack } from './retrospectives.js';
import { exampleReviews } from './reviews.js';
import { Timeline } from './timeline.js';
import { afterWorkingHours, workingHoursOf } from './working-time.js';

/** What the example is played on. */
export interface Stage {
  readonly inTransaction: InTransaction;
  /** Of the same transaction, for what looks at what was played. */
  readonly reads: Reads;
  /** On the repository as it stood at a moment. */
  readonly proposing: (now: () => Date) => Proposing;
}

/**
 * Plays the example through the use cases, all on one simulated clock, so that its records stand in the order of time.
 * Every duration comes from the pinned version's efforts and the campaign's seed.
 * @param today the same UTC day gives the same world
 */
export async function playExample(
  { inTransaction, reads, proposing }: Stage,
  today: Date,
  progress: (done: number, total: number) => void = () => undefined,
): Promise<void> {
  const timeline = new Timeline();
  const ports: Ports = { clock: { now: () => timeline.now }, inTransaction };
  const campaigns = exampleCampaigns(today);
  const retrospectives = exampleRetrospectives(today);
  const people = { ports, timeline, proposing: proposing(() => timeline.now) };
  let done = 0;
  for (const campaign of campaigns) {
    const player = new Player(ports, timeline, campaign, () => {
      progress(++done, campaigns.length);
      const retrospective = retrospectives.find((each) => each.campaign === campaign.key);
      if (retrospective) lookBack(people, retrospective);
    });
    timeline.at(campaign.startsAt, () => player.begin());
  }
  for (const { at, ...review } of exampleReviews(today))
    timeline.at(at, async () => {
      await lookAtWhatIsDue(ports, reads, review.quarter);
      const refusals = await completeReview(ports, reads, STEWARD, review);
      expectDone({ refusals }, review.quarter);
    });
  await timeline.run();
}

/** Whoever reviews has looked at what called for it. */
async function lookAtWhatIsDue(ports: Ports, reads: Reads, quarter: string): Promise<void> {
  const page = { first: 100, after: null, last: null, before: null };
  const open = await reads.alerts(
    page,
    { kind: ['review-due'], isOpen: true },
    { field: 'time', direction: 'asc' },
  );
  const note = `looked at in the review of ${quarter}`;
  for (const { node } of open.edges)
    expectDone(await acknowledgeAlert(ports, STEWARD, { alert: node.id, note }), node.subject);
}

class Player {
  readonly #random: () => number;
  readonly #begun = new Set<string>();
  /** Steps whose work is done but which a rule, or a draft they began on, does not let end yet. */
  readonly #held = new Set<Step>();
  /** Where it is, whoever decides signs. */
  #isRegulated = false;
  readonly #toReject: Set<string>;
  readonly #stopAt: Date | null;

  constructor(
    private readonly ports: Ports,
    private readonly timeline: Timeline,
    private readonly campaign: ExampleCampaign,
    private readonly finished: () => void,
  ) {
    this.#random = randomLcg(campaign.seed / 2 ** 32);
    this.#toReject = new Set(campaign.rejections);
    const { stopAfter, startsAt } = campaign;
    this.#stopAt = stopAfter === null ? null : new Date(startsAt.getTime() + stopAfter * 3_600_000);
  }

  async begin(): Promise<void> {
    const { key, name, workflow, risk, labels, brief, plannedLaunchAt } = this.campaign;
    const input = {
      key,
      name,
      workflow,
      risk,
      labels,
      brief,
      plannedLaunchAt,
      type: null,
      budget: 10_000,
      flags: [],
      channels: [],
    };
    expectDone(await createCampaign(this.ports, STEWARD, input), key);
    await this.publish();
    if (this.#stopAt) this.finished();
    await this.advance();
  }

  private async publish(): Promise<void> {
    const { key: campaign, plannedLaunchAt, brief } = this.campaign;
    const { assets, audiences } = publishedBy(campaign, plannedLaunchAt, listOf(brief['segments']));
    for (const asset of assets)
      expectDone(
        await actions.addAsset(this.ports, STEWARD, { campaign, asset: { ...asset, flags: [] } }),
        asset.key,
      );
    for (const { channel, members } of audiences) {
      const lines = Readable.from([Buffer.from(members.join('\n'))]);
      await replaceAudience(this.ports, STEWARD, { campaign, channel }, lines);
    }
  }

  /**
   * Does everything that can be done at once and plans when the rest will be done.
   * @param known where everything stands, from who has just looked
   */
  private async advance(known: Situation | null = null): Promise<void> {
    if (this.#held.size > 0) known = null;
    for (const step of this.#held) await this.finish(step);
    for (let again = true; again; known = null) {
      again = false;
      const situation = known ?? (await this.situation());
      for (const handoff of situation.progress.handoffs.values()) {
        if (handoff.status !== 'open') continue;
        const receiver = actorOf(`${situation.receiversOf(handoff.part.key)[0] ?? 'nobody'}@example.com`, [
          'contributor',
          ...situation.receiversOf(handoff.part.key),
        ]);
        const outcome = await actions.acceptHandoff(this.ports, receiver, {
          contentHash: null,
          campaign: this.campaign.key,
          handoff: handoff.part.key,
        });
        again ||= outcome.refusals.length === 0;
      }
      for (const gate of situation.progress.gates.values()) {
        if (gate.status !== 'open') continue;
        const roles = situation.gateRoles(gate.part.key);
        const campaign = this.campaign.key;
        const measurements = Object.fromEntries(
          Object.entries(this.campaign.measurements).filter(([metric]) =>
            gate.part.checks.some((check) => check.metric === metric),
          ),
        );
        const actor = actorOf(`${roles[0] ?? 'nobody'}@example.com`, ['contributor', ...roles]);
        expectDone(
          await actions.evaluateGate(this.ports, actor, { campaign, gate: gate.part.key, measurements }),
          campaign,
        );
        again = true;
      }
      const taken = this.choose(situation);
      for (const { part, status } of situation.progress.steps.values()) {
        if (status !== 'ready' || !taken(part.key) || this.#begun.has(part.key)) continue;
        await this.start(part);
        again = true;
      }
      if (!again && situation.progress.open.length === 0 && situation.campaign.status === 'running') {
        expectDone(
          await actions.endCampaign(this.ports, STEWARD, { campaign: this.campaign.key }),
          this.campaign.key,
        );
        this.finished();
      }
    }
  }

  private meaningAt({ kind }: Step): SignatureMeaning | null {
    if (!this.#isRegulated) return null;
    return kind === 'review' ? 'review' : 'approval';
  }

  private situation(): Promise<Situation> {
    return this.ports.inTransaction(async (stores) => {
      const loaded = await stores.campaigns.lock(this.campaign.key);
      if (!loaded) throw new Error(`the example campaign '${this.campaign.key}' is gone`);
      this.#isRegulated = loaded.version.meaning.regulated;
      return situationOf(loaded);
    });
  }

  /** Of every choice that is open, draws one branch by weight; steps of the others are not begun. */
  private choose(situation: Situation): (step: string) => boolean {
    const left = new Set<string>();
    for (const node of walk(situation.compiled.root)) {
      if (node.type !== 'choice') continue;
      const keys = node.branches.map((branch) =>
        [...walk(branch)].flatMap((each) => (each.type === 'step' ? [each.step.key] : [])),
      );
      if (!keys.flat().some((key) => situation.progress.steps.get(key)?.status === 'ready')) continue;
      if (keys.flat().some((key) => this.#begun.has(key))) continue;
      let lot = this.#random() * node.weights.reduce((sum, weight) => sum + weight, 0);
      const drawn = node.weights.findIndex((weight) => (lot -= weight) < 0);
      keys.forEach((branch, position) => {
        if (position !== Math.max(0, drawn)) for (const key of branch) left.add(key);
      });
    }
    return (step) => !left.has(step);
  }

  private async start(step: Step): Promise<void> {
    this.#begun.add(step.key);
    if (step.kind !== 'launch') {
      expectDone(
        await actions.startStep(this.ports, memberOf(step), { campaign: this.campaign.key, step: step.key }),
        step.key,
      );
    }
    const waiting = step.waiting === null ? 0 : workingHoursOf(step.waiting);
    const finish = afterWorkingHours(this.timeline.now, waiting + this.sampleHours(step));
    if (this.#stopAt && finish > this.#stopAt) return;
    this.timeline.at(finish, async () => {
      await this.advance(await this.finish(step));
    });
  }

  /**
   * Ends a step. What is refused is tried again whenever something else has happened.
   * @returns where everything stands then; null where it has not ended
   */
  private async finish(step: Step): Promise<Situation | null> {
    const on = { campaign: this.campaign.key, step: step.key };
    const member = memberOf(step);
    if (this.#toReject.delete(step.key)) {
      this.#begun.delete(step.key);
      expectDone(
        await actions.reject(this.ports, member, {
          ...{ ...on, comment: 'does not match the brief yet', meaning: this.meaningAt(step) },
        }),
        step.key,
      );
      return null;
    }
    const outcome = await this.end(step, member);
    if (outcome.refusals.length > 0) {
      this.#held.add(step);
      return null;
    }
    this.#held.delete(step);
    const situation = await this.situation();
    for (const key of this.#begun)
      if (situation.progress.steps.get(key)?.status === 'ready') this.#begun.delete(key);
    return situation;
  }

  private end(step: Step, member: Actor): Promise<Outcome> {
    const on = { campaign: this.campaign.key, step: step.key };
    if (step.kind === 'launch')
      return actions.launchChannel(this.ports, member, {
        campaign: this.campaign.key,
        channel: step.channel ?? '',
      });
    if (step.kind === 'approval' || step.kind === 'review')
      return actions.approve(this.ports, member, {
        ...{ ...on, comment: null, contentHash: null, meaning: this.meaningAt(step) },
      });
    return actions.completeStep(this.ports, member, on);
  }

  private sampleHours(step: Step): number {
    if (!step.effort) return 1;
    const { optimistic, likely, pessimistic } = step.effort;
    const [low, mode, high] = [optimistic, likely, pessimistic].map(workingHoursOf) as [
      number,
      number,
      number,
    ];
    if (high <= low) return mode;
    const [alpha, beta] = [1 + (4 * (mode - low)) / (high - low), 1 + (4 * (high - mode)) / (high - low)];
    return low + randomBeta.source(this.#random)(alpha, beta)() * (high - low);
  }
}

function memberOf(step: Step): Actor {
  const name = `${step.responsible[0] ?? step.accountable}@example.com`;
  return actorOf(name, ['contributor', 'approver', ...step.responsible], LOCAL_ACTOR.origin);
}
