import { actorOf, LOCAL_ACTOR } from '../../src/domain/campaign/actor.js';
import { approve } from '../../src/domain/campaign/approvals/approve.js';
import { wantedIn } from '../../src/domain/campaign/approvals/asked.js';
import { addAsset } from '../../src/domain/campaign/assets.js';
import { pauseChannel } from '../../src/domain/campaign/channels.js';
import { deviate } from '../../src/domain/campaign/deviation.js';
import { planLaunch } from '../../src/domain/campaign/launch-plan.js';
import { Situation } from '../../src/domain/campaign/situation.js';
import { type ChannelState, EMPTY_STATE, type StepState } from '../../src/domain/campaign/state.js';
import { compileWorkflow } from '../../src/domain/workflow/compile.js';
import { DEFAULT_POLICY } from '../../src/domain/workflow/document.js';
import { workflowOf } from '../support/play.js';

const WORKFLOW = workflowOf(`apiVersion: weir/v1
kind: Workflow
id: held
name: Held
steward: ops
pattern: parallel
channels: [email]
sections:
  - id: sign
    model: linear
    steps:
      - { id: brief, kind: brief, responsible: ops, accountable: ops, effort: P1D }
      - { id: brief-ok, kind: approval, responsible: brand, accountable: ops, effort: P1D }
      - { id: copy, responsible: writer, accountable: ops, effort: P1D }
      - { id: copy-ok, kind: review, responsible: [brand, legal], quorum: all, accountable: ops, effort: P1D }
      - { id: send, kind: launch, channel: email, responsible: ops, accountable: ops, effort: PT1H }
      - { id: look-back, kind: retrospective, responsible: ops, accountable: ops, effort: PT1H }
rules:
  - { id: tone-first, block: "complete:copy-ok", until: "has(brief.tone)" }
`);
const COMPILED = compileWorkflow(WORKFLOW);
const PEOPLE = { now: new Date(0), roles: [], delegations: [], requests: [] };
const done: StepState = { status: 'done', round: 0 };

function at(
  steps: Readonly<Record<string, StepState>>,
  { brief = {}, email = {} }: { brief?: Record<string, string>; email?: Partial<ChannelState> } = {},
): Situation {
  const facts = { key: 'held', type: 'held', risk: 'low', regulated: false, channels: ['email'] };
  const channel = { status: 'planned' as const, plannedAt: new Date(0), launchedAt: null, ...email };
  const campaign = {
    facts: { ...facts, labels: [], flags: [], budget: 0 },
    ...{ status: 'running' as const, brief, channels: new Map([['email', channel]]) },
  };
  const state = { ...EMPTY_STATE, steps: new Map(Object.entries(steps)), approvals: [] };
  return new Situation(WORKFLOW, COMPILED, DEFAULT_POLICY, campaign, state);
}
const behind = { brief: done, 'brief-ok': done, copy: done };
const person = (name: string, ...roles: string[]) => actorOf(name, ['contributor', 'approver', ...roles]);
const look = (authors: { actor: string; did: string }[] = []) => ({
  seen: { hash: 'h', given: null, since: '', authors },
  people: PEOPLE,
});

describe('a rule on an approval', () => {
  const judgement = { step: 'copy-ok', comment: null };
  it('forbids it, and nobody is asked, until the rule holds', () => {
    const held = at(behind);
    const { refusals } = approve(held, person('b@example.com', 'brand'), judgement, look());
    expect(refusals).toMatchObject([{ code: 'BLOCKED_BY_RULE', rule: 'tone-first' }]);
    expect(wantedIn(held)).toEqual([]);
    const free = at(behind, { brief: { tone: 'calm' } });
    expect(approve(free, person('b@example.com', 'brand'), judgement, look()).refusals).toEqual([]);
    expect(wantedIn(free).map(({ role }) => role)).toEqual(['brand', 'legal']);
  });
});

describe('who approves', () => {
  const judgement = { step: 'brief-ok', comment: null };
  it('is the same person in upper case', () => {
    const situation = at({ brief: done });
    const wrote = look([{ actor: 'em@example.com', did: "wrote 'tone' of the brief" }]);
    const { refusals } = approve(situation, person('Em@Example.com', 'brand'), judgement, wrote);
    expect(refusals).toMatchObject([{ code: 'SELF_APPROVAL' }]);
  });
});

describe('what was approved', () => {
  it('has to be approved again when the launch is moved, as its date stands in the brief', () => {
    const situation = at({ brief: done, 'brief-ok': done }, { brief: { launchDate: '2027-01-11' } });
    const plans = { plannedLaunchAt: new Date('2027-01-11T09:00:00Z'), formerLaunches: [] };
    const plan = { launchAt: new Date('2027-03-01T09:00:00Z'), channels: [] };
    const known = { ...plans, createdAt: new Date(0) } as never;
    const { changes } = planLaunch(situation, LOCAL_ACTOR, plan, known, new Date('2026-12-01T09:00:00Z'));
    expect(changes).toContainEqual(expect.objectContaining({ type: 'invalidation', key: 'brief-ok' }));
    expect(changes).toContainEqual({ type: 'step', key: 'brief-ok', state: { status: 'started', round: 0 } });
  });

  it('cannot be said to contain less but by a steward', () => {
    const asset = {
      ...{ key: 'mail', channel: 'email', text: 'Lamps', offer: null, segments: [], links: [], theme: null },
      ...{ plannedAt: null, derivedFrom: null, revision: 1, derivedRevision: null },
    };
    const known = [{ ...asset, flags: ['price-claim'] }];
    const words = { taxonomy: null, plannedLaunchAt: null, now: new Date(0) };
    const say = (actor: typeof LOCAL_ACTOR, flags: string[]) =>
      addAsset(at({}), actor, { ...asset, flags }, known, words).refusals.map(({ code }) => code);
    expect(say(person('w@example.com', 'writer'), [])).toEqual(['ROLE_MISSING']);
    expect(say(person('w@example.com', 'writer'), ['price-claim', 'health'])).toEqual([]);
    expect(say(LOCAL_ACTOR, [])).toEqual([]);
  });
});

describe('a channel that a trigger has paused', () => {
  it('is a person’s when a person pauses it, and stays as it is when a person had', () => {
    const pause = (pausedBy: string) =>
      pauseChannel(at({}, { email: { status: 'paused', pausedBy } }), LOCAL_ACTOR, 'email', 'a complaint')
        .changes;
    expect(pause('trigger bad')).toEqual([
      { type: 'pause', channel: 'email', reason: 'a complaint', by: 'local' },
    ]);
    expect(pause('ops@example.com')).toEqual([]);
  });
});

describe('who is told of a deviation', () => {
  it('has to be there, where a Team says who is', () => {
    const told = (role: string) =>
      deviate(
        at(behind),
        LOCAL_ACTOR,
        { kind: 'rule', key: 'tone-first', rationale: 'The fair is today.', told: [role, ''] },
        { roles: ['ops', 'brand'] },
      ).refusals.map(({ code, message }) => [code, message]);
    expect(told('brnd')).toEqual([['UNKNOWN_ROLE', "there is no role 'brnd', did you mean 'brand'?"]]);
    expect(told('brand')).toMatchObject([['DEVIATION_NOT_ALLOWED', expect.any(String)]]);
  });
});
