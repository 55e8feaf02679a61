import fc from 'fast-check';
import * as actions from '../../../src/domain/campaign/actions.js';
import { type Actor, LOCAL_ACTOR } from '../../../src/domain/campaign/actor.js';
import type { People } from '../../../src/domain/campaign/approvals/people.js';
import { forbidding } from '../../../src/domain/campaign/approvals/approve.js';
import { acceptHandoff, offerHandoff, returnHandoff } from '../../../src/domain/campaign/handoffs.js';
import { deviate } from '../../../src/domain/campaign/deviation.js';
import { Situation } from '../../../src/domain/campaign/situation.js';
import { type Change, channelsAfter, stateAfter } from '../../../src/domain/campaign/state.js';
import { NEWS_KINDS, newsOf } from '../../../src/domain/notification/news.js';
import {
  addressed,
  type Notification,
  type NotificationPart,
} from '../../../src/domain/notification/notification.js';
import { findCycles } from '../../../src/domain/workflow/cycle.js';
import type { Role } from '../../../src/domain/workflow/document.js';
import { compileWorkflow } from '../../../src/domain/workflow/compile.js';
import { fullBrief } from '../../../src/domain/workflow/brief.js';
import type { Workflow } from '../../../src/domain/workflow/workflow.js';
import { AskedLog } from '../../support/asked-log.js';
import { linear, step } from '../../support/definitions.js';
import { Play, workflowAt, workflowOf } from '../../support/play.js';
import { randomWorkflow } from '../../support/random-workflow.js';

const PEOPLE = ['first@example.com', 'second@example.com', 'third@example.com'] as const;
const role = (key: string, ...people: string[]): Role => ({
  ...{ key, name: key, capacity: null, people, delegates: [], timezone: 'Europe/Berlin' },
  ...{ workingDays: [], workingHours: '09:00-17:00', holidays: [] },
});
/** Somebody has several roles, and a role has nobody. */
const ROLES = [
  role('writer', PEOPLE[0], PEOPLE[1]),
  role('brand', PEOPLE[1]),
  role('ops', PEOPLE[0], PEOPLE[2]),
];
const TANGLED = linear(
  step('brief', 'P1D'),
  '{ id: pick, oneOf: [{ id: in-house, responsible: ops, accountable: ops, effort: P1D }, { id: agency, steps: [{ id: agency-copy, responsible: brand, accountable: ops, effort: P1D }] }] }',
  step('extra', 'P1D', `when: "brief.extra == 'yes'"`),
  step(
    'review',
    'P1D',
    'kind: review, rework: { to: pick, via: { id: mend, responsible: ops, accountable: ops, effort: P1D }, max: 2 }',
  ),
  step('send', 'PT1H', 'kind: launch, channel: email'),
).replace('sections:', 'channels: [email]\nsections:');
const FIXED = [workflowAt('tests/fixtures/product-launch.yaml'), workflowOf(TANGLED)];

const nobody: People = { now: new Date(0), roles: ROLES, delegations: [], requests: [] };

/** Everything that may be done, as its changes. */
function offers(situation: Situation, actor: Actor): (readonly Change[])[] {
  const { steps, gates, handoffs } = situation.progress;
  const gateChanges = [...gates].flatMap(([key, { status }]) =>
    status === 'open' || status === 'failed'
      ? (['passed', 'failed'] as const).map((outcome): Change[] => [
          { type: 'gate', key, status: outcome, results: [] },
        ])
      : [],
  );
  const decided = [
    ...[...steps.keys()].flatMap((key) => [
      actions.startStep(situation, actor, key),
      actions.completeStep(situation, actor, key),
      actions.approve(situation, actor, key, null),
      actions.reject(situation, actor, key, 'too long'),
      actions.skipStep(situation, actor, key),
      deviate(situation, actor, {
        kind: 'step',
        key,
        rationale: 'the fair was moved',
        told: ['ops', 'legal'],
      }),
    ]),
    ...[...situation.campaign.channels.keys()].map((key) => actions.launchChannel(situation, actor, key)),
    ...[...handoffs.keys()].flatMap((key) => [
      acceptHandoff(situation, actor, key),
      returnHandoff(situation, actor, { handoff: key, reason: 'the claim is missing' }, nobody),
      offerHandoff(situation, actor, key, nobody),
    ]),
    actions.endCampaign(situation, actor),
  ];
  return [
    ...gateChanges,
    ...decided.flatMap(({ changes }) => (changes && changes.length > 0 ? [changes] : [])),
  ];
}

const partsOf = (message: Omit<Notification, 'recipient'>): readonly NotificationPart[] =>
  message.parts.length > 0 ? message.parts : [message];

interface Told {
  readonly actor: string;
  readonly after: Situation;
  readonly messages: readonly Notification[];
}

/** A campaign that is played by drawn numbers, and who is told what by each action. */
function played(workflow: Workflow, draws: readonly number[]): Told[] {
  const begun = new Play(workflow).situation;
  const channels = new Map(
    [...begun.campaign.channels].map(([key, each]) => [key, { ...each, status: 'planned' as const }]),
  );
  const policy = { ...begun.policy, deviations: [{ from: ['step' as const], when: null, by: ['ops'] }] };
  const facts = { ...begun.campaign.facts, regulated: false };
  const brief = fullBrief(workflow);
  const at = (given: Partial<Situation['campaign']>, state: Situation['state']) =>
    new Situation(
      workflow,
      begun.compiled,
      policy,
      { ...begun.campaign, facts, brief, channels, ...given },
      state,
    );
  const campaign = { key: 'spring', name: 'Spring', plannedLaunchAt: null };
  const log = new AskedLog(ROLES);
  let here = at({}, begun.state);
  const tell = (
    before: Situation | null,
    changes: readonly Change[],
    actor: string,
    moment: number,
  ): Told => {
    const now = new Date(moment * 60_000);
    const news = [...newsOf(before, here, changes, now), ...log.news(here, now)];
    const messages = addressed(news, campaign, { roles: ROLES, actor: actor.toUpperCase(), now });
    return { actor, after: here, messages };
  };
  const told = [tell(null, [], PEOPLE[2], 0)];
  for (const [position, draw] of draws.entries()) {
    const name = PEOPLE[draw % PEOPLE.length] ?? '';
    const actor: Actor = { ...LOCAL_ACTOR, name };
    const open = offers(here, actor);
    const changes = open[draw % open.length];
    if (!changes) break;
    const before = here;
    const status = changes.find((each) => each.type === 'campaign')?.status ?? 'running';
    const live = changes.reduce(
      (all, each) => channelsAfter(all, each, new Date(position)),
      before.campaign.channels,
    );
    here = at({ channels: live, status }, changes.reduce(stateAfter, before.state));
    told.push(tell(before, changes, name, position + 1));
    if (status !== 'running') break;
  }
  return told;
}

const runs = fc
  .tuple(fc.integer({ min: 0, max: 5_000 }), fc.array(fc.nat(), { minLength: 10, maxLength: 80 }))
  .map(([seed, draws]) => ({ workflow: FIXED[seed % 6] ?? randomWorkflow(seed), draws }))
  .filter(({ workflow }) => findCycles(compileWorkflow(workflow)).length === 0);

const law = (holds: (told: readonly Told[], workflow: Workflow) => void) =>
  fc.assert(
    fc.property(runs, ({ workflow, draws }) => holds(played(workflow, draws), workflow)),
    { numRuns: 80, seed: 8 },
  );

describe('who is told what', () => {
  it('tells nobody twice of the same change, and gives each person one message of it', () =>
    law((told) => {
      const keys = told.flatMap(({ messages }) => messages.map(({ key }) => key));
      expect(keys.filter((key, position) => keys.indexOf(key) !== position)).toEqual([]);
      for (const { messages } of told) {
        const whom = messages.map(({ recipient }) => recipient.name);
        expect(new Set(whom).size).toBe(whom.length);
      }
    }));

  it('tells nobody of what they did themselves', () =>
    law((told) => {
      for (const { actor, messages } of told)
        expect(messages.map(({ recipient }) => recipient.name)).not.toContain(actor);
    }));

  it('has told of everything that waits for somebody whoever can do it, but for who made it so', () =>
    law((told) => {
      const known = new Set<string>();
      for (const { actor, after, messages } of told) {
        for (const { recipient, ...message } of messages)
          for (const { subject } of partsOf(message)) known.add(`${subject} ${recipient.name}`);
        for (const [key, { status, part }] of after.progress.steps) {
          if (after.campaign.status !== 'running' || status !== 'ready') continue;
          // Whom a rule does not let decide yet is not asked.
          const isJudged = part.kind === 'approval' || part.kind === 'review';
          if (isJudged && after.blockedBy(...forbidding(part, status)).length > 0) continue;
          for (const each of part.responsible) {
            const people = ROLES.find((one) => one.key === each)?.people ?? [each];
            for (const person of people) {
              if (person === actor) known.add(`${key} ${person}`);
              expect([...known]).toContain(`${key} ${person}`);
            }
          }
        }
      }
    }));

  it('reaches every kind of news that an action can bring', () => {
    const kinds = new Set<string>();
    law((told) =>
      told.forEach(({ messages }) => messages.flatMap(partsOf).forEach(({ kind }) => kinds.add(kind))),
    );
    // Triggers, alerts, migrations and cancellations are no part of these runs.
    const others = ['task-given', 'alert', 'campaign-migrated', 'campaign-cancelled'];
    expect([...kinds, ...others].sort()).toEqual(Object.keys(NEWS_KINDS).sort());
  });
});
