import ICAL from 'ical.js';
import { type SignalWorld, startSignalWorld } from '../support/signal-world.js';
import { until } from '../support/until.js';

/** A Thursday. */
const NOW = new Date('2026-03-26T08:00:00Z');
const KEYS = ['a', 'b', 'c', 'd', 'e', 'f'];
const OTHERS = `apiVersion: weir/v1
kind: Team
id: team
roles:
  - { id: lead, people: [lead@example.com] }
  - { id: second-lead, people: [lead@example.com, deputy@example.com] }
  - { id: agency }
---
apiVersion: weir/v1
kind: Policy
id: house-rules
timezone: Europe/Berlin
`;
const workflow = (id: string, pattern: string, more = '') => `apiVersion: weir/v1
kind: Workflow
id: ${id}
name: ${id}
steward: lead
pattern: ${pattern}
sections:
  - id: make
    model: linear
    steps:
      - { id: brief, kind: brief, responsible: [lead, second-lead], accountable: lead, effort: P1D }
    gates: [{ id: made, at: endpoint, approvers: [lead], checks: [{ metric: brief-drift, atMost: 0 }], onFail: block }]
  - id: learn
    model: linear
    steps:
      - { id: retrospective, kind: retrospective, responsible: agency, accountable: agency, effort: PT1H }
triggers:
  - { id: low, signal: email.open_rate, when: "value < 0.1", guard: { maxAge: PT15M, minSamples: 500, completeness: 0.9 }, actions: [{ recalculateForecast: {} }] }
kpis: [time-to-launch]
${more}`;
const STAND_UPS = `cadence:
  - { id: stand-up, rrule: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9", duration: PT15M, timezone: Europe/Berlin, attendees: [lead, second-lead] }
`;

interface Load {
  from: string;
  to: string;
  budgetHours: number;
  people: {
    who: string;
    roles: string[];
    hours: number;
    isOver: boolean;
    campaigns: { campaign: string; hours: number }[];
  }[];
}

describe('meetings of campaigns', () => {
  let world: SignalWorld;
  beforeAll(async () => {
    world = await startSignalWorld(NOW, {
      'workflows/others.yaml': OTHERS,
      'workflows/stand-ups.yaml': workflow('stand-ups', 'adaptive', STAND_UPS),
      'workflows/adaptive.yaml': workflow('adaptive', 'adaptive'),
      'workflows/sequential.yaml': workflow('sequential', 'sequential'),
    });
  }, 60_000);
  afterAll(() => world.close());

  const create = async (key: string, on: string) =>
    expect((await world.act('createCampaign', { key, name: key, workflow: on })).refusals).toEqual([]);
  const cancel = async (campaign: string) =>
    expect((await world.act('cancelCampaign', { campaign, reason: 'no stock' })).refusals).toEqual([]);
  const load = async (from: string | null = null) => {
    const query = `query ($from: DateTimeISO) { meetingLoad(from: $from) {
      from to budgetHours people { who roles hours isOver campaigns { campaign hours } } } }`;
    return (await world.ask<{ meetingLoad: Load }>(query, { from })).meetingLoad;
  };
  const alerts = async (isOpen: boolean) => {
    const found = await world.ask<{
      alerts: { nodes: { subject: string; message: string; roles: string[] }[] };
    }>(`{ alerts(filter: { kind: [OVER_MEETING], isOpen: ${isOpen} }) { nodes { subject message roles } } }`);
    return found.alerts.nodes;
  };
  const events = async (campaign: string) => {
    const text = await (await fetch(`${world.replica.url}/calendar/${campaign}.ics`)).text();
    return new ICAL.Component(ICAL.parse(text) as unknown[])
      .getAllSubcomponents('vevent')
      .map((each) => new ICAL.Event(each));
  };

  it('are too many for who is in six adaptive campaigns, and an alert names them (R20)', async () => {
    for (const key of KEYS.slice(0, 4)) await create(key, 'stand-ups');
    expect((await load()).people.map(({ who, hours, isOver }) => [who, hours, isOver])).toEqual([
      ['deputy@example.com', 5, false],
      ['lead@example.com', 5, false],
    ]);
    for (const key of KEYS.slice(4)) await create(key, 'stand-ups');
    const { people, ...week } = await load();
    expect(week).toEqual({
      from: '2026-03-25T23:00:00.000Z',
      to: '2026-04-01T22:00:00.000Z',
      budgetHours: 5,
    });
    // Who comes in two roles sits in a meeting once.
    expect(people[1]).toEqual({
      ...{ who: 'lead@example.com', roles: ['lead', 'second-lead'], hours: 7.5, isOver: true },
      campaigns: KEYS.map((campaign) => ({ campaign, hours: 1.25 })),
    });
    await until(
      async () => (await alerts(true)).filter(({ message }) => message.includes('7.5 hours')).length === 2,
    );
    const told = (await alerts(true)).find(({ subject }) => subject === 'lead@example.com');
    expect(told).toEqual({
      subject: 'lead@example.com',
      message:
        'lead@example.com (lead, second-lead) sits 7.5 hours a week in meetings, 5 are the budget: a (1.25), b (1.25), c (1.25), d (1.25), e (1.25), f (1.25)',
      roles: ['lead', 'second-lead'],
    });
    await cancel('a');
    await until(async () => (await alerts(true)).every(({ message }) => message.includes('6.25 hours')));
    await cancel('b');
    await until(async () => (await alerts(true)).length === 0);
    expect(await alerts(false)).toHaveLength(2);
    // Nothing of what is over.
    expect((await load()).people[0]?.hours).toBe(5);
  });

  it('are those of the pattern where a definition states none, in the zone of the Policy (R19)', async () => {
    await create('default', 'adaptive');
    const all = await events('default');
    const times = (summary: string) =>
      all
        .filter((event) => event.summary === `default: ${summary}`)
        .map(({ startDate }) => startDate.toJSDate().toISOString().slice(0, 16));
    // Clocks change on the Sunday between.
    expect(times('stand-up').slice(0, 3)).toEqual([
      '2026-03-26T08:00',
      '2026-03-27T08:00',
      '2026-03-30T07:00',
    ]);
    expect(times('weekly-retrospective').slice(0, 2)).toEqual(['2026-03-27T14:00', '2026-04-03T13:00']);
    expect(all[0]?.description).toBe(
      'For lead, second-lead, agency\nBy default: the definition states no cadence, and its pattern is adaptive.',
    );
    const [agency] = (await load('2026-03-30T00:00:00Z')).people.filter(({ who }) => who === 'agency');
    expect(agency).toEqual({
      ...{ who: 'agency', roles: ['agency'], hours: 1.75, isOver: false },
      campaigns: [{ campaign: 'default', hours: 1.75 }],
    });
  });

  it('are a review at the gate of a stage in a sequential campaign, which moves with the work', async () => {
    await create('stages', 'sequential');
    const [review, ...others] = await events('stages');
    expect(others).toEqual([]);
    expect(review?.summary).toBe('stages: handoff review of make');
    expect(review?.startDate.toJSDate().toISOString()).toBe('2026-03-27T09:00:00.000Z');
    world.now = new Date('2026-03-26T09:30:00Z');
    for (const move of ['startStep', 'completeStep'])
      await world.ask(
        `mutation { ${move}(input: { campaign: "stages", step: "brief" }) { refusals { code } } }`,
      );
    world.now = new Date('2026-03-31T09:30:00Z');
    const [later] = await events('stages');
    expect([later?.uid, later?.startDate.toJSDate().toISOString()]).toEqual([
      review?.uid,
      '2026-03-27T09:00:00.000Z',
    ]);
  });
});
