import fc from 'fast-check';
import { centsOf, moneyText, shift } from '../../src/domain/campaign/money.js';
import type { ChannelState } from '../../src/domain/campaign/state.js';
import { act } from '../../src/domain/triggers/act.js';
import { decide, endOfCondition, lookbackOf } from '../../src/domain/triggers/decide.js';
import { linesIn } from '../../src/domain/triggers/lines.js';
import type { Reading } from '../../src/domain/triggers/reading.js';
import { replay } from '../../src/domain/triggers/replay.js';
import type { Trigger, TriggerAction } from '../../src/domain/workflow/workflow.js';

const START = Date.parse('2026-11-28T00:00:00Z');
const at = (minute: number): Date => new Date(START + minute * 60_000);
const reading = (minute: number, value: number | null, samples: number | null = 500): Reading => ({
  ...{ at: at(minute), value, samples },
});
const trigger = (
  more: Partial<Trigger> = {},
  guard: Partial<NonNullable<Trigger['guard']>> = {},
): Trigger => ({
  key: 'low',
  signal: 'ctr',
  when: 'value < 0.008',
  for: null,
  guard: { maxAge: null, minSamples: null, completeness: null, range: null, ...guard },
  cooldown: 'PT1H',
  actions: [],
  ...more,
});
const outcome = (
  given: Trigger,
  readings: readonly Reading[],
  now: number,
  lastFired: number | null = null,
) =>
  decide(given, readings, { now: at(now), lastFired: lastFired === null ? null : at(lastFired) })?.outcome ??
  null;

describe('the decision of a trigger', () => {
  const twoWindows = trigger({ for: 'PT1H' });

  it('takes a condition that has held from the beginning of the window to its last value', () => {
    expect(outcome(twoWindows, [reading(0, 0.004), reading(60, 0.004)], 60)).toBe('fired');
    expect(outcome(twoWindows, [reading(1, 0.004), reading(60, 0.004)], 60)).toBeNull();
    expect(outcome(twoWindows, [reading(0, 0.004), reading(30, 0.01), reading(60, 0.004)], 60)).toBeNull();
    expect(outcome(twoWindows, [reading(-30, 0.01), reading(0, 0.004), reading(60, 0.004)], 60)).toBe(
      'fired',
    );
    expect(outcome(twoWindows, [reading(0, 0.004), reading(60, 0.01)], 60)).toBeNull();
    expect(outcome(twoWindows, [], 60)).toBeNull();
    expect(outcome(twoWindows, [reading(0, null), reading(60, null)], 60)).toBeNull();
  });

  it('does not take two values with a hole between them for a condition that has held', () => {
    expect(outcome(twoWindows, [reading(0, 0.004), reading(1_440, 0.004)], 1_440)).toBeNull();
    expect(
      outcome(trigger({ for: 'PT1H' }, { maxAge: 'PT15M' }), [reading(44, 0.004), reading(120, 0.004)], 120),
    ).toBeNull();
    expect(
      outcome(trigger({ for: 'PT1H' }, { maxAge: 'PT15M' }), [reading(45, 0.004), reading(120, 0.004)], 120),
    ).toBe('fired');
  });

  it('names what keeps it from acting, at the very limit', () => {
    const low = [reading(0, 0.004)];
    expect(outcome(trigger({}, { maxAge: 'PT1H' }), low, 60)).toBe('fired');
    expect(outcome(trigger({}, { maxAge: 'PT1H' }), low, 180)).toBe('suppressed-stale');
    expect(outcome(trigger({}, { minSamples: 100 }), [reading(0, 0.004, 100)], 0)).toBe('fired');
    expect(outcome(trigger({}, { minSamples: 100 }), [reading(0, 0.004, 99)], 0)).toBe('suppressed-low-n');
    expect(outcome(trigger({}, { minSamples: 100 }), [reading(0, 0.004, null)], 0)).toBe('suppressed-low-n');
    const missing = (count: number) =>
      Array.from({ length: 10 }, (_, place) => reading(place, place < count ? null : 0.004));
    expect(outcome(trigger({}, { completeness: 0.9 }), missing(1), 10)).toBe('fired');
    expect(outcome(trigger({}, { completeness: 0.9 }), missing(4), 10)).toBe('suppressed-incomplete');
    expect(outcome(trigger({}, { range: [0.001, 1] }), [reading(0, 0.001)], 0)).toBe('fired');
    expect(outcome(trigger({}, { range: [0.001, 1] }), [reading(0, 0)], 0)).toBe('suppressed-range');
    expect(outcome(trigger(), low, 59, 0)).toBe('suppressed-cooldown');
    expect(outcome(trigger(), low, 60, 0)).toBe('fired');
    // Nobody wants money moved at every value.
    expect(outcome(trigger({ cooldown: null }), low, 1_439, 0)).toBe('suppressed-cooldown');
    expect(outcome(trigger({ cooldown: null }), low, 1_440, 0)).toBe('fired');
  });

  it('counts values that are missing after the last one', () => {
    const guarded = trigger({ for: 'PT1H' }, { completeness: 0.6 });
    const values = [reading(0, 0.004), reading(60, 0.004)];
    expect(outcome(guarded, [...values, reading(61, null)], 62)).toBe('fired');
    expect(outcome(guarded, [...values, reading(61, null), reading(62, null)], 62)).toBe(
      'suppressed-incomplete',
    );
  });

  it('knows the value before and the samples, and does not hold without what it asks about', () => {
    const falling = trigger({ when: 'previous - value > 0.1 && samples >= 10' });
    expect(outcome(falling, [reading(0, 0.5), reading(5, 0.3, 10)], 5)).toBe('fired');
    expect(outcome(falling, [reading(0, 0.5), reading(5, 0.3, null)], 5)).toBeNull();
    expect(outcome(falling, [reading(5, 0.3)], 5)).toBeNull();
  });

  it('tells when its condition ceased to hold, which no gap and no fault says', () => {
    const ranged = trigger({}, { range: [0.001, 1] });
    const end = (...readings: Reading[]) => endOfCondition(ranged, readings, at(0));
    expect(end(reading(0, 0.5), reading(5, 0.005), reading(10, null), reading(15, 7))).toBeNull();
    expect(end(reading(0, 0.005), reading(5, 0.005), reading(10, 0.5), reading(15, 0.005))).toEqual(at(10));
    expect(
      endOfCondition(trigger({ when: 'value < previous' }), [reading(0, 3), reading(5, 3)], at(0)),
    ).toEqual(at(5));
  });
  it('takes a clock that is behind the sender for one that is right', () => {
    expect(outcome(trigger({}, { maxAge: 'PT1M' }), [reading(4, 0.004)], 0)).toBe('fired');
  });
});

const readings = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 0, max: 40 }),
      value: fc.option(fc.constantFrom(0, 0.004, 0.006, 0.02), { freq: 5 }),
      samples: fc.option(fc.constantFrom(50, 100, 500), { freq: 10 }),
    }),
    { maxLength: 60 },
  )
  .map((gaps) => {
    let minute = 0;
    return gaps.map(({ gap, value, samples }) => reading((minute += gap), value, samples));
  });
const triggers = fc
  .record({
    for: fc.constantFrom(null, 'PT10M', 'PT1H'),
    cooldown: fc.constantFrom(null, 'PT15M', 'PT3H'),
    when: fc.constantFrom(
      'value < 0.008',
      'value < 0.008 && previous < 0.008',
      'value > 0.01 || samples > 400',
    ),
    maxAge: fc.constantFrom(null, 'PT20M', 'PT2H'),
    minSamples: fc.constantFrom(null, 100),
    completeness: fc.constantFrom(null, 0.8),
    range: fc.constantFrom(null, [0.001, 1] as const),
  })
  .map(({ for: held, cooldown, when, ...guard }) => trigger({ for: held, cooldown, when }, guard));
const RUNS = { numRuns: 500 };
const NOTHING = { channels: new Map(), openTasks: new Set<string>(), assets: new Map() };

describe('the laws of triggers', () => {
  it('the same readings and times give the same decisions, whatever is read besides', () => {
    fc.assert(
      fc.property(triggers, readings, (given, all) => {
        let lastFired: Date | null = null;
        const live = all.flatMap(({ at: now }, place) => {
          if (all[place + 1]?.at.getTime() === now.getTime()) return [];
          // Everything that ever was, not only the window.
          const decided = decide(given, all.slice(0, place + 1), { now, lastFired });
          if (decided?.outcome === 'fired') lastFired = now;
          return decided ? [{ ...decided, at: now, actions: [] }] : [];
        });
        expect(replay(given, all, new Date(0), NOTHING)).toEqual(live);
        expect(replay(given, all, new Date(0), NOTHING)).toEqual(live);
      }),
      RUNS,
    );
  });

  it('fires at most once per cool-down', () => {
    fc.assert(
      fc.property(triggers, readings, (given, all) => {
        const rest = { PT15M: 15, PT3H: 180 }[given.cooldown ?? ''] ?? 1_440;
        const fired = replay(given, all, new Date(0), NOTHING).filter((each) => each.outcome === 'fired');
        fired.slice(1).forEach(({ at: now }, place) => {
          expect(now.getTime() - (fired[place]?.at.getTime() ?? 0)).toBeGreaterThanOrEqual(rest * 60_000);
        });
      }),
      RUNS,
    );
  });

  it('never fires on numbers that its guard does not allow', () => {
    fc.assert(
      fc.property(triggers, readings, fc.integer({ min: 0, max: 300 }), (given, all, late) => {
        const last = all.at(-1);
        if (!last) return;
        const now = new Date(last.at.getTime() + late * 60_000);
        const decided = decide(given, all, { now, lastFired: null });
        if (decided?.outcome !== 'fired') return;
        const { seen } = decided;
        const { maxAge = null, minSamples = null, completeness = null } = given.guard ?? {};
        if (maxAge !== null) expect(seen.ageSeconds).toBeLessThanOrEqual(maxAge === 'PT20M' ? 1_200 : 7_200);
        if (minSamples !== null) expect(seen.samples).toBeGreaterThanOrEqual(minSamples);
        if (completeness !== null) expect(seen.completeness).toBeGreaterThanOrEqual(completeness);
        expect(seen.faults).toBe(0);
        if (given.for !== null)
          expect(seen.heldSeconds).toBeGreaterThanOrEqual(given.for === 'PT1H' ? 3_600 : 600);
        expect(seen.heldSeconds * 1_000).toBeLessThanOrEqual(lookbackOf(given));
      }),
      RUNS,
    );
  });
});

const cents = fc.integer({ min: 0, max: 100_000_000_000_000 });
const shifts = fc.record({
  percent: fc.double({ min: 0.01, max: 100, noNaN: true }),
  floor: cents,
  cap: fc.option(cents),
});

describe('moving budget', () => {
  it('conserves the total to the cent, within floor and cap', () => {
    fc.assert(
      fc.property(cents, cents, shifts, (from, to, how) => {
        const shifted = shift(from, to, how);
        expect(shifted.from + shifted.to).toBe(from + to);
        expect(shifted.moved).toBeGreaterThanOrEqual(0);
        expect(shifted.moved).toBeLessThanOrEqual(Math.min(how.cap ?? Infinity, shifted.wanted));
        expect(shifted.from).toBeGreaterThanOrEqual(Math.min(from, how.floor));
      }),
      RUNS,
    );
  });

  it('conserves the total of a campaign over any sequence of shifts', () => {
    const between = fc.constantFrom(['a', 'b'], ['b', 'c'], ['c', 'a'], ['b', 'a']);
    const actions = fc.array(
      fc.tuple(between, fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 900 })),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(fc.tuple(cents, cents, cents), actions, (budgets, all) => {
        const channels = new Map(
          ['a', 'b', 'c'].map((channel, place): [string, ChannelState] => [
            channel,
            { status: 'live', plannedAt: null, launchedAt: null, budget: budgets[place] ?? 0 },
          ]),
        );
        const shifting = all.map(([[from, to], percent, floor]): TriggerAction => ({
          type: 'shiftBudget',
          arguments: { from, to, percent, floor },
        }));
        const { around } = act(trigger({ actions: shifting }), { ...NOTHING, channels });
        const sum = [...around.channels.values()].reduce((total, { budget }) => total + (budget ?? 0), 0);
        expect(sum).toBe(budgets.reduce((total, each) => total + each, 0));
      }),
      RUNS,
    );
  });

  it('counts in whole cents', () => {
    expect([centsOf(0.1), centsOf(19.99), centsOf(1e12), centsOf(1.005)]).toEqual([10, 1_999, 1e14, null]);
    expect(moneyText(123_456_789)).toBe('1,234,567.89');
    expect(shift(1_000, 0, { percent: 10.1, floor: 0, cap: null }).moved).toBe(101);
  });
});

describe('actions', () => {
  const live = (more: Partial<ChannelState> = {}): ChannelState => ({
    ...{ status: 'live', plannedAt: null, launchedAt: at(0) },
    ...more,
  });
  const texts = (actions: TriggerAction[], channels: Record<string, ChannelState>, more: object = {}) =>
    act(trigger({ actions }), { ...NOTHING, channels: new Map(Object.entries(channels)), ...more }).taken.map(
      ({ isDone, text }) => `${isDone ? 'did' : 'did not'}: ${text}`,
    );
  const action = (type: TriggerAction['type'], given: object): TriggerAction => ({
    type,
    arguments: given as Record<string, unknown>,
  });

  it('say why nothing came of them', () => {
    const move = action('shiftBudget', { from: 'a', to: 'b', percent: 50, cap: 1 });
    expect(texts([move], { a: live(), b: live() })).toEqual([
      'did not: moved nothing from a to b: a has no budget',
    ]);
    expect(texts([move], { a: live() })).toEqual(["did not: moved nothing: the campaign has no channel 'b'"]);
    expect(texts([move], { a: live({ budget: 1_000 }), b: live() })).toEqual([
      'did: moved 1.00 from a to b, not 5.00: at most 1.00 are moved',
    ]);
    const rotate = action('rotateCreative', { channel: 'a' });
    const assets = { assets: new Map([['a', ['one']]]) };
    expect(texts([rotate], { a: live() }, assets)).toEqual(['did not: a has no other asset to show']);
    expect(texts([action('resumeChannel', { channel: 'a' })], { a: live() })).toEqual([
      'did not: a is not paused',
    ]);
  });

  it('resume what a trigger has paused, and never what a person has', () => {
    const resume = action('resumeChannel', { channel: 'a' });
    expect(texts([action('pauseChannel', { channel: 'a' }), resume], { a: live() })).toEqual([
      'did: paused a',
      'did: resumed a',
    ]);
    const held = live({ status: 'paused', pausedBy: 'brand@example.com' });
    expect(texts([resume], { a: held })).toEqual([
      'did not: a was paused by brand@example.com, and a person has to resume it',
    ]);
  });

  it('turn through the assets of a channel', () => {
    const rotate = action('rotateCreative', { channel: 'a' });
    const assets = { assets: new Map([['a', ['one', 'two', 'three']]]) };
    expect(texts([rotate, rotate, rotate], { a: live() }, assets)).toEqual([
      "did: a shows 'two'",
      "did: a shows 'three'",
      "did: a shows 'one'",
    ]);
  });
});

describe('lines of a stream', () => {
  const read = async (pieces: readonly Uint8Array[]) => {
    const lines = [];
    for await (const some of linesIn(
      (async function* () {
        for (const piece of pieces) yield await Promise.resolve(piece);
      })(),
    ))
      lines.push(...some);
    return lines;
  };

  it('are the same in whatever pieces they come', async () => {
    const text = fc.array(fc.string({ unit: 'grapheme', maxLength: 12 }), { maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(40), { maxLength: 20 }), async (given, cuts) => {
        const lines = given.map((line) => line.replaceAll(/[\r\n]/g, ''));
        const bytes = new TextEncoder().encode(lines.join('\n'));
        const pieces: Uint8Array[] = [];
        let from = 0;
        for (const cut of [...cuts, bytes.length]) {
          pieces.push(bytes.subarray(from, from + cut));
          from = Math.min(bytes.length, from + cut);
        }
        expect(await read(pieces)).toEqual(await read([bytes]));
      }),
      { numRuns: 200 },
    );
  });

  it('keep nothing of a line that is too long, and count it', async () => {
    const piece = new TextEncoder().encode('x'.repeat(50_000));
    const end = new TextEncoder().encode('\nshort\n');
    expect(await read([piece, piece, piece, end])).toEqual([
      { number: 1, text: null },
      { number: 2, text: 'short' },
    ]);
  });
});
