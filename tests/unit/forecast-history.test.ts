import { backtest } from '../../src/domain/forecast/backtest.js';
import { DEFAULT_START, forecast } from '../../src/domain/forecast/forecast.js';
import { learn, type PastCampaign } from '../../src/domain/forecast/history.js';
import { simulateHistory } from '../../src/domain/forecast/simulated-history.js';
import type { StepSoFar } from '../../src/domain/forecast/underway.js';
import { whatIf } from '../../src/domain/forecast/what-if.js';
import { compileWorkflow } from '../../src/domain/workflow/compile.js';
import { definitionsOf, linear, network, step, team } from '../support/definitions.js';

const STAFFING = { start: DEFAULT_START, teams: [], continuous: true };
const OPTIONS = { ...STAFFING, runs: 4000, seed: 1 };
const SPREAD = '{ optimistic: P1D, likely: P2D, pessimistic: P9D }';
const HOUR = 3_600_000;

const compiledFrom = (text: string) => compileWorkflow(definitionsOf(text).workflow);

const done = (beganHours: number, endedHours: number, round = 0): StepSoFar => ({
  ...{ status: 'done', round, beganHours, endedHours },
});

/** Campaigns of two steps in a row, `one` always of two days and `two` of so many. */
const pastCampaigns = (count: number, daysOfTwo: (at: number) => number): PastCampaign[] =>
  Array.from({ length: count }, (_, at) => ({
    key: `past-${at}`,
    startedAt: new Date(DEFAULT_START.getTime() + at * 100 * HOUR),
    leadTimeHours: 48 + daysOfTwo(at) * 24,
    steps: new Map([
      ['one', done(0, 48)],
      ['two', done(48, 48 + daysOfTwo(at) * 24)],
    ]),
  }));

describe('a campaign that is running', () => {
  const text = linear(step('one', 'P2D'), step('two', SPREAD), step('three', 'P1D'));
  const compiled = compiledFrom(text);
  const running = (nowHours: number, steps: Record<string, StepSoFar>) =>
    forecast(compiled, { ...OPTIONS, underway: { nowHours, steps: new Map(Object.entries(steps)) } });

  it('is forecast from what is done', () => {
    const usual = forecast(compiled, OPTIONS).leadTime;
    // The first step took three days rather than two, and nothing else is known.
    const late = running(72, { one: done(0, 72) }).leadTime;
    expect(late.meanHours - usual.meanHours).toBeCloseTo(24, 5);
    expect(late.standardDeviationHours).toBe(usual.standardDeviationHours);
  });

  it('cannot be quicker than an open step has lasted', () => {
    const begun = { status: 'begun', round: 0, beganHours: 48, endedHours: null } as const;
    const { leadTime } = running(48 + 96, { one: done(0, 48), two: begun });
    const fresh = running(48, { one: done(0, 48) }).leadTime;
    expect(leadTime.p50Hours).toBeGreaterThan(48 + 96 + 24);
    expect(leadTime.p50Hours).toBeGreaterThan(fresh.p50Hours);
    // Never more than the longest there is.
    expect(leadTime.p95Hours).toBeLessThanOrEqual(48 + 9 * 24 + 24);
  });

  it('takes an overdue step to go on for up to twice as long as it is over', () => {
    const begun = { status: 'begun', round: 0, beganHours: 48, endedHours: null } as const;
    const { leadTime } = running(48 + 10 * 24, { one: done(0, 48), two: begun });
    // A day over: between none and two days more, then a day for the last step.
    expect(leadTime.meanHours).toBeGreaterThan(48 + 11 * 24 + 24);
    expect(leadTime.p95Hours).toBeLessThan(48 + 14 * 24 + 24);
  });

  it('begins what has not begun no earlier than now, with people or without', () => {
    const limited = definitionsOf(text + team('{ id: ops, capacity: 1 }'));
    const underway = { nowHours: 100, steps: new Map([['one', done(0, 48)]]) };
    const withTeam = forecast(compileWorkflow(limited.workflow), {
      ...OPTIONS,
      teams: limited.teams,
      underway,
    });
    expect(withTeam.leadTime).toEqual(forecast(compiled, { ...OPTIONS, underway }).leadTime);
    expect(withTeam.leadTime.p50Hours).toBeGreaterThan(100 + 24 + 24);
  });

  it('knows the branch that was taken and the returns that have been', () => {
    const choice = compiledFrom(
      linear(`oneOf: [${step('fast', 'P1D')}, ${step('slow', 'P5D')}]`, step('last', 'P1D')),
    );
    const begun = { status: 'begun', round: 0, beganHours: 0, endedHours: null } as const;
    const { leadTime } = forecast(choice, {
      ...OPTIONS,
      underway: { nowHours: 1, steps: new Map([['slow', begun]]) },
    });
    expect(leadTime.meanHours).toBe(6 * 24);
    const loop = compiledFrom(
      linear(
        step('copy', 'P3D'),
        step('review', 'P1D', `rework: { to: copy, via: ${step('revise', 'P1D')}, max: 2, probability: 0 }`),
      ),
    );
    const returned: [string, StepSoFar][] = [
      ['copy', { status: 'open', round: 1, beganHours: null, endedHours: null }],
      ['review', { status: 'open', round: 1, beganHours: null, endedHours: null }],
      ['revise', done(96, 120, 1)],
    ];
    const again = forecast(loop, { ...OPTIONS, underway: { nowHours: 120, steps: new Map(returned) } });
    expect(again.leadTime.meanHours).toBe(120 + 3 * 24 + 24);
  });
});

describe('history', () => {
  const compiled = compiledFrom(linear(step('one', 'P2D'), step('two', 'P2D')));
  const meanOf = (past: readonly PastCampaign[]) =>
    forecast(compiled, { ...OPTIONS, estimates: learn(compiled, past, STAFFING).estimates }).leadTime
      .meanHours;

  it('is not listened to while it is short', () => {
    expect(meanOf(pastCampaigns(4, () => 10))).toBe(96);
  });

  it('is weighed against the definition by how much there is of it', () => {
    const learned = learn(
      compiled,
      pastCampaigns(5, () => 10),
      STAFFING,
    );
    expect(learned.basis).toEqual([
      { step: 'one', campaigns: 5, shareOfHistory: 0.5 },
      { step: 'two', campaigns: 5, shareOfHistory: 0.5 },
    ]);
    expect(meanOf(pastCampaigns(5, () => 10)) / 24).toBeCloseTo(2 + (2 + 10) / 2, 0);
    expect(meanOf(pastCampaigns(95, () => 10)) / 24).toBeCloseTo(2 + 0.95 * 10 + 0.05 * 2, 0);
  });

  it('measures in working time, so that a weekend is no work', () => {
    const { workflow, teams } = definitionsOf(
      linear(step('one', 'P1D')) + team('{ id: ops, timezone: UTC, workingHours: "09:00-17:00" }'),
    );
    const office = compileWorkflow(workflow);
    const staffing = { start: DEFAULT_START, teams, continuous: false };
    // From Friday 13:00 to Monday 13:00: eight hours of work, every time.
    const past = Array.from({ length: 20 }, (_, at) => ({
      key: `past-${at}`,
      startedAt: new Date(Date.parse('2026-01-09T13:00:00Z') + at * 7 * 24 * HOUR),
      leadTimeHours: 72,
      steps: new Map([['one', done(0, 72)]]),
    }));
    const { estimates } = learn(office, past, staffing);
    expect(forecast(office, { ...OPTIONS, ...staffing, estimates }).leadTime.p50Hours).toBeCloseTo(8, 5);
  });

  it('learns how often work is returned and which branch is taken', () => {
    const loop = compiledFrom(
      linear(
        step('copy', 'P1D'),
        step('review', 'P1D', `rework: { to: copy, via: ${step('revise', 'P1D')}, max: 3 }`),
      ),
    );
    const past = Array.from({ length: 100 }, (_, at): PastCampaign => {
      const round = at % 2;
      const returned: [string, StepSoFar][] = round === 1 ? [['revise', done(48, 72, 1)]] : [];
      const late = round * 72;
      return {
        key: `past-${at}`,
        startedAt: DEFAULT_START,
        leadTimeHours: 48 + late,
        steps: new Map([
          ['copy', done(late, late + 24, round)],
          ['review', done(late + 24, late + 48, round)],
          ...returned,
        ]),
      };
    });
    const { estimates } = learn(loop, past, STAFFING);
    const { criticality } = forecast(loop, { ...OPTIONS, estimates });
    // 50 returns in 150 verdicts; the definition, which says none, counts for five campaigns.
    expect(criticality.find(({ step: key }) => key === 'revise')?.index).toBeCloseTo(50 / 155, 1);
  });

  it('sees that whole campaigns are slow or fast, and knows it of one that is running', () => {
    const wide = compiledFrom(linear(...['a', 'b', 'c', 'd', 'e', 'f'].map((key) => step(key, SPREAD))));
    const past = simulateHistory(wide, STAFFING, 200, 3);
    const { pace } = learn(wide, past, STAFFING);
    // The truth: campaigns vary with a deviation of 0.2, steps with about 0.4.
    expect(Math.sqrt(pace.between)).toBeCloseTo(0.2, 1);
    expect(Math.sqrt(pace.within)).toBeGreaterThan(0.3);
  });
});

describe('the back-test', () => {
  const text = network(
    ['one', SPREAD, []],
    ['two', SPREAD, ['one']],
    ['three', SPREAD, ['one'], 'when: "campaign.risk != \'low\'"'],
    ['four', SPREAD, ['two']],
  );
  const compiled = compiledFrom(text);

  it('covers what it promises and beats “as before” on a truth that it does not know', () => {
    const past = simulateHistory(compiled, STAFFING, 1000, 1);
    const { overall, trained, tested, verdict } = backtest(compiled, past, STAFFING);
    expect([trained, tested]).toEqual([700, 300]);
    expect(overall.coverage80).toBeGreaterThanOrEqual(0.75);
    expect(overall.coverage80).toBeLessThanOrEqual(0.85);
    expect(overall.pinballHours).toBeLessThan(overall.naivePinballHours);
    expect(verdict).not.toContain('little');
  });

  it('says how little a few campaigns prove, and refuses to test on fewer', () => {
    const past = simulateHistory(compiled, STAFFING, 20, 1);
    expect(backtest(compiled, past, STAFFING).verdict).toContain('6 campaigns prove little');
    expect(() => backtest(compiled, past.slice(0, 7), STAFFING)).toThrow('at least 8 ended campaigns');
  });

  it('reports that campaigns are getting slower', () => {
    const slower = simulateHistory(compiled, STAFFING, 300, 1).map((campaign, at) => {
      const by = 1 + at / 150;
      const steps = [...campaign.steps].map(([key, each]): [string, StepSoFar] => [
        key,
        { ...each, beganHours: (each.beganHours ?? 0) * by, endedHours: (each.endedHours ?? 0) * by },
      ]);
      return { ...campaign, leadTimeHours: campaign.leadTimeHours * by, steps: new Map(steps) };
    });
    const { drift, verdict } = backtest(compiled, slower, STAFFING);
    expect(drift.direction).toBe('slower');
    expect(verdict).toContain('getting slower');
  });
});

describe('what if', () => {
  const text = network(
    ['freeze', 'P2D', []],
    ['assets', 'P3D', ['freeze']],
    ['sales', 'P1D', ['assets']],
    ['slow', 'P8D', []],
  );
  const { workflow } = definitionsOf(text);
  const chain = definitionsOf(
    linear(step('freeze', 'P2D'), step('assets', 'P3D'), step('sales', 'P1D')),
  ).workflow;

  it('moves everything after a slip, less the float on the way (R4)', () => {
    const slipped = whatIf(chain, [{ type: 'slip', step: 'freeze', by: 'P3D' }], OPTIONS);
    expect(slipped.slips).toEqual(['freeze', 'assets', 'sales'].map((key) => ({ step: key, hours: 72 })));
    expect(slipped.difference.meanHours).toBe(72);
    // The chain of six days has two days of float before the end.
    const withFloat = whatIf(workflow, [{ type: 'slip', step: 'freeze', by: 'P3D' }], OPTIONS);
    expect(withFloat.difference.meanHours).toBe(24);
    expect(withFloat.slips.find(({ step: key }) => key === 'sales')?.hours).toBe(72);
  });

  it('leaves the other branches of a choice, where the only step of one goes', () => {
    const choice = definitionsOf(
      linear(
        `{ oneOf: [{ id: quick, responsible: ops, accountable: ops, effort: PT4H, weight: 3 }, { id: slow, responsible: ops, accountable: ops, effort: PT8H }] }`,
      ),
    ).workflow;
    const { before, after, difference } = whatIf(choice, [{ type: 'without', step: 'quick' }], OPTIONS);
    expect(before.leadTime.p50Hours).toBe(4);
    expect(after.leadTime).toMatchObject({ p50Hours: 8, p95Hours: 8 });
    expect(difference.shareSooner).toBe(0);
  });

  it('leaves out a step, runs steps side by side, changes an effort', () => {
    const hours = (...suppositions: Parameters<typeof whatIf>[1]) =>
      whatIf(chain, suppositions, OPTIONS).after.leadTime.p50Hours / 24;
    expect(hours({ type: 'without', step: 'assets' })).toBe(3);
    expect(hours({ type: 'parallel', steps: ['freeze', 'assets'] })).toBe(4);
    const effort = { optimistic: 'P1D', likely: 'P1D', pessimistic: 'P1D' };
    expect(hours({ type: 'effort', step: 'assets', effort })).toBe(4);
    // What needed the step needs what it needed.
    const { after } = whatIf(
      workflow,
      [
        { type: 'without', step: 'assets' },
        { type: 'without', step: 'slow' },
      ],
      OPTIONS,
    );
    expect(after.leadTime.p50Hours / 24).toBe(3);
  });

  it('adds people, with the interval of the difference', () => {
    const queue = definitionsOf(
      network(['one', SPREAD, []], ['two', SPREAD, []]) + team('{ id: ops, capacity: 1 }'),
    );
    const { difference } = whatIf(queue.workflow, [{ type: 'capacity', role: 'ops', units: 2 }], {
      ...{ ...OPTIONS, teams: queue.teams },
    });
    expect(difference.meanHours).toBeLessThan(0);
    expect(difference.meanHoursLow).toBeLessThan(difference.meanHours);
    expect(difference.meanHoursHigh).toBeLessThan(0);
    expect(difference.shareSooner).toBe(1);
  });

  it('holds for what is supposed whatever past campaigns say, and for the rest asks them', () => {
    const { workflow: two, teams } = definitionsOf(
      network(['one', 'P1D', []], ['two', 'P1D', []]) + team('{ id: ops, capacity: 1 }'),
    );
    // Both were begun at once and took two days each: there was nobody to wait for.
    const together = new Map([
      ['one', done(0, 48)],
      ['two', done(0, 48)],
    ]);
    const past = pastCampaigns(5, () => 2).map((each) => ({ ...each, leadTimeHours: 48, steps: together }));
    const { estimates } = learn(compileWorkflow(two), past, { ...STAFFING, teams });
    const options = { ...OPTIONS, estimates, teams };
    const ask = (...suppositions: Parameters<typeof whatIf>[1]) => whatIf(two, suppositions, options);
    // Half of the draws are a day, half are two.
    const effort = { optimistic: 'P9D', likely: 'P9D', pessimistic: 'P9D' };
    const nine = ask({ type: 'effort', step: 'two', effort });
    expect(nine.before.leadTime.meanHours).toBeCloseTo(24 * 1.75, 0);
    expect(nine.after.leadTime.meanHours).toBe(9 * 24);
    const slipped = ask({ type: 'slip', step: 'one', by: 'P3D' }, { type: 'slip', step: 'two', by: 'P3D' });
    expect(slipped.difference).toMatchObject({ meanHours: 72, standardDeviationHours: 0 });
    // Waits that were measured tell nothing of another number of people: both sides queue.
    const helped = ask({ type: 'capacity', role: 'ops', units: 2 });
    expect(helped.before.leadTime.meanHours).toBeCloseTo(24 * 3, 0);
    expect(helped.after.leadTime.meanHours).toBeCloseTo(24 * 1.75, 0);
  });

  it('refuses what does not fit', () => {
    const asked = (supposition: Parameters<typeof whatIf>[1][number]) => () =>
      whatIf(chain, [supposition], OPTIONS);
    expect(asked({ type: 'without', step: 'asets' })).toThrow(
      "there is no step 'asets'; did you mean 'assets'?",
    );
    expect(asked({ type: 'parallel', steps: ['freeze', 'sales'] })).toThrow('follow each other');
    expect(asked({ type: 'capacity', role: 'ops', units: 2 })).toThrow("there is no role 'ops'");
  });
});
