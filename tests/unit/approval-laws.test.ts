import fc from 'fast-check';
import {
  accept,
  launchChannel,
  skipStep,
  startStep,
  completeStep,
  type Decision,
} from '../../src/domain/campaign/actions.js';
import { assess } from '../../src/domain/campaign/assessment.js';
import { pauseChannel, resumeChannel } from '../../src/domain/campaign/channels.js';
import { deviate } from '../../src/domain/campaign/deviation.js';
import { acceptHandoff, failedVerifications } from '../../src/domain/campaign/handoffs.js';
import { planLaunch } from '../../src/domain/campaign/launch-plan.js';
import { reopenedHandoffs } from '../../src/domain/campaign/reopened-handoffs.js';
import { type Actor, actorOf, LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { approve, reject } from '../../src/domain/campaign/approvals/approve.js';
import { authorsOf } from '../../src/domain/campaign/approvals/duties.js';
import type { Delegation, OpenRequest, People } from '../../src/domain/campaign/approvals/people.js';
import { delegationsAfter } from '../../src/domain/campaign/approvals/people.js';
import { approvalStatuses } from '../../src/domain/campaign/approvals/statuses.js';
import { isMove, MACHINES } from '../../src/domain/campaign/machines.js';
import type { AuditAction } from '../../src/domain/campaign/audit.js';
import { routing } from '../../src/domain/campaign/approvals/routing.js';
import type { Wanted } from '../../src/domain/campaign/approvals/asked.js';
import { contentText, handoffText, scopeOf } from '../../src/domain/campaign/approvals/scope.js';
import { delegate } from '../../src/domain/campaign/approvals/delegate.js';
import { updateBrief } from '../../src/domain/campaign/brief.js';
import { addAsset } from '../../src/domain/campaign/assets.js';
import { Situation } from '../../src/domain/campaign/situation.js';
import {
  type Brief,
  type CampaignState,
  type Change,
  type ChannelState,
  channelsAfter,
  stateAfter,
} from '../../src/domain/campaign/state.js';
import type { FlaggedAsset } from '../../src/domain/alignment/asset.js';
import { compileWorkflow } from '../../src/domain/workflow/compile.js';
import { DEFAULT_POLICY, type Role } from '../../src/domain/workflow/document.js';
import { workflowOf } from '../support/play.js';

const NOW = new Date('2026-11-23T09:00:00Z');
const SOURCE = `apiVersion: weir/v1
kind: Workflow
id: test
name: Test
steward: a
pattern: sequential
channels: [email]
sections:
  - id: all
    model: linear
    steps:
      - { id: brief, kind: brief, responsible: a, accountable: a, produces: [brief] }
      - { id: claim-ok, kind: approval, concerns: [claim], responsible: a, accountable: b }
      - { id: copy, responsible: a, accountable: a, produces: [copy] }
      - { id: copy-ok, kind: approval, quorum: { atLeast: 2 }, concerns: [email, claim], responsible: [a, b, c], accountable: c, rework: { to: copy, via: { id: mend, responsible: a, accountable: a }, max: 1 } }
      - { id: send, kind: launch, channel: email, responsible: a, accountable: a }
      - { id: look-back, kind: retrospective, responsible: a, accountable: a }
`;
const WORKFLOW = workflowOf(SOURCE);
/** What is handed over can change, be made again, and cease to hold in each way in which something is verified. */
const HANDED = `apiVersion: weir/v1
kind: Workflow
id: test
name: Test
steward: a
pattern: parallel
channels: [email, social]
sections:
  - id: make
    model: parallel
    lanes:
      email:
        steps:
          - { id: copy, responsible: a, accountable: a, produces: [copy] }
          - { id: copy-ok, kind: approval, approves: [copy], responsible: b, accountable: c, rework: { to: copy, via: { id: mend, when: "brief.claim != 'y'", optional: true, responsible: a, accountable: a }, max: 9 } }
      social:
        steps:
          - { id: tease, kind: launch, channel: social, responsible: a, accountable: a }
    gates: [{ id: together, at: endpoint, merge: all, approvers: [a], onFail: block }]
  - id: go
    model: linear
    steps:
      - { id: list, responsible: a, accountable: a }
      - { id: send, kind: launch, channel: email, responsible: a, accountable: a }
handoffs:
  - from: make
    to: go
    payload: [copy, claim, launchDate]
    verify: [payload-complete, approvals-complete, { cel: "passed('together')" }, { cel: "launched('social')" }, { cel: "campaign.risk != 'high'" }]
    mode: async
`;
const LAUNCHES = '{ id: tease, kind: launch, channel: social, responsible: a, accountable: a }';
const HAND_OVERS = [
  HANDED,
  // Where less is verified, work can be returned behind its back.
  HANDED.replace(/verify: .*/, 'verify: [payload-complete]'),
  // Where nothing has been launched, the launch can move.
  HANDED.replace(/verify: .*/, 'verify: [payload-complete]').replace(
    LAUNCHES,
    '{ id: tease, responsible: a, accountable: a }',
  ),
].map(workflowOf);
const POLICY = { ...DEFAULT_POLICY, deviations: [{ when: null, by: ['a'], from: ['step'] as const }] };
/** Rework that opens what was approved before. */
const AROUND = workflowOf(SOURCE.replace('rework: { to: copy,', 'rework: { to: brief,'));
const ROLES: readonly Role[] = ['a', 'b', 'c'].map((key, _, all) => ({
  ...{ key, name: key, capacity: null, people: [], delegates: all.filter((each) => each !== key) },
  ...{ timezone: null, workingDays: [], workingHours: null, holidays: [] },
}));
const UNSEEN = { version: 1, basedOn: null, versions: [] };
const NO_WORDS = { taxonomy: null, plannedLaunchAt: null, now: new Date(0) };
/** What each approval concerns, as the workflow says. */
const CONCERNS: Readonly<
  Record<string, { readonly fields: readonly string[]; readonly hasAssets: boolean }>
> = {
  'claim-ok': { fields: ['claim'], hasAssets: false },
  'copy-ok': { fields: ['claim'], hasAssets: true },
};
const MADE_BY: Readonly<Record<string, readonly string[]>> = {
  'claim-ok': ['brief'],
  'copy-ok': ['copy', 'mend'],
};

/** A campaign in memory, with who wrote what. */
class Campaign {
  readonly #compiled;
  constructor(private readonly workflow = WORKFLOW) {
    this.#compiled = compileWorkflow(workflow);
    this.channels = new Map(
      workflow.channels.map((key) => [key, { status: 'planned', plannedAt: null, launchedAt: null }]),
    );
  }
  state: CampaignState = { steps: new Map(), gates: new Map(), handoffs: new Set(), approvals: [] };
  brief: Brief = {};
  risk = 'medium';
  authors: Record<string, readonly string[]> = {};
  assets: (FlaggedAsset & { writtenBy: readonly string[] })[] = [];
  channels: ReadonlyMap<string, ChannelState>;
  delegations: readonly Delegation[] = [];
  /** What was approved, by step and person. */
  readonly seen = new Map<string, string>();
  /** Who completed a step last. */
  readonly completed = new Map<string, string>();

  get situation(): Situation {
    const facts = {
      key: 'test',
      type: 'test',
      risk: this.risk,
      regulated: false,
      channels: [...this.channels.keys()],
      labels: [],
      flags: [],
      budget: 0,
    };
    const campaign = { facts, status: 'running' as const, brief: this.brief, channels: this.channels };
    return new Situation(this.workflow, this.#compiled, POLICY, campaign, this.state);
  }
  get people(): People {
    return { now: NOW, roles: ROLES, delegations: this.delegations, requests: [] };
  }
  text(key: string): string {
    const step = this.situation.progress.steps.get(key)?.part;
    return step ? contentText(scopeOf(this.situation, step), this.brief, this.assets) : '';
  }
  do(actor: Actor, decision: Decision): boolean {
    const before = { situation: this.situation, assets: this.assets };
    for (const change of decision.changes ?? []) this.apply(change, actor.name);
    const after = { situation: this.situation, assets: this.assets };
    for (const change of reopenedHandoffs(before, after)) this.apply(change, actor.name);
    return decision.changes !== null;
  }
  private apply(change: Change, by: string): void {
    const before = this.brief;
    if (change.type === 'brief') {
      this.brief = change.brief;
      for (const [field, value] of Object.entries(change.brief))
        if (before[field] !== value) this.authors[field] = [...(this.authors[field] ?? []), by];
    }
    if (change.type === 'asset') {
      const writers = this.assets.find(({ key }) => key === change.asset.key)?.writtenBy ?? [];
      this.assets = [
        ...this.assets.filter(({ key }) => key !== change.asset.key),
        { ...change.asset, writtenBy: [...writers, by] },
      ];
    }
    if (change.type === 'assessment') this.risk = change.risk;
    if (change.type === 'handoff') this.seen.set(`handoff ${change.key}`, change.contentHash ?? '');
    if (change.type === 'approval') this.seen.set(`${change.step} ${by}`, change.contentHash ?? '');
    if (change.type === 'step' && change.state.status === 'done') this.completed.set(change.key, by);
    this.delegations = delegationsAfter(this.delegations, change, { by, now: NOW });
    const noted = change.type === 'step' ? { ...change, state: { ...change.state, by } } : change;
    this.state = stateAfter(this.state, noted);
    this.channels = channelsAfter(this.channels, change, NOW);
  }
}

const people = ['ann', 'ben', 'cas'].map((name) =>
  actorOf(name, ['contributor', 'approver', 'steward', 'a', 'b', 'c']),
);
const single = ['a', 'b', 'c'].map((role) => actorOf(`only-${role}`, ['contributor', 'approver', role]));
const actors = [...people, ...single];
const who = fc.nat(actors.length - 1);
const value = fc.constantFrom('x', 'y', 'z');
const task = fc.constantFrom('brief', 'copy', 'mend', 'look-back');
const judged = fc.constantFrom('claim-ok', 'copy-ok');
const on = (key: fc.Arbitrary<string>, weight: number, ...what: string[]) => ({
  weight,
  arbitrary: fc.record({ who, what: fc.constantFrom(...what), key, value }),
});
const event = fc.oneof(
  on(task, 8, 'start', 'complete'),
  on(judged, 8, 'approve'),
  on(judged, 1, 'reject'),
  on(fc.constant(''), 1, 'field', 'asset', 'delegate'),
  on(fc.constant(''), 1, 'launch'),
);
type Event = typeof event extends fc.Arbitrary<infer T> ? T : never;

/** Carries an event out. */
function happen(
  campaign: Campaign,
  { who, what, key, value }: Event,
): { readonly approved: string | null; readonly launched: boolean } {
  const actor = actors[who] ?? LOCAL_ACTOR;
  const { situation } = campaign;
  const none = { approved: null, launched: false };
  switch (what) {
    case 'field':
      campaign.do(
        actor,
        updateBrief(situation, actor, { [value === 'z' ? 'audience' : 'claim']: value }, UNSEEN, () => null),
      );
      return none;
    case 'asset': {
      const asset = {
        key: 'mail',
        channel: 'email',
        text: value,
        offer: null,
        segments: [],
        links: [],
        theme: null,
        plannedAt: null,
        derivedFrom: null,
        flags: [],
      };
      campaign.do(
        actor,
        addAsset(
          situation,
          actor,
          asset,
          campaign.assets.map((each) => ({ ...each, revision: 1, derivedRevision: null })),
          NO_WORDS,
        ),
      );
      return none;
    }
    case 'start':
      campaign.do(actor, startStep(situation, actor, key));
      return none;
    case 'complete':
      campaign.do(actor, completeStep(situation, actor, key));
      return none;
    case 'reject':
      campaign.do(
        actor,
        reject(
          situation,
          actor,
          { step: key, comment: null },
          { seen: { hash: '' }, people: campaign.people },
        ),
      );
      return none;
    case 'delegate': {
      const roles = value === 'x' ? { role: 'a', toRole: 'b' } : { role: 'b', toRole: 'c' };
      const given = { ...roles, toPerson: null, step: null, reason: 'away', until: null };
      campaign.do(actor, delegate(situation, actor, given, campaign.people));
      return none;
    }
    case 'tease':
      campaign.do(actor, launchChannel(situation, actor, 'social'));
      return none;
    case 'pause':
      campaign.do(actor, pauseChannel(situation, actor, 'social', 'wrong offer'));
      return none;
    case 'resume':
      campaign.do(actor, resumeChannel(situation, actor, 'social'));
      return none;
    case 'gate': {
      const status = value === 'x' ? 'failed' : 'passed';
      const isReached = situation.progress.gates.get('together')?.status !== 'waiting';
      if (isReached) campaign.do(actor, accept({ type: 'gate', key: 'together', status, results: [] }));
      return none;
    }
    case 'assess': {
      const risk = value === 'x' ? 'high' : 'medium';
      campaign.do(actor, assess(situation, actor, { risk, flags: null, reason: 'a complaint' }));
      return none;
    }
    case 'skip':
      campaign.do(actor, skipStep(situation, actor, key));
      return none;
    case 'deviate':
      campaign.do(actor, deviate(situation, actor, { kind: 'step', key, rationale: 'late', told: ['a'] }));
      return none;
    case 'plan': {
      const launchAt = new Date(NOW.getTime() + (value === 'x' ? 1 : 2) * 864e5);
      const plan = { launchAt, channels: [] };
      campaign.do(
        actor,
        planLaunch(
          situation,
          actor,
          plan,
          { createdAt: NOW, plannedLaunchAt: null, formerLaunches: [] },
          NOW,
        ),
      );
      return none;
    }
    case 'accept': {
      const handoff = situation.workflow.handoffs.find((each) => each.key === key);
      const hash = handoff ? handoffText(situation, handoff, campaign.assets) : '';
      campaign.do(
        actor,
        acceptHandoff(situation, actor, key, campaign.people, { hash, given: null, since: '' }),
      );
      return none;
    }
    case 'launch':
      return { approved: null, launched: campaign.do(actor, launchChannel(situation, actor, 'email')) };
    default: {
      const step = situation.progress.steps.get(key)?.part;
      const written = { brief: campaign.brief, briefAuthors: campaign.authors, assets: campaign.assets };
      const authors = step ? authorsOf(situation, campaign.state, step, written) : [];
      const seen = { hash: campaign.text(key), given: null, since: '', authors };
      const isDone = campaign.do(
        actor,
        approve(situation, actor, { step: key, comment: null }, { seen, people: campaign.people }),
      );
      return { approved: isDone ? actor.name : null, launched: false };
    }
  }
}

describe('approvals, whatever happens in whatever order', () => {
  it('hold only for what their approver saw, and are never of the approver’s own work', () => {
    let given = 0;
    let launches = 0;
    fc.assert(
      fc.property(fc.array(event, { minLength: 80, maxLength: 160, size: 'max' }), (events) => {
        const campaign = new Campaign();
        for (const each of events) {
          const { approved, launched } = happen(campaign, each);
          const concerns = CONCERNS[each.key];
          if (approved !== null && concerns) {
            given += 1;
            const { fields, hasAssets } = concerns;
            const wrote = [
              ...fields.flatMap((field) => (field in campaign.brief ? (campaign.authors[field] ?? []) : [])),
              ...(hasAssets ? campaign.assets.flatMap(({ writtenBy }) => writtenBy) : []),
              ...(MADE_BY[each.key] ?? []).map((step) =>
                campaign.state.steps.get(step)?.status === 'done' ? campaign.completed.get(step) : undefined,
              ),
            ];
            expect(wrote).not.toContain(approved);
          }
          for (const approval of campaign.state.approvals ?? []) {
            if (approval.round !== (campaign.state.steps.get(approval.step)?.round ?? 0)) continue;
            expect(campaign.seen.get(`${approval.step} ${approval.actor}`)).toBe(
              campaign.text(approval.step),
            );
          }
          if (!launched) continue;
          launches += 1;
          for (const [step, count] of [
            ['claim-ok', 1],
            ['copy-ok', 2],
          ] as const) {
            const round = campaign.state.steps.get(step)?.round ?? 0;
            const holding = (campaign.state.approvals ?? []).filter(
              (one) => one.step === step && one.round === round,
            );
            const byOwner = holding.some(({ forRole }) => step === 'copy-ok' && forRole === 'c') && round > 1;
            expect(new Set(holding.map(({ actor }) => actor)).size).toBeGreaterThanOrEqual(
              byOwner ? 1 : count,
            );
            expect(new Set(holding.map(({ forRole }) => forRole)).size).toBe(holding.length);
          }
        }
      }),
      { numRuns: 300, seed: 20261123 },
    );
    expect(given).toBeGreaterThan(500);
    expect(launches).toBeGreaterThan(10);
  });
});

describe('the machine of an approval', () => {
  const ACTIONS: Readonly<Record<string, AuditAction>> = {
    start: 'step.start',
    complete: 'step.complete',
    approve: 'step.approve',
    reject: 'step.reject',
    field: 'brief.update',
    asset: 'asset.add',
    delegate: 'approval.delegate',
    launch: 'channel.launch',
  };

  it('knows every way in which one gets on, and no other', () => {
    const [seen, strange] = [new Set<string>(), new Set<string>()];
    fc.assert(
      fc.property(
        fc.array(event, { minLength: 80, maxLength: 160, size: 'max' }),
        fc.boolean(),
        (events, isPlain) => {
          const campaign = new Campaign(isPlain ? WORKFLOW : AROUND);
          let before = approvalStatuses(campaign.situation);
          for (const each of events) {
            happen(campaign, each);
            const action = ACTIONS[each.what] ?? null;
            const after = approvalStatuses(campaign.situation);
            for (const [key, to] of after) {
              const from = before.get(key) ?? 'waiting';
              if (from === to) continue;
              const [by] = [action, null].filter((one) => isMove('approval', from, to, one));
              if (by === undefined) strange.add(`${key}: ${from} → ${to} by ${action ?? ''}`);
              else seen.add(`${from} → ${to} by ${by ?? 'itself'}`);
            }
            before = after;
          }
        },
      ),
      { numRuns: 300, seed: 20261123 },
    );
    expect([...strange]).toEqual([]);
    // Of each move every state that it begins in or leads to, and every action that these campaigns have.
    const moves = MACHINES.approval.moves.flatMap(({ from, to, by }) => {
      const gone = from.flatMap((one) =>
        to.flatMap((other) =>
          (by.length === 0 ? ['itself'] : by).flatMap((each) =>
            seen.has(`${one} → ${other} by ${each}`) ? [one, other, each] : [],
          ),
        ),
      );
      const all: readonly string[] = [...from, ...to, ...by];
      return all
        .filter((each) => !gone.includes(each))
        .map((each) => `${from.join()} → ${to.join()}: ${each}`);
    });
    expect(moves).toEqual([
      'given → waiting,asked: launch.plan',
      'given → waiting,asked: campaign.assess',
      'given → waiting: step.skip',
      'given → waiting: campaign.deviate',
    ]);
  });
});

describe('hand-offs, whatever happens in whatever order', () => {
  const all = fc.oneof(
    on(fc.constantFrom('copy', 'mend', 'tease', 'list'), 10, 'start', 'complete'),
    on(fc.constant('copy-ok'), 5, 'approve'),
    on(fc.constant('copy-ok'), 2, 'reject'),
    on(fc.constant(''), 1, 'assess'),
    on(fc.constant('mend'), 4, 'skip', 'deviate'),
    on(fc.constant('make-to-go'), 8, 'accept'),
    on(fc.constant(''), 4, 'tease', 'resume', 'gate'),
    on(fc.constant(''), 1, 'field', 'asset', 'gate', 'pause', 'plan'),
    on(fc.constant(''), 1, 'launch'),
  );
  /** How a hand-off comes to be accepted first. */
  const TAKEN_OVER = (
    [
      ['tease', ''],
      ['start', 'tease'],
      ['complete', 'tease'],
      ['start', 'copy'],
      ['complete', 'copy'],
      ['approve', 'copy-ok'],
      ['gate', ''],
      ['accept', 'make-to-go'],
    ] as const
  ).map(([what, key]): Event => ({ who: what === 'approve' ? 1 : 0, what, key, value: 'y' }));
  const ACTIONS: Readonly<Record<string, AuditAction>> = {
    ...{ start: 'step.start', complete: 'step.complete', approve: 'step.approve', reject: 'step.reject' },
    ...{ skip: 'step.skip', deviate: 'campaign.deviate', accept: 'handoff.accept', field: 'brief.update' },
    ...{ asset: 'asset.add', tease: 'channel.launch', launch: 'channel.launch', pause: 'channel.pause' },
    ...{ resume: 'channel.resume', gate: 'gate.evaluate', assess: 'campaign.assess', plan: 'launch.plan' },
  };

  it('are accepted only as long as what was taken over is what it was, and is verified (R12, R45)', () => {
    const [seen, strange] = [new Set<string>(), new Set<string>()];
    const ground = fc.record({ workflow: fc.constantFrom(...HAND_OVERS), claim: value });
    let kept = 0;
    fc.assert(
      fc.property(
        ground,
        fc.array(all, { minLength: 80, maxLength: 160, size: 'max' }),
        ({ workflow, claim }, events) => {
          const campaign = new Campaign(workflow);
          campaign.brief = { claim, launchDate: '2026-12-01' };
          const [handoff] = workflow.handoffs;
          if (!handoff) throw new Error('there is a hand-off');
          let before = campaign.situation;
          for (const each of [...TAKEN_OVER, ...events]) {
            happen(campaign, each);
            const after = campaign.situation;
            const [from, to] = [before, after].map(
              ({ progress }) => progress.handoffs.get(handoff.key)?.status ?? 'waiting',
            );
            if (from !== to) {
              const action = ACTIONS[each.what] ?? null;
              const by = [action, null].find((one) => isMove('handoff', from ?? '', to ?? '', one));
              if (by === undefined) strange.add(`${from} → ${to} by ${action}`);
              else seen.add(`${from} → ${to} by ${by ?? 'itself'}`);
            }
            // What the receiving side has finished stays finished.
            if (before.isDone('list')) expect(after.isDone('list')).toBe(true);
            if (to === 'accepted') {
              expect(campaign.seen.get(`handoff ${handoff.key}`)).toBe(
                handoffText(after, handoff, campaign.assets),
              );
              expect(failedVerifications(after, handoff)).toEqual([]);
            } else if (after.isDone('list')) {
              kept += 1;
              // It was opened again, and nothing goes on behind it.
              expect(launchChannel(after, LOCAL_ACTOR, 'email').changes).toBeNull();
            }
            before = after;
          }
        },
      ),
      { numRuns: 300, seed: 20261123 },
    );
    expect([...strange]).toEqual([]);
    expect(kept).toBeGreaterThan(100);
    const reopening = MACHINES.handoff.moves.find(({ from }) => from.includes('accepted'));
    const unseen = (reopening?.by ?? []).filter(
      (action) => !seen.has(`accepted → open by ${action}`) && !seen.has(`accepted → waiting by ${action}`),
    );
    expect(unseen).toEqual(['trigger.fire']);
    expect([...seen].some((each) => each.startsWith('accepted → open by'))).toBe(true);
    expect([...seen].some((each) => each.startsWith('accepted → waiting by'))).toBe(true);
  });

  it('can be accepted again when work behind them is done, though they verify that it is not', () => {
    const campaign = new Campaign(
      workflowOf(HANDED.replace(/verify: .*/, `verify: [payload-complete, { cel: "!done('list')" }]`)),
    );
    campaign.brief = { claim: 'x', launchDate: '2026-12-01' };
    const status = () => campaign.situation.progress.handoffs.get('make-to-go')?.status;
    const then = (what: Event['what'], key: string, value: Event['value'] = 'y') =>
      happen(campaign, { who: 0, what, key, value });
    for (const each of TAKEN_OVER) happen(campaign, each);
    then('start', 'list');
    then('complete', 'list');
    expect([campaign.situation.isDone('list'), status()]).toEqual([true, 'accepted']);
    then('field', '');
    expect(status()).toBe('open');
    then('accept', 'make-to-go');
    expect([campaign.situation.isDone('list'), status()]).toEqual([true, 'accepted']);
  });
});

const instant = fc.integer({ min: 0, max: 200 }).map((hours) => new Date(NOW.getTime() + hours * 3_600_000));
const delegation: fc.Arbitrary<Delegation> = fc
  .record({
    role: fc.constantFrom('a', 'b', 'c'),
    step: fc.constantFrom(null, 'x'),
    toRole: fc.constantFrom('a', 'b', 'c'),
    toPerson: fc.constant(null),
    reason: fc.constant('away'),
    until: fc.option(instant),
    by: fc.constant('somebody'),
    at: instant,
  })
  .filter(({ role, toRole }) => role !== toRole);
const absences = fc.array(
  fc.record({
    from: fc.constantFrom('2026-11-23', '2026-11-25'),
    to: fc.constantFrom('2026-11-25', '2026-11-29'),
  }),
  { maxLength: 1 },
);
const wantedOf = (role: string, within: string | null): Wanted => ({
  ...{ step: 'x', handoff: null, isReturned: false, role, rule: 'default', because: 'responsible', within },
  above: ['b', 'c'],
});

describe('routing', () => {
  const world = fc.record({
    delegations: fc.array(delegation, { maxLength: 3 }),
    absences: fc.tuple(absences, absences, absences),
    within: fc.constantFrom(null, 'PT8H', 'P2D'),
    wanted: fc.subarray(['a', 'b', 'c'], { minLength: 1 }),
    times: fc.array(instant, { minLength: 1, maxLength: 12 }),
  });

  it('is a function of what is wanted, of who there is, of the log and the time; asking again changes nothing', () => {
    fc.assert(
      fc.property(world, ({ delegations, absences: away, within, wanted, times }) => {
        const roles = ROLES.map((role, at) => ({ ...role, absences: away[at] ?? [] }));
        const all = wanted.map((role) => wantedOf(role, within));
        let log: OpenRequest[] = [];
        for (const now of [...times].sort((one, other) => one.getTime() - other.getTime())) {
          const known = delegations.filter(({ at }) => at <= now);
          const at = (requests: readonly OpenRequest[]): People => ({
            now,
            roles,
            delegations: known,
            requests,
          });
          const routed = routing(all, at(log));
          expect(routing(all, at(log))).toEqual(routed);
          const passed = new Set(routed.passed.map(({ request }) => request.id));
          log = log.map((each) => (passed.has(each.id) ? { ...each, passedAt: now } : each));
          log.push(
            ...routed.asked.map((each, index) => ({ ...each, id: `${log.length + index}`, passedAt: null })),
          );
          const again = routing(all, at(log));
          expect([again.asked, again.answered, again.passed]).toEqual([[], [], []]);
          // Of every role somebody is asked, and nobody twice in a row, but where they stand in for longer or less long.
          for (const role of wanted) {
            const lines = log.filter((each) => each.role === role);
            expect(lines.length).toBeGreaterThan(0);
            const asked = lines.map((line) => `${line.asked} ${line.until?.getTime()}`);
            asked.slice(1).forEach((line, index) => expect(line).not.toBe(asked[index]));
          }
        }
        expect(routing([], { now: NOW, roles, delegations: [], requests: log }).answered).toEqual(log);
      }),
      { numRuns: 80, seed: 20261123 },
    );
  });
});
