import { randomLcg, randomNormal } from 'd3-random';
import {
  expectedAfter,
  FALSE_ALARM_RATE,
  LEAST_BEFORE,
  MOST_BEFORE,
  type SeriesValue,
  turnsOf,
} from '../../src/domain/triggers/unusual.js';

const normal = (seed: number, level = 0, scatter = 1) => randomNormal.source(randomLcg(seed))(level, scatter);
const noise = (seed: number, count: number): number[] => Array.from({ length: count }, normal(seed));
const seriesOf = (values: readonly number[], judged = values.length): SeriesValue[] =>
  values.map((value, at) => ({ at: new Date(at * 60_000), value, isNew: at >= values.length - judged }));
const unusual = (values: readonly number[], judged = values.length): number[] =>
  turnsOf(seriesOf(values, judged)).flatMap((turn) => (turn.unusual ? [turn.unusual.value] : []));
/** One letter a turn: unusual, or fine. */
const story = (values: readonly number[]): string =>
  turnsOf(seriesOf(values))
    .map((turn) => (turn.unusual ? 'u' : 'f'))
    .join('');

describe('the values that are to be expected', () => {
  it('are within the prediction interval of the values before', () => {
    // 1 to 20: mean 10.5, deviation 5.91608; t(0.9995; 19) = 3.88341 of the tables.
    const twenty = Array.from({ length: 20 }, (_, at) => at + 1);
    const margin = 3.883406 * 5.91608 * Math.sqrt(1 + 1 / 20);
    const expected = expectedAfter(twenty);
    expect(expected?.from).toBeCloseTo(10.5 - margin, 4);
    expect(expected?.to).toBeCloseTo(10.5 + margin, 4);
    expect(expected?.values).toBe(LEAST_BEFORE);
    expect(expectedAfter(twenty.slice(1))).toBeNull();
    expect(expectedAfter([...noise(1, 500), ...noise(2, MOST_BEFORE)])).toEqual(
      expectedAfter(noise(2, MOST_BEFORE)),
    );
  });

  it('are none where values do not scatter, or cannot be counted with', () => {
    expect(expectedAfter(Array.from({ length: 50 }, () => 0.1 + 0.2))).toBeNull();
    expect(expectedAfter(Array.from({ length: 50 }, (_, at) => (at % 2 === 0 ? 0.3 : 0.1 + 0.2)))).toBeNull();
    expect(expectedAfter(Array.from({ length: 50 }, (_, at) => (at % 2) * 1e300))).toBeNull();
    expect(unusual([...Array.from({ length: 50 }, () => 0), 5])).toEqual([]);
  });

  it('leave a glitch out, which would hide what comes after it', () => {
    const before = noise(3, 99);
    const [without, hidden] = [expectedAfter(before), expectedAfter([...before, 1_000])];
    expect(hidden).toEqual(without);
    expect(unusual([...before, 1_000, 0, 0, 0, 8])).toEqual([1_000, 8]);
  });
});

describe('values that are called unusual', () => {
  it('are not more of noise than is stated, at any number of values before', () => {
    let [judged, called] = [0, 0];
    for (let seed = 1; seed <= 60; seed++) {
      called += unusual(noise(seed, 520)).length;
      judged += 500;
    }
    // Three standard deviations of the binomial distribution.
    const [most, spread] = [judged * FALSE_ALARM_RATE, Math.sqrt(judged * FALSE_ALARM_RATE)];
    expect(called).toBeLessThanOrEqual(most + 3 * spread);
    // And the interval is not just wide.
    expect(called).toBeGreaterThanOrEqual(most - 3 * spread);
  }, 30_000);

  it('are the one that was put in, four deviations away', () => {
    const found = Array.from({ length: 200 }, (_, seed) => {
      const next = normal(seed + 1);
      const values = Array.from({ length: MOST_BEFORE }, next);
      return [unusual([...values, 4], 1), unusual([...values, next()], 1)];
    });
    expect(found.filter(([with4]) => with4?.length === 1).length).toBeGreaterThanOrEqual(190);
    expect(found.filter(([, none]) => none?.length === 0).length).toBeGreaterThanOrEqual(197);
  });

  it('are not those of a steady trend, which is scatter to the interval', () => {
    const rising = (slope: number) => noise(5, 400).map((value, at) => value + slope * at);
    for (const slope of [0.1, 1, 10]) expect(unusual(rising(slope))).toEqual([]);
  });

  it('are judged once, each by those measured before it, and not when they come late', () => {
    const values = noise(7, 120);
    expect(unusual([...values, 6, 0.1], 1)).toEqual([]);
    const late = seriesOf([...values, 6, 0.1]).map((each, at) => ({ ...each, isNew: at === 120 }));
    expect(turnsOf(late)).toEqual([]);
  });
});

describe('a series that was unusual', () => {
  const quiet = Array.from({ length: 60 }, (_, at) => (at % 5) - 2);

  it('is usual again after three usual values, and says it once', () => {
    expect(story(quiet)).toBe('f');
    expect(story([...quiet, 9, 0, 1])).toBe('fu');
    expect(story([...quiet, 9, 0, 1, -1, 0, 0])).toBe('fuf');
    expect(story([...quiet, 9, 0, 9, 0, 0, 0])).toBe('fuuf');
  });

  it('gets used to a level that stays', () => {
    const turns = story([...quiet, ...quiet.slice(0, 40).map((value) => value + 12)]);
    expect(turns).toMatch(/^fu{3,15}f$/);
  });

  it('reads the same whether its values come at once or one after the other', () => {
    const values = [...noise(11, 150), 7, ...noise(12, 40), -9, ...noise(13, 10)];
    const oneByOne = values.flatMap((_, at) => unusual(values.slice(0, at + 1), 1));
    expect(oneByOne).toEqual(unusual(values));
  });
});
