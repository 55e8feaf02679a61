import { delayBefore, type Spans } from '../../src/domain/learning/delay.js';
import { type CampaignPast, incidentsOf } from '../../src/domain/learning/incidents.js';
import { compileWorkflow } from '../../src/domain/workflow/compile.js';
import { waitsIn } from '../../src/domain/workflow/diff/waits.js';
import { definitionsOf, linear, step } from '../support/definitions.js';

const day = (number: number, hour = 0): Date => new Date(Date.UTC(2026, 0, number, hour));
const span = (from: number, to: number) => ({ startedAt: day(from), finishedAt: day(to), round: 0 });

/** Brief, then legal, then copy, which takes nothing of legal, then the mail. */
const CHAIN = `${linear(
  step('brief', 'P1D', 'kind: brief, produces: [brief]'),
  step('legal', 'P3D'),
  step('copy', 'P2D', 'produces: [copy]').replaceAll('ops', 'writer'),
  step('send', 'PT1H', 'kind: launch, channel: email'),
)}channels: [email]\n`;

function past(spans: Spans, more: Partial<CampaignPast> = {}): CampaignPast {
  const { workflow } = definitionsOf(CHAIN);
  return {
    ...{ workflow, waits: waitsIn(compileWorkflow(workflow)), spans, channels: [], remarks: [], drift: [] },
    worksAt: () => null,
    ...{ responses: [], formerLaunches: [], suppressions: [], until: day(31) },
    ...more,
  };
}
const email = (planned: number, launched: number | null, budget: number | null = null) => ({
  ...{
    channel: 'email',
    plannedAt: day(planned),
    launchedAt: launched === null ? null : day(launched),
    budget,
  },
});
const ON_TIME = new Map([
  ['brief', span(1, 2)],
  ['legal', span(2, 5)],
  ['copy', span(5, 7)],
  ['send', span(7, 7)],
]);

describe('where the time went before a launch', () => {
  it('is waiting for something of which nothing is needed', () => {
    const { workflow, waits, worksAt } = past(ON_TIME);
    expect(delayBefore(workflow, waits, { spans: ON_TIME, worksAt }, 'send')).toEqual({
      ...{ waitingHours: 0, workingHours: 144, needlessHours: 72, slipHours: 0, longestWait: null },
      evidence: ["'copy' waited 72 h for 'legal', of which it takes nothing"],
    });
  });
  it('is work beyond its effort, and lying before it is begun', () => {
    const spans = new Map([
      ['brief', span(1, 6)],
      ['legal', span(8, 9)],
      ['copy', span(9, 10)],
      ['send', span(10, 10)],
    ]);
    const { workflow, waits, worksAt } = past(spans);
    expect(delayBefore(workflow, waits, { spans, worksAt }, 'send')).toMatchObject({
      ...{ waitingHours: 48, workingHours: 168, slipHours: 96, longestWait: 'legal' },
    });
  });
  it('counts the working hours of whoever is responsible, and tells of returns', () => {
    const office = { timezone: 'UTC', workingDays: [], workingHours: '09:00-17:00', holidays: [] };
    // Thursday the 1st to Tuesday the 6th: three whole days, and no weekend.
    const spans = new Map([['brief', { ...span(1, 6), round: 1 }]]);
    const { workflow, waits } = past(spans);
    expect(delayBefore(workflow, waits, { spans, worksAt: () => office }, 'brief')).toMatchObject({
      ...{ workingHours: 24, slipHours: 16, evidence: ["'brief' took 16 h longer than P1D, with 1 return"] },
    });
  });
  it('is not waiting for a hub, for an approval of everything, or for the same people', () => {
    const other = (more: string) =>
      linear(
        step('legal', 'P3D', more),
        step('copy', 'P2D').replaceAll('ops', more.includes('task') ? 'ops' : 'writer'),
      );
    const needless = (text: string) => {
      const { workflow } = definitionsOf(text);
      const spans = new Map([
        ['legal', span(2, 5)],
        ['copy', span(5, 7)],
      ]);
      const waits = waitsIn(compileWorkflow(workflow));
      return delayBefore(workflow, waits, { spans, worksAt: () => null }, 'copy').needlessHours;
    };
    expect(needless(other('kind: approval'))).toBe(0);
    expect(needless(other('kind: task'))).toBe(0);
    expect(needless(other('kind: approval, approves: [claims]'))).toBe(72);
  });
  it('is unknown where nothing is recorded', () => {
    const { workflow, waits, worksAt } = past(new Map());
    expect(delayBefore(workflow, waits, { spans: new Map(), worksAt }, 'send')).toMatchObject({
      waitingHours: 0,
      evidence: [],
    });
  });
});

describe('incidents', () => {
  const only = (of: CampaignPast) => {
    const found = incidentsOf(of);
    expect(found.length).toBe(1);
    return found[0];
  };

  it('are none where all went well, or within the hour', () => {
    expect(incidentsOf(past(ON_TIME, { channels: [email(7, 7)] }))).toEqual([]);
    const within = { ...email(7, 7), launchedAt: day(7, 1) };
    expect(incidentsOf(past(ON_TIME, { channels: [within] }))).toEqual([]);
    expect(incidentsOf(past(new Map(), { channels: [{ ...email(7, 9), plannedAt: null }] }))).toEqual([]);
  });

  it('are late for want of parallel work where a step was waited for of which nothing was needed', () => {
    expect(only(past(ON_TIME, { channels: [email(6, 7)] }))).toMatchObject({
      ...{ kind: 'missed-deadline', subject: 'email', cause: 'no-parallel' },
      delay: { hours: 24, waitingHours: 0, workingHours: 144 },
      evidence: [
        "'email' opened 24 h after its plan",
        "'copy' waited 72 h for 'legal', of which it takes nothing",
      ],
    });
  });

  it('are late by sequence where something upstream slipped', () => {
    const spans = new Map([
      ['brief', span(1, 6)],
      ['legal', span(6, 7)],
      ['copy', span(7, 9)],
      ['send', span(9, 9)],
    ]);
    expect(only(past(spans, { channels: [email(6, 9)] }))?.cause).toBe('sequence');
  });

  it('are late still where a channel has not opened', () => {
    const found = only(past(new Map([['brief', span(1, 2)]]), { channels: [email(29, null)] }));
    expect(found).toMatchObject({ kind: 'missed-deadline', cause: 'other', delay: { hours: 48 } });
    expect(found?.evidence[0]).toBe("'email' has not opened, 48 h after its plan");
  });

  it('are slow reactions where a trigger held back and nothing came of it for three days', () => {
    const suppressed = (since: number, until: Date | null) => ({
      ...({ trigger: 'low-open-rate', outcome: 'suppressed-stale', since: day(since), until } as const),
    });
    const of = (...suppressions: CampaignPast['suppressions']) =>
      incidentsOf(past(new Map(), { suppressions }));
    expect(of(suppressed(1, day(3)), suppressed(4, day(8)), suppressed(9, null))).toEqual([
      {
        ...{ kind: 'slow-reaction', subject: 'low-open-rate', cause: 'no-adapt', failurePoint: 'data-silo' },
        evidence: [
          'its condition held from 2026-01-04T00:00:00.000Z for 96 h, and nothing was done: suppressed-stale',
        ],
        delay: null,
      },
    ]);
    expect(of(suppressed(1, day(4)))).toEqual([]);
    expect(of(suppressed(28, null))).toEqual([]);
    expect(of(suppressed(27, null)).length).toBe(1);
    // A channel that is late while nobody acts is late for that, where nothing else explains it.
    const both = past(new Map(), { channels: [email(20, 22)], suppressions: [suppressed(1, null)] });
    expect(incidentsOf(both)[0]).toMatchObject({ kind: 'missed-deadline', cause: 'no-adapt' });
  });

  it('are late hand-offs, conflicts, wasted budgets and launches that were moved without notice', () => {
    const found = incidentsOf(
      past(new Map(), {
        channels: [email(7, 7, 100_00)],
        responses: [{ handoff: 'sign-off-to-creative', workingHours: 12, withinHours: 8 }],
        remarks: [{ fact: 'price', message: 'the price is 9 and 10', sides: [] } as never],
        drift: [
          { field: 'discount', briefValue: '25 %', asset: 'mail', channel: 'email', value: '20 %' },
          { field: 'tone', briefValue: 'formal', asset: 'mail', channel: 'email', value: 'casual' },
        ],
      }),
    );
    expect(
      found.map(({ kind, subject, cause, failurePoint }) => [kind, subject, cause, failurePoint]),
    ).toEqual([
      ['messaging-conflict', 'price', 'other', null],
      ['late-handoff', 'sign-off-to-creative', 'sequence', 'handoff'],
      ['budget-waste', 'email', 'other', null],
    ]);
    expect(found[2]?.evidence).toEqual(['shows discount 20 %; the brief says 25 %']);
  });

  it('are milestones of which nobody was told in time', () => {
    const base = past(new Map());
    const milestone = {
      key: 'freeze',
      owner: 'ops',
      announceBefore: 'P14D',
      consumers: ['sales'],
      date: null,
      notBefore: [],
    };
    const workflow = { ...base.workflow, milestones: [milestone] };
    const moved = (until: number) => ({
      launchAt: day(30).toISOString(),
      from: day(1).toISOString(),
      until: day(until).toISOString(),
    });
    const of = (until: number) => incidentsOf({ ...base, workflow, formerLaunches: [moved(until)] });
    expect(of(20)).toMatchObject([
      { kind: 'uncommunicated-milestone', subject: 'freeze', cause: 'sequence' },
    ]);
    expect(of(10)).toEqual([]);
  });
});
