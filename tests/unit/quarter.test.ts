import { Present } from '../../src/application/present.js';
import { careOf } from '../../src/application/quarterly-review.js';
import type { StoredVersion } from '../../src/application/ports.js';
import { fatesOf, type CompletedReview, type ReviewDecision } from '../../src/domain/learning/decisions.js';
import { lastQuarter, quarterNamed, UnknownQuarter } from '../../src/domain/learning/quarter.js';
import { reviewDueAt, standingOf } from '../../src/domain/learning/standing.js';

const at = (day: string) => new Date(`${day}T00:00:00Z`);

describe('a quarter', () => {
  const calendar = { fiscalYearStart: 1, timezone: 'UTC' };
  const april = { fiscalYearStart: 4, timezone: 'Europe/Berlin' };

  it('is three months of the calendar year where the Policy says nothing', () => {
    expect(quarterNamed('2026-Q3', calendar)).toEqual({
      name: '2026-Q3',
      start: at('2026-07-01'),
      end: at('2026-10-01'),
    });
    expect(lastQuarter(at('2026-10-01'), calendar).name).toBe('2026-Q3');
    expect(lastQuarter(at('2026-09-30'), calendar).name).toBe('2026-Q2');
    expect(lastQuarter(at('2026-01-15'), calendar).name).toBe('2025-Q4');
  });

  it('begins where the fiscal year of the Policy does, in its time zone, also across daylight saving', () => {
    expect(quarterNamed('2026-Q1', april).start).toEqual(new Date('2026-03-31T22:00:00Z'));
    expect(quarterNamed('2026-Q4', april)).toMatchObject({
      start: new Date('2026-12-31T23:00:00Z'),
      end: new Date('2027-03-31T22:00:00Z'),
    });
    expect(lastQuarter(at('2026-03-31'), april).name).toBe('2025-Q3');
    expect(lastQuarter(new Date('2026-03-31T22:00:00Z'), april).name).toBe('2025-Q4');
  });

  it('is the last one that is over, at every moment of ten years, whatever the year begins with', () => {
    for (let month = 1; month <= 12; month++) {
      const fiscal = { fiscalYearStart: month, timezone: 'America/New_York' };
      for (let hour = 0; hour < 10 * 365 * 24; hour += 37) {
        const now = new Date(Date.UTC(2024, 0) + hour * 3_600_000);
        const { name, end } = lastQuarter(now, fiscal);
        expect(end.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(now.getTime() - end.getTime()).toBeLessThan(93 * 86_400_000);
        expect(quarterNamed(name, fiscal).end).toEqual(end);
      }
    }
  });

  it('may be long over', () => {
    expect(quarterNamed('1999-Q1', calendar).start).toEqual(at('1999-01-01'));
  });

  it.each(['2026', '2026-Q5', '2026-Q0', 'Q3-2026', '12026-Q1', '2026-q3', ''])('is not %j', (name) => {
    expect(() => quarterNamed(name, calendar)).toThrow(UnknownQuarter);
    expect(() => quarterNamed(name, calendar)).toThrow('is written 2026-Q3');
  });
});

describe('what has to be looked after', () => {
  const now = at('2026-09-30');
  const care = { changedAt: at('2026-01-05'), reviewedAt: null, usedAt: now, reviewEvery: 'P3M' };

  it('is stale when it is used, and nobody has changed or reviewed it for 180 days (R95)', () => {
    expect(standingOf(care, now)).toBe('stale');
    expect(standingOf({ ...care, changedAt: at('2026-04-03') }, now)).toBe('stale');
    expect(standingOf({ ...care, changedAt: at('2026-04-04') }, now)).toBe('current');
    expect(standingOf({ ...care, reviewedAt: at('2026-07-02') }, now)).toBe('current');
  });

  it('is an orphan when no campaign has run on it for 180 days; what is new had no time to be used', () => {
    expect(standingOf({ ...care, usedAt: at('2026-04-03') }, now)).toBe('orphaned');
    expect(standingOf({ ...care, usedAt: null }, now)).toBe('orphaned');
    expect(standingOf({ ...care, usedAt: null, changedAt: at('2026-09-01') }, now)).toBe('current');
  });

  it('is due for review so long after the last one, or after its change (R93)', () => {
    expect(reviewDueAt(care)).toEqual(at('2026-04-05'));
    expect(reviewDueAt({ ...care, reviewedAt: at('2026-07-02') })).toEqual(at('2026-10-02'));
    expect(reviewDueAt({ ...care, reviewEvery: null })).toBeNull();
  });
});

describe('what became of decisions', () => {
  const decision = (given: Partial<ReviewDecision>): ReviewDecision => ({
    ...{ text: 'Add a gate', owner: 'ops', dueOn: '2026-10-31', workflow: null, proposal: null },
    ...given,
  });
  const review = (quarter: string, given: Partial<CompletedReview>): CompletedReview => ({
    ...{
      quarter,
      start: at('2026-01-01'),
      end: at('2026-04-01'),
      completedAt: at('2026-07-10'),
      actor: 'ops',
      attendees: [],
      snapshotHash: '',
    },
    ...{ decisions: [], outcomes: [], ...given },
  });
  const reviews = [
    review('2026-Q1', {
      decisions: [
        decision({}),
        decision({ proposal: 'weir/gate' }),
        decision({}),
        decision({ dueOn: '2026-05-01' }),
      ],
    }),
    review('2026-Q2', {
      decisions: [decision({})],
      outcomes: [
        { quarter: '2026-Q1', decision: 3, outcome: 'dropped', note: 'The tool is gone.' },
        { quarter: '2026-Q1', decision: 4, outcome: 'carried-on', note: 'Until autumn.' },
      ],
    }),
  ];
  const landed = [{ branch: 'weir/gate', commitSha: 'c0ffee', committedAt: at('2026-06-01') }];

  it('is what a later review says, else that its proposal has landed, else whether its day has come', () => {
    const states = (today: string) =>
      fatesOf(reviews, landed, today).map(({ quarter, number, state, note }) => [
        quarter,
        number,
        state,
        note,
      ]);
    expect(states('2026-10-31')).toEqual([
      ['2026-Q1', 1, 'open', null],
      ['2026-Q1', 2, 'done', null],
      ['2026-Q1', 3, 'dropped', 'The tool is gone.'],
      ['2026-Q1', 4, 'overdue', 'Until autumn.'],
      ['2026-Q2', 1, 'open', null],
    ]);
    expect(states('2026-11-01').map(([, , state]) => state)).toEqual([
      'overdue',
      'done',
      'dropped',
      'overdue',
      'overdue',
    ]);
  });
});

describe('a completed review', () => {
  const review: CompletedReview = {
    ...{ quarter: '2026-Q1', completedAt: at('2026-04-20'), actor: 'ops@example.com', snapshotHash: '' },
    ...{ start: at('2026-01-01'), end: at('2026-04-01'), attendees: [], decisions: [], outcomes: [] },
  };
  const version = {
    meaning: { status: 'active', reviewEvery: 'P3M' },
  } as unknown as StoredVersion<'Workflow'>;
  const dueAt = (changedAt: Date) =>
    careOf({ changedAt, usedAt: null }, version, [review], at('2026-05-01'), new Present(at('2026-05-01')))
      .reviewDueAt;

  it('counts for what was there when its quarter ended, and for nothing that came since', () => {
    expect(dueAt(at('2026-03-31'))).toEqual(at('2026-07-20'));
    expect(dueAt(at('2026-04-10'))).toEqual(at('2026-07-10'));
  });
});
