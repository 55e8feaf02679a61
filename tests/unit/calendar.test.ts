import { campaignEvents, eventsFor } from '../../src/domain/calendar/campaign-events.js';
import { handoffReviewsOf, meetingsOf, reviewAt } from '../../src/domain/calendar/default-cadence.js';
import { meetingLoads, weekFrom } from '../../src/domain/calendar/meeting-load.js';
import { occurrences } from '../../src/domain/calendar/occurrences.js';
import type { Pattern } from '../../src/domain/workflow/workflow.js';
import { workflowAt } from '../support/play.js';

const days = (dates: readonly Date[]) => dates.map((date) => date.toISOString().slice(0, 10));

describe('when meetings take place', () => {
  const [from, to] = [new Date('2026-03-02T00:00:00Z'), new Date('2026-03-27T23:00:00Z')];

  it('is four weekly syncs, or twenty stand-ups and four retrospectives, in four weeks (R19)', () => {
    expect(days(occurrences('FREQ=WEEKLY;BYDAY=MO;BYHOUR=10', 'Europe/Berlin', from, to))).toEqual([
      '2026-03-02',
      '2026-03-09',
      '2026-03-16',
      '2026-03-23',
    ]);
    expect(occurrences('FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', 'Europe/Berlin', from, to)).toHaveLength(20);
    expect(occurrences('FREQ=WEEKLY;BYDAY=FR;BYHOUR=15', 'Europe/Berlin', from, to)).toHaveLength(4);
  });

  it('is ten on the wall before and after clocks change', () => {
    const both = occurrences(
      'FREQ=WEEKLY;BYDAY=MO;BYHOUR=10',
      'Europe/Berlin',
      new Date('2026-03-23T00:00:00Z'),
      new Date('2026-04-01T00:00:00Z'),
    );
    expect(both.map((date) => date.toISOString())).toEqual([
      '2026-03-23T09:00:00.000Z',
      '2026-03-30T08:00:00.000Z',
    ]);
  });

  it('is the next time there is where a change of the clock leaves one out', () => {
    const [night] = occurrences(
      'FREQ=DAILY;BYHOUR=2;BYMINUTE=30',
      'Europe/Berlin',
      new Date('2026-03-29T00:00:00Z'),
      new Date('2026-03-29T12:00:00Z'),
    );
    // 02:30 does not exist on that night: 03:30 in summer time.
    expect(night?.toISOString()).toBe('2026-03-29T01:30:00.000Z');
  });

  it('ends where the rule ends, and never looks for what never comes', () => {
    expect(occurrences('FREQ=DAILY;COUNT=3', 'UTC', from, to)).toHaveLength(3);
    expect(days(occurrences('FREQ=DAILY;UNTIL=20260304T120000Z', 'UTC', from, to))).toHaveLength(3);
    expect(
      occurrences('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'UTC', from, new Date('2030-01-01T00:00:00Z')),
    ).toEqual([]);
    const tooMany = occurrences(
      'FREQ=DAILY;BYHOUR=1,2,3,4,5,6,7,8',
      'UTC',
      from,
      new Date('2036-01-01T00:00:00Z'),
    );
    expect(tooMany).toHaveLength(1_100);
  });

  it('is nine o’clock where the rule names no hour', () => {
    const [first] = occurrences('FREQ=DAILY', 'America/New_York', new Date('2026-03-02T12:00:00Z'), to);
    expect(first?.toISOString()).toBe('2026-03-02T14:00:00.000Z');
  });
});

describe('meetings where a definition states none (R19)', () => {
  const stated = workflowAt('tests/fixtures/product-launch.yaml');
  const within = (pattern: Pattern, timezone: string, from: string, to: string) => {
    const dates = {
      ...{ createdAt: new Date(from), endedAt: new Date(to), plannedLaunchAt: null, formerLaunches: [] },
      ...{ timezone, stageEnds: new Map([['sign-off', new Date('2026-03-06T16:30:00Z')]]), channels: [] },
    };
    const workflow = { ...stated, pattern, cadence: [], milestones: [] };
    return campaignEvents(workflow, dates, dates.endedAt);
  };
  const month = ['2026-03-02T07:00:00Z', '2026-03-27T22:00:00Z'] as const;

  it('are four weekly syncs of a parallel one in four weeks', () => {
    const syncs = within('parallel', 'Europe/Berlin', ...month);
    expect(syncs.map(({ summary }) => summary)).toEqual(Array.from({ length: 4 }, () => 'weekly-sync'));
    expect(syncs[0]).toMatchObject({
      start: new Date('2026-03-02T09:00:00Z'),
      end: new Date('2026-03-02T09:30:00Z'),
    });
    expect(syncs[0]?.note).toBe('By default: the definition states no cadence, and its pattern is parallel.');
    // Who answers for a step.
    expect(syncs[0]?.roles).toContain('creative-lead');
    expect(syncs[0]?.roles).not.toContain('social-lead');
  });

  it('are twenty stand-ups on weekdays and four retrospectives of an adaptive one', () => {
    const events = within('adaptive', 'Europe/Berlin', ...month);
    const of = (key: string) => events.filter(({ summary }) => summary === key);
    expect([of('stand-up').length, of('weekly-retrospective').length, events.length]).toEqual([20, 4, 24]);
    expect(new Set(of('stand-up').map(({ start }) => start.getUTCDay()))).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(of('stand-up')[0]?.roles).toContain('social-lead');
  });

  it('are at nine on the wall before and after clocks change', () => {
    const hours = (timezone: string, from: string, to: string) =>
      within('adaptive', timezone, from, to)
        .filter(({ summary }) => summary === 'stand-up')
        .map(({ start }) => start.toISOString().slice(5, 16));
    expect(hours('Europe/Berlin', '2026-03-27T00:00:00Z', '2026-03-31T00:00:00Z')).toEqual([
      '03-27T08:00',
      '03-30T07:00',
    ]);
    expect(hours('America/New_York', '2026-10-30T12:00:00Z', '2026-11-03T00:00:00Z')).toEqual([
      '10-30T13:00',
      '11-02T14:00',
    ]);
  });

  it('are a review at each stage gate of a sequential one, when the stage ends', () => {
    const [review, ...others] = within('sequential', 'Europe/Berlin', ...month);
    expect(others).toEqual([]);
    // The stage ends on Friday afternoon.
    expect(review).toMatchObject({ id: 'handoff-review-sign-off', start: new Date('2026-03-09T09:00:00Z') });
    expect(reviewAt(new Date('2026-03-27T23:30:00Z'), 'Europe/Berlin')).toEqual(
      new Date('2026-03-30T08:00:00Z'),
    );
    expect(reviewAt(new Date('2026-03-03T09:00:00Z'), 'Europe/Berlin')).toEqual(
      new Date('2026-03-03T09:00:00Z'),
    );
    const sections = handoffReviewsOf({ ...stated, pattern: 'sequential', cadence: [] });
    expect(sections.map(({ section }) => section)).toEqual(['sign-off', 'creative', 'go-live']);
    expect(sections[1]?.attendees).toContain('campaign-manager');
  });

  it('are none besides those that a definition states', () => {
    expect(meetingsOf(stated, 'UTC')).toEqual(stated.cadence.map((each) => ({ ...each, note: null })));
    expect(handoffReviewsOf({ ...stated, pattern: 'sequential' })).toEqual([]);
  });
});

describe('the calendar of a campaign', () => {
  const workflow = workflowAt('tests/fixtures/product-launch.yaml');
  const sections = workflow.sections.map((section, at) =>
    at === 0 ? { ...section, checkpoints: [{ key: 'week-before', offset: '-P7D' }] } : section,
  );
  const milestones = workflow.milestones.map((each) => ({ ...each, date: '2026-04-01' }));
  const dates = {
    createdAt: new Date('2026-03-02T08:00:00Z'),
    endedAt: null,
    formerLaunches: [],
    timezone: 'UTC',
    stageEnds: new Map<string, Date>(),
    plannedLaunchAt: new Date('2026-04-20T09:00:00Z'),
    channels: [
      { channel: 'email', status: 'planned' as const, plannedAt: null },
      { channel: 'social', status: 'planned' as const, plannedAt: new Date('2026-04-21T09:00:00Z') },
    ],
  };
  const events = (launch: Date | null = dates.plannedLaunchAt) =>
    campaignEvents(
      { ...workflow, sections, milestones },
      { ...dates, plannedLaunchAt: launch },
      dates.createdAt,
    );
  const at = (id: string, all = events()) => all.find((event) => event.id === id)?.start.toISOString();

  it('has meetings, checkpoints, milestones and launches', () => {
    expect(at('meeting-weekly-sync-20260302T0900')).toBe('2026-03-02T09:00:00.000Z');
    expect([
      at('checkpoint-week-before'),
      at('milestone-feature-freeze'),
      at('launch-email'),
      at('launch-social'),
    ]).toEqual([
      '2026-04-13T09:00:00.000Z',
      '2026-04-01T00:00:00.000Z',
      '2026-04-20T09:00:00.000Z',
      '2026-04-21T09:00:00.000Z',
    ]);
    // Whatever they are called, each has a name of its own.
    const called = milestones.map((each) => ({ ...each, key: 'week-before' }));
    const all = campaignEvents({ ...workflow, sections, milestones: called }, dates, dates.createdAt);
    for (const some of [events(), all]) expect(new Set(some.map(({ id }) => id)).size).toBe(some.length);
  });

  it('moves checkpoints with the launch (R51), under the same name', () => {
    expect(at('checkpoint-week-before', events(new Date('2026-05-04T09:00:00Z')))).toBe(
      '2026-04-27T09:00:00.000Z',
    );
    expect(at('checkpoint-week-before', events(null))).toBeUndefined();
  });

  it('shows a role what it takes part in, and what is for everybody', () => {
    const ids = eventsFor(events(), 'creative-lead').map(({ id }) => id);
    expect(ids).toContain('launch-email');
    expect(ids.some((id) => id.startsWith('meeting-weekly-sync'))).toBe(false);
  });

  it('ends with the campaign', () => {
    const ended = campaignEvents(
      workflow,
      { ...dates, endedAt: new Date('2026-03-10T00:00:00Z') },
      new Date('2026-06-01T00:00:00Z'),
    );
    expect(ended.filter(({ id }) => id.startsWith('meeting-weekly-sync'))).toHaveLength(2);
  });
});

describe('hours in meetings (R20)', () => {
  const week = weekFrom(new Date('2026-03-26T12:00:00Z'), 'Europe/Berlin');
  const meeting = (rrule: string, attendees = ['ops']) => ({
    ...{ key: 'm', rrule, duration: 'PT1H', timezone: 'Europe/Berlin', attendees, note: null },
  });
  const hours = (rrule: string, createdAt = '2026-01-05T00:00:00Z') =>
    meetingLoads([{ campaign: 'c', createdAt: new Date(createdAt), meetings: [meeting(rrule)] }], [], week)[0]
      ?.hours ?? 0;

  it('are of seven days, in which clocks may change', () => {
    expect(week).toEqual({ from: new Date('2026-03-25T23:00:00Z'), to: new Date('2026-04-01T22:00:00Z') });
    expect(hours('FREQ=DAILY;BYHOUR=0')).toBe(7);
    expect(hours('FREQ=DAILY;BYHOUR=23')).toBe(7);
  });

  it('follow a rule from when its campaign began', () => {
    // Mondays from 5 January on: 30 March is the twelfth week after it, 12 January one week after it.
    expect(hours('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO')).toBe(1);
    expect(hours('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO', '2026-01-12T00:00:00Z')).toBe(0);
    expect(hours('FREQ=DAILY;COUNT=3')).toBe(0);
    expect(hours('FREQ=DAILY;COUNT=3', '2026-03-26T05:00:00Z')).toBe(3);
    expect(hours('FREQ=DAILY', '2026-03-30T05:00:00Z')).toBe(3);
    expect(hours('FREQ=MONTHLY;BYMONTHDAY=31')).toBe(1);
  });

  it('count from the day of the meeting, not of Greenwich, also where two campaigns begin on one day there', () => {
    const campaigns = ['2026-03-31T21:30:00Z', '2026-03-31T22:30:00Z'].map((createdAt) => ({
      ...{ campaign: createdAt, createdAt: new Date(createdAt), meetings: [meeting('FREQ=DAILY;BYHOUR=23')] },
    }));
    const [load] = meetingLoads(campaigns, [], week);
    expect(load?.campaigns.map(({ hours }) => hours)).toEqual([2, 1]);
  });

  it('are counted quickly for ten thousand campaigns', () => {
    const campaigns = Array.from({ length: 10_000 }, (_, at) => ({
      campaign: `c${at}`,
      createdAt: new Date(Date.UTC(2026, 0, 1 + (at % 80))),
      meetings: [
        meeting('FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', ['ops', 'lead']),
        meeting('FREQ=WEEKLY;INTERVAL=2'),
      ],
    }));
    const begin = performance.now();
    expect(meetingLoads(campaigns, [], week).map(({ who }) => who)).toEqual(['ops', 'lead']);
    expect(performance.now() - begin).toBeLessThan(2_000);
  });
});
