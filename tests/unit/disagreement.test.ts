import { BRIEF } from '../../src/domain/alignment/remarks.js';
import { disagreeing } from '../../src/domain/campaign/disagreement.js';
import type { CheckResult } from '../../src/domain/campaign/state.js';
import type { Evidence } from '../../src/domain/metrics/measure.js';

const CHANNELS = new Map([
  ['mail', 'email'],
  ['post', 'social'],
  ['banner', 'paid-search'],
]);
const failed = (metric: string, limit: number | string, ...evidence: Evidence[]) => {
  const bound = typeof limit === 'string' ? ('at-most' as const) : ('at-least' as const);
  const result: CheckResult = { metric, bound, limit, value: 0, passed: false, isStated: false };
  return { result, evidence };
};
const says = (...sides: string[][]): Evidence => ({
  ...{ type: 'contradiction', fact: 'percentage', message: '' },
  sides: sides.map((ids, place) => ({ value: `${place}`, ids, places: [] })),
});
const opens = (channel: string, hour: number | null): Evidence => ({
  ...{ type: 'opening', channel, isActual: true, delayHours: null },
  at: hour === null ? null : new Date(Date.UTC(2026, 4, 4, hour)),
});

describe('channels that disagree', () => {
  it.each<[string, Evidence, string[]]>([
    ['say something else than the brief', says([BRIEF, 'mail'], ['banner']), ['paid-search']],
    ['say something else than most', says(['mail', 'post'], ['banner']), ['paid-search']],
    ['contradict each other, one against one', says(['mail'], ['banner']), ['email', 'paid-search']],
    ['have another value than the brief', { ...DRIFT(), channel: 'social' }, ['social']],
    [
      'lack a message',
      { type: 'coverage', id: 'post', covered: [], missing: ['light'], unknown: [] },
      ['social'],
    ],
    ['lack nothing', { type: 'coverage', id: 'post', covered: ['light'], missing: [], unknown: [] }, []],
    ['have an asset that there is not', says([BRIEF], ['gone']), []],
  ])('are those that %s', (_, evidence, expected) => {
    expect(disagreeing([failed('message-consistency', 0.9, evidence)], CHANNELS)).toEqual(expected);
  });

  it('are not those that differ only from one that is wrong elsewhere', () => {
    const both = [says([BRIEF, 'mail'], ['banner']), says(['mail'], ['banner'])];
    expect(disagreeing([failed('message-consistency', 0.9, ...both)], CHANNELS)).toEqual(['paid-search']);
  });

  it('are those that do not open with most of the others', () => {
    const spread = (...openings: Evidence[]) =>
      disagreeing([failed('timing-spread', 'PT2H', ...openings)], CHANNELS);
    expect(spread(opens('email', 9), opens('social', 10), opens('paid-search', 14))).toEqual(['paid-search']);
    expect(spread(opens('email', 9), opens('social', 14))).toEqual(['email', 'social']);
    expect(spread(opens('email', 9), opens('social', 11))).toEqual([]);
    expect(spread(opens('email', null), opens('social', 11))).toEqual([]);
  });

  it('are those that reach other people than another, and none where somebody only stated a figure', () => {
    const pair = (a: string, b: string, overlap: number): Evidence => ({
      ...{ type: 'overlap', a, b, shared: 1, jaccardError: null, jaccard: 0, overlap },
      ...{ containment: 0, containmentOther: 0 },
    });
    const pairs = [pair('email', 'social', 0.9), pair('email', 'events', 0.2)];
    expect(disagreeing([failed('audience-overlap', 0.5, ...pairs)], CHANNELS)).toEqual(['email', 'events']);
    expect(disagreeing([], CHANNELS)).toEqual([]);
  });
});

function DRIFT(): Extract<Evidence, { type: 'drift' }> {
  return {
    ...{ type: 'drift', since: '2026-05-01', field: 'offerCode', briefValue: 'SPRING25', asset: 'post' },
    ...{ channel: 'email', value: 'SUMMER10' },
  };
}
