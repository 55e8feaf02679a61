import { WorkingCalendar } from '../../src/domain/calendar/working-calendar.js';
import { CannotCalculate } from '../../src/domain/cannot-calculate.js';
import { betaPert, quantileOf, shareBelow } from '../../src/domain/forecast/distribution.js';
import { DEFAULT_START, type ForecastOptions, forecast } from '../../src/domain/forecast/forecast.js';
import { compileWorkflow } from '../../src/domain/workflow/compile.js';
import { stepsOf } from '../../src/domain/workflow/steps.js';
import { definitionsOf, linear, network, step, team } from '../support/definitions.js';
import { randomWorkflow, ROLES } from '../support/random-workflow.js';

const BERLIN = {
  timezone: 'Europe/Berlin',
  workingDays: ['MO', 'TU', 'WE', 'TH', 'FR'],
  workingHours: '09:00-17:00',
  holidays: ['2026-12-25'],
} as const;

function forecastOf(text: string, options: Partial<ForecastOptions> = {}) {
  const { workflow, teams } = definitionsOf(text);
  const defaults = { runs: 2000, seed: 1, start: DEFAULT_START, teams, continuous: false };
  return forecast(compileWorkflow(workflow), { ...defaults, ...options });
}

describe('working time', () => {
  const calendar = new WorkingCalendar(new Date('2026-12-23T12:00:00Z'), BERLIN);

  it('pauses over nights, weekends and holidays', () => {
    // Wednesday 13:00 in Berlin: four hours today, eight on Thursday; Friday is a holiday.
    expect(calendar.finish(0, 4)).toBe(4);
    expect(calendar.finish(0, 12)).toBe(28);
    expect(calendar.finish(0, 13)).toBe(5 * 24 - 4 + 1);
    expect(calendar.begin(28)).toBe(5 * 24 - 4);
  });

  it('keeps nine o’clock at nine o’clock when clocks change', () => {
    const spring = new WorkingCalendar(new Date('2026-03-27T16:00:00Z'), BERLIN);
    // Friday 17:00 in Berlin; Monday 09:00 is an hour nearer than on other weekends.
    expect(spring.begin(0)).toBe(63);
    const autumn = new WorkingCalendar(new Date('2026-10-23T15:00:00Z'), BERLIN);
    expect(autumn.begin(0)).toBe(65);
  });

  it('counts a day as a working day, and a week as a working week', () => {
    expect(calendar.hoursOf('P1D')).toBe(8);
    expect(calendar.hoursOf('P1W')).toBe(40);
    expect(calendar.hoursOf('P1DT30M')).toBe(8.5);
    const always = new WorkingCalendar(DEFAULT_START, { ...BERLIN, workingHours: null, workingDays: [] });
    expect(always.hoursOf('P1W')).toBe(168);
  });

  it('turns hours of work into moments and back', () => {
    for (let worked = 0; worked < 400; worked += 3.5) {
      expect(calendar.worked(calendar.earliest(worked))).toBeCloseTo(worked, 9);
      expect(calendar.worked(calendar.latest(worked))).toBeCloseTo(worked, 9);
      expect(calendar.latest(worked)).toBeGreaterThanOrEqual(calendar.earliest(worked));
    }
  });

  it('has an end', () => {
    expect(() => calendar.finish(0, 1e9)).toThrow(CannotCalculate);
  });
});

describe('the beta-PERT distribution', () => {
  it.each([
    [1, 4, 5],
    [2, 2, 10],
    [0, 10, 10],
  ])('has the mean of PERT and the variance of its beta for %d, %d, %d', (low, likely, high) => {
    const distribution = betaPert({ low, likely, high });
    const draws = Array.from({ length: 20_000 }, (_, at) => quantileOf(distribution, (at + 0.5) / 20_000));
    const mean = draws.reduce((sum, each) => sum + each, 0) / draws.length;
    const expected = (low + 4 * likely + high) / 6;
    expect(mean).toBeCloseTo(expected, 2);
    const variance = draws.reduce((sum, each) => sum + (each - mean) ** 2, 0) / draws.length;
    expect(variance).toBeCloseTo(((expected - low) * (high - expected)) / 7, 2);
    expect(shareBelow(distribution, quantileOf(distribution, 0.3))).toBeCloseTo(0.3, 6);
  });
});

describe('the critical path', () => {
  /** Hillier and Lieberman, Introduction to Operations Research: a construction company's project, in weeks. */
  const points = (low: number, likely: number, high: number) =>
    `{ optimistic: PT${low * 60}M, likely: PT${likely * 60}M, pessimistic: PT${high * 60}M }`;
  const construction = network(
    ['a', points(1, 2, 3), []],
    ['b', points(2, 3.5, 8), ['a']],
    ['c', points(6, 9, 18), ['b']],
    ['d', points(4, 5.5, 10), ['c']],
    ['e', points(1, 4.5, 5), ['c']],
    ['f', points(4, 4, 10), ['e']],
    ['g', points(5, 6.5, 11), ['d']],
    ['h', points(5, 8, 17), ['e', 'g']],
    ['i', points(3, 7.5, 9), ['c']],
    ['j', points(3, 9, 9), ['f', 'i']],
    ['k', points(4, 4, 4), ['j']],
    ['l', points(1, 5.5, 7), ['j']],
    ['m', points(1, 2, 3), ['h']],
    ['n', points(5, 5.5, 9), ['k', 'l']],
  );

  it('does not take a holiday in front of the work for spread', () => {
    const one = linear(step('a', '{ optimistic: PT1H, likely: PT4H, pessimistic: PT7H }'));
    const off = forecastOf(one + team('{ id: ops, holidays: [2026-01-05] }'));
    expect(off.pert).toMatchObject({ meanHours: 15 + 4, standardDeviationHours: 1 });
  });

  it('agrees with the textbook', () => {
    const { criticalPath, pert, floats } = forecastOf(construction, { withinHours: 47 });
    expect(criticalPath).toEqual({ hours: 44, steps: ['a', 'b', 'c', 'e', 'f', 'j', 'l', 'n'] });
    expect(pert).toEqual({ meanHours: 44, standardDeviationHours: 3, probabilityWithin: 0.8413 });
    const slack = Object.fromEntries(floats.map(({ step: key, totalFloatHours }) => [key, totalFloatHours]));
    expect(slack).toEqual({
      ...{ a: 0, b: 0, c: 0, d: 4, e: 0, f: 0, g: 4, h: 4, i: 2, j: 0, k: 1, l: 0, m: 4, n: 0 },
    });
  });

  it('is longer on average than PERT says, since another path may be the longest', () => {
    const { leadTime } = forecastOf(construction, { runs: 10_000 });
    expect(leadTime.meanHours).toBeGreaterThan(44.2);
    expect(leadTime.meanHours).toBeLessThan(44.6);
  });

  it('is the chain without float, not the longest one: a weekend between two steps is no float', () => {
    const text =
      network(
        ['short', 'PT6H', []],
        ['long', 'PT40H', []],
        ['after', 'PT8H', ['short']],
        ['last', 'PT1H', ['after', 'long']],
      ).replaceAll(/\{ id: (short|after|last), responsible: ops/g, '{ id: $1, responsible: office') +
      team(
        '{ id: ops }',
        '{ id: office, timezone: UTC, workingDays: [MO, TU, WE, TH, FR], workingHours: "09:00-17:00" }',
      );
    const { criticalPath, floats } = forecastOf(text, { start: new Date('2026-01-09T09:00:00Z') });
    // Friday six hours, then two; the rest on Monday. The forty hours round the clock end on Sunday.
    expect(criticalPath.steps).toEqual(['short', 'after', 'last']);
    expect(criticalPath.hours).toBe(3 * 24 + 7);
    expect(floats.map(({ step: key, totalFloatHours }) => [key, totalFloatHours])).toEqual([
      ['short', 0],
      ['long', 38],
      ['after', 0],
      ['last', 0],
    ]);
  });
});

describe('the simulation', () => {
  it('is the same for the same seed, and another for another', () => {
    const text = linear(step('one', '{ optimistic: P1D, likely: P2D, pessimistic: P6D }'));
    expect(forecastOf(text)).toEqual(forecastOf(text));
    expect(forecastOf(text, { seed: 2 }).leadTime).not.toEqual(forecastOf(text).leadTime);
  });

  it('saves what parallel approvals save (R39)', () => {
    const approvals = [step('legal', 'P3D'), step('medical', 'P4D'), step('regulatory', 'P2D')];
    const inTurn = forecastOf(linear(...approvals));
    const atOnce = forecastOf(linear(`allOf: [${approvals.join(', ')}]`));
    expect(inTurn.leadTime.p50Hours).toBe(9 * 24);
    expect(atOnce.leadTime.p50Hours).toBe(4 * 24);
  });

  it('takes branches by their weight and returns by their probability', () => {
    const choice = forecastOf(
      linear(`oneOf: [${step('fast', 'P1D', 'weight: 3')}, ${step('slow', 'P5D', 'weight: 1')}]`),
      { runs: 20_000 },
    );
    expect(choice.leadTime.meanHours / 24).toBeCloseTo(2, 1);
    const rework = forecastOf(
      linear(
        step('copy', 'P3D'),
        step(
          'review',
          'P1D',
          `rework: { to: copy, via: ${step('revise', 'P1D')}, max: 2, probability: 0.5 }`,
        ),
      ),
      { runs: 20_000 },
    );
    // 0.5 + 0.25 returns, each of which costs five days.
    expect(rework.leadTime.meanHours / 24).toBeCloseTo(4 + 0.75 * 5, 1);
    expect(rework.criticality.find(({ step: key }) => key === 'revise')?.index).toBeCloseTo(0.5, 1);
  });

  it('shares the blame between equal lanes', () => {
    const spread = '{ optimistic: P1D, likely: P2D, pessimistic: P3D }';
    const { criticality } = forecastOf(network(['one', spread, []], ['other', spread, []]), { runs: 20_000 });
    for (const { index } of criticality) expect(index).toBeCloseTo(0.5, 1);
  });

  it('goes on when a quorum of lanes is done, and ends when all are', () => {
    const text = `${network(['one', 'P1D', []], ['two', 'P2D', []], ['ten', 'P10D', []]).replace('merge: all', 'merge: { atLeast: 2 }')}  - { id: then, model: linear, after: [main], steps: [${step('live', 'P1D', 'kind: launch, channel: web')}] }\n`;
    const { launch, leadTime } = forecastOf(text);
    expect(launch?.p50Hours).toBe(3 * 24);
    expect(leadTime.p50Hours).toBe(10 * 24);
  });

  it('lets work on a draft begin early, and end no earlier than the draft is final', () => {
    const text = network(
      ['draft', 'P4D', []],
      ['early', 'P1D', ['draft'], 'startOn: draft'],
      ['last', 'P1D', ['early']],
    );
    expect(forecastOf(text).leadTime.p50Hours).toBe(5 * 24);
    const limited = text + team('{ id: ops, capacity: 9 }');
    expect(forecastOf(limited).leadTime.p50Hours).toBe(5 * 24);
  });

  it('says how likely a step falls into its window around the launch (R64)', () => {
    // Uniform-like by three points: the post ends `effort` hours after the launch, and must within two days.
    const spread = '{ optimistic: P1D, likely: P2D, pessimistic: P3D }';
    const { relevance } = forecastOf(
      linear(
        step('send', 'PT1H', 'kind: launch, channel: email'),
        step('post', spread, 'relevance: { notAfter: P2D }'),
      ),
      { runs: 20_000 },
    );
    // The beta distribution around two days is symmetric.
    expect(relevance.map(({ step: key }) => key)).toEqual(['post']);
    expect(relevance[0]?.probability).toBeCloseTo(0.5, 1);
  });

  it('keeps the rest of the luck when something is changed', () => {
    const spread = '{ optimistic: P1D, likely: P2D, pessimistic: P9D }';
    const [one, two, three] = ['one', 'two', 'three'].map((key) => step(key, spread)) as [
      string,
      string,
      string,
    ];
    const [with3, with2] = [forecastOf(linear(one, two, three)), forecastOf(linear(one, three))];
    const alone = forecastOf(linear(two));
    expect(with3.leadTime.meanHours - with2.leadTime.meanHours).toBeCloseTo(alone.leadTime.meanHours, 1);
  });
});

describe('people', () => {
  it('do one thing at a time, and are waited for', () => {
    const text = network(['one', 'P2D', []], ['two', 'P2D', []]) + team('{ id: ops, capacity: 1 }');
    const { leadTime, roles, criticality } = forecastOf(text);
    expect(leadTime.p50Hours).toBe(4 * 24);
    expect(roles).toEqual([{ role: 'ops', utilisation: 1, waitHours: 48, busyHours: 96 }]);
    // The second step waited for who did the first, so the end depended on both.
    expect(criticality.map(({ index }) => index)).toEqual([1, 1]);
  });

  it('are refused when a step needs more of them than there are', () => {
    const text =
      linear(step('booth', 'P1D', 'staffing: { designer: 2 }')) +
      team('{ id: ops }', '{ id: designer, capacity: 1 }');
    expect(() => forecastOf(text)).toThrow("step 'booth' needs 2 of 'designer', and the team has 1");
  });

  it('are replaced by the staffing', () => {
    const text = network(
      ['one', 'P1D', [], 'staffing: { designer: 2 }'],
      ['two', 'P1D', [], 'staffing: { designer: 1 }'],
    );
    const { leadTime, roles } = forecastOf(
      text + team('{ id: ops, capacity: 1 }', '{ id: designer, capacity: 2 }'),
    );
    expect(leadTime.p50Hours).toBe(48);
    expect(roles.map(({ role }) => role)).toEqual(['designer']);
  });

  it('make no difference when there are enough of them, whatever the workflow', () => {
    for (let seed = 0; seed < 150; seed++) {
      const workflow = randomWorkflow(seed);
      const options = { runs: 20, seed, start: DEFAULT_START, continuous: true };
      const roles = [...ROLES].map((key) => ({
        ...{ key, name: key, people: [], delegates: [], timezone: null, workingDays: [], workingHours: null },
        ...{ holidays: [], capacity: 1000 },
      }));
      const compiled = compileWorkflow(workflow);
      const free = forecast(compiled, { ...options, teams: [] });
      const limited = forecast(compiled, { ...options, teams: [{ key: 'all', name: 'All', roles }] });
      expect(limited.leadTime).toEqual(free.leadTime);
      expect(limited.criticality).toEqual(free.criticality);
      expect(free.criticality).toHaveLength(new Set(stepsOf(workflow).map(({ key }) => key)).size);
    }
  });
});
