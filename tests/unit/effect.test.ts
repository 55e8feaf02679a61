import { effectOf, LEAST_CAMPAIGNS } from '../../src/domain/learning/effect.js';
import { chance, streamOf } from '../../src/domain/forecast/chance.js';
import { probit } from 'simple-statistics';

/** Runs of each setting; their share has a standard error of half a percent. */
const RUNS = 2_000;

interface Population {
  readonly draw: (probability: number) => number;
  readonly mean: number;
}
const normal = (mean: number, deviation: number): Population => ({
  draw: (probability) => mean + deviation * probit(probability),
  mean,
});
/** Lead times: three quarters are below the mean, few far above. */
const lognormal = (median: number, spread: number): Population => ({
  draw: (probability) => median * Math.exp(spread * probit(probability)),
  mean: median * Math.exp(spread ** 2 / 2),
});
const exponential = (mean: number): Population => ({
  draw: (probability) => -mean * Math.log(1 - probability),
  mean,
});

const CHANGES: readonly (readonly [string, Population, Population])[] = [
  ['normal, equal spreads', normal(100, 20), normal(80, 20)],
  ['normal, less spread after', normal(100, 24), normal(80, 8)],
  ['lognormal, 40 % less', lognormal(200, 0.5), lognormal(120, 0.5)],
  ['exponential, 40 % less', exponential(200), exponential(120)],
];
const NO_CHANGES: readonly (readonly [string, Population, Population])[] = [
  ['normal, unequal spreads', normal(100, 24), normal(100, 8)],
  ['lognormal', lognormal(200, 0.5), lognormal(200, 0.5)],
  ['exponential', exponential(200), exponential(200)],
];
const SIZES = [
  [8, 8],
  [12, 8],
  [20, 20],
] as const;

/** How often the interval holds the true difference, in percent. */
function coverage(
  name: string,
  before: Population,
  after: Population,
  sizes: readonly [number, number],
): number {
  const stream = streamOf(2026, `${name} ${sizes.join('/')}`);
  let drawn = 0;
  const sample = ({ draw }: Population, size: number) =>
    Array.from({ length: size }, () => draw(chance(stream, drawn++)));
  const truth = after.mean - before.mean;
  let held = 0;
  for (let run = 0; run < RUNS; run++) {
    const { interval, pValue } = effectOf(sample(before, sizes[0]), sample(after, sizes[1]), run);
    if (!interval || pValue === null) throw new Error('there is an interval for each of these');
    if (interval.low <= truth && truth <= interval.high) held += 1;
    if (pValue <= 0.05 !== (interval.low > 0 || interval.high < 0)) throw new Error('they disagree');
  }
  return (100 * held) / RUNS;
}

describe('the effect of a change', () => {
  describe.each(SIZES)('of %i campaigns before and %i after', (...sizes) => {
    it.each(CHANGES)('lies in the interval in 93 to 97 of 100 cases: %s', (name, before, after) => {
      const held = coverage(name, before, after, sizes);
      expect(held).toBeGreaterThanOrEqual(93);
      expect(held).toBeLessThanOrEqual(97);
    });
    it.each(NO_CHANGES)(
      'is reported in at most 5.5 of 100 cases where there is none: %s',
      (name, before, after) => {
        expect(100 - coverage(name, before, after, sizes)).toBeLessThanOrEqual(5.5);
      },
    );
  });

  it('is only stated in plain numbers where campaigns are few (R78)', () => {
    const effect = effectOf([10, 12, 14], [4, 5, 5]);
    expect(effect).toMatchObject({
      outcome: 'insufficient',
      before: { campaigns: 3, mean: 12, median: 12 },
      after: { campaigns: 3, median: 5 },
      interval: null,
      pValue: null,
      note: 'campaigns before: 3, after: 3; it takes 8 on each side to tell a change from chance',
    });
    expect(effect.differenceMean).toBeCloseTo(-7.33, 2);
    expect(effect.differencePercent).toBeCloseTo(-61.1, 1);
  });

  it('is estimated from eight campaigns on each side', () => {
    const before = [10, 12, 14, 11, 13, 12, 15, 9];
    const after = [4, 5, 5, 6, 4, 3, 5, 7];
    expect(effectOf(before, after.slice(1)).outcome).toBe('insufficient');
    const { outcome, interval, pValue, differenceMean } = effectOf(before, after);
    expect([outcome, differenceMean]).toEqual(['estimated', -7.125]);
    expect(interval?.high).toBeLessThan(-4);
    expect(interval?.low).toBeGreaterThan(-11);
    expect(pValue).toBe(0.001);
    expect(effectOf(before, after)).toEqual(effectOf(before, after));
    expect(effectOf(before, after, 2).interval).not.toEqual(interval);
  });

  it('needs something measured before the change', () => {
    const effect = effectOf([], [1, 2, 3]);
    expect(effect).toMatchObject({ outcome: 'undefined-before', differenceMean: null, after: { mean: 2 } });
    expect(effectOf([], [])).toMatchObject({
      outcome: 'undefined-before',
      after: { campaigns: 0, mean: null },
    });
    expect(effectOf([0.3], [0.1]).differencePercent).toBe(-66.6666666667);
    expect(effectOf([1.1], [0]).differencePercent).toBe(-100);
    expect(effectOf([1, 2], [])).toMatchObject({ outcome: 'insufficient', differenceMean: null });
  });

  it('is not told from chance where nearly all values are the same', () => {
    const zeros = Array.from({ length: LEAST_CAMPAIGNS }, () => 0);
    expect(effectOf(zeros, zeros)).toMatchObject({
      outcome: 'insufficient',
      differenceMean: 0,
      differencePercent: null,
      note: 'too many campaigns have the same value to tell a change from chance',
    });
    expect(
      effectOf(
        zeros,
        zeros.map(() => 1),
      ).outcome,
    ).toBe('insufficient');
    expect(effectOf([...zeros.slice(1), 1], zeros).outcome).toBe('insufficient');
  });
});
