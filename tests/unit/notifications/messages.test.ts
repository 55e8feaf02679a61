import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as actions from '../../../src/domain/campaign/actions.js';
import { type Actor, LOCAL_ACTOR } from '../../../src/domain/campaign/actor.js';
import { evaluateGate } from '../../../src/domain/campaign/convergence.js';
import { acceptHandoff } from '../../../src/domain/campaign/handoffs.js';
import type { Situation } from '../../../src/domain/campaign/situation.js';
import type { Change } from '../../../src/domain/campaign/state.js';
import { messageOf } from '../../../src/domain/notification/message.js';
import { type News, newsOf } from '../../../src/domain/notification/news.js';
import { AskedLog } from '../../support/asked-log.js';
import { addressed, type Notification } from '../../../src/domain/notification/notification.js';
import { asCloudEvent, asSlack, asWebhook } from '../../../src/notify/render.js';
import { Play, workflowAt } from '../../support/play.js';

/** Written anew with WRITE_GOLDEN=1, and then read by whoever changed it. */
const GOLDEN = path.join('tests', 'fixtures', 'notifications', 'messages.txt');
const BODIES = path.join('tests', 'fixtures', 'notifications', 'bodies.txt');
const NOW = new Date('2026-11-23T09:00:00Z');
const role = (key: string, people: string[] = []) => ({
  ...{ key, name: key, capacity: null, people, delegates: [], timezone: 'Europe/Berlin' },
  ...{ workingDays: [], workingHours: '09:00-17:00', holidays: [] },
});
const ROLES = [
  role('campaign-manager', ['campaign-manager@example.com']),
  role('creative-lead', ['creative-lead@example.com']),
  role('email-lead', ['email-lead@example.com']),
  role('brand', ['brand@example.com']),
];
const CAMPAIGN = {
  key: 'summer',
  name: 'Summer <launch> & fair',
  plannedLaunchAt: new Date('2027-05-04T07:00:00Z'),
};
const addressedTo = (news: readonly News[]) =>
  addressed(news, CAMPAIGN, { roles: ROLES, actor: null, now: NOW });

/** Plays the product launch as far as it brings every kind of message, and returns what is told at each action. */
function story(): [string, Notification[]][] {
  const play = new Play(workflowAt('tests/fixtures/product-launch.yaml'));
  const told: [string, Notification[]][] = [];
  const log = new AskedLog(ROLES);
  const tell = (name: string, before: Situation | null, changes: readonly Change[]) =>
    told.push([
      name,
      addressedTo([...newsOf(before, play.situation, changes, NOW), ...log.news(play.situation, NOW)]),
    ]);
  const act = (name: string, decide: (situation: Situation, actor: Actor) => actions.Decision) => {
    const before = play.situation;
    const { changes, refusals } = decide(before, LOCAL_ACTOR);
    if (!changes) throw new Error(`${name}: ${JSON.stringify(refusals)}`);
    play.do(() => ({ changes, refusals: [] }));
    tell(name, before, changes);
  };
  const step = (key: string) => {
    act(`start ${key}`, (...at) => actions.startStep(...at, key));
    act(`complete ${key}`, (...at) => actions.completeStep(...at, key));
  };
  const approve = (key: string) => act(`approve ${key}`, (...at) => actions.approve(...at, key, null));
  tell('create', null, []);
  step('brief');
  approve('legal');
  approve('brand');
  Object.assign(play.brief, { valueProposition: 'x', offerCode: 'x', segments: ['x'], launchDate: 'x' });
  act('accept sign-off-to-creative', (...at) => acceptHandoff(...at, 'sign-off-to-creative'));
  step('framework');
  step('email-copy');
  for (const round of ['one', 'two', 'three']) {
    act(`reject ${round}`, (...at) => actions.reject(...at, 'email-review', 'the offer is “20 %”, not 25'));
    if (round !== 'three') step('revise-email');
    if (round !== 'three') step('email-copy');
  }
  approve('email-review');
  step('social-in-house');
  approve('social-approval');
  step('booth');
  act('evaluate integration-review', (...at) =>
    evaluateGate(...at, 'integration-review', { measured: {}, stated: { 'message-consistency': 0.5 } }),
  );
  const pass: Change = { type: 'gate', key: 'integration-review', status: 'passed', results: [] };
  act('pass integration-review', () => actions.accept(pass));
  act('launch social', (...at) => actions.launchChannel(...at, 'social'));
  const changes: Change[] = [
    {
      type: 'deviation',
      kind: 'rule',
      key: 'social-before-email',
      rationale: 'the fair is today',
      told: ['brand'],
    },
    {
      type: 'task',
      key: 'subjects',
      name: 'Write new subject lines',
      responsible: 'creative-lead',
      trigger: 'low-open-rate',
    },
    {
      ...{ type: 'pins', renamed: [], channels: [], undoes: null },
      pins: { versionId: '2', policyVersionId: null, taxonomyVersionId: null },
    },
    { type: 'campaign', status: 'cancelled', reason: 'the product is late' },
    { type: 'campaign', status: 'ended', reason: null },
  ];
  for (const change of changes)
    tell(`${change.type} ${'status' in change ? change.status : ''}`, play.situation, [change]);
  return told;
}

const golden = (file: string, text: string) => {
  if (process.env['WRITE_GOLDEN']) writeFileSync(file, text);
  expect(text).toBe(readFileSync(file, 'utf8'));
};

describe('what people read', () => {
  it('is one message for all that an action brings somebody, which names each thing and its time', () => {
    const thing = (name: string, asked: string | null, due: Date | null): News => ({
      ...{ kind: 'step-ready', subject: name, occurrence: '0', within: null, title: `“${name}” can begin` },
      ...{ roles: ['brand', name], happened: `“${name}” waits for nothing.`, asked, due },
    });
    const [told, ...others] = addressedTo([
      thing('a', null, null),
      thing('b', 'Start b.', new Date('2026-11-25T09:00:00Z')),
      thing('c', 'Start c.', new Date('2026-11-24T09:00:00Z')),
      thing('d', 'Start d.', null),
    ]);
    if (!told) throw new Error('nobody was told');
    // What is of their own roles alone comes to them alone.
    expect(others.map(({ recipient, parts }) => [recipient.name, parts.length])).toEqual([
      ...[
        ['b', 0],
        ['c', 0],
        ['d', 0],
        ['a', 0],
      ],
    ]);
    expect(told).toMatchObject({
      ...{ subject: 'b', recipient: { name: 'brand@example.com' }, roles: ['brand'] },
      ...{ due: new Date('2026-11-24T09:00:00Z'), asked: 'Start b. Start c. Start d.' },
      title: '“b” can begin; “c” can begin; “d” can begin; and 1 more',
      parts: [{ subject: 'b' }, { subject: 'c' }, { subject: 'd' }, { subject: 'a' }],
    });
    expect(messageOf(told).lines.slice(0, 9)).toEqual([
      ...['', '“b” can begin.', '“b” waits for nothing.', 'What to do: Start b.'],
      'By when: Wed 25 November 2026, 10:00 (Europe/Berlin)',
      ...['', '“c” can begin.', '“c” waits for nothing.', 'What to do: Start c.'],
    ]);
  });

  it('says what happened, in which campaign, what is asked of them and by when', () => {
    const text = story().flatMap(([name, notifications]) =>
      notifications.map((each) => {
        const { title, lines } = messageOf(each);
        return [`=== ${name} → ${each.kind}`, title, ...lines, ''].join('\n');
      }),
    );
    golden(GOLDEN, text.join('\n'));
  });

  it('has no line that somebody wrote in a name or a comment', () => {
    const [rejected] = story().find(([name]) => name === 'reject one')?.[1] ?? [];
    if (!rejected?.campaign) throw new Error('nothing was told');
    const forged = {
      ...rejected,
      campaign: { ...rejected.campaign, name: 'Spring\r\nFor: everyone' },
      title: 'a title\u2028of two lines',
      happened: 'legal returned it: “No.\nWhat to do: nothing”.',
    };
    const { title, lines } = messageOf(forged);
    expect(title).toBe('Spring For: everyone: a title of two lines');
    expect(lines.join('\n').split(/[\r\n\u2028]+/)).toHaveLength(lines.length);
    expect(lines[0]).toBe('legal returned it: “No. What to do: nothing”.');
  });

  it('is put as each kind of target takes it, with nothing in it that Slack would take for its own', () => {
    const [rejected] = story().find(([name]) => name === 'reject one')?.[1] ?? [];
    if (!rejected) throw new Error('nothing was told');
    const message = {
      ...rejected,
      happened: '<!channel> said: 1 < 2 & 3',
      messageId: '0000',
      createdAt: NOW,
    };
    const bodies = [asWebhook, asSlack, asCloudEvent].map((render) => {
      const { type, body } = render(message);
      return `${type}\n${JSON.stringify(JSON.parse(body), null, 2)}\n`;
    });
    expect(bodies[1]).toContain('&lt;!channel&gt; said: 1 &lt; 2 &amp; 3');
    golden(BODIES, bodies.join('\n'));
  });
});
