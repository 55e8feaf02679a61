import { campaignEvents, eventsFor } from '../../src/domain/calendar/campaign-events.js';
import { occurrences } from '../../src/domain/calendar/occurrences.js';
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
    plannedLaunchAt: new Date('2026-04-20T09:00:00Z'),
    channels: [
      { channel: 'email', plannedAt: null },
      { channel: 'social', plannedAt: new Date('2026-04-21T09:00:00Z') },
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
    expect(at('weekly-sync-20260302T0900')).toBe('2026-03-02T09:00:00.000Z');
    expect([at('week-before'), at('feature-freeze'), at('launch-email'), at('launch-social')]).toEqual([
      '2026-04-13T09:00:00.000Z',
      '2026-04-01T00:00:00.000Z',
      '2026-04-20T09:00:00.000Z',
      '2026-04-21T09:00:00.000Z',
    ]);
    const ids = events().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('moves checkpoints with the launch (R51), under the same name', () => {
    expect(at('week-before', events(new Date('2026-05-04T09:00:00Z')))).toBe('2026-04-27T09:00:00.000Z');
    expect(at('week-before', events(null))).toBeUndefined();
  });

  it('shows a role what it takes part in, and what is for everybody', () => {
    const ids = eventsFor(events(), 'creative-lead').map(({ id }) => id);
    expect(ids).toContain('launch-email');
    expect(ids.some((id) => id.startsWith('weekly-sync'))).toBe(false);
  });

  it('ends with the campaign', () => {
    const ended = campaignEvents(
      workflow,
      { ...dates, endedAt: new Date('2026-03-10T00:00:00Z') },
      new Date('2026-06-01T00:00:00Z'),
    );
    expect(ended.filter(({ id }) => id.startsWith('weekly-sync'))).toHaveLength(2);
  });
});
