import { delayBefore, waitsOf, type Worked, type WorkPast } from '../../src/domain/learning/delay.js';
import { type CampaignPast, incidentsOf } from '../../src/domain/learning/incidents.js';
import { compileWorkflow } from '../../src/domain/workflow/compile.js';
import { definitionsOf, linear, step } from '../support/definitions.js';

const day = (number: number, hour = 0): Date => new Date(Date.UTC(2026, 0, number, hour));
const span = (from: number, to: number | null): Worked => ({
  ...{ from: day(from), to: to === null ? null : day(to) },
});
/** Steps by their keys, what lies between them by name, with the times of each. */
const record = (times: Readonly<Record<string, readonly Worked[] | Worked>>) =>
  new Map(
    Object.entries(times).map(([name, of]) => [
      name.includes(' ') ? name : `step ${name}`,
      Array.isArray(of) ? (of as Worked[]) : [of as Worked],
    ]),
  );
type Times = Parameters<typeof record>[0];

/** Brief, then legal, then copy, which takes nothing of legal, then the mail. */
const CHAIN = `${linear(
  step('brief', 'P1D', 'kind: brief, produces: [brief]'),
  step('legal', 'P3D'),
  step('copy', 'P2D', 'produces: [copy]').replaceAll('ops', 'writer'),
  step('send', 'PT1H', 'kind: launch, channel: email'),
)}channels: [email]\n`;

/** What is recorded of a workflow. */
function worked(text: string, times: Times, more: Partial<WorkPast> = {}): WorkPast {
  const { workflow } = definitionsOf(text);
  return {
    ...{ workflow, compiled: compileWorkflow(workflow), work: record(times), worksAt: () => null },
    ...{ planned: new Map(), until: day(31), ...more },
  };
}
const past = (times: Times, more: Partial<CampaignPast> = {}): CampaignPast => ({
  ...{ ...worked(CHAIN, times), channels: [], remarks: [], drift: [], channelOf: new Map() },
  ...{ responses: [], formerLaunches: [], suppressions: [] },
  ...more,
});
const email = (planned: number, launched: number | null, budget: number | null = null) => ({
  ...{
    channel: 'email',
    plannedAt: day(planned),
    launchedAt: launched === null ? null : day(launched),
    budget,
  },
});
const ON_TIME = { brief: span(1, 2), legal: span(2, 5), copy: span(5, 7), send: span(7, 7) };

describe('where the time went before a launch', () => {
  it('is waiting for something of which nothing is needed', () => {
    expect(delayBefore(past(ON_TIME), 'send')).toEqual({
      ...{ waitingHours: 0, workingHours: 144, needlessHours: 72, slipHours: 0, longestWait: null },
      evidence: [
        "'copy' waited 72 h for 'legal' by the order of section 'main': it declares nothing that it takes from it",
      ],
    });
  });
  it('is work beyond its effort, and lying before it is begun', () => {
    const times = { brief: span(1, 6), legal: span(8, 9), copy: span(9, 10), send: span(10, 10) };
    expect(delayBefore(past(times), 'send')).toMatchObject({
      ...{ waitingHours: 48, workingHours: 168, slipHours: 96, longestWait: { kind: 'step', key: 'legal' } },
    });
  });
  it('counts the working hours of whoever is responsible', () => {
    const office = { timezone: 'UTC', workingDays: [], workingHours: '09:00-17:00', holidays: [] };
    // Thursday the 1st to Tuesday the 6th: three whole days, and no weekend.
    expect(delayBefore(past({ brief: span(1, 6) }, { worksAt: () => office }), 'brief')).toMatchObject({
      ...{ workingHours: 24, slipHours: 16, evidence: ["'brief' took 16 h longer than P1D"] },
    });
  });
  it('is not waiting for a hub, for an approval of everything, or for the same people', () => {
    const other = (more: string) =>
      linear(
        step('legal', 'P3D', more),
        step('copy', 'P2D').replaceAll('ops', more.includes('task') ? 'ops' : 'writer'),
      );
    const needless = (text: string) =>
      delayBefore(worked(text, { legal: span(2, 5), copy: span(5, 7) }), 'copy').needlessHours;
    expect(needless(other('kind: approval'))).toBe(0);
    expect(needless(other('kind: task'))).toBe(0);
    expect(needless(other('kind: approval, approves: [claims]'))).toBe(72);
  });
  it('is nothing where the wait is of less than an hour', () => {
    const minutes = { from: day(2), to: new Date(day(2).getTime() + 50 * 60_000) };
    const times = {
      brief: span(1, 2),
      legal: minutes,
      copy: { from: new Date(minutes.to.getTime() + 60_000), to: day(4) },
    };
    expect(delayBefore(past(times), 'copy')).toMatchObject({
      ...{ needlessHours: 0, slipHours: 0, longestWait: null, evidence: [] },
    });
  });
  it('is unknown where nothing is recorded', () => {
    expect(delayBefore(past({}), 'send')).toMatchObject({ waitingHours: 0, evidence: [] });
  });

  /** Two sections, with a hand-off of `payload` between them, two lanes that a gate compares, and a launch. */
  const joined = (payload: string) => `${linear(
    step('brief', 'P1D', 'kind: brief, produces: [brief]'),
    step('claims', 'P2D', 'produces: [claims]'),
  )}  - id: creative
    model: parallel
    lanes:
      email: { steps: [${step('mail', 'P2D').replaceAll('ops', 'writer')}] }
      social: { steps: [${step('post', 'P2D').replaceAll('ops', 'poster')}] }
    gates: [{ id: together, at: endpoint, merge: all, approvers: [lead], onFail: block }]
  - id: go-live
    model: linear
    steps: [${step('send', 'PT1H', 'kind: launch, channel: email')}]
handoffs: [{ from: main, to: creative, payload: [${payload}], verify: [payload-complete], mode: async, respondWithin: PT8H }]
channels: [email]
`;
  const THROUGH = {
    ...{ brief: span(1, 2), claims: span(2, 4), 'handoff main-to-creative': span(9, 9) },
    ...{ mail: span(10, 12), post: span(10, 11), 'gate together': span(15, 15), send: span(15, 15) },
  };
  it('is the wait of the hand-off and of the gate that it was, not of the step behind them', () => {
    expect(delayBefore(worked(joined('claims'), THROUGH), 'send')).toEqual({
      ...{ waitingHours: 24 * (5 + 1 + 3), workingHours: 24 * 5, needlessHours: 0, slipHours: 0 },
      longestWait: { kind: 'handoff', key: 'main-to-creative' },
      evidence: [
        "gate 'together' was passed 72 h after all before it was done",
        "'mail' lay 24 h before it was begun",
        "hand-off 'main-to-creative' was accepted 120 h after all before it was done",
      ],
    });
  });
  it('is needless behind a hand-off that carries nothing of the step before it', () => {
    const { needlessHours, evidence } = delayBefore(worked(joined('brief'), THROUGH), 'send');
    expect(needlessHours).toBe(48);
    expect(evidence).toContain(
      "'mail' waited 48 h for 'claims' by the order of sections 'main' and 'creative': it declares nothing that it takes from it",
    );
  });
  it('is in the working hours of whoever accepts and evaluates', () => {
    const asked: string[] = [];
    delayBefore(worked(joined('claims'), THROUGH, { worksAt: (role) => (asked.push(role), null) }), 'send');
    expect(new Set(asked)).toEqual(new Set(['ops', 'writer', 'lead']));
  });
  it('is the wait for a gate that nobody has passed yet, and none of what waits for work', () => {
    const { send, ['gate together']: gate, ...until } = THROUGH;
    expect([send, gate].length).toBe(2);
    expect(delayBefore(worked(joined('claims'), until), 'send').evidence[0]).toBe(
      "gate 'together' is not passed 456 h after all before it was done",
    );
    const { mail, ...without } = until;
    expect(mail).toBeDefined();
    expect(delayBefore(worked(joined('claims'), without), 'send').longestWait).toEqual({
      ...{ kind: 'handoff', key: 'main-to-creative' },
    });
    const underWay = { ...until, mail: span(10, null) };
    expect(delayBefore(worked(joined('claims'), underWay), 'send')).toMatchObject({
      slipHours: 24 * 19,
      evidence: ["'mail' took 456 h longer than P2D", expect.any(String), expect.any(String)],
    });
  });

  const REWORK = `${linear(
    step('copy', 'P2D', 'produces: [copy]'),
    step(
      'check',
      'P1D',
      `kind: review, approves: [copy], rework: { to: copy, via: ${step('mend', 'P1D')}, max: 2 }`,
    ).replace('responsible: ops', 'responsible: judge'),
    step('send', 'PT1H', 'kind: launch, channel: email'),
  )}channels: [email]\n`;
  it('counts each round of rework once, and what is done again as a slip', () => {
    const times = {
      copy: [span(1, 3), span(6, 7)],
      check: [span(3, 4), span(9, 10)],
      ...{ mend: span(5, 6), send: span(10, 10) },
    };
    expect(delayBefore(worked(REWORK, times), 'send')).toEqual({
      ...{ waitingHours: 24 * (1 + 2), workingHours: 24 * (2 + 1 + 1 + 1 + 1), needlessHours: 0 },
      ...{ slipHours: 24 * 3, longestWait: { kind: 'step', key: 'check' } },
      evidence: [
        "'check' took 24 h once more",
        "'check' lay 48 h before it was begun again",
        "'copy' took 24 h once more",
        "'mend' took 24 h, since work was returned",
        "'mend' lay 24 h before it was begun",
      ],
    });
  });
  it('is the wait for an approval that lapsed, also behind a hand-off that stays accepted (R47)', () => {
    const text = joined('claims').replace('id: claims, ', 'id: claims, kind: approval, ');
    expect(text).toContain('kind: approval');
    const lapsed = (given: number, to: number | null) => ({
      ...THROUGH,
      ...{ claims: [span(2, 4), { ...span(given, to), lapsedAt: day(16) }] },
      ...{ 'handoff main-to-creative': span(4, 4), mail: span(4, 6), post: span(4, 6) },
      'gate together': span(6, 6),
    });
    expect(delayBefore(worked(text, { ...lapsed(20, 20), send: span(20, 20) }), 'send')).toMatchObject({
      ...{ waitingHours: 24 * 4, slipHours: 24 * 4, longestWait: { kind: 'step', key: 'claims' } },
      evidence: ["'claims' was given again after 96 h, when what it had seen was another"],
    });
    const { send: _, ...open } = lapsed(31, null);
    expect(delayBefore(worked(text, open), 'send')).toMatchObject({
      longestWait: { kind: 'step', key: 'claims' },
      evidence: ["'claims' has not been given again for 360 h, when what it had seen was another"],
    });
  });
  it('finds the longest waits of all rounds, and none of what waits for its plan', () => {
    const times = {
      copy: [span(1, 3), span(6, 7)],
      check: [span(3, 4), span(8, 9)],
      ...{ mend: span(6, 6), send: span(20, 20) },
    };
    const planned = new Map([['send', day(19)]]);
    expect(waitsOf(worked(REWORK, times, { planned })).map(({ key, hours }) => [key, hours])).toEqual([
      ['mend', 48],
      ['check', 24],
      // An hour of it was the launch itself.
      ['send', 23],
    ]);
    const prompt = {
      send: { from: new Date(day(9).getTime() + 3_600_000), to: new Date(day(9).getTime() + 3_600_000) },
    };
    expect(delayBefore(worked(REWORK, { ...times, ...prompt }), 'send').evidence[0]).not.toMatch(/send/);
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
    expect(incidentsOf(past({}, { channels: [{ ...email(7, 9), plannedAt: null }] }))).toEqual([]);
  });

  it('are late for want of parallel work where a step was waited for of which nothing was needed', () => {
    expect(only(past(ON_TIME, { channels: [email(6, 7)] }))).toMatchObject({
      ...{ kind: 'missed-deadline', subject: 'email', cause: 'no-parallel' },
      delay: { hours: 24, waitingHours: 0, workingHours: 144 },
      evidence: [
        "'email' opened 24 h after its plan",
        "'copy' waited 72 h for 'legal' by the order of section 'main': it declares nothing that it takes from it",
      ],
    });
  });

  it('are late by sequence where something upstream slipped', () => {
    const times = { brief: span(1, 6), legal: span(6, 7), copy: span(7, 9), send: span(9, 9) };
    expect(only(past(times, { channels: [email(6, 9)] }))?.cause).toBe('sequence');
  });

  it('are late still where a channel has not opened', () => {
    const found = only(past({ brief: span(1, 2) }, { channels: [email(29, null)] }));
    expect(found).toMatchObject({ kind: 'missed-deadline', cause: 'other', delay: { hours: 48 } });
    expect(found?.evidence[0]).toBe("'email' has not opened, 48 h after its plan");
  });

  it('are slow reactions where a trigger held back and nothing came of it for three days', () => {
    const suppressed = (since: number, until: Date | null) => ({
      ...({ trigger: 'low-open-rate', outcome: 'suppressed-stale', since: day(since), until } as const),
    });
    const of = (...suppressions: CampaignPast['suppressions']) => incidentsOf(past({}, { suppressions }));
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
    const both = past({}, { channels: [email(20, 22)], suppressions: [suppressed(1, null)] });
    expect(incidentsOf(both)[0]).toMatchObject({ kind: 'missed-deadline', cause: 'no-adapt' });
  });

  it('are late hand-offs, conflicts, wasted budgets and launches that were moved without notice', () => {
    const found = incidentsOf(
      past(
        {},
        {
          channels: [email(7, 7, 100_00)],
          responses: [{ handoff: 'sign-off-to-creative', workingHours: 12, withinHours: 8 }],
          remarks: [{ fact: 'price', message: 'the price is 9 and 10', sides: [] } as never],
          drift: [
            { field: 'percentage', briefValue: '25 %', asset: 'mail', channel: 'email', value: '20 %' },
            { field: 'tone', briefValue: 'formal', asset: 'mail', channel: 'email', value: 'casual' },
          ],
        },
      ),
    );
    expect(
      found.map(({ kind, subject, cause, failurePoint }) => [kind, subject, cause, failurePoint]),
    ).toEqual([
      ['messaging-conflict', 'price', 'other', null],
      ['late-handoff', 'sign-off-to-creative', 'sequence', 'handoff'],
      ['budget-waste', 'email', 'other', null],
    ]);
    expect(found[2]?.evidence).toEqual(['shows percentage 20 %; the brief says 25 %']);
  });

  it('are budgets that are spent on any part of an offer that is not the one, by the brief or by the others', () => {
    const wasted = (more: Partial<CampaignPast>) =>
      incidentsOf(past({}, { channels: [email(7, 7, 100_00)], ...more })).flatMap(({ kind, evidence }) =>
        kind === 'budget-waste' ? evidence : [],
      );
    const drift = (field: string) => [
      { field, briefValue: 'this', asset: 'mail', channel: 'email', value: 'that' },
    ];
    for (const field of ['offerCode', 'offer', 'code', 'percentage', 'saving', 'price', 'deadline'])
      expect(wasted({ drift: drift(field) })).toEqual([`shows ${field} that; the brief says this`]);
    expect(wasted({ drift: drift('tone') })).toEqual([]);
    const channelOf = new Map([
      ['mail', 'email'],
      ['post', 'social'],
      ['page', 'web'],
    ]);
    const remark = (fact: string, ...sides: readonly string[][]) => ({
      channelOf,
      remarks: [
        {
          fact,
          message: 'they differ',
          sides: sides.map((ids) => ({ value: '', ids, places: [] })),
        } as never,
      ],
    });
    expect(wasted(remark('percentage', ['post', 'page'], ['mail']))).toEqual(['they differ']);
    expect(wasted(remark('percentage', ['post'], ['mail']))).toEqual(['they differ']);
    expect(wasted(remark('percentage', ['mail', 'page'], ['post']))).toEqual([]);
    // What differs from the brief is told as drift.
    expect(wasted(remark('percentage', ['brief'], ['mail']))).toEqual([]);
    expect(wasted(remark('call-to-action', ['post'], ['mail']))).toEqual([]);
  });

  it('are milestones of which nobody was told in time', () => {
    const base = past({});
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
